"""The table of questions, read back by Python's csv and by pandas."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd

from twolenses.lms import csv as table
from twolenses.lms import pools, select
from twolenses.lms.losses import Losses
from twolenses.quiz.text import plain

BANK = Path(__file__).parent / "lms_bank"


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_every_type_has_its_row(tmp_path: Path) -> None:
    table.write(select.questions(bank=BANK), tmp_path / "x.csv")
    found = rows(tmp_path / "x.csv")
    assert found["one-right"]["offered"] == "A. Realism\nB. Liberalism"
    assert found["three-right"]["key"] == "A\nB\nD"
    assert found["verdict-with-reason"]["key"] == "D (1)\nE (0.5)\nF (0.5)"
    assert (found["percent"]["key"], found["percent"]["tolerance"], found["percent"]["unit"]) == ("46.1", "0.5", "%")
    assert found["pairs"]["key"].splitlines()[1] == "Keohane = After Hegemony"
    assert found["order"]["key"].startswith("The attack in Banjska\n")
    assert found["gaps"]["key"].splitlines() == ["[[1]] A", "[[2]] Mojsilović", "[[3]] 46.1", "[[4]] A"]
    assert found["one-right"]["hints"] == "Think of Thucydides.\nThink of Waltz."
    assert found["three-right"]["source"] == "C21\ncite:jervis1978"


def test_a_spreadsheet_reads_it_and_the_same_questions_give_the_same_bytes(tmp_path: Path) -> None:
    quizzes = select.questions()
    written = table.write(quizzes, tmp_path / "x.csv")
    frame = pd.read_csv(tmp_path / "x.csv")
    assert len(frame) == written.questions == frame["id"].nunique()
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    table.write(quizzes, tmp_path / "y.csv")
    assert (tmp_path / "x.csv").read_bytes() == (tmp_path / "y.csv").read_bytes()


def test_variants_say_whose_they_are(tmp_path: Path) -> None:
    table.write(pools.spread(select.questions(bank=BANK), 2, "x", Losses()), tmp_path / "x.csv")
    found = rows(tmp_path / "x.csv")
    assert [found[f"change-of-spending--{n}"]["variant_of"] for n in (1, 2)] == ["change-of-spending"] * 2


def test_a_hostile_text_means_the_same_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    hostile = [
        '=HYPERLINK("x")',
        "+1",
        "@x",
        "a,b;c\td",
        'a"b',
        "a\n\nb",
        "<script>x</script>",
        "\u202ertl\u202c",
        "a\u0007b",
        "word " * 2000,
    ]
    common: dict[str, Any] = {
        "objective": "o",
        "level": "apply",
        "difficulty": "easy",
        "source": "C21",
        "type": "short",
        "answers": ["x"],
    }
    made = [common | {"id": f"q{n}", "stem": text, "hint": text, "because": text} for n, text in enumerate(hostile)]
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank/01-x.yml").write_text(json.dumps(made), encoding="utf-8")
    written = table.write(select.questions(bank=tmp_path / "bank"), tmp_path / "x.csv")
    found = rows(tmp_path / "x.csv")
    for number, text in enumerate(hostile):
        stem = found[f"q{number}"]["stem"]
        assert not stem.startswith(("=", "+", "@"))
        assert stem.removeprefix("'") == plain(text.replace("\u0007", ""))
    assert "q0: an apostrophe stands before its stem, which a spreadsheet would take for a formula" in written.losses
