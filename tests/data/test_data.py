"""Tables: typed as described, and a sentence for everything that is wrong with one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from twolenses import data, validation
from twolenses.errors import DataError


@pytest.mark.parametrize("table", data.tables())
def test_every_table_loads_with_the_columns_described(table: str) -> None:
    frame = data.load(table)
    assert list(frame.columns) == [field["name"] for field in data.describe(table)["schema"]["fields"]]
    assert len(frame) > 0


def test_the_whole_package_is_valid() -> None:
    assert validation.problems() == []


@pytest.mark.parametrize("table", data.tables())
def test_every_table_says_what_it_shows_and_what_it_cannot(table: str) -> None:
    resource = data.describe(table)
    for key in ("title", "description", "shows", "cannotShow", "licenseClass", "citation", "sources"):
        assert resource.get(key), f"{table} has no {key}"
    assert all(field.get("description") for field in resource["schema"]["fields"])


def test_types_are_those_of_the_description() -> None:
    kfor = data.load("kfor_strength")
    assert kfor["troops"].dtype == "int64"
    assert kfor["in_series"].dtype == bool
    assert pd.api.types.is_string_dtype(kfor["printed"])


def test_an_empty_number_is_missing_and_never_zero() -> None:
    nations = data.load("kfor_strength")["nations"]
    assert nations.isna().any()
    assert not (nations == 0).any()


def test_a_frame_is_the_callers_own() -> None:
    mine = data.load("deployments")
    mine.loc[0, "value"] = -1
    assert data.load("deployments").loc[0, "value"] > 0


def test_an_unknown_table_names_the_near_ones() -> None:
    with pytest.raises(DataError, match="no table 'deploymets'. Did you mean 'deployments'"):
        data.load("deploymets")


def test_one_cell_by_its_row() -> None:
    found = data.cell("deployments", actor="SRB", measure="troops_near_line", date="2023-09")
    assert found.value == 8350  # as Serbia's chief of general staff gave it
    assert found.url.startswith("https://")


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ({"actr": "SRB"}, "no column 'actr'. Did you mean 'actor'"),
        ({"actor": "SRB"}, r"has \d+ rows with actor = 'SRB'; one is needed"),
        ({"actor": "nobody"}, "has no rows with actor = 'nobody'"),
    ],
)
def test_a_cell_that_is_not_one_is_refused(where: dict[str, str], says: str) -> None:
    with pytest.raises(DataError, match=says):
        data.cell("deployments", **where)


def test_a_source_can_be_cited() -> None:
    assert "deployments" in data.source("deployments")


# ── what the tables must agree with ──────────────────────────────────────────────────────────────────


def test_printed_figures_stand_in_their_quotation_and_are_the_number() -> None:
    kfor = data.load("kfor_strength").query("printed != ''")
    for row in kfor.itertuples():
        assert row.printed in row.quote
        assert int("".join(filter(str.isdigit, row.printed))) == row.troops


def test_only_computed_rows_have_no_printed_figure() -> None:
    kfor = data.load("kfor_strength")
    assert set(kfor.loc[kfor["printed"] == "", "precision"]) == {"computed"}


@pytest.mark.parametrize("table", ["deployments", "kfor_strength"])
def test_rows_are_in_the_order_of_their_dates(table: str) -> None:
    assert data.load(table)["date"].is_monotonic_increasing


@pytest.mark.parametrize("table", data.tables())
def test_addresses_are_whole_and_carry_no_tracking(table: str) -> None:
    frame = data.load(table)
    for column in [name for name in frame.columns if name.endswith("url")]:
        for url in frame[column][frame[column] != ""]:
            assert url.startswith(("https://", "http://"))
            assert " " not in url
            assert not any(tail in url for tail in ("fbclid", "utm_"))


# ── bad input ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def package(root: Path, tmp_path: Path) -> Path:
    """A data package of one table, to break."""
    folder = tmp_path / "data"
    (folder / "tables").mkdir(parents=True)
    shutil.copy(root / "data/tables/deployments.csv", folder / "tables")
    described = {"name": "t", "resources": [data.describe("deployments")]}
    (folder / "datapackage.json").write_text(json.dumps(described))
    return folder


def change(package: Path, before: str, after: str, file: str = "tables/deployments.csv") -> None:
    path = package / file
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            ",8350,",
            ",many,",
            r"deployments\.csv:\d+  row \d+, column 'value': 'many' is not a value of type integer",
        ),
        (
            "date,date_precision",
            "day,date_precision",
            "columns do not match datapackage.json: missing date; not described day",
        ),
        (
            ",8350,",
            ",8350,extra,",
            r"deployments\.csv  is not a readable CSV table: Expected 10 fields in line \d+, saw 11",
        ),
    ],
)
def test_a_malformed_table_names_file_row_and_column(package: Path, before: str, after: str, says: str) -> None:
    change(package, before, after)
    with pytest.raises(DataError, match=says):
        data.load("deployments", package)


def test_a_missing_file_is_named(package: Path) -> None:
    (package / "tables/deployments.csv").unlink()
    with pytest.raises(DataError, match=r"deployments\.csv  is missing"):
        data.load("deployments", package)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"resources"', "resources", r"datapackage\.json:1  is not valid JSON"),
        (
            '"type": "integer"',
            '"type": "integr"',
            "column 'value': type 'integr' is not one of string, integer",
        ),
        ('"path": "tables', '"pth": "tables', "resource 'deployments' has no 'path'"),
    ],
)
def test_a_malformed_description_names_its_place(package: Path, before: str, after: str, says: str) -> None:
    change(package, before, after, "datapackage.json")
    with pytest.raises(DataError, match=says):
        data.load("deployments", package)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (",8350,", ",-8350,", "column 'value': .*minimum"),
        (",army_bases,", ",airbases,", "column 'measure': .*enum"),
        (",8350,", ",many,", "column 'value': 'many' is not a value of type integer"),
    ],
)
def test_validation_finds_a_cell_that_breaks_a_constraint(package: Path, before: str, after: str, says: str) -> None:
    change(package, before, after)
    (problem,) = validation.problems(package)
    assert re.search(says, problem), problem
    assert "deployments.csv:" in problem
