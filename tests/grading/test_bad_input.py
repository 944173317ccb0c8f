"""A gradebook that takes nothing, a disk that is full: a sentence each, nothing half-written, and the next run goes on."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import classes
import pytest
import sqlalchemy

from twolenses.errors import GradingError
from twolenses.grading import graded, remarks, report, run
from twolenses.grading.run import STAGE, Run
from twolenses.grading.wire import Job, Ran

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")  # nbgrader's own


def passes(job: Job, text: str = "✓ right\n") -> Ran:
    """As if every cell had run and printed that."""
    shown = [[("stream", {"name": "stdout", "text": text})] for _ in job.cells]
    return Ran(shown, [{"status": "ok"} for _ in job.cells])


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classes.small(tmp_path_factory.mktemp("released"), {"first": "assert x"}, {"ana": "x = 1", "petar": "x = 1"})


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """Two have handed in; nothing is graded."""
    return Path(shutil.copytree(released, tmp_path / "course"))


def at(course: Path, options: str) -> None:
    """Have the course's configuration name its gradebook with options of SQLite's."""
    url = f"sqlite:///{course}/gradebook.db{options}"
    (course / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n")


def is_untouched(course: Path) -> bool:
    return not list((course / "autograded").glob("*/*")) and not (course / STAGE).exists()


def goes_on(course: Path) -> bool:
    """Whether a run after it grades all."""
    outcomes = list(Run(course, "small").grade(passes))
    both = [classes.scores(course, "small", one)["small"]["first"]["score"] for one in ("ana", "petar")]
    return [one.graded for one in outcomes] == [True, True] and both == [2, 2]


def test_a_gradebook_that_may_only_be_read(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that may not write says what a file without that right says, to a root too."""
    made = sqlalchemy.create_engine

    def read_only(url: str, **options: Any) -> sqlalchemy.Engine:
        engine = made(url, **options)
        sqlalchemy.event.listen(engine, "connect", lambda one, _: one.execute("PRAGMA query_only = ON"))
        return engine

    with monkeypatch.context() as patch:
        patch.setattr(sqlalchemy, "create_engine", read_only)
        with pytest.raises(GradingError, match="takes no grades: attempt to write a readonly database. Make gradebook"):
            list(Run(course, "small").grade(passes))
    assert is_untouched(course)
    assert goes_on(course)


def test_a_gradebook_that_somebody_holds_for_longer_than_we_wait(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(course, "?timeout=0.01")
    monkeypatch.setattr(run, "PAUSES", (0.01, 0.01))
    tried: list[float] = []
    monkeypatch.setattr(run.time, "sleep", tried.append)
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(GradingError, match="database is locked. Close the program that holds it .formgrader"):
        list(Run(course, "small").grade(passes, workers=1))
    assert tried == [0.01, 0.01], "it waited before it gave up"
    assert is_untouched(course)
    other.execute("COMMIT")
    other.close()
    assert goes_on(course)


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """No file of this process may be larger than so many bytes; the signal that says so is what Python ignores."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_notebook_that_the_disk_does_not_hold(course: Path, small_files: Callable[[int], None]) -> None:
    most = 2 * (course / "gradebook.db").stat().st_size
    small_files(most)
    with pytest.raises(GradingError, match="Nothing more can be written: File too large. Make room"):
        list(Run(course, "small").grade(lambda job: passes(job, "x" * most)))
    small_files(-1)
    assert is_untouched(course)
    assert goes_on(course)


def test_a_gradebook_that_the_disk_does_not_hold(course: Path, small_files: Callable[[int], None]) -> None:
    small_files((course / "gradebook.db").stat().st_size // 2)
    with pytest.raises(GradingError, match="takes no grades: .*disk.* See whether its disk is full"):
        list(Run(course, "small").grade(passes))
    small_files(-1)
    assert is_untouched(course)
    assert goes_on(course)


def test_a_course_that_cannot_be_written(course: Path) -> None:
    (course / STAGE).write_text("a file where a folder is needed")
    with pytest.raises(GradingError, match="cannot be written: .* Make the course directory writable"):
        list(Run(course, "small").grade(passes))


# ── what went wrong is kept ──────────────────────────────────────────────────────────────────────────


def test_what_went_wrong_stands_in_the_class_report(course: Path) -> None:
    def dies(job: Job) -> Ran:
        return Ran([[]], [], ["code cell 1 ended the process with exit code 3; it and the rest count as failed"])

    notebook = course / "submitted" / "petar" / "small" / "small.ipynb"
    whole = notebook.read_text()
    notebook.write_text(whole[:100])
    assert {one.student: one.graded for one in Run(course, "small").grade(dies)} == {"ana": True, "petar": False}
    page = report.html(graded.read("small", course))
    assert "code cell 1 ended the process with exit code 3" in page
    assert "not graded: a notebook is no JSON" in page

    notebook.write_text(whole)
    list(Run(course, "small").grade(passes))
    page = report.html(graded.read("small", course))
    assert "no JSON" not in page, "put right since"
    assert "exit code 3" in page, "not graded again"


def test_a_line_that_was_cut_off_costs_no_other(tmp_path: Path) -> None:
    remarks.add(tmp_path, "small", "ana", ["one"])
    path = tmp_path / remarks.FOLDER / "small.jsonl"
    path.write_bytes(path.read_bytes() + '{"student": "zoë'.encode()[:-1])
    remarks.add(tmp_path, "small", "petar", ["two"])
    path.write_text(path.read_text(errors="replace") + json.dumps(["no", "remark"]) + "\n")
    assert remarks.read(tmp_path, "small") == {"ana": ["one"], "petar": ["two"]}


def test_a_remark_goes_when_something_else_has_graded_since(tmp_path: Path) -> None:
    remarks.add(tmp_path, "small", "ana", ["one"])
    notebook = tmp_path / "autograded" / "ana" / "small" / "small.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.touch()
    os.utime(notebook, (0, 0))
    assert remarks.read(tmp_path, "small") == {"ana": ["one"]}
    os.utime(notebook, (4e9, 4e9))
    assert remarks.read(tmp_path, "small") == {}


def test_no_remarks_make_no_file(course: Path) -> None:
    assert goes_on(course)
    assert not (course / remarks.FOLDER).exists()
