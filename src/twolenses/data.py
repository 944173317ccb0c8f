"""The tables of the course, typed as `datapackage.json` describes them.

>>> from twolenses import data
>>> data.load("deployments").loc[0, "value"]
14000

Strings that are empty stay empty; an empty number is missing (``<NA>``), never zero.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twolenses import course
from twolenses.errors import DataError, place, suggestion

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "Row", "cell", "describe", "load", "rows", "source", "tables", "text"]

Row = Mapping[str, Any]
"""A row by the names of its columns; what is missing is ``None``."""


def tables(folder: Path | None = None) -> list[str]:
    """Names of all tables, in the order of `datapackage.json`."""
    return list(_package(folder or _folder()))


def describe(table: str, folder: Path | None = None) -> dict[str, Any]:
    """The description of one table: title, caveats, columns with units, sources, licence.

    Raises
    ------
    DataError
        If there is no such table; the sentence names the nearest.
    """
    folder = folder or _folder()
    return _resource(table, _package(folder), folder)


def _resource(table: str, known: dict[str, dict[str, Any]], folder: Path) -> dict[str, Any]:
    if table in known:
        return known[table]
    if table in json.loads((folder / PACKAGE).read_text(encoding="utf-8")).get("leftOut", []):
        raise DataError(
            f"The table {table!r} is not in this copy of the course, which holds what the exercises use. The book's "
            "Data dictionary has every table to download."
        )
    raise DataError(f"There is no table {table!r}. {suggestion(table, known)}")


def load(table: str, folder: Path | None = None) -> pd.DataFrame:
    """One table as a DataFrame with the dtypes of `datapackage.json`.

    Parameters
    ----------
    table
        Name of the table; :func:`tables` lists them.
    folder
        Another data package to read instead of the course's own.

    Raises
    ------
    DataError
        If the table is unknown, its file is missing, or a cell does not fit its column's type.
    """
    return _frame(*_file(table, folder or _folder())).copy()


def rows(table: str, folder: Path | None = None) -> tuple[Row, ...]:
    """The rows of one table as plain Python, for whoever needs no DataFrame and should not wait for pandas.

    Raises
    ------
    DataError
        As :func:`load` does.
    """
    return _rows(*_file(table, folder or _folder()))


def text(table: str, folder: Path | None = None) -> str:
    """The table's file as it stands."""
    load(table, folder)
    path: Path = (folder or _folder()) / describe(table, folder)["path"]
    return path.read_text(encoding="utf-8")


def source(table: str, folder: Path | None = None) -> str:
    """How to cite the table, in one line."""
    resource = describe(table, folder)
    return str(resource.get("citation") or resource["sources"][0]["title"])


@dataclass(frozen=True)
class Cell:
    """One value of a table, with the row it stands in."""

    table: str
    column: str
    row: dict[str, Any]

    @property
    def value(self) -> Any:
        """The value itself."""
        return self.row[self.column]

    @property
    def qualifier(self) -> str:
        """The word its source prints before the figure (*about*, *well over*), or nothing."""
        return str(self.row.get("qualifier", ""))

    @property
    def source(self) -> str:
        """Who printed it."""
        return str(self.row.get("source") or source(self.table))

    @property
    def url(self) -> str:
        """Where it can be read, or nothing."""
        return str(self.row.get("source_url", ""))

    def __str__(self) -> str:
        return f"{self.table}: {self.column} = {self.value}"


def cell(table: str, column: str = "value", **where: Any) -> Cell:
    """The one cell of `column` in the row where every named column has the given value.

    >>> cell("deployments", actor="SRB", measure="troops_near_line", date="2023-09").value
    8350

    Raises
    ------
    DataError
        If a column does not exist, or not exactly one row fits.
    """
    file = _file(table, _folder())
    known = _columns(*file)
    for name in (column, *where):
        if name not in known:
            raise DataError(f"Table {table!r} has no column {name!r}. {suggestion(name, known)}")
    fits = _index(tuple(where), *file).get(tuple(where.values()), ())
    if len(fits) != 1:
        asked = ", ".join(f"{name} = {value!r}" for name, value in where.items())
        raise DataError(f"Table {table!r} has {len(fits) or 'no'} rows with {asked}; one is needed.")
    return Cell(table, column, dict(fits[0]))


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


@cache
def _folder() -> Path:
    return course.root() / "data"


PACKAGE = "datapackage.json"


def _package(folder: Path) -> dict[str, dict[str, Any]]:
    return _read_package(folder, _described(folder))


def _described(folder: Path) -> int:
    """When the description of the tables was saved. A fact asks a thousand times an export; a `Path` is slow."""
    try:
        return os.stat(os.path.join(folder, PACKAGE)).st_mtime_ns
    except OSError:
        raise DataError(f"{place(folder / PACKAGE)}  is missing: no table can be read without it.") from None


@lru_cache(maxsize=8)
def _read_package(folder: Path, _saved: int) -> dict[str, dict[str, Any]]:
    path = folder / PACKAGE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise DataError(f"{place(path, error.lineno)}  is not valid JSON: {error.msg}.") from error
    resources: dict[str, dict[str, Any]] = {}
    for number, resource in enumerate(package.get("resources", []), start=1):
        for key in ("name", "path", "schema"):
            if key not in resource:
                called = resource.get("name", f"number {number}")
                raise DataError(f"{place(path)}  resource {called!r} has no {key!r}. Add it.")
        for field in resource["schema"].get("fields", []):
            if field.get("type") not in _PARSERS:
                raise DataError(
                    f"{place(path)}  table {resource['name']!r}, column {field.get('name')!r}: type "
                    f"{field.get('type')!r} is not one of {', '.join(_PARSERS)}."
                )
        resources[resource["name"]] = resource
    return resources


