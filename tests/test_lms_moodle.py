"""Moodle XML, read back by parsers that are not ours."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from moodle_xml_parser.parser import parse_file

from twolenses import quiz
from twolenses.errors import ExportError
from twolenses.lms import moodle

# Moodle refuses any other fraction on import (question/engine/bank.php, match_grade_options).
GRADES = {
    100,
    90,
    83.33333,
    80,
    75,
    70,
    66.66667,
    60,
    50,
    40,
    33.33333,
    30,
    25,
    20,
    16.66667,
    14.28571,
    12.5,
    11.11111,
    10,
    5,
    0,
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("moodle") / "chapter-1.xml"
    assert moodle.write([quiz.load("1")], path) == len(quiz.load("1"))
    return path


@pytest.fixture(scope="module")
def questions(exported: Path) -> list[ElementTree.Element]:
    return ElementTree.parse(exported).getroot().findall("question")


def test_an_independent_parser_finds_every_choice_question(exported: Path) -> None:
    read = {question.name: question for question in parse_file(str(exported))["multichoice"]}
    ours = {question.id: question for question in quiz.load("1") if question.type in ("single", "multiple")}
    assert set(read) == set(ours)
    for name, question in ours.items():
        assert read[name].single == (question.type == "single")
        assert [option.score_fraction > 0 for option in read[name].options] == [
            option.key for option in question.options
        ]
        assert all(option.feedback for option in read[name].options)


def test_a_category_comes_first(questions: list[ElementTree.Element]) -> None:
    assert questions[0].get("type") == "category"
    assert questions[0].findtext("category/text") == "$course$/top/Two Lenses/01 Reading the case"


def test_right_options_add_up_to_everything_and_fractions_are_moodles(
    questions: list[ElementTree.Element],
) -> None:
    for question in questions[1:]:
        fractions = [float(answer.get("fraction", "")) for answer in question.findall("answer")]
        assert sum(fraction for fraction in fractions if fraction > 0) == pytest.approx(100, abs=0.001)
        assert {abs(fraction) for fraction in fractions} <= GRADES


def test_a_number_carries_its_key_tolerance_and_mistakes(questions: list[ElementTree.Element]) -> None:
    (cut,) = [question for question in questions if question.findtext("idnumber") == "cut-percent"]
    assert cut.get("type") == "numerical"
    answers = cut.findall("answer")
    assert float(answers[0].findtext("text", "")) == pytest.approx(46.1078, abs=1e-4)
    assert float(answers[0].findtext("tolerance", "")) == 0.5
    wrong = {round(float(answer.findtext("text", "")), 1): answer.findtext("feedback/text") for answer in answers[1:]}
    assert "share of the new figure" in str(wrong[85.6])


def test_every_question_has_feedback_hint_tags_and_an_id(questions: list[ElementTree.Element]) -> None:
    for question in questions[1:]:
        assert question.findtext("generalfeedback/text")
        assert question.findtext("hint/text")
        assert question.findtext("idnumber") == question.findtext("name/text")
        assert len(question.findall("tags/tag")) == 4


def test_facts_are_printed_and_no_role_is_left(exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    assert "8,350" in text
    assert "{fact}" not in text


def test_the_same_questions_give_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xml"
    moodle.write([quiz.load("1")], again)
    assert again.read_bytes() == exported.read_bytes()


def test_a_text_that_would_end_its_section_stays_whole(tmp_path: Path) -> None:
    bank = tmp_path / "01-x.yml"
    bank.write_text(
        "- {id: a, type: single, objective: o, level: apply, difficulty: easy, source: C21, hint: H, because: B,\n"
        "   stem: 'x ]]> <b> & y', options: [{text: '<script>', feedback: F, key: true}, {text: c, feedback: d}]}\n"
    )
    out = tmp_path / "x.xml"
    moodle.write([quiz.read(bank)], out)
    question = ElementTree.parse(out).getroot().findall("question")[1]
    assert question.findtext("questiontext/text") == "<p>x ]]&gt; &lt;b&gt; &amp; y</p>"
    assert question.findtext("answer/text") == "<p>&lt;script&gt;</p>"


def test_a_place_that_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written: .*Choose another place with -o"):
        moodle.write([quiz.load("1")], tmp_path / "file" / "x.xml")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
