"""The bank: one definition of correctness, and a sentence for every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses import course, quiz
from twolenses.errors import QuizError
from twolenses.quiz import html, text
from twolenses.quiz.types import TYPES

VECTORS = json.loads((Path(__file__).parent / "marking.json").read_text(encoding="utf-8"))


def test_the_bank_is_sound() -> None:
    problems = quiz.validate(quiz.files(), objectives=course.objectives(), citations=course.citations())
    assert list(map(str, problems)) == []


def test_every_chapter_has_a_quiz_of_at_least_eight_questions_of_three_types() -> None:
    for chapter in course.chapters():
        questions = quiz.load(str(chapter.number))
        assert len(questions) >= 8
        assert len({question.type for question in questions}) >= 3


def test_every_objective_is_assessed_by_two_questions() -> None:
    asked = [question.objective for path in quiz.files() for question in quiz.read(path)]
    assert {objective: asked.count(objective) for objective in course.objectives() if asked.count(objective) < 2} == {}


# ── marking ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> quiz.Quiz:
    path = tmp_path_factory.mktemp("bank") / "bank.yml"
    path.write_text(VECTORS["bank"], encoding="utf-8")
    return quiz.read(path)


@pytest.mark.parametrize("id", dict.fromkeys(vector["question"] for vector in VECTORS["vectors"]))
def test_marking_follows_the_vectors(bank: quiz.Quiz, id: str) -> None:
    vectors = [vector for vector in VECTORS["vectors"] if vector["question"] == id]
    assert len(vectors) >= 6
    marked = [(vector["response"], quiz.mark(bank[id], vector["response"]).fraction) for vector in vectors]
    assert marked == [(vector["response"], pytest.approx(vector["fraction"], abs=1e-9)) for vector in vectors]


def test_the_vectors_cover_every_type(bank: quiz.Quiz) -> None:
    assert len(VECTORS["vectors"]) >= 200
    assert {question.type for question in bank} == set(TYPES)
    assert {vector["question"] for vector in VECTORS["vectors"]} == {question.id for question in bank}


ANYTHING = st.none() | st.text() | st.integers() | st.lists(st.integers()) | st.floats() | st.booleans()


@settings(deadline=None)
@given(response=ANYTHING)
def test_no_response_stops_the_marking(response: Any) -> None:
    for question in quiz.load("1"):
        assert 0 <= quiz.mark(question, response).fraction <= 1


def test_a_common_mistake_gets_its_own_sentence() -> None:
    assert "share of the new figure" in quiz.mark(quiz.load("1")["cut-percent"], "85,6").feedback[0]


# ── files that break the form ────────────────────────────────────────────────────────────────────────

COMMON = """\
  objective: o
  level: apply
  difficulty: easy
  source: C21
  hint: Think.
  because: It is so.
"""
SINGLE = f"""\
- id: one
  type: single
{COMMON}  stem: Which?
  options:
  - text: A
    feedback: No.
  - text: B
    feedback: Yes.
    key: true
"""
NUMERIC = f"""\
- id: two
  type: numeric
{COMMON}  stem: How many?
  answer: {{fact: serbian_troop_cut}}
  mistakes: [cut_of_new]
