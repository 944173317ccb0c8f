"""The task to try as HTML that reads well before any script does, at the foot of an exercise and in its chapter.

On an exercise's page it stands behind the last task. In a chapter it ends the section *Exercise*, with the first
exercise that is linked there. Its script makes an editor of the starter where the page can run Python
(:mod:`twolenses.lite.switch`); elsewhere a sentence leads to the notebook.
"""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import Environment
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from twolenses import exercises, files, templating
from twolenses.book.exercises.pages import AGAIN, FOLDER
from twolenses.book.kept import digest, kept
from twolenses.errors import Error
from twolenses.exercises import ToTry
from twolenses.lite.switch import switch

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STATIC = HERE / "static"
RUNNING = HERE / "running.py"

CHAPTERS = "chapters/"
SECTION = "Exercise"
HEADING = "Try it here"


def rendered(offered: ToTry, name: str, page: str) -> str:
    """The task as HTML.

    Parameters
    ----------
    name
        The exercise.
    page
        The document that shows it: links are made from there.
    """
    root = "../" * page.count("/")
    whole = f"{FOLDER}{name}/exercise"
    return (
        _environment()
        .get_template("try-it.html")
        .render(
            offered=offered,
            name=name,
            root=root,
            whole=None if page == whole else f"{root}{whole}.html",
            notebook=posixpath.relpath(f"{FOLDER}{name}/{name}.ipynb", posixpath.dirname(page)),
            data=templating.as_json({"before": offered.before, "starter": offered.starter, "after": offered.after}),
        )
    )


@cache
def _environment() -> Environment:
    return templating.environment("twolenses.book.trying")


class TasksToTry(SphinxTransform):
    """Add the section."""

    default_priority = 410  # behind ExerciseCells, which adds the questions of the end

    def apply(self, **kwargs: Any) -> None:
        page = self.env.docname
        try:
            if page.startswith(FOLDER):
                parent, at = _foot(self.document)
                path = Path(self.env.doc2path(page))
            elif page.startswith(CHAPTERS) and (found := _linked(self.document)):
                parent, at, path = found[0], len(found[0]), exercises.path(found[1])
                self.env.note_dependency(str(path))
            else:
                return
            html = kept(self.env, f"to try on {page}", (digest([path]), page), lambda: _made(path, page))
        except Error as error:
            log.warning("%s", error)  # the sentence starts with its place
            return
        parent.insert(at, _section(html))


def _made(path: Path, page: str) -> str:
    master = exercises.read(path)
    return rendered(exercises.to_try(master), master.name, page)


def _foot(exercise: nodes.document) -> tuple[nodes.Element, int]:
    """Where an exercise's page ends: before the questions that are asked again."""
    parent = next(iter(exercise.findall(nodes.title))).parent
    asked_again = isinstance(parent[-1], nodes.section) and _title(parent[-1]) == AGAIN[0]
    return parent, len(parent) - asked_again


def _section(html: str) -> nodes.Node:
    """The section, on the site alone."""
    name = nodes.make_id(HEADING)
    shown = nodes.section("", nodes.title(HEADING, HEADING), nodes.raw("", html, format="html", tried=""))
    shown["ids"], shown["names"], shown["classes"] = [name], [name], ["tl-try-section"]
    return addnodes.only("", shown, expr="format_html and not epub")


def _title(section: nodes.section) -> str:
    return next(iter(section.findall(nodes.title))).astext()


def _linked(chapter: nodes.document) -> tuple[nodes.section, str] | None:
    """The section *Exercise* of a chapter, and the first exercise that it links to."""
    for section in chapter.findall(nodes.section):
        if _title(section) == SECTION:
            for link in section.findall(addnodes.pending_xref):
                if f"/{FOLDER}" in f"/{link.get('reftarget', '')}":
                    return section, str(link["reftarget"]).partition(FOLDER)[2].split("/")[0]
    return None


def load_assets(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script, on pages with a task to try only."""
    if doctree is not None and any("tried" in node for node in doctree.findall(nodes.raw)):
        app.add_js_file("try-it.js", loading_method="defer")


def ship_assets(app: Sphinx, config: Any) -> None:
    """Have Sphinx copy script, worker and style."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def finish(app: Sphinx, error: Exception | None) -> None:
    """Put the Python that the worker runs beside it, and switch the tasks on where they can run."""
    if error is None and app.builder.name == "html":
        files.write(Path(app.outdir, "_static", "try-it.py"), RUNNING.read_text(encoding="utf-8"))
        switch(Path(app.outdir))


def setup(app: Sphinx) -> None:
    """Register the transform and the assets."""
    app.add_transform(TasksToTry)
    app.add_css_file("try-it.css", priority=600)  # after those of the extensions
    app.connect("config-inited", ship_assets)
    app.connect("html-page-context", load_assets)
    app.connect("build-finished", finish)
