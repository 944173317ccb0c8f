"""What can be seen in a chart: lines, dots, bars, bands and texts, whatever drew them.

Invisible and transparent artists are left out, and so are points beyond the limits of the axes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from twolenses.check.reading import canon, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Marks",
    "Places",
    "anchor",
    "bound_to",
    "called",
    "cut_off",
    "entries",
    "look_of",
    "marks_of",
    "places",
    "rules_of",
    "texts_of",
]

Floats = np.ndarray[Any, np.dtype[np.float64]]
NOTHING = np.empty((0, 2))


@dataclass(frozen=True)
class Marks:
    """One thing that was drawn.

    `points` are pairs (x, y); `path` is the line through them as it is seen, steps included; `spans` are rows (place,
    low, high) of bands, error bars and segments. `flat` marks run along the y axis.
    """

    kind: str
    label: str
    look: tuple[str, str, str]
    points: Floats = field(default_factory=lambda: NOTHING)
    path: Floats = field(default_factory=lambda: NOTHING)
    spans: Floats = field(default_factory=lambda: np.empty((0, 3)))
    bases: Floats = field(default_factory=lambda: np.empty(0))
    flat: bool = False


def marks_of(axes: Axes) -> list[Marks]:
    """Everything that is drawn and seen on the axes and on those that share its place."""
    found: list[Marks] = []
    for one in _twins(axes):
        found += [seen for marks in _all_marks(one) if (seen := _within_limits(one, marks)) is not None]
    return found


def cut_off(axes: Axes) -> bool:
    """Whether some of what is drawn lies beyond the limits of the axes, where nobody sees it."""
    for one in _twins(axes):
        for marks in _all_marks(one):
            seen = _within_limits(one, marks)
            if not len(marks.points) and not len(marks.spans):
                continue
            if seen is None or len(seen.points) < len(marks.points) or len(seen.spans) < len(marks.spans):
                return True
    return False


def _twins(axes: Axes) -> list[Any]:
    shared: Any = getattr(axes, "_twinned_axes", None)
    return list(shared.get_siblings(axes)) if shared else [axes]


def _all_marks(axes: Any) -> Iterator[Marks]:
    done: set[Any] = set()
    for box in axes.containers:
        kind = type(box).__name__
        if kind == "ErrorbarContainer":
            line, caps, bars = box.lines
            done |= {line, *caps, *bars}
            look = look_of(line) if line is not None else look_of(bars[0]) if bars else ("", "", "")
            if line is not None and _seen(line):
                yield _line(line, str(box.get_label()))
            for bar in filter(_seen, bars):
                yield from _segments(bar, str(box.get_label()), look)
        elif kind == "StemContainer":
            done |= {box.markerline, box.stemlines, box.baseline}
            yield _line(box.markerline, str(box.get_label()))
        elif kind == "BarContainer":
            done |= set(box.patches)
            yield from _bars(box.patches, str(box.get_label()), getattr(box, "orientation", "") == "horizontal")
    for line in axes.get_lines():
        if line not in done and _seen(line) and _in_data(axes, line):
            yield _line(line, str(line.get_label()))
    loose = []
    for patch in axes.patches:
        if patch in done or not _seen(patch):
            continue
        if type(patch).__name__ == "StepPatch":
            yield _stairs(patch)
        elif type(patch).__name__ == "Rectangle" and _in_data(axes, patch):
            loose.append(patch)
        elif type(patch).__name__ == "Polygon" and _in_data(axes, patch):
            corners = np.asarray(patch.get_xy(), dtype=float)
            yield Marks("band", str(patch.get_label()), look_of(patch), spans=_extent(corners))
    yield from _bars(loose, "", False)
    for patch in loose:
        ends = sorted((patch.get_x(), patch.get_x() + patch.get_width()))
        across = np.array([[patch.get_y() + patch.get_height() / 2, *ends]], dtype=float)
        yield Marks("spans", str(patch.get_label()), look_of(patch), spans=across, flat=True)
    for group in axes.collections:
        if group in done or not _seen(group):
            continue
        kind = type(group).__name__
        if kind == "PathCollection":
            yield from _dots(group)
        elif kind == "LineCollection" and _in_data(axes, group):
            yield from _segments(group, str(group.get_label()), look_of(group))
        elif "Poly" in kind and _in_data(axes, group):
            for path in group.get_paths():
                corners = np.asarray(path.vertices, dtype=float)
                yield Marks("band", str(group.get_label()), look_of(group), spans=_extent(corners))
                if len(np.unique(corners[:, 0])) == 2 and len(np.unique(corners[:, 1])) == 2:  # as broken_barh draws it
                    (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
                    across = np.array([[(low + high) / 2, left, right]])
                    yield Marks("spans", str(group.get_label()), look_of(group), spans=across, flat=True)


def _in_data(axes: Any, artist: Any) -> bool:
    """Whether it is drawn at places of both axes; a line across the whole chart is not."""
    if type(artist).__name__.endswith("Collection"):
        return bool(axes.transData in (artist.get_transform(), artist.get_offset_transform())) or all(
            artist.get_transform().contains_branch_seperately(axes.transData)
        )
    return all(artist.get_transform().contains_branch_seperately(axes.transData))


def _seen(artist: Any) -> bool:
    if artist is None or not artist.get_visible() or artist.get_alpha() == 0:
        return False
    if hasattr(artist, "get_marker"):  # a line
        drawn = artist.get_linestyle() not in ("None", "none", "", " ") and artist.get_linewidth() > 0
        return drawn or str(artist.get_marker()) not in ("None", "none", "", " ")
    return bool(look_of(artist)[0])


def look_of(artist: Any) -> tuple[str, str, str]:
    """Colour (none if transparent), marker and style of line, as a reader tells things apart."""
    from matplotlib.colors import to_hex, to_rgba_array

    def first(*names: str) -> str:
        for name in names:
            if not hasattr(artist, name):
                continue
            try:
                colours = to_rgba_array(getattr(artist, name)())
            except ValueError:
                continue
            if len(colours) and colours[0][3] > 0:
                return str(to_hex(colours[0][:3]))
        return ""

    if hasattr(artist, "get_marker"):
        bare = artist.get_linestyle() in ("None", "none", "", " ")
        colour = first("get_markerfacecolor", "get_markeredgecolor") if bare else first("get_color")
        marker = str(artist.get_marker())
        return colour, "" if marker in ("None", "none", " ") else marker, "" if bare else str(artist.get_linestyle())
    return first("get_facecolor", "get_edgecolor", "get_color"), "", ""


def _line(line: Any, label: str) -> Marks:
    from matplotlib.cbook import STEP_LOOKUP_MAP

    x, y = (
        np.atleast_1d(np.asarray(one, dtype=float)) for one in (line.get_xdata(orig=False), line.get_ydata(orig=False))
    )
    points = np.column_stack([x, y])
    known = ~np.isnan(points).any(axis=1)
    style = line.get_drawstyle()
    bare = not look_of(line)[2]
    path = points[known]
    if style != "default" and len(path):
        path = np.column_stack(STEP_LOOKUP_MAP[style](*path.T))
    return Marks("dots" if bare else "line", label, look_of(line), points[known], NOTHING if bare else path)


def _stairs(patch: Any) -> Marks:
    values, edges, _ = patch.get_data()
    path = np.column_stack([np.repeat(edges, 2)[1:-1], np.repeat(values, 2)])
    return Marks("line", str(patch.get_label()), look_of(patch), np.column_stack([edges[:-1], values]), path)


def _bars(patches: Iterable[Any], label: str, flat: bool) -> Iterator[Marks]:
    """Bars of one colour are one thing."""
    groups: dict[tuple[tuple[str, str, str], str], list[Any]] = {}
    for bar in filter(_seen, patches):
        own = str(bar.get_label())
        groups.setdefault((look_of(bar), label if label and not label.startswith("_") else own), []).append(bar)
    for (look, called), bars in groups.items():
        if flat:
            points = [(bar.get_width(), bar.get_y() + bar.get_height() / 2) for bar in bars]
            bases = [bar.get_x() for bar in bars]
        else:
            points = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars]
            bases = [bar.get_y() for bar in bars]
        yield Marks("bars", called, look, np.array(points, dtype=float), bases=np.array(bases, dtype=float), flat=flat)


def _dots(group: Any) -> Iterator[Marks]:
    from matplotlib.colors import to_hex

    points: Floats = np.ma.filled(np.ma.asarray(group.get_offsets(), dtype=float), np.nan)
    faces, edges = np.atleast_2d(group.get_facecolors()), np.atleast_2d(group.get_edgecolors())
    colours = faces if faces.size and (faces[:, 3] > 0).any() else edges
    if not colours.size or not len(points):
        return
    of = [to_hex(colours[n % len(colours)][:3]) if colours[n % len(colours)][3] > 0 else "" for n in range(len(points))]
    for colour in dict.fromkeys(filter(None, of)):
        mine = points[[one == colour for one in of]]
        yield Marks("dots", str(group.get_label()), (colour, "", ""), mine[~np.isnan(mine).any(axis=1)])


def _segments(group: Any, label: str, look: tuple[str, str, str]) -> Iterator[Marks]:
    upright, level = [], []
    for segment in group.get_segments():
        corners = np.asarray(segment, dtype=float)
        if len(corners) < 2 or np.isnan(corners).any():
            continue
        (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
        if left == right:
            upright.append((left, low, high))
        elif low == high:
            level.append((low, left, right))
    if upright:
        yield Marks("spans", label, look, spans=np.array(upright))
    if level:
        pieces = [[(left, at), (right, at), (np.nan, np.nan)] for at, left, right in level]
        yield Marks("spans", label, look, spans=np.array(level), path=np.array(pieces).reshape(-1, 2), flat=True)


def _extent(corners: Floats) -> Floats:
    """Lowest and highest edge of a band at each of its places."""
    corners = corners[~np.isnan(corners).any(axis=1)]
    rows = [(at, *corners[corners[:, 0] == at][:, 1][[0, 0]]) for at in np.unique(corners[:, 0])]
    for n, (at, *_) in enumerate(rows):
        here = corners[corners[:, 0] == at][:, 1]
        rows[n] = (at, here.min(), here.max())
    return np.array(rows, dtype=float).reshape(-1, 3)


def _within_limits(axes: Any, marks: Marks) -> Marks | None:
    """The part that the limits of the axes let a reader see; None where that is nothing."""
    across, up = sorted(axes.get_xlim()), sorted(axes.get_ylim())

    def inside(values: Floats, limits: Sequence[float]) -> Any:
        slack = 1e-6 * (limits[1] - limits[0])
        return (values >= limits[0] - slack) & (values <= limits[1] + slack)

    if len(marks.points):
        ends = marks.points.copy()
        if len(marks.bases):
            ends[:, 0 if marks.flat else 1] += marks.bases
        keep = inside(ends[:, 0], across) & inside(ends[:, 1], up)
        bases = marks.bases[keep] if len(marks.bases) else marks.bases
        marks = Marks(
            marks.kind, marks.label, marks.look, marks.points[keep], marks.path, marks.spans, bases, marks.flat
        )
    if len(marks.spans):
        along, over = (up, across) if marks.flat else (across, up)
        keep = inside(marks.spans[:, 0], along) & inside(marks.spans[:, 1], over) & inside(marks.spans[:, 2], over)
        marks = Marks(
            marks.kind, marks.label, marks.look, marks.points, marks.path, marks.spans[keep], marks.bases, marks.flat
        )
    return marks if len(marks.points) or len(marks.spans) or len(marks.path) else None


# ── where things stand along an axis ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Places:
    """Where the labels of a key stand along an axis, and how far from there a mark may stand."""

    at: Floats
    slack: float
    years: bool = False
    axis: Any = None

    def read(self, drawn: Floats) -> Floats:
        """Drawn places in the unit of `at`."""
        return np.array([_when(self.axis, one).year for one in drawn], dtype=float) if self.years else drawn

    def nearest(self, drawn: Floats, share: float = 1.0) -> np.ndarray[Any, np.dtype[np.int64]]:
        """For each drawn place the row of the key that stands there, or -1."""
        if not len(drawn) or not len(self.at):
            return np.full(len(drawn), -1)
        far = np.abs(self.read(drawn)[:, None] - self.at[None, :])
        row = far.argmin(axis=1)
        return np.where(far[np.arange(len(drawn)), row] <= self.slack * share + 1e-9, row, -1)


def places(axis: Any, labels: pd.Index) -> Places | None:
    """Where labels stand: numbers, days and years as such, words by the texts beside the ticks. None: they do not."""
    plain = [canon(one) for one in labels]
    dates = _shows_dates(axis)
    if texts := {} if dates else _tick_texts(axis):
        wanted = [f"{one:g}" if isinstance(one, float) else str(one) for one in plain]
        if all(one in texts for one in wanted):
            return _spaced(np.array([texts[one] for one in wanted]), axis)
    if all(isinstance(one, float) for one in plain):
        numbers = np.array(plain, dtype=float)
        if dates:
            return Places(numbers, 0.25, years=True, axis=axis)
        return _spaced(numbers, axis)
    if dates and not isinstance(labels, pd.MultiIndex):
        try:
            days = pd.to_datetime(pd.Index([str(one) for one in plain]), format="ISO8601")
        except (ValueError, TypeError):
            return None
        return _spaced(np.array([_position(axis, day) for day in days]), axis)
    return None


def _spaced(at: Floats, axis: Any) -> Places:
    gaps = np.diff(np.unique(at))
    return Places(at, 0.45 * float(gaps.min()) if len(gaps) else 0.45, axis=axis)


def _tick_texts(axis: Any) -> dict[str, float]:
    """Text beside a tick to its place, where somebody chose the texts."""
    if type(axis.get_major_formatter()).__name__ not in ("FixedFormatter", "StrCategoryFormatter", "FuncFormatter"):
        return {}
    found: dict[str, float] = {}
    for tick in axis.get_ticklabels():
        text = tick.get_text()
        at = float(tick.get_position()[1 if axis.axis_name == "y" else 0])
        if text.strip():
            plain = canon(text)
            try:
                plain = f"{float(text):g}"
            except ValueError:
                plain = plain if isinstance(plain, str) else word(text)
            found.setdefault(str(plain), at)
    return found


def _converter(axis: Any) -> str:
    found = axis.get_converter() if hasattr(axis, "get_converter") else axis.converter
    return type(found).__name__


def _shows_dates(axis: Any) -> bool:
    return "Date" in _converter(axis) or "Period" in _converter(axis)


def _when(axis: Any, at: float) -> pd.Timestamp:
    from matplotlib import dates as mdates

    if "Period" in _converter(axis):
        return pd.Period(ordinal=int(at), freq=axis.freq).to_timestamp()
    return pd.Timestamp(mdates.num2date(at)).tz_localize(None)


def _position(axis: Any, day: pd.Timestamp) -> float:
    from matplotlib import dates as mdates

    if "Period" in _converter(axis):
        return float(day.to_period(axis.freq).ordinal)
    return float(mdates.date2num(day))


# ── which marks a label speaks of ────────────────────────────────────────────────────────────────────


def entries(axes: Axes) -> list[tuple[str, Any]]:
    """The entries of every legend: its text, and the sample beside it."""
    figure: Any = axes.figure
    boxes = [one.get_legend() for one in _twins(axes)] + [*figure.legends]
    boxes += [one for one in axes.get_children() if type(one).__name__ == "Legend"]
    return [
        (text.get_text(), handle)
        for box in dict.fromkeys(filter(None, boxes))
        if box.get_visible()
        for text, handle in zip(box.get_texts(), box.legend_handles, strict=False)
    ]


def texts_of(axes: Axes) -> list[Any]:
    """Texts written into the chart."""
    return [text for one in _twins(axes) for text in one.texts if text.get_visible() and text.get_text().strip()]


def bound_to(axes: Axes, marks: list[Marks], labels: Sequence[Sequence[str]]) -> list[list[Marks]]:
    """For each label (each with its spellings) the marks that a reader takes to be of it; empty if none is."""
    known = [(word(text), handle) for text, handle in entries(axes)]
    written = [(word(text.get_text()), text) for text in texts_of(axes)]
    looks = [look_of(handle) for _, handle in known]
    found = []
    for number, spellings in enumerate(labels):
        others = [word(one) for n, other in enumerate(labels) if n != number for one in other]
        mine: list[Marks] = []
        beside = called([word(one) for one in spellings], others, written)
        for handle in called([word(one) for one in spellings], others, known):
            if beside and looks.count(look_of(handle)) > 1:  # the legend does not tell them apart, the texts do
                continue
            mine += _of_entry(handle, marks, spellings)
        mine += _of_marker({one.look[1] for one in mine} - {""}, marks, {look_of(one)[0] for _, one in known})
        if not mine:
            for text in beside:
                mine += _beside(axes, text, marks)
        found.append(list({id(one): one for one in mine}.values()))
    return found


def called(spellings: list[str], others: list[str], known: list[tuple[str, Any]]) -> list[Any]:
    """What carries one of the spellings, and no longer label that holds it."""
    exact = [thing for text, thing in known if text in spellings]
    if exact:
        return exact
    longer = [other for other in others if any(one in other and one != other for one in spellings)]
    return [
        thing
        for text, thing in known
        if any(one in text for one in spellings if one) and not any(other in text for other in longer)
    ]


def _of_entry(handle: Any, marks: list[Marks], spellings: Sequence[str]) -> list[Marks]:
    """Marks that look like the sample of a legend entry; where looks do not tell, those that carry the label."""
    alike = _alike(look_of(handle), marks)
    named = [one for one in alike if word(one.label) in [word(s) for s in spellings]]
    strangers = [one for one in alike if one.label and not one.label.startswith("_") and one not in named]
    if named and strangers:
        return named
    return alike


def _of_marker(markers: set[str], marks: list[Marks], taken: set[str]) -> list[Marks]:
    """Marks of an entry's one marker in a colour that no entry has: the colour tells something else there."""
    return [one for one in marks if {one.look[1]} == markers and one.look[0] not in taken]


