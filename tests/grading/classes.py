"""Classes to grade: every exercise of the course, every rule of nbgrader's scoring, nbgrader's own example course.

Run as a program, it has nbgrader itself grade them all and writes `nbgrader_scores.json`, with which our scores are
compared on every run of the tests: `python tests/grading/classes.py` (four minutes, since each submission is a kernel),
or with names of assignments for these only.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from twolenses import exercises
from twolenses.assignments import nbgrader as ours
from twolenses.exercises import Exercise, keep_all, trial

RECORD = Path(__file__).with_name("nbgrader_scores.json")
Solve = Callable[[Any, Exercise], None]
Scores = dict[str, dict[str, Any]]
"""Cell → points by the grader, maximum, whether a person has to look, the comment; `penalty` for the notebook's."""


# ── grading and reading ──────────────────────────────────────────────────────────────────────────────


def api(course: Path) -> NbGraderAPI:
    """nbgrader's, with the configuration of a course directory."""
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    return NbGraderAPI(config=config)


@functools.cache
def _empty_gradebook() -> bytes:
    """A database without anything in it: nbgrader starts another program to make one, which takes a second."""
    with tempfile.TemporaryDirectory() as made:
        Gradebook(f"sqlite:///{made}/gradebook.db").close()
        return Path(made, "gradebook.db").read_bytes()


def release(course: Path, name: str) -> None:
    nbgrader = api(course)
    if not (course / "gradebook.db").exists() and "db_url" not in (course / "nbgrader_config.py").read_text():
        (course / "gradebook.db").write_bytes(_empty_gradebook())
    done = nbgrader.generate_assignment(name)
    assert done["success"], done


def by_nbgrader(course: Path, name: str, students: Iterable[str]) -> None:
    """Grade with nbgrader's own executor, a kernel for each notebook."""
    nbgrader = api(course)
    for student in students:
        nbgrader.autograde(name, student)


def scores(course: Path, name: str, student: str) -> dict[str, Scores]:
    """Notebook → what the gradebook says of it."""
    found: dict[str, Scores] = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for notebook in book.find_submission(name, student).notebooks:
            comments = {comment.name: comment.auto_comment for comment in notebook.comments}
            found[notebook.name] = {
                grade.name: {
                    "score": grade.auto_score, "max": grade.max_score, "manual": bool(grade.needs_manual_grade),
                    "comment": comments.get(grade.name),
                }
                for grade in notebook.grades
            }  # fmt: skip
            found[notebook.name]["penalty"] = {"score": notebook.late_submission_penalty}
    return found


def recorded(name: str, student: str) -> dict[str, Scores]:
    """What nbgrader itself gave when it was last asked."""
    found: dict[str, Scores] = json.loads(RECORD.read_text())[name][student]
    return found


def recorded_students(name: str) -> set[str]:
    return set(json.loads(RECORD.read_text())[name])


def outputs(course: Path, name: str, student: str) -> Any:
    return nbformat.read(course / "autograded" / student / name / f"{name}.ipynb", 4)


# ── the exercises of the course ──────────────────────────────────────────────────────────────────────

MASTERS = [exercises.read(path) for path in exercises.masters()]


def tasks(notebook: Any) -> dict[str, Any]:
    return {cell.metadata["task"]: cell for cell in notebook.cells if "task" in cell.metadata}


def perfect(notebook: Any, master: Exercise) -> None:
    for name, cell in tasks(notebook).items():
        cell.source = keep_all(tasks(master.notebook)[name].source)


def empty(notebook: Any, master: Exercise) -> None:
    """Handed in as it was released."""


def first_mistake(master: Exercise) -> trial.Response:
    return next(one for one in trial.responses(master) if one.mistake)


def mistaken(notebook: Any, master: Exercise) -> None:
    """Everything right but for the first mistake of the exercise's list."""
    perfect(notebook, master)
    first = first_mistake(master)
    tasks(notebook)[first.task].source = first.source


def broken(notebook: Any, master: Exercise) -> None:
    """Everything right, but the second task is no Python and the third stops with an error of its own."""
    perfect(notebook, master)
    second, third = list(tasks(notebook).values())[1:3]
    second.source, third.source = "def half(", "print(28 / 0)"


KINDS: dict[str, Solve] = {"perfect": perfect, "empty": empty, "mistaken": mistaken, "broken": broken}


def hand_in(course: Path, master: Exercise, submissions: dict[str, Solve]) -> None:
    """Each submission, made from what nbgrader has released."""
    name = master.name
    for student, solve in submissions.items():
        folder = course / "submitted" / student / name
        shutil.copytree(course / "release" / name, folder)
        notebook = nbformat.read(folder / f"{name}.ipynb", 4)
        solve(notebook, master)
        nbformat.write(notebook, folder / f"{name}.ipynb")


