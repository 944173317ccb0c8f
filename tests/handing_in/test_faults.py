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

from conftest import run_here
from twolenses import exercises
from twolenses.handing_in import faults

FIRST = exercises.exercise("1")
Change = Callable[[Any], Any]


def hand_in(folder: Path, change: Change = lambda notebook: None, name: str = FIRST.name) -> Path:
    notebook = copy.deepcopy(exercises.student(FIRST))
    change(notebook)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def judged(path: Path, exercise: str | None = None) -> faults.Verdict:
    (verdict,) = faults.verdicts([path], exercise)
    return verdict


def cells(notebook: Any, kind: str, name: str) -> list[Any]:
    return [cell for cell in notebook.cells if cell.metadata.get(kind) == name]


def without(kind: str, name: str) -> Change:
    return lambda notebook: notebook.cells.remove(cells(notebook, kind, name)[0])


def doubled(kind: str, name: str) -> Change:
    def change(notebook: Any) -> None:
        notebook.cells.append(nbformat.from_dict(cells(notebook, kind, name)[0] | {"id": "again"}))

    return change


def edited(kind: str, name: str, source: str) -> Change:
    return lambda notebook: cells(notebook, kind, name)[0].update(source=source)


def given(notebook: Any, number: int) -> Any:
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return notebook.cells[names.index(f"given-{number}")]


def below(notebook: Any) -> None:
    task = cells(notebook, "task", "bases")[0]
    notebook.cells.remove(task)
    notebook.cells.append(task)


def test_a_notebook_as_it_was_given_out_can_be_graded(tmp_path: Path) -> None:
    verdict = judged(hand_in(tmp_path))
    assert (verdict.exercise, verdict.faults, verdict.mends) == (FIRST.name, [], [])
    assert verdict.summary == "can be graded"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without("task", "cut"), "the task cell 'cut' is missing: it counts as unanswered. Copy it"),
        (doubled("task", "cut"), "the task cell 'cut' is there 2 times. Keep one: the last one is graded"),
        (edited("task", "bases", "my_bases = 48"), "nothing is called 'bases', which task 'bases' asks for"),
        (edited("task", "bases", "bases = ("), "nothing is called 'bases'"),
        (below, "the check of 'bases' stands above the cell that binds 'bases'. Move that cell above it."),
        (edited("task", "bases", "bases = int(input())"), "task 'bases' waits at input(), and nobody types"),
        (lambda notebook: notebook.metadata.update(two_lenses={"needs": "9.0"}), "was made for twolenses 9.0; this is"),
        (
            lambda notebook: notebook.metadata.update(two_lenses={"exercise": "05-arms-rase"}),
            "is the notebook of exercise '05-arms-rase', which is not known here. Did you mean '05-arms-race'",
        ),
    ],
)
def test_what_may_cost_marks_is_a_sentence_with_what_to_do(tmp_path: Path, change: Change, says: str) -> None:
    (fault,) = judged(hand_in(tmp_path, change)).faults
    assert "01-newspaper-number.ipynb  " in fault
    assert says in fault


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without("check", "cut"), "missing and put back: check-cut"),
        (doubled("check", "cut"), "copied, the last one counts: check-cut"),
        (edited("check", "cut", "assert True"), "changed and put back: check-cut"),
        (lambda notebook: notebook.cells.remove(given(notebook, 1)), "missing and put back: given-1"),
        (lambda notebook: given(notebook, 4).update(source="kfor = 1"), "changed and put back: given-4"),
        (
            lambda notebook: given(notebook, 4).update(source="forces = load('kfor_strength')"),
            "put back, with what was added run before it: given-4",
        ),
        (lambda notebook: cells(notebook, "task", "cut")[0].metadata.clear(), "can be graded"),
    ],
)
def test_what_is_mended_when_it_is_graded_is_no_fault(tmp_path: Path, change: Change, says: str) -> None:
    verdict = judged(hand_in(tmp_path, change))
    assert verdict.faults == []
    assert says in verdict.summary


@pytest.mark.parametrize("path", exercises.masters(), ids=exercises.name_of)
def test_every_exercise_is_known_by_its_text_alone(path: Path) -> None:
    """Without metadata, ids and markdown, as a student copies cells into a notebook of their own."""
    master = exercises.read(path)
    notebook = exercises.student(master)
    notebook.metadata.clear()
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in notebook.cells:
        cell.metadata.clear()
        cell.id = f"x-{cell.id}"
    assert faults.faults(notebook, master) == ([], [f"{len(notebook.cells)} cells known again"])


def test_the_notebook_of_another_exercise_is_a_sentence(tmp_path: Path) -> None:
    (fault,) = judged(hand_in(tmp_path), "5").faults
    assert (
        "is the notebook of exercise '01-newspaper-number', not of '05-arms-race'. Hand in 05-arms-race.ipynb" in fault
    )


