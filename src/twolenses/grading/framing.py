"""A framing experiment in a class: two groups, a few answers from 1 to 7, the difference with an interval.

Welch's interval does not need both groups to vary alike. The permutation test asks how often a lot that deals the same
answers into groups of the same sizes gives as large a difference; its p-values are adjusted for the number of questions
by Holm's method, as whoever asks three questions gets three chances:

Holm, Sture (1979). "A Simple Sequentially Rejective Multiple Test Procedure." *Scandinavian Journal of Statistics*
6(2): 65–70.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from twolenses.errors import GradingError, place
from twolenses.grading.tabular import number, rows

__all__ = ["FEWEST", "SPREAD", "Answers", "Difference", "adjusted", "differences", "power", "read", "report", "sizes"]

FEWEST = 3
"""How many answers a group needs to each question."""

LOWEST, HIGHEST = 1, 7

SPREAD = 1.5
"""The standard deviation of answers that :func:`power` assumes: a convention of ours, not a finding."""

SEED = 1979
SIMULATED = 2000
SHUFFLES = 5000

Numbers = np.ndarray


@dataclass(frozen=True)
class Answers:
    """Question → group → answers; and how many answers were left empty."""

    groups: tuple[str, str]
    by: Mapping[str, Mapping[str, Numbers]]
    empty: int = 0


@dataclass(frozen=True)
class Difference:
    """Mean of the first group less mean of the second, its 95% interval by Welch, and p by permutation."""

    means: tuple[float, float]
    counts: tuple[int, int]
    value: float
    low: float
    high: float
    p: float


def read(path: Path) -> Answers:
    """Answers from a CSV file: a column ``group`` with two different words, and one for each question.

    Raises
    ------
    GradingError
        If the file cannot be read, has other columns, not two groups, too few answers, or one that is no number from
        1 to 7.
    """
    lines = rows(path)
    questions = [name for name in lines[0][1] if name != "group"]
    if "group" not in lines[0][1] or not questions:
        raise GradingError(f"{place(path, 1)}  needs a column 'group' and one for each question. Name them so.")
    groups = sorted({row["group"] for _, row in lines})
    if len(groups) != 2 or "" in groups:
        shown = ", ".join(repr(group) for group in groups[:5])
        raise GradingError(f"{place(path)}  has the groups {shown}. Give each row one of two words, such as A and B.")
    found: dict[str, dict[str, list[float]]] = {name: {group: [] for group in groups} for name in questions}
    for line, row in lines:
        for name in questions:
            if row[name]:
                found[name][row["group"]].append(_answer(row[name], path, line, name))
    for name, by in found.items():
        for group, answers in by.items():
            if len(answers) < FEWEST:
                raise GradingError(
                    f"{place(path)}  has {len(answers)} answers of group {group!r} to {name!r}. {FEWEST} is the "
                    "fewest; a column that is no question has to be deleted."
                )
    arrays = {name: {group: np.array(answers) for group, answers in by.items()} for name, by in found.items()}
    given = sum(len(answers) for by in arrays.values() for answers in by.values())
    return Answers((groups[0], groups[1]), arrays, len(lines) * len(questions) - given)


def _answer(text: str, path: Path, line: int, name: str) -> float:
    found = number(text, path, line, f"answer to {name!r}")
    if not LOWEST <= found <= HIGHEST:
        raise GradingError(
            f"{place(path, line)}  has the answer {text!r} to {name!r}. Answers go from {LOWEST} to {HIGHEST}."
        )
    return found


def differences(answers: Answers) -> dict[str, Difference]:
    """For each question the difference of the groups, with its interval and the p of a permutation test."""
    return {name: _difference(*(by[group] for group in answers.groups)) for name, by in answers.by.items()}


def _difference(first: Numbers, second: Numbers) -> Difference:
    value = float(first.mean() - second.mean())
    if first.std() == second.std() == 0:
        low = high = value  # everybody in a group says the same: there is no spread to reckon with
    else:
        low, high = map(float, _welch(first, second).confidence_interval(0.95))
    test = stats.permutation_test(
        (first, second), _gap, vectorized=True, n_resamples=SHUFFLES, rng=np.random.default_rng(SEED)
    )
    means = (float(first.mean()), float(second.mean()))
    return Difference(means, (len(first), len(second)), value, low, high, float(test.pvalue))


def _gap(first: Numbers, second: Numbers, axis: int) -> Numbers:
    gap: Numbers = first.mean(axis=axis) - second.mean(axis=axis)
    return gap


def adjusted(p: Sequence[float]) -> list[float]:
    """Holm's p-values, in the order given.

    >>> adjusted([0.04, 0.01, 0.03])
    [0.06, 0.03, 0.06]
    """
    order = sorted(range(len(p)), key=lambda at: p[at])
    found, largest = [0.0] * len(p), 0.0
    for rank, at in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[at]))
        found[at] = largest
    return found


# ── What a class can show ────────────────────────────────────────────────────────────────────────────


def sizes(students: int) -> tuple[int, int]:
    """Two groups as equal as can be.

    Raises
    ------
    GradingError
        If there are too few for two groups.
    """
    if students < 2 * FEWEST:
        raise GradingError(f"{students} students are too few for two groups. {2 * FEWEST} is the fewest.")
    return students - students // 2, students // 2


@cache
def power(first: int, second: int, difference: float, spread: float = SPREAD) -> float:
    """In what share of simulated classes Welch's test finds a difference of the means (p below 0.05).

    Parameters
    ----------
    first, second
        The sizes of the groups.
    difference
        Of the means before rounding, in points; answers are whole numbers from 1 to 7 around the middle.
    spread
        The standard deviation of answers before rounding.
    """
    dice = np.random.default_rng(SEED)
    drawn = [
        np.clip(np.rint(dice.normal(4 + shift, spread, (SIMULATED, size))), LOWEST, HIGHEST)
        for size, shift in ((first, difference / 2), (second, -difference / 2))
    ]
    return float((_welch(*drawn).pvalue < 0.05).mean())


def _welch(first: Numbers, second: Numbers) -> Any:
    """Welch's test along the last axis. That all say the same in a small group is no reason for a warning here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return stats.ttest_ind(first, second, axis=-1, equal_var=False)


