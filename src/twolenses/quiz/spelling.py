"""The spelling of questions: no word that codespell knows as an error stands in a text that a reader sees.

Names and words of other languages that only look like errors stand in `spelling.txt`, here and, for a bank of one's
own, beside its files. What is not prose (facts, code, math, addresses) is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from twolenses.quiz import text
from twolenses.quiz.bank import Problem, Quiz
from twolenses.quiz.rules import Known, Placed, Rule

__all__ = ["LIST", "OF_WORDS", "corrections"]

LIST = "spelling.txt"

_NO_PROSE = re.compile(rf"{text.FACT.pattern}|`[^`]*`|\$[^$]+\$|\]\([^)]*\)|<[^>\s]+>|(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def spelt_right(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Every word is spelt as codespell would have it, or listed."""
    listed = {folder: _listed(folder) for folder in {one.quiz.path.parent for one in placed}}
    for one in placed:
        prose = (_NO_PROSE.sub(" ", part) for part in one.question.texts())
        words = dict.fromkeys(word for part in prose for word in _WORD.findall(part))
        for word in words:
            right = corrections().get(word.lower().replace("’", "'"))
            if right and word.lower() not in listed[one.quiz.path.parent]:
                line = _line(one.quiz, one.line, word)
                yield Placed(one.quiz, one.question, line).problem(
                    f"spells {word!r}. Did you mean {_offered(word, right)}? A name or a word of another language goes "
                    f"into {LIST} beside the quiz files."
                )


@cache
def corrections() -> dict[str, str]:
    """What codespell writes for each error: one word, or several with commas between them."""
    from codespell_lib._spellchecker import Misspelling, build_dict

    found: dict[str, Misspelling] = {}
    for kind in ("dictionary.txt", "dictionary_rare.txt"):  # those that the command reads unless told otherwise
        build_dict(str(files("codespell_lib") / "data" / kind), found, _words(Path(__file__).with_name(LIST)))
    return {word: one.data for word, one in found.items()}


def _offered(word: str, right: str) -> str:
    """The words to write instead, with the capital letter of the one that stands there."""
    words = [part.strip() for part in right.split(",") if part.strip()]
    return " or ".join(repr(one[0].upper() + one[1:] if word[0].isupper() else one) for one in words)


def _listed(folder: Path) -> set[str]:
    path = folder / LIST
    return _words(path) if path.is_file() else set()


def _words(path: Path) -> set[str]:
    lines = (line.strip().lower() for line in path.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith("#")}


def _line(quiz: Quiz, first: int, word: str) -> int:
    """The first line of the question that holds the word; the question's own where the word comes from elsewhere."""
    last = min((line for line in quiz.lines if line > first), default=None)
    lines = quiz.path.read_text(encoding="utf-8").splitlines()[first - 1 : last and last - 1]
    holds = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
    return next((first + number for number, line in enumerate(lines) if holds.search(line)), first)


OF_WORDS: tuple[Rule, ...] = (spelt_right,)
