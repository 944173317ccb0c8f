"""Exercises as assignments of Otter's: `otter assign` takes them, and `otter run` gives the marks that nbgrader gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import classes
import nbformat
import pytest
from otter.api import grade_submission
from otter.assign import main as otter_assign

from twolenses import exercises, new
from twolenses.assignments import otter
from twolenses.cli import main
from twolenses.errors import AssignmentError
from twolenses.exercises import contract, trial

FIFTH, EIGHTH = classes.MASTERS[4], classes.MASTERS[7]


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Exercise → the folder in which `otter assign` has made the students' notebook and the autograder."""
    folder = tmp_path_factory.mktemp("otter")
    otter.write([FIFTH, EIGHTH], folder)
    made = {master.name: folder / master.name for master in (FIFTH, EIGHTH)}
    for name, one in made.items():
        otter_assign(str(one / f"{name}.ipynb"), str(one / "dist"), no_run_tests=True)
    return made


def student(folder: Path) -> Any:
    return nbformat.read(folder / "dist" / "student" / f"{folder.name}.ipynb", 4)


def without_metadata(notebook: Any, master: exercises.Exercise) -> None:
    """As some tools save a notebook: Otter finds no tests in it and runs them at its end."""
    classes.mistaken(notebook, master)
    notebook.metadata.pop("otter")
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})


# ── marks ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("master", "recorded", "solve"),
    [
        (EIGHTH, "mistaken", without_metadata),
        (FIFTH, "broken", classes.broken),
    ],
    ids=["a mistake, and no metadata", "two cells that stop"],
)
def test_otter_gives_every_question_nbgraders_score_under_any_name(
    assigned: dict[str, Path], tmp_path: Path, master: exercises.Exercise, recorded: str, solve: classes.Solve
) -> None:
    folder = assigned[master.name]
    notebook = student(folder)
    solve(notebook, master)
    handed_in = tmp_path / "Ana K., homework (2).ipynb"
    nbformat.write(notebook, handed_in)
    (autograder,) = (folder / "dist" / "autograder").glob("*.zip")

    results = grade_submission(str(handed_in), str(autograder), quiet=True).results

    nbgraders = classes.recorded(master.name, recorded)[master.name]
    checks = {name: one for name, one in nbgraders.items() if name.startswith("check-")}
    assert {name: one.score for name, one in results.items()} == {name: one["score"] for name, one in checks.items()}
    assert {name: one.possible for name, one in results.items()} == {name: one["max"] for name, one in checks.items()}


# ── what students get ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("master", [FIFTH, EIGHTH], ids=lambda master: master.name)
def test_students_get_the_cells_that_they_get_behind_every_door(
    assigned: dict[str, Path], master: exercises.Exercise
) -> None:
    def code(notebook: Any) -> list[str]:
        return [cell.source for cell in notebook.cells if cell.cell_type == "code"]

    made = student(assigned[master.name])
    assert [text.rstrip() for text in code(made)] == [text.rstrip() for text in code(exercises.student(master))]
    assert not any("otter" in text for text in code(made)), "students need no Otter"


@pytest.mark.parametrize("master", [FIFTH, EIGHTH], ids=lambda master: master.name)
def test_students_get_no_solution_and_no_hidden_test(assigned: dict[str, Path], master: exercises.Exercise) -> None:
    given = "\n".join(path.read_text() for path in (assigned[master.name] / "dist" / "student").rglob("*.*"))
    autograder = (assigned[master.name] / "dist" / "autograder" / f"{master.name}.ipynb").read_text()
    hidden = "race_comes_to_rest', calls=[*drawn" if master is FIFTH else "(1.7, 2.2, 3), (3.1, 4, 3)"
    for secret in (hidden, "_hidden", "SOLUTION"):
        assert secret in autograder
        assert secret not in given


