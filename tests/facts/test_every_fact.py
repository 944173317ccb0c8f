"""What holds of each fact, whatever its theme: worked out by hand, once, from rows, and said how.

The values by hand stand in ``BY_HAND`` of the theme's own file, with the sum in a comment.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from twolenses import facts
from twolenses.errors import FactError

BY_THEMES = [
    module
    for path in sorted(Path(__file__).parent.glob("test_facts_*.py"))
    if hasattr(module := import_module(path.stem), "BY_HAND")
]


@pytest.mark.parametrize(("name", "printed"), [row for module in BY_THEMES for row in module.BY_HAND.items()])
def test_a_fact_prints_what_its_rows_give_by_hand(name: str, printed: str) -> None:
    assert str(facts.figure(name)) == printed


@pytest.mark.parametrize("module", BY_THEMES, ids=lambda module: module.__name__)
def test_every_fact_of_a_theme_is_worked_out_in_its_file(module: object) -> None:
    themes = module.THEMES  # type: ignore[attr-defined]
    of_these = {name for name in facts.names() if facts.describe(name).theme in themes}
    assert of_these == set(module.BY_HAND)  # type: ignore[attr-defined]


def test_every_theme_has_its_file() -> None:
    assert {facts.describe(name).theme for name in facts.names()} == {
        theme for module in BY_THEMES for theme in module.THEMES
    }


@pytest.mark.parametrize("name", facts.names())
def test_a_fact_says_what_it_is_and_rests_on_rows(name: str) -> None:
    fact, figure = facts.describe(name), facts.figure(name)
    assert fact.title.endswith(".")
    assert figure.rows
    assert all(row.source for row in figure.rows)
    assert len({row.table for row in figure.rows}) == 1 or fact.formula
    assert (
        len(figure.rows) == 1 or fact.formula or isinstance(figure.value, tuple) or figure.low == figure.rows[0].value
    )


def test_an_unknown_fact_names_the_nearest() -> None:
    with pytest.raises(FactError, match="'serbian_trop_cut', which does not exist. Did you mean 'serbian_troop_cut'"):
        facts.figure("serbian_trop_cut")
