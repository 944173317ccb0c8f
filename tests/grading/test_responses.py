"""Responses to quizzes: what Moodle and Canvas export is understood and marked as the page marks it."""

from __future__ import annotations

import csv
import html
import io
import math
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from twolenses import quiz
from twolenses.errors import GradingError, HandingBackError
from twolenses.grading import demo, responses, wording
from twolenses.grading.results import Results
from twolenses.lms.letters import letter
from twolenses.lms.moodle import texts
from twolenses.lms.moodle.types import stem
from twolenses.quiz import types
from twolenses.quiz.types import BaseQuestion

BANK = [question for path in quiz.files() for question in quiz.read(path) if not isinstance(question, types.Essay)]


# ── what the platforms write ─────────────────────────────────────────────────────────────────────────


def as_text(source: str) -> str:
    """HTML as Moodle's `html_to_text` has it: emphasis between underscores, strong words in capitals."""
    shown = re.sub(r"</?em>", "_", texts.html(source))
    shown = re.sub(r"<strong>(.*?)</strong>", lambda found: found[1].upper(), shown)
    return html.unescape(re.sub(r"<[^>]+>", "", shown)).strip()


def moodle(question: BaseQuestion, response: Any) -> str:
    """The summary of a response, as `summarise_response` of each of Moodle's question types writes it."""
    match question:
        case types.Single():
            return as_text(question.options[response].text)
        case types.Multiple():
            return "; ".join(as_text(question.options[one].text) for one in response)
        case types.TrueFalse():
            reason = f": {as_text(question.reasons[response['reason']].text)}" if question.reasons else ""
            return f"{response['value']}{reason}"
        case types.Matching():
            long = any("$" in one or len(one) > 255 for one in question.choices)
            names = [letter(n) if long else as_text(one) for n, one in enumerate(question.choices)]
            return "; ".join(
                f"{as_text(pair.left)} -> {names[one]}" for pair, one in zip(question.pairs, response, strict=True)
            )
        case types.Classify():
            rows = zip(question.statements, response, strict=True)
            return "; ".join(f"{as_text(one.text)} -> {lens.capitalize()}" for one, lens in rows)
        case types.Ordering():
            items = [as_text(question.items[one]) for one in response]
            return "; ".join(one if len(one) <= 10 else f"{one[:7]}..." for one in items)
        case types.Cloze():
            parts = zip(question.blanks, response, strict=True)
            said = [as_text(b.options[r].text) if isinstance(b, types.ChoiceBlank) else r for b, r in parts]
            return "; ".join(f"part {number}: {one}" for number, one in enumerate(said, start=1))
    return str(response)


def canvas(question: BaseQuestion, response: Any) -> str:
    """The cell of Canvas's *Student Analysis*: parts joined by commas, those within escaped."""
    match question:
        case types.Multiple():
            parts = [as_text(question.options[one].text) for one in response]
        case types.Matching():
            rows = zip(question.pairs, response, strict=True)
            parts = [f"{as_text(pair.left)}=>{as_text(question.choices[one])}" for pair, one in rows]
        case _:
            return moodle(question, response)
    return ",".join(one.replace(",", "\\,") for one in parts)