def _alike(look: tuple[str, str, str], marks: list[Marks]) -> list[Marks]:
    """Marks of that colour; of that marker and style of line too, where several are seen in it."""
    alike = [one for one in marks if one.look[0] == look[0]]
    for part in (1, 2):
        same = [one for one in alike if one.look[part] == look[part]]
        styles = {one.look[part] for one in alike if one.kind in ("line", "dots") and one.look[part]}
        if len(styles) > 1 and same:
            alike = same
    return alike


def _beside(axes: Any, text: Any, marks: list[Marks]) -> list[Marks]:
    """Marks of the text's own colour, else those that look like the one nearest to it."""
    from matplotlib import rcParams
    from matplotlib.colors import to_hex

    colour = str(to_hex(text.get_color()))
    own = [one for one in marks if one.look[0] == colour]
    chosen = colour != to_hex(rcParams["text.color"])  # the colour that every text has says nothing
    if chosen and own and len({one.look[0] for one in marks}) > 1:
        return own
    where = anchor(axes, text)
    near = [(_distance(axes, where, one), n) for n, one in enumerate(marks)]
    if not near:
        return []
    nearest = marks[min(near)[1]]
    alike = _alike(nearest.look, marks) if nearest.look[0] else [nearest]
    lines = [one for one in alike if len(one.path)]
    return alike if len(lines) < 2 else [one for one in alike if _shares(one, nearest)]


