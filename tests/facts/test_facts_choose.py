"""How facts choose their cells."""

from __future__ import annotations

import pytest

from twolenses.data import Cell
from twolenses.errors import FactError
from twolenses.facts._choose import agreed, months, numbers_in, pick


def test_rows_are_chosen_by_one_value_or_by_several() -> None:
    assert [row.value for row in pick("recognitions_by_year", "new", year=2008)] == [53]
    assert [row.value for row in pick("recognitions_by_year", "new", year=range(2008, 2010))] == [53, 11]
    assert len(pick("municipalities", "population_2024", northern=True)) == 4


def test_a_misspelt_value_is_not_zero_rows() -> None:
    with pytest.raises(FactError, match="has no rows with status = 'contestd'"):
        pick("recognition_withdrawals", "iso3", status="contestd")


def test_months_run_over_the_new_year() -> None:
    assert months("2018-11", "2019-02") == ("2018-11", "2018-12", "2019-01", "2019-02")


def test_a_number_is_read_inside_a_sentence() -> None:
    row = Cell("chronology", "event", {"event": "adopted by 77 votes to 6"})
    assert numbers_in(row, r"by (\d+) votes to (\d+)") == (77, 6)
    assert numbers_in(Cell("chronology", "event", {"event": "some 3,700 officers"}), r"([\d,]+) officers") == (3700,)
    with pytest.raises(FactError, match="no longer has the form"):
        numbers_in(row, r"(\d+) abstentions")


def test_what_agrees_is_one_value_and_what_does_not_a_range() -> None:
    assert agreed(6, 6) == 6
    assert agreed(78, 77) == (77, 78)