def exercise(course: Path, master: Exercise, submissions: dict[str, Solve] = KINDS) -> Path:
    """A course directory with one exercise, released and handed in."""
    ours.write(master, course)
    release(course, master.name)
    hand_in(course, master, submissions)
    return course


# ── nbgrader's rules ─────────────────────────────────────────────────────────────────────────────────

RULES: dict[str, str] = {
    "pass": "assert f(1) == 2",
    "fail": "assert f(1) == 3, 'not three'",
    "error": "1 / 0",
    "syntax": "assert f(1 ==",
    "partial": "f(0.25) - 1",
    "zero": "0",
    "whole": "2",
    "negative": "-1",
    "nan": "float('nan')",
    "true": "True",
    "false": "False",
    "none": "None",
    "text": "'0.5'",
    "list": "[0.5]",
    "decimal": "from decimal import Decimal\nDecimal('0.5')",
    "numpy": "import numpy as np\nnp.float64(0.5)",
    "numpy-float": "float(np.float64(0.5))",
    "semicolon": "0.5;",
    "display": "display(0.5)",
    "display-then": "display(1)\n0.25",
    "html": "from IPython.display import HTML\nHTML('<b>1</b>')",
    "print": "print('a')\n0.5",
    "stderr": "import sys\nprint('careful', file=sys.stderr)",
    "stderr-number": "print('careful', file=sys.stderr)\n2",
    "warning": "import warnings\nwarnings.warn('old')",
    "logging": "import logging\nlogging.warning('careful')",
    "raw-stderr": "import os\n_ = os.write(2, b'raw')",
    "raw-stdout": "_ = os.write(1, b'raw')",
    "child-stderr": "import subprocess\n_ = subprocess.run('echo careful >&2', shell=True)",
    "shell-stderr": "!echo careful >&2",
    "shell-assigned": "said = !echo 0.5\nfloat(said[0])",
    "bash-stderr": "%%bash\necho careful >&2",
    "time": "%time 1",
    "magic": "%precision 2\n0.5",
    "capture": "%%capture said\nprint('x', file=sys.stderr)",
    "exit": "raise SystemExit",
    "sys-exit": "sys.exit(1)",
    "await": "import asyncio\nawait asyncio.sleep(0)\n0.5",
    "asyncio-run": "one = asyncio.sleep(0)\ntry:\n    asyncio.run(one)\nfinally:\n    one.close()",
    "loop": "asyncio.get_running_loop().is_running()\n0.5",
    "input": "input('How many?')",
    "plot": "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "plot-closed": "assert plt.get_fignums() == []",
    "plot-here": "plt.plot([1, 2])\nassert plt.get_fignums() == [1]\nassert plt.isinteractive()",
    "plot-number": "plt.plot([1, 2]);\n0.5",
    "thread-error": "import threading\none = threading.Thread(target=lambda: 1 / 0)\none.start()\none.join()",
    "underscore": "0.5\n_",
    "last": "assert _ != 7\nOut[min(Out)]\nlen(In) > 10 and 0.5",
    "get-ipython": "get_ipython().run_line_magic('who_ls', '')\n0.5",
    "pandas": "import pandas as pd\npd.Series([0.5])",
    "clear": "from IPython.display import clear_output\nprint('x', file=sys.stderr)\nclear_output()",
    "clear-wait": "print('x', file=sys.stderr)\nclear_output(wait=True)\n0.5",
    "update": "handle = display(1, display_id=True)\nhandle.update(2)",
    "handled": "try:\n    f('x')\nexcept TypeError:\n    pass",
    "widget": "import ipywidgets\nipywidgets.IntSlider()",
    "interact": "ipywidgets.interact(lambda n: print('careful', file=sys.stderr), n=3);",
    "file": "assert open('data.csv').read() == 'n\\n1\\n'",
    "written": "assert open('own.txt').read() == 'mine'",
    "environment": "assert os.environ['NBGRADER_EXECUTION'] == 'autograde'",
    "main": "import pickle\nassert __name__ == '__main__' and pickle.loads(pickle.dumps(f)) is f",
    "no-points": "assert f(1) == 2",
    "overridden": "import builtins\nassert sum([1, 2]) == 3",
    "help": "?f",
    "endless": "while True:\n    pass",
    "after": "assert f(1) == 2",
    "quit": "quit()",
}
"""A test cell of two points for each rule of nbgrader's scoring; `f` is the student's, and adds one."""


def _cell(make: Callable[..., Any], source: str, name: str, **about: Any) -> Any:
    meta = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False, "task": False}
    return make(source, metadata={"nbgrader": meta | about})


