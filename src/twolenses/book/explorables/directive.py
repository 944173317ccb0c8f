"""``{explorable}``: something to play with, rendered at build time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses.book.explorables.page import STATIC, named, rendered
from twolenses.book.kept import kept
from twolenses.errors import Error

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)


class ExplorableDirective(SphinxDirective):
    """Something to play with, where its idea is taught.

    Written with its name and no content::

        ```{explorable} pull-back
        ```

    Out come a question to predict, a picture, a sentence and a table; with a script also something to move, and what
    moved with it. A name that does not exist is a warning. Facts that it shows are in *Where these numbers come from*.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        try:
            html, facts = kept(self.env, f"explorable {name}", "", lambda: _made(name))
        except Error as error:
            log.warning("{explorable} %s", error, location=self.get_location())
            return []
        return [nodes.raw("", html, format="html", explorable=name, facts=facts)]


def _made(name: str) -> tuple[str, list[str]]:
    """Its HTML, and the names of the facts that it shows."""
    explorable = named(name)
    return rendered(explorable), list(explorable.facts)


def load_assets(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script, on pages with an explorable only."""
    if doctree is not None and any("explorable" in node for node in doctree.findall(nodes.raw)):
        app.add_js_file("explorables.js", loading_method="defer")


def ship_assets(app: Sphinx, config: Any) -> None:
    """Have Sphinx copy script and stylesheet."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def setup(app: Sphinx) -> None:
    """Register the directive and its assets."""
    app.add_directive("explorable", ExplorableDirective)
    app.add_css_file("explorables.css", priority=600)
    app.connect("config-inited", ship_assets)
    app.connect("html-page-context", load_assets)
