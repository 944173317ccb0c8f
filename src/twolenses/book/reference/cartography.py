"""Drawing a map from outlines and points: projection, paths, markers, labels that do not overlap. No tiles, no service.

Coordinates are longitude and latitude in; out come SVG units, 360 across, drawn for a phone. A wider screen shows the
same drawing larger, with smaller letters (the style sheet's part), so what fits here fits there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from twolenses.errors import BookError

__all__ = ["Frame", "Label", "Labels", "Point", "Ring", "open_lines", "part_between"]

Point = tuple[float, float]
Ring = Sequence[Point]
Box = tuple[float, float, float, float]

AROUND = 4
"""How far nothing is written around a point."""

WIDTH, BEYOND = 360.0, 20.0
LETTER, LINE = 6.8, 14.0
"""Width of an average letter and height of a line, for a type of 12 units: a little generous."""

NEAR_AND_FAR = (7, 16, 28, 42)
"""How far from its point a label may stand."""


@dataclass(frozen=True)
class Frame:
    """What part of the world is drawn: equirectangular, true to scale on its middle latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Units to a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.shrink)

    @property
    def shrink(self) -> float:
        """Length of a degree of longitude in degrees of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """Units from top to bottom."""
        return (self.north - self.south) * self.scale

    def project(self, point: Point) -> Point:
        """Where a point lies in the drawing.

        >>> Frame(20, 42, 22, 43).project((21, 43))
        (180.0, 0.0)
        """
        lon, lat = point
        return ((lon - self.west) * self.shrink * self.scale, (self.north - lat) * self.scale)

    def holds(self, point: Point) -> bool:
        """Whether a point is drawn."""
        lon, lat = point
        return self.west < lon < self.east and self.south < lat < self.north

    def sees(self, ring: Ring) -> bool:
        """Whether the box around a ring reaches into the frame."""
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        return min(lons) < self.east and max(lons) > self.west and min(lats) < self.north and max(lats) > self.south

    def path(self, *lines: Ring, closed: bool = True) -> str:
        """The `d` of a path; points that fall on the one before are left out."""
        return "".join(self._line(line, closed) for line in lines if len(line) > 1)

    def _line(self, line: Ring, closed: bool) -> str:
        kept: list[Point] = []
        for point in map(self._near, map(self.project, line)):
            if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
                kept[-1] = point  # along an edge, out of sight
            elif not kept or math.dist(point, kept[-1]) > 0.5:
                kept.append(point)
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + ("Z" if closed else "")

    def _near(self, point: Point) -> Point:
        """A point far outside is moved to an edge just out of sight."""
        x, y = point
        return (min(max(x, -BEYOND), WIDTH + BEYOND), min(max(y, -BEYOND), self.height + BEYOND))

    def kilometres(self, length: float) -> float:
        """A length in kilometres in units."""
        return length / 111.2 * self.scale


def open_lines(ring: Ring, shared: set[Point]) -> Iterator[Ring]:
    """The parts of a ring that do not run along another one, whose points are `shared`.

    >>> list(open_lines([(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)], {(1, 0), (2, 0)}))
    [[(0, 0), (1, 0)], [(2, 0), (3, 0), (4, 0)]]
    """
    lines: list[list[Point]] = [[]]
    for first, second in pairwise(ring):
        if first in shared and second in shared:
            lines.append([])
        else:
            lines[-1] = [*(lines[-1] or [first]), second]
    # a single point between two shared ones is the same line, drawn with one point more
    return (line for line in lines if len(line) > 3 or (len(line) > 1 and not {line[0], line[-1]} <= shared))


def part_between(ring: Ring, ends: tuple[Point, Point], through: Point) -> tuple[Ring, Ring]:
    """A ring cut at its points nearest to the `ends`: the part that passes nearer to `through`, and the rest."""
    points = list(ring[:-1]) if ring[0] == ring[-1] else list(ring)
    first, last = sorted(_nearest(points, end) for end in ends)
    inner, outer = points[first : last + 1], [*points[last:], *points[: first + 1]]
    return (inner, outer) if _distance(inner, through) < _distance(outer, through) else (outer, inner)


def _nearest(points: Ring, to: Point) -> int:
    return min(range(len(points)), key=lambda index: math.dist(points[index], to))


def _distance(points: Ring, to: Point) -> float:
    return min(math.dist(point, to) for point in points)


# ── labels ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Label:
    """Words beside a point: the lines, where they are anchored, and the box they take."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    classes: str = ""
    anchor_point: Point | None = None
    """The point it names, where it stands too far off to be read with it; a thin line leads there."""

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        width = max(map(len, self.lines)) * LETTER
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return (left, self.y - 0.8 * LINE, left + width, self.y + (len(self.lines) - 0.8) * LINE)

    def svg(self) -> str:
        """The text element."""
        spans = "".join(
            f'<tspan x="{self.x:.1f}" dy="{"1.1em" if number else "0"}">{escape(line)}</tspan>'
            for number, line in enumerate(self.lines)
        )
        text = (
            f'<text class="{self.classes}" x="{self.x:.1f}" y="{self.y:.1f}" text-anchor="{self.anchor}">{spans}</text>'
        )
        return self._leader() + text

    @property
    def end(self) -> Point:
        """Where the line from the point meets the label."""
        left, top, right, bottom = self.box
        x, y = self.anchor_point or (self.x, self.y)
        return (
            min(max(x, left), right),
            (top + bottom) / 2 if not left <= x <= right else top if y < top else bottom,
        )

    def _leader(self) -> str:
        if self.anchor_point is None:
            return ""
        (x, y), (end_x, end_y) = self.anchor_point, self.end
        return f'<path class="tl-map-leader" d="M{x:.1f} {y:.1f}L{end_x:.1f} {end_y:.1f}"/>'


