"""Numbers that are typed where a fact should print them."""

from __future__ import annotations

import pytest

from twolenses import facts, typed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Serbia had 8,350 soldiers.", ["8,350 soldiers"]),
        ("It cost 12,345.6 in all, or 1,234,567.", ["12,345.6", "1,234,567"]),
        ("46.1% or 46,1 % or 46 percent or 46 per cent", ["46.1%", "46,1 %", "46 percent", "46 per cent"]),
        ("by 15.0 percentage points", ["15.0 percentage points"]),
        ("48 bases, 5 votes,\n10 million", ["48 bases", "5 votes", "10 million"]),
        ("In 2023, with 8350 men and 48 claims; version 1.2", []),
        ("{fact}`x` soldiers, {cite:p}`a 12%`, [12%](https://x.org/12%), ![]( 5,000)", ["12%"]),
        ("---\ntitle: 12%\n---\nText\n```{code-cell}\nx = 1,000\n```\n", []),
    ],
)
def test_numbers_of_tables_are_known_by_their_form(text: str, found: list[str]) -> None:
    assert [one.text for one in typed.numbers(text)] == found


def test_a_number_is_found_where_it_stands() -> None:
    text = "{fact}`serbian_troops_after` of 8,350 is 46.1 %."
    assert [text[one.start :][: len(one.text)] for one in typed.numbers(text)] == ["8,350", "46.1 %"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("8,350", "serbian_troops_before"),
        ("8,350 troops", "serbian_troops_before"),
        ("46.1 %", "serbian_troop_cut"),
        ("46.1 per cent", "serbian_troop_cut"),
    ],
)
def test_the_fact_that_prints_a_number_is_named(text: str, name: str) -> None:
    assert name in typed.numbers(text)[0].facts


def test_a_number_that_counts_something_else_is_no_fact() -> None:
    whole = next(name for name in facts.names() if facts.describe(name).unit == "claims")
    number = facts.figure(whole).number
    assert whole not in typed.numbers(f"{number}% and {number} votes")[0].facts
    assert typed.numbers("8,350 votes")[0].facts == ()
