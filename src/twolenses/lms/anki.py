"""Anki: one card for a question, one for each gap of a text, to be asked again when one is about to forget.

What a student has learnt must survive the next edition. A note keeps its *guid*, which is made from the question's id;
the note types keep their ids, names and fields, with four spare ones, because a changed note type stops every update.
A note is as new as the newest file that it may rest on, so that the same sources give the same bytes and a correction
arrives: Anki passes over what is no newer than what it has.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from pathlib import Path

from genanki import Deck, Model, Note, Package

from twolenses import course
from twolenses.errors import ExportError
from twolenses.lms import answers, forms, writing
from twolenses.lms.characters import legal
from twolenses.lms.forms import Choice, Pairs
from twolenses.lms.letters import letter
from twolenses.lms.losses import Losses, Written
from twolenses.lms.texts import TEX, plain
from twolenses.quiz import Quiz, text
from twolenses.quiz.types import (
    BaseQuestion,
    ChoiceBlank,
    Cloze,
    Essay,
    NumberBlank,
    Numeric,
    Ordering,
    Short,
    TextBlank,
)

__all__ = ["KINDS", "write"]

KINDS = dict.fromkeys(
    ("single", "multiple", "true-false", "numeric", "short", "matching", "ordering", "classify", "essay"), "a card"
) | {"cloze": "a card for each gap"}
"""What each type becomes."""

FIELDS = (
    "Id", "Question", "Choices", "Text", "Answer", "Feedback", "Explanation", "Hint", "Source", "Spare 1", "Spare 2",
    "Spare 3", "Spare 4",
)  # fmt: skip
"""The fields of both note types. Never change them, nor their order: see above."""
CARD_ID, GAPS_ID = 1764460801, 1764460802

CSS = ".card {font: 20px sans-serif; text-align: left; max-width: 40em; margin: auto} .cloze {font-weight: bold}"


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as an Anki package (`.apkg`).

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    return writing.save(quizzes, path, KINDS, _document)


def _document(quizzes: list[Quiz], losses: Losses) -> bytes:
    losses.of_all("nothing is marked: who learns says how well they knew it; points are lost")
    losses.of_all("an update replaces tags that a student has added")
    pictures, decks, notes = writing.Pictures(""), [], []
    for quiz in quizzes:
        name = f"Two Lenses::{writing.chapter(quiz).replace('::', ' ')}"
        deck = Deck(int(sha256(name.encode()).hexdigest()[:8], 16) + 1, name)
        for note in writing.each(quiz, _noted(quiz, pictures)):
            deck.add_note(note)
            notes.append(note)
        decks.append(deck)
    database = _database(decks, _changed(quizzes))
    expected = sum(len(note.cards) for note in notes)
    if (made := _cards(database)) != expected or not all(note.cards for note in notes):
        raise ExportError(f"Of {expected} cards {made} were made. Tell us which version of genanki you have.")
    media = {str(number): content for number, content in enumerate(pictures.found.values())}
    names = {str(number): name for number, name in enumerate(pictures.found)}
    return writing.packed({"collection.anki2": database, "media": json.dumps(names), **media})


def _database(decks: list[Deck], changed: int) -> bytes:
    connection = sqlite3.connect(":memory:")
    Package(decks).write_to_db(connection.cursor(), changed, itertools.count(changed * 1000))
    connection.commit()
    return connection.serialize()


def _cards(database: bytes) -> int:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    (count,) = connection.execute("SELECT count(*) FROM cards").fetchone()
    return int(count)


def _changed(quizzes: Iterable[Quiz]) -> int:
    """When the newest of the files was saved that a question may rest on, in seconds: quizzes, tables, the package."""
    package = find_spec("twolenses")
    places = [Path(place) for place in (package and package.submodule_search_locations) or ()]
    found = (path for place in (*places, course.root() / "data") for path in place.rglob("*"))
    sources = (path for path in found if path.suffix in (".csv", ".json", ".py"))
    return max(int(path.stat().st_mtime) for path in (*sources, *(quiz.path for quiz in quizzes)) if path.exists())


@cache
def _models() -> tuple[Model, Model]:
    fields = [{"name": name} for name in FIELDS]
    ask = "{{Question}}{{Choices}}{{#Hint}}<p>{{hint:Hint}}</p>{{/Hint}}"
    say = "<hr id=answer>{{Answer}}{{Feedback}}{{Explanation}}"
    card = [{"name": "Card", "qfmt": ask, "afmt": f"{{{{FrontSide}}}}{say}"}]
    gaps = [{"name": "Gap", "qfmt": ask + "{{cloze:Text}}", "afmt": "{{Question}}{{cloze:Text}}" + say}]
    return (
        Model(CARD_ID, "Two Lenses question", fields, card, CSS),
        Model(GAPS_ID, "Two Lenses text with gaps", [dict(one) for one in fields], gaps, CSS, Model.CLOZE),
    )


def _noted(quiz: Quiz, pictures: writing.Pictures) -> Callable[[BaseQuestion], Note]:
    def note(question: BaseQuestion) -> Note:
        fields = {
            "Id": question.id,
            "Question": TEX.html(question.stem),
            "Explanation": TEX.html(question.because),
            "Hint": "<br>".join(map(TEX.inline, question.hint)),
            "Source": ", ".join(map(plain, question.source)),
            **dict(_fields(question)),
        }
        return Note(
            _models()[isinstance(question, Cloze)],
            [pictures.placed(fields.get(name, ""), quiz.folder) for name in FIELDS],
            guid=writing.ident("anki", quiz.name, question.id),
            tags=[f"two-lenses::{'-'.join(tag.split()).replace(':', '::')}" for tag in forms.tags(question)],
        )

    return note


def _fields(question: BaseQuestion) -> Iterator[tuple[str, str]]:
    match forms.of(question):
        case Choice() as choice:
            offers = [(letter(number), one) for number, one in enumerate(choice.offers)]
            if not choice.verdict:
                yield "Choices", _listed((offer.text for _, offer in offers), "upper-alpha")
            most = max(offer.share for _, offer in offers)
            for_all = [(name, offer.text) for name, offer in offers if offer.share == most]
            named = (
                f"{TEX.inline(said)}" if choice.verdict else f"{name}. {TEX.inline(said)}" for name, said in for_all
            )
            yield "Answer", "".join(f"<p><b>{one}</b></p>" for one in named)
            yield "Feedback", _listed((offer.feedback for _, offer in offers), "upper-alpha")
        case Pairs() as pairs:
            yield "Choices", _listed(pairs.lefts) + _listed(pairs.choices, "upper-alpha")
            right = ((left, pairs.choices[key]) for left, key in zip(pairs.lefts, pairs.keys, strict=True))
            yield "Answer", _rows(right)
            yield "Feedback", _listed(pairs.feedback)
        case Numeric() as number:
            yield "Answer", f"<p><b>{escape(legal(number.in_words()))}</b></p>"
            if number.within:
                yield "Feedback", f"<p>As close as {answers.decimal(number.within)} is close enough.</p>"
        case Short() as words:
            yield "Answer", f"<p><b>{escape(legal(' / '.join(words.answers)))}</b></p>"
        case Ordering() as order:
            yield "Choices", _listed(order.items[number] for number in order.shown)
            yield "Answer", _listed(order.items, "decimal")
            yield "Feedback", TEX.html(order.feedback)
        case Cloze() as cloze:
            yield "Text", _gaps(cloze)
            yield "Feedback", _listed(map(_said, cloze.blanks), "decimal")
        case Essay() as essay:
            rows = ((f"{row.criterion} ({row.points:g})", row.description) for row in essay.rubric)
            yield "Choices", f"<p>{essay.words.min} to {essay.words.max} words</p>"
            yield "Answer", TEX.html(essay.sample)
            yield "Feedback", _rows(rows)


def _listed(texts: Iterable[str], style: str = "disc") -> str:
    items = "".join(f"<li>{TEX.inline(one)}</li>" for one in texts)
    return f'<ol style="list-style-type: {style}">{items}</ol>'


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<p>{TEX.inline(left)} – <b>{TEX.inline(right)}</b></p>" for left, right in rows)


def _said(blank: ChoiceBlank | TextBlank | NumberBlank) -> str:
    if isinstance(blank, ChoiceBlank):
        return next(option.feedback for option in blank.options if option.key)
    return blank.feedback


_BARE = str.maketrans({"{": "&#123;", "}": "&#125;"})


def _gaps(cloze: Cloze) -> str:
    """The text with ``{{c1::…}}`` for the first gap; braces and colons of its own are entities, which end none."""
    parts = text.parts(TEX.html(cloze.text).translate(_BARE))
    for place in range(1, len(parts), 2):
        number = int(parts[place])
        blank = cloze.blanks[number - 1]
        words = TEX.inline(blank.in_words()) if isinstance(blank, ChoiceBlank) else escape(legal(blank.in_words()))
        inside = words.translate(_BARE).replace(":", "&#58;")
        parts[place] = f"{{{{c{number}::{inside}}}}}"
    return "".join(parts)
