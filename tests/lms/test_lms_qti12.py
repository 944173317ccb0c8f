"""Canvas and Common Cartridge: what their QTI 1.2 says is marked as the page marks, by the specification's rules.

No reader of either can be had from a package. That of Canvas's New Quizzes (instructure/qti, in Ruby) was run by hand on
29 November 2026, and found the key of every question of the course.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import qti12_rules
import responses
from lxml import etree

from twolenses import quiz
from twolenses.lms import canvas, cartridge, pools, select
from twolenses.lms.losses import Losses
from twolenses.quiz.types import (
    BaseQuestion,
    ChoiceBlank,
    Classify,
    Cloze,
    Essay,
    Matching,
    Multiple,
    Numeric,
    Ordering,
)

BANK = Path(__file__).parent / "lms_bank"
WRITERS = {"canvas": canvas, "cartridge": cartridge}


@pytest.fixture(scope="module")
def every() -> list[quiz.Quiz]:
    return [*select.questions(), *select.questions(bank=BANK)]


def items(path: Path) -> dict[str, Any]:
    """Every item of a package by the id of its question."""
    with zipfile.ZipFile(path) as package:
        roots = [etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    return {item.get("title"): item for root in roots for item in root.iter("{*}item") if item.get("ident")}


@pytest.fixture(scope="module", params=WRITERS)
def written(request: pytest.FixtureRequest, every: list[quiz.Quiz], tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp(request.param) / "all.zip"
    WRITERS[request.param].write(every, path)
    return request.param, path, items(path)


def given(question: BaseQuestion, response: Any, item: Any) -> dict[str, Any]:
    """The response by the names of the item."""
    match question:
        case Matching() | Classify():
            return {f"response_{row}": f"choice{one}" for row, one in enumerate(response, start=1) if one is not None}
        case Ordering():
            places = [question.shown.index(one) for one in response]
            return {f"response_{row}": f"choice{one}" for row, one in enumerate(places, start=1)}
        case Cloze():
            return dict(_blank(item, number, question, one) for number, one in enumerate(response, start=1))
    return {name.lower() + "1": one for name, one in responses.as_qti(question, response).items()}


def _blank(item: Any, number: int, question: Cloze, one: Any) -> tuple[str, Any]:
    blank = question.blanks[number - 1]
    labels = item.findall(f".//{{*}}response_lid[@ident='response_blank{number}']//{{*}}response_label")
    names = {label.find(".//{*}mattext").text.casefold(): label.get("ident") for label in labels}
    if isinstance(blank, ChoiceBlank) and one is not None:
        one = quiz.text.plain(blank.options[one].text)
    return f"response_blank{number}", names.get(str(one).casefold())


def test_every_response_gets_the_mark_of_the_page_where_the_format_says_so(
    written: Any, every: list[quiz.Quiz]
) -> None:
    _, _, found = written
    wrong, tried = [], 0
    for question in (question for one in every for question in one if question.id in found):
        if isinstance(question, Essay):
            continue
        for response in responses.tried(question):
            mark, said = qti12_rules.mark(found[question.id], given(question, response, found[question.id]))
            fraction = quiz.mark(question, responses.as_page(question, response)).fraction
            if isinstance(question, (Multiple, Ordering)) or getattr(question, "reasons", ()):
                mark, fraction = float(mark > 0.9999), float(fraction == 1)  # parts are the platform's, or are lost
            if isinstance(question, Ordering) and fraction < 1:
                continue
            if (
                isinstance(question, Numeric)
                and written[0] == "cartridge"
                and fraction
                and response not in _listed(found, question)
            ):
                continue
            tried += 1
            if mark != pytest.approx(fraction, abs=1e-6) or "general_fb" not in said:
                wrong.append((question.id, response, mark, fraction))
    assert wrong == []
    assert tried > 1000


def _listed(found: dict[str, Any], question: BaseQuestion) -> list[str]:
    return [one.text for one in found[question.id].iter("{*}varequal")]


def test_hints_are_said_to_a_wrong_answer(written: Any, every: list[quiz.Quiz]) -> None:
    _, _, found = written
    single = next(question for one in every for question in one if question.type == "single")
    right, wrong = ({"response1": f"option{n + 1}"} for n in (single.keys[0], 1 - min(1, single.keys[0])))
    assert qti12_rules.mark(found[single.id], right)[1][-1] != "general_incorrect_fb"
    assert qti12_rules.mark(found[single.id], wrong)[1][-1] == "general_incorrect_fb"


def test_a_number_of_canvas_is_an_interval_that_never_ends_at_the_key(tmp_path: Path) -> None:
    (bank,) = select.questions(bank=BANK)
    canvas.write([bank], tmp_path / "x.zip")
    found = items(tmp_path / "x.zip")
    for question in (question for question in bank if isinstance(question, Numeric)):
        (low,), (high,) = (list(found[question.id].iter(f"{{*}}{name}")) for name in ("vargte", "varlte"))
        assert float(low.text) < question.value < float(high.text)
        assert not list(found[question.id].iter("{*}varequal"))
        assert "e" not in low.text + high.text


def test_labels_of_a_menu_are_unique_and_so_are_the_right_sides(written: Any) -> None:
    for item in written[2].values():
        kind = item.find(".//{*}fieldentry").text
        idents = [label.get("ident") for label in item.iter("{*}response_label")]
        if kind != "matching_question":
            assert len(idents) == len(set(idents))
        for lid in item.iter("{*}response_lid"):
            texts = [label.find(".//{*}mattext").text for label in lid.iter("{*}response_label")]
            assert len(texts) == len(set(texts)), item.get("title")


def test_several_right_options_are_compared_by_case_in_a_cartridge(tmp_path: Path) -> None:
    cartridge.write(select.questions(bank=BANK), tmp_path / "x.zip")
    found = items(tmp_path / "x.zip")
    cases = [one.get("case") for one in found["three-right"].iter("{*}varequal")]
    assert set(cases) == {"Yes"}
    assert found["three-right"].find(".//{*}fieldentry").text == "cc.multiple_response.v0p1"


def test_variants_are_a_group_in_canvas_and_the_question_bank_in_a_cartridge(tmp_path: Path) -> None:
    losses = Losses()
    spread = pools.spread(select.questions(bank=BANK), 3, "x", losses)
    for name, writer in WRITERS.items():
        assert writer.write(spread, tmp_path / name).questions > 5
    with zipfile.ZipFile(tmp_path / "canvas") as package:
        (quiz_file,) = (
            name for name in package.namelist() if name.endswith(".xml") and "/" in name and "meta" not in name
        )
        root = etree.fromstring(package.read(quiz_file))
    (group,) = (one for one in root.iter("{*}section") if one.find("{*}selection_ordering") is not None)
    assert group.findtext(".//{*}selection_number") == "1"
    assert [item.get("title") for item in group.iter("{*}item")] == [f"change-of-spending--{n}" for n in (1, 2, 3)]
    with zipfile.ZipFile(tmp_path / "cartridge") as package:
        roots = [etree.fromstring(package.read(name)) for name in package.namelist() if "/" in name]
    (bank,) = (root for root in roots if root.find("{*}objectbank") is not None)
    assert len(list(bank.iter("{*}item"))) == 3


@pytest.mark.parametrize("name", WRITERS)
def test_the_manifest_names_every_file_and_identifiers_stay(tmp_path: Path, name: str) -> None:
    quizzes = select.questions(bank=BANK)
    WRITERS[name].write(quizzes, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        hrefs = {one.get("href") for one in manifest.iter("{*}file")}
        assert hrefs == set(package.namelist()) - {"imsmanifest.xml"}
    references = {one.get("identifierref") for one in manifest.iter("{*}item", "{*}dependency")} - {None}
    assert references <= {one.get("identifier") for one in manifest.iter("{*}resource")}
    WRITERS[name].write(select.questions(select.Wanted(id=["one-right"]), BANK), tmp_path / "two.zip")
    assert items(tmp_path / "one.zip")["one-right"].get("ident") == items(tmp_path / "two.zip")["one-right"].get(
        "ident"
    )
