"""What is played: issues, roles, injects and plans, from ``data/simulation.yml``.

Every statement says where it comes from, or that it is an assumption of the game.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from twolenses import course, data
from twolenses.errors import SimulationError, place, suggestion
from twolenses.roles import date

__all__ = [
    "ASSUMED",
    "Interest",
    "Issue",
    "Note",
    "Package",
    "RedLine",
    "Role",
    "Simulation",
    "Statement",
    "load",
    "note",
    "path",
    "read",
]

ASSUMED = "For this game, assume"
"""How a statement begins that no source bears."""

Package = dict[str, str]
"""The option of each issue, by their ids."""

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Statement(_Part):
    """A sentence, and its sources: claims, events, works of the bibliography, links."""

    text: str
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _borne(self) -> Statement:
        if not self.sources and not self.text.startswith(ASSUMED):
            raise ValueError(f"has no source: name one, or begin with '{ASSUMED}'")
        return self


class Interest(Statement):
    """What a role wants of an issue: how much it matters, and how far each option serves it, from 0 to 1."""

    issue: str
    weight: int = Field(gt=0, le=100)
    values: dict[str, Annotated[float, Field(ge=0, le=1)]]


class RedLine(Statement):
    """Options that a role cannot accept."""

    issue: str
    options: tuple[str, ...] = Field(min_length=1)


class Record(Statement):
    """What became of an issue outside the game, as the option that comes nearest."""

    option: str


class Expectation(_Part):
    """What a lens expected, and why, in a sentence."""

    option: str
    text: str


class Issue(_Part):
    """Something to decide: its options, the one that holds where nobody agrees, the record, two expectations."""

    id: str
    title: str
    question: str
    stands: str
    options: dict[str, str] = Field(min_length=2)
    record: Record
    realism: Expectation
    liberalism: Expectation


class Role(_Part):
    """Who sits at the table. `tier` 1 is dealt more seats than 2, and 2 than 3; a deal is the yes of those who sign."""

    id: str
    name: str
    speaks_for: str
    tier: Literal[1, 2, 3]
    signs: bool = False
    public: tuple[Statement, ...] = Field(min_length=1)
    interests: tuple[Interest, ...]
    red_lines: tuple[RedLine, ...]
    believes: tuple[Statement, ...]
    offers: tuple[Statement, ...]

    @model_validator(mode="after")
    def _whole(self) -> Role:
        if self.interests and (total := sum(one.weight for one in self.interests)) != 100:
            raise ValueError(f"has weights that add up to {total}, not to 100")
        return self

    def statements(self) -> Iterator[Statement]:
        """Everything that its two briefs say."""
        for part in (self.public, self.interests, self.red_lines, self.believes, self.offers):
            yield from part


class Inject(_Part):
    """News that comes in at a minute of a session, with its source and a question."""

    session: Literal[1, 2]
    minute: int
    source: str
    text: str
    asks: str


class Step(_Part):
    """Some minutes of a plan: what happens, and what usually goes wrong."""

    start: int = Field(alias="from")
    to: int
    what: str
    wrong: str


class Format(_Part):
    """A way to play it: title, rooms in words, minute by minute."""

    title: str
    rooms: str
    plan: tuple[Step, ...]

    @model_validator(mode="after")
    def _without_gaps(self) -> Format:
        starts, ends = [step.start for step in self.plan], [step.to for step in self.plan]
        if starts != [0, *ends[:-1]] or any(a >= b for a, b in zip(starts, ends, strict=True)):
            raise ValueError("has a plan with a gap or an overlap: each step starts where the one before ends")
        return self


class Simulation(_Part):
    """All that is played."""

    title: str
    content_note: str
    situation: tuple[Statement, ...]
    issues: tuple[Issue, ...]
    roles: tuple[Role, ...]
    injects: tuple[Inject, ...]
    formats: dict[str, Format]
    observing: tuple[str, ...]

    def issue(self, id: str) -> Issue:
        """The issue of that id."""
        return next(one for one in self.issues if one.id == id)

    def role(self, id: str) -> Role:
        """The role of that id."""
        return next(one for one in self.roles if one.id == id)

    @property
    def players(self) -> tuple[Role, ...]:
        """The roles that want something: all but the observers."""
        return tuple(role for role in self.roles if role.interests)

    @property
    def signers(self) -> tuple[Role, ...]:
        """The two whose yes makes a deal."""
        return tuple(role for role in self.roles if role.signs)

    @property
    def no_deal(self) -> Package:
        """What holds where nobody agrees."""
        return {issue.id: issue.stands for issue in self.issues}

    @property
    def record(self) -> Package:
        """What became of each issue."""
        return {issue.id: issue.record.option for issue in self.issues}

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Every statement, with where it stands."""
        yield from ((f"situation {number}", one) for number, one in enumerate(self.situation, start=1))
        yield from ((f"issue {issue.id!r}", issue.record) for issue in self.issues)
        yield from ((f"role {role.id!r}", one) for role in self.roles for one in role.statements())


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────


