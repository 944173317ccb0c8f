"""The house style of charts: SVG, two lens colours that colour-blind readers tell apart, a source line.

>>> from twolenses import charts
>>> charts.use()
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LIBERALISM", "NEUTRAL", "REALISM", "VERDICTS", "cite", "ink", "use"]

# Okabe & Ito (2008), Color Universal Design: vermilion and blue, darkened to 4.5:1 on white.
REALISM = "#b04a00"
LIBERALISM = "#0a6199"
NEUTRAL = "#4a4a4a"

# The verdicts of the ledger: green and purple of ColorBrewer's PRGn, and grey; the pages have the same.
VERDICTS = {
    "supported": "#1b7837",
    "imprecise": "#4f9a5b",
    "contested": "#9970ab",
    "wrong": "#762a83",
    "unverifiable": "#6b6b6b",
}

_STYLE: dict[Any, Any] = {
    "axes.edgecolor": NEUTRAL,
    "axes.grid": True,
    "axes.prop_cycle": "cycler('color', ['#0a6199', '#b04a00', '#4a4a4a', '#007256', '#8a4b7d'])",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "white",
    "figure.figsize": (7.2, 4.0),
    "font.size": 10.5,
    "grid.alpha": 0.25,
    "savefig.facecolor": "white",
    "svg.hashsalt": "two-lenses",
}


def ink(colour: str) -> str:
    """Black or white: what is read more easily on a colour (relative luminance of WCAG 2).

    >>> ink(VERDICTS["supported"]), ink(VERDICTS["imprecise"])
    ('white', 'black')
    """
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return "black" if 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179 else "white"


def use() -> None:
    """Use the house style from here on, and SVG where a notebook shows the chart."""
    import matplotlib as mpl

    mpl.rcParams.update(_STYLE)
    with suppress(ModuleNotFoundError):  # where no notebook shows it, as in the cell of a page
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("svg", metadata={"Date": None})


def cite(axes: Axes, text: str) -> None:
    """Print where the data come from under a chart."""
    axes.figure.supxlabel(f"Source: {text}", x=0.01, ha="left", fontsize=8, color=NEUTRAL)
