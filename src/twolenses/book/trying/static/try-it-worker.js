/* Python for one task. Loads Pyodide, pandas and the course's package from this site when it is first asked to run, and
   says how far it is; answers each request with what `try-it.py` makes of it, or with why it could not. */
"use strict";

let python = null;

const tell = (stage, more) => postMessage({ stage, ...more });

/* Bytes of all files that have come, as they count before a server packs them. */
function count() {
  let bytes = 0;
  const seen = new PerformanceObserver((list) => {
    for (const { decodedBodySize } of list.getEntries()) bytes += decodedBodySize;
    tell("loading", { bytes });
  });
  seen.observe({ type: "resource", buffered: true });
  return seen;
}

const QUIET = { messageCallback: () => {} };

/* What has come is kept, Python's files under the name that the notebook page has for them: after Stop, or in the
   notebook, nothing comes again, and no network is needed. Where the browser keeps nothing, all comes from the site. */
const fetched = self.fetch;
const opened = (name) => self.caches?.open(name).catch(() => null);

async function keep(store, address, answer) {
  if (answer.ok) store?.put(address, answer.clone()).catch(() => {}); // no room: then it comes again
  return answer;
}

async function newest(address) {
  const store = await opened("try-it");
  try {
    return await keep(store, address, await fetched(address, { cache: "no-cache" }));
  } catch (error) {
    const found = await store?.match(address);
    if (found) return found;
    throw error;
  }
}

async function once(store, address) {
  return (await store?.match(address)) ?? keep(store, address, await fetched(address));
}

/* Has Pyodide fetch its files through what is kept; says whether they are there already. */
async function keepFiles(indexURL) {
  const lock = await newest(`${indexURL}pyodide-lock.json`);
  const { info } = await lock.clone().json();
  const store = await opened(`two-lenses-pyodide-${info.version}`);
  self.fetch = (asked, how) => {
    const address = `${asked.url ?? asked}`;
    if (address.endsWith("/pyodide-lock.json")) return Promise.resolve(lock.clone());
    return address.startsWith(indexURL) ? once(store, address) : fetched(asked, how);
  };
  return Boolean(await store?.match(`${indexURL}pyodide.asm.wasm`));
}

/* A script of Pyodide, as `importScripts` would load it. */
async function script(address) {
  const source = URL.createObjectURL(await (await self.fetch(address)).blob());
  importScripts(source);
  URL.revokeObjectURL(source);
}

/* Python with the course's package, and the cells before the task run once: what they import comes first only then. */
async function load(root, before) {
  const indexURL = `${root}lite/static/pyodide/`;
  const ours = newest(`${root}_static/try-it.py`).then((answer) => answer.text());
  const counting = (await keepFiles(indexURL)) ? null : count();
  if (!counting) tell("starting");
  for (const name of ["pyodide.js", "pyodide.asm.js"]) await script(`${indexURL}${name}`);
  const pyodide = await loadPyodide({ indexURL, packages: ["pandas", "twolenses"], env: { HOME: "/home/pyodide", MPLBACKEND: "agg" } });
  counting?.disconnect();
  tell("starting");
  pyodide.FS.writeFile("try_it.py", await ours);
  const running = pyodide.pyimport("try_it");
  running.run(pyodide.toPy(before), "", pyodide.toPy([]));
  return { pyodide, running };
}

async function run({ root, before, code, after }) {
  python ??= load(root, before);
  const { pyodide, running } = await python;
  const cells = pyodide.toPy([...before, code, ...after]);
  if (running.draws(cells) && !pyodide.loadedPackages.matplotlib) {
    tell("charts");
    await pyodide.loadPackage("matplotlib", QUIET);
    pyodide.pyimport("matplotlib.pyplot");
  }
  tell("running");
  return running.run(pyodide.toPy(before), code, pyodide.toPy(after));
}

onmessage = async ({ data }) => {
  try {
    postMessage({ result: await run(data) });
  } catch (error) {
    postMessage({ failed: `${error.message ?? error}`.trim().split("\n").at(-1) });
  }
};
