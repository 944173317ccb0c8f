r"""Blanks in Moodle's notation: ``{1:MULTICHOICE:=right#feedback~%0%wrong#feedback}``.

Moodle takes an answer apart at ``~``, ``#`` and ``}``, then decodes HTML entities, then reads ``\}`` and ``\#`` as the
character (question/type/multianswer/questiontype.php). It never reads ``\~``, and an answer that ends in ``&amp;``
swallows its feedback; both are therefore numeric entities here. A wrong answer starts with ``%0%``, so that one that
begins with ``=`` or ``%50%`` is not taken for a right one. ``…_S`` is shuffled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twolenses.lms.moodle import texts
from twolenses.lms.moodle.answers import accepted, near, numbers
from twolenses.lms.moodle.xml import number
from twolenses.quiz import pictures, text
from twolenses.quiz.types import ChoiceBlank, NumberBlank, TextBlank

__all__ = ["embedded", "in_menu", "parts", "prose"]

_ESCAPED = str.maketrans(
    {"&": "&#38;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "&#92;", "~": "&#126;", "{": "&#123;"}
    | {"}": "\\}", "#": "\\#", "\n": " "}
)


def embedded(blank: ChoiceBlank | TextBlank | NumberBlank, weight: int) -> str:
    """One blank."""
    alternatives: list[tuple[bool, str, str]]
    match blank:
        case ChoiceBlank():
            kind = "MULTICHOICE_S" if in_menu([option.text for option in blank.options]) else "MULTICHOICE_VS"
            alternatives = [(option.key, texts.inline(option.text), option.feedback) for option in blank.options]
        case TextBlank():
            kind = "SHORTANSWER"
            alternatives = [(True, one, blank.feedback) for one in accepted(blank)]
            alternatives += [(False, one, feedback) for one, feedback in near(blank)]
        case NumberBlank():
            kind = "NUMERICAL"
            known = numbers(blank, blank.feedback)
            alternatives = [(one.right, f"{number(one.value)}:{number(one.within)}", one.feedback) for one in known]
    return f"{{{weight}:{kind}:{'~'.join(_alternatives(alternatives))}}}"


def in_menu(options: Sequence[str]) -> bool:
    """Whether the options are a menu; with a formula they are a list."""
    return not any("$" in option for option in options)


def prose(html: str) -> str:
    """The text around the blanks: a brace of its own never starts one."""
    return html.replace("{", "&#123;")


def parts(markdown: str) -> list[str]:
    """The HTML around the blanks, the numbers of the blanks between."""
    return text.parts(texts.html(markdown))


def _alternatives(alternatives: Iterable[tuple[bool, str, str]]) -> Iterable[str]:
    for key, answer, feedback in alternatives:
        said = pictures.described(texts.inline(feedback))  # a blank holds no file
        yield f"{'=' if key else '%0%'}{answer.translate(_ESCAPED)}#{said.translate(_ESCAPED)}"
