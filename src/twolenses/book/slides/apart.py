"""Blocks with slides of their own: charts, pairs of lenses, what is to be played with, quizzes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import zip_longest
from typing import Any

from lxml import html as parser

from twolenses.book.release import still
from twolenses.book.slides import fit
from twolenses.book.slides.sentences import lead, words
from twolenses.book.slides.slide import Page, Slide, inner, numbers, outer
from twolenses.quiz.html import AGAIN

__all__ = ["chart", "explorable", "pair", "quiz"]

ASKED = ("single", "multiple", "true-false", "numeric")
"""Types of questions that a class can answer by hand or by voice, the most fitting first."""

TALL = 1.6
"""A chart with a smaller width, by its height, has the heading beside it and not above."""

QUESTIONS = 2
"""How many of a quiz are asked."""

_SOURCE = re.compile(r"\bSources?, .*$|\bSources?: .*$", re.S)


def chart(figure: Any, heading: str, above: str) -> Iterator[Slide]:
    """The drawing as large as the slide lets it be, with its source; caption and description are in the notes."""
    (picture,) = figure.xpath(".//*[name()='svg'] | .//img")
    # libxml2 writes it so; browsers read it as viewBox
    _, _, across, down = map(float, picture.get("viewbox", "0 0 2 1").split())
    for name in ("width", "height"):
        picture.attrib.pop(name, None)
    caption = " ".join(map(words, figure.find_class("caption-text")))
    foot = " ".join(words(one) for one in figure.xpath(".//*[contains(@class, 'tl-chart-foot')]/p"))
    source = next((one[0] for one in map(_SOURCE.search, (foot, caption)) if one), "")
    shown = f'<p class="tl-source">{escape(source)}</p>' if source else ""
    said = f"<p>{escape(caption)}</p>" if caption else ""
    alt = picture.get("aria-label") or picture.get("alt") or ""
    body = f'<div class="tl-chart">{outer(picture)}</div>\n{shown}'
    yield Slide(
        heading, body, f"{said}\n<p>What it shows: {escape(alt)}</p>", above, "chart", large=across / down < TALL
    )


def pair(pair: Any, page: Page, above: str) -> Iterator[Slide]:
    """A slide for each row; where the lenses have other rows than each other, each has its own."""
    lenses = pair.find_class("tl-lens")
    heading = inner(pair[0])
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
        yield Slide(heading, body, "".join(notes) + numbers(body, page), above, "pair", large=large)


def _label(cell: Any) -> str:
    """The words in italics that open a cell."""
    opens = len(cell) and cell[0].tag == "em" and not (cell.text or "").strip()
    return words(cell[0]) if opens else ""


def _cell(cell: Any, label: str) -> tuple[str, str]:
    """A cell of a pair on the slide, and in the notes where the slide has less."""
    full = outer(cell)
    fits = fit.text(cell, fit.COLUMN) <= fit.CELL_ROOM
    shown = parser.fragment_fromstring(outer(cell if fits or cell.tag != "p" else lead(cell)))
    if label:
        first = shown[0]
        first.text = None
        first.tail = (first.tail or "").lstrip()
        first.drop_tag()
    return outer(shown), "" if fits else full


def explorable(box: Any, above: str) -> Iterator[Slide]:
    """The prediction, and the picture as it stands before anything is moved."""
    heading = words(box.find_class("tl-x-title")[0]).removeprefix("Try it.").strip()
    live = f'<p class="tl-live"><a href="#{box.get("id")}">Live in the chapter</a></p>'
    intro = [one for one in box.findall("p") if "tl-x-title" not in one.get("class", "")]
    told = "".join(outer(one) for one in intro)
    (predict,) = box.find_class("tl-x-predict")
    asked = f"<p>{escape(words(predict.find_class('tl-legend')[0]))}</p>"
    options = "".join(f"<li>{escape(words(one))}</li>" for one in predict.iter("li"))
    yield Slide(escape(heading), f'{asked}<ol type="A">{options}</ol>{live}', told, above)
    picture = box.find_class("tl-x-picture")[0]
    says = words(box.find_class("tl-x-says")[0])
    picture.attrib.pop("aria-labelledby", None)
    picture.set("aria-label", f"{heading} {says}")
    answers = "".join(outer(one) for one in predict.findall(".//details/p"))
    table = "".join(outer(one) for one in box.find_class("tl-x-table"))
    body = f'<div class="tl-still">{outer(picture)}<div><p>{escape(says)}</p>{live}</div></div>'
    yield Slide(escape(heading), body, f"{answers}{table}", above, "still")


def quiz(box: Any, page: Page, above: str) -> Iterator[Slide]:
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
    fits = sum(map(fit.text, lines)) <= fit.ROOM and not box.xpath(
        ".//*[name()='svg' or name()='img' or name()='table']"
    )
    return "".join(map(outer, parts)) if fits else ""


def _answer(box: Any) -> tuple[str, str] | None:
    """The key with its reason, and what is said of each option, for the notes; None where there is no room."""
    parts = [one for one in box if "tl-number" not in one.get("class", "")]
    key = [one for one in parts if one.tag == "p"]
    if sum(map(fit.text, key)) > fit.ROOM:
        return None
    return "".join(map(outer, key)), "".join(outer(one) for one in parts if one.tag != "p")
