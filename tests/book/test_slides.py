"""Decks of slides: what the chapter says, on slides that hold it, read by whoever and wherever."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browsing import THE_REST, colour_violations, opened, violations
from docutils.nodes import make_id
from lxml import html as parser
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from twolenses import cli, course, facts
from twolenses.book.release import pdf
from twolenses.book.slides import PLACE, deck, make
from twolenses.book.slides.deck import Deck
from twolenses.book.slides.sentences import words
from twolenses.errors import BookError

TWO = ("3", "grey-zones-attribution-information")
SITE = "https://two-lenses.example/"
FIGURES = {f"number-{make_id(name)}": name for name in facts.names()}


@pytest.fixture(scope="module")
def written(site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The decks of two chapters."""
    return make.write(site, make.chapters(TWO), tmp_path_factory.mktemp("slides"))


def of(site: Path, path: Path) -> tuple[Any, Any]:
    """The text of a chapter's page, and that of its deck."""
    page = parser.parse(str(site / "chapters" / path.name)).getroot().find_class("bd-article")[0]
    return page, parser.parse(str(path)).getroot().find_class("slides")[0]


# ── What a deck holds ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [0, 1])
def test_every_section_of_the_chapter_has_a_slide(site: Path, written: list[Path], number: int) -> None:
    page, slides = of(site, written[number])
    headings = {
        words(one).rstrip("#") for one in page.xpath(".//h2 | .//h3[not(ancestor::*[contains(@class, 'tl-try')])]")
    }
    shown = {words(one) for one in slides.xpath(".//h2/text()/.. | .//*[@class='tl-above']")}
    shown |= {re.sub(r" \d+ of \d+$", "", one) for one in shown}
    assert headings - shown == set()


@pytest.mark.parametrize("number", [0, 1])
def test_every_number_on_a_slide_is_the_fact_as_it_is_now(site: Path, written: list[Path], number: int) -> None:
    _, slides = of(site, written[number])
    links = slides.xpath(".//a[contains(@class, 'tl-fact')]")
    assert len(links) > 10
    for link in links:
        assert words(link).split() == str(facts.figure(FIGURES[link.get("href").partition("#")[2]])).split()


@pytest.mark.parametrize("number", [0, 1])
def test_what_a_slide_leaves_out_of_the_prose_is_in_its_notes(site: Path, written: list[Path], number: int) -> None:
    page, slides = of(site, written[number])
    said = words(slides)
    for one in page.xpath("./section/section//p[not(ancestor::form or ancestor::figure or ancestor::details)]"):
        if one.getparent().tag in ("section", "li") and not one.xpath(
            "ancestor::*[contains(@class, 'tl-lens ') or contains(@class, 'tl-try')]"
        ):
            assert words(one) in said


def test_claims_keep_their_verdicts_and_charts_their_words_and_source(site: Path, written: list[Path]) -> None:
    page, slides = of(site, written[0])
    verdicts = {words(one): one.get("class") for one in page.find_class("tl-claim")}
    marks = slides.find_class("tl-claim")
    assert {words(one): one.get("class") for one in marks}.items() <= verdicts.items()
    charts = page.xpath(".//svg[@class='tl-wide']")
    drawn = slides.xpath(".//*[contains(@class, 'tl-is-chart')]")
    assert [one.get("aria-label") for one in charts] == [one.xpath(".//svg")[0].get("aria-label") for one in drawn]
    assert all(one.find_class("tl-source") for one in drawn)


def test_a_pair_stands_row_by_row_with_both_lenses(site: Path, written: list[Path]) -> None:
    page, slides = of(site, written[0])
    pairs, rows = page.find_class("tl-lenses"), slides.xpath(".//*[contains(@class, 'tl-is-pair')]")
    assert len(rows) == 3 * len(pairs)
    for row in rows:
        assert [words(one) for one in row.xpath(".//h3")] == ["Realism", "Liberalism"]