def _found_in_eighty(first: int, second: int) -> float | None:
    """The smallest difference, in steps of a tenth, that 80 of 100 classes find."""
    steps = (step / 10 for step in range(1, 10 * (HIGHEST - LOWEST) // 2 + 1))
    return next((step for step in steps if power(first, second, step) >= 0.8), None)


def report(answers: Answers) -> list[str]:
    """What can be said of the answers, a sentence or two in each line."""
    one, other = answers.groups
    found = differences(answers)
    by_lot = dict(zip(found, adjusted([each.p for each in found.values()]), strict=True))
    lines = [f"Left empty, and left out: {answers.empty}."] if answers.empty else []
    for name, each in found.items():
        lines.append(
            f"{name}: {one} {each.means[0]:.2f} ({each.counts[0]} answers), {other} {each.means[1]:.2f} "
            f"({each.counts[1]}). Difference {_signed(each.value)}, 95% interval {_signed(each.low)} to "
            f"{_signed(each.high)}; by lot as large or larger in {each.p:.1%} of deals"
            + (f", adjusted for {len(found)} questions {by_lot[name]:.3f}." if len(found) > 1 else ".")
        )
    sure = [name for name, p in by_lot.items() if p < 0.05]
    verdict = (
        f"A lot alone would seldom give such a difference: {', '.join(sure)}. That the version made it is what the "
        "lot allows to say; that it would do so elsewhere is not."
        if sure
        else "No difference that a lot alone would not give. This does not show that the versions work alike: look at "
        "how wide the intervals are."
    )
    counts = min((each.counts for each in found.values()), key=sum)
    return [*lines, verdict, *plan(*counts)]


def plan(first: int, second: int) -> list[str]:
    """What groups of these sizes can and cannot show, by simulation."""
    shares = ", ".join(f"{size:g} in {100 * power(first, second, size):.0f}" for size in (0.5, 1.0, 1.5, 2.0))
    least = _found_in_eighty(first, second)
    enough = (
        f"Only a difference of about {least:.1f} or more is found in 80 of 100"
        if least
        else "No difference that this scale has room for is found in 80 of 100"
    )
    return [
        f"What {first} and {second} students can show, on one question, if answers have a standard deviation of "
        f"{SPREAD:g} (assumed): a difference of so many points is found in so many of 100 classes: {shares}.",
        f"{enough}. A smaller one is mostly missed, and where it is found it looks larger than it is. "
        f"({SIMULATED:,} simulated classes, always the same.)",
    ]


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
