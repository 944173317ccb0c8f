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

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby, zip_longest
from typing import Any
from urllib.parse import urljoin

from lxml import html as parser

import twolenses
from twolenses.book.release import still
from twolenses.book.slides import fit
from twolenses.book.slides.sentences import OFF, ON, lead, parts, words
from twolenses.errors import BookError
from twolenses.quiz.html import AGAIN

__all__ = ["Deck", "Slide", "read"]

ASKED = ("single", "multiple", "true-false", "numeric")
"""Types of questions that a class can answer by hand or by voice, the most fitting first."""

QUESTIONS = 2
"""How many of a quiz are asked."""

WHOLE = 1000
"""More sentences than a paragraph has."""

PART = 320
"""The most characters in one part of a paragraph that is wanted as a whole."""

_SOURCE = re.compile(r"\bSources?, .*$|\bSources?: .*$", re.S)
_LEFT_OUT = ("script", "hr", "template", "style")


@dataclass(frozen=True)
class Slide:
    """A slide: HTML of its heading, of the heading above it, of what is shown and of the speaker's notes.

    `large` is one with so little text that its letters can be larger.
    """

    heading: str
    body: str
    notes: str = ""
    above: str = ""
    kind: str = "text"
    part: str = ""
    large: bool = False


@dataclass(frozen=True)
class Deck:
    """A chapter's slides; `address` is that of its page."""

    name: str
    number: str
    title: str
    address: str
    slides: tuple[Slide, ...]


@dataclass(frozen=True)
class _Holder:
    """What pieces stand in: a list or a table, with the HTML of its head."""

    tag: str
    head: str = ""


@dataclass(frozen=True)
class _Piece:
    """Something that shares a slide with others: what is shown, and the whole of it where less is shown."""

    shown: Any
    height: float
    whole: Any = None
    holder: _Holder | None = None
    number: int = 0


@dataclass
class _Page:
    """What the sections of a page have in common: answers, facts by their anchor, and what has been shown so far."""

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    cited: dict[str, str] = field(default_factory=dict)
    shown: dict[str, None] = field(default_factory=dict)


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
    found = parser.document_fromstring(asked.page).xpath("//article[contains(concat(' ', @class, ' '), ' bd-article ')]")
    if not found or not found[0].xpath("./section/h1"):
        raise BookError(f"The page of {name} has no text. Build the book again: make clean build")
    article, address = found[0], f"{site}chapters/{name}.html"
    still.still(article)
    answers = parser.fragment_fromstring(asked.answers, create_parent="div").find_class("tl-answered")
    page = _Page(
        {one.get("id").removesuffix("-answer"): one for one in answers},
        {one.get("id"): one for one in article.xpath(".//li[starts-with(@id, 'number-')]")},
    )
    (whole,) = article.xpath("./section")
    number, title = _title(whole.find("h1"))
    slides = [*_opening(whole, number, title), *_section(whole, page)]
    slides += _sources(page, address)
    return Deck(name, number, title, address, tuple(_settled(one, address) for one in slides))


def _title(heading: Any) -> tuple[str, str]:
    """The number of a chapter, and its title."""
    number = "".join(one.text_content() for one in heading.find_class("section-number"))
    return number.strip(" ."), words(heading).removeprefix(number.strip()).strip()


# ── Sections ─────────────────────────────────────────────────────────────────────────────────────────


def _opening(whole: Any, number: str, title: str) -> Iterator[Slide]:
    """The title, and what a student can do after the chapter."""
    (box,) = whole.find_class("tl-objectives")
    needs = words(box.find("p"))
    by = f"<p>The Two Lenses authors, version {twolenses.__version__}, CC BY 4.0</p>"
    yield Slide(escape(title), by, f"<p>{escape(needs)}</p>", f"Two Lenses, chapter {number}", "title")
    heading = words(box.find(".//summary"))
    yield from _run(heading, "", _listed(box.find(".//ul"), WHOLE), None)


