r"""GIFT, the plain text that Moodle, and others after it, import.

Moodle's reader (question/format/gift/format.php) takes ``: # = { } ~`` and the backslash bare where a backslash stands
before them, ``\n`` for a line, and finds the type of a question by what its braces hold: a ``~`` makes it a choice, a
``->`` a matching question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from twolenses.errors import ExportError
from twolenses.lms import forms, writing
from twolenses.lms.forms import Choice, Offer, Pairs
from twolenses.lms.losses import Losses, Written
from twolenses.lms.moodle import answers
from twolenses.lms.moodle.types import COMMA, LETTERS, MENU, POINT
from twolenses.lms.moodle.xml import number
from twolenses.lms.texts import TEX, plain
from twolenses.quiz import Quiz, pictures
from twolenses.quiz.types import BaseQuestion, Essay, Multiple, Numeric, Ordering, Short

__all__ = ["KINDS", "write"]

KINDS = {
    "single": "multiple choice",
    "multiple": "multiple choice, weighted",
    "true-false": "true or false; with reasons, multiple choice",
    "numeric": "numerical",
    "short": "short answer",
    "matching": "matching",
    "ordering": "matching, a place for each",
    "classify": "matching",
    "essay": "essay",
}
"""What each type becomes."""

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in ":#={}~\\"} | {"\n": "\\n", "\r": ""})


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as GIFT.

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    return writing.save(quizzes, path, KINDS, _document)


def _document(quizzes: list[Quiz], losses: Losses) -> str:
    losses.of_all("hints, points and sources are not written; pictures become their descriptions")
    losses.of_all("a second import adds it once more")
    entries = []
    for quiz in quizzes:
        category = writing.chapter(quiz).replace("/", "//")
        entries.append(f"$CATEGORY: $course$/top/Two Lenses/{category}")
        entries += writing.each(quiz, lambda question: _entry(question, losses))
    return "\n\n".join(entries) + "\n"


def _entry(question: BaseQuestion, losses: Losses) -> str:
    stem, answer = _html(question.stem), "".join(_answer(question, losses))
    form = forms.places(question) if isinstance(question, Ordering) else forms.of(question)
    if isinstance(form, Pairs):
        stem += forms.menu(form, TEX, MENU)[1]
    if isinstance(question, Numeric) and question.unit:
        stem += f"\n<p>Your answer in {escape(plain(question.unit))}:</p>"
    general = pictures.described(forms.told(question, TEX, parts=True))
    if isinstance(question, Ordering):
        general += f"\n{_html(question.feedback)}"
    tags = " ".join(f"[tag:{tag}]" for tag in forms.tags(question))
    said = f"####[html]{_escaped(general)}"
    return f"// [id:{question.id}] {tags}\n::{question.id}::[html]{_escaped(stem)}{{{answer}{said}}}"


def _answer(question: BaseQuestion, losses: Losses) -> Iterator[str]:
    match forms.of(question):
        case Choice(verdict=True) as choice:
            true, false = choice.offers
            right, wrong = (true, false) if true.share else (false, true)
            yield f"{'T' if right is true else 'F'}{_feedback(wrong.feedback)}{_feedback(right.feedback)}"
        case Choice() as choice:
            yield from _choice(question, choice, losses)
        case Pairs() as pairs:
            losses.of_type(question, "feedback to single pairs is shown together, when all is done")
            yield from _pairs(pairs)
        case Ordering() as order:
            losses.of_type(question, "each item in its place counts, not what follows what")
            yield from _pairs(forms.places(order))
        case Numeric() as one:
            losses.of_type(question, f"{COMMA}; {POINT}")
            yield "#"
            for known in answers.numbers(one):
                share = "" if known.right else "%0%"
                yield f"={share}{number(known.value)}:{number(known.within)}{_feedback(known.feedback)}"
        case Short() as words:
            losses.of_type(question, LETTERS)
            known_words = [("", text, "") for text in answers.accepted(words)]
            known_words += [("%0%", text, said) for text, said in answers.near(words)]
            for share, text, said in known_words:
                if "->" in text:
                    raise ExportError(f"accepts {text!r}; GIFT would take the arrow for a pair. Write it otherwise.")
                yield f"={share}{_escaped(text)}{_feedback(said)}"
        case Essay():
            losses.of_type(question, "a teacher marks it; the rubric and the number of words are lost")


def _choice(question: BaseQuestion, choice: Choice, losses: Losses) -> Iterator[str]:
    shares = [100 * offer.share for offer in choice.offers]
    if isinstance(question, Multiple):
        if len(question.keys) > answers.KEYS:
            raise ExportError(
                f"has {len(question.keys)} keys, Moodle can share the points among {answers.KEYS}. Divide it."
            )
        equal = answers.shares(question)
        if len(set(equal)) > 1:
            losses.of(question, "Moodle has no equal shares for so many keys; some earn 10 %, others 5 %")
        earned = iter(equal)
        shares = [next(earned) if one.share > 0 else -min(equal) for one in choice.offers]
    for offer, share in zip(choice.offers, shares, strict=True):
        yield _offer(offer, share, several=choice.several)


def _offer(offer: Offer, share: float, *, several: bool) -> str:
    mark = "=" if share == 100 and not several else "~" if not share else f"~%{answers.fraction(share)}%"
    return f"{mark}[html]{_escaped(_html(offer.text))}{_feedback(offer.feedback)}"


def _pairs(pairs: Pairs) -> Iterator[str]:
    names, _ = forms.menu(pairs, TEX, MENU)
    if found := next((one for one in names if "->" in one), None):
        raise ExportError(f"has the choice {found!r}; GIFT would take the arrow for a pair. Write it otherwise.")
    for left, key in zip(pairs.lefts, pairs.keys, strict=True):
        yield f"=[html]{_escaped(_html(left))} -> {_escaped(names[key])}"
    for number_, name in enumerate(names):
        if number_ not in pairs.keys:
            yield f"= -> {_escaped(name)}"


def _html(source: str) -> str:
    return pictures.described(TEX.html(source))


def _feedback(source: str) -> str:
    return f"#[html]{_escaped(_html(source))}" if source else ""


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