def test_two_questions_have_their_answers_on_the_next_slide_and_discussion_stands_whole(
    site: Path, written: list[Path]
) -> None:
    page, slides = of(site, written[0])
    kinds = [one.get("class").split()[1] for one in slides]
    asked = [number for number, kind in enumerate(kinds) if kind == "tl-is-asked"]
    assert len(asked) == 2
    assert [kinds[number + 1] for number in asked] == ["tl-is-answer"] * 2
    discussed = page.xpath(".//section[@id='questions-for-discussion']/ol/li")
    assert all(words(one) in words(slides) for one in discussed)


def test_every_link_leads_out_of_the_deck_and_no_id_stands_twice(site: Path, written: list[Path]) -> None:
    for path in written:
        _, slides = of(site, path)
        links = slides.xpath(".//a/@href")
        assert {one for one in links if not one.startswith(("https://", "http://"))} == set()
        ids = slides.xpath(".//@id")
        assert len(ids) == len(set(ids))


SMALL = """<html><body><article class="bd-article"><section id="small"><h1><span class="section-number">1. </span>Small</h1>
<div class="tl-objectives"><p>About 5 minutes.</p><details><summary>You can …</summary><ul><li><p>read;</p></li></ul></details></div>
<section id="dead"><h2>The dead</h2>{paragraphs}</section></section></article></body></html>"""


def small(*paragraphs: str) -> Deck:
    return deck.read(SMALL.format(paragraphs="".join(paragraphs)), "01-small", SITE)


LONG = "".join(f"This is sentence number {number} of a paragraph that is long enough. " for number in range(1, 30))


def test_an_author_can_have_a_paragraph_whole_or_in_the_notes_only() -> None:
    slides = [
        one
        for one in small(f'<p class="on-slide">{LONG}</p>', '<p class="off-slide">For you alone.</p>').slides
        if one.heading == "The dead"
    ]
    assert len(slides) > 1
    assert " ".join(words(parser.fragment_fromstring(one.body, create_parent=True)) for one in slides) == LONG.strip()
    assert "For you alone" in slides[-1].notes


def test_without_a_word_of_the_author_the_first_sentence_is_shown_and_the_whole_is_in_the_notes() -> None:
    (slide,) = (one for one in small(f"<p>{LONG}</p>").slides if one.heading == "The dead")
    assert "number 1 of" in slide.body
    assert "number 29 of" not in slide.body
    assert "number 29 of" in slide.notes


@pytest.mark.parametrize("name", ["fit", "sentences"])
def test_examples_in_the_code_are_true(name: str) -> None:
    assert doctest.testmod(import_module(f"twolenses.book.slides.{name}")).failed == 0


# ── What it looks like ───────────────────────────────────────────────────────────────────────────────

MEASURED = """[...document.querySelectorAll('.slides > .tl-slide')].map(slide => {
    slide.hidden = false
    slide.style.display = 'block'
    const face = slide.querySelector('.tl-face'), all = [...face.querySelectorAll(':not(svg *)')], box = face.getBoundingClientRect()
    const scale = 1280 / box.width, says = one => [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
    const seen = {
        low: Math.max(...all.map(one => one.getBoundingClientRect().bottom - box.top)) * scale,
        right: Math.max(...all.map(one => one.getBoundingClientRect().right - box.left)) * scale,
        least: Math.min(...all.filter(says).map(one => parseFloat(getComputedStyle(one).fontSize))),
        ink: getComputedStyle(face).color, ground: getComputedStyle(face).backgroundColor,
    }
    slide.style.display = ''
    return seen
})"""


def shown(page: Page) -> list[dict[str, Any]]:
    page.wait_for_function("window.Reveal?.isReady()")
    measured: list[dict[str, Any]] = page.evaluate(MEASURED)
    return measured


def test_nothing_leaves_a_slide_and_the_last_row_can_read_it(browser: Browser, written: list[Path]) -> None:
    for path in written:
        with opened(browser, path.as_uri(), color_scheme="dark", viewport={"width": 1280, "height": 720}) as page:
            slides = shown(page)
            assert [one for one in slides if one["low"] > 700 or one["right"] > 1230 or one["least"] < 24] == []
            assert {(one["ink"], one["ground"]) for one in slides} == {("rgb(236, 239, 244)", "rgb(20, 24, 30)")}


