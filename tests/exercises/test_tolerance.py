"""How a typed number is read, and when it is close enough."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twolenses.tolerance import MILLIONTH, Tolerance, half_unit, needed_digits, readings


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


def test_one_tolerance_takes_one_number_and_many() -> None:
    right = np.array([1.0, 1_000_000.0, np.nan])
    assert MILLIONTH.accepts(right * (1 + 5e-7), right).tolist() == [True, True, False]
    assert MILLIONTH.accepts(right * (1 + 5e-6), right).tolist() == [False, False, False]
    assert MILLIONTH.accepts(0.0, 1e-7) is False, "a small key is not zero"
    assert Tolerance.printed(46.107784, 1).accepts(46.06, 46.107784)
    assert not Tolerance.printed(48, 0).accepts(48.4, 48), "a whole count must be exact"


@pytest.mark.parametrize(("key", "digits"), [(2.6367, 2), (46.1078, 1), (457.2, 0), (0.4567, 2), (0.0123, 4), (0.0, 2)])
def test_how_many_decimals_a_rounded_response_keeps(key: float, digits: int) -> None:
    assert needed_digits(key) == digits


@pytest.mark.parametrize(
    ("response", "key", "right", "too_far"),
    [
        (2.64, 2.6367, True, False),
        (2.637, 2.6367, True, False),
        (2.6, 2.6367, False, True),
        (2.63, 2.6367, False, False),  # cut off, not rounded
        (3, 2.6367, False, True),
        (46.1, 46.107784, True, False),
        (46, 46.107784, False, True),
        (46.2, 46.107784, False, False),
        (0.012, 0.0123, False, True),
        (0.0, 0.0123, False, False),  # rounded to nothing
        (12_300, 12_345, False, False),  # a whole key is never rounded
    ],
)
def test_a_rounded_key_counts_if_it_keeps_enough(response: float, key: float, right: bool, too_far: bool) -> None:
    assert bool(MILLIONTH.rounds(response, key)) is right
    assert bool(MILLIONTH.rounds_too_far(response, key)) is too_far


@given(st.floats(-1e6, 1e6).filter(lambda key: abs(key) > 1e-3), st.integers(2, 6))
def test_a_key_rounded_to_enough_decimals_always_counts(key: float, more: int) -> None:
    digits = max(needed_digits(key), more)
    assert MILLIONTH.accepts(round(key, digits), key) or MILLIONTH.rounds(round(key, digits), key) or key == round(key)
