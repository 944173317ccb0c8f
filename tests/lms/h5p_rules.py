"""How H5P marks: Multiple Choice 1.16, True/False 1.8, Fill in the Blanks 1.14 and Drag the Words 1.10, read in their
scripts (``multichoice.js``, ``blanks.js`` and ``cloze.js``, ``parse-text.js`` and ``droppable.js``), and held to what
these libraries themselves gave (`h5p_scores.py`).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import responses

from twolenses.lms import forms
from twolenses.lms.texts import TEX, plain
from twolenses.quiz.types import (  # fmt: skip
    BaseQuestion,
    ChoiceBlank,
    Classify,
    Cloze,
    Matching,
    Numeric,
    Ordering,
    Short,
)


def given(one: dict[str, Any], question: BaseQuestion, response: Any) -> Any:
    """A response as the library has it: what was typed or dropped into each gap, the options chosen, the verdict."""
    library = one["library"].split()[0]
    match question:
        case Numeric() | Short():
            return [response]
        case Cloze() if library == "H5P.Blanks":
            return [_typed(*both) for both in zip(question.blanks, response, strict=True)]
        case Cloze():
            pairs = zip(question.blanks, response, strict=True)
            return [None if n is None else plain(blank.options[n].text) for blank, n in pairs]
        case Matching() | Classify() | Ordering():
            form = forms.places(question) if isinstance(question, Ordering) else forms.of(question)
            names, _ = forms.menu(form, TEX, 200)
            picks = [question.shown.index(n) for n in response] if isinstance(question, Ordering) else response
            return [None if n is None else names[n] for n in picks]
    if library == "H5P.TrueFalse":
        return None if response is None else response["value"]
    picked = responses.as_qti(question, response).get("RESPONSE") or []
    picked = [picked] if isinstance(picked, str) else picked
    return [int(n.removeprefix("option")) - 1 for n in picked]


def _typed(blank: Any, response: Any) -> str:
    if isinstance(blank, ChoiceBlank) and response is not None:
        return plain(blank.options[response].text)
    return "" if response is None else str(response)


def points(library: str, params: dict[str, Any], state: Any) -> tuple[int, int]:
    """Points and the most points of a response, by the name of the library."""
    match library.split()[0]:
        case "H5P.Blanks":
            return blanks(params, state)
        case "H5P.DragText":
            return drag(params, state)
        case "H5P.TrueFalse":
            return int(state is not None and str(state).lower() == params["correct"]), 1
    return choice(params, state)


def gaps(line: str) -> list[tuple[list[str], str]]:
    """Every gap of a text for *Fill in the Blanks*: what may be typed, and the tip."""
    found = []
    for inside in re.findall(r"\*(.+?)\*", line, re.S):
        solution, _, tip = re.sub(r"</?[a-z]*\d?>", "", inside, flags=re.I).partition(":")
        found.append(([unescape(one.strip()) for one in solution.split("/")], tip))
    return found


def blanks(params: dict[str, Any], typed: list[str]) -> tuple[int, int]:
    """Points and the most points of what was typed into each gap."""
    assert params["behaviour"]["caseSensitive"] is False
    assert params["behaviour"]["acceptSpellingErrors"] is False
    known = [gap for line in params["questions"] for gap, _ in gaps(line)]
    right = [one.strip().lower() in [key.lower() for key in keys] for keys, one in zip(known, typed, strict=True)]
    return sum(right), len(known)


def words(field: str) -> list[str]:
    """The words that belong into the gaps of a text for *Drag the Words*, and what a wrong one is told is left out."""
    found = []
    for part in re.findall(r"\*.*?\*", field.replace("\n", "<br/>")):
        text = part[1:-1]
        for pattern in (r":([^\\*]+)", r"\\\+([^\\*:]+)", r"\\-([^\\*:]+)"):
            if one := re.search(pattern, text):
                text = text.replace(one[0], "", 1)
        found.append(unescape(text.rstrip()))
    return found


def drag(params: dict[str, Any], dropped: list[str | None]) -> tuple[int, int]:
    """Points and the most points of the words that were dropped into each gap."""
    keys = words(params["textField"])
    return sum(one == key for one, key in zip(dropped, keys, strict=True)), len(keys)


def choice(params: dict[str, Any], picked: list[int]) -> tuple[int, int]:
    """Points and the most points of the options that were chosen."""
    keys = [one["correct"] for one in params["answers"]]
    if params["behaviour"]["type"] == "single":
        return sum(keys[one] for one in picked[:1]), 1
    return max(0, sum(1 if keys[one] else -1 for one in picked)), sum(keys)
