"""H5P: one question set, which Moodle, WordPress, Drupal and Lumi import where they have H5P's own libraries.

H5P knows no tolerance: a number is a list of what may be typed. In a gap ``*`` ends the key, ``/`` separates two and
``:`` begins a tip, and an editor undoes every escape, so that a key with one of them is left out. What a text may hold
is what the libraries' ``semantics.json`` lists: no formula, no picture, few tags.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from twolenses.lms import answers, forms, writing
from twolenses.lms.forms import Choice, Pairs
from twolenses.lms.losses import Losses, Written
from twolenses.lms.texts import TEX, has_formula, plain
from twolenses.quiz import Quiz, pictures, text
from twolenses.quiz.normal import normal
from twolenses.quiz.types import BaseQuestion, ChoiceBlank, Cloze, NumberBlank, Numeric, Ordering, Short, TextBlank

__all__ = ["KINDS", "write"]

KINDS = {
    "single": "Multiple Choice",
    "multiple": "Multiple Choice",
    "true-false": "True/False; with reasons, Multiple Choice",
    "numeric": "Fill in the Blanks",
    "short": "Fill in the Blanks",
    "matching": "Drag the Words",
    "ordering": "Drag the Words, a place for each",
    "cloze": "Fill in the Blanks; Drag the Words, where all are chosen",
    "classify": "Drag the Words",
}
"""What each type becomes."""

VERSIONS = {
    "H5P.QuestionSet": (1, 21), "H5P.MultiChoice": (1, 16), "H5P.TrueFalse": (1, 8), "H5P.Blanks": (1, 14),
    "H5P.DragText": (1, 10),
}  # fmt: skip
"""The libraries that a site needs."""
TITLES = {
    "H5P.MultiChoice": "Multiple Choice", "H5P.TrueFalse": "True/False Question",
    "H5P.Blanks": "Fill in the Blanks", "H5P.DragText": "Drag the Words",
}  # fmt: skip

CHOICE = 200
"""How long a word to drag may be."""


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as one H5P question set (`.h5p`).

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    return writing.save(quizzes, path, KINDS, _document, _refused)


def _document(quizzes: list[Quiz], losses: Losses) -> bytes:
    losses.of_all("counts a point for each part that can be right, whatever its points; sources and tags are lost")
    losses.of_all("a second import adds it once more; the site needs H5P's Question Set 1.21")
    made = [one for quiz in quizzes for one in writing.each(quiz, partial(_question, losses=losses))]
    about = {
        "title": "Two Lenses", "language": "en", "defaultLanguage": "en", "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["div"], "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": version[0], "minorVersion": version[1]}
            for name, version in VERSIONS.items()
        ],
    }  # fmt: skip
    content = {
        "introPage": {"showIntroPage": False, "title": "", "introduction": ""},
        "progressType": "textual",
        "passPercentage": 50,
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "endGame": {"showResultPage": True, "showSolutionButton": True, "showRetryButton": True},
        "override": {"checkButton": True},
        "questions": made,
    }
    parts = {"h5p.json": about, "content/content.json": content}
    return writing.packed({name: json.dumps(part, ensure_ascii=False, indent=1) for name, part in parts.items()})


# ── what H5P cannot hold ─────────────────────────────────────────────────────────────────────────────


def _refused(question: BaseQuestion) -> str:
    if any(has_formula(one) for one in question.texts()):
        return "H5P's texts hold no formula"
    if any(not keys for keys in _keys(question)):
        return "every accepted answer has a mark that H5P gives a meaning: * / or :"
    return ""


def _keys(question: BaseQuestion) -> list[list[str]]:
    """For each blank what may be typed into it; nothing where nothing is typed."""
    match question:
        case Numeric() | Short():
            return [_typed(question)]
        case Cloze() if not _all_chosen(question):
            return [_typed(blank) for blank in question.blanks]
    return []


def _typed(blank: Numeric | Short | ChoiceBlank | TextBlank | NumberBlank) -> list[str]:
    match blank:
        case ChoiceBlank():
            right = [plain(option.text) for option in blank.options if option.key]
            known = [*right, *map(normal, right)]
        case Numeric() | NumberBlank():
            known = answers.written(blank)
        case Short() | TextBlank():
            known = answers.spellings(blank)
    return [one for one in dict.fromkeys(known) if not set("*/:") & set(one)]


def _all_chosen(cloze: Cloze) -> bool:
    return all(isinstance(blank, ChoiceBlank) for blank in cloze.blanks)


# ── the questions ────────────────────────────────────────────────────────────────────────────────────


def _question(question: BaseQuestion, losses: Losses) -> dict[str, Any]:
    name, params = _made(question, losses)
    for picture in ("![" in one for one in question.texts()):
        if picture:
            losses.of(question, "pictures become their descriptions")
    shared = {"enableRetry": True, "enableSolutionsButton": True, "enableCheckButton": True}
    params["behaviour"] = shared | params.get("behaviour", {})
    if name != "H5P.TrueFalse":
        params["overallFeedback"] = [
            {"from": 0, "to": 99, "feedback": " ".join(f"Hint: {plain(one)}" for one in question.hint)},
            {"from": 100, "to": 100, "feedback": plain(question.because)},
        ]
    return {
        "library": f"{name} {VERSIONS[name][0]}.{VERSIONS[name][1]}",
        "params": params,
        "subContentId": str(uuid5(NAMESPACE_URL, f"two-lenses/{question.id}")),
        "metadata": {"contentType": TITLES[name], "license": "U", "title": question.id},
    }


def _made(question: BaseQuestion, losses: Losses) -> tuple[str, dict[str, Any]]:
    """The library and its parameters."""
    match forms.of(question):
        case Choice(verdict=True) as choice:
            right, wrong = sorted(choice.offers, key=lambda one: -one.share)
            said = {"feedbackOnCorrect": plain(right.feedback), "feedbackOnWrong": plain(wrong.feedback)}
            losses.of_type(question, "hints and the explanation are lost")
            return "H5P.TrueFalse", {
                "question": _block(question.stem),
                "correct": right.text.lower(),
                "behaviour": said,
            }
        case Choice() as choice:
            return "H5P.MultiChoice", _choice(question, choice, losses)
        case Pairs() as pairs:
            return "H5P.DragText", _pairs(question, pairs)
        case Ordering() as order:
            losses.of_type(question, "each item in its place counts, not what follows what")
            return "H5P.DragText", _pairs(question, forms.places(order))
        case Cloze() as cloze if _all_chosen(cloze):
            losses.of_type(question, "feedback to single options is lost")
            return "H5P.DragText", _dragged(cloze)
        case Cloze() as cloze:
            losses.of_type(question, "feedback is lost; options stand behind their blank, and the right one is typed")
            losses.of_type(question, NUMBERS)
            return "H5P.Blanks", _blanks(question, "".join(_around(cloze, question.hint[0])))
        case Numeric() as number:
            losses.of_type(question, f"{NUMBERS}; feedback to mistakes is lost")
            gap = _gap(_typed(number), question.hint[0])
            return "H5P.Blanks", _blanks(question, f"<p>{gap} {escape(plain(number.unit))}</p>")
        case Short() as words:
            losses.of_type(question, "an answer counts only as written here, but for case; near misses say nothing")
            return "H5P.Blanks", _blanks(question, f"<p>{_gap(_typed(words), question.hint[0])}</p>")
    raise AssertionError(question.type)  # `KINDS` has no other


NUMBERS = "a number counts only as one of a list: values within the tolerance, with a point or a comma"


def _choice(question: BaseQuestion, choice: Choice, losses: Losses) -> dict[str, Any]:
    if choice.in_parts:
        losses.of_type(question, "half a point for the right verdict is lost; verdict and reason are one choice")
    most = max(offer.share for offer in choice.offers)
    offered = [
        {
            "text": f"<div>{_inline(offer.text)}</div>",
            "correct": offer.share == most,
            "tipsAndFeedback": {"tip": "", "chosenFeedback": _inline(offer.feedback), "notChosenFeedback": ""},
        }
        for offer in choice.offers
    ]
    how = {"type": "multi" if choice.several else "single", "singlePoint": False, "randomAnswers": True}
    return {"question": _block(question.stem), "answers": offered, "behaviour": how | {"passPercentage": 100}}


def _pairs(question: BaseQuestion, pairs: Pairs) -> dict[str, Any]:
    names, under = forms.menu(pairs, TEX, CHOICE)
    rows = zip(pairs.lefts, pairs.keys, pairs.feedback, strict=True)
    lines = [f"{_bare(left)} – *{_marked(names[key])}\\-{_bare(said)}*" for left, key, said in rows]
    more = [f"*{_marked(name)}*" for number, name in enumerate(names) if number not in pairs.keys]
    return _drag(question, "\n".join(lines), more, under)


def _dragged(cloze: Cloze) -> dict[str, Any]:
    parts = text.parts(cloze.text)
    wrong = []
    for place in range(len(parts)):
        if place % 2 == 0:
            parts[place] = _bare(parts[place])
            continue
        options = cloze.blanks[int(parts[place]) - 1]
        assert isinstance(options, ChoiceBlank)
        parts[place] = "".join(f"*{_bare(option.text)}*" for option in options.options if option.key)
        wrong += [f"*{_bare(option.text)}*" for option in options.options if not option.key]
    return _drag(cloze, "".join(parts), wrong)


def _drag(question: BaseQuestion, lines: str, more: list[str], under: str = "") -> dict[str, Any]:
    return {
        "taskDescription": _block(question.stem) + under,
        "textField": lines,
        "distractors": " ".join(dict.fromkeys(more)),
    }


def _blanks(question: BaseQuestion, line: str) -> dict[str, Any]:
    how = {"caseSensitive": False, "acceptSpellingErrors": False, "separateLines": False}
    return {"text": _block(question.stem), "questions": [line], "behaviour": how}


def _around(cloze: Cloze, hint: str) -> Iterator[str]:
    parts = text.parts(_starless(_block(cloze.text)))
    for place, part in enumerate(parts):
        if place % 2 == 0:
            yield part
            continue
        blank = cloze.blanks[int(part) - 1]
        yield _gap(_typed(blank), hint)
        if isinstance(blank, ChoiceBlank):
            yield _starless(f" ({escape(' / '.join(plain(option.text) for option in blank.options))})")


def _gap(keys: list[str], hint: str) -> str:
    return f"*{'/'.join(map(escape, keys))}:{_starless(escape(plain(hint)))}*"


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────


def _block(source: str) -> str:
    return _narrow(pictures.described(TEX.html(source)))


def _inline(source: str) -> str:
    return _narrow(pictures.described(TEX.inline(source)))


def _bare(source: str) -> str:
    """Bare text for *Drag the Words*: marks that mean something there are entities."""
    return _marked(plain(source))


def _marked(bare: str) -> str:
    entities = {"*": "&#42;", ":": "&#58;", "\\": "&#92;", "\n": " "}
    return "".join(entities.get(one, one) for one in escape(bare))


def _starless(html: str) -> str:
    return html.replace("*", "&#42;")


_KEPT = re.compile(r"</?(?:p|br|strong|em|code|pre)\b[^>]*>")


def _narrow(html: str) -> str:
    """The HTML with the tags that every text field of H5P takes; an item of a list becomes a paragraph."""
    html = re.sub(r"<li>\s*(?:<p>)?", "<p>• ", html)
    html = re.sub(r"(?:</p>)?\s*</li>", "</p>", html)
    return re.sub(r"<[^>]*>", lambda tag: tag[0] if _KEPT.fullmatch(tag[0]) else "", html)
