"""Entries that a reader can filter, files that a reader can download, and the assets of the pages that have them.

A record is a container whose HTML keeps attributes of its own; a builder that knows nothing of it (text, LaTeX)
prints an ordinary container. The filter form is the one thing written as HTML: it needs a script, stays hidden
without one, and is left out of the EPUB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.osutil import relative_uri

from twolenses import data

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["Choice", "download", "entry", "filter_form", "heading", "jump", "labelled", "rows", "small", "values"]

STYLE, SCRIPT = "reference.css", "filter.js"


class record(nodes.container):  # noqa: N801 (docutils names nodes so)
    """A container with a tag and HTML attributes."""


class download(nodes.inline):  # noqa: N801
    """A file beside the pages, by its path from the root of the site; plain text where there is no site."""


@dataclass(frozen=True)
class Choice:
    """One select of a filter form: the data attribute it looks at, its label, and value → text of its options."""

    name: str
    label: str
    options: Mapping[str, str]
    everything: str = "all"
    view: bool = field(default=False, kw_only=True)
    """Changes how entries look (through CSS) instead of which are shown."""


def rows(table: str) -> list[dict[str, Any]]:
    """The rows of a table, column by column."""
    return [{str(name): value for name, value in row.items()} for row in data.load(table).to_dict("records")]


def values(table: str, column: str) -> list[str]:
    """The values that a column may have, in the order of its description."""
    fields = data.describe(table)["schema"]["fields"]
    return next(list(field["constraints"]["enum"]) for field in fields if field["name"] == column)


def entry(document: nodes.document, anchor: str, classes: list[str], seen: Mapping[str, str]) -> record:
    """An entry with an address of its own, which any page can link to."""
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


def labelled(label: str, *children: nodes.Node, classes: tuple[str, ...] = ()) -> nodes.paragraph:
    """A line that starts with what it is."""
    return nodes.paragraph("", "", nodes.strong("", label), nodes.Text(" "), *children, classes=[*classes])


def jump(text: str, label: str, docname: str) -> addnodes.pending_xref:
    """A link to an anchor of any page. Marked as made from a table: it does not count as a use of a claim."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="ref",
        reftarget=label,
        refexplicit=True,
        refwarn=True,
        refdoc=docname,
        made=True,
    )


def small(*children: nodes.Node) -> nodes.paragraph:
    """A line in small print."""
    return nodes.paragraph("", "", *children, classes=["tl-small"])


def filter_form(entries: str, *choices: Choice) -> nodes.Node:
    """A form that filters the entries of its page; `entries` is what they are called."""
    form = (
        f'<form class="tl-filter" hidden="hidden" autocomplete="off" data-entries="{escape(entries)}"'
        f' aria-label="Filter the {escape(entries)}">\n'
        f'<p class="tl-choices">{"".join(map(_select, choices))}<button type="reset">Show all</button></p>\n'
        f'<p class="tl-shown" role="status"></p>\n</form>\n'
    )
    return addnodes.only("", nodes.raw("", form, format="html"), expr="format_html and not epub")


def _select(choice: Choice) -> str:
    options = {"": choice.everything, **choice.options}
    inner = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options.items())
    view = ' data-view=""' if choice.view else ""
    return f'<label>{escape(choice.label)} <select name="{escape(choice.name)}"{view}>{inner}</select></label> '


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


def load_assets(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Style and script on the pages that have records or a form, and on no other."""
    if doctree is None:
        return
    if next(doctree.findall(lambda node: isinstance(node, (record, download))), None) is not None:
        app.add_css_file(STYLE)
    if any('class="tl-filter"' in node.astext() for node in doctree.findall(nodes.raw)):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register nodes and assets."""
    app.add_node(record, html=(visit_record, depart_record))
    app.add_node(download, html=(visit_download, depart_download))
    app.connect("html-page-context", load_assets)
