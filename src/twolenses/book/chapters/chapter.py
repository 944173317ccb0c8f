"""``{objectives}``: what a reader can do after the chapter, from its front matter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, languages
from twolenses.book.languages import folds
from twolenses.book.nodes import record
from twolenses.book.slides import PLACE
from twolenses.errors import CourseError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

QUIZ = "quiz"
"""The address of the part that every chapter has under this heading."""


class ObjectivesDirective(SphinxDirective):
    """What a reader can do after the chapter.

    Written ```` ```{objectives} ```` (no argument, no content), under the title; out come three quiet lines: the
    minutes and what to know before; a link to the quiz; and, folded, the objectives of the front matter. Then, folded
    too, its abstracts in other languages, where there are any.
    """

    def run(self) -> list[nodes.Node]:
        try:
            meta = course.front_matter(Path(self.env.doc2path(self.env.docname)))
        except CourseError as error:
            log.warning("{objectives} %s", error, location=self.get_location())
            return []
        before = ", ".join(meta.get("prerequisites", [])) or "nothing"
        items = [nodes.list_item("", nodes.paragraph("", text)) for text in _items(meta.get("objectives", []))]
        outcomes = record("", tag="details")
        outcomes += [
            record("", nodes.Text("After this chapter you can …"), tag="summary"),
            nodes.bullet_list("", *items),
        ]
        box = nodes.container(classes=["tl-objectives"])
        box += nodes.paragraph("", f"About {meta.get('minutes', 0)} minutes. You need to know before: {before}.")
        box += nodes.paragraph("", "", nodes.reference("", "Jump to the quiz", refid=QUIZ, internal=True))
        box += nodes.raw("", PLACE, format="html")
        box += outcomes
        path = Path(self.env.doc2path(self.env.docname))
        self.env.note_dependency(str(path.parent / languages.FILE))
        box += folds(path, self.env)
        return [box]


def _items(objectives: list[dict[str, str]]) -> list[str]:
    """Sentences of their own as the items of one sentence."""
    texts = [f"{one['text'][:1].lower()}{one['text'][1:].rstrip('.')}" for one in objectives]
    return [f"{text};" for text in texts[:-1]] + [f"{text}." for text in texts[-1:]]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("objectives", ObjectivesDirective)
