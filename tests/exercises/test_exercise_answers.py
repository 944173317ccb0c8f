"""Every exercise, answered in full, not at all, and with each response that its `answers.yml` lists; without a kernel.

The same answers go through nbgrader in test_assignments_nbgrader.py.
"""

from __future__ import annotations

import re
import socket
from functools import cache

import pytest

from twolenses import exercises, facts, keys, typed
from twolenses.exercises import trial

MASTERS = [exercises.read(path) for path in exercises.masters()]
each = pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)


RESPONSES = [
    pytest.param(master, response, id=f"{master.name}-{response.task}-{response.mistake or response.how}")
    for master in MASTERS
    for response in trial.responses(master)
]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"an exercise asks {address} for something; it must run offline")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@each
def test_a_full_answer_passes_every_check(master: exercises.Exercise) -> None:
    assert trial.run(master) == {task.name: [] for task in master.tasks}


@each
def test_an_open_task_fails_each_check_with_a_sentence(master: exercises.Exercise) -> None:
    said = trial.run(master, trial.as_given)
    assert all(said.values()), "a check passes without an answer"
    for sentence in (one for sentences in said.values() for one in sentences):
        assert sentence.endswith((".", "(…).", "…):", "?")), sentence


@each
def test_what_the_checks_say_gives_no_answer_away(master: exercises.Exercise) -> None:
    said = " ".join(one for sentences in trial.run(master, trial.as_given).values() for one in sentences)
    source = "\n".join(cell.source for cell in master.notebook.cells if "check" in cell.metadata)
    for name in re.findall(r'fact="(\w+)"', source):
        assert not re.search(rf"(?<![\w.,]){re.escape(facts.figure(name).number)}(?!\w)", said)


@cache
def what_is_said(name: str) -> dict[int, str]:
    """What the checks say to each response of an exercise, by its line in the list."""
    master = next(one for one in MASTERS if one.name == name)
    return {response.line: verdict.said for response, verdict in trial.verdicts(master)}


@pytest.mark.parametrize(("master", "response"), RESPONSES)
def test_the_checks_judge_a_response_as_its_list_does(master: exercises.Exercise, response: trial.Response) -> None:
    said = what_is_said(master.name)[response.line]
    assert bool(said) is not response.right, said or "the check lets it pass"
    if response.mistake:
        assert trial.sentence_of(master, response.mistake) in said


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
