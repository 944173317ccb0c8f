"""An explorable as HTML that works before any script does: question and answer, picture, sentence and table."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from twolenses import templating
from twolenses.book.explorables.explorable import Explorable
from twolenses.errors import BookError, suggestion

__all__ = ["STATIC", "named", "names", "rendered"]

STATIC = Path(__file__).parent / "static"

NAMES = ("base-and-edition", "pull-back", "recognition-count", "win-set", "bargaining-range", "repeated-play")
"""Each stands in the module of its name, which is imported where a page shows it: its model may need pandas."""

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
    return list(NAMES)


@cache
def named(name: str) -> Explorable:
    """The explorable of that name.

    Raises
    ------
    BookError
        If there is none.
    """
    if name not in NAMES:
        raise BookError(f"There is no explorable {name!r}. {suggestion(name, NAMES)}")
    module = import_module(f"twolenses.book.explorables.{name.replace('-', '_')}")
    made: Explorable = module.explorable()
    return made


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
