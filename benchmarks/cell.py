"""How long the task in a page takes to its first result, and what it loads: cold, and when the page is opened again.

    python benchmarks/cell.py

The book is built and `make lite` has laid Python beside it. Times are those of this machine.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from twolenses import course

EXERCISE = "exercises/notebooks/01-newspaper-number/exercise.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ENDED = """() => document.querySelector("[data-do=stop]").hidden
    && /^(Done|Checked|Stopped|Python could not)/.test(document.querySelector(".tl-try-state").textContent)"""


def pressed(page: Page, what: str, seconds: float = 180) -> str:
    """Press a button of the task, wait until that has come to an end, and give what the page says then."""
    page.locator(f"[data-do={what}]").click()
    page.wait_for_function(ENDED, timeout=seconds * 1000)
    return page.locator(".tl-try-state").inner_text()


class _Counting(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and counts what it sends."""

    sent: list[int]

    def __init__(self, *args: Any, sent: list[int], **named: Any) -> None:
        self.sent = sent
        super().__init__(*args, **named)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        self.sent.append(Path(self.translate_path(self.path)).stat().st_size)
        super().copyfile(source, outputfile)

    def log_message(self, *args: object) -> None:
        """Say nothing for each request."""


def first_result(context: BrowserContext, address: str, sent: list[int]) -> str:
    """From the press to the result on a page that is opened now: seconds, and what the server sent meanwhile."""
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    sent.clear()
    start = time.perf_counter()
    said = pressed(page, "run")
    took = time.perf_counter() - start
    page.close()
    if said != "Done.":
        raise SystemExit(f"The cell gave no result: {said}")
    return f"first result {took:5.1f} s, {sum(sent) / 1e6:5.1f} MB in {len(sent)} files"


def measured(site: Path) -> list[str]:
    """A line for the first visit and one for the second, in a browser that keeps what it loads."""
    sent: list[int] = []
    handler = functools.partial(_Counting, directory=str(site), sent=sent)
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        tempfile.TemporaryDirectory() as kept,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{EXERCISE}"
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch_persistent_context(kept, executable_path=found, args=["--no-sandbox"])
        lines = [f"cell in the page, {visit}: {first_result(browser, address, sent)}" for visit in ("cold ", "again")]
        browser.close()
        server.shutdown()
    return lines


if __name__ == "__main__":
    print("\n".join(measured(course.root() / "_build" / "html")))
