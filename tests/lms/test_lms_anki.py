"""Anki packages, imported and shown by Anki's own library."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from twolenses import quiz
from twolenses.lms import anki, select
from twolenses.lms.texts import TEX

BANK = Path(__file__).parent / "lms_bank"


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def take_in(collection: Collection, path: Path) -> dict[str, int]:
    """Import a package as a student does; how many notes are new, updated, and so on."""
    options = ImportAnkiPackageOptions(merge_notetypes=False, with_scheduling=False)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
    kinds = ("new", "updated", "duplicate", "conflicting")
    return {kind: len(found) for kind in kinds if (found := getattr(log, kind))}


def shown(collection: Collection) -> dict[tuple[str, int], tuple[str, str]]:
    """Question and answer of every card, by the id of its question and its place."""
    cards = [collection.get_card(one) for one in collection.find_cards("")]
    outs = [(card, card.render_output()) for card in cards]
    return {(card.note()["Id"], card.ord): (out.question_text, out.answer_text) for card, out in outs}


def entry(said: str, **more: Any) -> dict[str, Any]:
    common = {
        "objective": "a b",
        "level": "apply",
        "difficulty": "easy",
        "source": "C21",
        "hint": said,
        "because": said,
    }
    option = {"text": said, "feedback": said, "key": True}
    blank = {"type": "choice", "options": [option, {"text": f"z {said}", "feedback": said}]}
    word = {"type": "text", "answers": [f"q{said}q"], "feedback": said}
    made = {
        "id": "gaps",
        "type": "cloze",
        **common,
        "stem": said,
        "text": f"[[1]] {said} [[2]]",
        "blanks": [blank, word],
    }
    return made | more


def bank_of(folder: Path, *made: dict[str, Any]) -> list[quiz.Quiz]:
    (folder / "bank").mkdir(exist_ok=True)
    path = folder / "bank/01-own.yml"
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return select.questions(bank=folder / "bank")


def test_every_question_of_the_course_is_a_note_and_every_gap_a_card(collection: Collection, tmp_path: Path) -> None:
    quizzes = select.questions()
    written = anki.write(quizzes, tmp_path / "x.apkg")
    questions = [question for one in quizzes for question in one]
    assert take_in(collection, tmp_path / "x.apkg") == {"new": len(questions)} == {"new": written.questions}
    gaps = {question.id: len(question.blanks) if question.type == "cloze" else 1 for question in questions}
    assert collection.card_count() == sum(gaps.values())
    decks = {one.name for one in collection.decks.all_names_and_ids()}
    assert "Two Lenses::01 Reading the case" in decks


def test_a_card_asks_then_says_answer_and_reason(collection: Collection, tmp_path: Path) -> None:
    anki.write(select.questions(bank=BANK), tmp_path / "x.apkg")
    take_in(collection, tmp_path / "x.apkg")
    cards = shown(collection)
    ask, say = cards["one-right", 0]
    assert "Which lens starts from power?" in ask
    assert "Think of Waltz." in ask
    assert "who can do what" not in ask
    assert "<b>A. Realism</b>" in say
    assert "Realism asks who can do what to whom." in say
    assert [name in cards["three-right", 0][1] for name in ("<b>A. NATO", "<b>C. A river", "<b>D. The UN")] == [
        True,
        False,
        True,
    ]
    assert "<b>False: Serbia published them itself.</b>" in cards["verdict-with-reason", 0][1].replace("D. ", "")
    assert "<b>46.1%</b>" in cards["percent", 0][1]
    assert "0.5 is close enough" in cards["percent", 0][1]
    asked, said = (squeezed(one) for one in cards["gaps", 1])
    assert "[...]" in asked
    assert "Mojsilović" not in asked
    assert "Mojsilović" in said
    assert {name for name, _ in cards} == {question.id for question in select.questions(bank=BANK)[0]}


def test_what_was_learnt_survives_a_correction(collection: Collection, tmp_path: Path) -> None:
    first, path = bank_of(tmp_path, entry("x"), entry("x", id="other")), tmp_path / "bank/01-own.yml"
    os.utime(path, (2_000_000_000, 2_000_000_000))
    anki.write(first, tmp_path / "one.apkg")
    assert take_in(collection, tmp_path / "one.apkg") == {"new": 2}
    before = {collection.get_card(one).note()["Id"]: one for one in collection.find_cards("")}
    assert take_in(collection, tmp_path / "one.apkg") == {"duplicate": 2}
    second = bank_of(tmp_path, entry("x", stem="Corrected?"), entry("x", id="other"))
    os.utime(path, (2_000_000_060, 2_000_000_060))
    anki.write(second, tmp_path / "two.apkg")
    done = take_in(collection, tmp_path / "two.apkg")
    assert done.get("updated", 0) + done.get("duplicate", 0) == 2
    assert done["updated"] >= 1
    assert "Corrected?" in shown(collection)["gaps", 0][0]
    assert {collection.get_card(one).note()["Id"]: one for one in collection.find_cards("")} == before


def test_note_types_never_change() -> None:
    card, gaps = anki._models()
    assert (card.model_id, gaps.model_id) == (1764460801, 1764460802)
    names = ["Id", "Question", "Choices", "Text", "Answer", "Feedback", "Explanation", "Hint", "Source"]
    for model in (card, gaps):
        assert [field["name"] for field in model.fields] == [*names, *(f"Spare {n}" for n in range(1, 5))]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        anki.write(select.questions(bank=BANK), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


HOSTILE = [
    "<script>alert(1)</script>", "a}}b", "a{{c1::b}}c", "x::y", "{{Question}}", "{{#Hint}}", "]]>", "a\u001fb", "&amp;", "[sound:x.mp3]",
    "\u202ertl\u202c مرحبا", "café ☃ 𝕏", "word " * 2000, "$x^{2^{3}}$",
]  # fmt: skip


def test_a_hostile_text_means_the_same_and_makes_every_card(collection: Collection, tmp_path: Path) -> None:
    quizzes = bank_of(tmp_path, *(entry(text, id=f"gaps-{n}") for n, text in enumerate(HOSTILE)))
    written = anki.write(quizzes, tmp_path / "x.apkg")
    assert any("control characters" in line for line in written.losses)
    assert take_in(collection, tmp_path / "x.apkg") == {"new": len(HOSTILE)}
    cards = shown(collection)
    for number, text in enumerate(HOSTILE):
        assert {place for name, place in cards if name == f"gaps-{number}"} == {0, 1}
        ask, say = cards[f"gaps-{number}", 0]
        assert "<script" not in ask + say
        bare = squeezed(TEX.inline(text))
        assert squeezed(re.search(r'data-ordinal="1">(.*?)</span>(?= |</p>)', say, re.S)[1]).startswith(bare[:200])


def squeezed(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


def test_pictures_are_media(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank/line.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    anki.write(
        bank_of(tmp_path, entry("![A line](line.svg)", blanks=entry("x")["blanks"], text="[[1]] [[2]]")),
        tmp_path / "x.apkg",
    )
    with zipfile.ZipFile(tmp_path / "x.apkg") as package:
        (name,) = json.loads(package.read("media")).values()
        assert package.read("0").startswith(b"<svg")
    take_in(collection, tmp_path / "x.apkg")
    assert f'src="{name}"' in shown(collection)["gaps", 0][0]