def _file(table: str, folder: Path) -> tuple[str, Path, int, int]:
    """What a table is read by: its name, the folder, and when its description and its file were saved."""
    described = _described(folder)
    path = os.path.join(folder, _resource(table, _read_package(folder, described), folder)["path"])
    try:
        return table, folder, described, os.stat(path).st_mtime_ns
    except OSError:
        raise DataError(f"{place(Path(path))}  is missing. Restore it: {PACKAGE} lists it as {table!r}.") from None


@lru_cache(maxsize=64)
def _frame(table: str, folder: Path, described: int, saved: int) -> pd.DataFrame:
    import pandas as pd  # takes longer to import than a chapter's questions to be exported

    fields, columns = describe(table, folder)["schema"]["fields"], _columns(table, folder, described, saved)
    return pd.DataFrame({field["name"]: _series(columns[field["name"]], field) for field in fields})


def _series(values: list[Any], field: dict[str, Any]) -> pd.Series:
    import pandas as pd

    _, dtype, nullable = _PARSERS[field["type"]](field)
    return pd.Series(values, dtype=nullable if None in values else dtype)


@lru_cache(maxsize=64)
def _rows(table: str, folder: Path, described: int, saved: int) -> tuple[Row, ...]:
    columns = _columns(table, folder, described, saved)
    return tuple(dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


@lru_cache(maxsize=256)
def _index(names: tuple[str, ...], *file: Any) -> dict[tuple[Any, ...], list[Row]]:
    """The rows of a table by their values in some columns."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in _rows(*file):
        found.setdefault(tuple(row[name] for name in names), []).append(row)
    return found


@lru_cache(maxsize=64)
def _columns(table: str, folder: Path, _described: int, _saved: int) -> dict[str, list[Any]]:
    resource = describe(table, folder)
    path, schema = folder / resource["path"], resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    header, lines = _cells(path)
    if header != list(fields):
        missing = [name for name in fields if name not in header]
        extra = [name for name in header if name not in fields]
        what = "; ".join(
            part
            for part in (
                f"missing {', '.join(missing)}" if missing else "",
                f"not described {', '.join(extra)}" if extra else "",
                "" if missing or extra else "their order differs",
            )
            if part
        )
        raise DataError(f"{place(path, 1)}  columns do not match datapackage.json: {what}.")
    missing_values = set(schema.get("missingValues", [""]))
    return {
        name: _column([line[place] for line in lines], field, missing_values, path)
        for place, (name, field) in enumerate(fields.items())
    }


def _cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a CSV file, all of one length."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            lines = [(reader.line_num, line) for line in reader if line]
    except (csv.Error, UnicodeDecodeError) as error:
        raise DataError(f"{place(path)}  is not a readable CSV table: {error}.") from error
    if not lines:
        raise DataError(f"{place(path)}  is not a readable CSV table: it is empty.")
    (_, header), *rest = lines
    for number, line in rest:
        if len(line) != len(header):
            raise DataError(
                f"{place(path)}  is not a readable CSV table: Expected {len(header)} fields in line {number}, saw "
                f"{len(line)}. Quote cells that hold a comma."
            )
    return header, [line for _, line in rest]


def _column(raw: list[str], field: dict[str, Any], missing: set[str], path: Path) -> list[Any]:
    """The values of a column, ``None`` where one is missing; a text is never missing."""
    kind = field["type"]
    if kind == "string":
        return raw
    parse, _, _ = _PARSERS[kind](field)
    try:
        return [None if text in missing else parse(text) for text in raw]
    except (ValueError, KeyError):
        row, text = next(_faults(raw, missing, parse))
        raise DataError(
            f"{place(path, row + 2)}  row {row + 1}, column {field['name']!r}: {text!r} is not a value of type "
            f"{kind}. Correct the cell, or change the type in datapackage.json."
        ) from None


def _faults(raw: list[str], missing: set[str], parse: Callable[[str], Any]) -> Iterator[tuple[int, str]]:
    for row, text in enumerate(raw):
        try:
            if text not in missing:
                parse(text)
        except (ValueError, KeyError):
            yield row, text


def _boolean(field: dict[str, Any]) -> tuple[Callable[[str], Any], str, str]:
    words = dict.fromkeys(field.get("trueValues", ["true"]), True) | dict.fromkeys(
        field.get("falseValues", ["false"]), False
    )
    return words.__getitem__, "bool", "boolean"


# How a column of each type is read: the parser of one cell, the dtype, the dtype when a cell is missing.
_PARSERS: dict[str, Callable[[dict[str, Any]], tuple[Callable[[str], Any], str, str]]] = {
    "string": lambda field: (str, "str", "str"),
    "integer": lambda field: (int, "int64", "Int64"),
    "number": lambda field: (float, "float64", "Float64"),
    "year": lambda field: (int, "int64", "Int64"),
    "boolean": _boolean,
}
