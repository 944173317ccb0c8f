"""What somebody gets right who knows nothing and looks at the wording: test-wise strategies, and how often they hit.

>>> from twolenses import quiz
>>> items = choices(question for path in quiz.files() for question in quiz.read(path))
>>> rate(STRATEGIES["longest"], items) < chance(items) + ALLOWED
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from twolenses.errors import Error
from twolenses.quiz import text
from twolenses.quiz.types import BaseQuestion, Multiple, Single, TrueFalse

__all__ = [
    "ALLOWED", "STRATEGIES", "VERDICTS", "Item", "Strategy", "chance", "choices", "credit", "judged", "rate", "several",
]  # fmt: skip

ALLOWED = 0.08
"""How far above chance a strategy may hit."""


@dataclass(frozen=True)
class Item:
    """What such a person sees, without markup: the question's id, the stem, what is offered; and the keys."""

    id: str
    stem: str
    options: tuple[str, ...]
    keys: frozenset[int]


Strategy = Callable[[Item], Sequence[float]]
"""A score for each option: the highest is taken, and those that tie are drawn from."""


def choices(questions: Iterable[BaseQuestion]) -> list[Item]:
    """What has one key among options in words: single choices, and the reasons behind true or false."""
    return list(_choices(questions))


def _choices(questions: Iterable[BaseQuestion]) -> Iterator[Item]:
    for question in questions:
        options = question.options if isinstance(question, Single) else getattr(question, "reasons", [])
        item = _item(question, [option.text for option in options], [option.key for option in options])
        if len(item.keys) == 1 and any(re.search(r"[^\W\d_]{3}", option) for option in item.options):
            yield item


def several(questions: Iterable[BaseQuestion]) -> list[Item]:
    """The multiple responses."""
    return [
        _item(question, [option.text for option in question.options], [option.key for option in question.options])
        for question in questions
        if isinstance(question, Multiple)
    ]


def judged(questions: Iterable[BaseQuestion]) -> list[Item]:
    """The statements to judge, as a choice of *true* and *false*."""
    return [
        _item(question, ["true", "false"], [question.answer, not question.answer])
        for question in questions
        if isinstance(question, TrueFalse)
    ]


def _item(question: BaseQuestion, options: Sequence[str], keys: Sequence[bool]) -> Item:
    right = frozenset(number for number, key in enumerate(keys) if key)
    return Item(question.id, _shown(question.stem), tuple(map(_shown, options)), right)


def _shown(part: str) -> str:
    """The text as a reader sees it; as written where a fact in it does not exist."""
    try:
        return text.plain(part)
    except Error:
        return part


# ── how often a strategy hits ────────────────────────────────────────────────────────────────────────


def credit(strategy: Strategy, item: Item) -> float:
    """The chance of taking a key: 1, 0, or a share where options tie."""
    scores = list(strategy(item))
    best = {number for number, score in enumerate(scores) if score == max(scores)}
    return len(best & item.keys) / len(best)


def rate(strategy: Strategy, items: Sequence[Item]) -> float:
    """The share of the items in which the strategy takes a key, from 0 to 1."""
    return fmean(credit(strategy, item) for item in items)


def chance(items: Sequence[Item]) -> float:
    """The share that somebody gets who does not look, from 0 to 1."""
    return fmean(len(item.keys) / len(item.options) for item in items)


# ── what a strategy looks at ─────────────────────────────────────────────────────────────────────────


def _words_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


