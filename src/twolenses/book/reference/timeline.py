"""``{timeline}``: the chronology by periods, with what each lens makes of every event; ``{readings}``: of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses.book import wording
from twolenses.book.chapters.lenses import LENSES
from twolenses.book.nodes import entry, heading, link_to, record, section, small_print
from twolenses.book.reference.article import on_pages
from twolenses.book.reference.records import Choice, filter_form, rows, values

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

PERIODS = (
    ("1974", "1974–1989", "Autonomy and its end"),
    ("1990", "1990–June 1999", "Parallel institutions and war"),
    ("1999-06-10", "June 1999–2007", "Under United Nations administration"),
    ("2008", "2008–2012", "The declaration and the Court"),
    ("2013", "2013–2019", "Agreements and what became of them"),
    ("2020", "2020–2022", "Plates, papers and resignations"),
    ("2023", "2023", "The year of the crisis"),
    ("2024", "2024–2026", "After the crisis"),
)
"""First date, years and title of each period. The cut of 1999 is Resolution 1244 (10 June)."""


class TimelineDirective(SphinxDirective):
    """The chronology.

    Written ```` ```{timeline} ```` (no argument, no content); out come a filter and one section per period. One entry
    per event, at the address ``#event-e74``, with its date, what happened, and what each lens makes of it.
    """

    def run(self) -> list[nodes.Node]:
        events = rows("chronology")
        found: list[nodes.Node] = [on_pages(axis(events)), filter_form("events", *_choices())]
        for first, years, title in PERIODS:
            part = [self._event(row) for row in events if period(row["date"]) == first]
            found.append(section(f"{years}: {title}", f"from-{first}", *part))
        return found

    def _event(self, row: dict[str, Any]) -> nodes.Element:
        anchor = f"event-{row['id'].lower()}"
        seen = {"category": row["category"], "period": period(row["date"])}
        node = entry(self.state.document, anchor, ["tl-event"], seen)
        node += heading(anchor, wording.date(row["date"]))
        node += nodes.paragraph("", f"{row['event']}.")
        node += small_print(_about(row))
        node += _readings(row)
        if row["note"]:
            node += nodes.paragraph("", row["note"])
        node += small_print("Source: ", *wording.link(wording.dates(row["source"]), row["source_url"]))
        return node


def axis(events: Sequence[Mapping[str, str]]) -> str:
    """The periods in order, each with a mark for every event: a period is chosen, an event is led to.

    The marks are left out of the keyboard's way; the entries below are the same events.
    """
    parts = []
    for first, years, _ in PERIODS:
        part = [row for row in events if period(row["date"]) == first]
        marks = "".join(
            f'<a href="#event-{row["id"].lower()}" tabindex="-1" aria-label="{escape(wording.date(row["date"]))}"'
            f' title="{escape(wording.date(row["date"]))}"></a>'
            for row in part
        )
        label = f'<a href="?period={first}">{years}</a>'
        parts.append(f'<li style="--tl-count: {len(part)}">{label}<span>{marks}</span></li>')
    return f'<ol class="tl-axis" aria-label="Axis">{"".join(parts)}</ol>\n'


class ReadingsDirective(SphinxDirective):
    """One event and what each lens makes of it.

    Written ```` ```{readings} E77 ```` (an event, no content); out come its date, linked to the timeline, what
    happened, and both readings side by side.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        found = [row for row in rows("chronology") if row["id"] == self.arguments[0]]
        if not found:
            log.warning("{readings} names %r, no event.", self.arguments[0], location=self.get_location())
            return []
        [row] = found
        link = link_to(wording.date(row["date"]), f"event-{row['id'].lower()}", self.env.docname)
        return [nodes.paragraph("", "", link, nodes.Text(f": {row['event']}.")), _readings(row)]


def _readings(row: dict[str, Any]) -> nodes.Element:
    """What each lens makes of an event, side by side where there is room."""
    pair = record("", classes=["tl-lens-pair", "tl-readings"])
    for lens in LENSES:
        reading = nodes.paragraph("", "", nodes.strong("", lens.capitalize()), nodes.Text(f" {row[lens]}."))
        pair += record("", reading, classes=["tl-reading", f"tl-{lens}"])
    return pair


def period(date: str) -> str:
    """First date of the period in which the date lies.

    >>> period("1999-06-09"), period("1999-06-10"), period("1990-09")
    ('1990', '1999-06-10', '1990')
    """
    return max(first for first, *_ in PERIODS if first <= date)


def _about(row: dict[str, Any]) -> str:
    sure = "" if row["confidence"] == "high" else f" · confidence: {row['confidence']}"
    basis = "" if row["basis"] == "retrieved" else " · basis: background knowledge"
    return f"{wording.capital(row['category'])} · {row['actors'].replace('; ', ', ')}{sure}{basis}"


def _choices() -> list[Choice]:
    return [
        Choice("category", "Kind", {one: one for one in sorted(values("chronology", "category"))}),
        Choice("period", "Period", {first: years for first, years, _ in PERIODS}),
        Choice("lens", "Lens", {lens: f"{lens} only" for lens in LENSES}, "both", view=True),
    ]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("timeline", TimelineDirective)
    app.add_directive("readings", ReadingsDirective)
