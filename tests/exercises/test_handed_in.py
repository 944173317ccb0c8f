"""What is handed in: the faults that keep a notebook from being graded, each a sentence with what to do."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from conftest import run
from twolenses import exercises

FIRST = exercises.exercise("1")
Change = Callable[[Any], Any]


def hand_in(folder: Path, change: Change = lambda notebook: None, name: str = FIRST.name) -> Path:
    notebook = copy.deepcopy(exercises.student(FIRST))
    change(notebook)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def cells(notebook: Any, kind: str, name: str) -> list[Any]:
    return [cell for cell in notebook.cells if cell.metadata.get(kind) == name]


def without(kind: str, name: str) -> Change:
    return lambda notebook: notebook.cells.remove(cells(notebook, kind, name)[0])


def doubled(notebook: Any) -> None:
    notebook.cells.append(nbformat.from_dict(cells(notebook, "check", "cut")[0] | {"id": "again"}))


def edited(kind: str, name: str, source: str) -> Change:
    return lambda notebook: cells(notebook, kind, name)[0].update(source=source)


def test_a_notebook_as_it_was_given_out_can_be_graded(tmp_path: Path) -> None:
    assert exercises.faults(hand_in(tmp_path), FIRST) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without("task", "cut"), "the task cell 'cut' is missing: it counts as unanswered. Copy it"),
        (without("check", "cut"), "the check cell 'cut' is missing"),
        (doubled, "the check cell 'cut' is there 2 times. Keep one: the last one is graded"),
        (edited("check", "cut", "assert True"), "the check of 'cut' was changed. It is put back when it is graded"),
        (edited("task", "bases", "my_bases = 48"), "nothing is called 'bases', which task 'bases' asks for"),
        (edited("task", "bases", "bases = ("), "nothing is called 'bases'"),
        (lambda notebook: notebook.metadata.update(two_lenses={"needs": "9.0"}), "was made for twolenses 9.0; this is"),
        (
            lambda notebook: notebook.metadata.update(two_lenses={"exercise": "05-arms-race"}),
            "is the notebook of exercise '05-arms-race', not of '01-newspaper-number'. Hand in 01-newspaper-number.ipynb",
        ),
    ],
)
def test_a_fault_is_a_sentence_with_what_to_do(tmp_path: Path, change: Change, says: str) -> None:
    (fault,) = [one for one in exercises.faults(hand_in(tmp_path, change), FIRST) if says in one]
    assert "01-newspaper-number.ipynb" in fault


@pytest.mark.parametrize("content", ["", "not a notebook", "{}", "[]", '{"cells": 3}', "%PDF-1.7"])
def test_a_file_that_is_no_notebook_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "01-newspaper-number.ipynb"
    path.write_text(content)
    (fault,) = exercises.faults(path, FIRST)
    assert "is not a notebook" in fault
    assert "Hand in the .ipynb file that Jupyter saves" in fault


def test_an_instructor_finds_all_faults_of_a_folder_at_once(tmp_path: Path) -> None:
    for student, change in {"ana": lambda notebook: None, "besa": doubled, "cveta": without("task", "cut")}.items():
        (tmp_path / "submitted" / student / FIRST.name).mkdir(parents=True)
        hand_in(tmp_path / "submitted" / student / FIRST.name, change)
    done = run("twolenses", "validate", "submissions", "submitted", cwd=tmp_path)
    assert done.returncode == 2
    assert "ana" not in done.stderr
    assert re.search(r"besa\S+  the check cell 'cut' is there 2 times", done.stderr)
    assert re.search(r"cveta\S+  the task cell 'cut' is missing", done.stderr)
    good = run("twolenses", "validate", "submissions", "submitted/ana", cwd=tmp_path)
    assert good.returncode == 0, good.stderr
    assert good.stdout == "1 notebooks can be graded.\n"


def test_a_file_of_another_name_needs_to_be_told_its_exercise(tmp_path: Path) -> None:
    hand_in(tmp_path, name="besa-final-v2")
    asked = run("twolenses", "validate", "submissions", ".", cwd=tmp_path)
    assert asked.returncode == 2
    assert "There is no exercise 'besa-final-v2'" in asked.stderr
    assert run("twolenses", "validate", "submissions", ".", "--exercise", "1", cwd=tmp_path).returncode == 0
    (tmp_path / "none").mkdir()
    empty = run("twolenses", "validate", "submissions", "none", cwd=tmp_path)
    assert empty.returncode == 2
    assert "none  holds no notebook. Name a folder with .ipynb files." in empty.stderr


# ── the first cell, where the package is missing or older than the notebook ──────────────────────────


@pytest.mark.parametrize(
    ("versions", "installs", "tells"),
    [
        (["9.9.1"], False, False),
        ([None, "9.9.1"], True, False),
        (["0.0.1", "9.9.1"], True, False),
        (["0.0.1"] * 2, True, True),
    ],
    ids=["there", "missing", "older", "older and not to be had"],
)
def test_the_first_cell_installs_the_package_only_where_it_must(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    versions: list[str | None],
    installs: bool,
    tells: bool,
) -> None:
    from importlib import metadata

    def version(name: str) -> str:
        found = versions.pop(0)
        if found is None:
            raise metadata.PackageNotFoundError(name)
        return found

    monkeypatch.setattr(metadata, "version", version)
    asked: list[str] = []
    shell = InteractiveShell()
    shell.register_magic_function(lambda line: asked.append(line), "line", "pip")
    shell.run_cell(exercises.student(FIRST).cells[0].source).raise_error()
    assert bool(asked) is installs
    assert all("twolenses[notebook] @ git+https://" in line for line in asked)
    assert ("needs twolenses 0.2 or newer" in capsys.readouterr().out) is tells
