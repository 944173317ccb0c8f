"""What a student reads after a task: type, then shape, then value; the likely mistake, never the answer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
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


def test_a_judgement_of_ones_own_is_held_to_its_form_only(capsys: pytest.CaptureFixture[str]) -> None:
    asked: dict[str, Any] = {"among": ["wrong", "contested"], "things": ["C1", "C2"], "because": "Keep it."}
    for mine in ({"C1": "wrong", "C2": "contested"}, {"C2": "Wrong", "C1": "wrong"}):
        check.labels("mine", mine, **asked)
        assert capsys.readouterr().out == "✓ mine has a label for each; which one, you decide. Keep it.\n"
    assert sentence(check.labels, "mine", {"C1": "wrong"}, **asked).startswith("mine has nothing for 'C2'")
    assert "which is none of 'wrong', 'contested'" in sentence(
        check.labels, "mine", {"C1": "no", "C2": "wrong"}, **asked
    )
    assert "mine['C2'] is still '...'" in sentence(check.labels, "mine", {"C1": "wrong", "C2": ...}, **asked)


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
        ("46,11", "no quotation marks. Python writes a point before the decimals and nothing between thousands"),
        ((46, 11), "cut is two whole numbers, 46 and 11. If one was meant: Python writes a point before the decimals"),
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


YEARS = list(range(2015, 2025))
ALBANIA = pd.Series(np.linspace(1, 2.3, 10), index=YEARS)
SERBIA = pd.Series(np.linspace(2, 0.7, 10) ** 2, index=YEARS)
BOTH = {"Albania": ALBANIA, "Serbia": SERBIA}
LOOKS = {"Albania": ("C0", "-", "o", -0.2), "Serbia": ("C1", "--", "s", 0.2)}


def told(draw: Any, **asked: Any) -> str:
    """What the check says to a chart; nothing where it passes."""
    figure, axes = plt.subplots()
    draw(axes)
    for name in ("xlabel", "ylabel", "title"):
        if not getattr(axes, f"get_{name}")():
            axes.set(**{name: "year" if name == "xlabel" else "value"})
    try:
        check.plot("ax", axes, **{"x": "year", "y": "value", "series": BOTH, **asked})
    except CheckFailed as failure:
        return str(failure)
    finally:
        plt.close(figure)
    return ""


def each_state(draw: Any, legend: bool = True, exchanged: bool = False) -> Any:
    """Both states drawn by `draw(axes, label, values, colour, style, marker, shift)`, with the labels exchanged or not."""

    def chart(axes: Any) -> None:
        for (name, values), other in zip(BOTH.items(), reversed(BOTH), strict=True):
            draw(axes, other if exchanged else name, values, *LOOKS[name])
        if legend:
            axes.legend()

    return chart


DOTS = {"Albania": (1.0, 2.0), "Kosovo": (10.0, 3.0), "Serbia": (1000.0, 2.5)}


def named_dots(names: Any = DOTS, dots: Any = DOTS, offset: tuple[int, int] = (4, 4)) -> Any:
    """Dots on a logarithmic axis, and each name written beside a dot."""

    def draw(axes: Any) -> None:
        axes.set_xscale("log")
        axes.scatter(*zip(*dots.values(), strict=True))
        for name, at in names.items():
            axes.annotate(name, at, xytext=offset, textcoords="offset points")

    return draw


def own_legend(axes: Any) -> None:
    for (name, (x, y)), colour in zip(DOTS.items(), ("red", "green", "blue"), strict=True):
        axes.scatter(x, y, color=colour, label=name)
    axes.legend()


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (named_dots(), ""),
        (named_dots(offset=(-20, 6)), ""),
        (named_dots({**DOTS, "Serbia": DOTS["Kosovo"], "Kosovo": DOTS["Serbia"]}), "stands at the dot of"),
        (named_dots(dict(zip(DOTS, [*list(DOTS.values())[1:], DOTS["Albania"]], strict=True))), "stands at the dot of"),
        (named_dots({"Albania": DOTS["Albania"], "Kosovo": DOTS["Kosovo"]}), "No dot is called 'Serbia'"),
        (named_dots(dots={**DOTS, "Serbia": (100.0, 2.5)}), "The dot of 'Serbia' is not in the chart"),
        (named_dots({**DOTS, "Serbia": (1000.0, 2.0)}), "'Serbia' stands far from its dot"),
        (own_legend, ""),
    ],
    ids=["beside", "left", "exchanged", "in turn", "left out", "elsewhere", "far", "legend"],
)
def test_names_of_single_dots_stand_beside_their_own(draw: Any, says: str) -> None:
    message = told(draw, series=None, names=DOTS)
    assert says in message
    assert bool(says) == bool(message)


def test_lines_that_look_alike_are_told_apart_by_the_names_beside_them() -> None:
    def draw(axes: Any, exchanged: bool = False) -> None:
        for (name, values), other in zip(BOTH.items(), reversed(BOTH), strict=True):
            axes.plot(values.index, values, color="grey", label=name)
            at = values.index[-1]
            axes.annotate(other if exchanged else name, (at, values[at]), xytext=(4, 4), textcoords="offset points")

    assert told(draw) == ""
    assert "show the values of" in told(lambda axes: draw(axes, exchanged=True))

    def with_legend_alone(axes: Any) -> None:
        for name, values in BOTH.items():
            axes.plot(values.index, values, color="grey", label=name)
        axes.legend()

    assert "look alike" in told(with_legend_alone)


def test_caps_drawn_as_dots_are_no_values() -> None:
    spread = {name: pd.DataFrame({"low": values - 1, "high": values + 1}) for name, values in BOTH.items()}

    def draw(axes: Any, caps_at: float = 1) -> None:
        for (name, values), colour in zip(BOTH.items(), ("red", "blue"), strict=True):
            axes.plot(values.index, values, "o", color=colour, label=name)
            axes.vlines(values.index, values - 1, values + 1, color=colour)
            axes.scatter(values.index, values + caps_at, marker="_", color=colour)
        axes.legend()

    assert told(draw, bands=spread) == ""
    assert "do not belong there" in told(lambda axes: draw(axes, caps_at=2), bands=spread)


def test_two_bands_without_a_word_which_is_which_are_refused() -> None:
    spread = {name: pd.DataFrame({"low": values - 1, "high": values + 1}) for name, values in BOTH.items()}

    def draw(axes: Any, legend: bool) -> None:
        for (name, rows), colour in zip(spread.items(), ("red", "blue"), strict=True):
            axes.fill_between(rows.index, rows["low"], rows["high"], color=colour, alpha=0.5, label=name)
        if legend:
            axes.legend()

    assert told(lambda axes: draw(axes, True), series=None, bands=spread) == ""
    assert "which marks are 'Albania'" in told(lambda axes: draw(axes, False), series=None, bands=spread)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        ({"kind": "barh"}, ""),
        ({"kind": "bar"}, "The bars stand upright"),
        ({"kind": "barh", "stacked": True}, "The bars stand on each other"),
    ],
    ids=str,
)
def test_bars_may_be_asked_for_level_and_side_by_side(drawn: dict[str, Any], says: str) -> None:
    message = told(
        lambda axes: pd.DataFrame(BOTH).plot(ax=axes, xlabel="year or value", ylabel="value or year", **drawn),
        bars="grouped horizontal",
    )
    assert says in message
    assert bool(says) == bool(message)


def periods(values: pd.Series) -> pd.Series:
    return values.set_axis(pd.period_range("2015", periods=10, freq="Y"))


WAYS = {
    "plot": lambda ax, name, v, c, style, m, shift: ax.plot(v.index, v, label=name, color=c),
    "scatter": lambda ax, name, v, c, style, m, shift: ax.scatter(v.index, v, label=name, color=c),
    "bar": lambda ax, name, v, c, style, m, shift: ax.bar(v.index + shift, v, width=0.4, label=name, color=c),
    "errorbar": lambda ax, name, v, c, style, m, shift: ax.errorbar(v.index + shift / 3, v, 0.1, label=name, color=c),
    "years as text": lambda ax, name, v, c, style, m, shift: ax.plot(v.index.astype(str), v, label=name, color=c),
    "years as days": lambda ax, name, v, c, style, m, shift: ax.plot(
        pd.to_datetime([f"{y}-12-31" for y in v.index]), v, label=name, color=c
    ),
    "periods": lambda ax, name, v, c, style, m, shift: periods(v).plot(ax=ax, label=name, color=c),
    "dots over lines": lambda ax, name, v, c, style, m, shift: (
        ax.plot(v.index, v, label=name, color=c), ax.scatter(v.index, v, color=c),
    ),
    "one colour, two styles": lambda ax, name, v, c, style, m, shift: ax.plot(v, label=name, color="k", ls=style),
    "one colour, two markers": lambda ax, name, v, c, style, m, shift: ax.plot(v, m, label=name, color="k"),
    "rounded": lambda ax, name, v, c, style, m, shift: ax.plot(v.round(2), label=name, color=c),
}  # fmt: skip
BESIDE = {
    "text at the end": lambda ax, name, v, c, style, m, shift: (ax.plot(v, color=c), ax.text(2024.1, v.iloc[-1], name)),
    "text in the colour": lambda ax, name, v, c, style, m, shift: (
        ax.plot(v, color=c), ax.text(2018, 1 + shift, name, color=c),
    ),
    "arrow": lambda ax, name, v, c, style, m, shift: (
        ax.plot(v, color=c),
        ax.annotate(name, (2024, v.iloc[-1]), (2020, 3 + shift), arrowprops={"arrowstyle": "->"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", [*WAYS, *BESIDE])
def test_a_label_belongs_to_what_it_stands_for_whatever_draws_it(way: str) -> None:
    draw, legend = (WAYS | BESIDE)[way], way in WAYS
    assert told(each_state(draw, legend)) == ""
    said = told(each_state(draw, legend, exchanged=True))
    assert said.startswith("The marks called 'Albania' show the values of 'Serbia'.")


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: pd.DataFrame(BOTH).plot(ax=ax),
        lambda ax: pd.DataFrame(BOTH).plot.bar(ax=ax),
        lambda ax: pd.DataFrame(BOTH).plot.barh(ax=ax),
        lambda ax: (ax.plot(ALBANIA), ax.plot(SERBIA), ax.legend(["Albania", "Serbia"])),
        lambda ax: (ax.plot(ALBANIA, label="Albania"), ax.plot(SERBIA, label="Serbia, IMF"), ax.figure.legend()),
        lambda ax: (
            pd.DataFrame(BOTH).plot(ax=ax),
            ax.axhline(1, color="C0"),
            ax.set_xticks([2015, 2020], ["15", "20"]),
        ),
    ],
)
def test_other_ways_to_the_same_chart(draw: Any) -> None:
    assert told(draw) == ""


def test_a_second_axis_and_numbered_bars_with_years_below_them() -> None:
    def second(ax: Any) -> None:
        ax.plot(ALBANIA, label="Albania", color="C0")
        ax.legend()
        other = ax.twinx()
        other.plot(SERBIA, label="Serbia", color="C1")
        other.legend()

    def numbered(ax: Any) -> None:
        for name, values in BOTH.items():
            ax.bar(np.arange(10) + LOOKS[name][3], values, 0.4, label=name)
        ax.set_xticks(range(10), YEARS)
        ax.legend()

    assert told(second) == ""
    assert told(numbered) == ""
    assert told(numbered, bars="grouped") == ""
    assert told(lambda ax: pd.DataFrame(BOTH).plot.bar(ax=ax, stacked=True), bars="stacked") == ""


@pytest.mark.parametrize(
    ("draw", "asked", "says"),
    [
        (lambda ax: (ax.plot(ALBANIA), ax.plot(SERBIA)), {}, "Nothing in the chart says which marks are 'Albania'"),
        (
            lambda ax: (ax.plot(ALBANIA, label="Albania", alpha=0), ax.plot(SERBIA, label="Serbia"), ax.legend()),
            {},
            "which marks are 'Albania'",
        ),
        (
            lambda ax: pd.DataFrame(BOTH).reset_index(drop=True).plot(ax=ax),
            {},
            "has the right values at other places: they belong to 2015 to 2024",
        ),
        (
            lambda ax: pd.DataFrame(BOTH).loc[2018:].plot(ax=ax),
            {},
            "3 of the 10 values of 'Albania' are not in the chart",
        ),
        (lambda ax: (pd.DataFrame(BOTH).plot(ax=ax), ax.set_xlim(2018, 2024)), {}, "3 of the 10 values of 'Albania'"),
        (
            lambda ax: pd.DataFrame(BOTH).reindex([2014, *YEARS]).fillna(0.3).plot(ax=ax),
            {},
            "What is called 'Albania' shows 1 value that does not belong there",
        ),
        (lambda ax: pd.DataFrame(BOTH).plot(ax=ax), {"bars": "any"}, "'Albania' is not drawn as bars"),
        (lambda ax: pd.DataFrame(BOTH).plot.bar(ax=ax), {"bars": "stacked"}, "The bars hide each other"),
        (lambda ax: pd.DataFrame(BOTH).plot.bar(ax=ax), {"bars": "horizontal"}, "The bars stand upright"),
        (lambda ax: pd.DataFrame(BOTH).plot.bar(ax=ax, stacked=True), {"bars": "grouped"}, "stand on each other"),
    ],
)
def test_a_chart_that_shows_something_else_is_told_what(draw: Any, asked: dict[str, Any], says: str) -> None:
    assert says in told(draw, **asked)


DAYS = pd.to_datetime([f"{year}-0{1 + year % 9}-15" for year in YEARS])
REPORTS = pd.Series([5.0, 3, 8, 8, 2, 6, 7, 1, 4, 9], index=DAYS, name="KFOR")


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda ax: ax.step(DAYS, REPORTS, where="post"), ""),
        (lambda ax: REPORTS.plot(ax=ax, drawstyle="steps-post"), ""),
        (lambda ax: (ax.stairs(REPORTS[:-1], DAYS, baseline=None), ax.scatter(DAYS[-1:], REPORTS[-1:])), ""),
        (lambda ax: (ax.hlines(REPORTS[:-1], DAYS[:-1], DAYS[1:]), ax.scatter(DAYS, REPORTS)), ""),
        (lambda ax: ax.plot(np.repeat(DAYS, 2)[1:], np.repeat(REPORTS.to_numpy(), 2)[:-1]), ""),
        (lambda ax: ax.step(DAYS.strftime("%Y-%m-%d"), REPORTS, where="post"), ""),
        (lambda ax: ax.step(DAYS, REPORTS, where="pre"), "steps the wrong way"),
        (lambda ax: ax.step(DAYS, REPORTS), "steps the wrong way"),
        (lambda ax: ax.step(DAYS, REPORTS, where="mid"), "steps the wrong way"),
        (lambda ax: ax.plot(REPORTS), "goes from point to point"),
        (lambda ax: ax.scatter(DAYS, REPORTS), "is not joined"),
    ],
)
def test_steps_are_judged_by_where_they_are_level(draw: Any, says: str) -> None:
    said = told(draw, series=REPORTS, steps="post")
    assert says in said
    assert bool(says) == bool(said)


def test_steps_over_years_may_be_drawn_at_days() -> None:
    days = pd.to_datetime([f"{year}-12-31" for year in YEARS])
    for where, says in (("post", ""), ("pre", "steps the wrong way")):
        said = told(lambda ax, where=where: ax.step(days, ALBANIA, where=where), series=ALBANIA, steps="post")
        assert says in said
        assert bool(says) == bool(said)


RANGES = {name: pd.DataFrame({"low": values - 0.1, "high": values + 0.3}) for name, values in BOTH.items()}


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax, r, c: ax.fill_between(r.index, r["low"], r["high"], color=c, alpha=0.3),
        lambda ax, r, c: ax.vlines(r.index, r["low"], r["high"], color=c),
        lambda ax, r, c: (ax.plot(r["low"], color=c, ls=":"), ax.plot(r["high"], color=c, ls=":")),
        lambda ax, r, c: ax.errorbar(r.index, r["low"], [r["low"] * 0, r["high"] - r["low"]], color=c, fmt="none"),
    ],
)
def test_a_band_belongs_to_its_label(draw: Any) -> None:
    def chart(exchanged: bool) -> Any:
        def inner(axes: Any) -> None:
            for (name, values), other in zip(BOTH.items(), reversed(BOTH), strict=True):
                axes.plot(values, label=name, color=LOOKS[name][0])
                draw(axes, RANGES[other if exchanged else name], LOOKS[name][0])
            axes.legend()

        return inner

    assert told(chart(False), bands=RANGES) == ""
    assert "The band called 'Albania' is that of 'Serbia'" in told(chart(True), bands=RANGES)
    assert "Nothing in the chart reaches" in told(lambda ax: pd.DataFrame(BOTH).plot(ax=ax), bands=RANGES)


EVENTS = {"Ohrid": pd.Timestamp("2018-03-18"), "Banjska": pd.Timestamp("2023-09-24")}


@pytest.mark.parametrize("by_legend", [True, False])
def test_an_event_is_named_at_its_line(by_legend: bool) -> None:
    def chart(exchanged: bool) -> Any:
        def inner(axes: Any) -> None:
            axes.plot(REPORTS)
            for (name, day), other, colour in zip(EVENTS.items(), reversed(EVENTS), ("r", "g"), strict=True):
                called = other if exchanged else name
                axes.axvline(day, color=colour, label=called)
                if not by_legend:
                    axes.text(day + pd.Timedelta(days=20), 5, called, rotation=90)
            if by_legend:
                axes.legend()

        return inner

    asked = {"series": None, "marks": EVENTS}
    assert told(chart(False), **asked) == ""
    assert "'Ohrid' stand at each other's lines" in told(chart(True), **asked).replace("'Banjska' and ", "")
    assert "There is no line at 'Ohrid'" in told(lambda ax: ax.plot(REPORTS), **asked)


def one_by_one(axes: Any, draw: Any) -> None:
    for name, spread in RANGES.items():
        for n, (low, high) in enumerate(spread.to_numpy()):
            draw(axes, n + LOOKS[name][3], low, high, LOOKS[name][0], name if n == 0 else None)


LEVEL = {
    "barh": lambda ax, at, low, high, c, name: ax.barh(at, high - low, 0.3, low, color=c, label=name),
    "hlines": lambda ax, at, low, high, c, name: ax.hlines([at], [low], [high], color=c, label=name),
    "broken_barh": lambda ax, at, low, high, c, name: ax.broken_barh(
        [(low, high - low)], (at - 0.1, 0.2), facecolors=c, label=name
    ),
    "rectangles": lambda ax, at, low, high, c, name: (
        ax.add_patch(mpl.patches.Rectangle((low, at - 0.1), high - low, 0.2, color=c, label=name)),
        ax.set(xlim=(-1, 6), ylim=(-1, 10)),
    ),
    "plot": lambda ax, at, low, high, c, name: ax.plot([low, high], [at, at], color=c, lw=6, label=name),
    "errorbar": lambda ax, at, low, high, c, name: ax.errorbar(
        (low + high) / 2, at, xerr=(high - low) / 2, fmt="none", ecolor=c, label=name
    ),
}


@pytest.mark.parametrize("way", LEVEL)
def test_level_bands_count_whatever_draws_them(way: str) -> None:
    spread = {
        name: rows.set_index(np.arange(len(rows)) + LOOKS[name][3])
        for name, rows in RANGES.items()
    }  # fmt: skip

    def chart(axes: Any) -> None:
        one_by_one(axes, LEVEL[way])
        axes.legend()

    assert told(chart, series=None, bands=spread, bars="horizontal") == ""

    def upright(axes: Any) -> None:
        one_by_one(axes, lambda ax, at, low, high, c, name: ax.bar(at, high - low, 0.3, low, color=c, label=name))
        axes.legend()

    assert "draw horizontal bars" in told(upright, series=None, bands=spread, bars="horizontal")


def test_bars_from_low_to_high_are_no_values_of_a_series() -> None:
    band = pd.DataFrame({"low": ALBANIA - 0.2, "high": ALBANIA + 0.2})

    def chart(axes: Any) -> None:
        axes.bar(YEARS, 0.4, bottom=band["low"], width=0.2, color="grey")
        axes.scatter(YEARS, ALBANIA, color="black")

    assert told(chart, series=ALBANIA, bands=band) == ""


def test_several_series_of_bars_do_not_stand_on_each_other_unless_that_is_asked() -> None:
    def stacked(axes: Any) -> None:
        pd.DataFrame(BOTH).plot.barh(ax=axes, stacked=True, xlabel="year or value", ylabel="value or year")

    assert "stand on each other" in told(stacked, bars="horizontal")
    assert told(stacked, bars="stacked horizontal") == ""


def test_steps_may_be_drawn_for_every_day() -> None:
    changes = pd.Series([1, 2, 3, 4], index=pd.to_datetime(["2021-01-01", "2021-01-06", "2021-01-16", "2021-01-17"]))
    every = changes.reindex(pd.date_range("2021-01-01", "2021-01-17"))
    asked = {"series": changes, "steps": "post", "extra": True}
    assert told(lambda ax: ax.step(every.index, every.ffill(), where="post"), **asked) == ""
    assert "steps the wrong way" in told(lambda ax: ax.step(every.index, every.bfill(), where="post"), **asked)


@pytest.mark.parametrize("asked", [{"series": ALBANIA}, {"series": None, "points": ALBANIA}], ids=["series", "points"])
def test_the_corners_of_a_line_are_no_dots(asked: dict[str, Any]) -> None:
    assert "There are no dots" in told(lambda ax: ax.plot(ALBANIA), dots=True, **asked)
    assert told(lambda ax: ax.plot(ALBANIA, marker="o"), dots=True, **asked) == ""
    assert told(lambda ax: (ax.plot(ALBANIA), ax.scatter(YEARS, ALBANIA)), dots=True, **asked) == ""


def test_a_name_beside_a_corner_of_a_line_has_no_dot() -> None:
    def chart(axes: Any) -> None:
        axes.plot(*zip(*DOTS.values(), strict=True))
        for name, at in DOTS.items():
            axes.annotate(name, at)

    assert "There are no dots" in told(chart, series=None, names=DOTS)


def test_what_lies_beyond_the_limits_is_said() -> None:
    def chart(axes: Any) -> None:
        axes.plot(ALBANIA)
        axes.set_ylim(0, 1.5)

    assert told(chart, series=ALBANIA).endswith("Some of what is drawn lies beyond the limits of the axes.")
    assert "limits" not in told(lambda ax: (ax.plot(ALBANIA + 1), ax.plot([], [])), series=ALBANIA)


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

    @mistakes.mistake(about="a_number")
    def doubled() -> float:
        """That is twice as much. Divide by two."""
        return 5.0

    @answers.answer
    def a_word() -> str:
        """Who counted."""
        return "Belgrade"

    @mistakes.mistake(about="a_word")
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

    @mistakes.mistake(about="a_series")
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

    @mistakes.mistake(about="a_function")
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
                "s has a row called 2020; the answer has one called 2023",
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

    def test_the_form_and_the_check_agree_on_decimals_of_a_table(self) -> None:
        """One number for all its columns, also where one of them holds small numbers."""

        @answers.answer
        def shares_of_moves() -> pd.DataFrame:
            """Shares."""
            return pd.DataFrame({"small": [0.0375, 0.0425, 0.0612], "large": [0.9125, 0.8675, 0.7712]})

        check.frame("f", shares_of_moves().round(2), answer="shares_of_moves")
        coarse = shares_of_moves().round({"large": 1})
        assert "['large'] is rounded too far" in sentence(check.frame, "f", coarse, answer="shares_of_moves")

    def test_a_given_distance_is_all_that_counts(self) -> None:
        @answers.answer
        def a_score() -> float:
            """Score."""
            return 0.28417

        check.number("s", 0.284, answer="a_score", within=0.0005)
        assert "rounded too far" in sentence(check.number, "s", 0.28, answer="a_score", within=0.0005)

    def test_rounded_values_that_tie_stand_in_order(self) -> None:
        @answers.answer
        def sorted_values() -> pd.Series:
            """Sorted."""
            return pd.Series([1.01, 1.04, 2.0], index=["a", "b", "c"])

        rounded = pd.Series([1.0, 1.0, 2.0], index=["b", "a", "c"])
        check.series("s", rounded, answer="sorted_values", digits=1, order="ascending")
        assert "another order" in sentence(
            check.series, "s", rounded[::-1], answer="sorted_values", digits=1, order="ascending"
        )

    def test_where_the_order_is_given_rows_may_have_names_of_their_own(self) -> None:
        @answers.answer
        def scores_in_order() -> pd.Series:
            """Scores."""
            return pd.Series([0.1, 0.3, 0.2], index=["realist", "liberal", "base rate"])

        asked = {"answer": "scores_in_order", "order": "as given"}
        check.series("s", scores_in_order().rename({"base rate": "rate"}), **asked)
        exchanged = scores_in_order().rename({"realist": "liberal", "liberal": "realist"})
        assert sentence(check.series, "s", exchanged, **asked)
        assert sentence(check.series, "s", scores_in_order().rename({"base rate": "rate"})[::-1], **asked)

    def test_a_function_cannot_spoil_the_next_call(self) -> None:
        given = pd.Series([1.0, 3.0])

        def spoils(values: pd.Series) -> float:
            mean = float(values.mean())
            values.iloc[0] = 99
            return mean

        check.function("m", spoils, answer="a_function", calls=[(given,), (given,)])
        assert given.tolist() == [1.0, 3.0]

    @pytest.mark.parametrize(
        "response",
        [
            2.5, np.float32(2.5), np.array(2.5), np.array([2.5]), Decimal("2.5"), Fraction(5, 2), [2.5], pd.Series([2.5]),
        ],
    )  # fmt: skip
    def test_a_number_in_any_form(self, response: Any) -> None:
        check.number("x", response, answer="a_number")

    @pytest.mark.parametrize(
        "response",
        [
            pd.Series([3, 1, None], index=[2023, 2021, 2022]),
            pd.Series([1, None, 3], index=[2021.0, 2022.0, 2023.0], name="growth"),
            pd.Series([1, None, 3], index=pd.period_range("2021", periods=3, freq="Y")),
            pd.Series([Decimal(1), None, Fraction(3)], index=[2021, 2022, 2023]),
            pd.Series([1, pd.NA, 3], index=[2021, 2022, 2023], dtype="Int64"),
            pd.DataFrame({"g": [1, None, 3]}, index=[2021, 2022, 2023]),
            pd.DataFrame({"year": [2023, 2022, 2021], "g": [3, None, 1]}),
            {2021: 1, 2022: None, 2023: 3},
            [1, None, 3],
            (1, float("nan"), 3),
            np.array([1, np.nan, 3]),
        ],
    )
    def test_a_series_in_any_form(self, response: Any) -> None:
        check.series("s", response, answer="a_series")

    @pytest.mark.parametrize(
        "response",
        [
            pd.DataFrame({"low": [2, 1], "high": [4, 3]}, index=["b", "a"]),
            pd.DataFrame({"Name": ["a", "b"], "High": [3, 4], "LOW ": [1, 2]}),
            pd.DataFrame({"low": [1, 2], "high": [3, 4]}, index=pd.CategoricalIndex(["A", "B "])),
            {"low": {"a": 1, "b": 2}, "high": {"a": 3, "b": 4}},
        ],
    )
    def test_a_frame_in_any_form(self, response: Any) -> None:
        check.frame("f", response, answer="a_frame")

    def test_what_was_not_asked_for_is_passed_over_with_a_note(self, capsys: pytest.CaptureFixture[str]) -> None:
        wide = pd.DataFrame({"low": [1, 2], "high": [3, 4], "mean": [2, 3]}, index=["a", "b"])
        check.frame("f", wide, answer="a_frame")
        assert "Note: the column 'mean' was not asked for" in capsys.readouterr().out
        check.labels("g", {"E1": "claimed", "E2": "charged", "E3": "x"}, answer="some_labels")
        assert "Note: 'E3' was not asked for" in capsys.readouterr().out
        check.series("s", [1, None, 3], answer="a_series")
        assert "Note: its rows have no labels" in capsys.readouterr().out

    def test_a_mistake_is_named_only_if_no_other_fits(self) -> None:
        @mistakes.mistake(about="a_word")
        def also_the_other_side() -> str:
            """That is whom the first accuses."""
            return "Pristina"

        told = sentence(check.choice, "who", "Pristina", answer="a_word", among=["Belgrade", "Pristina"])
        assert told == "who is 'Pristina', which is not it. Look again at: Who counted."

    def test_an_order_is_looked_at_only_if_it_is_asked_for(self) -> None:
        @answers.answer
        def ranks() -> pd.Series:
            """The highest first."""
            return pd.Series({"a": 3.0, "b": 2.0, "c": 2.0})

        tied, up = pd.Series({"a": 3.0, "c": 2.0, "b": 2.0}), pd.Series({"c": 2.0, "b": 2.0, "a": 3.0})
        check.series("r", up, answer="ranks")
        check.series("r", tied, answer="ranks", order="descending")
        assert "sort its values, the highest first" in sentence(
            check.series, "r", up, answer="ranks", order="descending"
        )
        assert "in which the task gives them" in sentence(check.series, "r", up, answer="ranks", order="as given")

    def test_rounding_is_said(self, capsys: pytest.CaptureFixture[str]) -> None:
        @answers.answer
        def third() -> float:
            """A third of ten."""
            return 10 / 3

        @answers.answer(digits=1)
        def third_to_one_place() -> float:
            """A third of ten, to one decimal."""
            return 10 / 3

        check.number("x", 3.33, answer="third")
        assert "right, but rounded; keep the digits for the next step" in capsys.readouterr().out
        check.number("x", 3.3, answer="third_to_one_place")
        assert "rounded too far. Keep at least 2 decimals" in sentence(check.number, "x", 3.3, answer="third")

    def test_a_function_may_be_written_in_many_ways(self) -> None:
        calls = [(pd.Series([1.0, 3.0]),), {"values": pd.Series([2.0, 2.0])}]
        check.function("f", lambda values: np.mean(values), answer="a_function", calls=calls)
        check.function("f", lambda values: pd.Series([values.mean()])[0], answer="a_function", calls=calls)

        def prints(values: pd.Series) -> None:
            print(values.mean())

        assert "prints its result and gives nothing back" in sentence(
            check.function, "f", prints, answer="a_function", calls=calls
        )
        assert "has the parameters a, b" in sentence(
            check.function, "f", lambda a, b: a, answer="a_function", calls=calls[:1]
        )

    def test_a_sealed_exercise_looks_at_the_form_only(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(keys, "_sealed", True)
        check.number("x", 7, answer="unknown")
        check.series("s", [1], answer="unknown")
        check.frame("f", pd.DataFrame({"a": [1]}), answer="unknown")
        check.labels("g", {"a": "b"}, answer="unknown")
        check.function("f", lambda value: value, answer="unknown", calls=[(1,)])
        assert capsys.readouterr().out.count("Whether it is right is judged when it is graded") == 5
        assert told(lambda ax: ax.plot([1, 2]), series=None, answer="unknown") == ""


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


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Belgrade has withdrawn half of it.", "nothing was found that says whose figure it is"),
        ("According to Belgrade this proves it.", "it says 'prove'. One case proves nothing."),
        ("According\n    to Belgrade they all left.", ""),
    ],
)
def test_what_a_text_may_lack_is_a_note(text: str, note: str, capsys: pytest.CaptureFixture[str]) -> None:
    check.text("argument", text, **ASKED)
    said = capsys.readouterr().out
    assert ("Worth a look: " in said) == bool(note)
    assert note in said


def test_the_prompt_handed_back_is_no_answer() -> None:
    prompt = "Write its correction and say whose figures they are, and that no independent count of either was found."
    copied = f"{prompt} According to Belgrade."
    assert "repeats the words of the task" in sentence(check.text, "c", copied, words=(5, 50), prompt=prompt)
    own = (
        "Their own general named the figures in October. Nobody else counted: no independent count of either was found."
    )
    check.text("c", own, words=(5, 50), prompt=prompt)


def test_words_are_counted_in_one_way() -> None:
    assert check.words("Serbia’s 46.1 percent – self-reported,\n  not counted.") == 6


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


def test_a_name_that_was_given_away_is_a_sentence_too() -> None:
    *_, taken, empty, shadowed, loaded, own = in_a_notebook(
        "from twolenses import check\nfrom twolenses.data import load",
        "keep, check = check, 3",
        'check.number("x", 1, fact="serbian_troop_cut")',
        "check = keep\ncheck.number()",
        "min = 3\nprint(min(1, 2))",
        'load = load("deployments")\nload("chronology")',
        "3 + 'a'",
    )
    assert taken.traceback == [
        "✗ check is now a int, because a cell gave it that name: give your variable another name and run the first cells "
        "of the notebook again."
    ]
    assert empty.traceback[0].startswith("✗ check.number(…) cannot run so: missing a required argument: 'name'")
    assert shadowed.traceback[0].endswith("give your variable another name and run 'del min' once.")
    assert loaded.traceback[0].startswith("✗ load is now a DataFrame")
    assert len(own.traceback) > 1, "an error in the student's own code stays Python's"


@pytest.mark.parametrize("name", ["min", "len", "list", "sum", "sorted", "print"])
def test_checks_do_not_mind_what_a_student_calls_their_variables(name: str) -> None:
    space: dict[str, Any] = {"check": check, name: 3}
    exec('check.number("x", 46.1, fact="serbian_troop_cut")', space)
