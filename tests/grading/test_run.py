"""A class is graded to its end: broken submissions cost only themselves, and a run that is killed goes on where it was."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import threading
import time
from pathlib import Path

import classes
import nbformat
import pytest

from conftest import run as command
from twolenses.errors import GradingError
from twolenses.grading.client import Warm
from twolenses.grading.run import STAGE, Outcome, Run

TESTS = {"first": "assert x == 1", "second": "assert x == 1", "third": "assert y == 2"}
GOOD = ["x = 1", "y = 2"]


def notebook(course: Path, student: str) -> Path:
    return course / "submitted" / student / "small" / "small.ipynb"


def change(path: Path, how: object) -> None:
    made = nbformat.read(path, 4)
    how(made)  # type: ignore[operator]
    nbformat.write(made, path)


def points(course: Path, student: str) -> list[float | None]:
    found = classes.scores(course, "small", student)["small"]
    return [found[name]["score"] for name in TESTS]


# ── broken submissions ───────────────────────────────────────────────────────────────────────────────


def copied(course: Path) -> None:
    change(
        notebook(course, "copied"), lambda made: made.cells.append(nbformat.from_dict(made.cells[2] | {"id": "copy"}))
    )


def old(course: Path) -> None:
    change(notebook(course, "old"), lambda made: made.cells[2].metadata.nbgrader.pop("schema_version"))


def renamed(course: Path) -> None:
    change(notebook(course, "renamed"), lambda made: made.cells[2].metadata.nbgrader.update(grade_id="mine"))


def cut_off(course: Path) -> None:
    path = notebook(course, "cut_off")
    path.write_text(path.read_text()[:200])


def no_notebook(course: Path) -> None:
    notebook(course, "no_notebook").rename(notebook(course, "no_notebook").with_suffix(".txt"))


def other_name(course: Path) -> None:
    notebook(course, "other_name").rename(notebook(course, "other_name").with_name("homework.ipynb"))


def large(course: Path) -> None:
    with notebook(course, "large").open("r+b") as file:
        file.truncate(200_000_000)


def emptied(course: Path) -> None:
    notebook(course, "emptied").write_text(
        json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )


def deep(course: Path) -> None:
    notebook(course, "deep").write_text("[" * 100_000 + "]" * 100_000)


BROKEN = {
    copied: ([2, 2, 2], "metadata had been changed"),
    old: ([2, 2, 2], "metadata had been changed"),
    renamed: ([2, 2, 2], "metadata had been changed"),
    cut_off: ([None, None, None], "no JSON"),
    no_notebook: ([None, None, None], "holds no notebook"),
    other_name: ([0, 0, 0], "no notebook has a name that the gradebook knows"),
    large: ([None, None, None], "larger than 100 MB"),
    emptied: ([None, None, None], ""),
    deep: ([None, None, None], "not graded"),
}
STOPPING = {
    "exit": (["x = 1", "import os\nos._exit(3)"], [0, 0, 0], "code cell 2 ended the process with exit code 3"),
    "crash": (["x = 1", "y = 2\nimport ctypes"], [2, 2, 2], ""),
    "endless": (
        ["x = 1\nwhile True:\n    pass", "y = 2"],
        [2, 2, 2],
        "code cell 1 ran for more than 3 seconds and was interrupted",
    ),
    "too-much": (["x = 1", "y = 2"], [2, 2, 2], ""),
}


@pytest.fixture(scope="module")
def mixed(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Outcome]]:
    """A course in which half of the class handed in something broken, graded."""
    course = tmp_path_factory.mktemp("mixed")
    students = (
        {"good": GOOD, "zoe": GOOD}
        | {make.__name__: GOOD for make in BROKEN}
        | {name: own for name, (own, _, _) in STOPPING.items()}
    )
    classes.small(course, TESTS, students, "c.Execute.timeout = 3")
    for make in BROKEN:
        make(course)
    return course, {one.student: one for one in Run(course, "small").grade(warm.run)}


@pytest.mark.parametrize("make", BROKEN, ids=lambda make: make.__name__)
def test_a_broken_submission_costs_only_itself(mixed: tuple[Path, dict[str, Outcome]], make: object) -> None:
    course, outcomes = mixed
    expected, said = BROKEN[make]  # type: ignore[index]
    outcome = outcomes[make.__name__]  # type: ignore[attr-defined]
    if outcome.graded:
        assert points(course, outcome.student) == expected
    else:
        assert not (course / "autograded" / outcome.student).exists(), "nothing half-written"
    assert said in " ".join(outcome.faults)
    assert len(outcome.faults) <= 1, "one line"


@pytest.mark.parametrize("student", STOPPING)
def test_what_a_notebook_finished_keeps_its_points(mixed: tuple[Path, dict[str, Outcome]], student: str) -> None:
    course, outcomes = mixed
    _, expected, said = STOPPING[student]
    assert outcomes[student].graded
    assert points(course, student) == expected
    assert said in " ".join(outcomes[student].faults)


def test_everyone_else_is_graded(mixed: tuple[Path, dict[str, Outcome]]) -> None:
    course, _ = mixed
    assert points(course, "good") == points(course, "zoe") == [2, 2, 2]


def test_a_process_that_ends_keeps_the_points_of_the_cells_before(warm: Warm, tmp_path: Path) -> None:
    classes.small(
        tmp_path, {"first": "assert x == 1", "dies": "import os\nos.abort()", "after": "assert True"}, {"one": "x = 1"}
    )
    (outcome,) = Run(tmp_path, "small").grade(warm.run)
    found = classes.scores(tmp_path, "small", "one")["small"]
    assert [found[name]["score"] for name in ("first", "dies", "after")] == [2, 0, 0]
    assert outcome.graded
    assert outcome.faults == ["code cell 3 crashed the process (SIGSEGV); it and the rest count as failed"]


def test_a_score_above_the_maximum_goes_to_a_person(warm: Warm, tmp_path: Path) -> None:
    classes.small(tmp_path, {"first": "assert x == 1", "generous": "7"}, {"one": "x = 1"})
    (outcome,) = Run(tmp_path, "small").grade(warm.run)
    found = classes.scores(tmp_path, "small", "one")["small"]
    assert (found["first"]["score"], found["generous"]["score"], found["generous"]["manual"]) == (2, None, True)
    assert outcome.faults == ["generous shows more points than it can have; grade this cell by hand"]


# ── killed and begun again ───────────────────────────────────────────────────────────────────────────


def test_killed_at_twenty_moments_nothing_is_lost_and_nothing_graded_twice(warm: Warm, tmp_path: Path) -> None:
    students = {f"s{number:02}": GOOD if number % 3 else ["x = 1", "y = 3"] for number in range(24)}
    classes.small(tmp_path, TESTS, students)
    moments, kills, finished = random.Random(20231105), 0, {}
    while kills < 20:
        child = os.fork()
        if not child:
            try:
                list(Run(tmp_path, "small").grade(warm.run))
            finally:
                os._exit(0)
        time.sleep(moments.uniform(0.05, 0.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kills += 1
        done = {path.parent.name: path.stat().st_ino for path in (tmp_path / "autograded").glob("*/small")}
        assert finished.items() <= done.items(), "a submission was lost or graded twice"
        for student in done:
            assert classes.outputs(tmp_path, "small", student).cells[-1].execution_count == 5, "half-written"
        finished = done
    outcomes = list(Run(tmp_path, "small").grade(warm.run))
    assert all(one.graded for one in outcomes)
    assert {one.student for one in outcomes} == set(students) - set(finished)
    for number, student in enumerate(sorted(students)):
        assert points(tmp_path, student) == ([2, 2, 2] if number % 3 else [2, 2, 0])
    assert not (tmp_path / STAGE).exists()


def test_a_warm_process_that_dies_is_started_again(tmp_path: Path) -> None:
    classes.small(tmp_path, TESTS, {f"s{number}": GOOD for number in range(6)})
    with Warm() as own:
        outcomes = []
        for outcome in Run(tmp_path, "small").grade(own.run, workers=1):
            outcomes.append(outcome)
            if len(outcomes) == 2:
                os.kill(own.pid, signal.SIGKILL)
    assert all(one.graded for one in outcomes)
    assert [points(tmp_path, one.student) for one in outcomes] == [[2, 2, 2]] * 6


def test_somebody_else_writes_to_the_gradebook_meanwhile(warm: Warm, tmp_path: Path) -> None:
    """Another program takes the gradebook for half a second at a time, as `formgrader` may; no grade is lost."""
    classes.small(tmp_path, TESTS, {f"s{number}": GOOD for number in range(8)})
    over = threading.Event()

    def disturb() -> None:
        other = sqlite3.connect(tmp_path / "gradebook.db", timeout=20, isolation_level=None)
        while not over.is_set():
            other.execute("BEGIN IMMEDIATE")
            over.wait(0.3)
            other.execute("COMMIT")
            over.wait(0.1)
        other.close()

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        outcomes = list(Run(tmp_path, "small").grade(warm.run, workers=4))
    finally:
        over.set()
        thread.join()
    assert [points(tmp_path, one.student) for one in outcomes if one.graded] == [[2, 2, 2]] * 8


def test_handed_in_again_is_graded_again_and_only_that(warm: Warm, tmp_path: Path) -> None:
    classes.small(tmp_path, TESTS, {"a": "x = 1", "b": GOOD})
    for student in "ab":
        notebook(tmp_path, student).with_name("timestamp.txt").write_text("2026-11-01 10:00:00 UTC")
    list(Run(tmp_path, "small").grade(warm.run))
    change(notebook(tmp_path, "a"), lambda made: setattr(made.cells[0], "source", "x, y = 1, 2"))
    notebook(tmp_path, "a").with_name("timestamp.txt").write_text("2026-11-02 10:00:00 UTC")
    (outcome,) = Run(tmp_path, "small").grade(warm.run)
    assert outcome.student == "a"
    assert points(tmp_path, "a") == [2, 2, 2]


# ── the command ──────────────────────────────────────────────────────────────────────────────────────


def test_the_command_grades_and_counts(tmp_path: Path) -> None:
    classes.small(tmp_path, TESTS, {"good": GOOD, "other": GOOD})
    done = command("twolenses", "grade", "small", "--course", tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Sandbox: files by Landlock, network by seccomp" in done.stdout
    assert re.search(r"Notebooks at a time: \d, (one for each processor|which is all)", done.stdout)
    assert "graded         2" in " ".join(done.stdout.split("\n"))
    again = command("twolenses", "grade", "small", "--course", tmp_path, cwd=tmp_path)
    assert "All 2 submissions are graded. To grade them again: --force" in again.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classes.small(tmp_path_factory.mktemp("course"), TESTS, {"good": GOOD})


@pytest.mark.parametrize(
    ("folder", "assignment", "said"),
    [
        (".", "mall", "The gradebook has no assignment 'mall'. Did you mean 'small'?"),
        ("nowhere", "small", "nowhere  is no folder. Name nbgrader's course directory"),
        ("submitted", "small", "gradebook.db  does not exist. Release the assignment first"),
    ],
)
def test_what_is_not_there_is_a_sentence(
    course: Path, folder: str, assignment: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    with pytest.raises(GradingError, match=said):
        Run(Path(folder), assignment)


def test_nobody_has_handed_in(tmp_path: Path) -> None:
    classes.small(tmp_path, TESTS, {})
    with pytest.raises(GradingError, match="Nobody has handed in 'small'"):
        Run(tmp_path, "small")


def test_a_file_that_is_no_gradebook_and_a_configuration_that_stops(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_text("not a database, " * 100)
    with pytest.raises(GradingError, match="gradebook.db  cannot be used as a gradebook: file is not a database"):
        Run(tmp_path, "small")
    (tmp_path / "nbgrader_config.py").write_text("1 / 0")
    with pytest.raises(GradingError, match="nbgrader_config.py  stops: division by zero"):
        Run(tmp_path, "small")


def test_two_runs_at_the_same_time(warm: Warm, course: Path) -> None:
    first = Run(course, "small", force=True).grade(warm.run)
    next(first)
    with pytest.raises(GradingError, match="is being graded by another run"):
        next(Run(course, "small", force=True).grade(warm.run))
    assert list(first) == []


def test_a_disk_that_is_full_stops_the_run_with_a_sentence(
    warm: Warm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from nbconvert.writers import FilesWriter

    def full(self: object, *args: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    list(Run(course, "small").grade(warm.run))
    monkeypatch.setattr(FilesWriter, "write", full)
    with pytest.raises(GradingError, match="Nothing more can be written: No space left on device. Make room, and run"):
        list(Run(course, "small", force=True).grade(warm.run))
    monkeypatch.undo()
    assert (course / "autograded" / "good" / "small").is_dir()
