"""Whether markers mark alike: kappa of each two, with an interval, and the criterion on which they part.

Kappa itself is :mod:`twolenses.models.reliability`. With more than two markers the mean over all pairs is given:

Light, Richard J. (1971). "Measures of Response Agreement for Qualitative Data: Some Generalizations and Alternatives."
*Psychological Bulletin* 76(5): 365–377.

Marks of one text are not independent of each other, so the interval draws texts and not marks (a cluster bootstrap).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import isnan, nan
from pathlib import Path
from statistics import fmean

import numpy as np

from twolenses import course, files
from twolenses.errors import GradingError, place
from twolenses.models.reliability import cohen_kappa, table_of
from twolenses.tabular import number, rows

__all__ = ["AGREED", "MOST", "Agreed", "Kappa", "Marks", "agreed", "blank", "read", "report", "with_agreed"]

AGREED = "agreed"
"""The name under which the agreed marks of the calibration set stand beside the markers."""

MOST = 8
"""How many markers are compared at once."""

DRAWS = 1000
SEED = 1960

Place = tuple[str, str]
"""Item and criterion; the criterion is empty where the sheet has none."""


@dataclass(frozen=True)
class Agreed:
    """One mark of the calibration set: on which excerpt, by which criterion, how many points, and why."""

    item: str
    criterion: str
    mark: float
    why: str


@dataclass(frozen=True)
class Kappa:
    """Kappa and from where to where 95 of 100 redraws of the items lie; not numbers where it cannot be computed."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if isnan(self.value):
            return "not to be computed"
        return f"{_signed(self.value)} (95% interval {_signed(self.low)} to {_signed(self.high)})"


@dataclass(frozen=True)
class Marks:
    """What each marker gave: marker → place → mark, everybody at the same places; and how many were left out."""

    by: Mapping[str, Mapping[Place, float]]
    left_out: int = 0

    @cached_property
    def places(self) -> list[Place]:
        """Where there is a mark of everybody, in the order of the sheet."""
        return list(next(iter(self.by.values())))

    @cached_property
    def items(self) -> list[str]:
        """The texts marked, in the order of the sheet."""
        return list(dict.fromkeys(item for item, _ in self.places))

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Each two markers."""
        return list(combinations(self.by, 2))

    def same(self, pair: tuple[str, str]) -> int:
        """How often two markers gave the same mark."""
        one, other = (self.by[marker] for marker in pair)
        return sum(one[where] == other[where] for where in self.places)

    def kappas(self, *, weighted: bool = False) -> dict[tuple[str, str] | None, Kappa]:
        """Kappa of each pair; under None the mean over all pairs.

        Parameters
        ----------
        weighted
            Count a disagreement by the square of its size; without it, all count alike.
        """
        scale = sorted({mark for marks in self.by.values() for mark in marks.values()})
        costs = np.subtract.outer(scale, scale) ** 2 if weighted else None
        redrawn, which = _redraws(len(self.items))
        values, spread = {}, {}
        for pair in self.pairs:
            counts = self._counts(pair, scale)
            values[pair] = cohen_kappa(counts.sum(axis=0), costs)
            found = [cohen_kappa(np.tensordot(times, counts, axes=1), costs) for times in redrawn]
            spread[pair] = np.array(found)[which]
        kappas: dict[tuple[str, str] | None, Kappa] = {pair: _kappa(values[pair], spread[pair]) for pair in self.pairs}
        kappas[None] = _kappa(fmean(values.values()), np.mean([*spread.values()], axis=0))
        return kappas

    def _counts(self, pair: tuple[str, str], scale: Sequence[float]) -> np.ndarray:
        """For each item a table of the pair's marks: items × marks × marks."""
        one, other = (self.by[marker] for marker in pair)
        tables = []
        for item in self.items:
            here = [where for where in self.places if where[0] == item]
            tables.append(table_of([one[at] for at in here], [other[at] for at in here], scale).to_numpy())
        return np.array(tables)

    def apart(self, where: Place) -> float:
        """The mean difference of two markers at a place, in points."""
        return fmean(abs(self.by[one][where] - self.by[other][where]) for one, other in self.pairs)

    def by_criterion(self) -> dict[str, float]:
        """The mean difference of two markers in points, criterion by criterion, the largest first."""
        criteria = dict.fromkeys(criterion for _, criterion in self.places)
        found = {name: fmean(self.apart(at) for at in self.places if at[1] == name) for name in criteria}
        return dict(sorted(found.items(), key=lambda one: -one[1]))


