"""The house style of charts: SVG, two lens colours that colour-blind readers tell apart, a source line.

>>> from twolenses import charts
>>> charts.use()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LIBERALISM", "NEUTRAL", "REALISM", "cite", "use"]

# Okabe & Ito (2008), Color Universal Design: vermilion and blue, darkened to 4.5:1 on white.
REALISM = "#b04a00"
LIBERALISM = "#0a6199"
NEUTRAL = "#4a4a4a"

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


def use() -> None:
    """Use the house style from here on, and SVG where a notebook shows the chart."""
    import matplotlib as mpl
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    mpl.rcParams.update(_STYLE)
    set_matplotlib_formats("svg", metadata={"Date": None})


def cite(axes: Axes, text: str) -> None:
    """Print where the data come from under a chart."""
    axes.figure.supxlabel(f"Source: {text}", x=0.01, ha="left", fontsize=8, color=NEUTRAL)
