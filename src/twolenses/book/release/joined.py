"""All pages of the book as one document, to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as parser

from twolenses import templating
from twolenses.book.release import spoken, still
from twolenses.errors import BookError, place

__all__ = ["FORMULA", "Part", "Title", "document", "joined", "parts"]

STYLE = Path(__file__).parent / "static" / "paper.css"

FORMULA = "formula: "
"""What the words for a formula begin with, so that its picture can be told from others in the PDF."""

ANSWERS = "Answers to the quizzes"

_REFERENCES = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")

_LEFT_OUT = ("chapters/reference/progress",)
"""Pages that are nothing without a script."""


@dataclass(frozen=True)
class Part:
    """Some pages under one caption ("" for the first page of the book)."""

    caption: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Title:
    """What stands on the first sheet."""

    title: str
    subtitle: str
    author: str
    lines: tuple[str, ...] = ()
    language: str = "en"


@dataclass
class Joined:
    """The pages, joined: styles they need, body, the lines of the contents (level, anchor, title)."""

    styles: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)


def parts(folder: Path) -> list[Part]:
    """The parts of the book as `_toc.yml` has them, without the pages that need a script."""
    from ruamel.yaml import YAML

    toc = YAML(typ="safe").load((folder / "_toc.yml").read_text(encoding="utf-8"))
    found = [Part("", (toc["root"],))]
    for part in toc.get("parts") or [{"caption": "Pages", "chapters": toc.get("chapters", [])}]:
        pages = (one["file"] for one in part["chapters"])
        found.append(Part(part["caption"], tuple(one for one in pages if one not in _LEFT_OUT)))
    return found


def joined(site: Path, book: Sequence[Part], address: str) -> Joined:
    """Read the pages of a built site and join them.

    Every id gets its page before it, every link to a page of the book leads to its place in the document, and every
    other one to the published site. Headings are a level lower, as parts stand above them. Answers come last.

    Parameters
    ----------
    address
        Where the site is published; ends in a slash.

    Raises
    ------
    BookError
        If a page is missing, or has no text.
    """
    pages = {page: _read(site, page) for part in book for page in part.pages}
    marks = {page: f"p{number}" for number, page in enumerate(pages)}
    known = {f"{marks[page]}-{id}" for page, (article, _, _) in pages.items() for id in article.xpath(".//@id")}
    made, answers = Joined(), []
    for part in book:
        for number, page in enumerate(part.pages):
            article, styles, answered = pages[page]
            made.styles += [one for one in styles if one not in made.styles]
            mark = marks[page]
            title = _title(article)
            if answered:
                given = parser.fragment_fromstring(answered, create_parent="div")
                _settle(given, page, marks, known, address)
                answers.append((mark, title, given))
            _settle(article, page, marks, known, address)
            begins = part.caption if number == 0 else ""
            if begins:
                made.contents.append((1, f"{mark}-part", begins))
            made.contents.append((2, mark, title))
            made.named.append((mark, title))
            made.body.append(_sheet(mark, article, begins, f"{mark}-answers" if answered else ""))
    if answers:
        made.contents.append((1, "answers", ANSWERS))
        made.named.append(("answers", ANSWERS))
        made.body.append(_answers(answers))
    return made


def document(made: Joined, title: Title, pages: Mapping[str, int] | None = None) -> str:
    """The whole document; `pages` says on which page an anchor stands, once that is known."""
    filled = templating.environment("twolenses.book.release").get_template("book.html")
    return filled.render(
        made=made,
        title=title,
        pages=pages or {},
        style=STYLE.read_text(encoding="utf-8"),
        quoted=lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"',
    )


# ── one page ─────────────────────────────────────────────────────────────────────────────────────────


def _read(site: Path, page: str) -> tuple[Any, list[str], str]:
    """The text of a page, the addresses of its styles within the site, and the answers to its quizzes."""
    path = site / f"{page}.html"
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BookError(f"{place(path)}  cannot be read: {error.strerror}. Build the book first: make build") from error
    asked = still.printed(source, still.bank())
    tree = parser.document_fromstring(asked.page)
    found = tree.xpath("//article[contains(concat(' ', @class, ' '), ' bd-article ')]")
    if not found:
        raise BookError(f"{place(path)}  has no text. Build the book again: make clean build")
    styles = [urljoin(page, href) for href in tree.xpath("//head/link[@rel='stylesheet']/@href")]
    article = found[0]
    article.tail = None
    still.still(article)
    return article, styles, asked.answers


def _title(article: Any) -> str:
    return " ".join("".join(article.xpath(".//h1")[0].itertext()).split())


def _settle(article: Any, page: str, marks: Mapping[str, str], known: set[str], address: str) -> None:
    """Ids, links, pictures, headings and formulas of a page, as the whole document needs them."""
    for node in article.iter(etree.Element):
        if href := node.get("href"):
            node.set("href", _link(href, page, marks, known, address))
        if (source := node.get("src")) and not source.startswith("data:"):
            node.set("src", urljoin(page, source))
        for name in ("download", "tabindex"):
            node.attrib.pop(name, None)
        if re.fullmatch(r"h[1-5]", node.tag):
            node.tag = f"h{int(node.tag[1]) + 1}"
    for formula in list(article.iter("math")):
        _say(formula)
    _prefix(article, marks[page])
    article.attrib.pop("id", None)


def _link(href: str, page: str, marks: Mapping[str, str], known: set[str], address: str) -> str:
    if urlsplit(href).scheme or href.startswith("//"):
        return href
    whole = urlsplit(urljoin(f"{page}.html", href))
    target, mark = whole.path.removesuffix(".html"), marks.get(whole.path.removesuffix(".html"))
    if mark is None or target == whole.path:
        return urljoin(address, whole.geturl())
    anchor = f"{mark}-{whole.fragment}"
    return f"#{anchor}" if anchor in known else f"#{mark}"


def _prefix(tree: Any, mark: str) -> None:
    """Put the mark of its page before every id, and before whatever names one."""
    for node in tree.iter(etree.Element):
        if id := node.get("id"):
            node.set("id", f"{mark}-{id}")
        for name in _REFERENCES:
            if ids := node.get(name):
                node.set(name, " ".join(f"{mark}-{one}" for one in ids.split()))
        for name, value in node.attrib.items():
            if "url(#" in value:
                node.set(name, value.replace("url(#", f"url(#{mark}-"))


def _say(formula: Any) -> None:
    """Put a formula into a picture of that formula, described in words: the tags of a PDF know no MathML yet."""
    holder = parser.Element("span", {"role": "img", "aria-label": FORMULA + spoken.words(formula)})
    holder.tail, formula.tail = formula.tail, None
    formula.getparent().replace(formula, holder)
    holder.append(formula)


def _sheet(mark: str, article: Any, begins: str, answers: str) -> str:
    """A page of the site as a section of the document."""
    part = f'<h1 class="tl-part" id="{mark}-part">{escape(begins)}</h1>\n' if begins else ""
    text = parser.tostring(article, encoding="unicode")
    note = f'<p class="tl-see"><a href="#{answers}">Answers to these questions</a></p>\n' if answers else ""
    return f'<section class="tl-sheet" id="{mark}" style="page: {mark}">\n{part}{text}\n{note}</section>\n'


def _answers(answers: Sequence[tuple[str, str, Any]]) -> str:
    def shown() -> Iterator[str]:
        for mark, title, given in answers:
            inner = parser.tostring(given, encoding="unicode")
            yield f'<section>\n<h2 id="{mark}-answers">{escape(title)}</h2>\n{inner}\n</section>\n'

    return (
        '<section class="tl-sheet" id="answers" style="page: answers">\n'
        f'<h1 class="tl-part">{ANSWERS}</h1>\n'
        f'<article class="bd-article tl-answers">\n{"".join(shown())}</article>\n</section>\n'
    )
