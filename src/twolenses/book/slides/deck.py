"""A chapter's built page as slides.

Each section is read block by block. What a block becomes:

- a paragraph, an item of a list: its lead (`sentences.lead`), more sentences where there is room, and all in the notes
- a table: its rows, on as many slides as they need; what the page folds is a link
- a chart: a slide with its source; its caption is in the notes
- a pair of lenses: a slide for each row, what both would expect, what happened, where each stops
- something to play with: the prediction, then the still picture, with a link to the live one
- a quiz: two questions, each with its answer on the next slide
- *Questions for discussion*: each question as a whole
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import html as parser

import twolenses
from twolenses.book.release import still
from twolenses.book.slides import apart, blocks, fit
from twolenses.book.slides.sentences import words
from twolenses.book.slides.slide import Page, Slide, inner, settled
from twolenses.errors import BookError

__all__ = ["Deck", "read"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

LEFT_OUT = ("script", "hr", "template", "style", "h1", "h2", "h3", "h4")


@dataclass(frozen=True)
class Deck:
    """A chapter's slides; `address` is that of its page."""

    name: str
    number: str
    title: str
    address: str
    slides: tuple[Slide, ...]


def read(source: str, name: str, site: str) -> Deck:
    """The slides of a built page.

    Parameters
    ----------
    source
        The page as HTML.
    name
        Its name, such as ``03-power-and-anarchy``.
    site
        Where the site is published; ends in a slash. Links lead there, so that a deck may lie anywhere.

    Raises
    ------
    BookError
        If the page has no text, or asks what the bank does not hold.
    """
    asked = still.printed(source, still.bank())
    found = parser.document_fromstring(asked.page).xpath(
        "//article[contains(concat(' ', @class, ' '), ' bd-article ')]"
    )
    if not found or not found[0].xpath("./section/h1"):
        raise BookError(f"The page of {name} has no text. Build the book again: make clean build")
    article, address = found[0], f"{site}chapters/{name}.html"
    still.still(article)
    answers = parser.fragment_fromstring(asked.answers, create_parent="div").find_class("tl-answered")
    page = Page(
        {one.get("id").removesuffix("-answer"): one for one in answers},
        {one.get("id"): one for one in article.xpath(".//li[starts-with(@id, 'number-')]")},
    )
    (whole,) = article.xpath("./section")
    number, title = _title(whole.find("h1"))
    slides = [*_opening(whole, number, title), *_section(whole, page)]
    slides += _sources(page, address)
    return Deck(name, number, title, address, tuple(settled(one, address) for one in slides))


def _title(heading: Any) -> tuple[str, str]:
    """The number of a chapter, and its title."""
    number = "".join(one.text_content() for one in heading.find_class("section-number"))
    return number.strip(" ."), words(heading).removeprefix(number.strip()).strip()


def _opening(whole: Any, number: str, title: str) -> Iterator[Slide]:
    """The title, and what a student can do after the chapter."""
    (box,) = whole.find_class("tl-objectives")
    needs = words(box.find("p"))
    by = f"<p>The Two Lenses authors, version {twolenses.__version__}, CC BY 4.0</p>"
    yield Slide(escape(title), by, f"<p>{escape(needs)}</p>", f"Two Lenses, chapter {number}", "title")
    heading = escape(words(box.find(".//summary")))
    yield from blocks.run(heading, "", blocks.listed(box.find(".//ul"), blocks.WHOLE), None)


def _section(node: Any, page: Page, above: str = "") -> Iterator[Slide]:
    """The slides of a section, those of its parts where they stand."""
    heading = inner(node[0]) if node[0].tag in ("h2", "h3", "h4") else ""
    whole = node.get("id") == "questions-for-discussion"
    texts: list[Any] = []
    for child in _flat(node):
        own = _own(child, page, heading, above)
        if own is None and child.find(".//table") is None:
            texts.append(child)
            continue
        before, texts = blocks.cut(texts, whole=whole), []
        rows = blocks.tabled(child.find(".//table")) if own is None else []
        if rows and blocks.height([*before, *rows]) <= fit.ROOM:
            yield from blocks.run(heading, above, [*before, *rows], page, "table")
            continue
        yield from blocks.run(heading, above, before, page)
        yield from own or blocks.run(heading, above, rows, page, "table")
    yield from blocks.run(heading, above, blocks.cut(texts, whole=whole), page)


def _flat(node: Any) -> Iterator[Any]:
    """The blocks of a section; what only holds blocks together is looked into."""
    for child in node:
        if not isinstance(child.tag, str) or child.tag in LEFT_OUT:
            continue
        classes = set(child.get("class", "").split())
        if classes & {"tl-objectives", "tl-try"} or child.get("data-place"):
            continue
        if child.tag == "div" and (classes == {"docutils", "container"} or classes & {"cell", "cell_output"}):
            yield from _flat(child)
        else:
            yield child


def _own(child: Any, page: Page, heading: str, above: str) -> Iterator[Slide] | None:
    """The slides of a block that shares none with what stands before it; None for one that does."""
    classes = set(child.get("class", "").split())
    if "tl-lenses" in classes:
        return apart.pair(child, page, heading)
    if child.tag == "section":
        return _section(child, page, heading)
    if "tl-figure" in classes:
        return apart.chart(child, heading, above)
    if "tl-explorable" in classes:
        return apart.explorable(child, heading)
    if "tl-paper" in classes:
        return apart.quiz(child, page, heading)
    if "admonition" in classes:
        return blocks.run(escape(words(child[0])), above or heading, blocks.cut(child[1:]), page)
    if child.tag == "details":
        return blocks.run(heading, above, [blocks.folded(child)], page)
    return None


def _sources(page: Page, address: str) -> Iterator[Slide]:
    """What the slides show and cite, and where to read on."""
    links: dict[str, str] = {}
    for name in page.shown:
        for link in page.facts[name].xpath(".//ul[contains(@class, 'tl-rows')]//a[contains(@class, 'external')]"):
            links.setdefault(words(link), link.get("href"))
    for title, link in page.cited.items():
        links.setdefault(title.partition(" URL: ")[0].partition(" doi:")[0], link)
    items = [
        parser.fragment_fromstring(f'<li><a href="{escape(url)}">{escape(text)}</a></li>')
        for text, url in links.items()
    ]
    holder = blocks.Holder("ul")
    pieces = [blocks.Piece(one, fit.text(one, fit.SMALL), holder=holder) for one in items]
    yield from blocks.run("Sources of what is shown", "", pieces, None, "sources")
    yield Slide(
        "Read on",
        f'<p>The chapter, with every number’s source: <a href="{address}">{escape(address)}</a></p>'
        f'<p>Text and figures: <a href="{LICENCE}">CC BY 4.0</a>, the Two Lenses authors. '
        "Tables carry the licences of their sources.</p>",
        kind="end",
    )