@pytest.mark.parametrize(
    "content", ["", "not a notebook", "{}", "[]", '{"cells": 3}', "%PDF-1.7", '{"nbformat": 4, "cells": [1]}']
)
def test_a_file_that_is_no_notebook_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "01-newspaper-number.ipynb"
    path.write_text(content)
    (fault,) = judged(path).faults
    assert "is not a notebook" in fault
    assert "Hand in the .ipynb file that Jupyter saves" in fault


def validate(folder: Path, *more: str) -> Any:
    return run_here("validate", "submissions", *more, cwd=folder)


def test_an_instructor_finds_all_faults_of_a_folder_at_once(tmp_path: Path) -> None:
    changes: dict[str, Change] = {
        "ana": lambda notebook: None, "besa": doubled("task", "cut"), "cveta": without("task", "cut"),
    }  # fmt: skip
    for student, change in changes.items():
        hand_in(tmp_path / "submitted" / student / FIRST.name, change)
    done = validate(tmp_path, "submitted")
    assert done.returncode == 2
    assert "ana" not in done.stderr
    assert re.search(r"besa\S+  the task cell 'cut' is there 2 times", done.stderr)
    assert re.search(r"cveta\S+  the task cell 'cut' is missing", done.stderr)
    assert re.search(r"besa\S+ +01-newspaper-number  look at it: 1 sentence", done.stdout)
    good = validate(tmp_path, "submitted/ana")
    assert good.returncode == 0, good.stderr
    assert good.stderr == ""
    assert good.stdout.endswith("1 notebooks can be graded.\n")


def test_an_odd_file_does_not_silence_the_others(tmp_path: Path) -> None:
    """Neither a name that says nothing, nor a file that is none, nor what computers leave behind."""
    for folder in (".ipynb_checkpoints", "__MACOSX"):
        hand_in(tmp_path / folder)
    (tmp_path / f"._{FIRST.name}.ipynb").write_bytes(b"\0\5")
    (tmp_path / "broken.ipynb").write_text("{")
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), tmp_path / "other.ipynb")
    hand_in(tmp_path, name="01-newspaper-number (1)")
    hand_in(tmp_path, doubled("task", "cut"), name="Untitled")
    done = validate(tmp_path, ".")
    assert done.returncode == 2
    doubled_task, broken, other = done.stderr.splitlines()
    assert broken.startswith("broken.ipynb  is not a notebook")
    assert other.startswith("other.ipynb  is no notebook of an exercise")
    assert doubled_task.startswith("Untitled.ipynb  the task cell 'cut'")
    assert re.search(r"^01-newspaper-number \(1\)\.ipynb +01-newspaper-number  can be graded$", done.stdout, re.M)
    assert validate(tmp_path, "01-newspaper-number (1).ipynb").returncode == 0


def test_a_name_that_nbgrader_would_pass_over_is_a_sentence(tmp_path: Path) -> None:
    path = hand_in(tmp_path / "submitted" / "ana" / FIRST.name, name="final")
    (fault,) = judged(path).faults
    assert "nbgrader would pass it over. Move it to 01-newspaper-number/01-newspaper-number.ipynb" in fault


def test_python_and_nbformat_do_not_talk_between_the_sentences(tmp_path: Path) -> None:
    """Neither of a missing id nor of a backslash in a student's text."""
    path = hand_in(tmp_path, edited("task", "bases", "bases = 'a\\d'"))
    path.write_text(re.sub(r' *"id": "[^"]+",\n', "", path.read_text()))
    done = validate(tmp_path, ".")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_without_notebooks_is_a_sentence(tmp_path: Path) -> None:
    empty = validate(tmp_path, ".")
    assert empty.returncode == 2
    assert ".  holds no notebook. Name a folder with .ipynb files." in empty.stderr


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

    installed = metadata.version

    def version(name: str) -> str:
        if name != "twolenses":
            return installed(name)
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


@pytest.mark.parametrize(("installed", "tells"), [(None, False), ("9.9.9", True)])
def test_another_pandas_that_is_still_loaded_asks_for_a_restart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], installed: str | None, tells: bool
) -> None:
    """Colab has one loaded before the first cell runs."""
    import pandas as pd

    monkeypatch.setattr("importlib.metadata.version", {"twolenses": "9.9", "pandas": installed or pd.__version__}.get)
    InteractiveShell().run_cell(exercises.student(FIRST).cells[0].source).raise_error()
    said = capsys.readouterr().out
    assert (f"pandas {pd.__version__} is still loaded, and 9.9.9 is installed. Restart the kernel" in said) is tells
