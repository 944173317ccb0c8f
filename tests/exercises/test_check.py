"""What a student reads after a task: type, then shape, then value; the likely mistake, never the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import nbformat
import numpy as np
import pandas as pd
import pytest

from conftest import execute
from twolenses import answers, check, keys, mistakes
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
    assert (
        capsys.readouterr().out
        == "✓ cut is right, but rounded; keep the digits for the next step. It is Serbia's own figure.\n"
    )


@pytest.mark.parametrize("answer", [46.1, 46.107784, np.float64(46.1), 46.06])
def test_a_number_is_right_to_the_printed_place(answer: float) -> None:
    check.number("cut", answer, fact="serbian_troop_cut")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (..., "cut is still '...'"),
        ("46.1", "cut is the text '46.1'. A number has no quotation marks"),
        (None, "cut is None: nothing was put into it"),
        (True, "cut is a bool; a number is asked for"),
        (float("nan"), "cut is nan, no number: a missing value or a division by zero went into it"),
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
        (lambda key: key.to_frame().assign(two=1, three=2), "whole table. Select one column"),
        (lambda key: 3, "troops is a int; it should be a Series"),
        (lambda key: key[1:], "Keep every row"),
        (lambda key: key.astype(str), "still holds text"),
        (lambda key: pd.to_timedelta(key, unit="D"), "holds durations; numbers are asked for. troops.dt.days"),
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


def test_a_chart_needs_its_pairs_and_a_legend(ax: Any) -> None:
    right = pd.Series([3, 4, 5], index=[2021, 2022, 2023])
    check.plot("ax", ax, x="year", y="soldiers", points=right)
    shifted = right.set_axis([2020, 2021, 2022])
    assert "3 values of the table are not in the chart" in sentence(
        check.plot, "ax", ax, x="year", y="soldiers", points=shifted
    )
    told = sentence(check.plot, "ax", ax, x="year", y="soldiers", legend=["Serbia"])
    assert "Nothing in the chart says which marks are 'Serbia'" in told
    ax.lines[0].set_label("Serbia")
    ax.legend()
    check.plot("ax", ax, x="year", y="soldiers", legend=["Serbia"])


def test_dates_words_and_bars_that_lie_are_pairs_too() -> None:
    dates = pd.Series([3.0, 4.0], index=pd.to_datetime(["2023-09-24", "2023-10-02"]))
    words = pd.Series([3.0, 4.0], index=["Serbia", "Kosovo"])
    for draw, key in (("plot", dates), ("bar", words), ("barh", words)):
        figure, axes = plt.subplots()
        getattr(axes, draw)(key.index, key.to_numpy())
        axes.set(xlabel="x", ylabel="y", title="t")
        check.plot("ax", axes, x="x", y="y", points=key)
        check.plot("ax", axes, x="x", y="y", heights=[3, 4])
        assert "not in the chart" in sentence(check.plot, "ax", axes, x="x", y="y", points=key + 1)
        plt.close(figure)


def test_a_band_and_an_error_bar_show_their_ends() -> None:
    low, high = [1.0, 2.0, 2.5], [4.0, 5.0, 6.0]
    middle = [2.0, 3.0, 4.0]
    for draw in (
        lambda axes: axes.fill_between([1, 2, 3], low, high),
        lambda axes: axes.errorbar([1, 2, 3], middle, yerr=[np.subtract(middle, low), np.subtract(high, middle)]),
        lambda axes: axes.vlines([1, 2, 3], low, high),
    ):
        figure, axes = plt.subplots()
        draw(axes)
        axes.set(xlabel="x", ylabel="y", title="t")
        check.plot("ax", axes, x="x", y="y", heights=[*low, *high])
        assert "2 values of the table are not" in sentence(check.plot, "ax", axes, x="x", y="y", heights=[7, 8])
        plt.close(figure)


# ── keys that are answers ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_key() -> Iterator[None]:
    """Answers and mistakes of the tests' own, gone afterwards."""
    with keys.using(keys.Key({}, {})):
        _define()
        yield


