"""What every chapter holds, and how it may speak. `twolenses validate chapters` and the tests ask the same rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from twolenses import course, quiz, roles, typed
from twolenses.course import Chapter
from twolenses.data import load
from twolenses.errors import Error, place, suggestion

__all__ = ["RULES", "VERBS", "Draft", "problems"]

Found = Iterator[tuple[int, str]]
"""The number of a line, and a sentence that goes on from the chapter's name."""

VERBS = frozenset(
    """analyse apply argue assess bound build calculate check choose classify code compare compute connect construct
    contrast count criticise defend define derive describe design detect diagnose differentiate distinguish draw
    estimate evaluate explain express find forecast formulate grade identify interpret judge locate map measure model
    name order place plan predict rank read recognise rewrite score separate sequence set show sketch solve sort state
    sum test tell trace translate use weigh work write""".split()  # noqa: SIM905 (read as words, not as code)
)
"""What an objective may begin with: somebody else can see whether it was done."""

OBJECTIVES, MINUTES, WORDS, TERMS, SHARE = (4, 7), (30, 90), (2000, 3200), (6, 14), (0.45, 0.55)
PAIRS, WORKS, DISCUSSION, QUESTIONS, TYPES, ASKED, ALT = 3, 8, 4, 12, 5, 2, 60

ARGUED_FROM = 3
"""The first chapter that has theories to argue about."""

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_CODE = re.compile(r"```\{code-cell\}.*?```", re.S)
_ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")
_ADDRESS = re.compile(r"\]\([^)]*\)|^[:`]{3,}.*$|^\{\.[\w-]+\}$|<!--.*?-->", re.M)
_QUOTED = re.compile(r"“[^”]*”")
_SIDES = re.compile(
    r"\b(?:so-called|regime|terrorists?(?! attack\b)|separatists?|occupied|occupation|breakaway|puppet|liberated"
    r"|motherland)\b",
    re.I,
)
_FILLERS = re.compile(r"\b(?:very|clearly|of course|obviously)\b", re.I)

PLACES = {
    "Banjsk": "Banjskë/Banjska",
    "Zve": "Zveçan/Zvečan",
    "Leposav": "Leposaviq/Leposavić",
    "Gračanic": "Graçanicë/Gračanica",
    "Rača": "Reçak/Račak",
    "Mitrovic": "Mitrovicë/Mitrovica",
}
"""How a name begins in either language → both names, as they stand at first use."""


@dataclass(frozen=True)
class Draft:
    """A chapter with its text, and the folder in which its quiz lies (None: the course's)."""

    chapter: Chapter
    text: str
    bank: Path | None = None

    @cached_property
    def prose(self) -> str:
        """The words that a reader reads, each in the line in which it is written: no front matter, code, addresses."""
        body = _without(_CODE, _without(_FRONT, self.text))
        return _without(_ADDRESS, _ROLE.sub(lambda found: _shown(found[1], found[2]), body))

    def line(self, found: str | re.Match[str] | None) -> int:
        """The line of a match, or of the first occurrence of a text; the first where there is none."""
        start = self.text.find(found) if isinstance(found, str) else found.start() if found else 0
        return self.text.count("\n", 0, max(start, 0)) + 1

    def part(self, heading: str) -> str:
        """The text under a heading, down to the next of the same level."""
        found = re.search(rf"^## {heading}.*?$(.*?)(?=^## |\Z)", self.text, re.M | re.S)
        return found[1] if found else ""


def problems(chapter: Chapter, bank: Path | None = None) -> list[str]:
    """What a chapter lacks, and where it speaks as it should not: a sentence each, with file and line.

    Parameters
    ----------
    chapter
        As :func:`twolenses.course.chapters` reads it.
    bank
        The folder of its quiz, where that is not the course's.
    """
    draft = Draft(chapter, chapter.path.read_text(encoding="utf-8"), bank)
    return [f"{place(chapter.path, line)}  {says}" for rule in RULES for line, says in rule(draft)]


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern finds; the lines stay."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def _shown(role: str, text: str) -> str:
    if role in ("claim", "event") or role not in roles.ROLES:
        return text  # a reference counts as one word
    try:
        return roles.printed(role, text)
    except Error:
        return text  # a rule of its own says so


# ── What every chapter holds ─────────────────────────────────────────────────────────────────────────


def measurable_objectives(draft: Draft) -> Found:
    """It promises four to seven things that somebody else can see done."""
    least, most = OBJECTIVES
    if not least <= len(draft.chapter.objectives) <= most:
        yield 1, f"has {len(draft.chapter.objectives)} objectives. Give it {least} to {most} in the front matter."
    for one in draft.chapter.objectives:
        verb = one.text.split()[0].lower()
        if verb not in VERBS:
            yield (
                draft.line(one.text),
                f"objective {one.id!r} begins with {verb!r}. Begin with a verb that can be measured, such as "
                "'compare', 'compute' or 'explain'.",
            )


