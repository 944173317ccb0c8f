"""A student goes on with an answer of their own: no later cell asks for the solution's names or shapes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from twolenses import exercises
from twolenses.check import notebook
from twolenses.cli import app
from twolenses.exercises import later, names, trial

MASTERS = [exercises.read(path) for path in exercises.masters()]
each = pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)


@each
def test_after_each_right_response_the_rest_of_the_notebook_runs(master: exercises.Exercise) -> None:
    assert later.problems(master) == []


@each
def test_no_given_cell_and_no_check_stops_where_a_task_is_open(master: exercises.Exercise) -> None:
    """What the student writes themselves may stop; a check may refuse, in a sentence."""
    tasks = [cell for cell in master.notebook.cells if "task" in cell.metadata]
    left_open = [trial.Response(cell.metadata["task"], False, exercises.starter(cell.source)) for cell in tasks]
    for found in later.breaks(master, left_open):
        theirs = "task" in master.notebook.cells[found.cell - 1].metadata
        assert theirs or not re.match(r"\w+Error: ", found.message), found


MASTER = """\
---
kernelspec: {name: python3, display_name: Python 3}
jupytext: {text_representation: {extension: .md, format_name: myst}}
exercise: {chapter: 1, minutes: 1, difficulty: first}
---

# T

```{code-cell}
from twolenses.check import CheckFailed
table = {"a": 1, "b": 2}
```

```{code-cell}
:task: one

both = ...
### BEGIN SOLUTION
kept = dict(table)
both = kept
### END SOLUTION
```

```{code-cell}
:check: one
:points: 1

if both is ... or len(both) != 2:
    raise CheckFailed("both needs two rows.")
```

```{code-cell}
LATER
```

```{code-cell}
:task: two

total = ...
### BEGIN SOLUTION
total = SOLVED
### END SOLUTION
```

```{code-cell}
:check: two
:points: 1

if total != 3:
    raise CheckFailed("total is another number.")
```
"""
ANSWERS = """\
right:
  - task: one
    how: a list of pairs
    code: |
      both = list(table.items())
"""


def made(folder: Path, given: str = "pass", solved: str = "sum(table.values())") -> exercises.Exercise:
    path = folder / "01-t" / "exercise.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(MASTER.replace("LATER", given).replace("SOLVED", solved))
    path.with_name(trial.FILE).write_text(ANSWERS)
    return exercises.read(path)


@pytest.mark.parametrize(
    ("given", "solved", "says"),
    [
        ("print(both['a'])", "3", "cell 5 fails: TypeError: list indices must be integers or slices, not str. Have"),
        ("print(kept)", "3", "cell 5 fails: NameError: name 'kept' is not defined. Have"),
        (
            "shown = lambda: kept",
            "len(shown()) + 1",
            "cell 6 (task 'two') fails: NameError: name 'kept' is not defined.",
        ),
        ("first = both", "first['a'] + 2", "cell 6 (task 'two') fails: TypeError: list indices must be"),
        ("pass", "3 if isinstance(both, dict) else 4", "cell 7 (task 'two') fails: total is another number. Have"),
    ],
    ids=["shape", "name", "in a function", "handed on", "another result"],
)
def test_a_cell_that_needs_what_only_the_solution_has_is_named(
    tmp_path: Path, given: str, solved: str, says: str
) -> None:
    (said,) = later.problems(made(tmp_path, given, solved))
    assert "01-t/answers.yml:2  task 'one': after this right response " in said
    assert says in said
    assert said.endswith("or take the answer from check.given(…).")


@pytest.mark.parametrize("given", ["print(len(both))", "both = table\nprint(both['a'])", "kept = table\nprint(kept)"])
def test_a_cell_that_takes_every_right_response_is_left_alone(tmp_path: Path, given: str) -> None:
    assert later.problems(made(tmp_path, given)) == []


def test_a_name_that_nobody_asks_for_is_named_without_running_anything(tmp_path: Path) -> None:
    (said,) = exercises.problems(made(tmp_path, "print(kept)"), own=True)
    assert said.endswith(
        "01-t/exercise.md  cell 5 uses 'kept', which the cell of task 'one' binds and does not ask for: "
        "a right answer without it stops here. Bind it in a cell of its own, before the task."
    )
    assert exercises.problems(made(tmp_path, "print(both, table)"), own=True) == []
    assert exercises.problems(made(tmp_path, "%time print(kept)"), own=True) == []


@pytest.mark.parametrize(
    ("given", "solved", "says"),
    [
        ("print(kept)", "3", "uses 'kept'"),
        ("first = lambda: both['a']", "first() + 2", "cell 6 (task 'two') fails: TypeError"),
    ],
)
def test_an_instructors_own_master_is_held_to_both(tmp_path: Path, given: str, solved: str, says: str) -> None:
    made(tmp_path, given, solved)
    done = CliRunner().invoke(app, ["validate", "exercises", "--masters", str(tmp_path)])
    assert done.exit_code != 0
    assert says in done.output


OPEN = 'levels = ...\n\ndef trust(payoffs):\n    """The chance."""\n\ndef first(table):\n    return table\n'


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("f'{levels:.2f}'", "levels is still '...', and this cell needs it. Do the task that asks for it"),
        ("100 * levels", "levels is still '...'"),
        ("levels.mean()", "levels is still '...'"),
        ("float(trust(1))", "trust returns nothing yet, and this cell needs what it returns. Do the task"),
        ("first(None) + 1", ""),
        ("'a' + 1, levels, trust", ""),
    ],
)
def test_a_cell_that_needs_an_open_task_says_so_in_a_sentence(cell: str, says: str) -> None:
    space: dict[str, Any] = {}
    exec(OPEN, space)
    with pytest.raises((TypeError, AttributeError)) as stopped:
        eval(cell, space)
    said = notebook.explanation(cell, stopped.value, space)
    assert says in said
    assert bool(said) == bool(says)


@pytest.mark.parametrize(
    ("source", "needed", "bound"),
    [
        ("x = a\ny = x + 1", {"a"}, {"x", "y"}),
        ("x += 1", {"x"}, {"x"}),
        ("table['a'] = 1", {"table"}, set()),
        ("def f(a):\n    b = a\n    return b + c", {"c"}, {"f"}),
        ("both = [one for one in many]", {"many"}, {"both"}),
        ("for one in many:\n    total = one", {"many"}, {"one", "total"}),
        ("kept = table.query('x == @limit')", {"table", "limit"}, {"kept"}),
        ("import numpy as np\nfig, ax = np.zeros(2)\nf'{ax} {other}'", {"other"}, {"np", "fig", "ax"}),
    ],
)
def test_what_a_cell_takes_from_before_and_leaves_behind(source: str, needed: set[str], bound: set[str]) -> None:
    assert names.needed(source) == needed
    assert names.bound(source) == bound
