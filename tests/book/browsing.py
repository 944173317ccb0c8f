"""Pages of the built book, opened in a browser and looked at by axe."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pydata_sphinx_theme
from playwright.sync_api import Browser, Page

from twolenses import course, exercises

MASTERS = [exercises.read(path) for path in exercises.masters()]
PAGES = [f"{page}.html" for page in course.pages()]
CHAPTER = "chapters/01-reading-the-case.html"
EXERCISE = "exercises/notebooks/01-newspaper-number/exercise.html"
ICON_FONTS = Path("_static/vendor/fontawesome/webfonts")
THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@functools.cache
def axe_source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


# Looking at colours takes nearly all of axe's time, and colours come from the style sheets: of all words that stand in
# the same tags and classes, on whatever page, the first are looked at. Every page is asked for its colours in both
# schemes, for the rest on a phone in light, and on a desk whether a box that scrolls can be reached by keyboard. A page
# of each kind is looked at whole.
NEW_WORDS = """known => {
    const seen = new Set(known)
    const path = one => one === document.body ? '' : `${path(one.parentElement)} ${one.tagName}.${one.getAttribute('class')}`
        + (one.getAttribute('style') ?? '') + (one.matches('tr:nth-child(even)') ? 'even' : '')
    const says = one => [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim())
    window.newWords = [...document.body.querySelectorAll('*')].filter(one => says(one) && one.checkVisibility())
        .filter(one => !seen.has(path(one)) && seen.add(path(one)))
    return window.newWords.map(path)
}"""
SEEN = "['cat.color', 'cat.sensory-and-visual-cues'].some(one => rule.tags.includes(one))"
EVERYTHING, COLOURS, THE_REST, SCROLLING = (
    f"Object.fromEntries(axe.getRules(tags).filter(rule => {which}).map(rule => [rule.ruleId, {{enabled: false}}]))"
    for which in ("false", f"!{SEEN}", SEEN, "rule.ruleId !== 'scrollable-region-focusable'")
)
"""The rules of axe that are left out where everything is asked, colours, the rest, scrolling."""


def violations(page: Page, left_out: str = EVERYTHING, part: str = "document") -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    run = f"tags => axe.run({part}, {{resultTypes: ['violations'], runOnly: tags, rules: {left_out}}})"
    found = page.evaluate(run, AXE)["violations"]
    return [f"{one['id']} ×{len(one['nodes'])}: {one['nodes'][0]['html'][:120]}" for one in found]


def colour_violations(page: Page, known: set[str]) -> list[str]:
    """Violations of colours by words unlike those that were looked at; these are known from now on."""
    new = page.evaluate(NEW_WORDS, list(known))
    known.update(new)
    return violations(page, COLOURS, part="{include: window.newWords}") if new else []


@contextmanager
def opened(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """A page in a context of its own. Errors in the console and requests to other hosts fail the test."""
    troubles: list[str] = []
    with browser.new_context(reduced_motion="reduce", **context) as fresh:
        page = fresh.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(("http://127.0.0.1", "file:", "data:")) else troubles.append(request.url)
            ),
        )
        page.goto(address, wait_until="load")
        assert troubles == []
        yield page


@contextmanager
def looked_at(browser: Browser, address: str, width: int, scheme: str) -> Iterator[Page]:
    with opened(browser, address, color_scheme=scheme, viewport={"width": width, "height": 800}) as page:
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        yield page
