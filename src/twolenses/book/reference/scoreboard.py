"""``{scoreboard}``: what each lens foretold, the rule beside it, what came, and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses.book import wording
from twolenses.book.chapters.lenses import LENSES
from twolenses.book.nodes import folded, joined, link_to, table
from twolenses.book.reference.records import rows, values

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["board"]

COLUMNS = {"Ch.": 8, "Foretold, and the rule": 42, "What came": 36, "Verdict": 14}
"""Heads of the columns, with their widths in percent."""


class ScoreboardDirective(SphinxDirective):
    """The scoreboard.

    Written ```` ```{scoreboard} ```` (no argument, no content); out comes a folded table for each lens, one line per
    row of `forecasts`, under a title such as *Realism: 7 hits, 3 misses, 6 open*.
    """

    def run(self) -> list[nodes.Node]:
        dates = {row["id"]: wording.date(row["date"]) for row in rows("chronology")}
        found = rows("forecasts")
        return [board(lens, [row for row in found if row["lens"] == lens], dates, self.env.docname) for lens in LENSES]


def board(lens: str, lines: Sequence[Mapping[str, Any]], dates: Mapping[str, str], docname: str) -> nodes.Node:
    """The folded table of one lens.

    Parameters
    ----------
    lens
        Whose expectations the lines are.
    lines
        Rows of `forecasts`.
    dates
        Event → its date in words.
    docname
        The page on which the table stands.
    """
    found = Counter(line["verdict"] for line in lines)
    counts = ", ".join(_counted(found[verdict], verdict) for verdict in values("forecasts", "verdict"))
    cells = (
        (nodes.Text(str(line["chapter"])), _foretold(line), _outcome(line, dates, docname), _verdict(line))
        for line in lines
    )
    return folded(f"{lens.capitalize()}: {counts}", table(COLUMNS, cells, "tl-scoreboard"))


def _foretold(line: Mapping[str, Any]) -> nodes.Node:
    stated = "" if line["probability"] is None else f" (probability {line['probability']:.2f})"
    by = f" Decided by {wording.date(line['until'])}." if line["until"] else ""
    rule = f" {line['about']}. Hit: {line['hit_if']}. Miss: {line['miss_if']}.{by}"
    quoted = nodes.strong("", f"“{line['foretold'].rstrip('.')}”{stated}.")
    return nodes.inline("", "", quoted, nodes.inline("", rule, classes=["tl-small"]))


def _outcome(line: Mapping[str, Any], dates: Mapping[str, str], docname: str) -> nodes.Node:
    cell = nodes.inline("", line["outcome"])
    if line["events"]:
        ids = line["events"].split("; ")
        links = (link_to(dates[id], f"event-{id.lower()}", docname, made=True) for id in ids)
        cell += [nodes.Text(" ("), *joined(links, between="; "), nodes.Text(")")]
    cell += nodes.Text(".")
    if line["source"]:
        cell += [nodes.Text(" "), *wording.link(line["source"], line["source_url"]), nodes.Text(".")]
    if line["note"]:
        cell += nodes.inline("", f" {line['note']}.", classes=["tl-small"])
    return cell


def _counted(count: int, verdict: str) -> str:
    several = {"hit": "hits", "miss": "misses"}
    return f"{count} {verdict if count == 1 else several.get(verdict, verdict)}"


def _verdict(line: Mapping[str, Any]) -> nodes.Node:
    told = nodes.inline("", " told in its chapter" if line["told"] else "", classes=["tl-small"])
    return nodes.inline("", "", nodes.strong("", line["verdict"]), told)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("scoreboard", ScoreboardDirective)