def test_what_people_mark_is_a_question_of_its_own_with_its_points(assigned: dict[str, Path]) -> None:
    master = nbformat.read(assigned[EIGHTH.name] / f"{EIGHTH.name}.ipynb", 4)
    cells = [cell.source for cell in master.cells]
    assert "# BEGIN QUESTION\nname: argument\npoints: 4\nmanual: true" in cells
    assert "# BEGIN QUESTION\nname: check-argument\npoints: 1\ncheck_cell: false" in cells
    text = "\n".join(cell.source for cell in student(assigned[EIGHTH.name]).cells)
    begin, task, end = (
        text.index(mark) for mark in ("<!-- BEGIN QUESTION -->", "## Task 7. Argue", "<!-- END QUESTION -->")
    )
    assert begin < task < end, "what goes into the PDF that people mark"


@pytest.mark.parametrize("master", [FIFTH, EIGHTH], ids=lambda master: master.name)
def test_every_point_of_an_exercise_is_some_questions(assigned: dict[str, Path], master: exercises.Exercise) -> None:
    notebook = nbformat.read(assigned[master.name] / f"{master.name}.ipynb", 4)
    nbformat.validate(notebook)
    begun = [cell.source for cell in notebook.cells if cell.source.startswith("# BEGIN QUESTION")]
    assert sum(float(re.findall(r"points: (\S+)", one)[0]) for one in begun) == master.points


def test_otter_can_hold_every_exercise() -> None:
    assert [sentence for master in classes.MASTERS for sentence in otter.faults(master)] == []


# ── names are bound once ─────────────────────────────────────────────────────────────────────────────

MASTER = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
exercise: {{chapter: 1, minutes: 45, difficulty: easy}}
---

# A small one

```{{code-cell}}
import pandas as pd
from twolenses import check
```

```{{code-cell}}
:task: {task}

cut = ...
### BEGIN SOLUTION
cut = 46.1
### END SOLUTION
```

{between}

```{{code-cell}}
:check: {task}
:points: 1

{check}
```

