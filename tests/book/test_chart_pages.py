"""Charts on the built pages: readable on a phone, in the page's colours, with rows, picture, source and citation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from browsing import CHAPTER, PAGES, opened
from lxml import etree, html
from playwright.sync_api import Browser

from twolenses import exercises
from twolenses.book.charts import svg
from twolenses.book.release.still import still

PHONE = 312
"""Pixels that a chart has on a phone of 360."""

ALIKE = {"111111", "b0b0b0"}
"""Colours that serve in both schemes: letters on a light bar, and the grid."""

DRAWN = re.compile(r'<svg class="tl-(wide|narrow)".*?</svg>', re.DOTALL)


@pytest.fixture(scope="module")
def sources(site: Path) -> dict[str, str]:
    """Page → its HTML, of all pages that show a chart."""
    found = {name: (site / name).read_text(encoding="utf-8") for name in PAGES}
    return {name: text for name, text in found.items() if 'class="tl-chart"' in text}


@pytest.fixture(scope="module")
def figures(sources: dict[str, str]) -> list[tuple[str, Any]]:
    """Every chart with its caption and the line under it, with the page it stands on."""
    return [
        (name, one)
        for name, text in sources.items()
        for one in html.fromstring(text).xpath("//figure[div[@class='tl-chart']]")
    ]


def test_every_chart_of_every_notebook_is_drawn_for_a_desk_and_for_a_phone(root: Path, sources: dict[str, str]) -> None:
    for name, text in sources.items():
        shown = (root / name).with_suffix(".md").read_text(encoding="utf-8")
        cells = re.findall(r"```\{code-cell\}(.*?)```", shown, re.DOTALL)
        drawn = [cell for cell in cells if "plt.show()" in cell and "skip-execution" not in cell]
        assert DRAWN.findall(text) == ["wide", "narrow"] * len(drawn), name
        assert not re.search(r"<img[^>]*_images/[^>]*\.svg", text), name
    assert (
        len([page for page in sources if "exercise" in page]) >= len(exercises.masters()) - 1
    )  # 15 reads, and draws nothing


def test_no_text_of_a_chart_is_smaller_than_11_px_on_a_phone(sources: dict[str, str]) -> None:
    for name, text in sources.items():
        for found in DRAWN.finditer(text):
            if found[1] == "narrow":
                assert svg.smallest_text(found[0], PHONE) >= 11, name


def test_every_colour_of_a_chart_has_one_for_the_dark(root: Path, sources: dict[str, str]) -> None:
    style = (root / "src/twolenses/book/static/two-lenses.css").read_text(encoding="utf-8")
    dark = set(re.findall(r"--tl-c-(\w+):", style))
    used = {colour for text in sources.values() for colour in re.findall(r"var\(--tl-c-(\w+),", text)}
    assert used - dark - ALIKE == set()
    assert dark - used == set()


def test_every_chart_gives_its_rows_its_picture_its_source_and_how_to_cite_it(
    site: Path, figures: list[tuple[str, Any]]
) -> None:
    seen = set()
    for page, figure in figures:
        csv, picture = ((site / page).parent / link for link in figure.xpath(".//a[@download]/@href"))
        rows = pd.read_csv(csv)
        assert len(rows) > 1, csv
        assert not {"panel", "series"} & {name for name in rows if rows[name].isna().all()}, csv
        assert "<text" in picture.read_text(encoding="utf-8")
        cited = figure.xpath("string(.//details)")
        assert re.search(r"Source: \w.*\. https://", cited), (page, cited)
        anchor = figure.get("id")
        assert cited.endswith(page + (f"#{anchor}" if anchor else "")), cited
        for link in figure.xpath(".//a[not(@download)]/@href"):
            where, _, place = link.partition("#")
            target = (site / page).parent / where if where else site / page
            assert f'id="{place}"' in target.read_text(encoding="utf-8"), link
        seen.add(csv.resolve())
    assert len(seen) == len(figures)


def test_several_lines_of_a_panel_are_told_apart_in_its_rows(site: Path) -> None:
    """A place on the x axis has one value of each series."""
    for path in (site / "charts").glob("*.csv"):
        rows = pd.read_csv(path)
        if {"x", "y", "y_axis"} <= set(rows) and rows["x"].astype(str).str.fullmatch(r"(19|20)\d\d").all():
            keys = [name for name in ("panel", "series", "x") if name in rows]
            assert not rows.duplicated(keys).any(), path.name


def test_paper_and_e_readers_have_the_drawing_for_a_desk_and_its_source(sources: dict[str, str]) -> None:
    for text in sources.values():
        for figure in re.findall(r"<figure(?=[^>]*>\s*<div class=\"tl-chart\").*?</figure>", text, re.DOTALL):
            tree = etree.fromstring(f"<body>{figure}</body>")  # it is XML
            still(tree)
            assert len(tree.findall(".//svg")) == 1
            shown = etree.tostring(tree, encoding="unicode")
            assert "var(" not in shown
            assert "Picture" not in shown
            assert "Source" in shown


SEEN = """() => [...document.querySelectorAll('.tl-chart text')].filter(one => one.checkVisibility())
    .map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"""


def test_the_page_picks_the_drawing_that_fits_and_text_is_read_and_selected(browser: Browser, site: Path) -> None:
    with opened(browser, (site / CHAPTER).as_uri(), viewport={"width": 360, "height": 800}) as page:
        wide, narrow = page.locator(".tl-chart .tl-wide").first, page.locator(".tl-chart .tl-narrow").first
        assert (wide.is_visible(), narrow.is_visible()) == (False, True)
        assert min(page.evaluate(SEEN)) >= 11
        narrow.locator("text", has_text="attribution").select_text()
        assert page.evaluate("String(getSelection())") == "attribution"
        page.emulate_media(media="print")
        assert (wide.is_visible(), narrow.is_visible()) == (True, False)
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 800})
        assert (wide.is_visible(), narrow.is_visible()) == (True, False)
        inked = "one => getComputedStyle(one).fill"
        words = wide.locator("text", has_text="Claims")
        light = words.evaluate(inked)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert words.evaluate(inked) != light


def test_the_article_as_marks_is_one_stop_of_the_tab_key(browser: Browser, site: Path) -> None:
    with opened(browser, (site / "index.html").as_uri()) as page:
        marks = page.locator(".tl-article a[aria-label]")
        assert marks.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
        here = "[...document.querySelectorAll('.tl-article a[aria-label]')].indexOf(document.activeElement)"
        marks.first.focus()
        for key, place in (
            ("ArrowRight", 1),
            ("ArrowDown", 2),
            ("ArrowLeft", 1),
            ("End", marks.count() - 1),
            ("Home", 0),
            ("ArrowUp", 0),
        ):
            page.keyboard.press(key)
            assert page.evaluate(here) == place, key
        page.keyboard.press("End")
        page.keyboard.press("Tab")
        assert page.evaluate(here) in (-1, marks.count() - 1)  # on, or into what the mark shows
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(here) == marks.count() - 1
    with opened(browser, (site / "index.html").as_uri(), java_script_enabled=False) as page:
        assert page.locator(".tl-article a[tabindex]").count() == 0
