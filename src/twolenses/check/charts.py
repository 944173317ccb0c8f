"""The check of a chart, by what it shows: labels, title, legend and data, never by its pixels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from twolenses.check.drawing import (
    Marks,
    Places,
    anchor,
    bound_to,
    called,
    cut_off,
    entries,
    look_of,
    marks_of,
    places,
    rules_of,
    texts_of,
)
from twolenses.check.outcome import CheckFailed, explained, filled, formed, key_of, passed, sealed, shown_value
from twolenses.check.reading import word
from twolenses.tolerance import Bools, Tolerance, needed_digits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot"]

Words = str | Sequence[str]
NEAR = Tolerance(relative=1e-5)


@explained
def plot(
    name: str,
    value: Any,
    *,
    x: Words,
    y: Words,
    answer: str | None = None,
    series: Any = None,
    bands: Any = None,
    steps: str = "",
    bars: str = "",
    marks: Any = None,
    names: Any = None,
    extra: bool = False,
    dots: bool = False,
    heights: Sequence[float] | str | None = None,
    points: pd.Series | str | None = None,
    legend: Sequence[Words] = (),
    because: str = "",
) -> None:
    """Check a chart by what can be seen in it: its axis labels, its title, its legend and the data it draws.

    Whatever draws it counts, through plt, axes or pandas. Keys come from answers, never from the student's variables:
    name the answer, and the key is worked out from the tables.

    Parameters
    ----------
    value
        A Matplotlib Axes.
    x, y
        A word each axis label must contain, or several of which one must stand there.
    answer
        Name of the answer that holds `series`.
    series
        What each label must show: a frame (columns are labels, the index runs along x), a Series (of one label), or a
        dictionary from label to Series. A label is found in a legend or beside its marks, and those marks must show
        these pairs and no others. A label may be a tuple of spellings. A missing value is not drawn.
    bands
        The same for what reaches from a low to a high value (bands, error bars, segments): a dictionary from label to
        a frame of two columns, or one frame whose index has the labels as first level; or the name of an answer.
    steps
        ``"post"`` or ``"pre"``: each series is drawn as steps, level after or before its point.
    bars
        ``"stacked"``, ``"grouped"``, ``"horizontal"``, two of these with a space between, or ``"any"``: each series is
        drawn as such bars, and horizontal bands run along x. Several series stand side by side, each from zero,
        unless ``"stacked"`` or ``"any"`` is said.
    marks
        Label of an event to where it stands along x: a line there, and the label beside it; or the name of an answer.
    names
        Label of a single dot to its pair (x, y): the dot is drawn, and the label stands beside it, nearer than to any
        other dot that has one; or the name of an answer.
    extra
        Whether marks of a label may show more than its pairs, as a curve through them does.
    dots
        Whether each pair is a dot of its own; the corner of a bare line is none.
    heights
        Values that lines, markers, bars, bands or error bars must show, in any order.
    points
        Pairs that must be drawn, whatever they are called: the index along x, the values along y.
    legend
        Words (or spellings of one) that must stand in the legend, beside the lines or at a tick.

    Raises
    ------
    CheckFailed
        If something is missing or wrong; the sentence says what.
    """
    filled(name, value)
    axes = _axes(name, value)
    drawn = marks_of(axes)
    keyed = [one for one in (answer, series, bands, marks, names, heights, points) if isinstance(one, str)]
    wants_data = any(one is not None for one in (answer, series, bands, names, heights, points))
    if wants_data and not drawn:
        raise CheckFailed(f"The chart is empty: nothing is drawn on {name}.")
    _hold_words(name, axes, x, y, legend)
    if keyed and sealed(keyed[0]):
        return formed(name, "a chart with labels and a title")
    dotted = _dotted(drawn) if dots or names is not None else []
    try:
        if answer or series is not None:
            asked = _pairs(key_of(answer) if answer else _key(series))
            shown = dotted if dots else drawn if bands is None else [one for one in drawn if not _lifted(one)]
            _hold_series(axes, shown, asked, steps, bars, extra)
        if bands is not None:
            _hold_bands(axes, drawn, _ranges(_key(bands)), "horizontal" in bars.split())
        if marks is not None:
            _hold_events(axes, dict(_key(marks).items()))
        if names is not None:
            _hold_names(axes, dotted, {label: tuple(pair) for label, pair in _key(names).items()})
        if heights is not None:
            seen = np.array([one for _, one in _everything(drawn)])
            _hold_complete(sum(not _close(seen, one).any() for one in np.ravel(np.asarray(_key(heights), dtype=float))))
        if points is not None:
            _hold_points(axes, dotted if dots else drawn, _key(points))
    except CheckFailed as failure:
        if not cut_off(axes):
            raise
        raise CheckFailed(f"{failure} Some of what is drawn lies beyond the limits of the axes.") from failure
    return passed(name, because)


def _dotted(drawn: list[Marks]) -> list[Marks]:
    """What has a dot at each of its points."""
    found = [one for one in drawn if one.kind == "dots" or (one.kind == "line" and one.look[1])]
    if not found:
        raise CheckFailed(
            "There are no dots in the chart. Draw one for each pair of values: scatter(…), or marker='o'."
        )
    return found


def _lifted(marks: Marks) -> bool:
    """Bars that do not begin at zero: they show what they reach over."""
    return marks.kind == "bars" and bool((np.abs(marks.bases) > 1e-9).any())


def _key(asked: Any) -> Any:
    return key_of(asked) if isinstance(asked, str) else asked


def _axes(name: str, value: Any) -> Axes:
    """The axes, also where a figure, an array of one, or what was drawn stands for it."""
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.ravel()[0]
    if isinstance(value, (list, tuple)) and value:
        value = value[0]
    if not hasattr(value, "get_xlabel"):
        inner = getattr(value, "axes", None)
        if inner is None and hasattr(value, "patches"):
            inner = value.patches[0].axes if value.patches else None
        inner = inner[0] if isinstance(inner, list) and len(inner) == 1 else inner
        if not hasattr(inner, "get_xlabel"):
            raise CheckFailed(
                f"{name} is a {type(value).__name__}, not a chart's axes. Start with fig, {name} = plt.subplots()."
            )
        value = inner
    axes: Axes = value
    return axes


# ── words ────────────────────────────────────────────────────────────────────────────────────────────


def _spellings(one: Words) -> list[str]:
    return [one] if isinstance(one, str) else list(map(str, one))


def _hold_words(name: str, axes: Axes, x: Words, y: Words, legend: Sequence[Words]) -> None:
    figure: Any = axes.figure
    twins: Any = axes._twinned_axes.get_siblings(axes)  # type: ignore[attr-defined]
    for axis, label, asked in (
        ("x", " ".join([*(one.get_xlabel() for one in twins), figure.get_supxlabel()]), _spellings(x)),
        ("y", " ".join([*(one.get_ylabel() for one in twins), figure.get_supylabel()]), _spellings(y)),
    ):
        if not any(word(one) in word(label) for one in asked):
            told = f"says {label.strip()!r}" if label.strip() else "has no label"
            raise CheckFailed(
                f"The {axis} axis {told}. A reader needs the word {asked[0]!r}: {name}.set_{axis}label(…)."
            )
    if not any(axes.get_title(loc=side).strip() for side in ("left", "center", "right")) and not figure.get_suptitle():
        raise CheckFailed(f"The chart has no title. Say in one line what it shows: {name}.set_title(…).")
    missing = list(map(_spellings, legend))
    for texts in (_written(axes), _tick_labels(axes)):
        if missing:
            written = " ".join(map(word, texts))
            missing = [one for one in missing if not any(word(spelling) in written for spelling in one)]
    if missing:
        raise _unnamed(name, missing[0][0])


def _unnamed(name: str, label: str) -> CheckFailed:
    return CheckFailed(
        f"Nothing in the chart says which marks are {label!r}. Give each its label=… and call {name}.legend()."
    )


def _written(axes: Axes) -> Iterator[str]:
    yield from (text.get_text() for text in texts_of(axes))
    yield from (text for text, _ in entries(axes))


def _tick_labels(axes: Axes) -> Iterator[str]:
    """What stands at the major ticks; the ticks themselves are not made, which a logarithmic axis has many of."""
    for axis in (axes.xaxis, axes.yaxis):
        yield from axis.get_major_formatter().format_ticks(list(axis.get_majorticklocs()))


# ── series ───────────────────────────────────────────────────────────────────────────────────────────


def _pairs(key: Any) -> dict[tuple[str, ...], pd.Series]:
    """Label to what it must show, from any of the forms that `series` takes; missing values are left out."""
    if isinstance(key, pd.DataFrame):
        found = {column: key[column] for column in key}
    elif isinstance(key, pd.Series):
        found = {key.name or "": key}
    else:
        found = {
            label: one if isinstance(one, pd.Series) else pd.Series(dict(one) if not isinstance(one, Mapping) else one)
            for label, one in key.items()
        }
    return {
        tuple(_spellings(label if isinstance(label, tuple) else str(label))): one.dropna()
        for label, one in found.items()
    }


def _hold_series(
    axes: Axes, drawn: list[Marks], asked: dict[tuple[str, ...], pd.Series], steps: str, bars: str, extra: bool
) -> None:
    labels = list(asked)
    bound = bound_to(axes, drawn, labels)
    if len(labels) == 1 and not bound[0]:
        bound = [[one for one in drawn if not _upright(one)]]
    _hold_told_apart(axes, dict(zip(labels, bound, strict=True)))
    for label, mine in zip(labels, bound, strict=True):
        if not mine:
            raise _unnamed("ax", label[0])
        mine = [one for one in mine if one.kind == "bars"] if bars else mine
        if bars and not mine:
            raise CheckFailed(f"{_named(label)} is not drawn as bars. Draw it with bar(…) or barh(…).")
        _hold_pairs(axes, label, mine, asked, extra, steps)
        if steps:
            _hold_steps(axes, label, mine, asked[label], steps)
    if bars:
        _hold_bars(dict(zip(labels, bound, strict=True)), bars)


def _hold_told_apart(axes: Axes, bound: dict[tuple[str, ...], list[Marks]]) -> None:
    """Two entries of a legend look unlike, unless names stand beside; a scatter's markers are not read, nor judged."""
    written = " ".join(word(text.get_text()) for text in texts_of(axes))
    listed = {entry for text, _ in entries(axes) if (entry := word(text)) not in written}
    seen: dict[frozenset[tuple[str, str, str]], str] = {}
    for label, mine in bound.items():
        looks = frozenset(one.look for one in mine if one.kind in ("line", "dots"))
        if looks and all(any(look[1:]) for look in looks) and any(word(one) in listed for one in label):
            if looks in seen:
                raise CheckFailed(
                    f"The marks of {seen[looks]!r} and {label[0]!r} look alike. Give each a marker, style or colour "
                    "of its own."
                )
            seen[looks] = label[0]


