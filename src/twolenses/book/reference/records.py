"""The rows of a table, and the form with which a reader filters the entries made from them.

The form is written as HTML: it needs a script, stays hidden without one, and is left out of the EPUB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from twolenses import data

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Choice", "filter_form", "rows", "values"]

SCRIPT = "filter.js"


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
    """The rows of a table by the names of its columns; a number that is missing is ``None``."""
    return [dict(row) for row in data.rows(table)]


def values(table: str, column: str) -> list[str]:
    """The values that a column may have, in the order of its description."""
    fields = data.describe(table)["schema"]["fields"]
    return next(list(field["constraints"]["enum"]) for field in fields if field["name"] == column)


def filter_form(entries: str, *choices: Choice, words: bool = False) -> nodes.Node:
    """A form that filters the entries of its page; `entries` is what they are called.

    With `words` they can be searched, too, and unfolded all at once.
    """
    search = '<label class="tl-words">Words <input type="search" name="q" spellcheck="false"></label> ' if words else ""
    buttons = '<button type="reset">Show all</button>'
    if words:
        buttons += '<button type="button" class="tl-unfold">Unfold all</button>'
    form = (
        f'<form class="tl-filter pst-js-only" autocomplete="off" data-entries="{escape(entries)}"'
        f' aria-label="Filter the {escape(entries)}">\n'
        f'<p class="tl-choices">{search}{"".join(map(_select, choices))}{buttons}</p>\n'
        f'<p class="tl-shown" role="status"></p>\n</form>\n'
    )
    return addnodes.only("", nodes.raw("", form, format="html"), expr="format_html and not epub")


def _select(choice: Choice) -> str:
    options = {"": choice.everything, **choice.options}
    inner = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options.items())
    view = ' data-view=""' if choice.view else ""
    return f'<label>{escape(choice.label)} <select name="{escape(choice.name)}"{view}>{inner}</select></label> '


def load_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script, on the pages that have a form."""
    if doctree is not None and any('class="tl-filter ' in node.astext() for node in doctree.findall(nodes.raw)):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the script."""
    app.connect("html-page-context", load_script)
