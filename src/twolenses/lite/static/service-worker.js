/* Keeps the notebook page in the browser: a second visit loads nothing, with the network on or off.
 *
 * It takes the place of JupyterLite's own service worker, whose cache is off again each time the browser has stopped
 * it, and fetches all anew. `BUILT` stands in the line above, written by `twolenses.lite.site`:
 *   site     changes with every build; what was kept of an earlier one is forgotten
 *   pyodide  changes with Pyodide's core; its wheels are named by what is in them
 *   first    what every visit needs, and all notebooks
 *   soon     what Python will ask for when it starts: fetched while the page is still being made
 *   packed   packs of gzip: `first` holds the above and all that the page asks for until it runs, `wasm` Pyodide's core
 */
"use strict"

const SITE = `two-lenses-${BUILT.site}`
const PYODIDE = `two-lenses-pyodide-${BUILT.pyodide}`
const ROOT = new URL("./", location.href)
const underway = new Map() // by path
const kernels = new BroadcastChannel("/sw-api.v1")

self.addEventListener("install", event => {
  self.skipWaiting()
  event.waitUntil(keepFirst())
})

self.addEventListener("activate", event => {
  event.waitUntil(Promise.all([forgetOthers(), self.clients.claim()]))
  BUILT.soon.forEach(fetchSoon)
})

self.addEventListener("fetch", event => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== ROOT.origin) return
  if (url.pathname === "/api/service-worker-heartbeat") event.respondWith(new Response("ok"))
  else if (/\/api\/(drive|stdin\/)/.test(url.pathname)) event.respondWith(fromPage(request, url))
  else if (request.method !== "GET" || !url.pathname.startsWith(ROOT.pathname)) return
  else if (/^(files|api\/contents)\//.test(url.pathname.slice(ROOT.pathname.length))) event.respondWith(newest(request, url))
  else event.respondWith(keptSoon(request, url))
})

async function keepFirst() {
  const cache = await caches.open(SITE)
  try {
    await keepPack(cache)
  } catch (error) { // an old browser, or a host that alters the pack
    await cache.addAll(BUILT.first.map(path => new Request(new URL(path, ROOT), { cache: "no-cache" })))
  }
}

/* A line of JSON, [name, media type, length] of each file, and then the files. */
async function keepPack(cache) {
  const answer = await fetch(new URL(BUILT.packed.first, ROOT), { cache: "no-cache" })
  const bytes = new Uint8Array(await unpacked(answer, "").arrayBuffer())
  const end = bytes.indexOf(10)
  let from = end + 1
  const files = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))).map(([name, type, length]) => {
    const content = bytes.subarray(from, (from += length))
    return cache.put(new URL(name, ROOT), new Response(content, { headers: { "Content-Type": type } }))
  })
  await Promise.all(files)
}

function unpacked(answer, type) {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`)
  const content = answer.body.pipeThrough(new DecompressionStream("gzip"))
  return new Response(content, { headers: { "Content-Type": type } })
}

async function forgetOthers() {
  const names = (await caches.keys()).filter(name => name.startsWith("two-lenses-") || name === "precache")
  await Promise.all(names.filter(name => name !== SITE && name !== PYODIDE).map(name => caches.delete(name)))
}

/* What is kept, else from the network, and kept. What follows the question mark names a notebook, or a version. */
async function kept(request, url) {
  const inside = url.pathname.slice(ROOT.pathname.length)
  const cache = await caches.open(/^static\/pyodide\/.*\.(whl|zip|wasm)$/.test(inside) ? PYODIDE : SITE)
  const found = await cache.match(url.origin + url.pathname)
  if (found) return found
  const answer = await loaded(request, inside)
  if (answer.status === 200) await cache.put(url.origin + url.pathname, answer.clone()).catch(() => {}) // no room: then next time again
  return answer
}

function fetchSoon(path) {
  const url = new URL(path, ROOT)
  const there = kept(new Request(url), url).catch(() => {}) // then it is asked for again
  underway.set(url.pathname, there.finally(() => underway.delete(url.pathname)))
}

async function keptSoon(request, url) {
  await underway.get(url.pathname)
  return kept(request, url)
}

async function loaded(request, inside) {
  if (`${inside}.pack` !== BUILT.packed.wasm) return fetch(request)
  try {
    return unpacked(await fetch(new URL(BUILT.packed.wasm, ROOT)), "application/wasm")
  } catch (error) {
    return fetch(request)
  }
}

/* A notebook as the site has it now; without a network, as it was kept. */
async function newest(request, url) {
  const cache = await caches.open(SITE)
  try {
    const answer = await fetch(request, { cache: "no-cache" })
    if (answer.status === 200) await cache.put(url.origin + url.pathname, answer.clone()).catch(() => {})
    return answer
  } catch (error) {
    return (await cache.match(url.origin + url.pathname)) ?? Response.error()
  }
}

/* A kernel reads and writes files, and asks for input, through the page that started it. */
async function fromPage(request, url) {
  const asked = await request.json()
  const answered = new Promise(resolve => {
    kernels.addEventListener("message", function answer({ data }) {
      if (data.browsingContextId !== asked.browsingContextId || !("response" in data)) return
      kernels.removeEventListener("message", answer)
      resolve(new Response(JSON.stringify(data.response)))
    })
  })
  kernels.postMessage({ ...asked, pathname: url.pathname })
  return answered
}