def _upright(marks: Marks) -> bool:
    """A line from below to above, as for an event: no series."""
    return len(marks.path) > 1 and bool(np.ptp(marks.path[:, 0]) == 0)


def _named(label: tuple[str, ...]) -> str:
    return f"What is called {label[0]!r}" if label[0] else "What is drawn"


def _hold_pairs(axes: Axes, label: tuple[str, ...], mine: list[Marks], asked: Any, extra: bool, steps: str) -> None:
    key = asked[label]
    shown, others = _shown(axes, mine, key)
    turns = key.to_numpy(dtype=float) if steps else np.empty(0)  # where a step turns, at the height of its neighbour
    caps = {(round(float(at), 6), round(float(end), 9)) for one in mine for at, *ends in one.spans for end in ends}
    strange = sum(not _close(turns, height).any() for at, height in others if (at, height) not in caps)
    missing = int((~shown).sum())
    if not missing and (extra or not strange):
        return
    for other, pairs in asked.items():
        if other != label and missing and len(pairs) and _shown(axes, mine, pairs)[0].mean() > 0.9:
            raise CheckFailed(
                f"The marks called {label[0]!r} show the values of {other[0]!r}. Look at which label each of them has."
            )
    if missing and _values_elsewhere(mine, key):
        raise CheckFailed(
            f"{_named(label)} has the right values at other places: they belong to {shown_value(key.index[0])} to "
            f"{shown_value(key.index[-1])}, as the table has them. Give the chart both, the places and the values."
        )
    if missing:
        raise CheckFailed(
            f"{missing} of the {len(key)} values of {label[0] or 'the table'!r} are not in the chart, or not at their "
            "place. Plot all that is asked for, and the numbers, not the text."
        )
    some = "1 value that does" if strange == 1 else f"{strange} values that do"
    raise CheckFailed(f"{_named(label)} shows {some} not belong there. Draw only the rows that are asked for.")


