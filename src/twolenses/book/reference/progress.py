"""``{progress}``: the page on which a reader sees what they have answered, by quiz, by objective and by lens.

The tables are made at build time and name every quiz. `progress.js` fills in what the reader's browser remembers;
`quiz.js` comes before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import Environment
from sphinx.util.docutils import SphinxDirective

from twolenses import course, quiz, templating
from twolenses.book import heads
from twolenses.quiz import html, strings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["SCRIPT", "table"]

SCRIPT = Path(__file__).parents[1] / "static" / "progress.js"
"""The script of this page and of no other."""

LENSES = ("realism", "liberalism", "both", "neither")


def table(
    quizzes: Sequence[quiz.Quiz],
    links: Mapping[str, str],
    titles: Mapping[str, str],
    words: strings.Catalogue = strings.WORDS,
) -> str:
    """The tables as HTML, with the index of all questions that the script needs.

    Parameters
    ----------
    quizzes
        What the reader can answer.
    links
        Address of each quiz, by its name.
    titles
        What a quiz or an objective is called, by its name or id, objectives in the order to show them; what has no
        title is called by its name or id.
    words
        The words of the interface.
    """
    say = strings.sayer(words["progress"])
    index = [
        {
            "id": one.id,
            "digest": html.digest(one),
            "quiz": bank.name,
            "objective": one.objective,
            "lens": one.lens,
            "points": one.points,
        }
        for bank in quizzes
        for one in bank
    ]
    lenses = {lens: say(lens) for lens in LENSES}
    tables = [
        ("quiz", say("byQuiz"), say("quiz"), _rows(index, "quiz", titles, links)),
        ("objective", say("byObjective"), say("objective"), _rows(index, "objective", titles, order=titles)),
        ("lens", say("byLens"), say("lens"), _rows(index, "lens", lenses, order=LENSES)),
    ]
    asked = templating.as_json({"questions": index, "again": html.AGAIN})
    phrases = templating.as_json({**words["quiz.js"], **words["progress.js"]})
    template = _environment().get_template("progress.html")
    return str(template.render(tables=tables, index=asked, say=say, strings=phrases))


def _rows(
    index: list[dict[str, Any]],
    field: str,
    titles: Mapping[str, str],
    links: Mapping[str, str] | None = None,
    order: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """One row per value of the field: its name, what it is called, its address, how many questions."""
    values = [one[field] for one in index]
    return [
        {
            "name": name,
            "title": titles.get(name, name),
            "link": (links or {}).get(name, ""),
            "questions": values.count(name),
        }
        for name in dict.fromkeys([*order, *values])
        if name in values
    ]


@cache
def _environment() -> Environment:
    return templating.environment("twolenses.book")


class ProgressTable(nodes.General, nodes.Element):
    """Stands where the tables will be once every page is read and every quiz has its place."""


class ProgressDirective(SphinxDirective):
    """What the reader has answered.

    Written ```` ```{progress} ```` (no argument, no content); out come three tables, by quiz, objective and lens, which
    `progress.js` fills in, and the buttons that save, load and forget. In a format without HTML, nothing.
    """

    def run(self) -> list[nodes.Node]:
        for path in quiz.files():
            self.env.note_dependency(str(path))
        heads.depend(self.env)
        _pages(self.env)[self.env.docname] = {}
        return [ProgressTable()]


def _places(env: BuildEnvironment) -> dict[str, str]:
    """The page that shows each quiz."""
    if not hasattr(env, "tl_quiz_places"):
        env.tl_quiz_places = {}  # type: ignore[attr-defined]
    return env.tl_quiz_places  # type: ignore[attr-defined, no-any-return]


def _pages(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """The pages that show progress, with the places of quizzes when each was last written."""
    if not hasattr(env, "tl_progress_pages"):
        env.tl_progress_pages = {}  # type: ignore[attr-defined]
    return env.tl_progress_pages  # type: ignore[attr-defined, no-any-return]


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note which quizzes a page shows."""
    for node in doctree.findall(nodes.raw):
        if node.get("quiz"):
            _places(app.env)[node["quiz"]] = app.env.docname


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that is about to be read again."""
    places = _places(env)
    for name in [name for name, place in places.items() if place == docname]:
        del places[name]
    _pages(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what a parallel reader has noted."""
    _places(env).update({name: place for name, place in _places(other).items() if place in docnames})
    _pages(env).update({page: _pages(other)[page] for page in docnames if page in _pages(other)})


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the pages again when a quiz has come, moved or gone."""
    moved = [page for page, seen in _pages(env).items() if seen != _places(env)]
    _pages(env).update({page: dict(_places(env)) for page in moved})
    return moved


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the tables in place; in a format without HTML there is nothing to remember."""
    for node in list(doctree.findall(ProgressTable)):
        if app.builder.format != "html":
            node.replace_self([])
            continue
        places = _places(app.env)
        quizzes = [quiz.read(path) for path in quiz.files() if path.stem in places]
        links = {
            one.name: f"{app.builder.get_relative_uri(docname, places[one.name])}#quiz-{one.name}" for one in quizzes
        }
        titles = {one.path.stem: one.title for one in course.chapters()}
        titles |= {id: one.text for id, one in course.objectives().items()}
        node.replace_self(nodes.raw("", table(quizzes, links, titles), format="html", quiz="", progress="yes"))


def load_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script, on this page only and behind that of the quiz."""
    if doctree is not None and any("progress" in node for node in doctree.findall(nodes.raw)):
        app.add_js_file(SCRIPT.name, loading_method="defer", priority=600)


def setup(app: Sphinx) -> None:
    """Register the directive and its script."""
    app.add_node(ProgressTable)
    app.add_directive("progress", ProgressDirective)
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", rewrite)
    app.connect("doctree-resolved", resolve)
    app.connect("html-page-context", load_script)
