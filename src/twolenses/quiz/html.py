"""A quiz as an HTML form that works before any script does."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from twolenses.quiz import pictures, strings, text
from twolenses.quiz.bank import Quiz
from twolenses.quiz.types import BaseQuestion, Md

__all__ = ["AGAIN", "ASSETS", "digest", "form"]

HERE = Path(__file__).parent

ASSETS = (HERE / "quiz.css", HERE / "quiz.js")
"""The one stylesheet and the one script that every quiz of a site shares."""

AGAIN = "--again"
"""What stands behind the id of a question in a form to answer again; no question has such an id of its own."""


def form(quiz: Quiz, again: bool = False, words: strings.Catalogue = strings.WORDS) -> str:
    """The quiz as one `<form>`: fieldsets, labels, answers in `<details>`, and the key as JSON for the script.

    Parameters
    ----------
    again
        Whether the page shows the same questions once before. Then every id and name has :data:`AGAIN` behind it and
        answers are kept beside the first ones, which they never replace: on My progress they count where they are
        right.
    words
        The words of the interface.
    """
    suffix = AGAIN if again else ""
    rendered = (
        _environment()
        .get_template("quiz.html")
        .render(
            quiz=quiz,
            suffix=suffix,
            key=_script(quiz, suffix),
            say=strings.sayer(words["form"]),
            strings=strings.as_json(words["quiz.js"]),
        )
    )
    return pictures.embedded(rendered, quiz.folder)


def digest(question: BaseQuestion) -> str:
    """Changes when the question does, so that stored progress is not shown for an edited one."""
    content = question.model_dump_json() + json.dumps(question.marking(), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def _script(quiz: Quiz, suffix: str) -> Markup:
    key = {question.id + suffix: _rendered(question, quiz.folder) for question in quiz}
    safe = json.dumps(key, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(safe)


def _rendered(question: BaseQuestion, folder: Path = HERE) -> dict[str, Any]:
    """The marking data and what every question has, each Markdown text as HTML."""
    common = {
        "hints": [Md(one) for one in question.hint],
        "because": Md(question.because),
        "points": question.points,
        "digest": digest(question),
    }
    rendered: dict[str, Any] = _as_html(question.marking() | common, folder)
    return rendered


def _as_html(data: Any, folder: Path) -> Any:
    if isinstance(data, dict):
        return {name: _as_html(one, folder) for name, one in data.items()}
    if isinstance(data, list):
        return [_as_html(one, folder) for one in data]
    return pictures.embedded(text.inline(data), folder) if isinstance(data, Md) else data


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("twolenses.quiz"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = lambda source: Markup(text.inline(source))
    environment.filters["html"] = lambda source: Markup(text.html(source))
    environment.filters["plain"] = text.plain
    environment.filters["around_blanks"] = lambda source: [Markup(part) for part in text.parts(source)]
    return environment