def _define() -> None:

    @answers.answer
    def a_number() -> float:
        """The number asked for."""
        return 2.5

    @mistakes.mistake(of="a_number")
    def doubled() -> float:
        """That is twice as much. Divide by two."""
        return 5.0

    @answers.answer
    def a_word() -> str:
        """Who counted."""
        return "Belgrade"

    @mistakes.mistake(of="a_word")
    def other_side() -> str:
        """That is the other government."""
        return "Pristina"

    @answers.answer
    def some_labels() -> dict[str, str]:
        """What the row says."""
        return {"E1": "claimed", "E2": "charged"}

    @answers.answer
    def a_series() -> pd.Series:
        """Growth from year to year."""
        return pd.Series([1.0, np.nan, 3.0], index=[2021, 2022, 2023])

    @mistakes.mistake(of="a_series")
    def zeros_for_missing() -> pd.Series:
        """A missing year became a zero. Leave it missing."""
        return a_series().fillna(0)

    @answers.answer
    def a_frame() -> pd.DataFrame:
        """Both columns."""
        return pd.DataFrame({"low": [1, 2], "high": [3, 4]}, index=["a", "b"])

    @answers.answer
    def a_function() -> Any:
        """The mean of the known."""
        return lambda values: float(values.mean())

    @mistakes.mistake(of="a_function")
    def sum_for_mean() -> Any:
        """That is the sum."""
        return lambda values: float(values.sum())


@pytest.mark.usefixtures("own_key")
class TestAnswers:
    def test_a_right_answer_passes(self) -> None:
        check.number("x", 2.5, answer="a_number")
        check.number("x", 2.4, answer="a_number", within=0.2)
        check.choice("who", " belgrade", answer="a_word", among=["Belgrade", "Pristina"])
        check.labels("grade", {"E2": "charged", "E1": "Claimed"}, answer="some_labels")
        check.series("s", pd.Series([1, None, 3], index=[2021, 2022, 2023]), answer="a_series")
        check.frame("f", pd.DataFrame({"high": [3, 4], "low": [1.0, 2.0]}, index=["a", "b"]), answer="a_frame")
        check.function("f", lambda v: v.sum() / v.count(), answer="a_function", calls=[(pd.Series([1.0, None, 3.0]),)])

    @pytest.mark.parametrize(
        ("call", "says"),
        [
            (
                lambda: check.number("x", 5, answer="a_number"),
                "x is 5. It is as if this had happened: That is twice as much",
            ),
            (
                lambda: check.number("x", 7, answer="a_number"),
                "x is 7, which is not it. Look again at: The number asked",
            ),
            (lambda: check.choice("who", "Pristina", answer="a_word", among=["Belgrade", "Pristina"]), "the other gov"),
            (lambda: check.choice("who", "NATO", answer="a_word", among=["Belgrade"]), "none of 'Belgrade'"),
            (lambda: check.choice("who", 3, answer="a_word", among=["Belgrade"]), "who is a int; a text is asked for"),
            (lambda: check.choice("who", ..., answer="a_word", among=["Belgrade"]), "who is still '...'"),
            (lambda: check.labels("g", [1], answer="some_labels"), "g is a list; it should be a dictionary"),
            (lambda: check.labels("g", {"E1": "claimed"}, answer="some_labels"), "g has nothing for 'E2'"),
            (lambda: check.labels("g", {"E1": "claimed", "E2": ...}, answer="some_labels"), "g['E2'] is still '...'"),
            (lambda: check.labels("g", {"E1": "x", "E2": "y"}, answer="some_labels"), "none of 'charged', 'claimed'"),
            (
                lambda: check.labels("g", {"E1": "charged", "E2": "charged"}, answer="some_labels"),
                "one label is not right. Think again about 'E1'",
            ),
            (
                lambda: check.labels("g", {"E1": "claimed", "E3": "charged"}, answer="some_labels"),
                "g has nothing for 'E2'. Give each of the 2 its label. You have 'E3'",
            ),
            (
                lambda: check.series("s", pd.Series([1, 0, 3], index=[2021, 2022, 2023]), answer="a_series"),
                "became a zero",
            ),
            (
                lambda: check.series("s", pd.Series([1, None, 3], index=[2020, 2021, 2022]), answer="a_series"),
                "s has a row called 2020; the answer has one called 2021",
            ),
            (
                lambda: check.series(
                    "s", pd.Series([1, 3, None], index=[2021, 2023, 2022]), answer="a_series", order="descending"
                ),
                "s has the right values in another order: sort its values, the highest first",
            ),
            (lambda: check.frame("f", pd.Series([1]), answer="a_frame"), "f is one column"),
            (lambda: check.frame("f", [1], answer="a_frame"), "f is a list; it should be a DataFrame"),
            (lambda: check.frame("f", pd.DataFrame({"low": [1, 2]}), answer="a_frame"), "f has no column 'high'"),
            (
                lambda: check.frame(
                    "f", pd.DataFrame({"low": [1, 9], "high": [3, 4]}, index=["a", "b"]), answer="a_frame"
                ),
                "f['low']: 1 row differs; the first is row 'b', where you have 9",
            ),
            (
                lambda: check.function("m", lambda v: v.sum(), answer="a_function", calls=[(pd.Series([1.0, 3.0]),)]),
                "m(Series(0: 1, 1: 3)) gives 4. That is the sum.",
            ),
            (
                lambda: check.function("m", lambda v: ..., answer="a_function", calls=[(pd.Series([1.0]),)]),
                "still gives '...'",
            ),
        ],
    )
    def test_a_wrong_answer_is_told_what_is_likely_wrong(self, call: Any, says: str) -> None:
        assert says in sentence(call)

    def test_a_function_cannot_spoil_the_next_call(self) -> None:
        given = pd.Series([1.0, 3.0])

        def spoils(values: pd.Series) -> float:
            mean = float(values.mean())
            values.iloc[0] = 99
            return mean

        check.function("m", spoils, answer="a_function", calls=[(given,), (given,)])
        assert given.tolist() == [1.0, 3.0]


