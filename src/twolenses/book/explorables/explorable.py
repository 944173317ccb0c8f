"""What an explorable is made of: something to move, a picture and a table that move with it, and a prediction first.

The numbers come from `twolenses.models` and from facts. A page's script works them out anew while a reader moves; it
has no words of its own, and `tests/book/explorables.json` holds it to what is said here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "Control",
    "Explorable",
    "Parts",
    "Prediction",
    "Settings",
    "View",
    "begun",
    "fixed",
    "part",
    "place",
    "text",
]

Settings = Mapping[str, int]
"""The value of every control, by its name."""

Parts = dict[str, dict[str, float | str]]
"""What changes in a picture: the attributes of each part by its name; the attribute ``text`` is what a text says."""


@dataclass(frozen=True)
class Control:
    """Something to move, in whole steps from `low` to `high`.

    It shows the option at that place where it has `options`, otherwise the value divided by `divide`. With `slider`
    it is drawn as one, without as a list to choose from.
    """

    name: str
    label: str
    low: int
    high: int
    start: int
    divide: int = 1
    digits: int = 0
    options: tuple[str, ...] = ()
    slider: bool = True

    def shown(self, value: int) -> str:
        """What a reader reads for a value.

        >>> Control("p", "Chance", 0, 100, 50, divide=100, digits=2).shown(65)
        '0.65'
        """
        return self.options[value] if self.options else fixed(value / self.divide, self.digits)


@dataclass(frozen=True)
class Prediction:
    """A question before anything is moved.

    `key` is the place of the option that the model or the table bears out, `then` what the controls are set to when the
    reader asks for it, and `answer` says what comes out and why.
    """

    question: str
    options: tuple[str, ...]
    key: int
    then: Settings
    answer: str


@dataclass(frozen=True)
class View:
    """What is seen at some settings: the moving parts of the picture, the rows of the table, and a sentence."""

    parts: Parts
    rows: list[list[str]]
    says: str


@dataclass(frozen=True)
class Explorable:
    """Something to play with on a page.

    `look` gives the view at some settings, `draw` the picture with its parts as a view has them, as the inside of an
    ``<svg>`` of `size`. `data` and `words` are what the script computes and speaks with; `facts` are the figures that
    the page's list of numbers is to explain. The last `quiet` columns of the table are details: when they change, the
    script does not say so.
    """

    name: str
    title: str
    lead: str
    controls: tuple[Control, ...]
    heads: tuple[str, ...]
    look: Callable[[Settings], View]
    draw: Callable[[Parts], str]
    size: tuple[int, int]
    prediction: Prediction
    source: str
    words: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    quiet: int = 0

    @property
    def start(self) -> dict[str, int]:
        """The settings that a reader finds."""
        return begun(self.controls)


def begun(controls: Iterable[Control]) -> dict[str, int]:
    """Every control where a reader finds it."""
    return {control.name: control.start for control in controls}


# ── Numbers and drawing, as the script has them ──────────────────────────────────────────────────────


def fixed(value: float, digits: int) -> str:
    """A number with so many digits; halves are rounded up, as in the script, and a minus is a minus.

    >>> fixed(0.125, 2), fixed(-0.3, 1), fixed(8350, 0)
    ('0.13', '−0.3', '8,350')
    """
    scale = 10**digits
    return f"{math.floor(value * scale + 0.5) / scale:,.{digits}f}".replace("-", "−")


def place(value: float) -> float:
    """A coordinate, to a tenth of a unit."""
    return math.floor(value * 10 + 0.5) / 10


def part(tag: str, name: str, parts: Parts, **fixed_attributes: object) -> str:
    """A part of a picture that moves, as SVG: its own attributes, and those that a view gives it.

    >>> part("rect", "bar", {"bar": {"width": 12.0}}, height=8)
    '<rect data-part="bar" height="8" width="12"></rect>'
    """
    found = dict(parts[name])
    inside = found.pop("text", "")
    attributes = "".join(
        f' {key.replace("_", "-")}="{_written(value)}"' for key, value in {**fixed_attributes, **found}.items()
    )
    return f'<{tag} data-part="{name}"{attributes}>{inside}</{tag}>'


def text(words: str, x: float, y: float, anchor: str = "start", classes: str = "") -> str:
    """Words in a picture that stay."""
    named = f' class="{classes}"' if classes else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{named}>{words}</text>'


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
