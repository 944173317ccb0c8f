"""An instructor's own exercise, sealed: what students get knows no answer, what the grader has judges every one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from conftest import BIN, execute, run, said
from twolenses import check, exercises, keys, new
from twolenses.assignments import nbgrader, sealed
from twolenses.errors import AssignmentError, ExerciseError
from twolenses.exercises import keep_all, trial

NAME = "01-who-pays"
Change = Callable[[Any, exercises.Exercise], None]


def task(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook.cells if cell.metadata.get("task") == name)


def check_of(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook.cells if cell.metadata.get("check") == name)


def perfect(notebook: Any, master: exercises.Exercise) -> None:
    for one in master.tasks:
        task(notebook, one.name).source = keep_all(task(master.notebook, one.name).source)


def wrong(notebook: Any, master: exercises.Exercise) -> None:
    """Of the right form, and not right."""
    perfect(notebook, master)
    task(notebook, "average").source = "average = 1.5\nspread = 2.5"
    task(notebook, "changes").source = "changes = growth['SRB']\nfalls = growth['SRB']"
    task(notebook, "states").source = "fastest = 'ALB'\nslowest = 'XKX'"
    task(notebook, "change").source = "def percent_change(before, after):\n    return 5.0"


def mistaken(notebook: Any, master: exercises.Exercise) -> None:
    """Everything right but for the mistake that everybody makes."""
    perfect(notebook, master)
    (response,) = [one for one in trial.responses(master) if one.mistake == "measured_against_the_new"]
    task(notebook, response.task).source = response.source


SUBMISSIONS: dict[str, Change] = {"perfect": perfect, "wrong": wrong, "mistaken": mistaken}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> exercises.Exercise:
    masters = tmp_path_factory.mktemp("masters")
    new.exercise("who-pays", masters)
    return exercises.exercise(NAME, masters)


def api(course: Path) -> Any:
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    return NbGraderAPI(config=config)


@pytest.fixture(scope="module")
def course(master: exercises.Exercise, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The course directory once nbgrader has released, graded and given feedback."""
    folder = tmp_path_factory.mktemp("course")
    nbgrader.write(master, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")  # nbgrader calls alembic
        patch.setenv(keys.FOLDER, "")  # the configuration changes it
        app = api(folder)
        assert app.generate_assignment(NAME)["success"]
        for student, change in SUBMISSIONS.items():
            handed_in = folder / "submitted" / student / NAME
            shutil.copytree(folder / "release" / NAME, handed_in)
            notebook = nbformat.read(handed_in / f"{NAME}.ipynb", 4)
            change(notebook, master)
            nbformat.write(notebook, handed_in / f"{NAME}.ipynb")
            assert app.autograde(NAME, student)["success"]
            assert app.generate_feedback(NAME, student)["success"]
        yield folder


def scores(course: Path, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        (notebook,) = book.find_submission(NAME, student).notebooks
        return {grade.name: grade.score for grade in notebook.grades if grade.name.startswith("check-")}


def graded(course: Path, student: str) -> Any:
    return nbformat.read(course / "autograded" / student / NAME / f"{NAME}.ipynb", 4)


FULL = {"check-average": 2.0, "check-changes": 2.0, "check-states": 2.0, "check-change": 2.0, "check-argument": 1.0}
ARGUMENT = {"check-argument": 1.0}


# ── what students get ────────────────────────────────────────────────────────────────────────────────


def secrets(master: exercises.Exercise) -> list[str]:
    """What nobody may read before it is graded: sentences, bodies of functions, solutions, hidden tests, values."""
    key = keys.read(master.folder / keys.FILE)
    lines = [line.strip() for line in (master.folder / keys.FILE).read_text(encoding="utf-8").splitlines()]
    hidden = [
        line.strip()
        for cell in master.notebook.cells
        if cell.cell_type == "code" and "BEGIN HIDDEN" in cell.source
        for line in cell.source.partition("### BEGIN HIDDEN TESTS")[2].partition("### END")[0].splitlines()
    ]
    solutions = [
        line.strip()
        for cell in master.notebook.cells
        if "task" in cell.metadata
        for line in cell.source.partition("### BEGIN SOLUTION")[2].partition("### END")[0].splitlines()
        if line not in exercises.starter(cell.source)
    ]
    names = [*key.mistakes, *(one.sentence for one in key.mistakes.values())]
    shared = {"import pandas as pd", "from twolenses.data import load"}
    return [one for one in {*names, *lines, *hidden, *solutions} - shared if len(one) > 12]


@pytest.mark.parametrize("folder", ["source", "release"])
def test_no_file_that_students_are_given_holds_anything_of_the_key(
    course: Path, master: exercises.Exercise, folder: str
) -> None:
    files = [path for path in (course / folder).rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{NAME}.ipynb"]
    if folder == "release":
        given = "\n".join(cell.source for cell in nbformat.read(files[0], 4).cells)
        assert len(secrets(master)) > 30
        assert [one for one in secrets(master) if one in given] == []


def test_feedback_comes_without_the_key(course: Path) -> None:
    for folder in ("autograded", "feedback"):
        files = [path for path in (course / folder).rglob("*") if path.is_file()]
        assert {path.suffix for path in files} <= {".ipynb", ".html", ".txt"}
    for page in (course / "feedback").rglob("*.html"):
        assert "@mistake" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("student", ["perfect", "wrong"])
def test_the_students_copy_runs_and_speaks_of_the_form_alone(
    course: Path, student: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.FOLDER, raising=False)
    monkeypatch.chdir(tmp_path)
    notebook = execute(nbformat.read(course / "submitted" / student / NAME / f"{NAME}.ipynb", 4))
    assert not [one for cell in notebook.cells for one in cell.get("outputs", []) if one.output_type == "error"]
    for name in ("average", "changes", "states", "change"):
        assert "Whether it is right is judged when it is graded." in said(check_of(notebook, name))


# ── what the grader has ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("student", "marks"),
    [("perfect", FULL), ("wrong", dict.fromkeys(FULL, 0.0) | ARGUMENT), ("mistaken", FULL | {"check-change": 0.0})],
)
def test_every_submission_has_its_marks(course: Path, student: str, marks: dict[str, float]) -> None:
    assert scores(course, student) == marks


def test_the_sentence_of_a_mistake_arrives_with_the_marks(course: Path, master: exercises.Exercise) -> None:
    sentence = keys.read(master.folder / keys.FILE).mistakes["measured_against_the_new"].sentence
    assert sentence in said(check_of(graded(course, "mistaken"), "change"))
    assert sentence in re.sub(r"\s+", " ", next((course / "feedback/mistaken").rglob("*.html")).read_text("utf-8"))


def test_without_the_key_nothing_is_graded_and_a_sentence_says_so(course: Path) -> None:
    """Nobody gets marks for the form alone."""
    (course / "keys").rename(course / "away")
    try:
        assert api(course).autograde(NAME, "perfect", force=True)["success"]
    finally:
        (course / "away").rename(course / "keys")
    marks = scores(course, "perfect")
    assert marks == dict.fromkeys(FULL, 0.0) | ARGUMENT
    text = "\n".join(said(cell) for cell in graded(course, "perfect").cells if cell.cell_type == "code")
    assert f"The key of '{NAME}' is not here, so nothing can be graded." in text


def test_a_grader_never_takes_an_exercise_for_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_sealed", True)
    assert keys.sealed()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert not keys.sealed()


# ── where a key is looked for ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["../01-newspaper-number", "a/b", "a\\b", "", ".", "..", "/etc", ".hidden", "a\n", 5])
def test_a_path_is_no_name_of_an_exercise(name: Any) -> None:
    with pytest.raises(ExerciseError, match="is no name of an exercise. Write the name of its folder"):
        check.exercise(name)


def test_a_key_beside_the_notebook_counts_but_not_while_grading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.FOLDER, raising=False)
    monkeypatch.chdir(tmp_path)
    assert keys.find(NAME) is None
    (tmp_path / keys.FILE).write_text(sealed.EMPTY)
    assert keys.find(NAME) == tmp_path / keys.FILE
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert keys.find(NAME) is None


def test_a_key_beside_the_notebook_is_not_that_of_an_exercise_of_the_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / keys.FILE).write_text(sealed.EMPTY)
    assert keys.find("05-arms-race") == root / "exercises/notebooks/05-arms-race/key.py"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("answer = (\n", r"01-x/key\.py:1  stops with SyntaxError: '\(' was never closed"),
        ("import nothing_of_that_name\n", r"01-x/key\.py:1  stops with ModuleNotFoundError"),
        (
            "from twolenses.answers import answer\n\n\n@answer\ndef one():\n    '''One.'''\n\n\n@answer\ndef one():\n    '''One.'''\n",
            r"01-x/key\.py:9  Two answers are called 'one'",
        ),
        (
            "from twolenses.answers import answer\n\n\n@answer\ndef one():\n    return 1\n",
            r"01-x/key\.py:4  The answer 'one' has no docstring",
        ),
    ],
)
def test_a_key_that_stops_is_a_sentence_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    key = tmp_path / "01-x" / keys.FILE
    key.parent.mkdir()
    key.write_text(text)
    with pytest.raises(ExerciseError, match=says):
        keys.read(key)


