"""Masters: held to their form, solvable, and giving nothing away."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from twolenses import exercises
from twolenses.errors import ExerciseError

MASTERS = exercises.masters()


@pytest.mark.parametrize("path", MASTERS, ids=exercises.name_of)
def test_the_committed_student_copy_is_what_the_master_makes(path: Path) -> None:
    master = exercises.read(path)
    fresh = exercises.writes(exercises.student(master))
    assert master.notebook_path.read_text(encoding="utf-8") == fresh, "run: twolenses build notebooks"


@pytest.mark.parametrize("path", MASTERS, ids=exercises.name_of)
def test_the_student_copy_gives_nothing_away(path: Path) -> None:
    made = exercises.read(path).notebook_path
    notebook = nbformat.read(made, 4)
    nbformat.validate(notebook)
    text = made.read_text(encoding="utf-8")
    for trace in ("SOLUTION", "HIDDEN", "jupytext"):
        assert trace not in text
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\{[a-z:-]+\}[` ]|^[`:]{3,}\{", cell.source, re.M), "a directive or role is left"
    assert not any(cell.get("outputs") for cell in notebook.cells)


ALLOWED = {
    "IPython",
    "importlib",
    "ipywidgets",
    "itertools",
    "math",
    "matplotlib",
    "numpy",
    "pandas",
    "random",
    "re",
    "textwrap",
    "twolenses",
}


@pytest.mark.parametrize("path", MASTERS, ids=exercises.name_of)
def test_an_exercise_asks_for_nothing_that_a_browser_lacks(path: Path) -> None:
    """No threads, no processes, no network: Python in the browser is to run it too."""
    for cell in exercises.student(exercises.read(path)).cells[1:]:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert {name.split(".")[0] for name in names} <= ALLOWED


def test_an_exercise_is_found_by_number_or_name() -> None:
    assert exercises.exercise("1").name == exercises.exercise("01-newspaper-number").name


def test_an_unknown_exercise_names_the_nearest() -> None:
    with pytest.raises(ExerciseError, match="no exercise '01-newspaper'. Did you mean '01-newspaper-number'"):
        exercises.exercise("01-newspaper")


def test_the_first_exercise_reads_cleans_computes_and_plots() -> None:
    first = exercises.exercise("1")
    assert {"read", "clean", "cut", "plot"} <= {task.name for task in first.tasks}
    assert first.points == sum(task.points + task.manual for task in first.tasks) == 15


# ── regions ──────────────────────────────────────────────────────────────────────────────────────────

CELL = "x = ...\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\nprint(x)"


def test_the_starter_has_everything_but_the_solution() -> None:
    assert exercises.starter(CELL) == "x = ...\nprint(x)"


def test_the_solution_has_everything_but_the_markers() -> None:
    assert exercises.solution(CELL) == "x = ...\nx = 1\nprint(x)"


@pytest.mark.parametrize(
    ("starter", "shown"),
    [
        ("x = ...", "x = 1"),
        ("x, y = ..., 2", "x, y = ..., 2\nx = 1"),  # the starter's y is needed
        ('x = """\n"""', "x = 1"),
        ('x = {\n    "one": ...,\n}', "x = 1"),
        ("x = 2", "x = 2\nx = 1"),
        ("y = ...", "y = ...\nx = 1"),
    ],
)
def test_a_page_shows_a_solution_without_the_placeholders_that_it_replaces(starter: str, shown: str) -> None:
    source = f"{starter}\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
    assert exercises.shown_solution(source) == shown


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
        (":task: one\n", ":task: one\n:manual: no\n", r"m\.md:10  task 'one' needs a number above 0 after ':manual:'"),
        (":task: one\n", ":task: one\n:only: pages\n", r"m\.md:11  ':only: pages' is neither 'notebook' nor 'page'"),
        (":task: one\n", ":task: one\n:only: notebook\n", r"would run for the page. Add the option ':tags: \[skip-"),
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


# ── what stands in one of the two only, and what every exercise has ──────────────────────────────────

BOTH = (
    GOOD
    + """
```{explanation} one
It is one.
```

````{criteria} one
| Criterion | Points |
````

```{code-cell}
:only: notebook
:tags: [skip-execution]

print("slider")
```

```{code-cell}
:only: page

print("pictures")
```
"""
)


def made(tmp_path: Path, text: str) -> exercises.Exercise:
    (tmp_path / "m.md").write_text(text, encoding="utf-8")
    return exercises.read(tmp_path / "m.md")


def test_the_notebook_has_the_slider_and_the_page_the_pictures(tmp_path: Path) -> None:
    sources = [cell.source for cell in exercises.student(made(tmp_path, BOTH)).cells]
    assert 'print("slider")' in sources
    assert 'print("pictures")' not in sources


def test_graders_go_past_a_slider_which_no_test_asks_about(tmp_path: Path) -> None:
    cells = exercises.student(made(tmp_path, BOTH)).cells
    tagged = {cell.source: cell.metadata.tags for cell in cells if "tags" in cell.metadata}
    assert tagged == {'print("slider")': ["skip-execution"]}
    assert all("only" not in cell.metadata for cell in cells)


def test_the_explanation_stays_on_the_page_and_the_criteria_fold(tmp_path: Path) -> None:
    text = "\n".join(cell.source for cell in exercises.student(made(tmp_path, BOTH)).cells)
    assert "It is one." not in text
    assert "<details><summary>How this is marked</summary>" in text


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("", "", "has 1 tasks. An exercise has five to eight"),
        ("", "", "asks for no argument"),
        ("", "", "has no section '## What the data cannot say'"),
        ("", "", "does not say 'About 45 minutes'"),
        ("", "", "needs 'predict: [ID, ID]'"),
        ("", "", "task 'one' has 0 hints before it"),
        ("{explanation} one", "{explanation} two", "task 'one' has no explanation"),
        (":task: one", ":task: one\n:manual: 2", "task 'one' is graded by people and has no rubric"),
        ("", "", "does not say why the answer matters"),
        ('print("pictures")', "plt.show()", "draws a chart without alt text"),
        ('print("pictures")', "print(x)", "uses 'x', which task 'one' asks for: the page would show it"),
        ('print("pictures")', "table = " + "table + " * 5 + "table", "is wider than a phone's 40 columns"),
    ],
)
def test_what_an_exercise_of_the_course_lacks_is_said(tmp_path: Path, before: str, after: str, says: str) -> None:
    text = BOTH.replace("{criteria} one", "{criteria} two").replace(":only: page\n", "")
    assert before in text
    said = exercises.problems(made(tmp_path, text.replace(before, after, 1) if before else text))
    assert any(says in one and "m.md" in one for one in said), said


def test_a_later_cell_that_holds_a_solution_is_said(tmp_path: Path) -> None:
    solved = "sum([value * 2 for value in range(10) if value > 3])"
    text = BOTH.replace("x = 1\n", f"x = {solved}\n").replace('print("pictures")', f"print({solved})")
    said = exercises.problems(made(tmp_path, text))
    assert any("shows what task 'one' asks for: sum(" in one for one in said), said