def _shares(one: Marks, other: Marks) -> bool:
    """Whether it is drawn through the same points, as the dots on a line are."""
    mine, theirs = ({tuple(point) for point in marks.points.round(9).tolist()} for marks in (one, other))
    return one is other or bool(mine & theirs)


def anchor(axes: Any, text: Any) -> Floats:
    """Where a text points to, in pixels."""
    if hasattr(text, "xy") and getattr(text, "xycoords", "data") == "data":
        x, y = text.xy
        return np.asarray(axes.transData.transform((axes.convert_xunits(x), axes.convert_yunits(y))), dtype=float)
    x, y = text.get_unitless_position()
    return np.asarray(text.get_transform().transform((x, y)), dtype=float)


def _distance(axes: Any, where: Floats, marks: Marks) -> float:
    corners = [marks.points, marks.path[~np.isnan(marks.path).any(axis=1)] if len(marks.path) else NOTHING]
    for at, low, high in marks.spans:
        corners.append(np.array([(low, at), (high, at)] if marks.flat else [(at, low), (at, high)]))
    every = np.vstack(corners)
    if not len(every):
        return float("inf")
    pixels = axes.transData.transform(every)
    if len(marks.path) > 1:
        steps = np.linspace(0, 1, 9)[:, None, None]
        pixels = np.vstack([pixels, (pixels[:-1] * (1 - steps) + pixels[1:] * steps).reshape(-1, 2)])
    return float(np.hypot(*(pixels - where).T).min())