# ── a text ───────────────────────────────────────────────────────────────────────────────────────────

ASKED = {
    "words": (5, 10),
    "mentions": {"whose figure it is": ["according to", "claim"]},
    "avoids": {"prove": "One case proves nothing."},
}


def test_a_text_with_everything_leaves_the_argument_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    check.text("argument", "Belgrade claimed that it had withdrawn.", because="Owners first.", **ASKED)
    said = "✓ argument has 6 words; the rubric judges the argument. Owners first.\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (..., "argument is still '...'"),
        (3, "argument is a int; write a text between triple quotes"),
        ("\n", "argument is empty. Write 5 to 10 words"),
        ("Belgrade claimed.", "argument has 2 words; 5 to 10 are asked for. Say more"),
        ("claim " * 20, "argument has 20 words; 5 to 10 are asked for. Cut"),
    ],
)
def test_a_text_that_lacks_something_is_told_what(answer: Any, says: str) -> None:
    assert says in sentence(check.text, "argument", answer, **ASKED)


# ── in a notebook ────────────────────────────────────────────────────────────────────────────────────


def in_a_notebook(*cells: str) -> list[Any]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    return [cell.outputs[-1] if cell.outputs else None for cell in execute(notebook).cells]


def test_in_a_notebook_what_a_student_does_wrong_is_one_sentence() -> None:
    start, renamed, unknown, no_table, own = in_a_notebook(
        "from twolenses import check\nfrom twolenses.data import load\ntroops_ = 1",
        'check.number("troops", troops, fact="serbian_troop_cut")',
        'check.number("gap", gap, fact="serbian_troop_cut")',
        'load("deploymens")',
        "print(gap)",
    )
    assert start is None
    assert renamed.traceback == [
        "✗ troops does not exist. You have 'troops_': give it back the name that the task asks for. Run the cells above "
        "in order, the task's own cell last. If that cell is gone, or this is the notebook of another exercise, download "
        "the notebook again and copy your answers over."
    ]
    assert unknown.traceback[0].startswith("✗ gap does not exist. Run the cells above in order")
    assert no_table.traceback[0].startswith("✗ ")
    assert "deployments" in no_table.traceback[0]
    assert len(own.traceback) > 1, "an error in the student's own code stays Python's"


def test_a_notebook_started_in_the_middle_is_told_to_run_the_first_cells() -> None:
    (missing,) = in_a_notebook('import twolenses.check\ncheck.number("x", 1, fact="serbian_troop_cut")')
    assert missing.traceback == [
        "✗ check does not exist yet. Run the first cells of the notebook, then this one again."
    ]
