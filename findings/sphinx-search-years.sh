#!/usr/bin/env bash
# A Sphinx book cannot be searched for a year.
#
# Version   Sphinx 7.4.7, which Jupyter Book 1 uses
# Expected  A search for 1999 or 4500 leads to the pages that have it: both are in searchindex.js.
# Seen      The search page drops what is digits only from every query: "1999" asks for nothing and finds nothing,
#           "Resolution 1244" asks for every resolution, "1244/1999" for nothing again. "R1244" is asked for. The page says
#           that no document matches the words, not that it has left the words out.
# Hurt      Readers of courses with dates, laws and figures: they learn that the book does not speak of 1999.
# Remedy    An index and a query of one's own. This book's search finds 4500, 4,500 and 4 500 alike
#           (book/static/search.js, held by tests/book/test_search.py).
# Source    sphinx-doc/sphinx issue 776, open; canonical/canonical-sphinx issue 71; searchtools.js,
#           _parseQuery; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet sphinx==7.4.7
mkdir "$work/book" && cd "$work/book"
echo 'project = "A course"' > conf.py
printf 'Years\n=====\n\nResolution 1244 of 1999, then 4500 troops.\n' > index.rst
"$work/env/bin/sphinx-build" -q . out
cat > ask.cjs <<'JS'
const assert = require("node:assert");
const fs = require("node:fs");
const vm = require("node:vm");

const page = { document: { documentElement: { dataset: {} } }, localStorage: { setItem() {} }, SPHINX_HIGHLIGHT_ENABLED: false };
const world = vm.createContext({ ...page, console, DOCUMENTATION_OPTIONS: {}, _ready() {} });
for (const script of ["_static/language_data.js", "_static/searchtools.js"]) {
  vm.runInContext(fs.readFileSync(`out/${script}`, "utf8"), world);
}
const asked = (query) => vm.runInContext(`[...Search._parseQuery(${JSON.stringify(query)})[1]].join(" ")`, world);

assert.match(fs.readFileSync("out/searchindex.js", "utf8"), /"1999": 0/);
const expected = { "1999": "", "4500 troops": "troop", "Resolution 1244": "resolut", "1244/1999": "", "R1244": "r1244" };
for (const [query, terms] of Object.entries(expected)) {
  console.log(`${query.padEnd(16)} asks for "${asked(query)}"`);
  assert.equal(asked(query), terms);
}
JS
node ask.cjs
