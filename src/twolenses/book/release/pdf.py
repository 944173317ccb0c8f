"""The book as a PDF: printed by Chromium, with tags, an outline and page numbers, and held to them."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
from playwright.sync_api import Browser, Error, Route, sync_playwright

from twolenses.book.release import joined
from twolenses.errors import BookError

__all__ = ["CHROMIUMS", "book", "chromium", "faults", "finished", "numbers", "opened", "printed", "ready", "structure"]

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

ADDRESS = "http://book.invalid/"
"""Where the document and the files of the site lie for the browser, which asks nobody else."""

ALTERNATIVES = ("/Figure", "/Formula")
"""What says nothing to whoever cannot see it, unless it has words of its own."""


def chromium() -> str | None:
    """A Chromium on the path; None for Playwright's own."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def ready() -> None:
    """Start a browser and close it again.

    Raises
    ------
    BookError
        If there is none that starts.
    """
    with opened():
        pass


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser that prints, closed at the end.

    Raises
    ------
    BookError
        If there is none that starts.
    """
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            try:
                yield browser
            finally:
                browser.close()
    except Error as error:
        why = error.message.strip().splitlines()[0].rstrip(".")
        raise BookError(f"Chromium does not print the book: {why}. See to a browser with: make browser") from error


def book(made: joined.Joined, title: joined.Title, site: Path, moment: datetime) -> bytes:
    """Print the book: once to learn on which page each part of it begins, and again with these numbers.

    Parameters
    ----------
    made
        The pages of the book, joined.
    site
        The folder of the built pages, from which styles and pictures come.
    moment
        What the file says of its time; the same moment and the same pages give the same bytes.

    Raises
    ------
    BookError
        If no browser can be started, or it cannot print.
    """
    with opened() as browser:
        first = printed(browser, joined.document(made, title), site)
        second = printed(browser, joined.document(made, title, numbers(first)), site)
    return finished(second, title, moment)


def printed(browser: Browser, document: str, site: Path) -> bytes:
    """A document on A4, tagged and outlined; its addresses are relative to `site`. Nothing else is loaded."""

    def answer(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).lstrip("/")
        if not route.request.url.startswith(ADDRESS):
            route.abort()
        elif path == "":
            route.fulfill(body=document, content_type="text/html; charset=utf-8")
        elif (site / path).is_file():
            route.fulfill(path=site / path)
        else:
            route.fulfill(status=404)

    with browser.new_context(java_script_enabled=False, color_scheme="light") as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(ADDRESS, wait_until="load", timeout=300_000)
        return page.pdf(prefer_css_page_size=True, print_background=False, tagged=True, outline=True)


def numbers(printed: bytes) -> dict[str, int]:
    """Anchor → number of its page, from 1, for every anchor that a link in the document leads to."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        order = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        places: Any = pdf.Root.get("/Dests", {})
        return {str(name)[1:]: order[place[0].objgen] for name, place in places.items()}


def finished(printed: bytes, title: joined.Title, moment: datetime) -> bytes:
    """What Chromium printed, with formulas tagged as such, and with what a reader shows of a file."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        for node in structure(pdf):
            if str(node.get("/Alt", "")).startswith(joined.FORMULA):
                node["/S"] = pikepdf.Name.Formula
                node["/Alt"] = pikepdf.String(str(node["/Alt"]).removeprefix(joined.FORMULA))
        pdf.Root.Lang = pikepdf.String(title.language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        at = moment.astimezone(UTC)
        stamp = at.strftime("D:%Y%m%d%H%M%SZ")
        about: Any = pdf.docinfo
        for key in list(about):
            del about[key]
        given = {"Title": title.title, "Author": title.author, "Subject": title.subtitle, "Creator": "Two Lenses"}
        for key, value in given.items() | {("CreationDate", stamp), ("ModDate", stamp)}:
            about[f"/{key}"] = value
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as shown:
            shown["dc:title"], shown["dc:language"], shown["dc:creator"] = title.title, {title.language}, [title.author]
            shown["dc:description"] = title.subtitle
            shown["xmp:CreateDate"] = shown["xmp:ModifyDate"] = at.isoformat()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure tree, in the order of reading."""
    stack: list[Any] = [pdf.Root.get("/StructTreeRoot")]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node and node.get("/Type") != "/MCR":
                yield node
            if "/K" in node:
                stack.append(node["/K"])


# ── what it must have ────────────────────────────────────────────────────────────────────────────────


def faults(path: Path, title: joined.Title) -> tuple[list[str], Mapping[str, int]]:
    """What is wrong with a PDF, in sentences, and how much of what was looked at.

    Looked at are title, language, tags, the outline, and an alternative for each figure and formula.
    """
    with pikepdf.open(path) as pdf:
        found, counts = [], {"pages": len(pdf.pages), "entries of the outline": 0, **dict.fromkeys(ALTERNATIVES, 0)}
        if str(pdf.docinfo.get("/Title", "")) != title.title:
            found.append(f"The title is not {title.title!r}.")
        if str(pdf.Root.get("/Lang", "")) != title.language:
            found.append(f"The language is not {title.language!r}.")
        root: Any = pdf.Root
        if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
            found.append("It is not tagged.")
        with pdf.open_outline() as outline:
            entries = list(outline.root)
            while entries:
                counts["entries of the outline"] += 1
                entries.extend(entries.pop().children)
        if not counts["entries of the outline"]:
            found.append("It has no outline.")
        for node in structure(pdf):
            kind = str(node["/S"])
            if kind in ALTERNATIVES:
                counts[kind] += 1
                if not re.search(r"\w", str(node.get("/Alt", ""))):
                    found.append(f"A {kind[1:]} has no alternative (number {counts[kind]} of its kind).")
    return found, counts