def _shown(axes: Axes, mine: list[Marks], key: pd.Series) -> tuple[Bools, set[Any]]:
    """Which pairs of the key are drawn, and the drawn pairs that are none of them."""
    shown = np.zeros(len(key), dtype=bool)
    strange: set[Any] = set()
    values = key.to_numpy(dtype=float)
    digits = needed_digits(values)
    for one in mine:
        if not len(one.points):
            continue
        where, across, up = _standing(axes, one, key.index)
        share = 1.0 if one.kind == "bars" else 0.6
        row = where.nearest(across, share) if where else np.full(len(across), -1)
        for at, height, number in zip(across, up, row, strict=True):
            right = list(np.flatnonzero(where.at == where.at[number])) if where and number >= 0 else []
            hit = [n for n in right if _close(np.array([height]), values[n], digits)[0]]
            shown[hit] = True
            if not hit and not (one.kind == "bars" and height == 0):
                strange.add((round(float(at), 6), round(float(height), 9)))
    return shown, strange


def _standing(axes: Axes, one: Marks, labels: pd.Index) -> tuple[Places | None, Any, Any]:
    """Where the labels stand, and the marks' places and values: along x, or along y where that has the labels."""
    flat = one.flat
    where = places(axes.yaxis if flat else axes.xaxis, labels)
    if where is None and one.kind in ("dots", "line") and not flat:
        where, flat = places(axes.yaxis, labels), True
    if where is None:
        flat = one.flat
    return where, one.points[:, 1 if flat else 0], one.points[:, 0 if flat else 1]


