"""Every exercise, answered in full and not at all; without a kernel. What its `answers.yml` lists: test_forms_and_marking.py.

The same answers go through nbgrader in test_assignments_nbgrader.py.
"""

from __future__ import annotations

import re
import socket

import pytest

from twolenses import exercises, facts, keys, typed
from twolenses.exercises import ties, trial

MASTERS = [exercises.read(path) for path in exercises.masters()]
each = pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"an exercise asks {address} for something; it must run offline")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@each
def test_a_full_answer_passes_every_check_in_another_order_of_ties(master: exercises.Exercise) -> None:
    """In this processor's own order: test_slim.py."""
    with ties.turned():
        assert trial.run(master) == {task.name: [] for task in master.tasks}


@each
def test_an_open_task_fails_each_check_with_a_sentence(master: exercises.Exercise) -> None:
    said = trial.run(master, trial.as_given)
    assert all(said.values()), "a check passes without an answer"
    for sentence in (one for sentences in said.values() for one in sentences):
        assert sentence.endswith((".", "(…).", "…):", "?")), sentence


@each
def test_at_least_three_mistakes_are_known(master: exercises.Exercise) -> None:
    assert len({response.mistake for response in trial.responses(master)} - {""}) >= 3


@each
def test_what_checks_name_exists(master: exercises.Exercise) -> None:
    source = "\n".join(cell.source for cell in master.notebook.cells if "check" in cell.metadata)
    assert set(re.findall(r'fact="(\w+)"', source)) <= set(facts.names())
    known = keys.read(master.path.with_name(keys.FILE)).answers
    assert set(re.findall(r'(?:answer="|given\(")(\w+)"', source)) <= set(known)


@each
def test_it_has_what_every_exercise_has(master: exercises.Exercise) -> None:
    assert exercises.problems(master) == []


@each
def test_no_number_of_a_table_is_typed(master: exercises.Exercise) -> None:
    """Neither in the text nor in a solution's text: a figure comes from a fact or from the cells above."""
    for cell in master.notebook.cells:
        text = re.sub(r"\{[^}]*\}`[^`]*`|`[^`]*`", "", cell.source)
        assert [one for one in typed.numbers(text) if one.facts] == []


def test_the_exercises_have_ninety_tasks_in_all() -> None:
    assert len(MASTERS) >= 16
    assert sum(len(master.tasks) for master in MASTERS) >= 90
