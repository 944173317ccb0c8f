"""Blocks that share a slide: paragraphs, lists, tables. What of each is shown, and what is for the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from lxml import html as parser

from twolenses.book.slides import fit
from twolenses.book.slides.sentences import OFF, ON, lead, parts, words
from twolenses.book.slides.slide import Page, Slide, inner, numbers, outer

__all__ = ["WHOLE", "Holder", "Piece", "cut", "folded", "height", "listed", "run", "tabled"]

WHOLE = 1000
"""More sentences than a paragraph has."""

PART = 320
"""The most characters in one part of a paragraph that is wanted as a whole."""


@dataclass(frozen=True)
class Holder:
    """What pieces stand in: a list or a table, with the HTML of its head."""

    tag: str
    head: str = ""


@dataclass(frozen=True)
class Piece:
    """Something that shares a slide with others: what is shown, and the whole of it where less is shown."""

    shown: Any
    height: float
    whole: Any = None
    holder: Holder | None = None
    number: int = 0


def cut(blocks: Sequence[Any], *, whole: bool = False) -> list[Piece]:
    """What slides show of blocks: of each paragraph a sentence, more where all stay short, or the `whole` of it."""
    for sentences in (WHOLE,) if whole else (3, 2, 1):
        pieces = [piece for block in blocks for piece in _pieces(block, sentences)]
        if sentences == 1 or height(pieces) <= fit.SHORT:
            break
    return pieces


def height(pieces: Iterable[Piece]) -> float:
    """The height of pieces one below the other, in pixels."""
    return sum(one.height for one in pieces)


def _pieces(block: Any, sentences: int) -> list[Piece]:
    """What stands on a slide of a paragraph, a list or another block."""
    if block.tag in ("ul", "ol"):
        return listed(block, sentences)
    if block.tag == "p":
        return _points(block, sentences)
    if block.tag in ("div", "blockquote", "pre") and not block.find_class("footnote-list"):
        return [Piece(block, fit.text(block) + fit.GAP)]
    return [Piece(None, 0, block)]


def _points(block: Any, sentences: int) -> list[Piece]:
    """A paragraph: what leads it, and with a class all of it, in parts, or nothing."""
    classes = block.get("class", "").split()
    if OFF in classes:
        return [Piece(None, 0, block)]
    if ON in classes or sentences == WHOLE:
        return [Piece(part, fit.text(part)) for part in parts(block, PART)]
    shown = lead(block, sentences)
    return [Piece(shown, fit.text(shown), block if shown is not block else None)]


def folded(block: Any) -> Piece:
    """What a page folds is for those who want more: its summary, as a link to the section that has it."""
    section = next(one.get("id") for one in block.iterancestors("section"))
    link = parser.fragment_fromstring(f'<p><a href="#{section}">{escape(words(block[0]))}</a></p>')
    return Piece(link, fit.text(link))


def listed(block: Any, sentences: int) -> list[Piece]:
    """A list item by item; what an item holds besides its first paragraph is for the notes."""
    holder, found = Holder(block.tag), []
    for number, item in enumerate(block.findall("li"), start=int(block.get("start", 1))):
        first = item.find("p") if item.find("p") is not None else item
        shown = lead(first, sentences)
        complete = shown is first and len(words(first)) == len(words(item))
        found.append(Piece(shown, fit.text(shown), None if complete else item, holder, number))
    return found


def tabled(table: Any) -> list[Piece]:
    """A table row by row; the first row has the height of the head, too."""
    head = table.find("thead")
    holder = Holder("table", "" if head is None else outer(head))
    heights = fit.rows(table)
    lines = list(table.iter("tr"))
    heads = 0 if head is None else len(head)
    top = sum(heights[:heads])
    return [
        Piece(row, height, holder=holder, number=number) if number else Piece(row, height + top, holder=holder)
        for number, (row, height) in enumerate(zip(lines[heads:], heights[heads:], strict=True))
    ]


def _composed(pieces: Iterable[Piece]) -> str:
    """Pieces as HTML, those of one list or one table in it."""
    made = []
    for holder, group in groupby(pieces, key=lambda one: one.holder):
        held = list(group)
        if holder is None:
            made += [outer(one.shown) for one in held]
        elif holder.tag == "table":
            made.append(f"<table>{holder.head}<tbody>{''.join(outer(one.shown) for one in held)}</tbody></table>")
        else:
            start = f' start="{held[0].number}"' if holder.tag == "ol" else ""
            items = "".join(f"<li>{inner(one.shown)}</li>" for one in held)
            made.append(f"<{holder.tag}{start}>{items}</{holder.tag}>")
    return "\n".join(made)


def _prose(pieces: Sequence[Piece], unseen: Sequence[Piece]) -> str:
    """The prose of a slide, where the slide shows less than all of it; rows of tables are on it."""
    prose = [one for one in pieces if one.holder is None or one.holder.tag != "table"]
    cut = any(one.whole is not None for one in prose)
    kept = [one.whole if one.whole is not None else one.shown for one in (*(prose if cut else ()), *unseen)]
    return "\n".join(outer(one) if one.tag not in ("li", "div") else f"<div>{inner(one)}</div>" for one in kept)


def run(heading: str, above: str, pieces: Sequence[Piece], page: Page | None, kind: str = "text") -> Iterator[Slide]:
    """Pieces on as few slides as hold them, with the notes of each."""
    unseen = [one for one in pieces if one.shown is None]
    seen = [one for one in pieces if one.shown is not None]
    if not seen and not unseen:
        return
    groups = fit.packed(seen, lambda one: one.height) or [[]]
    for number, group in enumerate(groups, 1):
        notes = _prose(group, [] if number < len(groups) else unseen)
        part = f"{number} of {len(groups)}" if len(groups) > 1 else ""
        large = kind == "text" and height(group) <= fit.FEW
        body = _composed(group)
        yield Slide(heading, body, notes + (numbers(body, page) if page else ""), above, kind, part, large)
