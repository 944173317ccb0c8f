"""The rules of the bank as a whole: what no single question shows, because the fault is in the pattern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from twolenses.errors import Error
from twolenses.quiz import text
from twolenses.quiz.bank import Problem
from twolenses.quiz.rules import Known, Placed, Rule
from twolenses.quiz.types import Classify, Single

__all__ = ["OF_THE_BANK"]

LONGEST = (10, 0.40)  # from so many single choices on, the key is the longest option in at most this share
POSITION = (12, 0.45)  # … stands in one position in at most this share
LENSES = (10, 0.45)  # from so many items on, each lens has at least this share of the two


def key_not_the_longest(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """The key of a single choice is not systematically the longest option."""
    items = list(_single(placed))
    telling = [one for one, question in items if _key_is_longest(question)]
    least, share = LONGEST
    if len(items) >= least and len(telling) > share * len(items):
        ids = ", ".join(one.question.id for one in telling)
        yield telling[0].problem(
            f"and others give the key away: it is the longest option in {len(telling)} of {len(items)} single "
            f"choices, at most {share:.0%} are allowed. Shorten keys or lengthen options of {ids}."
        )


def key_not_in_one_position(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """The keys of single choices do not crowd in one position."""
    items = list(_single(placed))
    least, share = POSITION
    if len(items) < least:
        return
    position, times = Counter(question.keys[0] for _, question in items).most_common(1)[0]
    if times > share * len(items):
        first = next(one for one, question in items if question.keys[0] == position)
        yield first.problem(
            f"and others have the key in position {position + 1}: {times} of {len(items)} single choices, at most "
            f"{share:.0%} are allowed. Move some."
        )


def _single(placed: list[Placed]) -> Iterator[tuple[Placed, Single]]:
    for one in placed:
        if isinstance(one.question, Single) and len(one.question.keys) == 1:
            yield one, one.question


def _key_is_longest(question: Single) -> bool:
    lengths = [len(_shown(option.text)) for option in question.options]
    key = lengths.pop(question.keys[0])
    return key > max(lengths)


def _shown(part: str) -> str:
    """The text as a reader sees it; as written where a fact in it does not exist."""
    try:
        return text.plain(part)
    except Error:
        return part


def lenses_in_balance(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Both lenses are asked about alike; each statement to classify counts."""
    asked: Counter[str] = Counter()
    for one in placed:
        question = one.question
        asked.update([part.key for part in question.statements] if isinstance(question, Classify) else [question.lens])
    both = asked["realism"] + asked["liberalism"]
    least, share = LENSES
    behind = min(("realism", "liberalism"), key=lambda lens: asked[lens])
    if both >= least and asked[behind] < share * both:
        yield Problem(
            placed[0].quiz.path,
            0,
            f"The bank has {asked['realism']} items on realism and {asked['liberalism']} on liberalism; each should "
            f"have {share:.0%} to {1 - share:.0%} of the two. Add to {behind}.",
        )


OF_THE_BANK: tuple[Rule, ...] = (key_not_the_longest, key_not_in_one_position, lenses_in_balance)