def time_and_prerequisites(draft: Draft) -> Found:
    """It says how long it takes and what to know before."""
    least, most = MINUTES
    if not least <= draft.chapter.minutes <= most:
        yield draft.line("minutes:"), f"takes {draft.chapter.minutes} minutes. Write 'minutes:', {least} to {most}."
    if "prerequisites" not in draft.chapter.meta:
        yield 1, "does not say what to know before. Write 'prerequisites:' into the front matter, or [] for nothing."


def length(draft: Draft) -> Found:
    """It can be read in one sitting."""
    least, most = WORDS
    words = len(draft.prose.split())
    if not least <= words <= most:
        yield 1, f"has {words} words. A chapter has {least} to {most}."


def parts_in_order(draft: Draft) -> Found:
    """Every page has the same parts in the same order."""
    parts = (
        *("```{objectives}", "::::{lenses}", "What the data cannot tell us", "## Exercise", "## Quiz"),
        *(f"```{{quiz}} {draft.chapter.path.stem}", "## Further reading", "## Questions for discussion"),
        "```{numbers}",
    )
    reached = 0
    for part in parts:
        at = draft.text.find(part)
        if at < 0:
            yield 1, f"has no {part!r}. Add it, after what comes before it in a chapter."
        elif at < reached:
            yield draft.line(part), f"{part!r} stands too early. The order is: {', '.join(parts)}."
        reached = max(reached, at)


def both_lenses(draft: Draft) -> Found:
    """Realism and liberalism look at three facts, and have the same room."""
    pairs = draft.text.count("::::{lenses} ")
    if pairs < PAIRS:
        yield 1, f"sets both lenses on {pairs} facts. Add {{lenses}} blocks until there are {PAIRS}."
    blocks = re.findall(r"^:::\{(realism|liberalism)\}\n(.*?)^:::$", draft.text, re.M | re.S)
    words: Counter[str] = Counter()
    for lens, said in blocks:
        words[lens] += len(said.split())
    least, most = SHARE
    if words and not least <= words["realism"] / words.total() <= most:
        yield (
            draft.line("::::{lenses} "),
            f"gives realism {words['realism']} words and liberalism {words['liberalism']}; each should have "
            f"{least:.0%} to {most:.0%}. Shorten one or go on with the other.",
        )


def what_would_change_a_mind(draft: Draft) -> Found:
    """From chapter 3 on it says what would change a realist's mind, and a liberal's."""
    if draft.chapter.number < ARGUED_FROM:
        return
    section = draft.part("What would change")
    for lens in ("realist", "liberal"):
        part = re.search(rf"^### .*{lens}.*?(?=^### |\Z)", section, re.M | re.S | re.I)
        if not part or len(part[0].split()) < 30:
            yield (
                draft.line("## What would change"),
                f"does not say what would change a {lens}'s mind. Write '## What would change a mind' and under it "
                f"'### A {lens}' with thirty words or more.",
            )


def chart_and_table(draft: Draft) -> Found:
    """It shows a chart and a table."""
    if "```{code-cell}" not in draft.text:
        yield 1, "draws no chart. Add a {code-cell}."
    if not re.search(r"^\|.*\|$|```\{(list-table|mermaid)", draft.text, re.M):
        yield 1, "shows no table. Add one with '|' or a {list-table}."


def pictures_described(draft: Draft) -> Found:
    """Who cannot see a picture reads what it says."""
    for found in re.finditer(r"^\s*alt: (.+)$", draft.text, re.M):
        if len(found[1]) < ALT:
            yield (
                draft.line(found),
                f"describes a picture in {len(found[1])} letters. Say what a reader who cannot see it must know.",
            )


def works_cited(draft: Draft) -> Found:
    """It cites eight works, and recommends authors based in Belgrade and in Pristina."""
    cited = {key.strip() for one in re.findall(r"\{cite:[pt]\}`([^`]+)`", draft.text) for key in one.split(",")}
    if len(cited) < WORKS:
        yield 1, f"cites {len(cited)} works. Cite {WORKS} or more with {{cite:p}} and {{cite:t}}."
    known = course.citations()
    for key in sorted(cited - known):
        yield draft.line(key), f"cites {key!r}, which is not in data/references.bib. {suggestion(key, known)}"
    recommended = set(re.findall(r"[\w:-]+", draft.part("Further reading")))
    for capital in ("Belgrade", "Pristina"):
        if not course.citations(capital.lower()) & recommended:
            yield (
                draft.line("## Further reading"),
                f"recommends no author based in {capital}. Take a work with the keyword {capital.lower()!r} from "
                "data/references.bib.",
            )