def _section(node: Any, page: _Page, above: str = "") -> Iterator[Slide]:
    """The slides of a section, those of its parts where they stand."""
    heading = _inner(node[0]) if node[0].tag in ("h2", "h3", "h4") else ""
    whole = node.get("id") == "questions-for-discussion"
    run: list[Any] = []
    for child in _flat(node):
        apart = _apart(child, page, heading, above)
        if apart is None and child.find(".//table") is None:
            run.append(child)
            continue
        before, run = _cut(run, whole=whole), []
        rows = _tabled(child.find(".//table")) if apart is None else []
        if rows and _height([*before, *rows]) <= fit.ROOM:
            yield from _run(heading, above, [*before, *rows], page, "table")
            continue
        yield from _run(heading, above, before, page)
        yield from apart or _run(heading, above, rows, page, "table")
    yield from _run(heading, above, _cut(run, whole=whole), page)


def _flat(node: Any) -> Iterator[Any]:
    """The blocks of a section; what only holds blocks together is looked into."""
    for child in node:
        if not isinstance(child.tag, str) or child.tag in ("h1", "h2", "h3", "h4", *_LEFT_OUT):
            continue
        classes = set(child.get("class", "").split())
        if classes & {"tl-objectives", "tl-try"} or child.get("data-place"):
            continue
        if child.tag == "div" and (classes == {"docutils", "container"} or classes & {"cell", "cell_output"}):
            yield from _flat(child)
        else:
            yield child


def _apart(child: Any, page: _Page, heading: str, above: str) -> Iterator[Slide] | None:
    """The slides of a block that shares none with what stands before it; None for one that does."""
    classes = set(child.get("class", "").split())
    if "tl-lenses" in classes:
        return _pair(child, page, heading)
    if child.tag == "section":
        return _section(child, page, heading)
    if "tl-figure" in classes:
        return _chart(child, heading, above)
    if "tl-explorable" in classes:
        return _explorable(child, heading)
    if "tl-paper" in classes:
        return _quiz(child, page, heading)
    if "admonition" in classes:
        return _run(words(child[0]), above or heading, _cut(child[1:]), page)
    if child.tag == "details":
        return _run(heading, above, [_folded(child)], page)
    return None


# ── Blocks that share a slide ────────────────────────────────────────────────────────────────────────


def _cut(blocks: Sequence[Any], *, whole: bool = False) -> list[_Piece]:
    """What slides show of blocks: of each paragraph a sentence, or more where all stay short; all of them, if `whole`."""
    for sentences in (WHOLE,) if whole else (3, 2, 1):
        pieces = [piece for block in blocks for piece in _pieces(block, sentences)]
        if sentences == 1 or _height(pieces) <= fit.SHORT:
            break
    return pieces


def _height(pieces: Iterable[_Piece]) -> float:
    return sum(one.height for one in pieces)


def _pieces(block: Any, sentences: int) -> list[_Piece]:
    """What stands on a slide of a paragraph, a list or another block."""
    if block.tag in ("ul", "ol"):
        return _listed(block, sentences)
    if block.tag == "p":
        return _points(block, sentences)
    if block.tag in ("div", "blockquote", "pre") and not block.find_class("footnote-list"):
        return [_Piece(block, fit.text(block) + fit.GAP)]
    return [_Piece(None, 0, block)]


def _points(block: Any, sentences: int) -> list[_Piece]:
    """A paragraph: what leads it, and with a class all of it, in parts, or nothing."""
    classes = block.get("class", "").split()
    if OFF in classes:
        return [_Piece(None, 0, block)]
    if ON in classes or sentences == WHOLE:
        return [_Piece(part, fit.text(part)) for part in parts(block, PART)]
    shown = lead(block, sentences)
    return [_Piece(shown, fit.text(shown), block if shown is not block else None)]


def _folded(block: Any) -> _Piece:
    """What a page folds is for those who want more: its summary, as a link to the section that has it."""
    section = next(one.get("id") for one in block.iterancestors("section"))
    link = parser.fragment_fromstring(f'<p><a href="#{section}">{escape(words(block[0]))}</a></p>')
    return _Piece(link, fit.text(link))


