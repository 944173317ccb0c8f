"""`twolenses export`: filters, what it prints, and a sentence and exit code 2 for what it cannot."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from conftest import run_here
from twolenses import quiz
from twolenses.errors import ExportError
from twolenses.lms import select
from twolenses.lms.select import Wanted

BANK = Path(__file__).parent / "lms_bank"


def ids(**wanted: list[str]) -> list[str]:
    return [question.id for one in select.questions(Wanted(**wanted), BANK) for question in one]


def test_values_of_one_kind_are_alternatives_and_kinds_narrow_one_another() -> None:
    assert ids(lens=["realism"]) == ["one-right"]
    assert ids(lens=["realism", "liberalism"]) == ["one-right", "three-right"]
    assert ids(lens=["realism", "liberalism"], difficulty=["medium"]) == ["three-right"]
    assert ids(level=["create"]) == ids(id=["text"]) == ["text"]
    assert ids(objective=["order-events"], chapter=["1"]) == ["order"]
    assert "order" not in ids(without=["ordering"])
    assert ids(without=["ordering", "numeric"], objective=["order-events", "check-quotation"]) == ["minister"]


def test_questions_stand_in_the_order_of_the_bank_and_once() -> None:
    assert ids(id=["text", "one-right", "text"], chapter=["1", "01"]) == ["one-right", "text"]
    assert [one.name for one in select.questions()] == [path.stem for path in quiz.files()]


def test_lines_stay_with_their_questions() -> None:
    (whole,), (part,) = select.questions(bank=BANK), select.questions(Wanted(id=["pairs"]), BANK)
    assert part.lines == (whole.lines[whole.questions.index(whole["pairs"])],)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"id": ["one-rigth"]}, "There is no question 'one-rigth'. Did you mean 'one-right'"),
        ({"objective": ["name-lenz"]}, "There is no objective 'name-lenz'. Did you mean 'name-lens'?"),
        ({"lens": ["realist"]}, "There is no lens 'realist'. Did you mean 'realism'"),
        ({"level": ["analyse"]}, "There is no level 'analyse'. Did you mean 'analyze'"),
        ({"without": ["orderng"]}, "There is no type 'orderng'. Did you mean 'ordering'?"),
        ({"without": ["ordering"], "id": ["order"]}, "No question fits all of these."),
        ({"difficulty": ["x"]}, "There is no difficulty 'x'. Known: easy, hard, medium."),
        ({"lens": ["realism"], "difficulty": ["hard"]}, "No question fits all of these. Ask for less at once."),
    ],
)
def test_an_unknown_value_names_the_nearest(wanted: dict[str, list[str]], says: str) -> None:
    with pytest.raises(ExportError) as error:
        ids(**wanted)
    assert str(error.value).startswith(says)


def test_an_empty_bank_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no quiz file"):
        select.questions(bank=tmp_path)


def test_moodle_says_what_is_lost_then_what_is_written(tmp_path: Path) -> None:
    done = run_here("export", "moodle", "--bank", BANK, "--variants", "2", "--seed", "x", "-o", "q.xml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    *losses, last = done.stdout.splitlines()
    assert last == "q.xml: 16 questions."
    assert any(line.startswith("cloze (1 question): what stands behind the number in a blank") for line in losses)
    found = ElementTree.parse(tmp_path / "q.xml").getroot().findall("question")
    assert sum(one.get("type") != "category" for one in found) == 16


def test_filters_work_together_on_the_command_line(tmp_path: Path) -> None:
    command = ["--bank", str(BANK), "--lens", "realism", "--lens", "both", "--level", "analyze", "--level", "remember"]
    done = run_here("export", "moodle", *command, "-o", "q.xml", cwd=tmp_path)
    assert "q.xml: 2 questions." in done.stdout, done.stderr


def test_types_are_left_out(tmp_path: Path) -> None:
    command = ["--bank", str(BANK), "--without", "ordering", "--without", "essay"]
    done = run_here("export", "moodle", *command, "-o", "q.xml", cwd=tmp_path)
    assert "q.xml: 13 questions." in done.stdout, done.stderr
    kinds = {one.get("type") for one in ElementTree.parse(tmp_path / "q.xml").getroot()}
    assert not kinds & {"ordering", "essay"}


def test_paper_writes_two_files(tmp_path: Path) -> None:
    command = ["--bank", str(BANK), "--ids", "pairs", "--ids", "order", "--shuffle", "--seed", "7"]
    done = run_here("export", "paper", *command, "-o", "quiz.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("quiz.html: 2 questions. Key: quiz-key.html\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["quiz-key.html", "quiz.html"]
    assert "(version 7)" in (tmp_path / "quiz-key.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["moodle", "--ids", "cut-percnt", "--chapter", "1"], "There is no question 'cut-percnt' in these chapters. Did you mean 'cut-percent'?"),
        (["moodle", "--objective", "judge-clam"], "Did you mean 'judge-claim'"),
        (["paper", "--lens", "realist"], "There is no lens 'realist'. Did you mean 'realism'"),
        (["paper", "--chapter", "99"], "There is no quiz '99'."),
        (["paper", "--bank", "broken"], "q.yml:1  is not a list of questions"),
        (["paper", "--seed", "1"], "Add --shuffle"),
        (["moodle", "--without", "essays"], "There is no type 'essays'. Did you mean 'essay'?"),
        (["moodle", "--seed", "1"], "Add --variants"),
        (["moodle", "--variants", "-1"], "--variants"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_and_exit_code_2(tmp_path: Path, options: list[str], says: str) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/q.yml").write_text("nothing\n")
    before = sorted(tmp_path.rglob("*"))
    done = run_here("export", *options, "-o", "out.file", cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before, "something was left behind"
