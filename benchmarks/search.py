"""The site's search beside Pagefind 1.6.0. Run: python benchmarks/search.py

The queries are those of `tests/book/test_search.py`: each says where one of the first four results has to lead.
Pagefind indexes a copy of the pages, of which it reads what ours reads; the address of a section or an entry is given
to its heading, because it knows no other. A result of Pagefind counts with the three places under it that its own
interface shows. A byte is a byte that is sent: what is not compressed by itself is counted as gzip sends it.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

from twolenses import course
from twolenses.book import build
from twolenses.book.site import search

sys.path[:0] = [str(course.root() / "tests"), str(course.root() / "tests" / "book")]

from test_search import ASK, QUERIES  # noqa: E402

from conftest import CHROMIUMS  # noqa: E402

PAGEFIND = "pagefind@1.6.0"

ASK_PAGEFIND = """async query => {
    const found = (await window.pagefind.search(query)).results.slice(0, 4)
    const pages = await Promise.all(found.map(one => one.data()))
    return pages.flatMap(one => [one.url, ...one.sub_results.slice(0, 3).map(part => part.url)])
}"""
PAGE = """<!DOCTYPE html><title>Pagefind</title><script type="module">
window.pagefind = await import("./pagefind/pagefind.js")
await window.pagefind.init()
window.ready = true
</script>"""


@dataclass
class Measured:
    """What one search does."""

    no_spot: list[str]
    no_page: list[str]
    first: int
    requests: int
    index: int
    seconds: float
    from_file: bool


def pagefind(folder: Path) -> Path | None:
    """Its program, installed there; None where it cannot be had."""
    npm = shutil.which("npm")
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), PAGEFIND]
    if npm is None or subprocess.run(command, capture_output=True).returncode:
        return None
    return folder / "node_modules" / ".bin" / "pagefind"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The pages over http."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def sent(response: Response) -> int:
    """Bytes of a response; text is compressed."""
    body = response.body()
    return (
        len(gzip.compress(body)) if Path(strip(response.url)).suffix in {".html", ".js", ".json", ".css"} else len(body)
    )


def asked(page: Page, script: str, most: int | None) -> tuple[list[str], list[str]]:
    """The queries whose answer is not among the first results, and those whose very page is not."""
    no_spot, no_page = [], []
    for query, wanted in QUERIES.items():
        found = [one if isinstance(one, str) else one[0] for one in page.evaluate(script, query)][:most]
        hrefs = list(map(strip, found))
        if not any(href.endswith(wanted) for href in hrefs):
            no_spot.append(query)
        if not any(href.partition("#")[0].endswith(wanted.partition("#")[0]) for href in hrefs):
            no_page.append(query)
    return no_spot, no_page


def strip(href: str) -> str:
    """An address without what it asks to be marked."""
    before, _, anchor = href.partition("#")
    return before.partition("?")[0] + (f"#{anchor}" if anchor else "")


def works(browser: Browser, address: str, ready: str) -> bool:
    """Whether a page that is opened from a file gets ready."""
    page = browser.new_page()
    try:
        page.goto(address)
        page.wait_for_function(ready, timeout=10_000)
    except Error:
        return False
    finally:
        page.close()
    return True


def first_query(page: Page, address: str, ready: str) -> tuple[int, int]:
    """Bytes and requests of our search until the first answer is there."""
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    page.goto(address)
    page.wait_for_function(ready)
    page.wait_for_load_state("networkidle")
    own = [one for one in answers if Path(strip(one.url)).name in (search.INDEX, "search.js")]
    return sum(map(sent, own)), len(own)


def ours(browser: Browser, site: Path) -> Measured:
    """The search that the site has."""
    ready = "document.querySelector('.tl-results li')"
    start = time.process_time()
    for path in site.rglob("*.html"):
        search.places(path.stem, path.read_bytes())
    seconds = time.process_time() - start
    index = len((site / search.INDEX).read_bytes())
    with served(site) as base:
        page = browser.new_page()
        first, requests = first_query(page, f"{base}search.html?q=C01", ready)
        no_answer = asked(page, ASK, 4)
    return Measured(
        *no_answer, first, requests, index, seconds, works(browser, f"{site.as_uri()}/search.html?q=C01", ready)
    )


def theirs(browser: Browser, program: Path, copy: Path) -> Measured:
    """Pagefind over a copy of the pages."""
    for path in copy.rglob("*.html"):
        tree = html.fromstring(path.read_bytes())
        for heading in tree.xpath("//section[@id]/*[self::h1 or self::h2 or self::h3]"):
            heading.set("id", heading.getparent().attrib.pop("id"))
        for entry in tree.xpath("//*[@data-entry and @id and .//h3]"):
            entry.find(".//h3").set("id", entry.attrib.pop("id"))
        path.write_bytes(html.tostring(tree, doctype="<!DOCTYPE html>", encoding="utf-8"))
    left_out = ", ".join([*search.LEFT_OUT, *(f".{name}" for name in search.LEFT_OUT_CLASSES)])
    options = ["--site", copy, "--root-selector", "article.bd-article", "--exclude-selectors", left_out]
    start = time.perf_counter()
    subprocess.run([program, *options], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    index = sum(path.stat().st_size for path in (copy / "pagefind").rglob("*") if path.suffix.startswith(".pf_"))
    (copy / "pagefind.html").write_text(PAGE)
    with served(copy) as base:
        page = browser.new_page()
        answers: list[Response] = []
        page.on("response", lambda response: answers.append(response))
        page.goto(f"{base}pagefind.html")
        page.wait_for_function("window.ready")
        page.evaluate(ASK_PAGEFIND, "C01")
        own = [one for one in answers if "/pagefind/" in one.url]
        first = sum(map(sent, own))
        no_answer = asked(page, ASK_PAGEFIND, None)
    from_file = works(browser, f"{copy.as_uri()}/pagefind.html", "window.ready")
    return Measured(*no_answer, first, len(own), index, seconds, from_file)


def main() -> None:
    """Print the table."""
    site = build.build(course.root())
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        program = pagefind(Path(made, "program"))
        if program is None:
            print(f"{PAGEFIND} cannot be had here: it needs npm and a registry. Ours is not compared with it.")
            return
        found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        copy = Path(shutil.copytree(site, Path(made, "copy")))
        rows = {"ours": ours(browser, site), "Pagefind 1.6.0": theirs(browser, program, copy)}
        browser.close()
    print(
        f"{'':16}{'spot':>10}{'page':>10}{'first query':>13}{'requests':>10}{'index':>11}{'made in':>10}  from a file"
    )
    for name, one in rows.items():
        spot, page = (f"{len(QUERIES) - len(missed)}/{len(QUERIES)}" for missed in (one.no_spot, one.no_page))
        sizes = f"{one.first / 1000:>10.0f} kB{one.requests:>10}{one.index / 1000:>8.0f} kB{one.seconds:>8.1f} s"
        print(f"{name:16}{spot:>10}{page:>10}{sizes}  {'yes' if one.from_file else 'no'}")
    for name, one in rows.items():
        print(f"{name} does not lead to the page: {', '.join(one.no_page) or 'nothing'}")


if __name__ == "__main__":
    main()
