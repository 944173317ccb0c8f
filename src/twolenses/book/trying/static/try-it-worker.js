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

/* Python with the course's package, and the cells before the task run once: what they import comes first only then. */
async function load(root, before) {
  const counting = count();
  const indexURL = `${root}lite/static/pyodide/`;
  importScripts(`${indexURL}pyodide.js`);
  const ours = fetch(`${root}_static/try-it.py`).then((answer) => answer.text());
  const pyodide = await loadPyodide({ indexURL, packages: ["pandas", "twolenses"], env: { HOME: "/home/pyodide", MPLBACKEND: "agg" } });
  counting.disconnect();
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