def _listed(block: Any, sentences: int) -> list[_Piece]:
    """A list item by item; what an item holds besides its first paragraph is for the notes."""
    holder, found = _Holder(block.tag), []
    for number, item in enumerate(block.findall("li"), start=int(block.get("start", 1))):
        first = item.find("p") if item.find("p") is not None else item
        shown = lead(first, sentences)
        complete = shown is first and len(words(first)) == len(words(item))
        found.append(_Piece(shown, fit.text(shown), None if complete else item, holder, number))
    return found


def _tabled(table: Any) -> list[_Piece]:
    head = table.find("thead")
    holder = _Holder("table", "" if head is None else _outer(head))
    heights = fit.rows(table)
    lines = list(table.iter("tr"))
    heads = 0 if head is None else len(head)
    top = sum(heights[:heads])
    return [
        _Piece(row, height, holder=holder, number=number) if number else _Piece(row, height + top, holder=holder)
        for number, (row, height) in enumerate(zip(lines[heads:], heights[heads:], strict=True))
    ]


def _run(
    heading: str, above: str, pieces: Sequence[_Piece], page: _Page | None, kind: str = "text"
) -> Iterator[Slide]:
    """Pieces on as few slides as hold them, with the notes of each."""
    unseen = [one for one in pieces if one.shown is None]
    seen = [one for one in pieces if one.shown is not None]
    if not seen and not unseen:
        return
    groups = fit.packed(seen, lambda one: one.height) or [[]]
    for number, group in enumerate(groups, 1):
        notes = _prose(group, [] if number < len(groups) else unseen)
        part = f"{number} of {len(groups)}" if len(groups) > 1 else ""
        large = kind == "text" and _height(group) <= fit.FEW
        body = _composed(group)
        yield Slide(heading, body, notes + (_numbers(body, page) if page else ""), above, kind, part, large)


def _composed(pieces: Iterable[_Piece]) -> str:
    """Pieces as HTML, those of one list or one table in it."""
    made = []
    for holder, group in groupby(pieces, key=lambda one: one.holder):
        held = list(group)
        if holder is None:
            made += [_outer(one.shown) for one in held]
        elif holder.tag == "table":
            made.append(f"<table>{holder.head}<tbody>{''.join(_outer(one.shown) for one in held)}</tbody></table>")
        else:
            start = f' start="{held[0].number}"' if holder.tag == "ol" else ""
            items = "".join(f"<li>{_inner(one.shown)}</li>" for one in held)
            made.append(f"<{holder.tag}{start}>{items}</{holder.tag}>")
    return "\n".join(made)


def _prose(pieces: Sequence[_Piece], unseen: Sequence[_Piece]) -> str:
    """The prose of a slide, where the slide shows less than all of it; rows of tables are on it."""
    prose = [one for one in pieces if one.holder is None or one.holder.tag != "table"]
    cut = any(one.whole is not None for one in prose)
    kept = [one.whole if one.whole is not None else one.shown for one in (*(prose if cut else ()), *unseen)]
    return "\n".join(_outer(one) if one.tag not in ("li", "div") else f"<div>{_inner(one)}</div>" for one in kept)


def _numbers(body: str, page: _Page) -> str:
    """Where the numbers of a slide come from; what it shows and cites is remembered for the list of sources."""
    for title, link in _works(body):
        page.cited.setdefault(title, link)
    found = [one for one in dict.fromkeys(re.findall(r'href="#(number-[\w-]+)"', body)) if one in page.facts]
    page.shown |= dict.fromkeys(found)
    if not found:
        return ""
    items = "".join(f"<li>{_inner(page.facts[one].find('p'))}</li>" for one in found)
    return f'\n<p class="tl-of">The numbers on this slide:</p>\n<ul>{items}</ul>'


def _works(body: str) -> list[tuple[str, str]]:
    """Each work that a slide cites, with its place in the bibliography."""
    tree = parser.fragment_fromstring(body, create_parent="div")
    links = tree.xpath(".//span[contains(@class, 'bibtex-citation')]//a[@title]")
    return [(one.get("title"), one.get("href")) for one in links]


# ── Blocks with slides of their own ──────────────────────────────────────────────────────────────────


