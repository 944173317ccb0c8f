"""A table opened by a spreadsheet program: read back by pandas through openpyxl, which shares no code with the writer."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from twolenses import cli, data, spreadsheet
from twolenses.errors import DataError


def sheet(table: str, which: str | int, **how: object) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(spreadsheet.workbook(table)), sheet_name=which, **how)


@pytest.mark.parametrize("table", data.tables())
def test_every_cell_comes_back_with_its_type(table: str) -> None:
    frame = data.load(table)
    back = sheet(table, 1, keep_default_na=False, dtype=object)
    assert list(back.columns) == list(frame.columns)
    for name in frame.columns:
        for ours, theirs in zip(frame[name], back[name], strict=True):
            if ours is pd.NA or ours == "" or ours != ours:
                assert theirs == ""
            else:
                assert isinstance(theirs, str) == isinstance(ours, str)
                assert theirs == ours


def test_the_first_sheet_says_what_it_is_and_what_each_column_means() -> None:
    about = sheet("deployments", "About", header=None, dtype=str).fillna("")
    described = data.describe("deployments")
    head = dict(zip(about[0], about[1], strict=True))
    assert head["Title"] == described["title"]
    assert head["Cannot show"] == described["cannotShow"]
    assert head["Cite as"] == data.source("deployments")
    for field in described["schema"]["fields"]:
        row = about[about[0] == field["name"]].iloc[-1]
        assert list(row) == [field["name"], field["description"], field["type"], field.get("unit", "")]


def test_share_alike_keeps_its_notice() -> None:
    about = sheet("democracy", "About", header=None, dtype=str).fillna("")
    head = dict(zip(about[0], about[1], strict=True))
    assert "creativecommons.org/licenses/by-sa" in head["Licence"]
    assert head["Share alike"].startswith("Whoever passes this file on keeps its licence")


def test_the_same_table_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    once = spreadsheet.workbook("kfor_strength")
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert spreadsheet.workbook("kfor_strength") == once


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf8(tmp_path: Path) -> None:
    spreadsheet.write("municipalities", tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_bytes() == b"\xef\xbb\xbf" + data.text("municipalities").encode()


def test_the_command_writes_by_the_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def twolenses(*words: str) -> int | str | None:
        monkeypatch.setattr("sys.argv", ["twolenses", "data", "export", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return left.value.code

    assert twolenses("kfor_strength", "-o", str(tmp_path / "k.xlsx")) == 0
    assert len(pd.read_excel(tmp_path / "k.xlsx", sheet_name="kfor_strength")) == len(data.load("kfor_strength"))
    capsys.readouterr()
    assert twolenses("kfor_strength", "-o", str(tmp_path / "k.ods")) == 2
    assert "should end in .xlsx or .csv" in capsys.readouterr().err
    assert twolenses("kfor", "-o", str(tmp_path / "x.xlsx")) == 2
    assert "There is no table 'kfor'" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["k.xlsx"]


def test_what_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        spreadsheet.write("kfor_strength", tmp_path / "file" / "k.xlsx")
