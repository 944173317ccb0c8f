"""Where a number comes from: a fact, a cell of a table, or a small named computation on two of them.

A question that stands by itself names a fact. Cells and computations are for questions that vary, where a fact for
every variant would be a list of names that nobody reads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from twolenses import data, facts, mistakes
from twolenses.errors import DataError, suggestion
from twolenses.facts import Figure
from twolenses.quiz.model import Model

__all__ = [
    "COMPUTE",
    "ByCell",
    "ByFact",
    "ByMistake",
    "Choices",
    "Column",
    "Compute",
    "Computed",
    "Key",
    "Varied",
    "kind_of",
    "printed",
]


def _sort_of(value: Any) -> str | None:
    """The tag of a value in a file."""
    sorts = ((bool, "#yes-no"), (int | float, "#number"), (str, "#text"), (list, "#list"), (dict | Model, "#fields"))
    return next((tag for sort, tag in sorts if isinstance(value, sort)), None)


def _one_of(message: str) -> Discriminator:
    return Discriminator(_sort_of, custom_error_type="no_such_sort", custom_error_message=message)


Scalar = Annotated[
    Annotated[str, Tag("#text")] | Annotated[int | float, Tag("#number")],
    _one_of("is neither a text nor a number. Put a date into quotes."),
]
Value = Annotated[
    Annotated[str, Tag("#text")] | Annotated[int | float, Tag("#number")] | Annotated[bool, Tag("#yes-no")],
    _one_of("is no text, number, true or false. Put a date into quotes."),
]
Varied = Annotated[
    Annotated[str, Tag("#text")]
    | Annotated[int | float, Tag("#number")]
    | Annotated[dict[str, Scalar], Tag("#fields")],
    _one_of("is no text, number or set of named values. Put a date, true or false into quotes."),
]
"""One of the values of a question that varies, or several that change together."""


# ── the computations ─────────────────────────────────────────────────────────────────────────────────


def relative_change(before: float, after: float) -> float:
    """By how many percent the second is more than the first; negative if it is less."""
    return 100 * (after - before) / before


def share(part: float, total: float) -> float:
    """The first as percent of the second."""
    return 100 * part / total


def difference(before: float, after: float) -> float:
    """The second less the first."""
    return after - before


def ratio(one: float, other: float) -> float:
    """How many of the second make the first."""
    return one / other


COMPUTE: dict[str, Callable[[float, float], float]] = {
    function.__name__: function for function in (relative_change, share, difference, ratio)
}
Compute = Literal["relative_change", "share", "difference", "ratio"]


# ── what a question file names ───────────────────────────────────────────────────────────────────────


class Column(Model):
    """The distinct values of a column, in the order of the table, in the rows where every named column fits."""

    table: str
    column: str
    where: dict[str, Value] = Field(default_factory=dict)

    def values(self) -> list[Any]:
        """The values; a missing one is left out."""
        known = [field["name"] for field in data.describe(self.table)["schema"]["fields"]]
        for name in (self.column, *self.where):
            if name not in known:
                raise DataError(f"Table {self.table!r} has no column {name!r}. {suggestion(name, known)}")
        fits = (row for row in data.rows(self.table) if all(row[name] == one for name, one in self.where.items()))
        return list(dict.fromkeys(row[self.column] for row in fits if row[self.column] is not None))


Choices = Annotated[
    Annotated[list[Varied], Tag("#list")] | Annotated[Column, Tag("#fields")],
    _one_of("is neither a list of values nor a column. Write [a, b], or {table: …, column: …}."),
]
"""What one name under `vary` takes its values from."""


class ByFact(Model):
    """The value of a named fact."""

    fact: str

    def figure(self) -> Figure:
        """The figure, with its unit and decimals."""
        return facts.figure(self.fact)


class ByCell(Model):
    """One cell: the value of `column` in the one row of `table` where every column of `where` fits."""

    table: str
    column: str = "value"
    where: dict[str, Value] = Field(min_length=1)
    digits: int | None = Field(default=None, ge=0)

    def figure(self) -> Figure:
        """The figure; without `digits`, a whole number has none and any other one."""
        cell = data.cell(self.table, self.column, **self.where)
        if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float)):
            raise DataError(f"The cell {cell} of {self.where} is no number. Name another.")
        return _figure(float(cell.value), self.digits, (cell,))


class ByMistake(Model):
    """The wrong number of a named mistake: only ever a distractor."""

    mistake: str
    digits: int | None = Field(default=None, ge=0)

    def figure(self) -> Figure:
        """The wrong number, as a figure to print."""
        return _figure(mistakes.named(self.mistake).value, self.digits)


def kind_of(value: Any) -> str:
    """Which of the forms a mapping means, so that an error speaks of one form only."""
    has = value if isinstance(value, dict) else vars(value) if isinstance(value, Model) else {}
    return next((f"#{name}" for name in ("compute", "table", "mistake") if name in has), "#fact")


Source = Annotated[Annotated[ByFact, Tag("#fact")] | Annotated[ByCell, Tag("#table")], Discriminator(kind_of)]


class Computed(Model):
    """A named computation on two facts or cells: `{compute: share, of: [{fact: a}, {fact: b}]}`.

    A plausible wrong option is the same computation with the two the other way round.
    """

    compute: Compute
    of: list[Source] = Field(min_length=2, max_length=2)
    digits: int | None = Field(default=None, ge=0)

    def figure(self) -> Figure:
        """The result; without `digits`, a whole number has none and any other one."""
        first, second = (one.figure() for one in self.of)
        return _figure(COMPUTE[self.compute](float(first), float(second)), self.digits, first.rows + second.rows)


Key = ByFact | ByCell | Computed


def printed(number: Any, unit: str = "") -> str:
    """A number as the book prints it, with its unit."""
    figure = number.figure()
    text = str(figure.number)
    if not unit or text.endswith(unit):
        return text
    return f"{text}{unit}" if unit.startswith("%") else f"{text}\N{NO-BREAK SPACE}{unit}"


def _figure(value: float, digits: int | None, rows: tuple[data.Cell, ...] = ()) -> Figure:
    return Figure(value, rows=rows, digits=digits if digits is not None else 0 if value.is_integer() else 1)
