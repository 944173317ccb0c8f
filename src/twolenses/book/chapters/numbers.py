"""``{numbers}``: the folded list *Where these numbers come from*, of every fact the page prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from twolenses import data, facts
from twolenses.book.nodes import folded, record
from twolenses.data import Cell

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TITLE = "Where these numbers come from"
SHOWN_ROWS = 4


class numbers(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes so)
    """Placeholder, replaced once the page is read and all its facts are known."""


class NumbersDirective(SphinxDirective):
    """Where the numbers of a page come from.

    Written ```` ```{numbers} ```` (no argument, no content), at the end of a chapter; out comes a folded list with one
    item per ``{fact}`` of the page: **46.1%**: what it is, how it is computed, the rows it rests on, their source.
    """

    def run(self) -> list[nodes.Node]:
        return [numbers()]


class ListNumbers(SphinxTransform):
    """Replace each placeholder by the list: the facts of the page in the order they appear."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        known = [name for name in shown(self.document) if name in facts.names()]
        for placeholder in list(self.document.findall(numbers)):
            items = nodes.bullet_list("", *map(_item, known))
            fold = folded(TITLE, items, classes=("tl-numbers",))
            placeholder.replace_self(record("", fold, ids=[nodes.make_id(TITLE)], html={"data-place": TITLE}))


def shown(document: nodes.Element) -> list[str]:
    """The facts of a page in the order they appear: of a ``{fact}``, and of what shows several in one piece."""
    found = ([node["fact"]] if "fact" in node else node.get("facts", []) for node in document.findall(nodes.Element))
    return list(dict.fromkeys(name for names in found for name in names))


def _item(name: str) -> nodes.list_item:
    fact, figure = facts.describe(name), facts.figure(name)
    line = nodes.paragraph("", "", nodes.strong("", str(figure)), nodes.Text(": "), *_marked(fact.title))
    if fact.formula:
        line += nodes.Text(f" Computed: {fact.formula}.")
    item = nodes.list_item("", line)
    if rest := fact.doc.partition("\n\n")[2]:
        item += nodes.paragraph("", "", *_marked(" ".join(rest.split())))
    rows = [_row(cell) for cell in figure.rows[:SHOWN_ROWS]]
    if len(figure.rows) > SHOWN_ROWS:
        table = figure.rows[0].table
        rows = [nodes.list_item("", nodes.paragraph("", f"{len(figure.rows)} rows of the table {table}."))]
    if rows:
        item += nodes.bullet_list("", *rows, classes=["tl-rows"])
    return item


def _marked(text: str) -> list[nodes.Node]:
    """Text in which *words* are emphasised."""
    parts = text.split("*")
    return [nodes.emphasis("", part) if number % 2 else nodes.Text(part) for number, part in enumerate(parts)]


def _row(cell: Cell) -> nodes.list_item:
    shown = f"{cell.qualifier} {cell.value:,}" if isinstance(cell.value, (int, float)) else str(cell.value)
    where = " · ".join(str(cell.row[key]) for key in _primary_key(cell.table) if key != cell.column)
    line = nodes.paragraph("", f"{shown.strip()} ({cell.table}: {where}). ")
    if cell.url:
        line += nodes.reference("", cell.source, refuri=cell.url, internal=False)
    else:
        line += nodes.Text(cell.source)
    if claimant := cell.row.get("claimant"):
        line += nodes.Text(f" Who says so: {claimant}.")
    return nodes.list_item("", line)


def _primary_key(table: str) -> list[str]:
    key = data.describe(table)["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)


def setup(app: Sphinx) -> None:
    """Register placeholder, directive and transform."""
    app.add_node(numbers)
    app.add_directive("numbers", NumbersDirective)
    app.add_transform(ListNumbers)
