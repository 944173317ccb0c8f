/* Keeps the notebook page in the browser: a second visit loads nothing, with the network on or off.
 *
 * It takes the place of JupyterLite's own service worker, whose cache is off again each time the browser has stopped
 * it, and fetches all anew. `BUILT` stands in the line above, written by `twolenses.lite.site`:
 *   site     changes with every build; what was kept of an earlier one is forgotten
 *   pyodide  changes with Pyodide, whose files have their version in their name
 *   first    what every visit needs, and all notebooks
 */
"use strict"

const SITE = `two-lenses-${BUILT.site}`
const PYODIDE = `two-lenses-pyodide-${BUILT.pyodide}`
const ROOT = new URL("./", location.href)
const kernels = new BroadcastChannel("/sw-api.v1")

self.addEventListener("install", event => {
  self.skipWaiting()
  event.waitUntil(keepFirst())
})

self.addEventListener("activate", event => {
  event.waitUntil(Promise.all([forgetOthers(), self.clients.claim()]))
})

self.addEventListener("fetch", event => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== ROOT.origin) return
  if (url.pathname === "/api/service-worker-heartbeat") event.respondWith(new Response("ok"))
  else if (/\/api\/(drive|stdin\/)/.test(url.pathname)) event.respondWith(fromPage(request, url))
  else if (request.method !== "GET" || !url.pathname.startsWith(ROOT.pathname)) return
  else if (/^(files|api\/contents)\//.test(url.pathname.slice(ROOT.pathname.length))) event.respondWith(newest(request))
  else event.respondWith(kept(request, url))
})

async function keepFirst() {
  const cache = await caches.open(SITE)
  await cache.addAll(BUILT.first.map(path => new Request(new URL(path, ROOT), { cache: "no-cache" })))
}

async function forgetOthers() {
  const names = (await caches.keys()).filter(name => name.startsWith("two-lenses-") || name === "precache")
  await Promise.all(names.filter(name => name !== SITE && name !== PYODIDE).map(name => caches.delete(name)))
}

/* What is kept, else from the network, and kept. A page is the same page whichever notebook its address names. */
async function kept(request, url) {
  const inside = url.pathname.slice(ROOT.pathname.length)
  const cache = await caches.open(/^static\/pyodide\/.*\.(whl|zip|wasm|js|mjs)$/.test(inside) ? PYODIDE : SITE)
  const found = await cache.match(request, { ignoreSearch: request.mode === "navigate" })
  if (found) return found
  const answer = await fetch(request)
  if (answer.status === 200) await cache.put(request, answer.clone()).catch(() => {}) // no room: then next time again
  return answer
}

/* A notebook as the site has it now; without a network, as it was kept. */
async function newest(request) {
  const cache = await caches.open(SITE)
  try {
    const answer = await fetch(request, { cache: "no-cache" })
    if (answer.status === 200) await cache.put(request, answer.clone()).catch(() => {})
    return answer
  } catch (error) {
    return (await cache.match(request, { ignoreSearch: true })) ?? Response.error()
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