def _values_elsewhere(mine: list[Marks], key: pd.Series) -> bool:
    heights = [one.points[:, 0 if one.flat else 1] for one in mine if len(one.points)]
    every = np.concatenate(heights) if heights else np.empty(0)
    return bool(len(key)) and all(_close(every, one).any() for one in key.to_numpy(dtype=float))


def _close(shown: Any, one: float, digits: int = 12) -> Bools:
    """Which of the values shown are that one, rounded to the decimals that do for it or for its whole series."""
    every = np.full(np.shape(shown), float(one))
    near = replace(NEAR, digits=min(digits, needed_digits(one)))
    return np.asarray(near.accepts(np.asarray(shown, dtype=float), every) | near.rounds(shown, every), dtype=bool)


def _hold_steps(axes: Axes, label: tuple[str, ...], mine: list[Marks], key: pd.Series, steps: str) -> None:
    """Between two points the line is level, at the height of the earlier (post) or of the later one (pre)."""
    lines = [one for one in mine if len(one.path)]
    where = places(axes.xaxis, key.index)
    if not lines or where is None:
        raise CheckFailed(f"{_named(label)} is not joined. Draw it as steps: step(…, where={steps!r}).")
    at = where.at
    if where.years:  # in the unit of the axis: where each year is drawn
        drawn = np.concatenate([one.points[:, 0] for one in mine if len(one.points)])
        at = np.array([drawn[where.nearest(drawn) == row].min() for row in range(len(at))])
    order = np.argsort(at, kind="stable")
    at, values = at[order], key.to_numpy(dtype=float)[order]
    counts = dict.fromkeys(("post", "pre", "other"), 0)
    for n in range(len(at) - 1):
        if at[n] == at[n + 1] or _close(np.array([values[n]]), values[n + 1])[0]:
            continue
        middle = at[n] + 0.618 * (at[n + 1] - at[n])  # on no corner, also where every day is drawn
        levels = np.array([level for one in lines for level in _levels(one.path, middle)])
        post, pre = _close(levels, values[n]).any(), _close(levels, values[n + 1]).any()
        counts["post" if post else "pre" if pre else "other"] += 1
    if counts["other"] > max(counts["post"], counts["pre"]) or not (counts["post"] or counts["pre"]):
        raise CheckFailed(
            f"{_named(label)} goes from point to point, as if it had changed evenly in between. Draw steps: "
            f"step(…, where={steps!r})."
        )
    if counts[steps] < max(counts.values()) or counts["other"]:
        wrong = "takes each value before it was reported" if steps == "post" else "keeps each value too long"
        raise CheckFailed(f"{_named(label)} steps the wrong way: it {wrong}. Use where={steps!r}.")


