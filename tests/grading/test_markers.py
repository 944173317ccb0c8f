"""How far markers agree, in sentences; the calibration set; and the rubric that the marked memos are held to."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from twolenses import cli
from twolenses.book.chapters import memos
from twolenses.errors import GradingError, TableError
from twolenses.grading import markers
from twolenses.models.reliability import cohen_kappa, table_of

PAGE = (ROOT / "chapters" / "instructors" / "memo.md").read_text(encoding="utf-8")
PLAN = (ROOT / "chapters" / "instructors" / "plan.md").read_text(encoding="utf-8")

WIDE = "item,criterion,Ana,Ben\n1,facts,6,6\n1,wording,6,3\n2,facts,3,3\n2,wording,0,3\n3,facts,0,0\n3,wording,6,0\n"
LONG = "marker,item,criterion,mark\n" + "".join(
    f"{name},{item},{criterion},{mark}\n"
    for place, one, other in (line.rsplit(",", 2) for line in WIDE.splitlines()[1:])
    for item, criterion in [place.split(",")]
    for name, mark in (("Ana", one), ("Ben", other))
)


def sheet(folder: Path, text: str) -> Path:
    path = folder / "marks.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    """Exit code, output and error of the command."""
    monkeypatch.setattr("sys.argv", ["twolenses", "agreement", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return left.value.code, *capsys.readouterr()


# ── what is computed ─────────────────────────────────────────────────────────────────────────────────


def test_kappa_is_that_of_the_models_plain_and_weighted_by_the_square(tmp_path: Path) -> None:
    marks = markers.read(sheet(tmp_path, WIDE))
    table = table_of([6, 6, 3, 0, 0, 6], [6, 3, 3, 3, 0, 0], [0, 3, 6])
    pair = ("Ana", "Ben")
    assert marks.same(pair) == 3
    assert marks.kappas()[pair].value == pytest.approx(cohen_kappa(table))
    squares = [[0, 9, 36], [9, 0, 9], [36, 9, 0]]
    assert marks.kappas(weighted=True)[pair].value == pytest.approx(cohen_kappa(table, squares))


@pytest.mark.parametrize("text", [WIDE, LONG, WIDE.replace(",", ";"), "\ufeff" + WIDE.replace("\n", "\r\n")])
def test_either_form_and_what_spreadsheets_make_of_it_are_read_alike(tmp_path: Path, text: str) -> None:
    assert markers.read(sheet(tmp_path, text)) == markers.Marks(
        {
            "Ana": dict(zip(product("123", ("facts", "wording")), [6, 6, 3, 0, 0, 6], strict=True)),
            "Ben": dict(zip(product("123", ("facts", "wording")), [6, 3, 3, 3, 0, 0], strict=True)),
        }
    )


def test_a_decimal_comma_is_one(tmp_path: Path) -> None:
    marks = markers.read(sheet(tmp_path, "item;Ana;Ben\n1;2,5;3\n2;1;1\n"))
    assert marks.by["Ana"]["1", ""] == 2.5


def test_the_interval_draws_items_and_holds_what_a_direct_redraw_gives(tmp_path: Path) -> None:
    """Marks of one item move together: with the same two marks on each criterion, more criteria narrow nothing."""
    rows = [("1", 6, 6), ("2", 6, 3), ("3", 3, 3), ("4", 0, 0), ("5", 0, 3), ("6", 6, 6)]
    once = "item,criterion,Ana,Ben\n" + "".join(f"{item},a,{one},{other}\n" for item, one, other in rows)
    twice = once + "".join(f"{item},b,{one},{other}\n" for item, one, other in rows)
    first, second = (markers.read(sheet(tmp_path, text)).kappas()[None] for text in (once, twice))
    assert (first.low, first.high) == pytest.approx((second.low, second.high))
    dice = np.random.default_rng(5)
    drawn = [[rows[at] for at in dice.integers(0, 6, 6)] for _ in range(600)]
    kappas = [cohen_kappa(table_of([one for _, one, _ in some], [other for _, _, other in some])) for some in drawn]
    assert (first.low, first.high) == pytest.approx(tuple(np.nanquantile(kappas, [0.025, 0.975])), abs=0.1)


def test_the_mean_over_pairs_is_given_with_more_than_two(tmp_path: Path) -> None:
    marks = markers.read(sheet(tmp_path, "item,A,B,C\n1,6,6,3\n2,3,3,3\n3,0,3,0\n4,6,6,6\n"))
    kappas = marks.kappas()
    assert kappas[None].value == pytest.approx(np.mean([kappas[pair].value for pair in marks.pairs]))
    assert kappas[None].low <= kappas[None].value <= kappas[None].high
    assert "Mean over all pairs" in "\n".join(markers.report(marks))


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────


def test_it_names_the_criterion_of_most_disagreement_and_what_few_items_cannot_show(tmp_path: Path) -> None:
    said = "\n".join(markers.report(markers.read(sheet(tmp_path, WIDE))))
    assert "same mark 3 times of 6" in said
    assert "You disagree most about wording." in said
    assert "Furthest apart: item 3 wording (Ana 6, Ben 0)." in said
    assert "luck alone could have given as much agreement" in said
    assert "3 items can show" in said
    assert "They cannot show" in said


def test_all_alike_is_said_to_show_nothing_and_one_mark_for_everything_has_no_kappa(tmp_path: Path) -> None:
    alike = "\n".join(markers.report(markers.read(sheet(tmp_path, "item,A,B\n1,6,6\n2,3,3\n"))))
    assert "the interval shows nothing" in alike
    assert "You differ nowhere." in alike
    flat = "\n".join(markers.report(markers.read(sheet(tmp_path, "item,A,B\n1,6,6\n2,6,6\n"))))
    assert "not to be computed" in flat
    assert "nan" not in flat


def test_what_somebody_has_not_marked_is_left_out_and_counted(tmp_path: Path) -> None:
    marks = markers.read(sheet(tmp_path, WIDE.replace("2,wording,0,3", "2,wording,,3")))
    assert (len(marks.places), marks.left_out) == (5, 1)
    assert "Left out, since somebody has not marked them: 1." in markers.report(marks)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no rows"),
        ("item,Ana,Ben\n", "has no rows"),
        ("memo,Ana,Ben\n1,3,3\n", r"marks\.csv:1  has no column 'item'"),
        ("item,Ana\n1,3\n2,3\n", "marks of 1. Agreement is between 2"),
        ("item,Ana,Ben\n1,3,three\n2,3,3\n", r"marks\.csv:2  has the mark 'three'. Write a number"),
        ("item,Ana,Ben\n1,3,nan\n2,3,3\n", "has the mark 'nan'"),
        ("item,Ana,Ben\n1,3,3\n1,3,3\n", r"marks\.csv:3  has '1' once more"),
        ("item,Ana,Ana\n1,3,3\n", "the column 'Ana' twice"),
        ("item,Ana,Ben\n1,3,3\n2,3,\n", "less than two items that everybody has marked"),
        ("item,Ana,Ben\n,3,3\n", r"marks\.csv:2  names no item"),
        ("marker,item,mark\nAna,1,3\nAna,1,3\n", "marks '1' once more"),
        ("marker,item,mark\n,1,3\n", "names no marker"),
        ('item,Ana,Ben\n"1,3,3\n', "is no table"),
    ],
)
def test_a_sheet_that_cannot_be_compared_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises((GradingError, TableError), match=says) as refused:
        markers.read(sheet(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_another_encoding_and_a_missing_file_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    with pytest.raises(TableError, match="cannot be read"):
        markers.read(path)
    path.write_bytes("item,Zoë,Ben\n".encode("latin-1"))
    with pytest.raises(TableError, match="Save it as CSV UTF-8"):
        markers.read(path)


def test_the_command_leaves_with_2_and_a_sentence_or_prints_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed, _ = run(monkeypatch, capsys, str(sheet(tmp_path, WIDE)), "--agreed")
    assert code == 0
    assert "Ana and agreed gave the same mark 5 times of 6." in printed
    strange = str(sheet(tmp_path, WIDE.replace("\n2,", "\n9,")))
    code, printed, error = run(monkeypatch, capsys, strange, "--agreed")
    assert (code, printed) == (2, "")
    assert "has item '9', criterion 'facts', which the calibration set has not." in error
    assert error.count("\n") == 1
    assert run(monkeypatch, capsys, str(tmp_path / "none.csv"))[0] == 2


def test_a_blank_sheet_has_a_row_for_each_agreed_mark_and_no_mark(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    markers.blank(path)
    rows = path.read_text().splitlines()[1:]
    assert [row.split(",")[:2] for row in rows] == [[one.item, one.criterion] for one in markers.agreed()]
    assert all(row.endswith(",,") for row in rows)
    with pytest.raises(GradingError, match="may hold marks"):
        markers.blank(path)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_memos_are_marked_by_the_criteria_and_points_of_the_guide() -> None:
    rubric = re.findall(r"^\| (\w+) \| (\d) \| ", PLAN.split("## The policy memo")[1], re.M)
    assert rubric == [(name, str(memos.FULL)) for name in memos.CRITERIA]


def test_each_memo_is_marked_by_every_criterion_and_none_loses_more_than_it_has() -> None:
    strong, weak = re.findall(r"^::::\{memo\}\n(.*?)^::::$", PAGE, re.M | re.S)
    lost = {}
    for name, memo in (("strong", strong), ("weak", weak)):
        remarks = re.findall(r"^:::\{remark\} (\w+) (\d)$", memo, re.M)
        assert {criterion for criterion, _ in remarks} == set(memos.CRITERIA)
        by = {one: sum(int(points) for criterion, points in remarks if criterion == one) for one in memos.CRITERIA}
        assert max(by.values()) <= memos.FULL
        lost[name] = sum(by.values())
    assert lost["strong"] < 6 < 18 < lost["weak"]


def test_every_excerpt_names_the_criteria_of_its_agreed_marks() -> None:
    named = {
        (item, criterion)
        for item, criteria in re.findall(r"^### Excerpt (\d): (.+)$", PAGE, re.M)
        for criterion in criteria.split(", ")
    }
    assert named == {(one.item, one.criterion) for one in markers.agreed()}
    assert re.findall(r"^```\{agreed\} (\d)$", PAGE, re.M) == list("12345")
    assert {one.mark for one in markers.agreed()} == {0, 3, 6}
