"""The house style of charts: SVG, two lens colours that colour-blind readers tell apart, a source line.

While the book is built, each chart is drawn twice, for a desk and for a phone, and says the rows that it draws.

>>> from twolenses import charts
>>> charts.use()
"""

from __future__ import annotations

import json
import os
import re
from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "DARK_INK", "FOR_PAGES", "LIBERALISM", "NEUTRAL", "REALISM", "SOURCE", "VERDICTS",
    "cite", "for_page", "ink", "set_data", "use",
]  # fmt: skip

FOR_PAGES = "TWOLENSES_PAGES"
"""The environment variable that the book sets: charts are drawn for its pages."""

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

SOURCE = "source"
"""The id of a chart's source in its SVG."""

DARK_INK = "#111111"
"""Letters on a light colour; unlike black, which is light where a page is dark."""

FONTS = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
"""The pages' own, all narrower than DejaVu Sans, with which Matplotlib measures: nothing runs over."""

_STYLE: dict[Any, Any] = {
    "axes.edgecolor": NEUTRAL,
    "axes.facecolor": "none",
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
    "svg.fonttype": "none",
    "svg.hashsalt": "two-lenses",
}

_METADATA = {"Date": None}

_data: WeakKeyDictionary[Figure, pd.DataFrame] = WeakKeyDictionary()


def ink(colour: str) -> str:
    """White or dark: what is read more easily on a colour (relative luminance of WCAG 2).

    >>> ink(VERDICTS["supported"]), ink(VERDICTS["imprecise"])
    ('white', '#111111')
    """
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return DARK_INK if 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179 else "white"


def use() -> None:
    """Use the house style from here on, and SVG where a notebook shows the chart."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update(_STYLE)
    try:
        from IPython.core.interactiveshell import InteractiveShell
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ModuleNotFoundError:  # no notebook shows it: the task in a page runs without IPython
        return
    set_matplotlib_formats("svg", metadata=_METADATA)
    if os.environ.get(FOR_PAGES):
        shell: Any = InteractiveShell.instance()
        shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, for_page)


def cite(axes: Axes, text: str) -> None:
    """Print where the data come from under a chart."""
    axes.figure.supxlabel(f"Source: {text}", x=0.01, ha="left", fontsize=8.5, color=NEUTRAL, gid=SOURCE)


def set_data(figure: Figure, frame: pd.DataFrame) -> None:
    """The rows that a page gives beside a chart, where places in the drawing say too little of them."""
    _data[figure] = frame


def for_page(figure: Figure) -> str | None:
    """The SVG of a chart, which carries more for the page it stands on.

    Its ``<metadata id="two-lenses">`` holds JSON: `narrow`, the chart as SVG for a phone; `upright`, words that the
    phone has no room for; `source`; `title`; and `rows`, what is drawn, as CSV. None if the figure is empty.
    """
    from IPython.core.pylabtools import print_figure

    from twolenses.charts.narrow import narrow
    from twolenses.charts.rows import rows

    def drawn(figure: Figure, **how: Any) -> str:
        svg: str = print_figure(figure, fmt="svg", metadata=_METADATA, **how)
        return re.sub("'DejaVu Sans'[^;\"]*", FONTS, svg)

    if not figure.axes:
        return None
    wide = drawn(figure)
    phone, upright = narrow(figure)
    more = {
        "narrow": drawn(phone, bbox_inches=None),
        "upright": upright,
        "source": figure.get_supxlabel().removeprefix("Source: "),
        "title": figure.get_suptitle() or next(filter(None, (axes.get_title("left") for axes in figure.axes)), ""),
        "rows": (_data[figure] if figure in _data else rows(figure)).to_csv(index=False, float_format="%.10g"),
    }
    before, end, after = wide.rpartition("</svg>")
    return f'{before}<metadata id="two-lenses">{escape(json.dumps(more), quote=False)}</metadata>{end}{after}'
