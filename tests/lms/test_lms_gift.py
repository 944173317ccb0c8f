"""GIFT, read back by gift-pegjs, and what it read marked by Moodle's rules."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import moodle_rules
import pytest
import readers
import responses
from playwright.sync_api import Browser

from twolenses import quiz
from twolenses.errors import ExportError
from twolenses.lms import gift, pools, select
from twolenses.lms.losses import Losses
from twolenses.lms.texts import TEX
from twolenses.quiz.types import BaseQuestion, Classify, Essay, Matching, Numeric, Ordering, Short

BANK = Path(__file__).parent / "lms_bank"


@pytest.fixture(scope="module")
def every() -> list[quiz.Quiz]:
    return [*select.questions(), *select.questions(bank=BANK)]


@pytest.fixture(scope="module")
def found(every: list[quiz.Quiz], browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("gift") / "all.gift"
    gift.write(every, path)
    entries = readers.gift(browser, path.read_text(encoding="utf-8"))
    return {entry["title"]: entry for entry in entries if entry["type"] != "Category"}


def known(entry: dict[str, Any]) -> list[moodle_rules.Answer]:
    """The answers that a numeric or short question knows, in the order of the file."""
    answers = []
    for one in entry["choices"]:
        percent = 100.0 if one["weight"] is None else float(one["weight"])
        said = (one["feedback"] or {}).get("text", "")
        text, within = one["text"], 0.0
        if "range" in text or "number" in text:
            text, within = {"text": repr(text["number"])}, float(text.get("range") or 0)
        answers.append(moodle_rules.Answer(percent, text["text"], said, within))
    return answers


def marked(entry: dict[str, Any], question: BaseQuestion, response: Any) -> float:
    """The fraction by what was read."""
    match question:
        case Essay():
            raise AssertionError
        case Numeric() | Short():
            mark = moodle_rules.numerical if isinstance(question, Numeric) else moodle_rules.short
            taken = mark(known(entry), response)
            return taken.percent / 100 if taken else 0.0
        case Matching() | Classify() | Ordering():
            pairs = [one for one in entry["matchPairs"] if one["subquestion"]["text"]]
            names = _names(question)
            picks = [question.shown.index(one) for one in response] if isinstance(question, Ordering) else response
            right = [
                one is not None and names[one] == pair["subanswer"] for one, pair in zip(picks, pairs, strict=True)
            ]
            return sum(right) / len(pairs)
    if entry["type"] == "TF":
        return float(response is not None and response["value"] == entry["isTrue"])
    shares = [
        (100.0 if one["isCorrect"] else 0.0) if one["weight"] is None else float(one["weight"])
        for one in entry["choices"]
    ]
    picked = responses.as_qti(question, response).get("RESPONSE") or []
    numbers = [int(one.removeprefix("option")) - 1 for one in ([picked] if isinstance(picked, str) else picked)]
    return max(0.0, min(1.0, sum(shares[number] for number in numbers) / 100))


def _names(question: Any) -> list[str]:
    from twolenses.lms import forms

    form = forms.places(question) if isinstance(question, Ordering) else forms.of(question)
    return list(forms.menu(form, TEX, 255)[0])


def test_every_response_gets_the_mark_of_the_page(every: list[quiz.Quiz], found: dict[str, Any]) -> None:
    wrong, tried = [], 0
    for question in (question for one in every for question in one if question.id in found):
        if isinstance(question, Essay):
            assert found[question.id]["type"] == "Essay"
            continue
        for response in responses.tried(question):
            fraction = quiz.mark(question, responses.as_page(question, response)).fraction
            if isinstance(question, Ordering) and fraction < 1:
                continue  # a place for each item: another part of the mark
            mark, tried = marked(found[question.id], question, response), tried + 1
            if mark != pytest.approx(fraction, abs=1e-5):
                wrong.append((question.id, response, mark, fraction))
    assert wrong == []
    assert tried > 1000


def test_types_and_tags_are_what_the_table_says(every: list[quiz.Quiz], found: dict[str, Any]) -> None:
    kinds = Counter(
        (question.type, found[question.id]["type"]) for one in every for question in one if question.id in found
    )
    assert set(kinds) == {
        ("single", "MC"), ("multiple", "MC"), ("true-false", "TF"), ("true-false", "MC"), ("numeric", "Numerical"), ("short", "Short"),
        ("matching", "Matching"), ("classify", "Matching"), ("ordering", "Matching"), ("essay", "Essay"),
    }  # fmt: skip
    assert found["one-right"]["id"] == "one-right"
    assert found["one-right"]["tags"] == ["name-lens", "level:remember", "difficulty:easy", "lens:realism"]


def test_feedback_stands_with_its_answer(found: dict[str, Any]) -> None:
    said = [one["feedback"]["text"] for one in found["one-right"]["choices"]]
    assert said == ["<p>Yes: power first.</p>", "<p>It starts from institutions.</p>"]
    # Moodle's first feedback is for the wrong verdict; gift-pegjs calls the first one that for *true*, whatever the key.
    verdict = found["verdict"]
    assert verdict["isTrue"]
    assert (verdict["trueFeedback"]["text"], verdict["falseFeedback"]["text"]) == (
        "<p>Try 1 and 2.</p>",
        "<p>A part is less than its whole.</p>",
    )
    assert any("share of the new figure" in one.feedback for one in known(found["percent"]))
    assert "Waltz is the structure." in found["pairs"]["globalFeedback"]["text"]


def test_variants_have_a_category_of_their_own(browser: Browser, tmp_path: Path) -> None:
    gift.write(pools.spread(select.questions(bank=BANK), 2, "x", Losses()), tmp_path / "x")
    entries = readers.gift(browser, (tmp_path / "x").read_text(encoding="utf-8"))
    place = next(n for n, entry in enumerate(entries) if "(variants)" in entry["title"])
    assert [entry["title"] for entry in entries[place + 1 :]] == ["change-of-spending--1", "change-of-spending--2"]


HOSTILE = [
    "<script>alert(1)</script>", "a]]>b", "{=~#}", r"a\\}b", r"a\\:b", "ends in \\\\", "&amp;", "%50%x", "=x", "~~", "####", "// no comment",
    "\u202ertl\u202c \u200fمرحبا", "{1:SA:=x}", "{#1}", "$CATEGORY: x", "::x::", "[markdown]x", "café ☃ 𝕏", "word " * 2000, "a\n\nb",
]  # fmt: skip


def entries(text: str) -> list[dict[str, Any]]:
    common = {
        "objective": "o",
        "level": "apply",
        "difficulty": "easy",
        "source": "C21",
        "hint": text,
        "because": text,
        "stem": text,
    }
    options = [{"text": text, "feedback": text, "key": True}, {"text": f"z {text}", "feedback": text}]
    made = [
        {"id": "single", "type": "single", "options": options},
        {"id": "several", "type": "multiple", "options": options},
        {"id": "short", "type": "short", "answers": [f"q{text}q"], "near": [{"text": f"n{text}n", "feedback": text}]},
        {"id": "pairs", "type": "matching", "pairs": [{"left": f"{n} {text}", "right": f"{n}{text}", "feedback": text} for n in "abc"]},
        {"id": "text", "type": "essay", "rubric": [{"criterion": text, "points": 1, "description": text}], "words": {"min": 1, "max": 9}, "sample": text},
    ]  # fmt: skip
    return [common | one for one in made]


def bank_of(folder: Path, made: list[dict[str, Any]]) -> list[quiz.Quiz]:
    (folder / "bank").mkdir(exist_ok=True)
    (folder / "bank/01-hostile.yml").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return select.questions(bank=folder / "bank")


def test_a_hostile_text_means_the_same(browser: Browser, tmp_path: Path) -> None:
    made = [one | {"id": f"{one['id']}-{n}"} for n, text in enumerate(HOSTILE) for one in entries(text)]
    gift.write(bank_of(tmp_path, made), tmp_path / "x")
    read = {
        one["title"]: one
        for one in readers.gift(browser, (tmp_path / "x").read_text(encoding="utf-8"))
        if one["type"] != "Category"
    }
    assert len(read) == len(made)
    for number, text in enumerate(HOSTILE):
        shown = TEX.html(text)
        single, short, pairs = (read[f"{name}-{number}"] for name in ("single", "short", "pairs"))
        assert "<script" not in json.dumps(single)
        assert [
            squeezed(part["text"])
            for part in (
                single["stem"],
                single["globalFeedback"],
                single["choices"][0]["text"],
                single["choices"][0]["feedback"],
            )
        ] == [squeezed(shown)] * 4
        assert [one["isCorrect"] for one in single["choices"]] == [True, False]
        assert squeezed(html.unescape(short["choices"][0]["text"]["text"])) == squeezed(
            html.unescape(f"q{text}q".replace("*", "\\*"))
        )
        assert len(pairs["matchPairs"]) == 3


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_an_arrow_in_an_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match=r"01-hostile.yml:1  question 'short' accepts 'qa->bq'; GIFT would take the arrow"
    ):
        gift.write(bank_of(tmp_path, entries("a->b")[2:3]), tmp_path / "x")
    assert not (tmp_path / "x").exists()
