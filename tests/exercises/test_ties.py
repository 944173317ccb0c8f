"""No check depends on the order of ties, which processors do not share.

The solutions are tried in another order in test_exercise_answers.py, what `answers.yml` lists as right in
test_forms_and_marking.py.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from twolenses import exercises
from twolenses.exercises import contract, ties, trial

TIED = pd.DataFrame({"key": [3, 1, 2, 1, 3], "other": [0, 0, 0, 1, 1]}, index=list("abcde"))


@pytest.mark.parametrize(
    ("sort", "usual", "in_reverse"),
    [
        (lambda: TIED["key"].sort_values().index, "bdcae", "dbcea"),
        (lambda: TIED["key"].sort_values(ascending=False).index, "aecbd", "eacdb"),
        (lambda: TIED.sort_values("key").index, "bdcae", "dbcea"),
        (lambda: TIED["key"].sort_values(key=lambda key: -key).index, "aecbd", "eacdb"),
        (lambda: TIED["key"].astype("Int64").sort_values().index, "bdcae", "dbcea"),
        (lambda: TIED["key"].astype(str).sort_values().index, "bdcae", "dbcea"),
        (lambda: (TIED["key"] / 10 + [0, 0, 0, 1e-16, 0]).sort_values().index, "bdcae", "dbcea"),
        (lambda: TIED.index[np.argsort(TIED["key"].to_numpy())], "bdcae", "dbcea"),
        (lambda: TIED["key"].sort_values(kind="stable").index, "bdcae", "bdcae"),
        (lambda: TIED.sort_values(["key", "other"]).index, "bdcae", "bdcae"),
        (lambda: TIED["other"].value_counts().index.astype(str), "01", "01"),
    ],
)
def test_ties_come_in_reverse_where_a_sort_leaves_them_open(sort: object, usual: str, in_reverse: str) -> None:
    with ties.watched() as met:
        assert "".join(sort()) == usual
    with ties.turned():
        assert "".join(sort()) == in_reverse
    assert "".join(sort()) == usual
    assert bool(met) == (usual != in_reverse)


def test_a_check_that_depends_on_them_is_found(tmp_path: Path) -> None:
    """Exercise 5, were its list held to the key's order: two of the states in its hidden tests tie."""
    master = exercises.read(exercises.path("5"))
    folder = tmp_path / master.name
    shutil.copytree(master.folder, folder)
    text = master.path.read_text("utf-8")
    end = text.index("```{explanation} likeness")
    (folder / "exercise.md").write_text(text[:end].replace('order="descending"', 'order="as given"'), "utf-8")
    (folder / "answers.yml").write_text(
        "right:\n  - task: likeness\n    replace: ', kind=\"stable\"'\n    with: ''\n", "utf-8"
    )
    (found,) = (verdict.message for _, verdict in trial.verdicts(exercises.read(folder / "exercise.md")))
    assert found.startswith(f"{trial.ANOTHER_ORDER}: ")


def test_no_fact_mistake_or_model_leaves_them_open(root: Path) -> None:
    for room in ("check", "facts", "mistakes", "models"):
        for path in (root / "src/twolenses" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                assert not contract._unstable(node), f"{path}: {ast.unparse(node)}"
