"""``{lenses}``: realism and liberalism on the same fact, side by side on wide screens.

Two sections with headings, no script, nothing hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

LENSES = ("realism", "liberalism")


class LensesDirective(SphinxDirective):
    """A pair of lenses on one fact, which the argument names.

    Written::

        ::::{lenses} The reinforcement of October 2023
        :::{realism}
        *What it would expect.* …
        :::
        :::{liberalism}
        *What it would expect.* …
        :::
        ::::

    Out comes a section with that heading and in it two, *Realism* and *Liberalism*, side by side on a wide screen.
    Another order, or a lens without the other, is a warning.
    """

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        pair = nodes.container(classes=["tl-lens-pair"])
        self.state.nested_parse(self.content, self.content_offset, pair)
        found = [node.get("lens") for node in pair.children if isinstance(node, nodes.section)]
        if found != list(LENSES):
            log.warning(
                "{lenses} needs one {realism} block and then one {liberalism} block; found: %s.",
                ", ".join(map(str, found)) or "none",
                location=self.get_location(),
            )
        titles, messages = self.state.inline_text(self.arguments[0], self.lineno)
        whole = _section(self, nodes.title("", "", *titles), ["tl-lenses"])
        whole += pair
        return [nodes.container("", whole), *messages]


class LensDirective(SphinxDirective):
    """``{realism}`` and ``{liberalism}``: what one lens expects, and what it makes of what happened.

    Written inside ``{lenses}``, which shows an example; out comes a section headed by the lens's name.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        section = _section(self, nodes.title("", self.name.capitalize()), ["tl-lens", f"tl-{self.name}"])
        section["lens"] = self.name
        self.state.nested_parse(self.content, self.content_offset, section)
        return [section]


def _section(directive: SphinxDirective, title: nodes.title, classes: list[str]) -> nodes.section:
    section = nodes.section("", title, classes=classes)
    section["ids"] = [f"{nodes.make_id(title.astext())}-{directive.env.new_serialno('lens')}"]
    return section


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("lenses", LensesDirective)
    for lens in LENSES:
        app.add_directive(lens, LensDirective)
