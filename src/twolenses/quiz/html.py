"""A quiz as an HTML form that works before any script does."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from twolenses import templating
from twolenses.quiz import pictures, strings, text
from twolenses.quiz.text import Md

if TYPE_CHECKING:
    from twolenses.quiz.bank import Quiz
    from twolenses.quiz.types import BaseQuestion

__all__ = ["AGAIN", "assets", "digest", "form"]

HERE = Path(__file__).parent

PARTS = {"quiz.css": ("quiz.css",), "quiz.js": ("marking.js", "store.js", "quiz.js")}
"""What the stylesheet and the script are joined from, each part behind those that it needs."""

AGAIN = "--again"
"""What stands behind the id of a question in a form to answer again; no question has such an id of its own."""


def assets() -> dict[str, str]:
    """The one stylesheet and the one script that every quiz of a site shares, by file name."""
    static = HERE / "static"
    return {
        name: "\n".join((static / part).read_text(encoding="utf-8") for part in parts) for name, parts in PARTS.items()
    }


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
            key=templating.as_json({question.id + suffix: _rendered(question, quiz.folder) for question in quiz}),
            say=strings.sayer(words["form"]),
            strings=templating.as_json(words["quiz.js"]),
        )
    )
    return pictures.embedded(rendered, quiz.folder)


def digest(question: BaseQuestion) -> str:
    """Changes when the question does, so that stored progress is not shown for an edited one."""
    content = question.model_dump_json() + json.dumps(question.marking(), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:8]


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
    return templating.environment("twolenses.quiz")