def rules(course: Path) -> Path:
    """A course with the assignment `rules`, handed in by three, one of them late."""
    config = (
        "c = get_config()\nc.ExecutePreprocessor.timeout = 4\nc.Execute.timeout = 4\n"
        "c.AssignLatePenalties.plugin_class = 'twolenses.handing_back.late.PerDay'\n"
    )
    (course / "nbgrader_config.py").write_text(config)
    tests = [
        _cell(new_code_cell, source, name, grade=True, locked=True, points=0 if name == "no-points" else 2)
        for name, source in RULES.items()
    ]
    solution = "def f(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"
    cells = [
        _cell(new_code_cell, solution, "answer", solution=True),
        new_code_cell("_ = open('own.txt', 'w').write('mine')"),
        *tests[:-1],
        _cell(new_markdown_cell, "Write here.", "essay", grade=True, solution=True, points=3),
        _cell(new_code_cell, "sketch = 0", "sketch", grade=True, solution=True, points=3),
        _cell(new_markdown_cell, "Draw.", "drawing", task=True, locked=True, points=1),
        tests[-1],  # a kernel ends itself a moment after quit()
    ]
    source = course / "source" / "rules"
    source.mkdir(parents=True)
    (source / "data.csv").write_text("n\n1\n")
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), source / "rules.ipynb")
    release(course, "rules")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.find_assignment("rules").duedate = None
        book.update_or_create_assignment("rules", duedate="2026-11-01 12:00:00 UTC")

    def solved(notebook: Any) -> None:
        notebook.cells[0].source = "def f(x):\n    return x + 1"

    def essay(notebook: Any) -> None:
        solved(notebook)
        notebook.cells[-4].source = "Deterrence and reassurance differ in what they ask us to believe."

    for student, change, when in (
        ("unanswered", lambda notebook: None, "2026-11-01 10:00:00 UTC"), ("solved", solved, "2026-11-01 11:59:00 UTC"),
        ("late", essay, "2026-11-02 18:00:00 UTC"),
    ):  # fmt: skip
        folder = course / "submitted" / student / "rules"
        shutil.copytree(course / "release" / "rules", folder)
        notebook = nbformat.read(folder / "rules.ipynb", 4)
        change(notebook)
        nbformat.write(notebook, folder / "rules.ipynb")
        (folder / "timestamp.txt").write_text(when)
        (folder / "data.csv").write_text("tampered")
    return course


def small(course: Path, tests: dict[str, str], students: dict[str, str | list[str]], config: str = "") -> Path:
    """The assignment `small`: test cells of two points each, and each student's own cells above them."""
    (course / "nbgrader_config.py").write_text(f"c = get_config()\n{config}")
    cells = [_cell(new_code_cell, text, name, grade=True, locked=True, points=2) for name, text in tests.items()]
    source = course / "source" / "small"
    source.mkdir(parents=True)
    answer = _cell(new_code_cell, "...", "answer", solution=True)
    nbformat.write(new_notebook(cells=[answer, *cells], metadata={"kernelspec": KERNEL}), source / "small.ipynb")
    release(course, "small")
    for student, own in students.items():
        folder = course / "submitted" / student / "small"
        folder.mkdir(parents=True)
        notebook = nbformat.read(course / "release" / "small" / "small.ipynb", 4)
        first, *others = [own] if isinstance(own, str) else own
        notebook.cells[0].source = first
        notebook.cells[1:1] = [new_code_cell(text) for text in others]
        nbformat.write(notebook, folder / "small.ipynb")
    return course


KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}


def quickstart(course: Path) -> Path:
    """nbgrader's example course, with the two submissions of its user guide."""
    guide = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.ClearSolutions.code_stub = {'python': 'raise'}\n")
    shutil.copytree(guide / "source" / "ps1", course / "source" / "ps1")
    shutil.copytree(guide / "submitted", course / "submitted")
    release(course, "ps1")
    return course


OTHERS: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    "rules": (rules, ("unanswered", "solved", "late")),
    "ps1": (quickstart, ("bitdiddle", "hacker")),
}


def main(only: Iterable[str]) -> None:
    """Have nbgrader grade all of it, or what is named."""
    names = set(only)
    record: dict[str, dict[str, Any]] = json.loads(RECORD.read_text()) if names else {}
    with tempfile.TemporaryDirectory() as made:
        for name, (make, students) in OTHERS.items():
            if names and name not in names:
                continue
            folder = Path(made, name)
            folder.mkdir()
            by_nbgrader(make(folder), name, students)
            record[name] = {student: scores(folder, name, student) for student in students}
        for master in MASTERS:
            if names and master.name not in names:
                continue
            folder = exercise(Path(made, master.name), master)
            by_nbgrader(folder, master.name, KINDS)
            record[master.name] = {student: scores(folder, master.name, student) for student in KINDS}
            print(master.name, flush=True)
    RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
