"""``{timeline}``: the chronology, period by period, with what each lens makes of every event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses.book import wording
from twolenses.book.chapters.lenses import LENSES
from twolenses.book.nodes import entry, heading, record, section, small_print
from twolenses.book.reference.records import Choice, filter_form, rows, values

if TYPE_CHECKING:
    from sphinx.application import Sphinx

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
        found: list[nodes.Node] = [filter_form("events", *_choices())]
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
        pair = record("", classes=["tl-lens-pair", "tl-readings"])
        for lens in LENSES:
            reading = nodes.paragraph("", "", nodes.strong("", lens.capitalize()), nodes.Text(f" {row[lens]}."))
            pair += record("", reading, classes=["tl-reading", f"tl-{lens}"])
        node += pair
        if row["note"]:
            node += nodes.paragraph("", row["note"])
        node += small_print("Source: ", *wording.link(wording.dates(row["source"]), row["source_url"]))
        return node


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
