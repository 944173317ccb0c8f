"""Question texts: Markdown with `$math$` and the `{fact}` role, as HTML or as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from html import escape, unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from twolenses import facts, formulas
from twolenses.errors import FormulaError, QuizError

__all__ = ["FACT", "Math", "Md", "fact_names", "html", "inline", "mathml", "parts", "plain", "rendered", "with_facts"]

Math = Callable[[str, dict[str, Any]], str]
"""How a formula is written: takes LaTeX, and how it is shown as markdown-it asks for it."""

FACT = re.compile(r"\{fact\}`([^`]*)`")
"""How a text names a fact."""


class Md(str):
    """A Markdown text in a question's marking data. `html.py` makes HTML of it and leaves every other text alone."""


def fact_names(text: str) -> list[str]:
    """Names of the facts a text prints."""
    return FACT.findall(text)


def with_facts(text: str) -> str:
    """The text with every fact printed."""
    return FACT.sub(lambda found: str(facts.figure(found[1])), text)


def html(text: str) -> str:
    """The text as HTML blocks. HTML in the source is shown, not interpreted."""
    return rendered(with_facts(text), mathml).strip()


def inline(text: str) -> str:
    """The text as inline HTML, for a legend or a label."""
    return rendered(with_facts(text).strip(), mathml, inline=True)


def plain(text: str) -> str:
    """The text without markup; math stays as it is written."""
    return unescape(re.sub(r"<[^>]+>", "", rendered(with_facts(text).strip(), _source, inline=True)))


def parts(text: str) -> list[str]:
    """The pieces of a text around its blanks: text, number of the first blank, text, number of the second, text."""
    return re.split(r"\[\[([0-9]+)\]\]", text)


def rendered(text: str, math: Math, *, inline: bool = False) -> str:
    """Markdown as HTML, formulas as `math` writes them; the same text is rendered once for all formats."""
    return _rendered(text, math if "$" in text else _source, inline)


@lru_cache(maxsize=16_384)
def _rendered(text: str, math: Math, inline: bool) -> str:
    markdown = _markdown(math)
    return str(markdown.renderInline(text) if inline else markdown.render(text))


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


def mathml(latex: str, how: dict[str, Any]) -> str:
    """A formula as MathML."""
    try:
        return formulas.mathml(latex, display=how["display_mode"])
    except FormulaError as error:
        raise QuizError(f"has {error}") from error


def _source(latex: str, how: dict[str, Any]) -> str:
    return escape(latex)
