"""The rules of the bank as a whole: what no single question shows, because the fault is in the pattern."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from twolenses.quiz import guessing, text
from twolenses.quiz.bank import Problem
from twolenses.quiz.guessing import Item, Strategy
from twolenses.quiz.rules import Known, Placed, Rule
from twolenses.quiz.types import Classify, Multiple, TrueFalse

__all__ = ["OF_THE_BANK"]

CHOICES = 30  # from so many choices on, no strategy may find more keys than `guessing.ALLOWED` above chance
JUDGED = 10  # … from so many statements to judge on, likewise, and the share of true ones has its bounds
TRUE = (0.40, 0.60)
LEANING = 20  # from so many multiple responses on, no strategy may take a key in so much more than by chance
LEANS = 0.15
SEVERAL = 8  # from so many multiple responses on, no number of keys, and none of keys and options, is too common
SAME_KEYS, SAME_SIZE = 0.45, 0.35
LENSES = (10, 0.45)  # from so many items on, each lens has at least this share of the two


# ── what gives a key away ────────────────────────────────────────────────────────────────────────────


def no_strategy_finds_keys(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Nobody finds the keys of choices by wording or place."""
    items = guessing.choices(one.question for one in placed)
    if len(items) >= CHOICES:
        yield from _found(placed, items, guessing.STRATEGIES, "choices", "Rework")


def no_strategy_finds_one_of_several(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Nobody finds a key of multiple responses by wording or place; there are fewer of them, so the bound is wider."""
    items = guessing.several(one.question for one in placed)
    if len(items) >= LEANING:
        yield from _found(placed, items, guessing.STRATEGIES, "multiple responses", "Rework", LEANS)


def no_strategy_judges(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Nobody judges statements by their wording."""
    items = guessing.judged(one.question for one in placed)
    if len(items) >= JUDGED:
        yield from _found(placed, items, guessing.VERDICTS, "statements to judge", "Recast")


def _found(
    placed: list[Placed],
    items: Sequence[Item],
    strategies: Mapping[str, Strategy],
    what: str,
    remedy: str,
    allowed: float = guessing.ALLOWED,
) -> Iterator[Problem]:
    chance = guessing.chance(items)
    for name, strategy in strategies.items():
        rate = guessing.rate(strategy, items)
        if rate > chance + allowed:
            telling = [
                item.id for item in items if guessing.credit(strategy, item) > len(item.keys) / len(item.options)
            ]
            first = next(one for one in placed if one.question.id == telling[0])
            yield first.problem(
                f"and others can be guessed: '{name}' finds a key of {rate:.0%} of {len(items)} {what}, chance of "
                f"{chance:.0%}, at most {chance + allowed:.0%} are allowed. {remedy} some of "
                f"{', '.join(telling)}."
            )


# ── true and false ───────────────────────────────────────────────────────────────────────────────────


def as_many_true_as_false(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """About half of the statements to judge are true."""
    judged = [one for one in placed if isinstance(one.question, TrueFalse)]
    true = [one for one in judged if _answer(one)]
    least, most = TRUE
    if len(judged) >= JUDGED and not least * len(judged) <= len(true) <= most * len(judged):
        common = len(true) > len(judged) / 2
        first = next(one for one in judged if _answer(one) == common)
        yield first.problem(
            f"and others tell the verdict: {len(true)} of {len(judged)} statements to judge are true, {least:.0%} to "
            f"{most:.0%} are allowed. Recast some as {'false' if common else 'true'}."
        )


def not_one_verdict_in_a_file(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """A file with two statements to judge or more has one that is true and one that is false."""
    for path in dict.fromkeys(one.quiz.path for one in placed):
        judged = [one for one in placed if one.quiz.path == path and isinstance(one.question, TrueFalse)]
        verdicts = {_answer(one) for one in judged}
        if len(judged) > 1 and len(verdicts) == 1:
            alike = verdicts.pop()
            yield judged[0].problem(
                f"and the other statements to judge of this file are all {str(alike).lower()}. Recast one as "
                f"{str(not alike).lower()}."
            )


def _answer(one: Placed) -> bool:
    return isinstance(one.question, TrueFalse) and one.question.answer


# ── how many are right ───────────────────────────────────────────────────────────────────────────────


def number_of_keys_varies(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """How many options of a multiple response are right is not known before it is read."""
    sizes = [
        (one, len(one.question.keys), len(one.question.options)) for one in placed if isinstance(one.question, Multiple)
    ]
    if len(sizes) < SEVERAL:
        return
    keys, times = Counter(keys for _, keys, _ in sizes).most_common(1)[0]
    if times > SAME_KEYS * len(sizes):
        yield next(one for one, number, _ in sizes if number == keys).problem(
            f"and others have as many keys: {keys} in {times} of {len(sizes)} multiple responses, at most "
            f"{SAME_KEYS:.0%} are allowed. Vary from one to all."
        )
    (keys, options), times = Counter((keys, options) for _, keys, options in sizes).most_common(1)[0]
    if times > SAME_SIZE * len(sizes):
        yield next(one for one, *size in sizes if size == [keys, options]).problem(
            f"and others have one form: {keys} of {options} are right in {times} of {len(sizes)} multiple responses, "
            f"at most {SAME_SIZE:.0%} are allowed. Vary keys and options."
        )


_NUMBER = r"(?:one|two|three|four|five|six|both|[1-6])"
_HOW_MANY = re.compile(
    rf"\b(?:which|what|choose|find|give|mark|name|pick|select|tick)\s+(?:are\s+)?(?:the\s+|these\s+|those\s+)?{_NUMBER}\b"
    rf"|\b{_NUMBER}\s+of\s+(?:them|these|those|the\b)"
    rf"|\b{_NUMBER}\s+(?:\w+\s+){{0,2}}(?:are|is|do|does|did)\b(?!\s+not\b.*\?)",
    re.IGNORECASE,
)


def stem_says_not_how_many(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Neither stem nor hint of a multiple response says how many options are right."""
    for one in placed:
        if isinstance(one.question, Multiple):
            for part in (one.question.stem, *one.question.hint):
                if found := _HOW_MANY.search(text.FACT.sub(" ", part)):
                    yield one.problem(f"says how many options are right: {found[0]!r}. Take the number out.")


# ── the lenses ───────────────────────────────────────────────────────────────────────────────────────


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


OF_THE_BANK: tuple[Rule, ...] = (
    no_strategy_finds_keys,
    no_strategy_finds_one_of_several,
    no_strategy_judges,
    as_many_true_as_false,
    not_one_verdict_in_a_file,
    number_of_keys_varies,
    stem_says_not_how_many,
    lenses_in_balance,
)
