"""The task in a page, pressed and waited for: `benchmarks/lite.py` measures it beside the notebook."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import BrowserContext, Page

EXERCISE = "exercises/notebooks/01-newspaper-number/exercise.html"
ENDED = """() => document.querySelector("[data-do=stop]").hidden
    && /^(Done|Checked|Stopped|Python could not)/.test(document.querySelector(".tl-try-state").textContent)"""


def pressed(page: Page, what: str, seconds: float = 180) -> str:
    """Press a button of the task, wait until that has come to an end, and give what the page says then."""
    page.locator(f"[data-do={what}]").click()
    page.wait_for_function(ENDED, timeout=seconds * 1000)
    return page.locator(".tl-try-state").inner_text()


def first_result(context: BrowserContext, address: str, sent: list[Any]) -> float:
    """Seconds from the press to the result on a page opened now; ``sent`` forgets what the page itself loaded."""
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    sent.clear()
    start = time.perf_counter()
    said = pressed(page, "run")
    took = time.perf_counter() - start
    page.close()
    if said != "Done.":
        raise SystemExit(f"The cell gave no result: {said}")
    return took