"""


def problems(tmp_path: Path, content: str) -> str:
    path = tmp_path / "q.yml"
    path.write_text(content)
    return "\n".join(map(str, quiz.validate([path], objectives={"o"}, citations={"jervis1978"})))


def test_the_good_questions_are_good(tmp_path: Path) -> None:
    assert problems(tmp_path, SINGLE + NUMERIC) == ""


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("    key: true\n", "", "q.yml:1  question 'one' has no key. Mark the right option"),
        ("feedback: No.\n", "feedback: No.\n    key: true\n", "q.yml:1  question 'one' has 2 keys, a single choice has one"),
        ("    feedback: No.\n", "", "q.yml:11  question 'one': feedback of option 1 is missing. Add it."),
        ("feedback: No.", "feedback: ''", "question 'one': feedback of option 1 is empty. Write it."),
        ("text: B", "text: a", "question 'one' has the option 'a' twice"),
        ("id: two", "id: one", "q.yml:16  question 'one' has the id of another question"),
        ("stem: How many?", "stem: Which?", "q.yml:16  question 'two' has the stem of another question"),
        ("serbian_troop_cut", "serbian_trop_cut", "q.yml:16  question 'two' names the fact 'serbian_trop_cut', which does not exist. Did you mean 'serbian_troop_cut'"),
        ("stem: Which?", "stem: Of {fact}`army_basis`?", "names the fact 'army_basis', which does not exist. Did you mean 'army_bases'"),
        ("cut_of_new", "cut_of_nw", "names the mistake 'cut_of_nw', which does not exist. Did you mean 'cut_of_new'"),
        ("{fact: serbian_troop_cut}", "{fact: serbian_troop_cut, within: 60}", "names the mistake 'cut_of_new', whose value lies within the tolerance"),
        ("{fact: serbian_troop_cut}", "{fact: uk_battalion_offered}", "is a range"),
        ("objective: o", "objective: p", "names the objective 'p', which no chapter has. Known: o."),
        ("source: C21", "source: C99", "names the source 'C99', which does not exist"),
        ("source: C21", "source: cite:jervis1987", "Did you mean 'jervis1978'"),
        ("type: single", "type: singel", "q.yml:2  question 'one': type 'singel' is not a question type. Did you mean 'single'"),
        ("  type: single\n", "", "question 'one': type is missing. Add 'type:'."),
        ("level: apply", "level: aply", "q.yml:4  question 'one': level"),
        ("  because: It is so.\n", "", "question 'one': because is missing. Add it."),
        ("hint: Think.", "hnt: Think.", "question 'one': hnt is not known here"),
        ("id: one", "id: One!", "question 'One!': id string should match pattern"),
        ("stem: Which?", "stem: Which: one?", "q.yml:9  is not valid YAML"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_question_and_remedy(tmp_path: Path, before: str, after: str, says: str) -> None:
    assert before in SINGLE + NUMERIC
    assert says in problems(tmp_path, (SINGLE + NUMERIC).replace(before, after, 1))


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    broken = SINGLE.replace("    feedback: No.\n", "").replace("  because: It is so.\n", "") + NUMERIC.replace(
        "cut_of_new", "x"
    )
    assert len(problems(tmp_path, broken).splitlines()) == 3


def test_reading_a_broken_file_raises_the_same_sentences(tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    path.write_text("- 1\n")
    with pytest.raises(QuizError, match=r"q\.yml:1  item 1 is not a question"):
        quiz.read(path)


def test_an_unknown_quiz_names_the_nearest() -> None:
    with pytest.raises(QuizError, match="Did you mean '01-reading-the-case'"):
        quiz.load("01-reading-the-cave")


# ── texts and form ───────────────────────────────────────────────────────────────────────────────────


def test_a_text_prints_facts_as_prose_does() -> None:
    assert text.inline("KFOR had {fact}`kfor_october_2023`.") == "KFOR had well over 4,500."


def test_html_in_a_text_is_shown_and_never_interpreted() -> None:
    assert text.inline("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_the_key_in_the_page_cannot_end_its_script_element(tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    path.write_text(SINGLE.replace("feedback: Yes.", "feedback: '</script><b>'"))
    key = html.form(quiz.read(path)).split('class="tl-key">')[1].split("</script>")[0]
    assert json.loads(key)["one"]["feedback"][1] == "&lt;/script&gt;&lt;b&gt;"


def test_an_edited_question_has_another_digest(tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    path.write_text(SINGLE)
    before = html.digest(quiz.read(path)["one"])
    path.write_text(SINGLE.replace("feedback: Yes.", "feedback: Yes!"))
    assert html.digest(quiz.read(path)["one"]) != before