```{{code-cell}}
{later}
```
"""
CHECK = 'check.number("cut", cut, fact="serbian_troop_cut")'


def small(
    folder: Path,
    name: str = "01-small",
    *,
    task: str = "one",
    between: str = "",
    check: str = CHECK,
    later: str = "pass",
) -> Any:
    path = folder / name / "exercise.md"
    path.parent.mkdir(parents=True)
    path.write_text(MASTER.format(task=task, between=between, check=check, later=later))
    return exercises.read(path)


@pytest.mark.parametrize(
    ("later", "line"),
    [
        ("print(1)\ncut = 3", 33),
        ("for cut in [1, 2]:\n    pass", 32),
        ("def cut():\n    pass", 32),
        ("cut, rest = 1, 2", 32),
        ("import pandas as pd\ncut += 1", 33),
    ],
)
def test_a_name_that_a_check_looks_at_is_bound_once(tmp_path: Path, later: str, line: int) -> None:
    (found,) = contract.problems(small(tmp_path, later=later), own=True)
    assert re.search(
        rf"exercise\.md:{line}  binds 'cut' again, which the check of task 'one' looks at.*another name", found
    )


def test_a_name_that_is_only_imported_again_is_the_same(tmp_path: Path) -> None:
    assert (
        contract.problems(small(tmp_path, check=f"pd.Series([1])\n{CHECK}", later="import pandas as pd"), own=True)
        == []
    )


def test_a_value_that_is_changed_later_without_its_name_is_found_by_running(tmp_path: Path) -> None:
    """A check that passes where it stands is asked once more at the end, as Otter may ask it."""
    check = "assert cut or True\nif kept[0] > 1:\n    raise check.CheckFailed('kept is too large.')"
    master = small(tmp_path, between="```{code-cell}\nkept = [1]\n```", check=check, later="kept[0] = 2")
    assert contract.problems(master, own=True) == []
    (said,) = trial.run(master)["one"]
    assert "kept is too large. It passed where it stands: a later cell changes what it looks at." in said


# ── what Otter cannot hold ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"check": f"%time {CHECK}"}, "exercise.md:28  is a check that is no function of Python's"),
        ({"check": f"{CHECK}\n0.5"}, "exercise.md:28  ends its check in a value, 0.5, for a part of the points"),
        ({"check": "check.number('env', env, within=1)"}, "exercise.md:28  checks 'env', by which Otter calls"),
        ({"task": "how-many?"}, "exercise.md:16  is called 'how-many?', and Otter names a file so"),
        ({"later": "pass  # IGNORE"}, "exercise.md:32  has '# IGNORE', which is an order to Otter"),
        ({"later": "seed = 1\nx = 2  # SEED"}, "exercise.md:33  has '# SEED', which is an order to Otter"),
        ({"between": "````\n```otter\n````"}, "exercise.md  has '```otter', which is an order to Otter"),
        (
            {"between": "```{code-cell}\n:task: two\n\n### BEGIN SOLUTION\n### END SOLUTION\n```\n\n"
                        "```{code-cell}\n:check: two\n:points: 1\n\npass\n```"},
            "exercise.md:25  begins task 'two' before the check of task 'one': Otter's questions cannot overlap",
        ),
    ],
)  # fmt: skip
def test_what_otter_cannot_hold_is_said_with_its_line(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    master = small(tmp_path / "masters", **changed)
    with pytest.raises(AssignmentError, match=re.escape(says)):
        otter.write([small(tmp_path / "masters", "02-small"), master], tmp_path / "out")
    assert not (tmp_path / "out").exists()


# ── files ────────────────────────────────────────────────────────────────────────────────────────────


def notes(master: exercises.Exercise, out: Path) -> None:
    (out / master.name).mkdir(parents=True)
    (out / master.name / "notes.txt").write_text("mine")


def edited(master: exercises.Exercise, out: Path) -> None:
    otter.write([master], out)
    (out / master.name / "requirements.txt").write_text("mine")


def a_file(master: exercises.Exercise, out: Path) -> None:
    out.mkdir()
    (out / master.name).write_text("mine")


@pytest.mark.parametrize(
    ("there", "says"),
    [
        (notes, "01-small  is there and holds other things"),
        (edited, "requirements.txt  is there and differs"),
        (a_file, "01-small  is there and holds other things"),
    ],
)
def test_a_folder_that_holds_other_things_is_left_alone(
    tmp_path: Path, there: Callable[[exercises.Exercise, Path], None], says: str
) -> None:
    first, second = small(tmp_path), small(tmp_path, name="02-small")
    there(first, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    with pytest.raises(AssignmentError, match=says):
        otter.write([second, first], tmp_path / "out")
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_force_overwrites_and_what_otter_made_is_in_nobodys_way(tmp_path: Path) -> None:
    master = small(tmp_path)
    edited(master, tmp_path / "out")
    (tmp_path / "out" / master.name / "dist").mkdir()
    assert [path.name for path in otter.write([master], tmp_path / "out", force=True)] == ["requirements.txt"]
    assert otter.write([master], tmp_path / "out") == []


def test_every_unknown_exercise_is_a_sentence_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "sys.argv", ["twolenses", "assign", "otter", "8", "force-ratio", "99", "-o", str(tmp_path / "out")]
    )
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(". ")[0] for line in said] == [
        f"There is no exercise {name!r}" for name in ("force-ratio", "99")
    ]
    assert not (tmp_path / "out").exists()


def test_the_key_of_an_own_exercise_goes_to_the_autograder_alone(tmp_path: Path) -> None:
    new.exercise("who-pays", tmp_path / "masters")
    master = exercises.exercise("who-pays", tmp_path / "masters")
    otter.write([master], tmp_path / "sealed")
    otter.write([master], tmp_path / "open", shown=True)
    for name, line in (("sealed", "autograder_files:\n    - key.py"), ("open", "\nfiles:\n    - key.py")):
        folder = tmp_path / name / master.name
        assert line in nbformat.read(folder / f"{master.name}.ipynb", 4).cells[0].source
        otter_assign(str(folder / f"{master.name}.ipynb"), str(folder / "dist"), no_run_tests=True)
        assert (folder / "dist" / "student" / "key.py").exists() == (name == "open")
