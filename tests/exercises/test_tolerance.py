"""How a typed number is read, and when it is close enough."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twolenses.tolerance import Tolerance, half_unit, readings


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("46.1", (46.1,)),
        ("46,1", (46.1,)),  # a decimal comma
        ("46.1 %", (46.1,)),
        ("4500", (4500,)),
        ("8,350", (8.35, 8350)),  # London and Belgrade write thousands differently: both are tried
        ("8.350", (8.35, 8350)),
        ("8 350", (8350,)),
        ("8\u202f350", (8350,)),
        ("1,234.5", (1234.5,)),
        ("1.234,5", (1234.5,)),
        ("1,234,567", (1234567,)),
        ("−3", (-3,)),
        ("+3", (3,)),
        (".5", (0.5,)),
        ("12 soldiers", (12,)),
        ("46.1.", (46.1,)),  # the end of a sentence
        ("46,1 %.", (46.1,)),
        ("5 km²", (5,)),
        ("5 km2", (5,)),
        ("€ 5", (5,)),
        ("5 €.", (5,)),
        ("5..", ()),
        ("", ()),
        ("about half", ()),
        ("1,2,3", ()),
        ("5e3", ()),
        ("5½", ()),
        ("٤٦", ()),
        ("nan", ()),
    ],
)
def test_a_typed_number_is_read_as_its_writer_meant(text: str, numbers: tuple[float, ...]) -> None:
    assert readings(text) == pytest.approx(numbers)


@given(st.text(max_size=30))
def test_no_text_stops_the_reader(text: str) -> None:
    assert all(math.isfinite(value) for value in readings(text))


@given(st.integers(-(10**9), 10**9))
def test_thousands_may_be_grouped_either_way(number: int) -> None:
    assert number in readings(f"{number:,}")
    assert number in readings(f"{number:,}".replace(",", "."))
    assert number in readings(f"{number:,}".replace(",", " "))


def test_the_edge_of_the_tolerance_is_inside() -> None:
    assert Tolerance(0.5).accepts(46.6, 46.1)
    assert not Tolerance(0.5).accepts(46.61, 46.1)


def test_without_tolerance_only_the_number_itself_counts() -> None:
    assert Tolerance().accepts(48, 48)
    assert not Tolerance().accepts(48.001, 48)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_right(odd: float) -> None:
    assert not Tolerance(1e9).accepts(odd, 0)


def test_a_printed_figure_stands_for_half_a_unit_around_it() -> None:
    assert half_unit(1) == 0.05
