"""The rows that a chart draws, read from the chart itself, so that a file of them cannot differ from the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["rows"]

COLUMNS = ("panel", "series", "x", "y", "low", "high", "x_axis", "y_axis")


def rows(figure: Figure) -> pd.DataFrame:
    """One row per value drawn.

    `panel` is the title of a panel, `series` the label of what is drawn in it. `x` and `y` are places on the axes,
    which `x_axis` and `y_axis` name: numbers, days, or the name of a category. A band, an error bar or a segment runs
    from `low` to `high`. Where something in a panel has a label, what has none is no data and is left out, and so are
    columns that say nothing.
    """
    found = [row for axes in figure.axes for row in _rows(axes)]
    frame = pd.DataFrame(found, columns=list(COLUMNS)).drop_duplicates()
    frame = frame[[name for name in COLUMNS if not (frame[name].isna() | (frame[name] == "")).all()]]
    return frame.drop(columns="panel") if "panel" in frame and frame["panel"].nunique() == 1 else frame


def _rows(axes: Axes) -> Iterator[dict[str, Any]]:
    from twolenses.check.drawing import marks_of

    about = {
        "panel": axes.get_title("left"),
        "x_axis": _flat(axes.get_xlabel()),
        "y_axis": _flat(axes.get_ylabel()),
    }
    drawn = marks_of(axes)
    labelled = [marks for marks in drawn if marks.label and not marks.label.startswith("_")]
    spans: dict[tuple[str, str, str], dict[str, str]] = {}
    for marks in labelled or drawn:
        along, _, over = ("y", "x", axes.xaxis) if marks.flat else ("x", "y", axes.yaxis)
        ends = [*marks.spans, *_based(marks)]
        for at, low, high in ends:
            place = _said(getattr(axes, f"{along}axis"), at)
            spans[marks.label, along, place] = {"low": _said(over, low), "high": _said(over, high)}
    for marks in labelled or drawn:
        here = about | {"series": marks.label if labelled else ""}
        for x, y in marks.points:
            row = {"x": _said(axes.xaxis, x), "y": _said(axes.yaxis, y)}
            yield here | row | spans.pop((marks.label, "x", row["x"]), spans.pop((marks.label, "y", row["y"]), {}))
    for (label, along, place), ends_of in spans.items():
        yield about | {"series": label if labelled else "", along: place} | ends_of


def _based(marks: Any) -> Iterator[tuple[float, float, float]]:
    """Place, begin and end of bars that do not begin at zero."""
    for (x, y), base in zip(marks.points, marks.bases, strict=False):
        if base:
            yield (y, base, base + x) if marks.flat else (x, base, base + y)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _said(axis: Any, at: float) -> str:
    """A place as the axis has it: the name beside the tick, a day, or a number."""
    from twolenses.check.drawing import _shows_dates, _when

    if _shows_dates(axis):
        return f"{_when(axis, at):%Y-%m-%d}"
    for tick in axis.get_ticklabels():
        if tick.get_text() and any(letter.isalpha() for letter in tick.get_text()):
            place = tick.get_position()[1 if axis.axis_name == "y" else 0]
            if np.isclose(place, at, atol=0.45):
                return _flat(tick.get_text())
    if (
        axis.get_label_text() == "Year" and abs(at - round(at)) < 0.2
    ):  # set beside its year, so that two can be told apart
        at = round(at)
    return f"{at:.10g}"