def questions_for_discussion(draft: Draft) -> Found:
    """It asks four questions without a key."""
    asked = len(re.findall(r"^\d\. ", draft.part("Questions for discussion"), re.M))
    if asked < DISCUSSION:
        yield draft.line("## Questions for discussion"), f"asks {asked} questions for discussion. Ask {DISCUSSION}."


def terms_linked(draft: Draft) -> Found:
    """It links the terms it introduces to the glossary."""
    found = {one[1] or one[0]: one for one in re.findall(r"\{term\}`([^`<]*?)(?:\s*<([^`>]+)>)?`", draft.text)}
    least, most = TERMS
    if not least <= len(found) <= most:
        yield 1, f"links {len(found)} terms of the glossary. Link {least} to {most} with {{term}}."
    known = set(load("terms")["term"])
    for term in sorted(set(found) - known):
        yield draft.line(f"{term}"), f"links the term {term!r}, which is not in the glossary. {suggestion(term, known)}"


def names_exist(draft: Draft) -> Found:
    """Every fact, claim and event it names exists."""
    for found in re.finditer(r"\{(fact|claim|event)\}`([^`]*)`", draft.text):
        try:
            roles.printed(found[1], found[2])
        except Error as error:
            yield draft.line(found), f"{{{found[1]}}} {error}"


def quiz_asks_for_every_objective(draft: Draft) -> Found:
    """Its quiz has twelve questions of five types, two for each objective."""
    name = draft.chapter.path.stem
    paths = [path for path in quiz.files(draft.bank) if path.stem == name]
    if not paths:
        yield 1, f"has no quiz. Write exercises/quizzes/{name}.yml."
        return
    try:
        questions = list(quiz.read(paths[0]))
    except Error as error:
        yield 1, f"has a quiz that cannot be read: {error}"
        return
    types = {question.type for question in questions}
    if len(questions) < QUESTIONS or len(types) < TYPES:
        yield (
            draft.line("## Quiz"),
            f"has a quiz of {len(questions)} questions of {len(types)} types. Ask {QUESTIONS} of {TYPES} types.",
        )
    asked = Counter(question.objective for question in questions)
    for one in draft.chapter.objectives:
        if asked[one.id] < ASKED:
            yield (
                draft.line(f"id: {one.id}"),
                f"promises {one.id!r}, which {asked[one.id]} questions of its quiz ask for. Ask {ASKED} times.",
            )


# ── How it may speak ─────────────────────────────────────────────────────────────────────────────────


def no_typed_number(draft: Draft) -> Found:
    """A number that a table holds is printed by a fact."""
    for found in typed.numbers(draft.text):
        line = draft.text.count("\n", 0, found.start) + 1
        yield line, f"types {found.text!r}. Let a fact print it: `twolenses facts` lists them."


def no_sides(draft: Draft) -> Found:
    """Words that take sides stand only in quotation marks, with their user in the sentence."""
    bare = _without(re.compile(r"“[^”]*”|\"[^\"]*\"|\*[^*]+\*"), draft.prose)
    for found in _SIDES.finditer(bare):
        yield (
            bare.count("\n", 0, found.start()) + 1,
            f"says {found[0]!r} in its own voice. Quote whoever says so, or take another word.",
        )


def no_fillers(draft: Draft) -> Found:
    """Nothing is very, clearly or of course."""
    bare = _without(_QUOTED, draft.prose)
    for found in _FILLERS.finditer(bare):
        yield bare.count("\n", 0, found.start()) + 1, f"says {found[0]!r}. Leave it out."


def both_names(draft: Draft) -> Found:
    """A place has both its names at first use, Albanian first."""
    for stem, both in PLACES.items():
        found = re.search(rf"\b[\w/]*{stem}[\w/]*", draft.prose)
        if found and both not in found[0]:
            line = draft.prose.count("\n", 0, found.start()) + 1
            yield line, f"says {found[0]!r} before it has said {both!r}. Give both names at first use."


RULES = (
    *(measurable_objectives, time_and_prerequisites, length, parts_in_order, both_lenses, what_would_change_a_mind),
    *(chart_and_table, pictures_described, works_cited, questions_for_discussion, terms_linked, names_exist),
    *(quiz_asks_for_every_objective, no_typed_number, no_sides, no_fillers, both_names),
)
"""The contract of a chapter, one function per rule."""
