"""What a fact returns, and the register of all facts."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace

from twolenses.data import Cell
from twolenses.errors import FactError
from twolenses.register import Register, docstring, worked_out

__all__ = ["Fact", "Figure", "describe", "fact", "figure", "names"]

Number = int | float


@dataclass(frozen=True)
class Figure:
    """A number that remembers where it comes from.

    ``str(figure)`` is how it is printed everywhere: with its qualifier before it (*well over 4,500*), a range as
    a range (*500 to 650*), and a contested count with its owner (*48 by Pristina's count*).
    """

    value: Number | tuple[Number, Number]
    rows: tuple[Cell, ...] = ()
    qualifier: str = ""
    attribution: str = ""
    unit: str = ""
    digits: int = 0
    counted: bool = False

    @property
    def low(self) -> Number:
        """The value, or the lower end of a range."""
        return self.value[0] if isinstance(self.value, tuple) else self.value

    @property
    def high(self) -> Number:
        """The value, or the upper end of a range."""
        return self.value[1] if isinstance(self.value, tuple) else self.value

    @property
    def number(self) -> str:
        """The number as printed, without qualifier or attribution."""
        if isinstance(self.value, tuple):
            return f"{self._format(self.low)} to {self._format(self.high)}{self._unit}"
        return f"{self._format(self.value)}{self._unit}"

    def __str__(self) -> str:
        return " ".join(part for part in (self.qualifier, self.number, self.attribution) if part)

    def __float__(self) -> float:
        if isinstance(self.value, tuple):
            raise FactError(f"{self} is a range; a single number cannot stand for it. Use its low and high ends.")
        return float(self.value)

    def _format(self, value: Number) -> str:
        if self.unit == "year":
            return str(int(value))
        return f"{value:,.{self.digits}f}".replace("-", "−")

    @property
    def _unit(self) -> str:
        if self.counted or self.unit in ("", "year"):
            return ""
        return self.unit if self.unit == "%" else f"\N{NO-BREAK SPACE}{self.unit}"


@dataclass(frozen=True)
class Fact:
    """A named figure: the function that computes it and what its docstring says."""

    name: str
    compute: Callable[[], Figure]
    unit: str
    formula: str
    theme: str

    @property
    def title(self) -> str:
        """First paragraph of the docstring, on one line."""
        return docstring(self.compute)

    @property
    def doc(self) -> str:
        """The whole docstring: what it is, and what a reader must know."""
        return inspect.getdoc(self.compute) or ""


FACTS: Register[Fact] = Register("fact")


def fact(
    *, unit: str = "", counts: str = "", digits: int = 0, formula: str = ""
) -> Callable[[Callable[[], Figure]], Callable[[], Figure]]:
    """Register a function of no arguments as a fact under its own name.

    Parameters
    ----------
    unit
        Printed behind the number (``"%"``, ``"million euro"``); ``"year"`` prints a year as a year.
    counts
        For a count: what is counted. The sentence around the fact names it, so it is not printed.
    digits
        Decimal places when printed.
    formula
        How the number is made from its rows, where it is more than one cell.
    """

    def register(function: Callable[[], Figure]) -> Callable[[], Figure]:
        name = function.__name__

        def compute() -> Figure:
            return replace(function(), unit=unit or counts, digits=digits, counted=bool(counts))

        compute.__name__, compute.__doc__, compute.__module__ = name, function.__doc__, function.__module__
        theme = function.__module__.removeprefix("twolenses.facts.").partition(".")[0]
        FACTS.add(name, Fact(name, compute, unit or counts, formula, theme), function)
        return compute

    return register


def names() -> list[str]:
    """Names of all facts, by theme and in the order they are defined."""
    return list(FACTS.all())


def describe(name: str) -> Fact:
    """The fact of that name: title, unit, formula.

    Raises
    ------
    FactError
        If there is none; the sentence names the nearest.
    """
    return FACTS[name]


def figure(name: str) -> Figure:
    """The figure of the fact of that name, computed from the tables as they are now."""
    found: Figure = worked_out(describe(name).compute)
    return found
