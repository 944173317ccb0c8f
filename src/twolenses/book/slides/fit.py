"""How high a piece is on a slide of 1280 × 720, and which pieces share one. Heights are pixels, by counting characters.

The widths are those of DejaVu Sans, which is wider than what most machines have, so that what fits here fits there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from twolenses.book.slides.sentences import words

__all__ = [
    "CELL_ROOM",
    "COLUMN",
    "FEW",
    "LARGE_COLUMN",
    "ROOM",
    "SHORT",
    "SMALL",
    "WIDE",
    "Line",
    "packed",
    "rows",
    "text",
]

T = TypeVar("T")

ROOM = 545.0
"""What is left below the heading."""

CELL_ROOM = 440.0
"""What is left for a cell of a pair of lenses."""

SHORT = 330.0
"""A section whose paragraphs stay below this shows more than a sentence of each."""

FEW = 250.0
"""Text of this height, or less, is set in larger letters."""

GAP = 14.0
"""Between two paragraphs."""

CHARACTER = 0.56
"""The width of a character, by the size of its letters."""


class Line:
    """A measure of text: the size of its letters, and the width of its lines."""

    def __init__(self, size: float, width: float) -> None:  # noqa: D107
        self.size, self.characters = size, width / (size * CHARACTER)

    def height(self, length: int) -> float:
        """The height of so many characters."""
        return max(1, math.ceil(length / self.characters)) * self.size * 1.35 + GAP


WIDE, COLUMN, LARGE_COLUMN, SMALL = Line(28, 1120), Line(26, 550), Line(32, 550), Line(24, 1120)

CELL = 25.0
"""The size of the letters in a table."""


def text(node: Any, line: Line = WIDE) -> float:
    """The height of an element with text."""
    return line.height(len(words(node)))


def rows(table: Any) -> list[float]:
    """The height of each row of a table. A column gets its width by what it holds, as browsers do it."""
    cells = [[words(cell) for cell in row] for row in table.iter("tr")]
    columns = max(map(len, cells), default=1)
    longest = [max((len(row[number]) for row in cells if number < len(row)), default=1) for number in range(columns)]
    least = [
        max((len(word) for row in cells if number < len(row) for word in row[number].split()), default=1)
        for number in range(columns)
    ]
    whole = (1150 - columns * 24) / (CELL * CHARACTER)
    shares = [
        max(one, whole * math.sqrt(want) / sum(map(math.sqrt, longest)))
        for one, want in zip(least, longest, strict=True)
    ]
    return [
        max(math.ceil(len(cell) / share) for cell, share in zip(row, shares, strict=False)) * CELL * 1.3 + GAP
        for row in cells
    ]


def packed(pieces: Sequence[T], height: Callable[[T], float], room: float = ROOM) -> list[list[T]]:
    """Pieces in their order on as few slides as hold them, each about as full as the others.

    >>> packed([200, 200, 200, 200], float)
    [[200, 200], [200, 200]]
    >>> packed([200, 100, 100, 100, 100], float)
    [[200, 100], [100, 100, 100]]
    """
    fewest = len(_greedy(pieces, height, room))
    total = sum(map(height, pieces))
    for share in range(20):
        even = _greedy(pieces, height, total / max(1, fewest) + (room - total / max(1, fewest)) * share / 20)
        if len(even) == fewest:
            return even
    return _greedy(pieces, height, room)


def _greedy(pieces: Sequence[T], height: Callable[[T], float], room: float) -> list[list[T]]:
    slides: list[list[T]] = []
    left = 0.0
    for piece in pieces:
        if not slides or height(piece) > left:
            slides.append([])
            left = room
        slides[-1].append(piece)
        left -= height(piece)
    return slides
