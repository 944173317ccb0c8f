/* Runs compiled.py on the archives of a folder, by Pyodide itself: node compile.mjs PYODIDE COMPILED.PY FOLDER */
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"

const [pyodide, script, folder] = process.argv.slice(2).map(path => resolve(path))
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`))
const python = await loadPyodide({ indexURL: `${pyodide}/` })
python.mountNodeFS("/archives", folder)
python.runPython(readFileSync(script, "utf8"))
python.runPython("compile_all(Path('/archives'))")