def _chart(figure: Any, heading: str, above: str) -> Iterator[Slide]:
    (picture,) = figure.xpath(".//*[name()='svg'] | .//img")
    for name in ("width", "height"):
        picture.attrib.pop(name, None)
    caption = " ".join(map(words, figure.find_class("caption-text")))
    foot = " ".join(words(one) for one in figure.xpath(".//*[contains(@class, 'tl-chart-foot')]/p"))
    source = next((one[0] for one in map(_SOURCE.search, (foot, caption)) if one), "")
    shown = f'<p class="tl-source">{escape(source)}</p>' if source else ""
    said = f"<p>{escape(caption)}</p>" if caption else ""
    alt = picture.get("aria-label") or picture.get("alt") or ""
    body = f'<div class="tl-chart">{_outer(picture)}</div>\n{shown}'
    yield Slide(heading, body, f"{said}\n<p>What it shows: {escape(alt)}</p>", above, "chart")


def _pair(pair: Any, page: _Page, above: str) -> Iterator[Slide]:
    """A slide for each row; where the lenses have other rows than each other, each has its own."""
    lenses = pair.find_class("tl-lens")
    heading = _inner(pair[0])
    names = [words(one[0]) for one in lenses]
    for cells in zip_longest(*([one for one in lens[1:] if isinstance(one.tag, str)] for lens in lenses)):
        labels = {_label(one) for one in cells if one is not None}
        label = labels.pop() if len(labels) == 1 else ""
        large = all(cell is None or fit.text(cell, fit.LARGE_COLUMN) <= fit.CELL_ROOM for cell in cells)
        columns, notes = [], []
        for lens, name, cell in zip(lenses, names, cells, strict=True):
            shown, said = ("", "") if cell is None else _cell(cell, label)
            classes = " ".join(one for one in lens.get("class").split() if one != "tl-lens")
            columns.append(f'<div class="tl-column {classes}"><h3>{escape(name)}</h3>{shown}</div>')
            notes.append(f"<p><strong>{escape(name)}.</strong></p>{said}" if said else "")
        row = f'<p class="tl-row">{escape(label)}</p>' if label else ""
        body = f'{row}<div class="tl-columns">{"".join(columns)}</div>'
        yield Slide(heading, body, "".join(notes) + _numbers(body, page), above, "pair", large=large)


def _label(cell: Any) -> str:
    """The words in italics that open a cell."""
    opens = len(cell) and cell[0].tag == "em" and not (cell.text or "").strip()
    return words(cell[0]) if opens else ""


def _cell(cell: Any, label: str) -> tuple[str, str]:
    """A cell of a pair on the slide, and in the notes where the slide has less."""
    full = _outer(cell)
    fits = fit.text(cell, fit.COLUMN) <= fit.CELL_ROOM
    shown = parser.fragment_fromstring(_outer(cell if fits or cell.tag != "p" else lead(cell)))
    if label:
        first = shown[0]
        first.text = None
        first.tail = (first.tail or "").lstrip()
        first.drop_tag()
    return _outer(shown), "" if fits else full


def _explorable(box: Any, above: str) -> Iterator[Slide]:
    """The prediction, and the picture as it stands before anything is moved."""
    heading = words(box.find_class("tl-x-title")[0]).removeprefix("Try it.").strip()
    live = f'<p class="tl-live"><a href="#{box.get("id")}">Live in the chapter</a></p>'
    intro = [one for one in box.findall("p") if "tl-x-title" not in one.get("class", "")]
    told = "".join(_outer(one) for one in intro)
    (predict,) = box.find_class("tl-x-predict")
    asked = f"<p>{escape(words(predict.find_class('tl-legend')[0]))}</p>"
    options = "".join(f"<li>{escape(words(one))}</li>" for one in predict.iter("li"))
    yield Slide(escape(heading), f'{asked}<ol type="A">{options}</ol>{live}', told, above)
    picture = box.find_class("tl-x-picture")[0]
    says = words(box.find_class("tl-x-says")[0])
    picture.attrib.pop("aria-labelledby", None)
    picture.set("aria-label", f"{heading} {says}")
    answers = "".join(_outer(one) for one in predict.findall(".//details/p"))
    table = "".join(_outer(one) for one in box.find_class("tl-x-table"))
    body = f'<div class="tl-still">{_outer(picture)}<div><p>{escape(says)}</p>{live}</div></div>'
    yield Slide(escape(heading), body, f"{answers}{table}", above, "still")