def rules_of(axes: Axes) -> list[tuple[float, tuple[str, str, str]]]:
    """Places along x at which something upright stands (a line, a span, an arrow), with its look."""
    found: list[tuple[float, tuple[str, str, str]]] = []
    for one in _twins(axes):
        for line in filter(_seen, one.get_lines()):
            x = np.asarray(line.get_xdata(orig=False), dtype=float)
            if len(x) and np.ptp(x) == 0:
                found.append((float(x[0]), look_of(line)))
        for group in filter(_seen, one.collections):
            if type(group).__name__ == "LineCollection":
                for segment in group.get_segments():
                    if len(segment) and np.ptp(np.asarray(segment)[:, 0]) == 0:
                        found.append((float(segment[0][0]), look_of(group)))
            elif type(group).__name__ == "PathCollection":
                found += [(float(x), look_of(group)) for x, _ in np.ma.filled(group.get_offsets(), np.nan)]
        for patch in filter(_seen, one.patches):
            if type(patch).__name__ in ("Rectangle", "Polygon"):
                box = patch.get_extents().transformed(one.transData.inverted())
                found += [(float(box.x0), look_of(patch)), (float(box.x1), look_of(patch))]
        for text in one.texts:
            if hasattr(text, "xy") and text.get_visible():
                found.append((float(one.transData.inverted().transform(anchor(one, text))[0]), ("", "", "")))
    return found