def _levels(path: Any, at: float) -> Iterator[float]:
    across = path[:, 0]
    for n in range(len(path) - 1):
        left, right = across[n], across[n + 1]
        if left < at < right or right < at < left:
            share = (at - left) / (right - left)
            yield float(path[n, 1] + share * (path[n + 1, 1] - path[n, 1]))


def _hold_bars(bound: dict[tuple[str, ...], list[Marks]], bars: str) -> None:
    every = [one for mine in bound.values() for one in mine if one.kind == "bars"]
    kinds = bars.split()
    if "horizontal" in kinds and not all(one.flat for one in every):
        raise CheckFailed("The bars stand upright. Horizontal ones are asked for: barh(…).")
    lifted = any(map(_lifted, every))
    beside = "grouped" in kinds or (len(bound) > 1 and not {"stacked", "any"} & set(kinds))
    if "stacked" in kinds and len(bound) > 1 and not lifted:
        raise CheckFailed(
            "The bars hide each other. Stack them: bottom=… (for barh left=…), or stacked=True in pandas."
        )
    if beside and lifted:
        raise CheckFailed("The bars stand on each other. Draw them side by side, each from zero.")
    if beside and len({round(float(at), 6) for one in every for at in one.points[:, 1 if one.flat else 0]}) < sum(
        len(one.points) for one in every
    ):
        raise CheckFailed("Some bars hide others. Move each group a little to the side, so that all can be seen.")


# ── bands, events, and what has no label ─────────────────────────────────────────────────────────────


def _ranges(key: Any) -> dict[tuple[str, ...], pd.DataFrame]:
    if isinstance(key, pd.DataFrame):
        if key.index.nlevels == 2:
            return {(str(label),): key.loc[label] for label in key.index.get_level_values(0).unique()}
        return {("",): key}
    return {tuple(_spellings(label if isinstance(label, tuple) else str(label))): one for label, one in key.items()}


def _hold_bands(axes: Axes, drawn: list[Marks], asked: dict[tuple[str, ...], pd.DataFrame], flat: bool) -> None:
    drawn = [_as_spans(one) for one in drawn]
    if flat and not any(one.flat for one in drawn):
        raise CheckFailed("Nothing in the chart reaches along x from a low to a high value: draw horizontal bars.")
    drawn = [one for one in drawn if one.flat] if flat else drawn
    spans = [one for one in drawn if len(one.spans)]
    bound = bound_to(axes, drawn, list(asked))
    for (label, key), mine in zip(asked.items(), bound, strict=True):
        if not mine and len(asked) > 1:
            raise _unnamed("ax", label[0])
        others = {one.look[0] for found in bound if found is not mine for one in found}
        looks = {one.look[0] for one in mine} | {one.look[0] for one in spans if one.look[0] not in others}
        own = [*mine, *(one for one in drawn if one.look[0] in looks and not any(one is other for other in mine))]
        own = own or drawn
        missing = _ranges_missing(axes, own, key)
        if missing and not spans and not _two_lines(own):
            raise CheckFailed(
                "Nothing in the chart reaches from a low to a high value: draw a band or bars around the values."
            )
        if missing:
            for other, ranges in asked.items():
                if other != label and not _ranges_missing(axes, own, ranges):
                    raise CheckFailed(f"The band called {label[0]!r} is that of {other[0]!r}. Look at the labels.")
            which = f" of {label[0]!r}" if label[0] else ""
            raise CheckFailed(
                f"{missing} of the {len(key)} bands or bars{which} do not reach from the low to the high value that is "
                "asked for. Look at what each end is measured from."
            )


