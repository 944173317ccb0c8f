"""``{framing}``: what is read and asked in the framing experiment, from ``data/framing.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses.errors import suggestion
from twolenses.framing import texts
from twolenses.framing.texts import Survey

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)


class FramingDirective(SphinxDirective):
    """A part of the experiment.

    Written ```` ```{framing} A ```` (no content); the argument names the part. Out come

    - the name of a version: its paragraph, as a quotation
    - ``questions``: the instruction, and a numbered list
    - ``consent``: the text, as a quotation, with what is answered to it
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(texts.path()))
        parts = _parts(texts.load())
        if self.arguments[0] not in parts:
            log.warning("{framing} %s", suggestion(self.arguments[0], parts), location=self.get_location())
            return []
        inside = nodes.container()
        lines = parts[self.arguments[0]].split("\n")
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, inside)
        return list(inside.children)


def _parts(survey: Survey) -> dict[str, str]:
    """The Markdown of each part."""
    asked = [f"{at}. **{name}**: {text}" for at, (name, text) in enumerate(survey.questions.items(), start=1)]
    consent = f"{survey.consent}\n\n☐ {survey.asks}".replace("[", r"\[")
    return {
        **{name: _quoted(survey.paragraph(name)) for name in survey.versions},
        "questions": "\n".join([survey.instruction, "", *asked]),
        "consent": _quoted(consent),
    }


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("framing", FramingDirective)