def _redraws(items: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each item is drawn: the different draws, and for each of `DRAWS` which of them it is."""
    draws = np.random.default_rng(SEED).multinomial(items, np.full(items, 1 / items), size=DRAWS)
    redrawn, which = np.unique(draws, axis=0, return_inverse=True)
    return redrawn, which.ravel()


def _kappa(value: float, spread: np.ndarray) -> Kappa:
    known = spread[~np.isnan(spread)]
    if isnan(value) or not len(known):
        return Kappa(value, nan, nan)
    low, high = np.quantile(known, [0.025, 0.975])
    return Kappa(value, float(low), float(high))


# ── Sheets ───────────────────────────────────────────────────────────────────────────────────────────


def agreed(path: Path | None = None) -> list[Agreed]:
    """The calibration set’s marks, from ``data/calibration.csv``.

    Raises
    ------
    TableError
        If the file cannot be read, or a mark is no number.
    """
    path = path or course.root() / "data" / "calibration.csv"
    return [
        Agreed(row["item"], row["criterion"], number(row["mark"], path, line), row["why"])
        for line, row in rows(path)
    ]  # fmt: skip


def blank(path: Path) -> None:
    """Write a sheet for the calibration set with a column for each of two markers, to be filled in.

    Raises
    ------
    GradingError
        If there is a file already, or it cannot be written.
    """
    if path.exists():
        raise GradingError(f"{place(path)}  exists, and may hold marks. Choose another name.")
    lines = ["item,criterion,marker 1,marker 2", *(f"{one.item},{one.criterion},," for one in agreed())]
    try:
        files.write(path, "\n".join(lines) + "\n")
    except OSError as error:
        raise GradingError(f"{place(path)}  cannot be written: {error.strerror}. Choose another folder.") from error


def read(path: Path) -> Marks:
    """Marks from a CSV file: columns ``marker, item, mark``, or ``item`` and a column for each marker.

    A column ``criterion`` may stand in either. A place that somebody has left empty is left out for all.

    Raises
    ------
    GradingError
        If the file has other columns, a mark stands twice, or less than two markers have marked the same two items.
    TableError
        If it cannot be read, or a mark is no number.
    """
    lines = rows(path)
    names = list(lines[0][1])
    if "item" not in names:
        raise GradingError(
            f"{place(path, 1)}  has no column 'item'. Name the columns marker, item, mark; or item, and one per marker."
        )
    if unnamed := [line for line, row in lines if not row["item"]]:
        raise GradingError(f"{place(path, unnamed[0])}  names no item. Fill it in, or delete the row.")
    found = _long(path, lines) if {"marker", "mark"} <= set(names) else _wide(path, lines)
    if not 2 <= len(found) <= MOST:
        raise GradingError(f"{place(path)}  has marks of {len(found)}. Agreement is between 2 to {MOST} markers.")
    return _common(path, found)


def with_agreed(marks: Marks, path: Path) -> Marks:
    """The same marks with the calibration set’s beside them.

    Raises
    ------
    GradingError
        If a place is not of the calibration set, or a marker has the name of the agreed marks.
    """
    known = {(one.item, one.criterion): one.mark for one in agreed()}
    if AGREED in marks.by:
        raise GradingError(f"{place(path)}  has a marker called {AGREED!r}. Call them by another name.")
    if strange := [where for where in marks.places if where not in known]:
        item, criterion = strange[0]
        raise GradingError(
            f"{place(path)}  has item {item!r}, criterion {criterion!r}, which the calibration set has not. "
            "Leave out --agreed, or begin with --blank."
        )
    return Marks({**marks.by, AGREED: {where: known[where] for where in marks.places}}, marks.left_out)


def _long(path: Path, lines: list[tuple[int, dict[str, str]]]) -> dict[str, dict[Place, float]]:
    found: dict[str, dict[Place, float]] = {}
    for line, row in lines:
        where = (row["item"], row.get("criterion", ""))
        given = found.setdefault(row["marker"], {})
        if not row["marker"] or where in given:
            what = "names no marker" if not row["marker"] else f"marks {' '.join(where).strip()!r} once more"
            raise GradingError(f"{place(path, line)}  {what}. Give each marker one mark for each item and criterion.")
        if row["mark"]:
            given[where] = number(row["mark"], path, line)
    return found


def _wide(path: Path, lines: list[tuple[int, dict[str, str]]]) -> dict[str, dict[Place, float]]:
    markers = [name for name in lines[0][1] if name not in ("item", "criterion")]
    found: dict[str, dict[Place, float]] = {marker: {} for marker in markers}
    seen: set[Place] = set()
    for line, row in lines:
        where = (row["item"], row.get("criterion", ""))
        if where in seen:
            raise GradingError(f"{place(path, line)}  has {' '.join(where).strip()!r} once more. Give it one row.")
        seen.add(where)
        for marker in markers:
            if row[marker]:
                found[marker][where] = number(row[marker], path, line)
    return found


def _common(path: Path, found: dict[str, dict[Place, float]]) -> Marks:
    all_places = dict.fromkeys(where for marks in found.values() for where in marks)
    everybody = [where for where in all_places if all(where in marks for marks in found.values())]
    if len({item for item, _ in everybody}) < 2:
        few = min(found, key=lambda marker: len(found[marker]))
        raise GradingError(
            f"{place(path)}  has less than two items that everybody has marked ({few}: {len(found[few])} marks). "
            "Fill in the rest."
        )
    by = {marker: {where: marks[where] for where in everybody} for marker, marks in found.items()}
    return Marks(by, len(all_places) - len(everybody))


# ── In sentences ─────────────────────────────────────────────────────────────────────────────────────


def report(marks: Marks) -> list[str]:
    """What can be said of the marks, a sentence or two in each line."""
    plain, weighted = marks.kappas(), marks.kappas(weighted=True)
    given = len(marks.places)
    lines = [f"{len(marks.by)} markers, {given} marks each, on {len(marks.items)} items."]
    if marks.left_out:
        lines.append(f"Left out, since somebody has not marked them: {marks.left_out}.")
    for pair in marks.pairs:
        one, other = pair
        lines.append(
            f"{one} and {other} gave the same mark {marks.same(pair)} times of {given}. Kappa: {plain[pair]}; "
            f"weighted by the square of the difference: {weighted[pair]}."
        )
    if len(marks.pairs) > 1:
        lines.append(f"Mean over all pairs. Kappa: {plain[None]}; weighted: {weighted[None]}.")
    return [*lines, _verdict(plain[None], weighted[None]), *_apart(marks), _strict(marks), _cannot(marks, plain[None])]


def _verdict(plain: Kappa, weighted: Kappa) -> str:
    if isnan(plain.value):
        return "Kappa compares with luck, and where two markers give one mark to everything there is none to compare."
    lucky = [name for name, kappa in (("kappa", plain), ("weighted kappa", weighted)) if not kappa.low > 0]
    if plain.value == 1:
        return "All marks are the same. Redrawing them can only give the same again, so the interval shows nothing."
    if lucky:
        return f"The interval of {' and of '.join(lucky)} reaches 0, so luck alone could have given as much agreement."
    return "Neither interval reaches 0: you agree more than luck would have it. 1 would be every mark the same."


def _apart(marks: Marks) -> list[str]:
    found = marks.by_criterion()
    where = max(marks.places, key=marks.apart)
    if not marks.apart(where):
        return ["You differ nowhere."]
    given = ", ".join(f"{marker} {marks.by[marker][where]:g}" for marker in marks.by)
    widest = f"Furthest apart: item {' '.join(where).strip()} ({given})."
    if len(found) == 1:
        return [f"Two markers differ by {found.popitem()[1]:.1f} points in the mean. {widest}"]
    counted = {name: sum(criterion == name for _, criterion in marks.places) for name in found}
    shown = ", ".join(f"{name} {apart:.1f} (of {counted[name]})" for name, apart in found.items())
    top = [name for name, apart in found.items() if apart == max(found.values())]
    return [
        f"Mean difference of two markers in points, by criterion: {shown}.",
        f"You disagree most about {' and '.join(top)}. Read that row of the rubric aloud first. {widest}",
    ]


def _strict(marks: Marks) -> str:
    means = {marker: fmean(given.values()) for marker, given in marks.by.items()}
    shown = ", ".join(f"{marker} {mean:.1f}" for marker, mean in sorted(means.items(), key=lambda one: one[1]))
    return f"Mean mark, the strictest first: {shown}. Kappa does not say who is right."


def _cannot(marks: Marks, plain: Kappa) -> str:
    wide = "" if isnan(plain.low) else f" (the interval of kappa is {plain.high - plain.low:.2f} wide)"
    few = any(sum(one[1] == name for one in marks.places) < 10 for name in marks.by_criterion())
    alone = " A number for less than ten marks is a reason to talk and no measurement." if few else ""
    return (
        f"{len(marks.items)} items can show that two of you read a criterion differently, and where. They cannot show "
        f"how far you will agree on a class{wide}, for they were chosen and not drawn.{alone}"
    )


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
