"""Questions on paper: the page to print, and its key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser

from twolenses import quiz
from twolenses.errors import ExportError, QuizError
from twolenses.lms import paper, select

BANK = Path(__file__).parent / "lms_bank"
Page = Any


@pytest.fixture(scope="module")
def bank() -> list[quiz.Quiz]:
    return select.questions(bank=BANK)


def section(document: Page, id: str) -> Page:
    (found,) = document.xpath(f"//section[@id='{id}']")
    return found


def words(node: Page) -> str:
    return " ".join(node.text_content().split())


@pytest.fixture(scope="module", params=[None, "A", "B", "C"], ids=["in order", "A", "B", "C"])
def both(request: pytest.FixtureRequest, bank: list[quiz.Quiz]) -> tuple[Page, Page]:
    made = paper.documents(bank, shuffle=request.param is not None, seed=request.param or 0)
    return html.document_fromstring(made[0]), html.document_fromstring(made[1])


def test_paper_and_key_number_the_same_questions(both: tuple[Page, Page], bank: list[quiz.Quiz]) -> None:
    numbered = [
        {one.get("id"): re.match(r"Question (\d+)", words(one))[1] for one in document.xpath("//section")}  # type: ignore[index]
        for document in both
    ]
    assert numbered[0] == numbered[1]
    assert list(numbered[0].values()) == [str(number) for number in range(1, len(bank[0]) + 1)]
    assert set(numbered[0]) == {question.id for question in bank[0]}


def test_points_are_printed_and_add_up(both: tuple[Page, Page], bank: list[quiz.Quiz]) -> None:
    assert f"Points, of {sum(question.points for question in bank[0]):g}" in words(both[0])
    assert "(2 points)" in words(section(both[0], "three-right"))


def test_the_key_names_the_letters_of_the_right_options(both: tuple[Page, Page], bank: list[quiz.Quiz]) -> None:
    question: Any = bank[0]["three-right"]
    right = {option.text for option in question.options if option.key}
    offered = [words(one) for one in section(both[0], "three-right").xpath(".//ol/li")]
    letters = re.findall(r"\b([A-D])\. ", words(section(both[1], "three-right")))
    assert {offered["ABCD".index(letter)] for letter in letters} == right


def test_the_key_follows_pairs(both: tuple[Page, Page], bank: list[quiz.Quiz]) -> None:
    question: Any = bank[0]["pairs"]
    left, right = (
        [words(one) for one in column.xpath("./li")] for column in section(both[0], "pairs").xpath(".//div/ol")
    )
    letters = [words(one)[0] for one in section(both[1], "pairs").xpath(".//li")]
    matched = {name: right["ABCD".index(letter)] for name, letter in zip(left, letters, strict=True)}
    assert matched == {pair.left: pair.right.replace("*", "") for pair in question.pairs}


def test_the_key_follows_an_order(both: tuple[Page, Page], bank: list[quiz.Quiz]) -> None:
    question: Any = bank[0]["order"]
    shown = [words(one) for one in section(both[0], "order").xpath(".//li")]
    assert shown != question.items, "the right order would give the answer away"
    numbers = re.search(r"bottom: ([\d, ]+)", words(section(both[1], "order")))
    assert numbers
    placed = dict(zip(map(int, numbers[1].split(",")), shown, strict=True))
    assert [placed[number] for number in sorted(placed)] == question.items


def test_the_key_follows_statements_reasons_and_blanks(both: tuple[Page, Page]) -> None:
    rows = [words(one).partition(". ")[2] for one in section(both[0], "statements").xpath(".//tbody/tr")]
    keys = [words(one) for one in section(both[1], "statements").xpath(".//li")]
    assert all(row in key for row, key in zip(rows, keys, strict=True))
    reasons = [words(one) for one in section(both[0], "verdict-with-reason").xpath(".//ol/li")]
    named = re.search(r"False, ([A-C])\. ", words(section(both[1], "verdict-with-reason")))
    assert named
    assert reasons["ABC".index(named[1])] == "Serbia published them itself."
    first = [words(one) for one in section(both[0], "gaps").xpath(".//ol[1]/li")]
    letter = words(section(both[1], "gaps").xpath(".//li")[0])[0]
    assert first["AB".index(letter)] == "withdrawn from"


def test_the_paper_gives_nothing_away(both: tuple[Page, Page], bank: list[quiz.Quiz]) -> None:
    shown = words(both[0])
    for text in ("Mojsilović", "Gërvalla", "46.1", "Nobody else counted", "Source:"):
        assert text not in shown
    assert not any(words(html.fromstring(question.because)) in shown for question in bank[0])


def test_the_key_explains_and_names_its_source(both: tuple[Page, Page]) -> None:
    shown = words(section(both[1], "percent"))
    assert "46.1%, accepted up to 0.5 away" in shown
    assert "A cut is measured against what was there before." in shown
    assert "Source: claim C21: “" in shown
    assert "(serbian_troop_cut)" in shown


def test_a_seed_makes_one_paper_and_another_seed_another(bank: list[quiz.Quiz]) -> None:
    made = {seed: paper.documents(bank, shuffle=True, seed=seed) for seed in "ABAB"}
    assert made["A"] == paper.documents(bank, shuffle=True, seed="A")
    assert made["A"] != made["B"]
    assert "(version A)" in made["A"][0]
    assert paper.documents(bank) == paper.documents(bank)


def test_hostile_text_is_text(tmp_path: Path) -> None:
    (tmp_path / "01-x.yml").write_text(
        "- {id: a, type: single, objective: o, level: apply, difficulty: easy, source: C21, hint: H, because: B,\n"
        '   stem: "x <script>\\a {{ 1 }} ]]>", options: [{text: "</style><b>", feedback: F, key: true}, {text: c, feedback: d}]}\n'
    )
    out = tmp_path / "out/x.html"
    written = paper.write(select.questions(bank=tmp_path), out)
    document = html.parse(out).getroot()
    assert not document.xpath("//script | //b")
    assert "x <script> {{ 1 }} ]]>" in words(document)
    assert "a: 1 control characters, which no HTML file can hold, are left out" in written.losses


def test_a_formula_that_cannot_be_set_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "01-x.yml").write_text(
        "- {id: a, type: short, objective: o, level: apply, difficulty: easy, source: C21, hint: H, because: B,\n"
        "   stem: 'x $\\text{50\\%}$', answers: [x]}\n"
    )
    with pytest.raises(QuizError, match=r"01-x\.yml:1  question 'a' has math that cannot be read: \$"):
        paper.write(select.questions(bank=tmp_path), tmp_path / "x.html")
    assert [path.name for path in tmp_path.iterdir()] == ["01-x.yml"]


def test_a_place_that_cannot_be_written_leaves_neither_file(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    (tmp_path / "x-key.html").mkdir()
    with pytest.raises(ExportError, match="cannot be written, or its key"):
        paper.write(bank, tmp_path / "x.html")
    with pytest.raises(ExportError, match="cannot be written, or its key"):
        paper.write(bank, tmp_path / f"{'x' * 249}.html")  # the name of the key is too long
    assert [path.name for path in tmp_path.iterdir()] == ["x-key.html"]


def test_it_prints_on_a4_asks_for_nothing_and_is_accessible(
    bank: list[quiz.Quiz], browser: Browser, tmp_path: Path
) -> None:
    paper.write(bank, tmp_path / "x.html")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("x.html", "x-key.html"):
        page.goto((tmp_path / name).as_uri())
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        printed = page.pdf(prefer_css_page_size=True)
        assert re.search(rb"/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]", printed), "A4 in points"
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
    assert all(url.startswith("file://") and url.endswith(".html") for url in asked)
