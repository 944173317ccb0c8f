r"""Texts for Moodle: HTML in which a formula stands as TeX between `\(` and `\)`.

Moodle's MathJax filter, which is on unless an administrator has turned it off, sets such formulas. MathML would be
shown by today's browsers too, but the editor takes it out when a teacher changes the question. What only looks like
a formula in the prose (`\(`, `$$`) is written as an entity, so that the filter leaves it alone; so is the mark that
Moodle replaces with the address of a file.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from twolenses.quiz import text

__all__ = ["FILE", "has_markup", "html", "inline", "plain"]

FILE = "@@PLUGINFILE@@"
"""Before the name of a file that belongs to a text."""


def html(source: str) -> str:
    """The text as HTML blocks."""
    return _with_tex(text._markdown(_tex).render(text.with_facts(source))).strip()


def inline(source: str) -> str:
    """The text as inline HTML."""
    return _with_tex(text._markdown(_tex).renderInline(text.with_facts(source).strip()))


def plain(source: str) -> str:
    """The text without markup, for a menu, where Moodle takes it as HTML all the same."""
    return escape(text.plain(source), quote=False)


def has_markup(source: str) -> bool:
    """Whether the text is more than a menu can show."""
    return "<" in inline(source)  # one of the text itself is an entity


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
    joined = "".join(part for number, part in enumerate(parts) if number % 3 != 1)
    return joined.replace(FILE, FILE.replace("@", "&#64;"))


def _tex(latex: str, how: dict[str, Any]) -> str:
    return f"<tex {'block' if how['display_mode'] else 'inline'}>{escape(latex.strip(), quote=False)}</tex>"