def _as_spans(marks: Marks) -> Marks:
    """Bars as what they reach over, from their base to their end; so also a line from one point to another."""
    if marks.kind == "line" and len(marks.points) == 2 and len(marks.path) == 2:
        (left, low), (right, high) = marks.points.min(axis=0), marks.points.max(axis=0)
        if (left == right) != (low == high):
            span = [low, left, right] if low == high else [left, low, high]
            return replace(marks, kind="spans", spans=np.array([span]), flat=bool(low == high))
    if marks.kind != "bars":
        return marks
    at, length = marks.points.T[::-1] if marks.flat else marks.points.T
    return replace(marks, kind="spans", spans=np.column_stack([at, marks.bases, marks.bases + length]))


def _two_lines(own: list[Marks]) -> bool:
    return sum(len(one.path) > 0 for one in own) >= 2


def _ranges_missing(axes: Axes, own: list[Marks], key: pd.DataFrame) -> int:
    key = key.dropna()
    low, high = key.iloc[:, 0].to_numpy(dtype=float), key.iloc[:, 1].to_numpy(dtype=float)
    hit = np.isclose(low, high)
    ends = {"low": hit.copy(), "high": hit.copy()}
    for one in own:
        where = places(axes.yaxis if one.flat else axes.xaxis, key.index)
        if where is None:
            continue
        if len(one.spans):
            row = where.nearest(one.spans[:, 0])
            for (_, bottom, top), number in zip(one.spans, row, strict=True):
                if number >= 0:
                    hit[number] |= bool(
                        _close(np.array([bottom]), low[number])[0] and _close(np.array([top]), high[number])[0]
                    )
        elif len(one.points) and one.kind != "bars":
            row = where.nearest(one.points[:, 0])
            for (_, height), number in zip(one.points, row, strict=True):
                if number >= 0:
                    ends["low"][number] |= bool(_close(np.array([height]), low[number])[0])
                    ends["high"][number] |= bool(_close(np.array([height]), high[number])[0])
    return int((~(hit | (ends["low"] & ends["high"]))).sum())


def _hold_events(axes: Axes, events: dict[Any, Any]) -> None:
    labels = [tuple(_spellings(label if isinstance(label, tuple) else str(label))) for label in events]
    where = places(axes.xaxis, pd.Index(list(events.values())))
    if where is None:
        raise CheckFailed(
            "The events cannot be placed: the x axis shows neither dates nor the numbers that are asked for."
        )
    rules = rules_of(axes)
    width = abs(axes.get_xlim()[1] - axes.get_xlim()[0])
    told = []
    for label, at in zip(labels, where.at, strict=True):
        if not any(abs(place - at) <= 0.004 * width for place in where.read(np.array([one for one, _ in rules]))):
            raise CheckFailed(
                f"There is no line at {label[0]!r}. Draw one where it happened, for example with axvline(…)."
            )
        told.append(_said_at(axes, label, at, rules, width, [other for other in labels if other != label]))
    for n, label in enumerate(labels):
        if told[n] is None:
            raise CheckFailed(f"Nothing in the chart says which line is {label[0]!r}. Write it beside its line.")
    for n, label in enumerate(labels):
        for m in range(n):
            mine, other = told[n], told[m]
            assert mine is not None
            assert other is not None
            here, there = where.at[n], where.at[m]
            if abs(mine - here) + abs(other - there) > abs(mine - there) + abs(other - here) + 1e-9:
                raise CheckFailed(f"The labels {label[0]!r} and {labels[m][0]!r} stand at each other's lines.")
    for n, label in enumerate(labels):
        if abs(told[n] - where.at[n]) > 0.25 * width:
            raise CheckFailed(f"The label {label[0]!r} stands far from its line. Write it beside it.")


