"""The same scores as nbgrader's own executor gives: cell by cell, with comments, flags for people, late penalties.

`nbgrader_scores.json` holds what nbgrader gave for 69 submissions. Twelve notebooks of them are graded by nbgrader once
more here, so that a record that has grown old is found; for the sixteen exercises see `exercises/test_assignments_nbgrader.py`.
"""

from __future__ import annotations

from pathlib import Path

import classes
import pytest

from twolenses.grading.client import Warm
from twolenses.grading.run import Run

CASES = [(name, student) for name, (_, students) in classes.OTHERS.items() for student in students]
FIRST, FIFTH = classes.MASTERS[0], classes.MASTERS[4]


@pytest.fixture(scope="module")
def graded(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Assignment → a course directory in which we have graded it."""
    found = {}
    for name, (make, students) in classes.OTHERS.items():
        found[name] = make(tmp_path_factory.mktemp(name))
        outcomes = list(Run(found[name], name).grade(warm.run))
        assert {one.student for one in outcomes if one.graded} == set(students), outcomes
    return found


@pytest.mark.parametrize(("name", "student"), CASES)
def test_every_rule_of_nbgraders_gives_the_same_score(graded: dict[str, Path], name: str, student: str) -> None:
    assert classes.scores(graded[name], name, student) == classes.recorded(name, student)


def test_the_record_has_more_than_sixty_submissions() -> None:
    names = [*classes.OTHERS, *(master.name for master in classes.MASTERS)]
    assert sum(len(classes.recorded_students(name)) for name in names) > 60
    assert len(classes.RULES) > 60


@pytest.mark.parametrize("master", [FIRST, FIFTH], ids=lambda master: master.name)
def test_nbgrader_still_gives_what_is_recorded(master: classes.Exercise, tmp_path: Path) -> None:
    classes.by_nbgrader(classes.exercise(tmp_path, master), master.name, classes.KINDS)
    for student in classes.KINDS:
        assert classes.scores(tmp_path, master.name, student) == classes.recorded(master.name, student)


def test_nbgrader_still_gives_its_example_what_is_recorded(tmp_path: Path) -> None:
    make, students = classes.OTHERS["ps1"]
    classes.by_nbgrader(make(tmp_path), "ps1", students)
    for student in students:
        assert classes.scores(tmp_path, "ps1", student) == classes.recorded("ps1", student)


def test_a_rule_that_surprises_is_said(warm: Warm, tmp_path: Path) -> None:
    classes.small(
        tmp_path,
        {"warned": "import warnings\nwarnings.warn('old')", "numpy": "import numpy as np\nnp.float64(0.5)"},
        {"one": "x = 1"},
    )
    (outcome,) = Run(tmp_path, "small").grade(warm.run)
    assert [said.split(":")[0] for said in outcome.surprises] == [
        "warned has no points because it writes to standard error",
        "numpy has full points because it shows np.float64(0.5), which is no number to nbgrader",
    ]


def test_what_goes_back_is_what_a_kernel_shows(warm: Warm, tmp_path: Path) -> None:
    """Rich output, figures as PNG, the sentence of a check without its traceback, a count for each cell."""
    (tmp_path / "source").mkdir()
    cells = {
        "table": "import pandas as pd\npd.DataFrame({'n': [1]})",
        "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "check": "from twolenses import check\ncheck.number('cut', 3, fact='serbian_troop_cut')",
    }
    classes.small(tmp_path, cells, {"one": "x = 1"})
    list(Run(tmp_path, "small").grade(warm.run))
    table, figure, check = classes.outputs(tmp_path, "small", "one").cells[1:4]
    assert set(table.outputs[0].data) == {"text/plain", "text/html"}
    assert (table.outputs[0].execution_count, table.execution_count) == (2, 2)
    assert set(figure.outputs[0].data) == {"text/plain", "image/png"}
    (failure,) = check.outputs
    assert failure.ename == "CheckFailed"
    assert failure.traceback[0].startswith("✗ cut is 3, which is not it.")


def test_chance_is_another_for_every_student(warm: Warm, tmp_path: Path) -> None:
    students = {
        f"s{number}": "import random\nimport numpy as np\nprint(random.random(), np.random.rand())"
        for number in range(3)
    }
    classes.small(tmp_path, {"test": "assert True"}, students)
    list(Run(tmp_path, "small").grade(warm.run))
    drawn = {classes.outputs(tmp_path, "small", student).cells[0].outputs[0].text for student in students}
    assert len({number for text in drawn for number in text.split()}) == 6


def test_nothing_of_one_submission_is_left_for_the_next(warm: Warm, tmp_path: Path) -> None:
    leaves = "import pandas as pd\npd.options.display.max_rows = 7\nimport builtins\nbuiltins.left = 1\nopen('left.txt', 'w').write('x')"
    asks = "import pandas as pd, builtins, os\nassert pd.options.display.max_rows != 7\nassert not hasattr(builtins, 'left')\nassert os.listdir() == []\nfound = True"
    classes.small(tmp_path, {"test": "assert found"}, {"a": leaves, "b": asks})
    list(Run(tmp_path, "small").grade(warm.run, workers=1))
    assert classes.scores(tmp_path, "small", "b")["small"]["test"]["score"] == 2
    assert (tmp_path / "autograded" / "a" / "small" / "left.txt").read_text() == "x", "nbgrader leaves it there too"
