"""What MyST says, in the Markdown that Jupyter and Colab show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from twolenses import exercises
from twolenses.errors import Error, ExerciseError
from twolenses.exercises import markdown, plain


def test_the_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(markdown).failed == 0


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{fact}`army_bases` bases, see {claim}`C04`.", "28 bases, see C04."),
        ("(the attack, {event}`E74`)", "(the attack, chronology, 24 September 2023)"),
        ("a {term}`dilemma <security dilemma>`", "a dilemma"),
        ("# {fact}`army_bases` bases", "# 28 bases"),
        ("[the {claim}`C04`](claims.md)", "[the C04](claims.md)"),
        ("![{fact}`army_bases` bases](map.svg)", "![28 bases](map.svg)"),
        ("| bases |\n|---|\n| {fact}`army_bases` |", "| bases |\n|---|\n| 28 |"),
        ("- one\n- {term}`the old\n  dilemma <security dilemma>`", "- one\n- the old dilemma"),
    ],
)
def test_a_role_becomes_its_words(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "Write `` {fact}`army_bases` `` in prose.",
        r"Write \{fact}`army_bases` in prose.",
        "```\n{fact}`army_bases`\n\n\n{event}`E74`\n```",
        "    {fact}`army_bases`",
        "```python\nprint('{claim}`C04`')\n```",
        "An unknown {keyword}`x` and {cite:p}`waltz1979` stay.",
    ],
)
def test_code_stays_code_and_a_role_of_others_stays(written: str) -> None:
    assert plain(written) == written.strip()


def test_a_role_shown_as_code_does_not_keep_the_next_from_being_printed() -> None:
    assert plain("`` {fact}`army_bases` `` prints {fact}`army_bases`") == "`` {fact}`army_bases` `` prints 28"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("```{hint}\nLook.\n```", "<details><summary>Hint</summary>\n\nLook.\n\n</details>"),
        ("````{criteria} a\n| A |\n````", "<details><summary>How this is marked</summary>\n\n| A |\n\n</details>"),
        ("Before.\n\n```{explanation} one\nIt is one.\n```\n\nAfter.", "Before.\n\nAfter."),
        (":::{note}\n:class: wide\nMind {claim}`C04`.\n:::", "> Mind C04."),
        ("```{admonition} Two names\n---\nclass: wide\n---\nMind.\n```", "> **Two names**\n>\n> Mind."),
        (
            "````{hint}\nRun this.\n\n```python\n{x}\n```\n````",
            "<details><summary>Hint</summary>\n\nRun this.\n\n```python\n{x}\n```\n\n</details>",
        ),
        (
            "::::{hint}\n:::{note}\nMind.\n:::\n::::",
            "<details><summary>Hint</summary>\n\n> Mind.\n\n</details>",
        ),
        ("1. One.\n\n   ```{note}\n   Mind.\n   ```\n\n2. Two.", "1. One.\n\n   > Mind.\n\n2. Two."),
        ("```{figure} map.svg\n```", "```{figure} map.svg\n```"),
    ],
)
def test_a_directive_becomes_what_jupyter_can_show(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{fact}`army_basis`", "names the fact 'army_basis', which does not exist. Did you mean 'army_bases'"),
        ("{claim}`C99`", "names 'C99', which is not in the ledger. "),
        ("{event}`E744`", "names 'E744', which is not in the chronology. Did you mean 'E74'"),
    ],
)
def test_a_name_that_does_not_exist_is_said(written: str, says: str) -> None:
    with pytest.raises(Error, match=says):
        plain(written)


def test_it_is_said_with_the_place_in_the_master(tmp_path: Path) -> None:
    text = exercises.exercise("1").path.read_text(encoding="utf-8")
    text += "\n```{code-cell}\n:only: page\n1\n```\n\nLast words, of {event}`E744`.\n"
    (tmp_path / "m.md").write_text(text, encoding="utf-8")
    line = text.count("\n")
    with pytest.raises(ExerciseError, match=rf"m\.md:{line}  names 'E744', which is not in the chronology"):
        exercises.student(exercises.read(tmp_path / "m.md"))
