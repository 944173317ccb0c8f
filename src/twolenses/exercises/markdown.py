"""MyST Markdown made plain, as Jupyter and Colab show it: read as markdown-it reads it, so that code stays code.

====================================  =================================================================
written in a master                   in the student's notebook
====================================  =================================================================
``{event}`E91` ``, any other role     the words that the page prints (:mod:`twolenses.roles`)
a ``{hint}`` or ``{criteria} TASK``   ``<details><summary>Hint</summary> … </details>``
an ``{explanation} TASK``             nothing: it is on the page, with the solution
a ``{note}``, ``{tip}`` or            a quotation, with the title in bold
``{admonition} Title``
====================================  =================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import dropwhile

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

from twolenses.roles import ROLES, printed

__all__ = ["plain"]

_DIRECTIVE = re.compile(r"\{([\w-]+)\}(.*)")
_OPTION = re.compile(r":[\w-]+:( |$)")


def plain(text: str) -> str:
    """Markdown without directives and roles, which only the page knows.

    >>> print(plain("See {event}`E74`, not `{event}`.\\n\\n:::{note} Mind\\nTwo *names*.\\n:::"))
    See chronology, 24 September 2023, not `{event}`.
    <BLANKLINE>
    > **Mind**
    >
    > Two *names*.

    Raises
    ------
    FactError, DataError
        If a role names what does not exist.
    """
    lines = text.splitlines()
    made: list[str] = []
    done = 0
    for token in _parser().parse(text):
        if token.map is None or (new := _block(token, lines)) is None:
            continue
        first, last = token.map
        made += lines[done:first]
        made += new
        done = last
        while not new and done < len(lines) and not lines[done].strip():  # no gap where something was taken out
            done += 1
    return "\n".join([*made, *lines[done:]]).strip()


def _block(token: Token, lines: list[str]) -> list[str] | None:
    """The lines that take the place of a block's; None where it stays as it is."""
    assert token.map is not None
    if token.type == "inline":
        return _without_roles(token, "\n".join(lines[slice(*token.map)])).split("\n")
    found = _DIRECTIVE.fullmatch(token.info.strip()) if token.type in ("fence", "colon_fence") else None
    if not found or found[1] not in _DIRECTIVES:
        return None
    shown = _DIRECTIVES[found[1]](found[2].strip(), plain(_without_options(token.content)))
    before = lines[token.map[0]].partition(token.markup)[0]  # of a list or a quotation around it
    after = re.sub(r"[^>\s]", " ", before)
    return [f"{after if number else before}{line}".rstrip() for number, line in enumerate(shown)]


def _without_options(content: str) -> str:
    lines = content.splitlines()
    if lines[:1] == ["---"] and "---" in lines[1:]:
        return "\n".join(lines[lines.index("---", 1) + 1 :])
    return "\n".join(dropwhile(_OPTION.match, lines))


# ── Directives: argument and content become lines ────────────────────────────────────────────────────


def _folded(title: str) -> Callable[[str, str], list[str]]:
    return lambda _, content: [f"<details><summary>{title}</summary>", "", *content.split("\n"), "", "</details>"]


def _quoted(title: str, content: str) -> list[str]:
    heading = [f"**{title}**", ""] if title else []
    return [f"> {line}".rstrip() for line in [*heading, *content.split("\n")]]


def _nothing(_: str, content: str) -> list[str]:
    return []


_DIRECTIVES = {
    "hint": _folded("Hint"),
    "criteria": _folded("How this is marked"),
    "explanation": _nothing,
    **dict.fromkeys(("note", "tip", "admonition"), _quoted),
}


# ── Roles ────────────────────────────────────────────────────────────────────────────────────────────


def _without_roles(token: Token, source: str) -> str:
    """The source of a paragraph with every role printed.

    Roles and code are looked for in their order, so that a role shown in a code span stays one.
    """
    made, done = "", 0
    for one in _spans(token):
        found = re.compile(re.escape(one.meta["source"]).replace("\\\n", r"\n[\s>]*")).search(source, done)
        assert found, one.meta["source"]
        role = one.meta.get("name")
        made += source[done : found.start()]
        made += printed(role, one.content) if role in ROLES else found[0]
        done = found.end()
    return made + source[done:]


def _spans(token: Token) -> Iterator[Token]:
    """Roles and code spans inside a token, those of a picture's description included."""
    for child in token.children or []:
        if "source" in child.meta:
            yield child
        yield from _spans(child)


Rule = Callable[[StateInline, bool], bool]


def _remembering(rule: Rule, kind: str) -> Rule:
    """The rule, whose tokens keep their source: markdown-it gives inline tokens no place."""

    def remembered(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and len(state.tokens) > before and state.tokens[-1].type == kind:
            state.tokens[-1].meta["source"] = state.src[start : state.pos]
        return found

    return remembered


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").use(colon_fence_plugin).use(myst_role_plugin)
    parser.inline.ruler.at("myst_role", _remembering(myst_role, "myst_role"))
    parser.inline.ruler.at("backticks", _remembering(backtick, "code_inline"))
    return parser
