"""The scoreboard as a reader sees it: every line with its rule, its outcome, its events and its verdict."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from sphinx import addnodes

from twolenses.book import wording
from twolenses.book.chapters.lenses import LENSES
from twolenses.book.reference.records import rows
from twolenses.book.reference.scoreboard import board

DATES = {row["id"]: wording.date(row["date"]) for row in rows("chronology")}


def lines(lens: str) -> list[dict[str, Any]]:
    return [row for row in rows("forecasts") if row["lens"] == lens]


@pytest.fixture(scope="module", params=LENSES)
def shown(request: pytest.FixtureRequest) -> tuple[str, nodes.Node]:
    return request.param, board(request.param, lines(request.param), DATES, "chapters/13-after-the-case")


def test_the_title_counts_the_verdicts(shown: tuple[str, nodes.Node]) -> None:
    lens, node = shown
    found = [row["verdict"] for row in lines(lens)]
    hit, miss, still_open = map(found.count, ("hit", "miss", "open"))
    assert node.astext().startswith(f"{lens.capitalize()}: {hit} hits, {miss} misses, {still_open} open")


def test_a_line_says_what_was_foretold_by_which_rule_what_came_and_the_verdict(shown: tuple[str, nodes.Node]) -> None:
    lens, node = shown
    body = next(iter(node.findall(nodes.tbody)))
    for row, line in zip(lines(lens), body.findall(nodes.row), strict=True):
        cells = [cell.astext() for cell in line.findall(nodes.entry)]
        assert cells[0] == str(row["chapter"])
        for part in (row["foretold"].rstrip("."), row["hit_if"], row["miss_if"]):
            assert part in cells[1]
        assert row["outcome"] in cells[2]
        assert cells[3].startswith(row["verdict"])
        assert ("told in its chapter" in cells[3]) == row["told"]


def test_an_outcome_links_to_its_events_and_they_count_as_no_use(shown: tuple[str, nodes.Node]) -> None:
    lens, node = shown
    links = list(node.findall(addnodes.pending_xref))
    wanted = [f"event-{id.lower()}" for row in lines(lens) for id in row["events"].split("; ") if id]
    assert [link["reftarget"] for link in links] == wanted
    assert all(link["made"] for link in links)


def test_a_probability_and_a_day_are_printed_where_the_chapter_states_them() -> None:
    text = board("liberalism", lines("liberalism"), DATES, "page").astext()
    assert "“Association/Community established” (probability 0.60)." in text
    assert "Decided by 31 December 2027." in text