HEDGES = _words_of(
    "almost", "although", "appears?", "at least", "contested", "could", "disputed", "few", "how far", "in part",
    "in places", "indications?", "likely", "limited", "may", "might", "mostly", "nearly", "no more", "not yet", "often",
    "one (?:condition|part|reason|sign)", "open", "part(?:ly|ial|ially)?", "perhaps", "plausibl[ey]", "possibl[ey]",
    "probably", "roughly", "seems?", "so far", "some", "sometimes", "still", "suggests?", "tends?", "though", "unless",
    "up to", "usually",
)  # fmt: skip
ABSOLUTES = _words_of(
    "all", "alone", "always", "any(?:body|one|thing|where)?", "at all", "cannot", "certain(?:ly)?", "complete(?:ly)?",
    "entire(?:ly)?", "ever", "every(?:body|one|thing|where)?", "exactly", "full(?:y)?", "impossible", "in fact",
    "must", "never", "no", "nobody", "none", "nothing", "only", "prove[sdn]?", "proof", "sole(?:ly)?", "whatever",
    "whole", "wholly", "without",
)  # fmt: skip
NEGATIVES = _words_of("no", "not", "nor", "never", "neither", "nobody", "none", "nothing", "cannot", "without")
REASONS = re.compile(r"\b(?:because|since|so that|therefore|hence|thus)\b|, (?:as|so)\b", re.IGNORECASE)
PRECISE = re.compile(r"\d[\d.,]*|(?<=[\w,;:] )[A-Z]\w+")
CLAUSES = re.compile(r"[,;:]")


def _count(pattern: re.Pattern[str]) -> Strategy:
    return lambda item: [len(pattern.findall(option)) for option in item.options]


def _length(item: Item) -> list[float]:
    return [len(option) for option in item.options]


def _word_length(item: Item) -> list[float]:
    return [fmean(map(len, option.split())) if option.split() else 0.0 for option in item.options]


def _overlap(item: Item) -> list[float]:
    """The share of an option's words that the stem has, too."""
    stem = _stems(item.stem)
    return [len(stem & words) / max(1, len(words)) for words in map(_stems, item.options)]


def _likeness(item: Item) -> list[float]:
    """The mean share of words that an option has in common with each of the others."""
    sets = [_stems(option) for option in item.options]
    return [
        fmean(_common(one, other) for number, other in enumerate(sets) if number != place)
        for place, one in enumerate(sets)
    ]


def _common(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _stems(part: str) -> set[str]:
    """The words of four letters or more, each by its first five."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", part.casefold())}


def _at(place: int) -> Strategy:
    return lambda item: [number == place % len(item.options) for number in range(len(item.options))]


def _least(strategy: Strategy) -> Strategy:
    return lambda item: [-score for score in strategy(item)]


STRATEGIES: Mapping[str, Strategy] = {
    "longest": _length,
    "shortest": _least(_length),
    "longest words": _word_length,
    "shortest words": _least(_word_length),
    "most hedges": _count(HEDGES),
    "fewest hedges": _least(_count(HEDGES)),
    "most absolutes": _count(ABSOLUTES),
    "fewest absolutes": _least(_count(ABSOLUTES)),
    "most negatives": _count(NEGATIVES),
    "fewest negatives": _least(_count(NEGATIVES)),
    "most names and numbers": _count(PRECISE),
    "fewest names and numbers": _least(_count(PRECISE)),
    "most reasons given": _count(REASONS),
    "fewest reasons given": _least(_count(REASONS)),
    "most clauses": _count(CLAUSES),
    "fewest clauses": _least(_count(CLAUSES)),
    "most words of the stem": _overlap,
    "fewest words of the stem": _least(_overlap),
    "most like the others": _likeness,
    "least like the others": _least(_likeness),
    "first": _at(0),
    "second": _at(1),
    "third": _at(2),
    "last": _at(-1),
}
"""What is tried on choices, by the option that it takes."""


def _where(pattern: re.Pattern[str], verdict: bool) -> Strategy:
    """`verdict` on a statement in which the pattern is found, and the other one on any other."""
    return lambda item: [verdict == bool(pattern.search(item.stem)), verdict != bool(pattern.search(item.stem))]


VERDICTS: Mapping[str, Strategy] = {
    "true": lambda item: [1, 0],
    "false": lambda item: [0, 1],
    "true where hedged": _where(HEDGES, True),
    "false where absolute": _where(ABSOLUTES, False),
    "false where negative": _where(NEGATIVES, False),
    "false where a reason is given": _where(REASONS, False),
}
"""What is tried on statements to judge."""
