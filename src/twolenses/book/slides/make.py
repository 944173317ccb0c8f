"""Decks as files: HTML that reveal.js shows, with all that it needs beside it, and PDF with the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from markupsafe import Markup
from playwright.sync_api import Browser

from twolenses import course, files, templating
from twolenses.book import build
from twolenses.book.release import pdf
from twolenses.book.site import sharing
from twolenses.book.slides import PLACE, deck
from twolenses.course import Chapter
from twolenses.errors import BookError, place, suggestion

__all__ = ["PAPERS", "chapters", "make", "printed", "publish", "write"]

PAPERS = ("a4", "letter")

REVEAL = resources.files("sphinx_revealjs") / "_static" / "revealjs"
"""reveal.js, as the package brings it."""

STATIC = {
    "reveal.css": REVEAL / "dist" / "reveal.css",
    "reveal.js": REVEAL / "dist" / "reveal.js",
    "notes.js": REVEAL / "plugin" / "notes" / "notes.js",
    "reveal-LICENSE.txt": REVEAL / "LICENSE",
    "two-lenses.css": resources.files("twolenses.book") / "static" / "two-lenses.css",
    "explorables.css": resources.files("twolenses.book.explorables") / "static" / "explorables.css",
    **{
        name: resources.files("twolenses.book.slides") / "static" / name
        for name in ("slides.css", "face.css", "slides.js")
    },
}
"""What lies beside the decks, by its name there."""


def chapters(names: Sequence[str]) -> list[Chapter]:
    """Chapters by number or name; all where none is named.

    Raises
    ------
    BookError
        If there is no such chapter.
    """
    known = {name: one for one in course.chapters() for name in (str(one), one.slug, str(one.number), str(one)[:2])}
    if unknown := [name for name in names if name not in known]:
        raise BookError(f"There is no chapter {unknown[0]!r}. {suggestion(unknown[0], map(str, course.chapters()))}")
    return list(dict.fromkeys(known[name] for name in names)) or list(course.chapters())


def make(
    folder: Path, names: Sequence[str], out: Path, *, paper: str | None = None, tell: Callable[[str], None] = print
) -> list[Path]:
    """Make the decks of some chapters from the built book, which is built first where its sources have changed.

    Parameters
    ----------
    folder
        A checkout.
    names
        Chapters by number or name; all where none is named.
    out
        Where the decks go.
    paper
        ``a4`` or ``letter``: a PDF, too, of each deck with its notes.
    tell
        Called with a line for each stage.

    Returns
    -------
    list[Path]
        The decks, each followed by its PDF.

    Raises
    ------
    BookError
        If a chapter or the paper is unknown, the book is not built, the folder cannot be written to, or there is no
        browser for the PDF.
    """
    chosen = chapters(names)
    if paper is not None and paper not in PAPERS:
        raise BookError(f"There is no paper {paper!r}. Choose {' or '.join(PAPERS)}.")
    decks = write(build.build(folder, tell), chosen, out)
    if paper is None:
        return decks
    with pdf.opened() as browser:
        return [path for one in decks for path in (one, _saved(one.with_suffix(".pdf"), printed(browser, one, paper)))]


def write(pages: Path, chosen: Sequence[Chapter], out: Path) -> list[Path]:
    """Write decks of built pages, and what they need, into a folder.

    Raises
    ------
    BookError
        If a page cannot be read or the folder cannot be written to.
    """
    template = templating.environment("twolenses.book.slides").get_template("deck.html")
    site, made = sharing.address(course.repository()), []
    for chapter in chosen:
        page = pages / "chapters" / f"{chapter}.html"
        try:
            source = page.read_text(encoding="utf-8")
        except OSError as error:
            raise BookError(
                f"{place(page)}  cannot be read: {error.strerror}. Build the book first: make build"
            ) from error
        filled = template.render(deck=deck.read(source, str(chapter), site), safe=Markup)
        made.append(_saved(out / f"{chapter}.html", filled + "\n"))
    for name, source_file in STATIC.items():
        _saved(out / "static" / name, source_file.read_bytes())
    return made


def publish(site: Path, chosen: Sequence[Chapter]) -> None:
    """Put decks into a published site, and a link to each into its chapter."""
    for made in write(site, chosen, site / "slides"):
        page = site / "chapters" / made.name
        link = f'<p><a href="../slides/{made.name}">Slides</a>, with speaker notes</p>'
        files.write(page, page.read_text(encoding="utf-8").replace(PLACE, link))


def _saved(path: Path, content: str | bytes) -> Path:
    try:
        files.write(path, content)
    except OSError as error:
        raise BookError(
            f"{place(path)}  cannot be written: {error.strerror}. Choose another folder with --to."
        ) from error
    return path


def printed(browser: Browser, path: Path, paper: str = PAPERS[0]) -> bytes:
    """A deck with its notes as a PDF, tagged and outlined, as a browser without scripts prints it."""
    with browser.new_context(java_script_enabled=False, offline=True, color_scheme="light") as context:
        page = context.new_page()
        page.goto(path.absolute().as_uri())
        return page.pdf(format=paper, tagged=True, outline=True)
