r"""Texts for Moodle: HTML in which a formula stands as TeX between `\(` and `\)`.

Moodle's MathJax filter, which is on unless an administrator has turned it off, sets such formulas. MathML would be
shown by today's browsers too, but the editor takes it out when a teacher changes the question. What only looks like
a formula in the prose (`\(`, `$$`) is written as an entity, so that the filter leaves it alone.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from twolenses.quiz import text

__all__ = ["html", "inline", "plain"]


def html(source: str) -> str:
    """The text as HTML blocks."""
    return _with_tex(_markdown().render(text.with_facts(source))).strip()


def inline(source: str) -> str:
    """The text as inline HTML."""
    return _with_tex(_markdown().renderInline(text.with_facts(source).strip()))


def plain(source: str) -> str:
    """The text without markup, for a menu, where Moodle takes it as HTML all the same."""
    return escape(text.plain(source), quote=False)


_TEX = re.compile(r"<tex (inline|block)>(.*?)</tex>", re.DOTALL)
_PROSE = str.maketrans({"\\": "&#92;", "$": "&#36;"})


def _with_tex(rendered: str) -> str:
    """Prose and formulas apart: HTML of the source is escaped, so that ``<tex …>`` is always ours."""
    parts = _TEX.split(rendered)
    for number, part in enumerate(parts):
        if number % 3 == 0:
            parts[number] = part.translate(_PROSE)
        elif number % 3 == 2:
            parts[number] = rf"\({part}\)" if parts[number - 1] == "inline" else rf"\[{part}\]"
    return "".join(part for number, part in enumerate(parts) if number % 3 != 1)


@cache
def _markdown() -> MarkdownIt:
    """As in :mod:`twolenses.quiz.text`, but for the formulas."""
    markdown = MarkdownIt("commonmark", {"html": False})
    return markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, renderer=_tex)


def _tex(latex: str, how: dict[str, Any]) -> str:
    return f"<tex {'block' if how['display_mode'] else 'inline'}>{escape(latex.strip(), quote=False)}</tex>"
