"""What a question asks, in the few forms that platforms have: options to choose, pairs to make, and the types that
stand for themselves.

>>> from twolenses import quiz
>>> form = of(quiz.load("01-reading-the-case")["cut-percent"])
>>> type(form).__name__
'Numeric'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twolenses.lms.characters import legal
from twolenses.lms.letters import letter
from twolenses.lms.texts import Rendering, has_formula, plain
from twolenses.quiz.types import (
    BaseQuestion,
    Classify,
    Essay,
    Matching,
    Multiple,
    Option,
    Ordering,
    Single,
    TrueFalse,
)

__all__ = ["Choice", "Offer", "Pairs", "for_graders", "hints", "menu", "of", "options", "places", "tags", "told"]


@dataclass(frozen=True)
class Offer:
    """One option (Markdown): what choosing it adds to the mark, from −1 to 1, and what to say to it."""

    text: str
    share: float
    feedback: str


@dataclass(frozen=True)
class Choice:
    """Options of which one is chosen, or several; `verdict` if they are True and False, in this order."""

    offers: tuple[Offer, ...]
    several: bool = False
    verdict: bool = False

    @property
    def in_parts(self) -> bool:
        """Whether a single option earns a part of the mark."""
        return not self.several and any(0 < one.share < 1 for one in self.offers)


@dataclass(frozen=True)
class Pairs:
    """Left sides, the choices for them, the number of the right one for each, and what to say to a wrong one."""

    lefts: tuple[str, ...]
    choices: tuple[str, ...]
    keys: tuple[int, ...]
    feedback: tuple[str, ...]


def of(question: BaseQuestion) -> Choice | Pairs | BaseQuestion:
    """The form of a question; one that stands for itself is its own."""
    match question:
        case Single():
            return options(question.options)
        case Multiple():
            # As twolenses.quiz marks: with k keys each right choice earns 1/k and each wrong one costs 1/k.
            share = 1 / max(1, len(question.keys))
            offers = (Offer(one.text, share if one.key else -share, one.feedback) for one in question.options)
            return Choice(tuple(offers), several=True)
        case TrueFalse():
            return _verdict(question)
        case Matching():
            lefts, feedback = zip(*((pair.left, pair.feedback) for pair in question.pairs), strict=True)
            return Pairs(lefts, question.choices, question.keys, feedback)
        case Classify():
            choices = tuple(name.capitalize() for name in question.categories)
            keys = tuple(question.categories.index(one.key) for one in question.statements)
            lefts, feedback = zip(*((one.text, one.because) for one in question.statements), strict=True)
            return Pairs(lefts, choices, keys, feedback)
    return question


def options(offered: Sequence[Option]) -> Choice:
    """Options of which one is the key, as a question or a blank has them."""
    return Choice(tuple(Offer(one.text, float(one.key), one.feedback) for one in offered))


def _verdict(question: TrueFalse) -> Choice:
    """True and False; with reasons one list of both together: half for the verdict, all with the right reason."""
    said = {True: question.feedback.true, False: question.feedback.false}
    if not question.reasons:
        offers = (Offer(str(one), float(one == question.answer), said[one]) for one in (True, False))
        return Choice(tuple(offers), verdict=True)
    return Choice(
        tuple(
            Offer(f"{verdict}: {reason.text}", (0.5 + 0.5 * reason.key), f"{said[verdict]} {reason.feedback}")
            if verdict == question.answer
            else Offer(f"{verdict}: {reason.text}", 0.0, said[verdict])
            for verdict in (True, False)
            for reason in question.reasons
        )
    )


def places(question: Ordering) -> Pairs:
    """An order as pairs, for platforms that have none: each place with the item that belongs there."""
    lefts = tuple(str(number) for number in range(1, len(question.items) + 1))
    choices = tuple(question.items[number] for number in question.shown)
    keys = tuple(choices.index(item) for item in question.items)
    return Pairs(lefts, choices, keys, (question.feedback,) * len(keys))


def menu(pairs: Pairs, to: Rendering, most: int) -> tuple[tuple[str, ...], str]:
    """The choices as bare text for a menu, and the HTML to put under the question: letters for a list there, where one
    has a formula, is longer than `most` characters, or is the same as another without its markup.
    """
    names = tuple(plain(choice) for choice in pairs.choices)
    unlike = len(set(names)) == len(names) and all(len(one) <= most for one in names)
    if unlike and not any(map(has_formula, pairs.choices)):
        return names, ""
    items = "".join(f"<li>{to.inline(choice)}</li>" for choice in pairs.choices)
    letters = tuple(letter(number) for number in range(len(names)))
    return letters, f'\n<ol style="list-style-type: upper-alpha">{items}</ol>'


# ── what is said, alike in every format ──────────────────────────────────────────────────────────────


def told(question: BaseQuestion, to: Rendering, *, parts: bool = False) -> str:
    """What is said when all is done, as HTML: the explanation, and with `parts` what belongs to single pairs."""
    html = to.html(question.because)
    match question:
        case Matching() if parts:
            rows = [(f"{pair.left} – {pair.right}", pair.feedback) for pair in question.pairs]
        case Classify() if parts:
            rows = [(f"{one.text} {one.key.capitalize()}.", one.because) for one in question.statements]
        case Essay():
            return f"{html}\n<p><strong>A model answer</strong></p>\n{to.html(question.sample)}"
        case _:
            return html
    items = "".join(f"<li><em>{to.inline(left)}</em> {to.inline(right)}</li>" for left, right in rows)
    return f"{html}\n<ul>{items}</ul>"


def hints(question: BaseQuestion, to: Rendering) -> str:
    """The hints as HTML, to be shown with a wrong answer."""
    return "\n".join(f"<p>Hint: {to.inline(one)}</p>" for one in question.hint)


def for_graders(question: Essay, to: Rendering) -> str:
    """Rubric, model answer and hints as HTML, for whoever marks."""
    rows = "".join(
        f"<tr><td>{to.inline(row.criterion)}</td><td>{to.inline(row.description)}</td><td>{row.points:g}</td></tr>"
        for row in question.rubric
    )
    listed = "".join(f"<li>{to.inline(hint)}</li>" for hint in question.hint)
    return (
        f"<p>{question.words.min} to {question.words.max} words. The rubric has {question.total:g} points; "
        f"the mark is their share of {question.points:g}.</p>\n"
        f"<table><thead><tr><th>Criterion</th><th>What earns the points</th><th>Points</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>\n"
        f"<p><strong>A model answer</strong></p>\n{to.html(question.sample)}\n"
        f"<p><strong>Hints</strong></p>\n<ul>{listed}</ul>"
    )


def tags(question: BaseQuestion) -> list[str]:
    """The objective, then level, difficulty and lens, each with its name before it."""
    named = (f"{name}:{getattr(question, name)}" for name in ("level", "difficulty", "lens"))
    return [legal(question.objective), *named]
