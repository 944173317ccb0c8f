"""What a student reads after a task: type, then shape, then value; the likely mistake, never the answer."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from twolenses import check
from twolenses.check import CheckFailed
from twolenses.data import load

mpl.use("agg")
import matplotlib.pyplot as plt


def sentence(function: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(CheckFailed) as failed:
        function(*args, **named)
    return str(failed.value)


def test_a_right_answer_says_so_and_why_it_matters(capsys: pytest.CaptureFixture[str]) -> None:
    check.number("cut", 46.1, fact="serbian_troop_cut", because="It is Serbia's own figure.")
    assert capsys.readouterr().out == "✓ cut is right. It is Serbia's own figure.\n"


@pytest.mark.parametrize("answer", [46.1, 46.107784, np.float64(46.1), 46.06])
def test_a_number_is_right_to_the_printed_place(answer: float) -> None:
    check.number("cut", answer, fact="serbian_troop_cut")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (..., "cut is still '...'"),
        ("46.1", "cut is the text '46.1'. A number has no quotation marks"),
        (None, "cut is a NoneType; a number is asked for"),
        (True, "cut is a bool; a number is asked for"),
        (float("nan"), "a missing value went into it"),
        ([46.1], "cut holds 1 values; one number is asked for"),
        (pd.Series([1, 2]), "cut holds 2 values; one number is asked for"),
        (85.6, "share of the new figure"),
        (53.9, "share that stayed"),
        (0.461, "cut is 0.461, which is not it"),
        (0.4611, "cut is 0.4611"),
        (12.0, "which is not it. Look again at: Share of the deployment"),
    ],
)
def test_a_wrong_number_is_told_what_is_likely_wrong(answer: Any, says: str) -> None:
    told = sentence(check.number, "cut", answer, fact="serbian_troop_cut")
    assert says in told or "Multiply by 100" in told
    assert "46.1" not in told or answer == "46.1"


def test_a_whole_count_must_be_exact() -> None:
    check.number("bases", np.int64(48), fact="bases_counted")
    assert "not it" in sentence(check.number, "bases", 48.4, fact="bases_counted")


def test_jupyter_shows_one_sentence_and_no_traceback() -> None:
    failure = CheckFailed("Look again.")
    assert failure._render_traceback_() == ["✗ Look again."]
    assert isinstance(failure, AssertionError)


# ── a Series ─────────────────────────────────────────────────────────────────────────────────────────


KEY = {"table": "kfor_strength", "column": "troops", "where": "printed != ''"}


def troops() -> pd.Series:
    return load("kfor_strength").query("printed != ''").reset_index(drop=True)["troops"]


def test_the_column_itself_is_right() -> None:
    check.series("troops", troops(), **KEY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda key: ..., "troops is still '...'"),
        (lambda key: key.to_frame(), "whole table. Select one column"),
        (lambda key: list(key), "troops is a list; it should be a Series"),
        (lambda key: key[1:], "Keep every row"),
        (lambda key: key.sort_values(), "in another order than the table"),
        (lambda key: key.astype(str), "still holds text"),
        (lambda key: key.where(key.index != 3, 7), "1 row differs; the first is row 3, where you have 7"),
        (lambda key: key * 10, "rows differ; the first is row 0"),
    ],
)
def test_a_wrong_series_is_told_how(change: Any, says: str) -> None:
    assert says in sentence(check.series, "troops", change(troops()), **KEY)


# ── a function ───────────────────────────────────────────────────────────────────────────────────────


CASES = [((200, 100), 50), ((80, 60), 25)]


def test_a_function_is_called_with_new_inputs() -> None:
    check.function("cut", lambda before, after: 100 * (before - after) / before, CASES)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (46.1, "cut is a float, not a function"),
        (lambda before, after: None, "gives nothing back. End the function with return"),
        (lambda before, after: 100 * (before - after) / after, "cut(200, 100) gives 100"),
        (lambda before: before, "cut(200, 100) stops with TypeError"),
        (lambda before, after: before / 0, "cut(200, 100) stops with ZeroDivisionError"),
        (lambda before, after: "50", "is the text '50'"),
    ],
)
def test_a_wrong_function_is_told_for_which_input(answer: Any, says: str) -> None:
    assert says in sentence(check.function, "cut", answer, CASES)


# ── a chart ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ax() -> Any:
    figure, axes = plt.subplots()
    axes.plot([2021, 2022, 2023], [3, 4, 5])
    axes.set(xlabel="Year", ylabel="Soldiers", title="More soldiers")
    yield axes
    plt.close(figure)


def test_a_chart_is_judged_by_what_it_shows(ax: Any) -> None:
    check.plot("ax", ax, x="year", y="soldiers", heights=[3, 4, 5])


def test_bars_and_dots_count_as_much_as_lines() -> None:
    for draw in ("bar", "scatter"):
        figure, axes = plt.subplots()
        getattr(axes, draw)([1, 2, 3], [3, 4, 5])
        axes.set(xlabel="year", ylabel="soldiers", title="t")
        check.plot("ax", axes, x="year", y="soldiers", heights=[3, 4, 5])
        plt.close(figure)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda ax: ax.set_xlabel(""), "The x axis has no label"),
        (lambda ax: ax.set_ylabel("Men"), "The y axis says 'Men'. A reader needs the word 'soldiers'"),
        (lambda ax: ax.set_title(""), "The chart has no title"),
        (lambda ax: ax.clear() or ax.set(xlabel="year", ylabel="soldiers", title="t"), "The chart is empty"),
        (lambda ax: ax.lines[0].set_ydata([3, 4, 4]), "1 value of the table is not in the chart"),
    ],
)
def test_a_chart_that_lacks_something_is_told_what(ax: Any, change: Any, says: str) -> None:
    change(ax)
    assert says in sentence(check.plot, "ax", ax, x="year", y="soldiers", heights=[3, 4, 5])


def test_a_chart_must_be_axes() -> None:
    assert "ax is a int, not a chart's axes" in sentence(check.plot, "ax", 3, x="year", y="soldiers")