def _quiz(box: Any, page: _Page, above: str) -> Iterator[Slide]:
    """The first question of the most fitting types that has room, and one of another type, each with its answer."""
    bank, found = still.bank(), []
    for one in box.find_class("tl-asked"):
        id = one.get("id").removeprefix("q-").removesuffix(AGAIN)
        if bank[id][0].type in ASKED and one.get("id") in page.answers:
            question, answer = _question(one), _answer(page.answers[one.get("id")])
            if question and answer:
                found.append((bank[id][0].type, question, answer))
    found.sort(key=lambda one: ASKED.index(one[0]))
    others = [one for one in found if one[0] != found[0][0]]
    chosen = [*found[:1], *others, *found[1:]][:QUESTIONS]
    for number, (_, question, (key, notes)) in enumerate(chosen, 1):
        yield Slide(f"Question {number}", question, "", above, "asked")
        yield Slide(f"Answer {number}", key, notes, above, "answer")


def _question(box: Any) -> str:
    """A question; "" where it has no room on a slide."""
    parts = [one for one in box if "tl-number" not in one.get("class", "")]
    lines = [line for one in parts for line in (one.iter("li") if one.tag in ("ul", "ol") else [one])]
    fits = sum(map(fit.text, lines)) <= fit.ROOM and not box.xpath(".//*[name()='svg' or name()='img' or name()='table']")
    return "".join(map(_outer, parts)) if fits else ""


def _answer(box: Any) -> tuple[str, str] | None:
    """The key with its reason, and what is said of each option, for the notes; None where there is no room."""
    parts = [one for one in box if "tl-number" not in one.get("class", "")]
    key = [one for one in parts if one.tag == "p"]
    if sum(map(fit.text, key)) > fit.ROOM:
        return None
    return "".join(map(_outer, key)), "".join(_outer(one) for one in parts if one.tag != "p")


def _sources(page: _Page, address: str) -> Iterator[Slide]:
    """What the slides show and cite, and where to read on."""
    links: dict[str, str] = {}
    for name in page.shown:
        for link in page.facts[name].xpath(".//ul[contains(@class, 'tl-rows')]//a[contains(@class, 'external')]"):
            links.setdefault(words(link), link.get("href"))
    for title, link in page.cited.items():
        links.setdefault(title.partition(" URL: ")[0].partition(" doi:")[0], link)
    items = [parser.fragment_fromstring(f'<li><a href="{escape(url)}">{escape(text)}</a></li>') for text, url in links.items()]
    holder = _Holder("ul")
    pieces = [_Piece(one, fit.text(one, fit.SMALL), holder=holder) for one in items]
    yield from _run("Sources of what is shown", "", pieces, None, "sources")
    yield Slide(
        "Read on",
        f'<p>The chapter, with every number’s source: <a href="{address}">{escape(address)}</a></p>'
        '<p>Text and figures: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, the Two Lenses authors. '
        "Tables carry the licences of their sources.</p>",
        kind="end",
    )


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────


def _inner(node: Any) -> str:
    """What an element holds, as HTML."""
    return escape(node.text or "", quote=False) + "".join(parser.tostring(one, encoding="unicode") for one in node)


def _outer(node: Any) -> str:
    return parser.tostring(node, encoding="unicode", with_tail=False)


def _settled(slide: Slide, address: str) -> Slide:
    """Links that lead to the published chapter, and no id that another slide may have too."""
    return replace(slide, **{name: _linked(getattr(slide, name), address) for name in ("heading", "body", "notes", "above")})


def _linked(text: str, address: str) -> str:
    if "<" not in text:
        return text
    tree = parser.fragment_fromstring(text, create_parent="div")
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if href := node.get("href"):
            node.set("href", href if _drawn(node) else urljoin(address, href))
        if not _drawn(node):
            node.attrib.pop("id", None)
        for name in ("tabindex", "download"):
            node.attrib.pop(name, None)
    return _inner(tree)


def _drawn(node: Any) -> bool:
    """Whether an element is part of a picture, whose parts name each other."""
    return any(one.tag == "svg" for one in (node, *node.iterancestors()))
