"""An explorable as HTML that works before any script does: question and answer, picture, sentence and table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from twolenses import templating
from twolenses.book.explorables import (
    bargaining_range,
    base_and_edition,
    pull_back,
    recognition_count,
    repeated_play,
    win_set,
)
from twolenses.book.explorables.explorable import Explorable
from twolenses.errors import BookError, suggestion

__all__ = ["STATIC", "named", "names", "rendered"]

STATIC = Path(__file__).parent / "static"

MAKERS: dict[str, Callable[[], Explorable]] = {
    "base-and-edition": base_and_edition.explorable,
    "pull-back": pull_back.explorable,
    "recognition-count": recognition_count.explorable,
    "win-set": win_set.explorable,
    "bargaining-range": bargaining_range.explorable,
    "repeated-play": repeated_play.explorable,
}

WORDS = {
    "held": "You predicted “{option}”. It held.",
    "failed": "You predicted “{option}”. It did not hold.",
    "first": "Choose what you expect first. Nothing is marked.",
    "moved": "What moved: {changes}.",
    "change": "{row}: {now} (was {before})",
    "still": "Nothing in the table moved.",
}
"""What the script says of every explorable."""


def names() -> list[str]:
    """The names that the directive takes."""
    return list(MAKERS)


@cache
def named(name: str) -> Explorable:
    """The explorable of that name.

    Raises
    ------
    BookError
        If there is none.
    """
    if name not in MAKERS:
        raise BookError(f"There is no explorable {name!r}. {suggestion(name, MAKERS)}")
    return MAKERS[name]()


def rendered(explorable: Explorable) -> str:
    """The HTML, as the reader finds it, with what the script needs as JSON."""
    view = explorable.look(explorable.start)
    prediction = explorable.prediction
    given = {
        "controls": {
            one.name: {"divide": one.divide, "digits": one.digits, "options": one.options, "start": one.start}
            for one in explorable.controls
        },
        "then": prediction.then,
        "key": prediction.key,
        "quiet": explorable.quiet,
        "words": {**WORDS, **explorable.words},
        "data": explorable.data,
    }
    return (
        _environment()
        .get_template("explorable.html")
        .render(
            explorable=explorable,
            view=view,
            picture=Markup(explorable.draw(view.parts)),
            given=templating.as_json(given),
        )
    )


@cache
def _environment() -> Environment:
    return templating.environment("twolenses.book.explorables")