def test_it_is_turned_by_keys_and_read_by_a_screen_reader(browser: Browser, written: list[Path]) -> None:
    with opened(browser, written[0].as_uri(), viewport={"width": 1280, "height": 720}) as page:
        page.wait_for_function("window.Reveal?.isReady()")
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("Reveal.getState().indexh") == 4
        assert page.evaluate("document.querySelector('.reveal').getAttribute('role')") is None
        assert violations(page) == []


def test_on_a_phone_and_without_a_script_it_is_a_page_with_the_notes(browser: Browser, written: list[Path]) -> None:
    for scripts, width in ((True, 360), (False, 1280)):
        with opened(
            browser, written[0].as_uri(), java_script_enabled=scripts, viewport={"width": width, "height": 740}
        ) as page:
            assert page.locator(".tl-slide").count() == page.locator(".tl-slide:visible").count() > 20
            assert page.locator(".notes").count() == page.locator(".notes:visible").count() > 10
            if scripts:
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert violations(page, THE_REST) + colour_violations(page, set()) == []


# ── The command ──────────────────────────────────────────────────────────────────────────────────────


def test_what_the_plan_says_makes_a_deck_and_a_handout(
    root: Path, site: Path, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "opened", lambda: nullcontext(browser))
    plan = (root / "chapters" / "instructors" / "plan.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^twolenses (build slides.*)$", plan, re.M)
    done = CliRunner().invoke(cli.app, [*shlex.split(command), "--to", str(tmp_path), "--paper", "letter"])
    assert done.exception is None
    name = "03-power-and-anarchy"
    assert f"_build/slides/{name}.html" in plan
    assert sorted(one.name for one in tmp_path.iterdir()) == [f"{name}.html", f"{name}.pdf", "static"]
    with pikepdf.open(tmp_path / f"{name}.pdf") as made:
        assert str(made.Root.Lang) == "en"
        assert float(made.pages[0].MediaBox[2]) == pytest.approx(612, abs=1), "letter"
        figures = [one for one in pdf.structure(made) if str(one["/S"]) == "/Figure"]
        assert len(figures) >= 2
        assert all(str(one.get("/Alt", "")) for one in figures)


def test_a_published_site_leads_from_a_chapter_to_its_deck(site: Path, tmp_path: Path) -> None:
    chapter = course.chapter(13)
    page = site / "chapters" / f"{chapter}.html"
    assert page.read_text(encoding="utf-8").count(PLACE) == 1, "and no link where there is no deck"
    (tmp_path / "chapters").mkdir()
    shutil.copy(page, tmp_path / "chapters")
    make.publish(tmp_path, [chapter])
    (link,) = parser.parse(str(tmp_path / "chapters" / page.name)).xpath("//a[text()='Slides']/@href")
    assert (tmp_path / "chapters" / link).is_file()


@pytest.mark.parametrize(
    ("names", "paper", "says"),
    [
        (["14"], None, "There is no chapter '14'."),
        (["power-and-anarch"], None, "Did you mean '03-power-and-anarchy'"),
        (["3"], "a5", "There is no paper 'a5'. Choose a4 or letter."),
    ],
)
def test_bad_input_is_a_sentence(root: Path, tmp_path: Path, names: list[str], paper: str | None, says: str) -> None:
    with pytest.raises(BookError, match=re.escape(says)):
        make.make(root, names, tmp_path, paper=paper)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_and_a_page_that_is_not_built_are_sentences(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BookError, match="cannot be written.*Choose another folder with --to"):
        make.write(site, make.chapters(["3"]), tmp_path / "file")
    with pytest.raises(BookError, match="Build the book first: make build"):
        make.write(tmp_path, make.chapters(["3"]), tmp_path / "slides")
