"""The check of a chart, by what it shows: labels, title, legend and data, never by its pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from twolenses.check.outcome import CheckFailed, filled, passed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot"]


def plot(
    name: str,
    value: Any,
    *,
    x: str,
    y: str,
    heights: Sequence[float] | None = None,
    points: pd.Series | None = None,
    legend: Sequence[str] = (),
    because: str = "",
) -> None:
    """Check a chart by what it shows: its axis labels, its title, its legend and the data it draws.

    Parameters
    ----------
    value
        A Matplotlib Axes.
    x, y
        A word each axis label must contain.
    heights
        Values that the lines, markers, bars, bands or error bars must show, in any order (lengths, for horizontal
        bars).
    points
        Pairs that must be drawn: the index along x, the values along y.
    legend
        Words that must stand in the legend or beside the lines, so that a reader can tell them apart.

    Raises
    ------
    CheckFailed
        If something is missing; the sentence says what.
    """
    filled(name, value)
    if not hasattr(value, "get_xlabel"):
        raise CheckFailed(
            f"{name} is a {type(value).__name__}, not a chart's axes. Start with fig, {name} = plt.subplots()."
        )
    axes: Axes = value
    drawn = list(_drawn(axes))
    if (heights is not None or points is not None) and not drawn:
        raise CheckFailed(f"The chart is empty: nothing is drawn on {name}.")
    _hold_words(name, axes, x, y, legend)
    if heights is not None:
        array = np.array([y for _, y in drawn])
        _hold_complete(sum(not np.isclose(array, one).any() for one in heights))
    if points is not None:
        where = np.array([_as_number(axes, one) for one in points.index])
        array = np.array(drawn)
        _hold_complete(
            sum(
                not (np.isclose(array[:, 0], at) & np.isclose(array[:, 1], one)).any()
                for at, one in zip(where, points.to_numpy(dtype=float), strict=True)
            )
        )
    passed(name, because)


def _hold_words(name: str, axes: Axes, x: str, y: str, legend: Sequence[str]) -> None:
    for axis, label, word in (("x", axes.get_xlabel(), x), ("y", axes.get_ylabel(), y)):
        if word.lower() not in label.lower():
            told = f"says {label!r}" if label else "has no label"
            raise CheckFailed(f"The {axis} axis {told}. A reader needs the word {word!r}: {name}.set_{axis}label(…).")
    if not any(axes.get_title(loc=side).strip() for side in ("left", "center", "right")):
        raise CheckFailed(f"The chart has no title. Say in one line what it shows: {name}.set_title(…).")
    written = " ".join(text.get_text() for text in _texts(axes)).lower()
    for word in legend:
        if word.lower() not in written:
            raise CheckFailed(
                f"Nothing in the chart says which marks are {word!r}. Give each its label=… and call {name}.legend()."
            )


def _hold_complete(missing: int) -> None:
    if missing:
        some = "1 value of the table is" if missing == 1 else f"{missing} values of the table are"
        raise CheckFailed(f"{some} not in the chart. Plot all that is asked for, and the numbers, not the text.")


def _texts(axes: Axes) -> Iterator[Any]:
    yield from axes.texts
    yield from axes.get_xticklabels()
    yield from axes.get_yticklabels()
    if box := axes.get_legend():
        yield from box.get_texts()


def _drawn(axes: Axes) -> Iterator[tuple[float, float]]:
    """Every mark as a pair of numbers: lines, bars (middle and length), dots, corners of bands and error bars."""
    for line in axes.get_lines():
        across, up = np.atleast_1d(line.get_xdata(orig=False)), np.atleast_1d(line.get_ydata(orig=False))
        yield from zip(across.astype(float), up.astype(float), strict=True)
    flat = {bar for box in axes.containers if getattr(box, "orientation", "") == "horizontal" for bar in box}
    bars: list[Any] = list(axes.patches)
    for bar in bars:
        if bar in flat:
            yield float(bar.get_y() + bar.get_height() / 2), float(bar.get_width())
        elif hasattr(bar, "get_height"):
            yield float(bar.get_x() + bar.get_width() / 2), float(bar.get_height())
    for marks in axes.collections:
        dots = type(marks).__name__ == "PathCollection"  # a band or an error bar is drawn by its corners
        corners = [marks.get_offsets()] if dots else [path.vertices for path in marks.get_paths()]
        for corner in corners:
            yield from ((float(x), float(y)) for x, y in np.atleast_2d(np.asarray(corner, dtype=float)))


def _as_number(axes: Any, value: Any) -> float:
    """Where a label, a date or a number stands along the x axis (of horizontal bars, along the y axis)."""
    if isinstance(value, str) and axes.yaxis.have_units():
        return float(axes.convert_yunits(value))
    return float(axes.convert_xunits(value))
