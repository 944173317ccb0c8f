"""How Moodle 4.5 marks what is typed: its own rules, read in its source and held against the real one.

``question/type/numerical/questiontype.php`` (apply_units), ``question/type/shortanswer/question.php``
(compare_string_with_wildcard), ``question/type/multianswer/questiontype.php`` (the notation of blanks).
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from xml.etree.ElementTree import Element

ENGLISH, COMMA = (".", ","), (",", ".")
"""Decimal point and separator between thousands of a language."""


@dataclass(frozen=True)
class Answer:
    """One that the question knows, in the order of the file."""

    percent: float
    text: str
    feedback: str
    within: float = 0


def answers(question: Element) -> list[Answer]:
    """Those of a numerical question or a short answer."""
    return [
        Answer(
            float(one.get("fraction", "")),
            one.findtext("text", ""),
            one.findtext("feedback/text") or "",
            float(one.findtext("tolerance", "0")),
        )
        for one in question.findall("answer")
    ]


def number(typed: str, language: tuple[str, str]) -> tuple[float, str] | None:
    """The number that is read, and what stands behind it; nothing where there is no number."""
    point, separator = language
    typed = typed.strip(" \t\n\r\0\x0b").replace(" ", "")
    if "." in typed or typed.count(",") > 1:
        typed = typed.replace(",", "")
    else:
        typed = typed.replace(separator, "").replace(point, ".").replace(",", ".")
    found = re.match(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", typed)
    return (float(found[0]), typed[found.end() :]) if found else None


def numerical(
    known: list[Answer], typed: str, language: tuple[str, str] = ENGLISH, *, immediate: bool = False, units: bool = True
) -> Answer | None:
    """The answer that a response is taken for.

    `immediate` is any behaviour that checks a response before it marks it. `units` is whether something may stand
    behind the number (showunits 0); a blank has none.

    Raises
    ------
    AskedAgain
        If the response is not marked but sent back.
    """
    read = number(typed, language)
    if immediate and (read is None or (read[1] and not units) or language[1] in typed):
        raise AskedAgain
    if read is None:
        return None
    slack = 1e-14
    return next(
        (one for one in known if abs(read[0] - float(one.text)) <= one.within + slack * max(1, abs(float(one.text)))),
        None,
    )


class AskedAgain(Exception):
    """The response is not marked: the student is asked to write it otherwise."""


def short(known: list[Answer], typed: str) -> Answer | None:
    """The answer that a word is taken for: letter by letter but for case; a bare * is any text."""
    typed = unicodedata.normalize("NFC", typed).strip(" \t\n\r\0\x0b")
    for one in known:
        bits = re.split(r"(?<!\\)\*+", unicodedata.normalize("NFC", one.text))
        pattern = ".*".join(re.escape(bit.replace(r"\*", "*")) for bit in bits)
        if re.fullmatch(pattern, typed, re.IGNORECASE):
            return one
    return None


def blanks(text: str) -> list[tuple[str, list[Answer]]]:
    """The blanks of a question text, each with its kind: cut at ~, # and }, then decoded."""

    def decoded(part: str) -> str:
        return html.unescape(part).replace(r"\}", "}").replace(r"\#", "#")

    answer = r"(=|%-?[\d.,]+%)?(.+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$))(?:#(.*?(?<!\\)(?=[~}]|$)))?"
    bare = answer.replace("(=", "(?:=").replace("(.+?", "(?:.+?").replace("#(.*?", "#(?:.*?")
    kinds = "NUMERICAL|SHORTANSWER|MULTICHOICE_S|MULTICHOICE_VS|MULTICHOICE_V|MULTICHOICE"
    found = []
    for kind, inside in re.findall(rf"{{\d+:({kinds}):({bare}(?:~{bare})*)}}", text, re.S):
        alternatives, rest = [], inside
        while rest:
            one = re.match(rf"~?{answer}", rest, re.S)
            assert one, rest
            said, within = decoded(one[2]), 0.0
            if kind == "NUMERICAL":
                said, _, distance = said.partition(":")
                within = float(distance or 0)
            percent = 100.0 if one[1] == "=" else float((one[1] or "0").strip("%"))
            alternatives.append(Answer(percent, said, decoded(one[3] or ""), within))
            rest = rest[one.end() :]
        found.append((kind, alternatives))
    return found
