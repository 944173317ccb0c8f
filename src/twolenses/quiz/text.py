"""Question texts: Markdown with `$math$` and the `{fact}` role, as HTML or as plain text."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from twolenses import facts, formulas
from twolenses.errors import FormulaError, QuizError

__all__ = ["FACT", "fact_names", "html", "inline", "parts", "plain", "with_facts"]

FACT = re.compile(r"\{fact\}`([^`]*)`")
"""How a text names a fact."""


def fact_names(text: str) -> list[str]:
    """Names of the facts a text prints."""
    return FACT.findall(text)


def with_facts(text: str) -> str:
    """The text with every fact printed."""
    return FACT.sub(lambda found: str(facts.figure(found[1])), text)


def html(text: str) -> str:
    """The text as HTML blocks. HTML in the source is shown, not interpreted."""
    return str(_markdown(_mathml).render(with_facts(text))).strip()


def inline(text: str) -> str:
    """The text as inline HTML, for a legend or a label."""
    return str(_markdown(_mathml).renderInline(with_facts(text).strip()))


def plain(text: str) -> str:
    """The text without markup; math stays as it is written."""
    return unescape(re.sub(r"<[^>]+>", "", str(_markdown(_source).renderInline(with_facts(text).strip()))))


def parts(text: str) -> list[str]:
    """The pieces of a text around its blanks: text, number of the first blank, text, number of the second, text."""
    return re.split(r"\[\[([0-9]+)\]\]", text)


@cache
def _markdown(math: Any) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, renderer=math)
    markdown.inline.ruler.at("math_inline", _math_or_money)
    return markdown


_inline_math = math_inline_dollar(allow_space=False, allow_digits=False)


def _math_or_money(state: StateInline, silent: bool) -> bool:
    """The rule of the plugin, which at the start of a text takes the last character for the one before the dollar."""
    text = state.src
    state.src = text if state.pos else f"{text} "
    try:
        return _inline_math(state, silent)
    finally:
        state.src = text


def _mathml(latex: str, how: dict[str, Any]) -> str:
    try:
        return formulas.mathml(latex, display=how["display_mode"])
    except FormulaError as error:
        raise QuizError(f"has {error}") from error


def _source(latex: str, how: dict[str, Any]) -> str:
    return escape(latex)