def path() -> Path:
    """Where the course's file lies."""
    return course.root() / "data" / "simulation.yml"


@cache
def load() -> Simulation:
    """The course's simulation; read once."""
    return read(path())


def read(file: Path) -> Simulation:
    """A simulation from its file.

    Raises
    ------
    SimulationError
        If it is not valid YAML, lacks something, or names an issue, an option or a source that does not exist. Every
        such place is named, one sentence per line.
    """
    try:
        found = Simulation.model_validate(YAML(typ="safe").load(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise SimulationError(f"{place(file)}  cannot be read: {error.strerror}.") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SimulationError(f"{place(file, line)}  is not valid YAML: {error.problem}.") from error
    except ValidationError as error:
        lines = (
            f"{place(file)}  {_where(one['loc'])}: {one['msg'].removeprefix('Value error, ')}."
            for one in error.errors()
        )
        raise SimulationError("\n".join(lines)) from error
    if problems := list(_problems(found)):
        raise SimulationError("\n".join(f"{place(file)}  {problem}" for problem in problems))
    return found


def _where(loc: Iterable[int | str]) -> str:
    """A path in words: ``roles, 2nd …`` is ``roles[1]``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".") or "the file"


def _problems(found: Simulation) -> Iterator[str]:
    options = {issue.id: set(issue.options) for issue in found.issues}
    for issue in found.issues:
        for what in (issue.stands, issue.record.option, issue.realism.option, issue.liberalism.option):
            if what not in issue.options:
                yield f"issue {issue.id!r}: names the option {what!r}. {suggestion(what, issue.options)}"
    for role in found.roles:
        named = [(one.issue, set(one.values), True) for one in role.interests]
        named += [(one.issue, set(one.options), False) for one in role.red_lines]
        for about, said, whole in named:
            known = options.get(about)
            if known is None:
                yield f"role {role.id!r}: names the issue {about!r}. {suggestion(about, options)}"
                continue
            for what in sorted(said - known):
                yield f"role {role.id!r}, {about}: names the option {what!r}. {suggestion(what, known)}"
            if whole and (left := known - said):
                yield f"role {role.id!r}, {about}: has no value for {', '.join(sorted(left))}."
    if len(found.signers) != 2:
        yield f"has {len(found.signers)} roles that sign. Give 'signs: true' to two."
    sources = [(where, source) for where, one in found.statements() for source in one.sources]
    for where, source in [*sources, *((f"inject at {one.minute}", one.source) for one in found.injects)]:
        try:
            note(source)
        except SimulationError as error:
            yield f"{where}: {error}"


# ── Sources ──────────────────────────────────────────────────────────────────────────────────────────


class Note(_Part):
    """A source as paper prints it and as a page does. Only a link has an address: the others stand in the course."""

    text: str
    url: str
    markdown: str


@cache
def note(source: str) -> Note:
    """What a source is.

    >>> note("E80").markdown
    '{event}`E80`'

    Raises
    ------
    SimulationError
        If there is no such claim, event or work, or it is no link.
    """
    kind, _, key = source.rpartition(":")
    if kind == "cite":
        if key not in course.citations():
            raise SimulationError(
                f"names {key!r}, which is not in the bibliography. {suggestion(key, course.citations())}"
            )
        return Note(text=_work(key), url="", markdown=f"{{cite:p}}`{key}`")
    if link := _LINK.fullmatch(source):
        return Note(text=link[1], url=link[2], markdown=source)
    claims, events = _rows("claims"), _rows("chronology")
    if source in claims:
        row = claims[source]
        by = ", ".join(filter(None, (row["evidence_title"], row["evidence_publisher"], row["evidence_date"])))
        return Note(text=f"Ledger {source}: {by}", url="", markdown=f"{{claim}}`{source}`")
    if source in events:
        row = events[source]
        return Note(text=f"Chronology {date(row['date'])}: {row['source']}", url="", markdown=f"{{event}}`{source}`")
    raise SimulationError(f"names the source {source!r}. {suggestion(source, [*claims, *events])}")


def _work(key: str) -> str:
    """A work of the bibliography in one line: author, title, year."""
    text = (course.root() / "data" / "references.bib").read_text(encoding="utf-8")
    entry = text.partition(f"{{{key},\n")[2].partition("\n}")[0]
    found = dict(re.findall(r"^\s*(author|title|year)\s*=\s*\{(.*)\},?$", entry, re.M))
    return ", ".join(re.sub(r"[{}]", "", found[name]) for name in ("author", "title", "year") if name in found)


@cache
def _rows(table: str) -> dict[str, dict[str, str]]:
    return {row["id"]: dict(row) for row in data.rows(table)}