def _hold_names(axes: Axes, drawn: list[Marks], names: dict[str, tuple[float, float]]) -> None:
    """Each name stands at its own dot: no other named dot is much nearer, and no two names stand at each other's."""
    every = np.vstack([np.empty((0, 2)), *(one.points for one in drawn)])
    for label, (x, y) in names.items():
        if not (_close(every[:, 0], x) & _close(every[:, 1], y)).any():
            raise CheckFailed(f"The dot of {label!r} is not in the chart, or not at its place. Draw all of them.")
    known = [(word(text.get_text()), text) for text in texts_of(axes)]
    dots = {label: axes.transData.transform(pair) for label, pair in names.items()}
    where: dict[str, list[Any]] = {}
    for label in names:
        texts = called([word(label)], [word(other) for other in names if other != label], known)
        where[label] = [anchor(axes, text) for text in texts] or _of_legend(axes, drawn, label, list(names))
        if not where[label]:
            raise CheckFailed(f"No dot is called {label!r} in the chart. Write the name beside it: ax.annotate(…).")
    far = {
        (label, dot): min(float(np.hypot(*(at - dots[dot]))) for at in where[label]) for label in names for dot in names
    }
    slack = 0.06 * float(np.hypot(*axes.bbox.size))
    for label in names:
        closest = min(names, key=lambda dot: far[label, dot])
        swapped = far[label, label] + far[closest, closest] > far[label, closest] + far[closest, label] + 1
        if closest != label and (swapped or far[label, label] > far[label, closest] + slack):
            raise CheckFailed(f"The name {label!r} stands at the dot of {closest!r}. Write each beside its own.")
        if far[label, label] > 3 * slack:
            raise CheckFailed(f"The name {label!r} stands far from its dot. Write it beside it.")


def _of_legend(axes: Axes, drawn: list[Marks], label: str, names: list[str]) -> list[Any]:
    """Pixels of the dots that a legend gives that name."""
    mine = bound_to(axes, drawn, [(one,) for one in names])[names.index(label)]
    return [axes.transData.transform(pair) for one in mine for pair in one.points]


def _said_at(
    axes: Axes, label: tuple[str, ...], at: float, rules: list[Any], width: float, others: list[tuple[str, ...]]
) -> float | None:
    """Where along x the label of an event stands: a text, or the line that its legend entry looks like."""
    own, strange = [word(one) for one in label], [word(one) for other in others for one in other]
    written = [(word(text.get_text()), text) for text in texts_of(axes)]
    found = [
        float(axes.transData.inverted().transform(anchor(axes, text))[0]) for text in called(own, strange, written)
    ]
    for handle in called(own, strange, [(word(text), handle) for text, handle in entries(axes)]):
        look = look_of(handle)
        found += [place for place, other in rules if other[0] == look[0] and other[2] == look[2]]
    return min(found, key=lambda place: abs(place - at)) if found else None


def _hold_points(axes: Axes, drawn: list[Marks], key: pd.Series) -> None:
    shown = np.zeros(len(key), dtype=bool)
    upright = np.array([(place, end) for place, _ in rules_of(axes) for end in (0.0, 1.0)]).reshape(-1, 2)
    for one in [*drawn, Marks("dots", "", ("", "", ""), points=upright)]:  # a line across the chart runs from 0 to 1
        shown |= _shown(axes, [one], key)[0]
        ends = [(at, end) for at, low, high in one.spans for end in (low, high)]
        if ends:
            as_dots = Marks(
                "bars",
                "",
                one.look,
                points=np.array([pair[::-1] if one.flat else pair for pair in ends]),
                flat=one.flat,
            )
            shown |= _shown(axes, [as_dots], key)[0]
    _hold_complete(int((~shown).sum()))


def _hold_complete(missing: int) -> None:
    if missing:
        some = "1 value of the table is" if missing == 1 else f"{missing} values of the table are"
        raise CheckFailed(f"{some} not in the chart. Plot all that is asked for, and the numbers, not the text.")


def _everything(drawn: list[Marks]) -> Iterator[tuple[float, float]]:
    """Every value that is seen, with its place: points, lengths of bars, ends of bands."""
    for one in drawn:
        for across, up in one.points:
            yield (float(up), float(across)) if one.flat else (float(across), float(up))
        for at, low, high in one.spans:
            yield from ((float(at), float(low)), (float(at), float(high)))
