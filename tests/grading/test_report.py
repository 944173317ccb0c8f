"""A made-up class, graded, and what its instructor and its students read."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from playwright.sync_api import Browser
from traitlets.config import PyFileConfigLoader

from conftest import BIN, run_here
from twolenses import exercises, quiz
from twolenses.errors import GradingError
from twolenses.exercises import trial
from twolenses.grading import demo, graded, report, responses
from twolenses.grading.client import Warm
from twolenses.grading.results import Results
from twolenses.grading.run import Run
from twolenses.handing_in.cells import bare

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")  # nbgrader's own

FIRST = exercises.exercise("1")
NAME = FIRST.name
STUDENTS, SEED = 6, 5


@pytest.fixture(scope="module")
def course(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Five of six students have handed in exercise 1 and are graded."""
    course = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
        demo.make(course, STUDENTS, SEED)
        grade(course, NAME, warm)
        yield course


def grade(course: Path, name: str, warm: Warm) -> None:
    """Register an exercise as nbgrader does, and grade what is handed in."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    assert NbGraderAPI(config=config).generate_assignment(name)["success"]
    assert all(one.graded for one in Run(course, name).grade(warm.run))


@pytest.fixture(scope="module")
def results(course: Path) -> Results:
    return graded.read(NAME, course)


@pytest.fixture(scope="module")
def marks(course: Path) -> Results:
    return responses.mark(course / demo.QUIZ)


# ── the class ────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_seed_gives_the_same_class(course: Path, tmp_path: Path) -> None:
    demo.make(tmp_path / "again", STUDENTS, SEED)
    made = [path for path in (tmp_path / "again").rglob("*") if path.is_file()]
    assert len(made) == STUDENTS + 2
    for path in made:
        assert path.read_bytes() == (course / path.relative_to(tmp_path / "again")).read_bytes()
    demo.make(tmp_path / "other", STUDENTS, SEED + 1)
    assert (tmp_path / "other" / demo.QUIZ).read_text() != (course / demo.QUIZ).read_text()


def test_every_answer_is_one_that_the_exercise_lists(course: Path) -> None:
    known = {one.source.strip() for one in trial.responses(FIRST)}
    known |= {
        kind(cell.source).strip() for cell in FIRST.notebook.cells for kind in (exercises.starter, exercises.solution)
    }
    texts = graded.read(NAME, course).texts
    given_in = {bare(text) for own in texts.values() for text in own.values()}
    assert given_in <= {bare(one) for one in known}


def test_a_folder_with_submissions_is_left_alone(course: Path) -> None:
    with pytest.raises(GradingError, match="holds submissions already"):
        demo.make(course)


# ── the report ───────────────────────────────────────────────────────────────────────────────────────


def test_the_scores_are_nbgraders(course: Path, results: Results) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student in results.scores.index:
            assert results.scores.loc[student].sum() == book.find_submission(NAME, student).score
    assert sum(about.maximum for about in results.about.values()) == FIRST.points


def test_the_mistakes_of_the_listed_answers_are_named(results: Results) -> None:
    """Where an answer was given that makes a named mistake, the report has that name, for that task."""
    wanted = {one.source.strip(): one.mistake for one in trial.responses(FIRST) if one.mistake}
    made = {
        (student, cell, wanted[text.strip()])
        for student, own in results.texts.items()
        for cell, text in own.items()
        if text.strip() in wanted
    }
    assert made
    assert made <= {(one.student, one.item, one.mistake) for one in results.told}


def test_the_copy_in_the_class_is_a_place_to_look(results: Results) -> None:
    page = html.document_fromstring(report.html(results))
    (row,) = page.xpath("//table[caption[contains(., 'Pairs')]]/tbody/tr")
    assert row.text_content().startswith("student-03, student-06100")


def test_a_page_for_each_student_says_what_passed_and_never_shows_a_source(results: Results) -> None:
    hidden = [line.strip() for cell in FIRST.notebook.cells for line in cell.source.splitlines() if "check." in line]
    for student in results.scores.index:
        page = report.feedback(results, student)
        states = re.findall(r"(Passed in part|Passed|Not passed|Waits)", page)
        assert len(states) == len(results.about)
        assert not [line for line in hidden if line in page]


def test_the_table_of_grades_has_points_of_each_item_and_leaves_open_what_waits(results: Results) -> None:
    rows = list(csv.DictReader(io.StringIO(report.grades_csv(results))))
    assert [row["student"] for row in rows] == list(results.scores.index)
    for row in rows:
        assert row["waits"] == ("yes" if row["correction, by hand"] == "" else "")
        assert float(row["score"]) == sum(float(row[item] or 0) for item in results.scores)


def test_mastery_is_of_the_objectives_that_the_exercise_names(results: Results) -> None:
    found = results.mastery("objective")
    assert found.loc["compute-relative-change", "items"] == 2
    reached = (results.scores["read"] + results.scores["cut"]) / 4
    assert found.loc["compute-relative-change", "mastery"] == pytest.approx(reached.mean())
    assert found.loc["compute-relative-change", "below"] == (reached < 0.5).sum()
    assert "Compute a relative change" in report.html(results)


def test_the_report_says_why_an_item_deserves_a_look(results: Results) -> None:
    most, count = results.mistakes.most_common(1)[0]
    assert count >= 0.2 * len(results.scores)
    page = " ".join(html.document_fromstring(report.html(results)).text_content().split())
    assert (
        f"{count} of {len(results.scores)} students: {most[1].replace('_', ' ')}. {results.sentences[most[1]]}" in page
    )


def test_what_is_written_needs_nothing_else_and_is_written_whole(
    course: Path, results: Results, tmp_path: Path
) -> None:
    written = report.write(results, tmp_path / "out" / "first.html")
    names = [str(path.relative_to(tmp_path / "out")) for path in written]
    assert names == ["first.html", "first-grades.csv", *(f"first-feedback/{one}.html" for one in results.scores.index)]
    for path in written:
        assert not re.search(r"""(?:src|href)=|url\(|@import|<script""", path.read_text())


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_on_any_screen(
    results: Results, marks: Results, browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    pages = {
        "class": report.html(results),
        "quiz": report.html(marks),
        "student": report.feedback(results, results.scores.index[0]),
    }
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    for name, text in pages.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri())
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.close()


def test_the_quiz_of_the_class_has_every_question_but_the_essays(marks: Results) -> None:
    assert len(marks.scores) == STUDENTS
    assert set(marks.scores) == {one.id for one in quiz.load(str(FIRST.chapter)) if one.type != "essay"}
    assert set(marks.mastery("lens").index) == {
        one.lens for one in quiz.load(str(FIRST.chapter)) if one.type != "essay"
    }


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────


def test_the_commands_write_and_say_where(course: Path) -> None:
    done = run_here("report", NAME, "--course", ".", cwd=course)
    assert done.returncode == 0, done.stderr
    assert f"reports/{NAME}-feedback: 5 pages of feedback" in done.stdout
    assert (course / "reports" / f"{NAME}.html").exists()
    done = run_here("quiz", "mark", demo.QUIZ, cwd=course)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["quiz-responses-report.html", "quiz-responses-report-grades.csv"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["report", "nothing", "--course", "."], "has no assignment 'nothing'"),
        (["report", NAME, "--course", "elsewhere"], "gradebook.db  does not exist"),
        (["quiz", "mark", "nbgrader_config.py"], "nbgrader_config.py"),
        (["demo-class", "."], "holds submissions already"),
        (["demo-class", "new", "--exercise", "99"], "There is no exercise '99'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_a_sentence_and_exit_code_2(course: Path, command: list[str], said: str) -> None:
    done = run_here(*command, cwd=course)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# ── what assesses what ───────────────────────────────────────────────────────────────────────────────


def test_every_exercise_of_the_course_says_which_objectives_its_tasks_assess() -> None:
    for path in exercises.masters():
        listed = exercises.read(path).notebook.metadata["exercise"]["objectives"]
        assert sum(map(len, listed.values())) >= 4, path


def test_the_lens_of_a_task_is_in_the_report_of_its_class(
    warm: Warm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    dilemma = exercises.exercise("6")
    demo.make(tmp_path, 2, SEED, "6")
    grade(tmp_path, dilemma.name, warm)
    mastery = graded.read(dilemma.name, tmp_path).mastery("lens")
    listed = dilemma.notebook.metadata["exercise"]["lenses"]
    assert set(mastery.index) == set(listed)
    assert mastery.loc["realism", "items"] == len(listed["realism"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("judge-claim: [bases]", "judge-claims: [bases]", "no chapter has it. Did you mean 'judge-claim'"),
        ("judge-claim: [bases]", "judge-claim: [basis]", "there is no task 'basis'. Did you mean 'bases'?"),
        ("judge-claim: [bases]", "judge-claim: bases", "write the list of tasks behind each objective"),
        ("judge-claim: [bases]", "judge-claim: [bases, cut]", "the task 'cut' stands 2 times"),
        (
            "  objectives:",
            "  lenses:\n    realist: [cut]\n  objectives:",
            "there is no such lens. Did you mean 'realism'",
        ),
        ("  objectives:", "  lenses: realism\n  objectives:", "write the list of tasks behind each lens"),
    ],
)
def test_an_objective_a_lens_or_a_task_that_is_none_is_a_sentence(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    text = FIRST.path.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "exercise.md").write_text(text.replace(old, new), encoding="utf-8")
    assert any(said in problem for problem in exercises.problems(exercises.read(tmp_path / "exercise.md")))
