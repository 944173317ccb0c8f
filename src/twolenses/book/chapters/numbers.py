"""``{numbers}``: the folded list *Where these numbers come from*, of every fact the page prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from twolenses import data, facts
from twolenses.book.nodes import folded, link_to, record
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
    """Replace each placeholder by the list: the facts of the page in the order they appear, each linked to its item."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        known = [name for name in shown(self.document) if name in facts.names()]
        docname = self.document.settings.env.docname
        for placeholder in list(self.document.findall(numbers)):
            items = nodes.bullet_list("", *(_item(name, docname) for name in known))
            fold = folded(TITLE, items, classes=("tl-numbers",))
            placeholder.replace_self(record("", fold, ids=[nodes.make_id(TITLE)], html={"data-place": TITLE}))
            for one in list(self.document.findall(nodes.inline)):
                if one.get("fact") in known:
                    _link(one)


def shown(document: nodes.Element) -> list[str]:
    """The facts of a page in the order they appear: of a ``{fact}``, and of what shows several in one piece."""
    found = ([node["fact"]] if "fact" in node else node.get("facts", []) for node in document.findall(nodes.Element))
    return list(dict.fromkeys(name for names in found for name in names))


def _link(number: nodes.inline) -> None:
    """Make a number a link to its item, except where a link or a title holds it already."""
    holder = number.parent
    while holder is not None and not isinstance(holder, (nodes.reference, nodes.title, addnodes.pending_xref)):
        holder = holder.parent
    if holder is None:
        link = nodes.reference("", "", refid=_anchor(number["fact"]), internal=True)
        number.replace_self(link)
        link += number


def _anchor(name: str) -> str:
    return f"number-{nodes.make_id(name)}"


def _item(name: str, docname: str) -> nodes.list_item:
    fact, figure = facts.describe(name), facts.figure(name)
    line = nodes.paragraph("", "", nodes.strong("", str(figure)), nodes.Text(": "), *_marked(fact.title))
    if fact.formula:
        line += nodes.Text(f" Computed: {fact.formula}.")
    item = nodes.list_item("", line, ids=[_anchor(name)])
    if rest := fact.doc.partition("\n\n")[2]:
        item += nodes.paragraph("", "", *_marked(" ".join(rest.split())))
    rows = [_row(cell, docname) for cell in figure.rows[:SHOWN_ROWS]]
    if len(figure.rows) > SHOWN_ROWS:
        table = figure.rows[0].table
        line = nodes.paragraph("", f"{len(figure.rows)} rows of the table ", _table(table, docname), nodes.Text("."))
        rows = [nodes.list_item("", line)]
    if rows:
        item += nodes.bullet_list("", *rows, classes=["tl-rows"])
    return item


def _marked(text: str) -> list[nodes.Node]:
    """Text in which *words* are emphasised."""
    parts = text.split("*")
    return [nodes.emphasis("", part) if number % 2 else nodes.Text(part) for number, part in enumerate(parts)]


def _table(name: str, docname: str) -> nodes.Node:
    """The table's name, as a link to its rows in the data dictionary."""
    return link_to(name, f"table-{name}", docname)


def _row(cell: Cell, docname: str) -> nodes.list_item:
    shown = f"{cell.qualifier} {cell.value:,}" if isinstance(cell.value, (int, float)) else str(cell.value)
    where = " · ".join(str(cell.row[key]) for key in _primary_key(cell.table) if key != cell.column)
    line = nodes.paragraph("", f"{shown.strip()} (", _table(cell.table, docname), nodes.Text(f": {where}). "))
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
