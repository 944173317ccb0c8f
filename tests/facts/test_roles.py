"""What a role prints, on a page and in a notebook."""

from __future__ import annotations

import doctest
import re

import pytest

from twolenses import course, exercises, roles
from twolenses.data import load


def test_the_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(roles).failed == 0


@pytest.mark.parametrize("id", load("chronology")["id"])
def test_an_event_prints_its_date_and_not_its_id(id: str) -> None:
    assert re.fullmatch(r"chronology, (\d{1,2} )?([A-Z][a-z]+ )?\d{4}.*", roles.printed("event", id))


def test_every_role_of_the_masters_is_printed_here() -> None:
    used = {
        role
        for path in exercises.masters()
        for role in re.findall(r"\{([\w:]+)\}`[^`]+`", path.read_text(encoding="utf-8"))
    }
    assert used <= set(roles.ROLES)


def test_no_notebook_prints_the_id_of_an_event() -> None:
    for path in (course.root() / "exercises" / "notebooks").glob("*/*.ipynb"):
        assert not re.search(r"chronology, E\d", path.read_text(encoding="utf-8"))
