r"""One rendering of question texts for every format: HTML that is XML too, with formulas as the format wants them.

A formula becomes TeX between `\(` and `\)` where the platform has MathJax, MathML where it takes any HTML, and its
source where a text is bare. What only looks like a formula in the prose (`\(`, `$$`) is written as an entity, so that
a filter leaves it alone. Characters that no file can hold are left out, see :mod:`twolenses.lms.characters`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from twolenses.lms.characters import legal
from twolenses.quiz import text

__all__ = ["MATHML", "TEX", "Rendering", "has_formula", "has_markup", "plain", "with_tex"]

_FORMULA = re.compile(r"<tex (inline|block)>(.*?)</tex>", re.DOTALL)
_PROSE = str.maketrans({"\\": "&#92;", "$": "&#36;"})


@dataclass(frozen=True)
class Rendering:
    """Markdown as HTML, by one way to write a formula; `after` is done to the HTML at last."""

    formula: text.Math
    after: Callable[[str], str] = str

    def html(self, source: str) -> str:
        """The text as HTML blocks."""
        return self.after(text.rendered(legal(text.with_facts(source)), self.formula)).strip()

    def inline(self, source: str) -> str:
        """The text as inline HTML."""
        return self.after(text.rendered(legal(text.with_facts(source)).strip(), self.formula, inline=True))


def _tex(latex: str, how: dict[str, Any]) -> str:
    return f"<tex {'block' if how['display_mode'] else 'inline'}>{escape(latex.strip(), quote=False)}</tex>"


def _with_tex(rendered: str) -> str:
    """Prose and formulas apart: HTML of the source is escaped, so that ``<tex …>`` is always ours."""
    parts = _FORMULA.split(rendered)
    for number, part in enumerate(parts):
        if number % 3 == 0:
            parts[number] = part.translate(_PROSE)
        elif number % 3 == 2:
            parts[number] = rf"\({part}\)" if parts[number - 1] == "inline" else rf"\[{part}\]"
    return "".join(part for number, part in enumerate(parts) if number % 3 != 1)


def with_tex(after: Callable[[str], str] = str) -> Rendering:
    r"""Formulas as `\(…\)` and `\[…\]`, and `after` done to the HTML at last."""
    return Rendering(_tex, lambda rendered: after(_with_tex(rendered)))


TEX = with_tex()
r"""Formulas as `\(…\)` and `\[…\]`."""

MATHML = Rendering(text.mathml)
"""Formulas as MathML."""


def plain(source: str) -> str:
    """The text without markup, formulas as they are written, pictures as their descriptions; no HTML."""
    return legal(text.plain(_PICTURE.sub(r"[\1]", source)))


def has_formula(source: str) -> bool:
    """Whether a formula stands in the text."""
    return "$" in source and "<tex " in text.rendered(source, _tex, inline=True)


def has_markup(source: str) -> bool:
    """Whether the text is more than bare text can show."""
    return "<" in TEX.inline(source)  # one of the text itself is an entity


_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
