"""What a page weighs and how soon it is seen, and how long the book takes to build, beside its peers. Run: make bench

One page of each kind, from a server that compresses as common hosts do (gzip, level 6), in Chromium: kilobytes and
requests on a phone, the first paint on a slow line (400 kilobits a second, 400 ms there and back), and the scores that
Lighthouse, fetched and run by npm, gives for a phone. Then the build, in copies of the checkout: cold, and with one
paragraph more in chapter 2, by `twolenses build book` and by plain `jupyter-book build`, for which notebooks run one
after the other and style sheets stay as they are. `--pages FOLDER` measures a site that is built and builds none.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from twolenses.book import build

ROOT = Path(__file__).parents[1]

PAGES = {
    "first page": "index.html",
    "chapter 1": "chapters/01-reading-the-case.html",
    "chapter 3": "chapters/03-power-and-anarchy.html",
    "exercise 1": "exercises/notebooks/01-newspaper-number/exercise.html",
    "ledger": "chapters/reference/claims.html",
    "map": "chapters/reference/map.html",
}
BOUNDS = ("150 KB", "14", "2.5 s", "97, the rest 100")
PEERS = {"scikit-learn MOOC": "753 KB", "QuantEcon": "714 KB"}
"""A text page of each, as it was measured in November 2026; they are not measured again here."""

SLOW_3G = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
RUNS = 3
LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Files as a common host sends them: texts by gzip, level 6; connections are kept open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file, or 404."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content, kind = path.read_bytes(), self.guess_type(path)
        compressed = kind.startswith("text/") or "javascript" in kind or kind.endswith(("json", "xml"))
        body = gzip.compress(content, 6) if compressed else content
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if compressed else kind)
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing for each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The pages over http; the address ends in a slash."""
    handler = functools.partial(Compressing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def weight(browser: Browser, address: str) -> tuple[float, int]:
    """Kilobytes that come over the line, headers included, and requests, until a phone shows the page whole."""
    with browser.new_context(**PHONE) as context:
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        sent: list[float] = []
        asked: dict[str, bool] = {}
        line.on("Network.requestWillBeSent", lambda one: asked.update({one["requestId"]: _is_far(one)}))
        line.on("Network.loadingFinished", lambda one: sent.append(one["encodedDataLength"] * asked[one["requestId"]]))
        page.goto(address, wait_until="networkidle")
    return sum(sent) / 1000, sum(asked.values())


def _is_far(request: dict[str, Any]) -> bool:
    """Whether something comes over the line for it: not for what a style sheet holds itself."""
    return not str(request["request"]["url"]).startswith("data:")


def first_paint(browser: Browser, address: str) -> float:
    """Seconds until the first text or picture is drawn, on a line as slow as that."""
    with browser.new_context(**PHONE) as context:
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_3G})
        page.goto(address, wait_until="load", timeout=120_000)
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        return float(page.evaluate(paint)) / 1000


def lighthouse(address: str) -> dict[str, int]:
    """Lighthouse's scores for a phone, of 100."""
    command = [
        "npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", address, "--quiet", "--output=json",
        "--chrome-flags=--headless=new --no-sandbox", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": CHROMIUM, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return {name: round(100 * found["score"]) for name, found in json.loads(ended.stdout)["categories"].items()}


def tell_pages(pages: Path) -> None:
    """Print a line for each kind of page."""
    with served(pages) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM or None, args=["--no-sandbox"])
        print(
            f"{'':18} {'over the line':>13} {'requests':>9} {'first paint':>12}   Lighthouse: {', '.join(CATEGORIES)}"
        )
        for kind, page in PAGES.items():
            kilobytes, requests = weight(browser, base + page)
            paint = statistics.median(first_paint(browser, base + page) for _ in range(RUNS))
            scores = _scores(base + page)
            print(f"{kind:18} {kilobytes:>10.0f} KB {requests:>9} {paint:>10.1f} s   {scores}", flush=True)
        print(f"{'bound':18} {BOUNDS[0]:>13} {BOUNDS[1]:>9} {BOUNDS[2]:>12}   {BOUNDS[3]}")
        for peer, kilobytes in PEERS.items():
            print(f"{peer:18} {kilobytes:>13}   (as measured in November 2026)")


def _scores(address: str) -> str:
    if not shutil.which("npm") or not CHROMIUM:
        return "Lighthouse needs npm and Chromium; one of them is not here."
    try:
        return ", ".join(map(str, lighthouse(address).values()))
    except subprocess.CalledProcessError as error:
        return f"Lighthouse did not run: {(error.stderr.strip().splitlines() or ['no word'])[-1]}"


# ── the build ────────────────────────────────────────────────────────────────────────────────────────

PLAIN = """
from twolenses.book import chapters, exercises, explorables, nodes, reference, site


def setup(app):
    nodes.setup(app)
    rooms = (chapters, explorables, reference, exercises, site)
    for part in (part for room in rooms for part in room.PARTS if part not in (site.icons, site.light)):
        part.setup(app)
"""
"""The course's directives and roles, without what makes the book quick to build and light."""

OURS = (Path(sys.executable).with_name("twolenses"), "build", "book")
THEIRS = (Path(sys.executable).with_name("jupyter-book"), "build", ".")


def checkout(folder: Path, plain: bool) -> Path:
    """A copy of what the book is made of."""
    for name in ("_config.yml", "_toc.yml", "index.md", "pyproject.toml", "requirements.txt"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    for name in ("assets", "chapters", "data", "exercises", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    if plain:
        (folder / "src" / "plain_book.py").write_text(PLAIN, encoding="utf-8")
        settings = (folder / "_config.yml").read_text(encoding="utf-8")
        (folder / "_config.yml").write_text(settings.replace("twolenses.book]", "plain_book]"), encoding="utf-8")
    return folder


def built(folder: Path, command: tuple[str | Path, ...]) -> str:
    """Seconds of wall and processor that the command takes there."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    ended = subprocess.run(list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode:
        return f"did not build: {(ended.stderr.strip().splitlines() or ['no word'])[-1]}"
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{wall:6.1f} s ({processor:5.1f} of processor)"


def tell_builds() -> None:
    """Print a line for each way to build."""
    print(f"\n{'':18} {'cold':>31} {'one page edited':>31}   (bounds: 45 s and 3 s)")
    for name, command in (("ours", OURS), ("jupyter-book", THEIRS)):
        with tempfile.TemporaryDirectory() as temporary:
            folder = checkout(Path(temporary), plain=command is THEIRS)
            cold = built(folder, command)
            with (folder / "chapters" / "02-from-autonomy-to-war.md").open("a", encoding="utf-8") as page:
                page.write("\nOne more paragraph.\n")
            print(f"{name:18} {cold:>31} {built(folder, command):>31}", flush=True)


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, metavar="FOLDER", help="a site that is built; no other is")
    chosen = options.parse_args()
    tell_pages(chosen.pages or build.build(ROOT))
    if chosen.pages is None:
        tell_builds()


if __name__ == "__main__":
    main()
