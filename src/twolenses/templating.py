"""The one Jinja environment that forms, pages and papers are filled with, and JSON for their scripts."""

from __future__ import annotations

import json
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from twolenses.quiz import text

__all__ = ["as_json", "environment"]


def environment(room: str, **filters: Any) -> Environment:
    """Templates of the package `room`, from its folder ``templates``.

    What is filled in is escaped and a name that is missing stops. A template has ``inline``, ``html`` and ``plain`` for
    Markdown, ``around_blanks`` for HTML with blanks in it, and the `filters` of its room.
    """
    made = Environment(
        loader=PackageLoader(room), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "inline": lambda source: Markup(text.inline(source)),
        "html": lambda source: Markup(text.html(source)),
        "plain": text.plain,
        "around_blanks": lambda source: [Markup(part) for part in text.parts(source)],
        **filters,
    }
    return made


def as_json(data: Any) -> Markup:
    """The data for a ``<script type="application/json">``, which nothing in them can end."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("<", "\\u003c").replace("&", "\\u0026"))
