"""A chart drawn again for a phone, and the rows that it draws."""

from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from twolenses import charts
from twolenses.book.charts import svg
from twolenses.charts.narrow import SMALLEST, WIDTH, narrow
from twolenses.charts.rows import rows
from twolenses.errors import ChartError

mpl.use("agg")


@pytest.fixture
def two_panels() -> Figure:
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.5))
    left.plot(pd.to_datetime(["2020-01-01", "2021-01-01"]), [1, 2], label="one")
    left.legend()
    left.set_title(
        "A title that is far too long to be read on the one line that a phone has for it", loc="left", fontsize=6
    )
    right.barh(["a name that is long, too", "short"], [3, 4], color="black")
    right.set_title("Bars", loc="left")
    charts.cite(left, "a table; a_table.csv")
    plt.close(figure)
    return figure


def test_on_a_phone_panels_stand_below_each_other_and_no_text_is_small_or_outside(two_panels: Figure) -> None:
    phone, _ = narrow(two_panels)
    upper, lower = (axes.get_position() for axes in phone.axes)
    assert upper.y0 > lower.y1
    assert phone.get_figwidth() == WIDTH
    for text in phone.findobj(Text):
        if text.get_text() and text.get_visible():  # type: ignore[attr-defined]
            assert text.get_fontsize() >= SMALLEST  # type: ignore[attr-defined]
    drawn = phone.get_tightbbox()  # inches
    assert -0.02 <= drawn.x0 <= drawn.x1 <= WIDTH + 0.02


def test_the_chart_itself_stays_as_it_is(two_panels: Figure) -> None:
    narrow(two_panels)
    left, right = two_panels.axes
    assert left.get_legend() is not None
    assert "\n" not in left.get_title("left")
    assert [label.get_text() for label in right.get_yticklabels()] == ["a name that is long, too", "short"]
    assert tuple(two_panels.get_size_inches()) == (7.2, 3.5)


def test_words_that_run_upwards_and_what_is_for_a_desk_alone_are_not_in_a_phones_picture(two_panels: Figure) -> None:
    left = two_panels.axes[0]
    for day, word in (("2020-09-01", "later"), ("2020-03-01", "sooner")):
        left.text(pd.Timestamp(day), 1, word, rotation=90)
    left.text(pd.Timestamp("2020-05-01"), 1, "on a desk", gid="wide")
    phone, upright = narrow(two_panels)
    assert upright == ["sooner", "later"]
    assert not phone.axes[0].texts
    assert len(left.texts) == 3


def test_a_label_that_a_function_places_is_a_sentence() -> None:
    figure, axes = plt.subplots()
    axes.bar_label(axes.bar(["a"], [1]), label_type="center")
    with pytest.raises(ChartError, match="label_type"):
        narrow(figure)
    plt.close(figure)


def test_rows_are_what_is_drawn() -> None:
    figure, (first, second) = plt.subplots(2, 1)
    first.set(title="Lines", xlabel="Day", ylabel="Persons")
    first.errorbar(pd.to_datetime(["2020-01-01", "2020-02-01"]), [5, 6], yerr=[1, 2], label="with its error")
    first.plot(pd.to_datetime(["2020-01-01"]), [9], "o")  # no label: a decoration
    first.axhline(3)
    first.set_title("Lines", loc="left")
    second.barh(["low", "high"], [2, 3], left=[1, 0])
    plt.close(figure)
    found = rows(figure)
    lines, bars = found[found["panel"] == "Lines"], found[found["panel"] == ""]
    assert lines[["series", "x", "y", "low", "high"]].to_numpy().tolist() == [
        ["with its error", "2020-01-01", "5", "4", "6"],
        ["with its error", "2020-02-01", "6", "4", "8"],
    ]
    assert set(lines["x_axis"]) == {"Day"}
    assert bars[["y", "x"]].to_numpy().tolist() == [["low", "2"], ["high", "3"]]
    assert bars.iloc[0][["low", "high"]].tolist() == ["1", "3"]


def test_a_page_gets_real_text_the_rows_and_the_source(two_panels: Figure) -> None:
    charts.set_data(two_panels, pd.DataFrame({"a": [1]}))
    with mpl.rc_context({"svg.fonttype": "none"}):
        drawn = charts.for_page(two_panels)
    assert drawn is not None
    picture, more = svg.parts(drawn)
    assert more is not None
    assert (more["rows"], more["source"]) == ("a\n1\n", "a table; a_table.csv")
    assert svg.parts(picture) == (picture, None)
    shown = svg.inline(picture, name="c", alt='A "chart"', classes="tl-wide")
    assert ">Bars</text>" in shown
    assert "a_table.csv" not in shown  # the page says it
    assert 'aria-label="A &quot;chart&quot;"' in shown
    assert "font-family" not in shown
    assert svg.smallest_text(svg.inline(more["narrow"], name="n", alt="", classes=""), 312) >= 11


def test_an_empty_figure_is_no_chart() -> None:
    assert charts.for_page(Figure()) is None


def test_numbers_are_written_as_a_reader_would() -> None:
    figure, axes = plt.subplots()
    axes.plot(np.array([2015, 2016]) - 0.08, [0.1 + 0.2, 1e6])
    axes.set_xlabel("Year")
    plt.close(figure)
    assert rows(figure)[["x", "y"]].to_numpy().tolist() == [["2015", "0.3"], ["2016", "1000000"]]


def test_json_carries_any_text() -> None:
    more = {"rows": 'a & b < "c"'}
    text = (
        f'<svg><metadata id="two-lenses">{json.dumps(more).replace("&", "&amp;").replace("<", "&lt;")}</metadata></svg>'
    )
    assert svg.parts(text) == ("<svg></svg>", more)