def written(path: Path, rows: list[list[str]], separator: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


# ── understanding ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("platform", [moodle, canvas])
def test_every_question_of_the_bank_is_marked_by_its_export_as_by_its_response(platform: Any) -> None:
    """A right and a wrong response to each; an order is told by the first letters of its items, if these differ."""
    chance, lost = random.Random(1), []
    for question in BANK:
        for right in (True, False):
            response = demo.response(question, chance, right)
            found = wording.understood(question, platform(question, response))
            if found is None:
                lost.append(question)
            else:
                assert quiz.mark(question, found) == quiz.mark(question, response), question.id
    assert {type(one) for one in lost} <= {types.Ordering}
    orders = [one for one in BANK if isinstance(one, types.Ordering)]
    assert len({one.id for one in lost}) < len(orders)


def test_every_question_is_known_by_the_text_that_moodle_prints() -> None:
    known = {wording.bare(quiz.text.plain(question.stem)): question for question in BANK}
    for question in BANK:
        asked = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</?em>", "_", stem(question)))) + ": one; two"
        assert responses._question(asked, known) == question


@pytest.mark.parametrize("given", ["", "something else", "True: a reason that is none", "part x"])
def test_what_is_no_response_is_none(given: str) -> None:
    for question in BANK:
        if not isinstance(question, (types.Numeric, types.Short, types.Cloze)):
            assert not wording.understood(question, given), question.id


# ── files ────────────────────────────────────────────────────────────────────────────────────────────

CHAPTER = [*quiz.load("1"), *quiz.load("2")]
CUT = next(question for question in CHAPTER if question.id == "cut-percent")
KEY = f"{CUT.value:.4g}"


def marked(path: Path) -> Results:
    """The results, by a bank of two chapters: reading the whole one for each file would take its time."""
    bank = path.parent / "bank"
    bank.mkdir()
    for chapter in ("1", "2"):
        shutil.copy(quiz.load(chapter).path, bank)
    return responses.mark(path, bank)


def test_our_own_form_holds_typed_numbers_and_lists(tmp_path: Path) -> None:
    multiple = next(one for one in CHAPTER if isinstance(one, types.Multiple))
    rows = [["student", "question", "response"]]
    rows += [["a", "cut-percent", KEY], ["a", multiple.id, str(list(multiple.keys))], ["b", "cut-percent", '"85.6"']]
    found = marked(written(tmp_path / "week1.csv", [*rows, ["b", multiple.id, "[]"]]))
    assert found.title == "week1"
    assert found.scores.loc["a"].tolist() == [CUT.points, multiple.points]
    assert found.scores.loc["b"].tolist() == [0, 0]
    assert found.mistakes == {("cut-percent", "cut_of_new"): 1}
    assert found.about["cut-percent"].objective == "compute-relative-change"


@pytest.mark.parametrize("heads", [("Question", "Response", "Right answer"), ("Frage", "Antwort", "Richtige Antwort")])
def test_moodles_responses_are_read_in_any_language(heads: tuple[str, str, str], tmp_path: Path) -> None:
    single = next(one for one in CHAPTER if isinstance(one, types.Single))
    head = ["Last name", "First name", "Email address", "State", "Grade/10.00"]
    head += [f"{name} {number}" for number in (1, 2) for name in heads]
    right = moodle(single, single.keys[0])
    asked = [f"{as_text(CUT.stem)}\nYour answer in %:", f"{as_text(single.stem)}: {right}; other"]
    rows = [
        ["Berisha", "Ana", "ana@example.org", "Finished", "3.00", asked[0], "85.6", KEY, asked[1], "-", right],
        ["Berisha", "Ana", "ana@example.org", "Finished", "10.00", asked[0], KEY, KEY, asked[1], right, right],
        ["Jović", "Petar", "", "Finished", "0.00", asked[0], "-", KEY, asked[1], "-", right],
        ["", "", "", "", "6.5", "-", "-", "-", "-", "-", "-"],
    ]
    found = marked(written(tmp_path / "q.csv", [head, *rows], separator=";"))
    assert found.scores.to_dict("index") == {
        "ana@example.org": {CUT.id: CUT.points, single.id: single.points},
        "Jović Petar": {CUT.id: 0, single.id: 0},
    }


def test_canvas_has_marked_already_and_its_points_count(tmp_path: Path) -> None:
    head = ["name", "id", "sis_id", "section", "section_id", "section_sis_id", "submitted", "attempt"]
    head += [
        f"101: {as_text(CUT.stem)}",
        "2.0",
        "102: What is the capital?",
        "1.0",
        "n correct",
        "n incorrect",
        "score",
    ]
    middle = ["", "IR 1", "7", "", "2026-11-29 10:00:00 UTC"]
    rows = [
        ["Ana Berisha", "7", *middle, "2", "85.6", "0.0", "Tirana", "0.5", "1", "1", "0.5"],
        ["Ana Berisha", "7", *middle, "1", KEY, "2.0", "Rome", "0.0", "1", "1", "2.0"],
        ["Petar Jović", "8", *middle, "1", KEY, "2.0", "Bern", "1.0", "2", "0", "3.0"],
    ]
    found = marked(written(tmp_path / "canvas.csv", [head, *rows]))
    assert found.scores.to_dict("index") == {"7": {CUT.id: 0, "102": 0.5}, "8": {CUT.id: 2, "102": 1}}
    assert found.mistakes == {(CUT.id, "cut_of_new"): 1}
    assert found.remarks == (("102", "no question of the bank has this text: Canvas's points count"),)


def test_an_essay_and_what_cannot_be_understood_are_left_out_with_a_line(tmp_path: Path) -> None:
    essay = next(one for one in CHAPTER if isinstance(one, types.Essay))
    single = next(one for one in CHAPTER if isinstance(one, types.Single))
    asked = [as_text(one.stem) for one in (CUT, essay, single)]
    head = ["Email address", *(f"{name} {number}" for number in (1, 2, 3, 4) for name in ("Question", "Response"))]
    row = ["a@example.org", asked[0], KEY, asked[1], "My essay.", asked[2], "an option since changed", "Else?", "No."]
    found = marked(written(tmp_path / "q.csv", [head, row]))
    assert found.scores.to_dict("index") == {"a@example.org": {CUT.id: CUT.points}}
    assert dict(found.remarks) == {
        essay.id: "an essay, which a person marks: it is left out",
        single.id: "1 responses could not be understood and are left out",
        "question-4": "no question of the bank has this text: it is left out",
    }


def test_praise_for_one_part_is_not_listed_as_what_was_wrong(tmp_path: Path) -> None:
    question = next(one for one in CHAPTER if isinstance(one, types.TrueFalse) and one.reasons)
    wrong = next(number for number, reason in enumerate(question.reasons) if not reason.key)
    given = f'{{"value": {str(question.answer).lower()}, "reason": {wrong}}}'
    rows = [["student", "question", "response"], ["a", question.id, given]]
    found = marked(written(tmp_path / "q.csv", rows))
    assert [one.said for one in found.told] == [quiz.text.plain(question.reasons[wrong].feedback)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [["a", "b"], ["1", "2"]],
            "q.csv:1  is no file of responses. It needs the columns student, question and response",
        ),
        ([["Last name", "Response 1"], ["x", "y"]], "as Moodle's report 'Responses' has them with the question text"),
        (
            [["student", "question", "response"], ["a", "nothing-like-it", "1"]],
            "holds no response to a question of the bank",
        ),
        ([["student", "question", "response"]], "holds no response to a question of the bank"),
    ],
    ids=["another table", "without question texts", "another bank", "no rows"],
)
def test_a_file_that_is_none_is_a_sentence(rows: list[list[str]], said: str, tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=re.escape(said)):
        marked(written(tmp_path / "q.csv", rows))


def test_a_file_that_is_no_table_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_bytes(b"\xff\xfe\x00PK")
    with pytest.raises(HandingBackError, match="is no CSV file in UTF-8"):
        marked(tmp_path / "q.csv")


def test_a_question_that_nobody_was_asked_is_missing_not_zero(tmp_path: Path) -> None:
    other = next(one for one in CHAPTER if isinstance(one, types.Short))
    rows = [["student", "question", "response"], ["a", CUT.id, KEY], ["b", other.id, other.answers[0]]]
    found = marked(written(tmp_path / "q.csv", rows))
    assert math.isnan(found.scores.at["a", other.id])
    assert found.reached.tolist() == [1, 1]
