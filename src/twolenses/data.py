"""The tables of the course, typed as `datapackage.json` describes them.

>>> from twolenses import data
>>> data.load("deployments").loc[0, "value"]
14000

Strings that are empty stay empty; an empty number is missing (``<NA>``), never zero.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from twolenses import course
from twolenses.errors import DataError, place, suggestion

__all__ = ["Cell", "cell", "describe", "load", "source", "tables", "text"]


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
    known = _package(folder or _folder())
    if table not in known:
        raise DataError(f"There is no table {table!r}. {suggestion(table, known)}")
    return known[table]


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
    resource = describe(table, folder)
    path = (folder or _folder()) / resource["path"]
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        raise DataError(f"{place(path)}  is missing. Restore it: datapackage.json lists it as {table!r}.") from None
    return _load(path, stamp, json.dumps(resource["schema"])).copy()


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
    frame = load(table)
    for name in (column, *where):
        if name not in frame.columns:
            raise DataError(f"Table {table!r} has no column {name!r}. {suggestion(name, frame.columns)}")
    fits = pd.Series(True, index=frame.index)
    for name, value in where.items():
        fits &= (frame[name] == value).fillna(False).astype(bool)
    rows = frame[fits]
    if len(rows) != 1:
        asked = ", ".join(f"{name} = {value!r}" for name, value in where.items())
        raise DataError(f"Table {table!r} has {len(rows) or 'no'} rows with {asked}; one is needed.")
    return Cell(table, column, {str(name): _plain(value) for name, value in rows.iloc[0].items()})


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def _folder() -> Path:
    return course.root() / "data"


def _package(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "datapackage.json"
    try:
        return _read_package(path, path.stat().st_mtime_ns)
    except OSError:
        raise DataError(f"{place(path)}  is missing: no table can be read without it.") from None


@lru_cache(maxsize=8)
def _read_package(path: Path, _stamp: int) -> dict[str, dict[str, Any]]:
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


@lru_cache(maxsize=64)
def _load(path: Path, _stamp: int, schema_text: str) -> pd.DataFrame:
    schema = json.loads(schema_text)
    fields = {field["name"]: field for field in schema["fields"]}
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        reason = str(error).strip().removeprefix("Error tokenizing data. C error: ")
        raise DataError(f"{place(path)}  is not a readable CSV table: {reason}.") from error
    if list(raw.columns) != list(fields):
        missing = [name for name in fields if name not in raw.columns]
        extra = [name for name in raw.columns if name not in fields]
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
    if not raw.index.equals(pd.RangeIndex(len(raw))):
        raise DataError(f"{place(path)}  has rows with more cells than the header. Quote cells that hold a comma.")
    missing_values = set(schema.get("missingValues", [""]))
    columns = {name: _column(raw[name], field, missing_values, path) for name, field in fields.items()}
    return pd.DataFrame(columns)


def _column(raw: pd.Series, field: dict[str, Any], missing: set[str], path: Path) -> pd.Series:
    kind = field["type"]
    if kind == "string":
        return raw
    empty = raw.isin(missing)
    parse, dtype, nullable = _PARSERS[kind](field)
    try:
        values = [None if gone else parse(text) for text, gone in zip(raw, empty, strict=True)]
    except (ValueError, KeyError):
        row, text = next(_faults(raw, empty, parse))
        raise DataError(
            f"{place(path, row + 2)}  row {row + 1}, column {field['name']!r}: {text!r} is not a value of type "
            f"{kind}. Correct the cell, or change the type in datapackage.json."
        ) from None
    return pd.Series(values, index=raw.index, dtype=nullable if empty.any() else dtype)


def _faults(raw: pd.Series, empty: pd.Series, parse: Callable[[str], Any]) -> Iterator[tuple[int, str]]:
    for row, (text, gone) in enumerate(zip(raw, empty, strict=True)):
        try:
            if not gone:
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


def _plain(value: Any) -> Any:
    """A NumPy scalar as the Python value it stands for."""
    return value.item() if hasattr(value, "item") else value
