"""``{quiz}``: a quiz in the page, rendered at build time."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, files, quiz
from twolenses.errors import Error, QuizError
from twolenses.quiz import html

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

log = logging.getLogger(__name__)


class QuizDirective(SphinxDirective):
    """A quiz in the page.

    Written with the name of a quiz, or with the ids of some questions of the bank::

        ```{quiz} 01-reading-the-case
        ```

        ```{quiz}
        :ids: cut-percent judge-claim
        :again:
        ```

    Out comes a form with a fieldset per question; without a script the answers fold open. ``:again:`` is for questions
    that the page has shown before. What is wrong with a quiz is a warning with the file and line of the question.
    """

    optional_arguments = 1
    option_spec: ClassVar = {"ids": lambda ids: (ids or "").split(), "again": directives.flag}

    def run(self) -> list[nodes.Node]:
        ids, again = self.options.get("ids", []), "again" in self.options
        try:
            if bool(self.arguments) == bool(ids):
                raise QuizError(
                    "{quiz} takes the name of a quiz, or ':ids:' with those of questions. Give one of them."
                )
            shown = self._some(ids) if ids else self._whole(self.arguments[0])
            self._note(shown, again)
            form = html.form(shown, again)
        except Error as error:
            log.warning("%s", error, location=self.get_location())
            return []
        return [nodes.raw("", form, format="html", quiz="" if ids or again else shown.name)]

    def _whole(self, name: str) -> quiz.Quiz:
        path = course.root() / "exercises" / "quizzes" / f"{name}.yml"
        self.env.note_dependency(str(path))
        if not path.is_file():
            known = ", ".join(one.stem for one in quiz.files()) or "none"
            raise QuizError(f"{{quiz}} names {name!r}, which does not exist. Known: {known}.")
        self._hold_to_rules(path)
        return quiz.read(path)

    def _hold_to_rules(self, path: Path) -> None:
        """Once for a state of the file and of what it names: most edits of a page leave its questions alone."""
        objectives, citations = course.objectives(), course.citations()
        named = (sorted(objectives), sorted(citations), getattr(self.config, "nb_execution_cache_path", ""))
        state = hashlib.sha256(path.read_bytes() + repr(named).encode()).hexdigest()
        sound = _sound(self.env)
        if sound.get(path.name) == state:
            return
        problems = quiz.validate([path], objectives=objectives, citations=citations, whole=False)
        for problem in problems:
            log.warning("%s", problem.sentence, location=f"{problem.path}:{problem.line}")
        if problems:
            raise QuizError(f"{{quiz}} does not show {path.stem!r} until its questions are mended.")
        sound[path.name] = state

    def _some(self, ids: list[str]) -> quiz.Quiz:
        """The questions as they are: the page of their own quiz holds them to the rules."""
        for path in quiz.files():
            self.env.note_dependency(str(path))
        return quiz.pick(ids)

    def _note(self, shown: quiz.Quiz, again: bool) -> None:
        """No question stands twice under one id."""
        seen = self.env.temp_data.setdefault("tl_questions", set())
        for id in (one.id + html.AGAIN * again for one in shown):
            if id in seen:
                bare = id.removesuffix(html.AGAIN)
                raise QuizError(f"The question {bare!r} stands on this page before. Add ':again:', or take it out.")
            seen.add(id)


def _sound(env: BuildEnvironment) -> dict[str, str]:
    """Quiz file → the state in which it kept all rules; its cache is per state of data, package and keys."""
    if not hasattr(env, "twolenses_sound"):
        env.twolenses_sound = {}  # type: ignore[attr-defined]
    return env.twolenses_sound  # type: ignore[attr-defined, no-any-return]


def load_assets(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script, on pages with a quiz only."""
    if doctree is not None and any("quiz" in node for node in doctree.findall(nodes.raw)):
        app.add_js_file("quiz.js", loading_method="defer")


def ship_assets(app: Sphinx, config: Any) -> None:
    """Write script and stylesheet where Sphinx copies them from."""
    folder = Path(app.outdir).parent / ".quiz"  # Sphinx copies nothing that lies in its own output
    for name, text in html.assets().items():
        files.write(folder / name, text)
    config.html_static_path = [*config.html_static_path, str(folder)]


def setup(app: Sphinx) -> None:
    """Register the directive and its assets."""
    app.add_directive("quiz", QuizDirective)
    app.add_css_file("quiz.css", priority=600)
    app.connect("config-inited", ship_assets)
    app.connect("html-page-context", load_assets)
