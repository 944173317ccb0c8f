"""A chart drawn again for a phone: panels one below the other, lines of text broken, nothing smaller than 11 px.

The chart's own code draws it once; its figure is copied, and the copy is laid out anew at the width of a phone's page.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation, Text
from matplotlib.ticker import MaxNLocator

from twolenses.errors import ChartError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["SMALLEST", "WIDE", "WIDTH", "narrow"]

WIDTH = 3.25
"""Inches: the 312 px that a chart has on a phone of 360 px."""

SMALLEST = 8.5
"""Points, 11.3 px: no text is smaller."""

LEAST, MOST = 1.7, 2.6
"""Inches that a panel is high at least and at most; one whose rows are categories keeps its own height."""

WIDE = "wide"
"""The gid of what is left out on a phone."""

LABELS = 1.15
"""Inches that the names of categories may take beside a panel."""

LINE = 0.19
"""Inches that a line of text takes."""


def narrow(figure: Figure) -> tuple[Figure, list[str]]:
    """A copy of the figure, as wide as a phone's page; the figure itself stays as it is.

    Returns
    -------
    Figure
        The copy. It has no source: the page says it below the picture.
    list of str
        Words that run upwards beside lines, from left to right. A phone has no room for them in the picture.
    """
    copy = _copied(figure)
    copy.supxlabel("")
    for artist in copy.findobj(lambda artist: artist.get_gid() == WIDE):
        artist.remove()
    upright = sorted((text for axes in copy.axes for text in axes.texts if text.get_rotation() == 90), key=_across)
    for text in upright:
        text.remove()
    copy.set_layout_engine("constrained", h_pad=0.05, w_pad=0.03)
    panels = list(copy.axes)
    heights = [_height(axes, figure) for axes in panels]
    for artist in copy.findobj(Text):
        artist.set_fontsize(max(float(artist.get_fontsize()), SMALLEST))
    names = [_break_names(axes) for axes in panels]
    heights = [max(height, LINE * lines) for height, lines in zip(heights, names, strict=True)]
    if len(panels) > 1:
        _stack(copy, panels, heights)
    lines = sum(_break_titles(axes) for axes in panels) + _break_title(copy) + _legend_below(copy, panels)
    copy.set_size_inches(WIDTH, sum(heights) + 0.55 * len(panels) + LINE * lines)
    for settle in (_thin, _begin_at_the_left):
        copy.draw_without_rendering()
        for axes in panels:
            settle(axes)
    copy.draw_without_rendering()
    copy.set_layout_engine("none")
    for axes in panels:
        _begin_at_the_left(axes)
        _part(axes)
    return copy, [" ".join(text.get_text().split()) for text in upright]


def _across(text: Any) -> float:
    return float(text.axes.convert_xunits(text.get_position()[0]))


def _copied(figure: Figure) -> Figure:
    """A copy that pyplot knows nothing of."""
    manager, figure.canvas.manager = figure.canvas.manager, None
    try:
        copy: Figure = pickle.loads(pickle.dumps(figure))
    except (AttributeError, TypeError, pickle.PicklingError) as error:
        raise ChartError(
            f"The chart cannot be drawn again for a phone: {error}. A label placed by a function is one cause, as by "
            "bar_label(label_type='center'): place it with text()."
        ) from error
    finally:
        figure.canvas.manager = manager
    FigureCanvasAgg(copy)
    return copy


def _height(axes: Axes, figure: Figure) -> float:
    own = float(axes.get_position().height * figure.get_figheight())
    return own if _names(axes) else min(max(own, LEAST), MOST)


def _stack(figure: Figure, panels: list[Axes], heights: list[float]) -> None:
    """One panel below the other, each with its own scale written beside it."""
    grid = figure.add_gridspec(len(panels), 1, height_ratios=heights)
    for row, axes in enumerate(panels):
        axes.set_subplotspec(grid[row, 0])
        axes.tick_params(labelleft=True)
        axes.yaxis.label.set_visible(True)
    for which in ("x", "y"):
        for axes in panels:
            shared = getattr(axes, f"get_shared_{which}_axes")().get_siblings(axes)
            said = {getattr(one, f"get_{which}label")() for one in shared} - {""}
            if which == "y" and len(shared) > 1 and len(said) == 1:
                axes.set_ylabel(next(iter(said)))


def _break_titles(axes: Axes) -> int:
    """Break what stands over a panel and beside it; returns the lines that this takes more."""
    title = axes._left_title  # type: ignore[attr-defined]  # there is no public way to it
    more = _broken(title, WIDTH - 0.1) + _broken(axes.xaxis.label, WIDTH - 0.7)
    _broken(axes.yaxis.label, LEAST)
    return more


def _begin_at_the_left(axes: Axes) -> None:
    """Let a panel's title begin where the picture begins."""
    place, title = axes.get_position(), axes._left_title  # type: ignore[attr-defined]
    axes.set_title(
        title.get_text(), loc="left", x=(0.015 - place.x0) / place.width, pad=6, fontsize=title.get_fontsize()
    )


def _names(axes: Axes) -> list[Any]:
    """The labels of an axis of categories that runs upwards."""
    if type(axes.yaxis.get_major_formatter()).__name__ not in (
        "FixedFormatter",
        "StrCategoryFormatter",
        "FuncFormatter",
    ):
        return []
    labels = [label for label in axes.get_yticklabels() if label.get_text()]
    return labels if any(any(letter.isalpha() for letter in label.get_text()) for label in labels) else []


