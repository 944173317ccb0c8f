"""``{simulation}``: what everybody may know of the negotiation, from ``data/simulation.yml``.

The private briefs have no part here: they reach a student on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses.book.nodes import section
from twolenses.errors import Error

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from twolenses.simulation.roles import Simulation, Statement

log = logging.getLogger(__name__)


class SimulationDirective(SphinxDirective):
    """A part of the negotiation.

    Written ```` ```{simulation} roles ```` (no content); the argument names the part. Out come

    - ``content-note``, ``situation``, ``observing``: a paragraph or a list
    - ``issues``: a list with question, options, and what holds where nobody agrees
    - ``roles``: a section for each role, with its public brief
    - ``plan``, with ``:format: 90`` or ``two``: minutes, what happens, what usually goes wrong
    - ``injects``: a table with session and minute, text and question
    """

    required_arguments = 1
    option_spec = {"format": directives.unchanged}  # noqa: RUF012 (docutils asks for it)

    def run(self) -> list[nodes.Node]:
        from twolenses.simulation import roles  # slow to import, and one page needs them

        self.env.note_dependency(str(roles.path()))
        try:
            found = roles.load()
        except Error as error:
            log.warning("{simulation} %s", error, location=self.get_location())
            return []
        match self.arguments[0]:
            case "roles":
                return [self._role(found, number) for number in range(len(found.roles))]
            case part if part in PARTS:
                return self._parsed(PARTS[part](found))
            case "plan" if format := found.formats.get(self.options.get("format", "")):
                lines = [(f"{step.start}–{step.to}", step.what, step.wrong) for step in format.plan]
                return self._parsed(_table(("Minutes", "What happens", "What usually goes wrong"), lines))
            case part:
                log.warning("{simulation} has no part %r.", part, location=self.get_location())
                return []

    def _role(self, found: Simulation, number: int) -> nodes.section:
        role = found.roles[number]
        lines = [f"Speaks for {role.speaks_for}.", "", *_list(role.public)]
        return section(role.name, f"role-{role.id}", *self._parsed(lines))

    def _parsed(self, lines: Sequence[str]) -> list[nodes.Node]:
        inside = nodes.container()
        self.state.nested_parse(StringList(list(lines), self.get_source_info()[0]), self.content_offset, inside)
        return list(inside.children)


def _list(statements: Iterable[Statement]) -> list[str]:
    """A list of statements with their sources."""
    return [f"- {_said(one)}" for one in statements]


def _said(one: Statement) -> str:
    found = ", ".join(map(_note, one.sources))
    return f"{one.text.strip()} ({found})" if found else one.text.strip()


def _note(source: str) -> str:
    from twolenses.simulation import roles

    return roles.note(source).markdown


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    rows = [heads, ["---"] * len(heads), *lines]
    return ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]


def _issues(found: Simulation) -> list[str]:
    lines = []
    for issue in found.issues:
        lines += [f"- **{issue.title}.** {issue.question}", ""]
        lines += [
            f"  - *{id}*: {text}{' (as it stands)' if id == issue.stands else ''}" for id, text in issue.options.items()
        ]
        lines.append("")
    return lines


def _injects(found: Simulation) -> list[str]:
    lines = [(f"{one.session}, {one.minute}", f"{one.text} ({_note(one.source)})", one.asks) for one in found.injects]
    return _table(("Session, minute", "Inject", "Ask"), lines)


PARTS: dict[str, Callable[[Simulation], list[str]]] = {
    "content-note": lambda found: [found.content_note],
    "situation": lambda found: _list(found.situation),
    "observing": lambda found: [f"- {one}" for one in found.observing],
    "issues": _issues,
    "injects": _injects,
}


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("simulation", SimulationDirective)
