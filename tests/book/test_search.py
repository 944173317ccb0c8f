"""The search page in a real browser: numbers, both spellings, and results that lead to the spot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import CHAPTER, PAGES, opened, violations
from playwright.sync_api import Browser, Page

from twolenses import quiz
from twolenses.quiz.text import plain

# A query, and where one of its first four results leads.
QUERIES = {
    "4,500": "claims.html#claim-c21",
    "4500": "claims.html#claim-c21",
    "4.500": "claims.html#claim-c21",
    "8,350": "claims.html#claim-c21",
    "46.1": "01-reading-the-case.html#the-cut",
    "46,1": "01-reading-the-case.html#the-cut",
    "1244": "glossary.html#term-Resolution-1244",
    "Resolution 1244": "glossary.html#term-Resolution-1244",
    "2 October 2023": "timeline.html#event-e77",
    "Vucic": "people.html#person-vucic",
    "Vučić": "people.html#person-vucic",
    "mojsilovic": "people.html#person-mojsilovic",
    "Radoičić": "people.html#person-radoicic",
    "Banjska": "map.html#place-banjske-banjska-monastery",
    "Banjskë": "map.html#place-banjske-banjska-monastery",
    "Zvecan": "map.html#place-zvecan-zvecan",
    "Zveçan": "map.html#place-zvecan-zvecan",
    "C21": "claims.html#claim-c21",
    "c33": "claims.html#claim-c33",
    "O07": "claims.html#claim-o07",
    "E74": "timeline.html#event-e74",
    "cut-percent": "01-reading-the-case.html#q-cut-percent",
    "ICJ": "claims.html#claim-c18",
    "merchandised": "claims.html#claim-c33",
    "security dilemma": "glossary.html#term-security-dilemma",
    "commitment problem": "09-bargaining-and-commitment.html",
    "win-set": "glossary.html#term-win-set",
    "anarchy": "03-power-and-anarchy.html",
    "deployments": "dictionary.html#table-deployments",
    "the tariff": "07-interdependence-and-conditionality.html#the-tariff-as-a-natural-experiment",
    "Crimea precedent": "10-great-powers-and-precedent.html",
    "how many bases": "dictionary.html#table-deployments",
    "Вучић": "people.html#person-vucic",
    "безбедносна дилема": "glossary.html#term-security-dilemma",
    "bezbednosna dilema": "albanian-and-serbian.html#abstract-sr-latn-04-security-dilemma",
    "odvracanje": "glossary.html#term-deterrence",
    "dilema e sigurise": "albanian-and-serbian.html#abstract-sq-04-security-dilemma",
}

ASK = """query => {
    const field = document.querySelector('.tl-search input')
    field.value = query
    field.form.requestSubmit()
    return [...document.querySelectorAll('.tl-results li')].map(one => [one.querySelector('a').getAttribute('href'), one.innerText])
}"""


@contextmanager
def searching(browser: Browser, base: str, **context: Any) -> Iterator[Page]:
    """The search page with its index loaded."""
    with opened(browser, f"{base}search.html?q=C01", **context) as page:
        page.locator(".tl-results li").first.wait_for()
        yield page


@pytest.mark.parametrize("where", ["over http", "from a memory stick"])
def test_a_search_finds_numbers_names_in_any_spelling_and_what_has_an_address(
    browser: Browser, served: str, site: Path, where: str
) -> None:
    with searching(browser, served if where == "over http" else f"{site.as_uri()}/") as page:
        missed = {}
        for query, wanted in QUERIES.items():
            found = [re.sub(r"\?highlight=[^#]*", "", href) for href, _ in page.evaluate(ASK, query)[:4]]
            if not any(href.endswith(wanted) for href in found):
                missed[query] = found
        assert missed == {}


def test_both_spellings_and_every_way_to_write_a_number_find_the_same(browser: Browser, served: str) -> None:
    with searching(browser, served) as page:
        for one, other in (
            ("Vucic", "Vučić"),
            ("Vučić", "Вучић"),
            ("Zvecan", "Zveçan"),
            ("4,500", "4500"),
            ("46.1", "46,1"),
        ):
            found, also = (
                [re.sub(r"highlight=[^#]*", "", href) for href, _ in page.evaluate(ASK, query)]
                for query in (one, other)
            )
            assert found == also
            assert len(found) > 5


def test_a_footer_and_a_menu_are_not_searched(browser: Browser, served: str) -> None:
    with searching(browser, served) as page:
        assert len({href.split("?")[0] for href, _ in page.evaluate(ASK, "ICJ")}) < len(PAGES) / 2
        for menu in ("Toggle primary sidebar", "Source repositories suggest edit"):
            page.evaluate(ASK, menu)
            assert "hold all of" in page.locator(".tl-search-status").inner_text()
        assert page.evaluate(ASK, "qwertzuiop") == []
        assert page.locator(".tl-search-status").inner_text() == "Nothing holds “qwertzuiop”."


@pytest.mark.parametrize(
    ("query", "width", "seen"),
    [("4,500", 1280, "4,500"), ("Vucic", 360, "Vučić"), ("C21", 360, "C21"), ("merchandised", 1280, "merchandised")],
)
def test_a_result_leads_to_the_spot_with_the_words_marked(
    browser: Browser, served: str, query: str, width: int, seen: str
) -> None:
    with searching(browser, served, viewport={"width": width, "height": 800}) as page:
        page.locator(".tl-search input").fill(query)
        page.locator(".tl-search button").click()
        page.locator(".tl-results a").first.click()
        page.wait_for_url("**highlight=**")
        page.locator(".tl-found-bar:not([hidden])").wait_for(state="attached")
        in_view = """() => [...document.querySelectorAll('mark.tl-found')].filter(one => one.checkVisibility())
            .filter(one => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight })
            .map(one => one.textContent)"""
        page.wait_for_function(f"({in_view})().length > 0")
        assert {one.lower() for one in page.evaluate(in_view)} == {seen.lower()}
        bar = page.locator(".tl-found-bar")
        assert bar.inner_text().startswith(f"“{query}” is marked on this page")
        bar.get_by_role("button").click()
        assert page.locator("mark.tl-found").count() == 0
        assert "highlight" not in page.url


def test_a_mark_in_a_fold_unfolds_it(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}{CHAPTER}?highlight=4500#where-these-numbers-come-from") as page:
        assert page.locator(".tl-numbers mark.tl-found").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["search.html?q=Vucic", "chapters/reference/map.html?highlight=Banjska", "404.html"]
)
def test_results_marks_and_the_page_for_a_wrong_address_are_accessible(
    browser: Browser, served: str, address: str, scheme: str
) -> None:
    with opened(browser, served + address, color_scheme=scheme, viewport={"width": 360, "height": 800}) as page:
        if "404" not in address:
            page.locator("mark.tl-found").first.wait_for(state="attached")
        assert violations(page) == []


def test_only_the_search_page_loads_what_searches(site: Path) -> None:
    scripts = r"searchtools|language_data|search-?index|search\.js|sphinx_highlight|doctools"
    for page in site.rglob("*.html"):
        loaded = re.findall(rf'<script[^>]*src="[^"]*(?:{scripts})', page.read_text(encoding="utf-8"))
        assert len(loaded) == (2 if page == site / "search.html" else 0), page


def test_no_answer_to_a_question_is_in_the_index(site: Path) -> None:
    index = (site / "search-index.js").read_text(encoding="utf-8")
    for question in quiz.load("1"):
        assert json.dumps(plain(question.because), ensure_ascii=False)[1:-1] not in index