def _break_names(axes: Axes) -> int:
    """Break the names of categories, and begin them all at one place: no font moves them away from it.

    Returns
    -------
    int
        The lines that all rows take if each is as high as the highest; 0 if the axis has no names.
    """
    labels = _names(axes)
    if not labels:
        return 0
    found = {label.get_text(): _lines(label.get_text().replace("\n", " "), LABELS, label) for label in labels}
    everything = [label.get_text() for label in axes.get_yticklabels()]
    axes.set_yticks(axes.get_yticks(), ["\n".join(found.get(text, [""])) for text in everything])
    width = max(_width(line, labels[0]) for lines in found.values() for line in lines)
    axes.tick_params(axis="y", pad=width * 72 + 3, length=0)
    for label in axes.get_yticklabels():
        label.set(ha="left", multialignment="left", fontsize=labels[0].get_fontsize())
    return len(found) * max(1 + len(lines) for lines in found.values())


def _break_title(figure: Figure) -> int:
    """Break the figure's own title; returns its lines."""
    title = figure._suptitle  # type: ignore[attr-defined]
    return 1 + _broken(title, WIDTH - 0.1) if title is not None else 0


def _legend_below(figure: Figure, panels: Iterable[Axes]) -> int:
    """What the legends say in one legend below the panels, in as many columns as fit; returns the lines it takes."""
    legends = [legend for axes in panels if (legend := axes.get_legend()) is not None]
    if not legends:
        return 0
    entries: dict[str, Any] = {}
    for legend in legends:
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
            entries.setdefault(text.get_text(), handle)
    like, title = legends[0].get_texts()[0], legends[0].get_title().get_text()
    widest = max(_width(text, like) for text in entries) + 0.45
    columns = max(1, min(len(entries), int((WIDTH - 0.1) / widest)))
    size = max(float(like.get_fontsize()), SMALLEST)
    for legend in legends:
        legend.remove()
    figure.legend(
        list(entries.values()), list(entries), title=title or None, loc="outside lower left", ncols=columns,
        frameon=False, fontsize=size, title_fontsize=size, alignment="left", borderpad=0.1, borderaxespad=0.2,
        handlelength=1.6, columnspacing=1,
    )  # fmt: skip
    return -(-len(entries) // columns) + (1 if title else 0)


BESIDE = (
    ((0, 6), "center", "bottom"),
    ((0, -6), "center", "top"),
    ((7, 0), "left", "center"),
    ((-7, 0), "right", "center"),
)
"""Where a word may stand beside its dot: above, below, right, left."""


def _part(axes: Axes) -> None:
    """Move words beside dots to another side where they would stand on other words or run out of the picture."""
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    taken: list[Any] = []
    whole = axes.figure.bbox

    def fits(text: Any) -> bool:
        box = text.get_window_extent(renderer)
        return box.x0 >= whole.x0 and box.x1 <= whole.x1 and not any(box.overlaps(other) for other in taken)

    text: Any
    for text in filter(Text.get_text, axes.texts):
        if _is_beside_a_dot(text) and not fits(text):
            own = (text.xyann, text.get_horizontalalignment(), text.get_verticalalignment())
            for offset, across, up in (*BESIDE, own):
                text.xyann = offset
                text.set(ha=across, va=up)
                if fits(text):
                    break
        taken.append(text.get_window_extent(renderer))


def _is_beside_a_dot(text: Any) -> bool:
    return isinstance(text, Annotation) and text.anncoords == "offset points" and text.arrow_patch is None


def _thin(axes: Axes) -> None:
    """Leave out labels of the x axis that would touch each other; whole numbers stay whole."""
    locator = axes.xaxis.get_major_locator()
    if isinstance(locator, MaxNLocator) and min(axes.get_xlim()) > 1000:  # years
        locator.set_params(integer=True)
    if type(axes.xaxis.get_major_formatter()).__name__ == "StrCategoryFormatter":
        return
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    low, high = sorted(axes.get_xlim())
    shown = [
        (at, label.get_text(), label.get_window_extent(renderer))
        for at, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=False)
        if low <= at <= high and label.get_text() and label.get_visible()
    ]
    step = 1
    while any(two.x0 - one.x1 < 5 for (*_, one), (*_, two) in zip(shown[::step], shown[step::step], strict=False)):
        step += 1
    if step > 1:
        kept = shown[::step]
        axes.set_xticks([at for at, *_ in kept], [text for _, text, _ in kept])
        axes.minorticks_off()


def _broken(text: Any, inches: float) -> int:
    """Break a text; returns the lines it has more than before."""
    before = text.get_text()
    if not before:
        return 0
    found = _lines(before.replace("\n", " "), inches, text)
    text.set_text("\n".join(found))
    return len(found) - 1


def _lines(words: str, inches: float, like: Any) -> list[str]:
    """Words in lines no wider than so many inches, in the font of another text."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _width(longer, like) <= inches:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(words: str, like: Any) -> float:
    """Inches that words take in the font of a text."""
    figure = like.figure
    pixels, _, _ = figure.canvas.get_renderer().get_text_width_height_descent(words, like.get_fontproperties(), False)
    return float(pixels / figure.dpi)
