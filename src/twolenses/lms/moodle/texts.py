r"""Texts for Moodle: HTML in which a formula stands as TeX between `\(` and `\)`.

Moodle's MathJax filter, which is on unless an administrator has turned it off, sets such formulas. MathML would be
shown by today's browsers too, but the editor takes it out when a teacher changes the question. The mark that Moodle
replaces with the address of a file is written as entities where a text has it.
"""

from __future__ import annotations

from html import escape

from twolenses.lms.texts import has_markup, with_tex
from twolenses.quiz import text

__all__ = ["FILE", "MOODLE", "has_markup", "html", "inline", "plain"]

FILE = "@@PLUGINFILE@@"
"""Before the name of a file that belongs to a text."""


MOODLE = with_tex(lambda html: html.replace(FILE, FILE.replace("@", "&#64;")))
html = MOODLE.html
inline = MOODLE.inline


def plain(source: str) -> str:
    """The text without markup, for a menu, where Moodle takes it as HTML all the same."""
    return escape(text.plain(source), quote=False)
