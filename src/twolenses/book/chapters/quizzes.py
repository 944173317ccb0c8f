"""``{quiz}``: a quiz in the page, rendered at build time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, files, quiz
from twolenses.book import heads
from twolenses.book.kept import digest, kept
from twolenses.errors import Error, QuizError
from twolenses.quiz import html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

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
            paths = quiz.files() if ids else [self._path(self.arguments[0])]
            for path in paths:
                self.env.note_dependency(str(path))
            name = f"quiz {' '.join(ids or self.arguments)}{html.AGAIN * again}"
            made_from = (state(paths), () if ids else (heads.digest(), sorted(course.citations())))
            shown, form = kept(self.env, name, made_from, lambda: _made(ids or paths[0], again))
            self._note(shown, again)
        except Error as error:
            log.warning("%s", error, location=self.get_location())
            return []
        return [nodes.raw("", form, format="html", quiz="" if ids or again else paths[0].stem)]

    def _path(self, name: str) -> Path:
        path = course.root() / "exercises" / "quizzes" / f"{name}.yml"
        if not path.is_file():
            self.env.note_dependency(str(path))
            known = ", ".join(one.stem for one in quiz.files()) or "none"
            raise QuizError(f"{{quiz}} names {name!r}, which does not exist. Known: {known}.")
        return path

    def _note(self, shown: Iterable[str], again: bool) -> None:
        """No question stands twice under one id."""
        seen = self.env.temp_data.setdefault("tl_questions", set())
        for id in (one + html.AGAIN * again for one in shown):
            if id in seen:
                bare = id.removesuffix(html.AGAIN)
                raise QuizError(f"The question {bare!r} stands on this page before. Add ':again:', or take it out.")
            seen.add(id)


def state(paths: Sequence[Path]) -> tuple[str, str]:
    """Changes with these quiz files, and with what lies beside them, such as pictures."""
    beside = (path for folder in {one.parent for one in paths} for path in folder.rglob("*") if path.suffix != ".yml")
    return digest(paths), digest(sorted(path for path in beside if path.is_file()))


def _made(what: Sequence[str] | Path, again: bool) -> tuple[list[str], str]:
    """The ids and the form of a quiz that keeps all rules, or of questions as they are: their own page holds them."""
    if isinstance(what, Path):
        _hold_to_rules(what)
    shown = quiz.read(what) if isinstance(what, Path) else quiz.pick(what)
    return [one.id for one in shown], html.form(shown, again)


def _hold_to_rules(path: Path) -> None:
    problems = quiz.validate([path], objectives=course.objectives(), citations=course.citations(), whole=False)
    for problem in problems:
        log.warning("%s", problem.sentence, location=f"{problem.path}:{problem.line}")
    if problems:
        raise QuizError(f"{{quiz}} does not show {path.stem!r} until its questions are mended.")


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
