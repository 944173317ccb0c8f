"""Nodes that more than one kind of page is made of.

A record is a container whose HTML keeps attributes of its own; a builder that knows nothing of it (text, LaTeX)
prints an ordinary container.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.osutil import relative_uri
from sphinx_design.shared import create_component

from twolenses import data

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

__all__ = [
    "claim_link",
    "download",
    "entry",
    "folded",
    "heading",
    "joined",
    "labelled",
    "link_to",
    "record",
    "section",
    "small_print",
    "table",
]

STYLE = "reference.css"


class record(nodes.container):  # noqa: N801 (docutils names nodes so)
    """A container with a tag and HTML attributes."""


class download(nodes.inline):  # noqa: N801
    """A file beside the pages, by its path from the root of the site; plain text where there is no site."""


# ── Links ────────────────────────────────────────────────────────────────────────────────────────────


def link_to(
    text: str, target: str, docname: str, *, kind: str = "ref", classes: Iterable[str] = (), **attributes: Any
) -> addnodes.pending_xref:
    """A link that Sphinx resolves, or warns of, once every page is read.

    Parameters
    ----------
    text
        What the link reads.
    target
        An anchor of any page (``claim-c21``); with ``kind="doc"`` a page from the root (``/chapters/01-…``), with
        ``kind="term"`` a term of the glossary.
    docname
        The page on which the link stands.
    **attributes
        Kept on the node. ``made=True`` marks a link that a table made: it does not count as a use of a claim.
    """
    shown = nodes.inline("", text, classes=[*classes])
    how = {"reftype": kind, "reftarget": target, "refexplicit": True, "refwarn": True, "refdoc": docname}
    return addnodes.pending_xref("", shown, refdomain="std", **how, **attributes)


def claim_link(text: str, id: str, docname: str, **attributes: Any) -> nodes.inline:
    """A link to a claim's entry in the ledger, within an inline that carries the claim's verdict as a class.

    What Sphinx resolves loses its classes, so the link itself cannot carry it.
    """
    link = link_to(text, f"claim-{id.lower()}", docname, **attributes)
    return nodes.inline("", "", link, classes=["tl-claim", f"tl-{_verdicts()[id]}"])


@cache
def _verdicts() -> dict[str, str]:
    """Claim → verdict."""
    return {row["id"]: row["verdict"] for row in data.rows("claims")}


def joined(parts: Iterable[nodes.Node | list[nodes.Node]], between: str = ", ", end: str = "") -> list[nodes.Node]:
    """Nodes in a row, with a text between each two and one at the end: ``C01, C02.``"""
    row: list[nodes.Node] = []
    for part in parts:
        row += [nodes.Text(between)] if row else []
        row += part if isinstance(part, list) else [part]
    return [*row, nodes.Text(end)] if end else row


# ── Lines and blocks ─────────────────────────────────────────────────────────────────────────────────


def labelled(label: str, *children: nodes.Node | str) -> nodes.paragraph:
    """A line that starts with what it is: **Source:** …"""
    return nodes.paragraph("", "", nodes.strong("", label), nodes.Text(" "), *_nodes(children))


def small_print(*children: nodes.Node | str) -> nodes.paragraph:
    """A line in small letters."""
    return nodes.paragraph("", "", *_nodes(children), classes=["tl-small"])


def _nodes(children: Iterable[nodes.Node | str]) -> list[nodes.Node]:
    return [nodes.Text(child) if isinstance(child, str) else child for child in children]


def section(title: str, anchor: str, *children: nodes.Node) -> nodes.section:
    """A section with a heading."""
    return nodes.section("", nodes.title("", title), *children, ids=[anchor])


def table(heads: Mapping[str, int], lines: Iterable[Iterable[nodes.Node]], *classes: str) -> nodes.table:
    """A table from its heads, each with the width of its column, and from the cells of its lines."""

    def row(cells: Iterable[nodes.Node]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))

    group = nodes.tgroup("", *(nodes.colspec("", colwidth=width) for width in heads.values()), cols=len(heads))
    group += nodes.thead("", row(map(nodes.Text, heads)))
    group += nodes.tbody("", *map(row, lines))
    return nodes.table("", group, classes=[*classes])


def folded(title: str, *children: nodes.Node, classes: tuple[str, ...] = ()) -> nodes.Node:
    """`<details>` in HTML, plain content elsewhere: sphinx-design's dropdown, which needs no visitor of ours."""
    component: nodes.Node = create_component(
        "dropdown",
        children=[nodes.rubric(title, title), *children],
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["sd-mb-3", *classes],
        title_classes=[],
        body_classes=[],
    )
    return component


def entry(document: nodes.document, anchor: str, classes: list[str], seen: Mapping[str, str]) -> record:
    """An entry with an address of its own, which any page can link to, and with what a filter sees of it."""
    attributes = {"data-entry": anchor} | {f"data-{name}": value for name, value in seen.items()}
    node = record("", classes=["tl-entry", *classes], tag="article", html=attributes)
    node["ids"], node["names"] = [anchor], [anchor]
    document.note_explicit_target(node)
    return node


def heading(anchor: str, text: str, *more: nodes.Node, level: int = 3) -> nodes.rubric:
    """The heading of an entry, linked to itself. Not a section: ninety of them would crowd the contents list."""
    link = nodes.reference("", "", nodes.Text(text), refid=anchor, internal=True, classes=["tl-self"])
    node = nodes.rubric("", "", link, *more)
    node["heading-level"] = node["level"] = level  # Sphinx reads the first, MyST's own visitor the second
    return node


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────


def visit_record(self: HTML5Translator, node: record) -> None:
    """Open the tag."""
    self.body.append(self.starttag(node, node.get("tag", "div"), **node.get("html", {})))


def depart_record(self: HTML5Translator, node: record) -> None:
    """Close the tag."""
    self.body.append(f"</{node.get('tag', 'div')}>\n")


def visit_download(self: HTML5Translator, node: download) -> None:
    """Link to the file, from wherever the page lies."""
    if self.builder.name == "epub":  # whose files are fixed before ours are copied
        self.body.append("<span>")
        return
    page = self.builder.get_target_uri(self.builder.current_docname)
    where: dict[str, str] = {"href": relative_uri(page, node["path"]), "download": "", "class": "reference tl-download"}
    self.body.append(self.starttag(node, "a", "", False, **where, **node.get("html", {})))


def depart_download(self: HTML5Translator, node: download) -> None:
    """Close the link."""
    self.body.append("</span>" if self.builder.name == "epub" else "</a>")


def setup(app: Sphinx) -> None:
    """Register the nodes and their style."""
    app.add_node(record, html=(visit_record, depart_record))
    app.add_node(download, html=(visit_download, depart_download))
    app.add_css_file(STYLE, priority=600)  # after those of the extensions
