"""The command: what it does, and the sentence and exit code 2 for what it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from conftest import run, run_here
from twolenses import quiz
from twolenses.book import build
from twolenses.errors import BookError


def test_help_lists_the_verbs(tmp_path: Path) -> None:
    shown = run("twolenses", "--help", cwd=tmp_path)
    assert shown.returncode == 0
    for verb in ("validate", "export", "assign", "build", "serve"):
        assert verb in shown.stdout


@pytest.mark.parametrize("noun", ["data", "quizzes", "chapters", "exercises --quick"])
def test_the_course_is_valid(tmp_path: Path, noun: str) -> None:
    done = run("twolenses", "validate", *noun.split(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "sound" in done.stdout


def test_moodle_export_says_how_many_questions(tmp_path: Path) -> None:
    done = run("twolenses", "export", "moodle", "--chapter", "1", "-o", tmp_path / "q.xml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{len(quiz.load('1'))} questions" in done.stdout
    assert (tmp_path / "q.xml").is_file()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (
            ["export", "moodle", "--chapter", "99", "-o", "q.xml"],
            "There is no quiz '99'. Known: 01-reading-the-case",
        ),
        (["export", "moodle", "--chapter", "1", "-o", "f/q.xml"], "cannot be written"),
        (["assign", "nbgrader", "99", "--course", "c"], "There is no exercise '99'"),
        (["assign", "nbgrader", "1", "--course", "f/c"], "cannot be written"),
        (["validate", "quizzes", "--bank", "bank"], "q.yml:1  is not a list of questions"),
        (["validate", "exercises", "--masters", "bank"], "m.md:1  front matter has no 'exercise: chapter:'"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_2(tmp_path: Path, command: list[str], says: str) -> None:
    (tmp_path / "f").write_text("")
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank/q.yml").write_text("nothing\n")
    (tmp_path / "bank/m.md").write_text("# Title\n")
    before = sorted(tmp_path.rglob("*"))
    done = run_here(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before, "something was left behind"


# ── serving ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_port_in_use_is_passed_over() -> None:
    first = build.free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert build.free_port() > first


def test_a_port_asked_for_that_is_in_use_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BookError, match=r"Port \d+ cannot be used: .*Leave PORT out"):
            build.serve(tmp_path, taken.getsockname()[1])


def test_nothing_built_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="holds no built book. Run 'make build' first"):
        build.serve(tmp_path)
