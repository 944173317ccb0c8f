"""What a page looks like, with the one style sheet of the site and with the sheets it was made of.

Run by itself, it looks at every page, in both schemes, on a phone, on a desk and on paper, and at what opens:
python tests/book/drawn.py (half an hour; names of pages look at those only). `test_light.py` looks at a few.
"""

from __future__ import annotations

import functools
import http.server
import io
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

STYLE = "_static/style.css"

# The style of each element, and of what stands before and after it: a name and a digest of it, in the order of the page.
STYLES = r"""() => {
    const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith('--'))
    const digest = text => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 0)
    const style = (one, part) => {
        const found = getComputedStyle(one, part)
        return part && ['none', 'normal'].includes(found.content) ? '' : names.map(name => found.getPropertyValue(name)).join()
    }
    return [...document.documentElement.querySelectorAll('body, body *:not(script, noscript, link, style)')].map(one => [
        `${one.localName}.${one.getAttribute('class')}#${one.id}`, ...[null, '::before', '::after'].map(part => digest(style(one, part))),
    ])
}"""
STILL = "*, ::before, ::after, ::backdrop { transition: none !important; animation: none !important; caret-color: transparent !important; }"


@dataclass(frozen=True)
class View:
    """How wide, in which scheme, on screen or on paper, and what is done first: a script of Playwright's."""

    width: int
    scheme: str
    media: str = "screen"
    first: Callable[[Page], object] = lambda page: None


def made_of(site: Path) -> list[str]:
    """The sheets that the site's own was made of, in their order."""
    first = (site / STYLE).read_text(encoding="utf-8").partition("*/")[0]
    return re.findall(r"[\w./-]+\.css", first)


def whole(site: Path) -> str:
    """A sheet that has every rule."""
    return "".join(f'@import url("{name}");\n' for name in made_of(site))


@contextmanager
def seen(browser: Browser, address: str, view: View, style: str | None = None) -> Iterator[Page]:
    """The page as it is viewed; with another style in the place of the site's own, if one is given."""
    size = {"width": view.width, "height": 800}
    with browser.new_context(viewport=size, color_scheme=view.scheme, reduced_motion="reduce") as context:
        page = context.new_page()
        if style is not None:
            page.route(f"**/{STYLE}*", lambda route: route.fulfill(body=style, content_type="text/css"))
        page.add_init_script("Math.random = () => 0.5")  # or options stand in another order each time
        page.goto(address, wait_until="load")
        page.emulate_media(media=view.media)
        page.add_style_tag(content=STILL)
        view.first(page)
        yield page


def differences(browser: Browser, address: str, view: View, styles: tuple[str | None, str | None]) -> list[str]:
    """Elements that two styles of a page draw in two ways, and whether two pictures of its beginning differ."""
    found, pictures = [], []
    for style in styles:
        with seen(browser, address, view, style) as page:
            found.append(page.evaluate(STYLES))
            pictures.append(page.screenshot(animations="disabled"))
    told = [] if _alike(*pictures) else ["the picture"]
    if [one[0] for one in found[0]] != [one[0] for one in found[1]]:
        return [*told, "other elements"]
    return told + [one[0] for one, other in zip(*found, strict=True) if one != other]


def _alike(*pictures: bytes) -> bool:
    """Whether no pixel differs by more than an edge that Chromium smoothes in two ways, one level of 255."""
    first, second = (Image.open(io.BytesIO(one)).convert("RGB") for one in pictures)
    return first.size == second.size and max(high for _, high in ImageChops.difference(first, second).getextrema()) <= 2


# ── what opens ───────────────────────────────────────────────────────────────────────────────────────


def drawer(page: Page) -> None:
    page.locator(".primary-toggle").first.click()


def contents(page: Page) -> None:
    page.locator(".secondary-toggle").first.click()


def dialog(page: Page) -> None:
    page.keyboard.press("Control+K")


def menu(page: Page) -> None:
    page.locator(".dropdown-toggle").first.click()


def folds(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def evidence(page: Page) -> None:
    page.locator(".tl-claim a").first.hover()
    page.locator(".tl-popover:popover-open").wait_for()


def marked(page: Page) -> None:
    """Every question answered with its first option or nothing, and checked."""
    page.evaluate(
        "for (const one of document.querySelectorAll('.tl-quiz input:first-child')) one.click();"
        "for (const one of document.querySelectorAll('.tl-quiz .tl-actions button')) one.click()"
    )


def copied(page: Page) -> None:
    page.locator("button.copybtn").first.hover()


PHONE, DESK, PAPER = View(360, "light"), View(1280, "dark"), View(680, "light", "print")
OPENED = [
    View(360, "light", first=drawer),
    View(360, "dark", first=contents),
    View(360, "dark", first=dialog),
    View(1280, "light", first=dialog),
    View(360, "light", first=menu),
    View(1280, "dark", first=menu),
    View(360, "dark", first=folds),
    View(1280, "light", first=evidence),
    View(1280, "dark", first=marked),
]


@contextmanager
def served(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


KINDS = (
    "index.html", "chapters/01-reading-the-case.html", "chapters/04-security-dilemma.html",
    "exercises/notebooks/01-newspaper-number/exercise.html",
)  # fmt: skip
"""The pages on which everything that opens is opened."""


def main() -> None:
    """Print what differs, page by page."""
    site = Path(__file__).parents[2] / "_build" / "html"
    pages = sys.argv[1:] or [
        name
        for path in sorted(site.rglob("*.html"))
        if not (name := path.relative_to(site).as_posix()).startswith("_") and STYLE in path.read_text(encoding="utf-8")
    ]
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "google-chrome"))), None)
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name in pages:
            others = [View(width, scheme) for width, scheme in ((360, "dark"), (1280, "light"))]
            for view in [PHONE, DESK, PAPER, *(others + OPENED if name in KINDS or sys.argv[1:] else [])]:
                try:
                    told = differences(browser, base + name, view, (None, whole(site)))
                except Exception as error:  # what is to be opened is not on the page
                    told = [str(error).splitlines()[0]]
                what = f"{view.width} {view.scheme} {view.media} {getattr(view.first, '__name__', '')}"
                print(name, what, "the same" if not told else f"{len(told)}: {told[:5]}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
