"""Any text at all: what is written can be read, and says the same."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from twolenses.errors import Error
from twolenses.lms import canvas, cartridge, qti21, qti30
from twolenses.lms.texts import MATHML, TEX
from twolenses.quiz import Quiz, vary

HOSTILE = [
    "<script>alert(1)</script>", "]]>", "a]]>b", "{=~#}", "[blank1]", "[[1]]", "&amp;", "&#38;", "a\u0007b", "\u202ertl\u202c مرحبا", "café ☃ 𝕏",
    "word " * 2000, "$x < 1$", "# a\n\n- b\n- c\n\n> d", "$IMS-CC-FILEBASE$/x", "<br/>", "a\ufffeb", "3) a", "`code`", "\\(x\\) $$",
]  # fmt: skip


def one_of_each(text: str) -> Quiz:
    common = {
        "objective": "o",
        "level": "apply",
        "difficulty": "easy",
        "source": ["C21"],
        "hint": [text],
        "because": text,
        "stem": text,
    }
    options = [{"text": text, "feedback": text, "key": True}, {"text": f"z {text}", "feedback": text}]
    pairs = [{"left": f"{n} {text}", "right": f"{n} {text}", "feedback": text} for n in "abc"]
    made = [
        {"id": "single", "type": "single", "options": options},
        {"id": "multiple", "type": "multiple", "options": options},
        {"id": "short", "type": "short", "answers": [f"q{text}q"], "near": [{"text": f"n{text}n", "feedback": text}]},
        {"id": "matching", "type": "matching", "pairs": pairs},
        {"id": "ordering", "type": "ordering", "items": [f"{n} {text}" for n in "abc"], "feedback": text},
        {"id": "essay", "type": "essay", "rubric": [{"criterion": text, "points": 1, "description": text}], "words": {"min": 1, "max": 9}, "sample": text},
        {
            "id": "cloze", "type": "cloze", "text": f"[[1]] {text.replace('[[', '')} [[2]]",
            "blanks": [{"type": "choice", "options": options}, {"type": "text", "answers": [f"q{text}q"], "feedback": text}],
        },
    ]  # fmt: skip
    questions = tuple(vary.question(common | one) for one in made)
    return Quiz(Path("01-hostile.yml"), questions, (1,) * len(questions))


def files(writer: Any, quiz: Quiz) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        writer.write([quiz], Path(folder) / "x.zip")
        with zipfile.ZipFile(io.BytesIO((Path(folder) / "x.zip").read_bytes())) as package:
            return {name: package.read(name) for name in package.namelist()}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def words_of(source: str) -> str:
    return squeezed(html.fromstring(f"<div>{source}</div>").text_content())


def held_to(text: str) -> None:
    """Each package is well formed, holds no script, and has the stem as the page shows it."""
    quiz = one_of_each(text)
    for writer in (qti21, qti30):
        shown = [
            ElementTree.fromstring(content)
            for name, content in files(writer, quiz).items()
            if name.startswith("items/")
        ]
        assert len(shown) == len(quiz)
        for item in shown:
            body = next(one for one in item.iter() if one.tag.endswith(("}itemBody", "}qti-item-body")))
            assert squeezed("".join(body.itertext())).startswith(words_of(MATHML.html(text)))
            assert not any(one.tag.rpartition("}")[2] in ("script", "style", "iframe") for one in item.iter())
    for writer in (canvas, cartridge):
        roots = [
            ElementTree.fromstring(content) for name, content in files(writer, quiz).items() if name.endswith(".xml")
        ]
        items = [item for root in roots for item in root.iter("{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}item")]
        assert {item.get("title") for item in items} >= {"single", "multiple", "short", "essay"}
        for item in items:
            shown = item.iter("{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}mattext")
            texts = [one.text or "" for one in shown if one.get("texttype") == "text/html"]
            assert words_of(texts[0]).startswith(words_of(TEX.html(text)))
            assert not any("<script" in one.lower() for one in texts)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
def test_a_hostile_text_means_the_same(text: str) -> None:
    held_to(text)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and "$" not in text and "![" not in text))
def test_any_text_means_the_same(text: str) -> None:
    held_to(text.strip())


def test_a_formula_that_cannot_be_set_is_a_sentence_with_its_place() -> None:
    with pytest.raises(Error, match=r"01-hostile.yml:1  question 'single' has math that cannot be read: \$x\^\$"):
        files(qti30, one_of_each("$x^$"))