# ── assigning ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own(master: exercises.Exercise, tmp_path: Path) -> Path:
    """A copy of the masters, to change at will."""
    shutil.copytree(master.folder.parent, tmp_path / "masters")
    return tmp_path / "masters" / NAME / "exercise.md"


def test_an_open_exercise_is_released_with_its_key(own: Path, tmp_path: Path) -> None:
    done = run(
        "twolenses", "assign", "nbgrader", "1", "--masters", own.parents[1], "--course", "c", "--open", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    text = own.with_name(keys.FILE).read_text(encoding="utf-8")
    for place in ("source", "keys"):
        assert (tmp_path / "c" / place / NAME / keys.FILE).read_text(encoding="utf-8") == text


def test_a_key_that_was_open_is_not_released_with_a_sealed_exercise(own: Path, tmp_path: Path) -> None:
    nbgrader.write(exercises.read(own), tmp_path / "c", shown=True)
    with pytest.raises(AssignmentError, match=r"key\.py  would be released with the exercise. Delete it"):
        nbgrader.write(exercises.read(own), tmp_path / "c")


def test_a_configuration_of_the_instructors_is_left_alone_and_what_it_lacks_is_said(own: Path, tmp_path: Path) -> None:
    config = tmp_path / "c" / "nbgrader_config.py"
    config.parent.mkdir()
    config.write_text("# mine")
    command = ["twolenses", "assign", "nbgrader", "1", "--masters", str(own.parents[1]), "--course", "c"]
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert config.read_text() == "# mine"
    assert "nbgrader_config.py  does not say where keys lie" in done.stderr
    config.write_text("c = get_config()\n" + done.stderr.partition("Add at its end:\n")[2])
    assert run(*command, cwd=tmp_path).stderr == ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(keys.FOLDER, "")
        PyFileConfigLoader("nbgrader_config.py", path=str(config.parent)).load_config()
        assert Path(os.environ[keys.FOLDER]) == (tmp_path / "c/keys").resolve()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("average = ...", "average = check.given('average_growth')", "takes an answer from check.given"),
        ("average = ...", "average = 4.2725", "holds the key of 'average_growth': 4.2725"),
        ("fastest = ...", "fastest = 'xkx'", "holds the key of 'fastest_state': 'xkx'"),
        ("import pandas as pd\n", "import pandas as pd\nfrom twolenses import keys\n", "imports twolenses.keys"),
        ("falls = ...", "falls = (", "is no Python as students find it"),
    ],
)
def test_what_would_give_an_answer_away_is_not_sealed(
    own: Path, tmp_path: Path, before: str, after: str, says: str
) -> None:
    text = own.read_text(encoding="utf-8")
    assert before in text
    own.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(AssignmentError, match=rf"exercise\.md  cell \d+ {re.escape(says)}"):
        nbgrader.write(exercises.read(own), tmp_path / "c")
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("literal", ["{'a': [1, 2], 'b': [3, 4]}", "[(1, 3), (2, 4)]"])
def test_a_table_is_given_away_by_its_columns_or_its_rows_and_by_no_other_list(own: Path, literal: str) -> None:
    key, text = own.parent / keys.FILE, own.read_text(encoding="utf-8")
    table = '@answer\ndef table() -> pd.DataFrame:\n    """A table."""\n    return pd.DataFrame({"a": [1, 2], "b": [3, 4]})\n'
    key.write_text(f"{key.read_text(encoding='utf-8')}\n\n{table}", encoding="utf-8")
    own.write_text(text.replace("average = ...", "average = ([2022, 2023, 2024], ...)[1]", 1), encoding="utf-8")
    assert sealed.faults(exercises.read(own)) == []
    own.write_text(text.replace("average = ...", f"average = {literal}", 1), encoding="utf-8")
    (fault,) = sealed.faults(exercises.read(own))
    assert "holds the key of 'table'" in fault


@pytest.mark.parametrize("path", exercises.masters(), ids=exercises.name_of)
def test_every_kind_of_key_can_be_looked_for(path: Path) -> None:
    assert all("check.given" in fault for fault in sealed.faults(exercises.read(path)))


def test_an_exercise_called_like_one_of_the_course_cannot_be_sealed(own: Path, tmp_path: Path) -> None:
    taken = own.parents[1] / "01-newspaper-number"
    own.parent.rename(taken)
    with pytest.raises(AssignmentError, match="called like an exercise of the course, whose key everybody has"):
        nbgrader.write(exercises.read(taken / "exercise.md"), tmp_path / "c")


def test_an_exercise_of_the_course_brings_no_key(tmp_path: Path) -> None:
    written = nbgrader.write(exercises.exercise("1"), tmp_path)
    assert [path.name for path in written] == ["01-newspaper-number.ipynb", "nbgrader_config.py"]
