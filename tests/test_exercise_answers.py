"""Every exercise, answered in full, not at all, and with each mistake that its list names; run here, without a kernel.

`tests/mistaken/NAME.yml` lists the mistakes: a task, what to replace in its solution, and the mistake whose sentence
the student must read. The same answers go through nbgrader in test_assignments_nbgrader.py.
"""

from __future__ import annotations

import re
import socket
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

from conftest import ROOT, mistaken
from twolenses import answers, exercises, facts, mistakes
from twolenses.check import CheckFailed

mpl.use("agg")
import matplotlib.pyplot as plt

MASTERS = [exercises.read(path) for path in exercises.masters()]
each = pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)


MISTAKEN = [
    pytest.param(master, entry, id=f"{master.name}-{entry['task']}-{entry['mistake']}")
    for master in MASTERS
    for entry in mistaken(master.name)
]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"an exercise asks {address} for something; it must run offline")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def run(master: exercises.Exercise, change: Callable[[Any], str], until: str = "") -> dict[str, list[str]]:
    """Run the cells as `change` has them, warnings as errors; what the checks of each task said in failing.

    With `until`, no further than the checks of that task.
    """
    said: dict[str, list[str]] = {task.name: [] for task in master.tasks}
    space: dict[str, Any] = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # a notebook has a canvas that shows
        for number, cell in enumerate(master.notebook.cells):
            if cell.cell_type != "code":
                continue
            if until and said[until] and cell.metadata.get("check") != until:
                break
            try:
                exec(compile(change(cell), f"<{master.name} cell {number}>", "exec"), space)
            except CheckFailed as failure:
                said[cell.metadata["check"]].append(str(failure))
            finally:
                plt.close("all")
    return said


def in_full(cell: Any) -> str:
    return exercises.keep_all(cell.source)


def as_given(cell: Any) -> str:
    return exercises.starter(cell.source) if "task" in cell.metadata else exercises.public(cell.source)


@each
def test_a_full_answer_passes_every_check(master: exercises.Exercise) -> None:
    assert run(master, in_full) == {task.name: [] for task in master.tasks}


@each
def test_an_open_task_fails_each_check_with_a_sentence(master: exercises.Exercise) -> None:
    said = run(master, as_given)
    assert all(said.values()), "a check passes without an answer"
    for sentence in (one for sentences in said.values() for one in sentences):
        assert sentence.endswith((".", "(…).", "…):", "?")), sentence


@each
def test_what_the_checks_say_gives_no_answer_away(master: exercises.Exercise) -> None:
    said = " ".join(one for sentences in run(master, as_given).values() for one in sentences)
    source = "\n".join(cell.source for cell in master.notebook.cells if "check" in cell.metadata)
    for name in re.findall(r'fact="(\w+)"', source):
        assert not re.search(rf"(?<![\w.,]){re.escape(facts.figure(name).number)}(?!\w)", said)


@pytest.mark.parametrize(("master", "entry"), MISTAKEN)
def test_a_mistake_is_told_in_its_own_sentence(master: exercises.Exercise, entry: dict[str, str]) -> None:
    cell = next(one for one in master.notebook.cells if one.metadata.get("task") == entry["task"])
    assert entry["replace"] in exercises.solution(cell.source), "the solution has changed; mend the list of mistakes"

    def wrong(one: Any) -> str:
        return in_full(one).replace(entry["replace"], entry["with"]) if one is cell else in_full(one)

    said = run(master, wrong, until=entry["task"])[entry["task"]]
    assert said, "the check lets it pass"
    assert mistakes.named(entry["mistake"]).sentence in said[0]


@each
def test_at_least_three_mistakes_are_known(master: exercises.Exercise) -> None:
    assert len({entry["mistake"] for entry in mistaken(master.name)}) >= 3


@each
def test_what_checks_name_exists(master: exercises.Exercise) -> None:
    source = "\n".join(cell.source for cell in master.notebook.cells if "check" in cell.metadata)
    assert set(re.findall(r'fact="(\w+)"', source)) <= set(facts.names())
    assert set(re.findall(r'answer="(\w+)"', source)) <= set(answers.names())


@each
def test_it_has_what_every_exercise_has(master: exercises.Exercise) -> None:
    assert exercises.problems(master) == []


NUMBER = re.compile(
    r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:%|percent|troops|soldiers|votes|euros?))"
)


@cache
def printed() -> dict[str, str]:
    return {facts.figure(name).number.replace("\N{NO-BREAK SPACE}", " "): name for name in facts.names()}


@each
def test_no_number_of_a_table_is_typed(master: exercises.Exercise) -> None:
    """Neither in the text nor in a solution's text: a figure comes from a fact or from the cells above."""
    for cell in master.notebook.cells:
        text = re.sub(r"\{[^}]*\}`[^`]*`|`[^`]*`", "", cell.source)
        for number in NUMBER.findall(text):
            bare = re.sub(r"\s?(percent|troops|soldiers|votes|euros?)$", "", number)
            assert not {bare, f"{bare}%"} & set(printed()), f"{number}: write the fact"


def test_every_list_of_mistakes_has_its_exercise() -> None:
    listed = {path.stem for path in Path(ROOT, "tests", "mistaken").glob("*.yml")}
    assert listed == {master.name for master in MASTERS}


def test_the_exercises_have_ninety_tasks_in_all() -> None:
    assert len(MASTERS) == 16
    assert sum(len(master.tasks) for master in MASTERS) >= 90
