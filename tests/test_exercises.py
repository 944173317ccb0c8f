"""Masters: held to their form, solvable, and giving nothing away."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from conftest import execute, said, solved
from twolenses import exercises
from twolenses.errors import ExerciseError

MASTERS = exercises.masters()


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_the_committed_student_copy_is_what_the_master_makes(path: Path) -> None:
    fresh = exercises.writes(exercises.student(exercises.read(path)))
    assert path.with_suffix(".ipynb").read_text(encoding="utf-8") == fresh, "run: twolenses build notebooks"


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_the_student_copy_gives_nothing_away(path: Path) -> None:
    notebook = nbformat.read(path.with_suffix(".ipynb"), 4)
    nbformat.validate(notebook)
    text = path.with_suffix(".ipynb").read_text(encoding="utf-8")
    for trace in ("SOLUTION", "HIDDEN", "jupytext", "{hint}", "{fact}", "{claim}"):
        assert trace not in text
    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_every_solution_passes_every_check(path: Path) -> None:
    done = execute(solved(exercises.read(path)))
    errors = [
        said(cell)
        for cell in done.cells
        if cell.cell_type == "code" and any(o.output_type == "error" for o in cell.outputs)
    ]
    assert errors == []


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_every_starter_fails_its_check_with_one_sentence(path: Path) -> None:
    done = execute(exercises.student(exercises.read(path)))
    checks = [cell for cell in done.cells if "check" in cell.metadata]
    assert checks
    for cell in checks:
        (failure,) = [output for output in cell.outputs if output.output_type == "error"]
        assert failure.ename == "CheckFailed", said(cell)
        assert len(failure.traceback) == 1
        assert failure.traceback[0].startswith("✗ ")


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_cells_that_are_no_check_run_in_the_starter_too(path: Path) -> None:
    done = execute(exercises.student(exercises.read(path)))
    for cell in done.cells:
        if cell.cell_type == "code" and "check" not in cell.metadata:
            assert not any(output.output_type == "error" for output in cell.outputs), said(cell)


def test_an_exercise_is_found_by_number_or_name() -> None:
    assert exercises.exercise("1").name == exercises.exercise("01-newspaper-number").name


def test_an_unknown_exercise_names_the_nearest() -> None:
    with pytest.raises(ExerciseError, match="no exercise '01-newspaper'. Did you mean '01-newspaper-number'"):
        exercises.exercise("01-newspaper")


def test_the_first_exercise_reads_cleans_computes_and_plots() -> None:
    first = exercises.exercise("1")
    assert {"read", "clean", "cut", "plot"} <= {task.name for task in first.tasks}
    assert first.points == sum(task.points for task in first.tasks) == 10


# ── regions ──────────────────────────────────────────────────────────────────────────────────────────

CELL = "x = ...\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\nprint(x)"


def test_the_starter_has_everything_but_the_solution() -> None:
    assert exercises.starter(CELL) == "x = ...\nprint(x)"


def test_the_solution_has_everything_but_the_markers() -> None:
    assert exercises.solution(CELL) == "x = ...\nx = 1\nprint(x)"


def test_what_myst_says_is_said_so_that_jupyter_shows_it() -> None:
    source = "```{hint}\nLook.\n```\n\n{fact}`army_bases` bases, see {claim}`C04`.\n\n:::{note}\nMind.\n:::"
    plain = exercises.plain(source)
    assert "<details><summary>Hint</summary>\n\nLook.\n\n</details>" in plain
    assert "28 bases, see C04." in plain
    assert "> Mind." in plain


# ── masters that break the form ──────────────────────────────────────────────────────────────────────

GOOD = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
exercise: {chapter: 1, minutes: 45, difficulty: easy}
---

# Title

```{code-cell}
:task: one

x = ...
### BEGIN SOLUTION
x = 1
### END SOLUTION
```

```{code-cell}
:check: one
:points: 1

assert x == 1
```
"""


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("### END SOLUTION\n", "", r"m\.md:13  '### BEGIN SOLUTION' is never ended"),
        ("### BEGIN SOLUTION\n", "", r"m\.md:14  '### END SOLUTION' ends nothing"),
        ("x = 1\n", "### BEGIN SOLUTION\nx = 1\n", r"m\.md:14  .* inside the region opened in line 13"),
        ("### BEGIN SOLUTION", "# BEGIN SOLUTION", r"m\.md:13  .*write the marker as '### BEGIN SOLUTION'"),
        (
            "# Title",
            "# Title\n\n### BEGIN SOLUTION",
            r"m\.md:9  '### BEGIN SOLUTION' stands outside a code cell",
        ),
        (":check: one", ":check: two", r"m\.md:19  check 'two' comes before any task of that name. .*one"),
        (":points: 1\n", "", r"m\.md:19  check 'one' needs ':points:'"),
        (":points: 1\n", ":points: 0\n", r"needs ':points:' and a number above 0"),
        ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n", "", r"m\.md:10  task 'one' has no solution"),
        (", difficulty: easy", "", r"front matter has no 'exercise: difficulty:'"),
        ("# Title", "Title", "has no title"),
        (":task: one\n", "", "check 'one' comes before any task"),
    ],
)
def test_a_broken_master_is_a_sentence_with_file_and_line(tmp_path: Path, before: str, after: str, says: str) -> None:
    master = tmp_path / "m.md"
    master.write_text(GOOD)
    assert exercises.read(master).tasks == (exercises.Task("one", 1),)
    assert before in GOOD
    master.write_text(GOOD.replace(before, after, 1))
    with pytest.raises(ExerciseError, match=says):
        exercises.read(master)
