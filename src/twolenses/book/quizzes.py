"""``{quiz}``: a quiz in the page, rendered at build time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, quiz
from twolenses.errors import Error
from twolenses.quiz import html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)


class QuizDirective(SphinxDirective):
    """Show the quiz of that name. What is wrong with it is a warning with the file and line of the question."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The form, or nothing where the quiz cannot be shown."""
        name = self.arguments[0]
        path = course.root() / "exercises" / "quizzes" / f"{name}.yml"
        self.env.note_dependency(str(path))
        if not path.is_file():
            known = ", ".join(one.stem for one in quiz.files()) or "none"
            log.warning("{quiz} names %r, which does not exist. Known: %s.", name, known, location=self.get_location())
            return []
        problems = quiz.validate([path], objectives=course.objectives(), citations=course.citations(), whole=False)
        for problem in problems:
            log.warning("%s", problem.sentence, location=f"{problem.path}:{problem.line}")
        if problems:
            return []
        try:
            form = html.form(quiz.read(path))
        except Error as error:
            log.warning("%s", error, location=self.get_location())
            return []
        return [nodes.raw("", form, format="html", quiz=name)]


def load_assets(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The one script and stylesheet, on pages with a quiz only."""
    if doctree is not None and any("quiz" in node for node in doctree.findall(nodes.raw)):
        for asset in html.ASSETS:
            if asset.suffix == ".js":
                app.add_js_file(asset.name, loading_method="defer")
            else:
                app.add_css_file(asset.name)


def ship_assets(app: Sphinx, config: Any) -> None:
    """Have Sphinx copy script and stylesheet beside the page."""
    config.html_static_path = [*config.html_static_path, *map(str, html.ASSETS)]


def setup(app: Sphinx) -> None:
    """Register the directive and its assets."""
    app.add_directive("quiz", QuizDirective)
    app.connect("config-inited", ship_assets)
    app.connect("html-page-context", load_assets)
