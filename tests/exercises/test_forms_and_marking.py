"""The form under each task, the rules that checks follow, and what a machine's changes to a solution come to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from twolenses import exercises, facts
from twolenses.exercises import marking, mutation, trial

MASTERS = [exercises.read(path) for path in exercises.masters()]
each = pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
EQUAL = {
    "10-recognition-count": {"bar: line 5: 'out' left out", "bar: line 6: 'out' left out"},  # one value in a Series
    "12-two-democracies": {"whole: line 19: 'all four' left out"},  # one value in a Series
    "16-score-your-forecast": {  # another draw of ten thousand lies within what the form allows
        "luck: line 9: 10001 for 10000",
        "luck: line 9: 9999 for 10000",
        "luck: line 8: 2024 for 2023",
        "luck: line 8: 2022 for 2023",
    },
}
"""Changes that lead to what is right all the same."""


@each
def test_every_task_says_the_form_of_its_answer(master: exercises.Exercise) -> None:
    given = "\n".join(cell.source for cell in exercises.student(master).cells)
    for task in master.tasks:
        assert exercises.items(master, task.name), task.name
        assert exercises.form(master, task.name) in given


def test_the_form_is_written_from_the_check() -> None:
    arms = next(master for master in MASTERS if master.name.startswith("05"))
    message = {item.name: item.words for task in arms.tasks for item in exercises.items(arms, task.name)}
    assert message["ratio"].startswith("a Series with one value for each year, rows in any order")
    assert message["likeness"].startswith("a function of table and iso3, which returns a Series")
    assert message["likeness"].endswith("sorted, the highest first")
    assert message["comes_to_rest"] == "a function of k, a, l and b, which returns True or False (not prints)"
    assert "'Serbia' and 'Kosovo' in a legend" in message["ax"]
    assert message["argument"].startswith("a text of 70 to 140 words")


MASTER = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
jupytext: {{text_representation: {{extension: .md, format_name: myst}}}}
exercise: {{chapter: 1, minutes: 1, difficulty: first}}
---

# T

```{{code-cell}}
:task: one

cut = ...
### BEGIN SOLUTION
cut = 46.1
### END SOLUTION
```

```{{code-cell}}
:check: one
:points: 1

{public}
### BEGIN HIDDEN TESTS
{hidden}
### END HIDDEN TESTS
```

```{{code-cell}}
{later}
```
"""
CHECK = 'check.number("cut", cut, fact="serbian_troop_cut")'


@pytest.mark.parametrize(
    ("public", "hidden", "later", "says"),
    [
        (CHECK, CHECK.replace(")", ', unit="%")'), "pass", "a hidden test of task 'one' repeats a visible one"),
        ("pass", CHECK, "pass", "asks for 'cut', and only its hidden tests look at it"),
        ("pass", "pass", "pass", "asks for 'cut', and no check looks at it"),
        (CHECK, "pass", "cut = 3", "binds 'cut' again"),
        (CHECK, "pass", 'table.sort_values("a")', 'Add kind="stable"'),
        (CHECK, "pass", "values.argsort()", 'Add kind="stable"'),
        (
            'check.plot("cut", cut, x="a", y="b")',
            'check.plot("cut", cut, x="a", y="b", answer="k")',
            "pass",
            "asks for 'answer' of a chart, which no visible one does",
        ),
    ],
)
def test_the_contract_refuses_what_makes_a_check_unfair(
    tmp_path: Path, public: str, hidden: str, later: str, says: str
) -> None:
    path = tmp_path / "exercise.md"
    path.write_text(MASTER.format(public=public, hidden=hidden, later=later))
    found = exercises.problems(exercises.read(path))
    assert any(says in sentence for sentence in found), found


@cache
def tried(name: str) -> tuple[marking.Tried, ...]:
    return tuple(marking.tried(exercises.exercise(name)))


@each
def test_each_task_has_right_and_wrong_responses_and_no_mistake_is_misnamed(master: exercises.Exercise) -> None:
    responses = tried(master.name)
    assert [f"{one.where} {one.fault}" for one in responses if one.misnamed] == []
    for task in master.tasks:
        for right in (True, False):
            assert sum(one.task == task.name and one.right is right and not one.poor for one in responses) >= 3, (
                task.name,
                right,
            )


@each
def test_what_a_wrong_response_is_told_gives_no_answer_away(master: exercises.Exercise) -> None:
    checks = "\n".join(cell.source for cell in master.notebook.cells if "check" in cell.metadata)
    numbers = {facts.figure(name).number for name in re.findall(r'fact="(\w+)"', checks)}
    keys = {number for number in numbers if "," in number or "." in number}  # a year or a 7 stands in any sentence
    for one in tried(master.name):
        for key in keys:
            told = not one.right and re.search(rf"(?<![\w.,]){re.escape(key)}(?![\w.,])", one.message)
            assert not told, f"{one.where} {one.message}"


def test_right_work_is_never_marked_wrong_and_wrong_work_never_right() -> None:
    """As nearly as checks can: of the responses listed, at most one in a hundred, and three in a hundred."""
    responses = [one for master in MASTERS for one in tried(master.name)]
    faults = "\n".join(f"{one.where} {one.fault}" for one in responses if one.fault)
    found = marking.rates(responses)
    assert found.share_refused <= 0.01, faults
    assert found.share_accepted <= 0.03, faults


@each
def test_no_small_change_of_a_solution_goes_unnoticed(master: exercises.Exercise) -> None:
    tally = mutation.survivors(master)
    assert tally.elsewhere >= 10
    left = {f"{mutant.task}: {mutant.change}" for mutant, _ in tally.left}
    assert left == EQUAL.get(master.name, set())


def test_a_response_leaves_the_stage_as_it_was() -> None:
    first = next(trial.stages(MASTERS[0]))
    before = len(first.space["deployments"])
    trial.judged(first, "deployments.drop(index=deployments.index, inplace=True)\nbefore = after = 1")
    assert len(first.space["deployments"]) == before


def test_a_response_that_warns_is_judged_by_what_it_gives() -> None:
    first = next(trial.stages(MASTERS[0]))
    said = trial.judged(first, "import warnings\nwarnings.warn('as pandas may')\nbefore, after = 1, 1").message
    assert "stops with" not in said