@dataclass
class Labels:
    """Finds each label a free place, in the order they come."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def keep_free(self, points: Iterable[Point]) -> None:
        """Nothing is written over these points, and no line to a label runs through them."""
        self.points += points
        self.taken += [(x - AROUND, y - AROUND, x + AROUND, y + AROUND) for x, y in self.points]

    def put(self, words: str, at: Point, classes: str = "") -> Label:
        """The first place that is free: right, left, above, below, then the corners, on one line or two, near or far.

        Raises
        ------
        BookError
            If there is none: the map holds too much.
        """
        for away in NEAR_AND_FAR:
            for lines in _broken(words):
                for label in _around(lines, at, classes, away):
                    if self._free(label.box) and self._clear(label):
                        self.taken.append(label.box)
                        return label
        raise BookError(f"No free place for the label {words!r}. Enlarge the map's frame, or draw fewer places.")

    def fix(self, label: Label) -> Label:
        """A label whose place is given."""
        self.taken.append(label.box)
        return label

    def _clear(self, label: Label) -> bool:
        if label.anchor_point is None:
            return True
        (x, y), (end_x, end_y) = label.anchor_point, label.end
        along = [(x + (end_x - x) * part / 10, y + (end_y - y) * part / 10) for part in range(11)]
        others = [point for point in self.points if point != label.anchor_point]
        return all(math.dist(point, other) > AROUND for point in along for other in others)

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = box
        inside = left >= 2 and top >= 2 and right <= self.width - 2 and bottom <= self.height - 2
        return inside and not any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in self.taken
        )


def _broken(words: str) -> list[tuple[str, ...]]:
    """On one line, and on two where there is a stroke or a space to break at."""
    ways: list[tuple[str, ...]] = [(words,)]
    if "/" in words:
        first, rest = words.split("/", 1)
        ways.append((f"{first}/", rest))
    elif " " in words:
        ways.append(tuple(words.rsplit(" ", 1)))
    return ways


def _around(lines: tuple[str, ...], at: Point, classes: str, away: float) -> Iterator[Label]:
    x, y = at
    anchor_point = None if away == NEAR_AND_FAR[0] else at
    middle = y + 0.3 * LINE - (len(lines) - 1) * LINE / 2
    above, below = y - away - (len(lines) - 1) * LINE, y + away + 0.8 * LINE
    yield Label(lines, x + away, middle, "start", classes, anchor_point)
    yield Label(lines, x - away, middle, "end", classes, anchor_point)
    for vertical in (above, below):
        yield Label(lines, x, vertical, "middle", classes, anchor_point)
    for vertical in (above, below):
        yield Label(lines, x + 2, vertical, "start", classes, anchor_point)
        yield Label(lines, x - 2, vertical, "end", classes, anchor_point)
