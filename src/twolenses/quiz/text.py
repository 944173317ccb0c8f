"""Question texts: Markdown with the `{fact}` role, as HTML or as plain text."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from twolenses import facts

__all__ = ["fact_names", "html", "inline", "plain", "with_facts"]

_FACT = re.compile(r"\{fact\}`([^`]*)`")


def fact_names(text: str) -> list[str]:
    """Names of the facts a text prints."""
    return _FACT.findall(text)


def with_facts(text: str) -> str:
    """The text with every fact printed."""
    return _FACT.sub(lambda found: str(facts.figure(found[1])), text)


def html(text: str) -> str:
    """The text as HTML blocks. HTML in the source is shown, not interpreted."""
    return str(_markdown().render(with_facts(text))).strip()


def inline(text: str) -> str:
    """The text as inline HTML, for a legend or a label."""
    return str(_markdown().renderInline(with_facts(text).strip()))


def plain(text: str) -> str:
    """The text without markup."""
    return re.sub(r"<[^>]+>", "", inline(text))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
