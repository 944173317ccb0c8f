"""What can be played with on a page: its numbers against the models, its script against its numbers, its use by keyboard.

The page of these tests holds all six, is opened from a file, and is looked at without Sphinx; the built pages are looked
at in `test_site.py`.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import explorables as tries
import pytest
from docutils import nodes
from lxml import etree
from playwright.sync_api import Browser, Locator, Page

from twolenses import course, facts
from twolenses.book.chapters import numbers
from twolenses.book.explorables import page as explorable_page
from twolenses.errors import BookError
from twolenses.models import bargaining, games, repeated

NAMES = explorable_page.names()
VECTORS = json.loads(tries.VECTORS.read_text(encoding="utf-8"))
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>To play with</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="style-src 'self' file:">
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="explorables.css"><script defer src="explorables.js"></script>
</head><body><main><h1>To play with</h1>{body}</main></body></html>
"""


def seen(name: str, **moved: int) -> dict[str, Any]:
    """The view with some controls moved from where a reader finds them."""
    explorable = explorable_page.named(name)
    view = explorable.look({**explorable.start, **moved})
    return {**{row[0]: row[1] for row in view.rows}, "says": view.says}


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_every_view_is_as_the_models_and_tables_give_it(name: str) -> None:
    explorable = explorable_page.named(name)
    vectors = [one for one in VECTORS if one["explorable"] == name]
    again = "python tests/book/explorables.py writes them anew"
    assert [one["settings"] for one in vectors] == tries.tried(explorable), again
    for one in vectors:
        assert tries.seen(explorable, one["settings"]) == one["view"], (again, one["settings"])


def test_trust_decides_in_the_stag_hunt_and_not_in_the_prisoners_dilemma() -> None:
    """The numbers of chapter 4: one half, a third with a monitor, two thirds after a warning."""
    assert seen("pull-back")["Holding back pays at a chance"] == "above 0.50"
    assert seen("pull-back", S=3)["Holding back pays at a chance"] == "above 0.33"
    assert seen("pull-back", R=6, T=8)["Holding back pays at a chance"] == "no chance is enough"
    assert seen("pull-back", R=6, T=5)["Holding back pays at a chance"] == "above 0.67"
    assert games.mixed_equilibrium(games.symmetric(2.5, 3, 2, 1)).column == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("payoffs", "game", "equilibria", "pays"),
    [
        (
            {"T": 8, "R": 6, "P": 2, "S": 4},
            "chicken",
            "one holds back, the other stays forward",
            "below 0.50, not above",
        ),
        ({"T": 8, "R": 4, "P": 6, "S": 2}, "deadlock", "both stay forward", "no chance is enough"),
        ({"T": 6, "R": 8, "P": 2, "S": 4}, "harmony", "both hold back", "any"),
        (
            {"T": 4, "R": 4, "P": 4, "S": 4},
            "another order of payoffs",
            "both hold back; one holds back, the other stays forward; both stay forward",
            "both are worth the same at any",
        ),
    ],
)
def test_a_game_is_named_by_the_order_of_its_payoffs(
    payoffs: dict[str, int], game: str, equilibria: str, pays: str
) -> None:
    found = seen("pull-back", **payoffs)
    assert (found["Game"], found["Equilibria"], found["Holding back pays at a chance"]) == (game, equilibria, pays)


def test_a_shift_eats_the_deal_and_costs_bring_it_back() -> None:
    """The numbers of chapter 9."""
    assert seen("bargaining-range")["Both accept today"] == "0.40 to 0.65"
    assert seen("bargaining-range")["Who contests now"] == bargaining.power_shift(0.5, 0.8, 0.1, 0.15).preventive_war_by
    assert seen("bargaining-range", later=70)["Both accept on both days"] == "0.60 to 0.65"
    assert seen("bargaining-range", costA=20)["Both accept on both days"] == "0.60 to 0.65"
    assert seen("bargaining-range", later=20)["Who contests now"] == "A"


def test_a_wrong_move_echoes_between_two_who_answer_like_with_like() -> None:
    view = explorable_page.named("repeated-play").look({"a": 0, "b": 0, "slip": 3})
    assert view.rows[1][1:] == ["7 of 12", "7 of 12"]  # broken in turn from round 3 on: five each
    assert "2 of 12 rounds" in view.says
    grim = explorable_page.named("repeated-play").look({"a": 1, "b": 1, "slip": 3})
    assert grim.rows[1][1:] == ["3 of 12", "3 of 12"]  # each breaks once the other has: nine rounds each
    assert set(explorable_page.named("repeated-play").data["names"]) == set(repeated.STRATEGIES) - {"random"}


def test_a_home_that_is_harder_to_win_draws_the_deal_towards_it() -> None:
    found = {needed: seen("win-set", needB=needed)["Splits the difference"] for needed in (5, 6, 7, 8)}
    assert found == {5: "0.50", 6: "0.45", 7: "0.40", 8: "none"}
    assert seen("win-set", needP=6, needB=6)["Passes in both"] == "0.50 to 0.50"
    assert seen("win-set", needP=7, needB=7, payP=10, payB=10)["Passes in both"] == "0.50 to 0.50"


def test_the_cut_by_its_base_and_by_its_speaker() -> None:
    found = seen("base-and-edition")
    assert found["Cut, in percent"] == str(facts.figure("serbian_troop_cut"))
    assert found["Cut, in soldiers"] == str(facts.figure("serbian_troops_withdrawn"))
    assert seen("base-and-edition", base=1)["Cut, in percent"] == "85.6%"  # 3,850 of 4,500
    assert seen("base-and-edition", before=0)["Cut, in percent"] == "67.9%"  # 9,500 of 14,000
    assert seen("base-and-edition", before=2, after=1)["Cut, in percent"] == "less than 47.6%"  # 4,000 of 8,400
    assert "neither of them gave it" in seen("base-and-edition", after=1)["says"]
    assert "neither" not in found["says"]


def test_the_count_of_recognitions_by_who_counts_and_when() -> None:
    control = explorable_page.named("recognition-count").controls[0]
    early, late = control.options.index("17 February 2023"), control.high
    assert str(facts.figure("recognition_gap_2023")).startswith("31")
    assert "31 apart" in seen("recognition-count", stop=early, rule=1)["says"]
    assert seen("recognition-count", stop=late)["Kosovo’s side"] == "121"
    assert seen("recognition-count", stop=0)["Serbia’s side"] == "no count yet"
    assert "more than 16 apart" in seen("recognition-count", stop=control.options.index("16 August 2019"))["says"]


@pytest.mark.parametrize(
    ("name", "borne_out"),
    {
        "base-and-edition": "The other base",
        "pull-back": "Staying forward: trust is now what is missing",
        "recognition-count": "It had more than doubled",
        "win-set": "Towards no change, Belgrade’s wish",
        "bargaining-range": "A deal comes back, and it gives A more than B would accept in the picture as it opens",
        "repeated-play": "They break in turn to the end",
    }.items(),
)
def test_the_model_decides_which_prediction_holds(name: str, borne_out: str) -> None:
    explorable = explorable_page.named(name)
    prediction = explorable.prediction
    assert prediction.options[prediction.key] == borne_out  # which the answer explains
    assert explorable.look(prediction.then).rows != explorable.look(explorable.start).rows
    limits = {one.name: range(one.low, one.high + 1) for one in explorable.controls}
    assert all(value in limits[control] for control, value in prediction.then.items())


def test_each_stands_in_one_chapter() -> None:
    shown = [
        one
        for path in course.chapters()
        for one in re.findall(r"^```\{explorable\} (\S+)$", path.path.read_text("utf-8"), re.M)
    ]
    assert sorted(shown) == sorted(NAMES)


def test_a_name_that_does_not_exist_is_a_sentence() -> None:
    with pytest.raises(BookError, match="no explorable 'pull-bak'. Did you mean 'pull-back'?"):
        explorable_page.named("pull-bak")


def test_the_list_of_numbers_knows_what_an_explorable_shows() -> None:
    inside = nodes.raw("", "", format="html", facts=["army_bases", "serbian_troops_before"])
    whole = nodes.container("", nodes.inline("", "8,350", fact="serbian_troops_before"), inside)
    assert numbers.shown(whole) == ["serbian_troops_before", "army_bases"]


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(explorable_page.STATIC, folder, dirs_exist_ok=True)
    (folder / "page.css").write_text(
        "body { background: Canvas; color: CanvasText; }\n.tl-scroll { overflow-x: auto; }\n"
        ".wide text { letter-spacing: 0.1em; }\n"  # letters as wide as in any font that a reader may have
    )
    body = "".join(explorable_page.rendered(explorable_page.named(name)) for name in NAMES)
    (folder / "index.html").write_text(PAGE.format(body=body), encoding="utf-8")
    return (folder / "index.html").as_uri()


def opened(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    troubles: list[str] = []
    with browser.new_context(**settings) as context:
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address)
        yield page
    assert troubles == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A phone in the dark, from a file."""
    yield from opened(
        browser, address, viewport={"width": 360, "height": 780}, color_scheme="dark", reduced_motion="reduce"
    )


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A reader whose browser runs no script."""
    yield from opened(browser, address, java_script_enabled=False)


def one(page: Page, name: str) -> Locator:
    return page.locator(f'[data-explorable="{name}"]')


def test_the_script_gives_every_view_as_the_package_does(page: Page) -> None:
    found = page.evaluate(
        """vectors => vectors.map(({explorable, settings}) => {
            const given = document.querySelector(`[data-explorable="${explorable}"] script`).textContent
            return TwoLensesExplorables.view(explorable, settings, JSON.parse(given))
        })""",
        VECTORS,
    )
    assert {one["explorable"] for one in VECTORS} == set(NAMES)
    for vector, view in zip(VECTORS, found, strict=True):
        assert view == vector["view"], (vector["explorable"], vector["settings"])


@pytest.mark.parametrize("name", NAMES)
def test_a_prediction_is_made_by_keyboard_and_told_how_it_fared(page: Page, name: str) -> None:
    explorable = explorable_page.named(name)
    box, prediction = one(page, name), explorable.prediction
    fared, says = box.locator(".tl-x-fared"), box.locator("output")
    box.get_by_role("button", name="See how it fares").press("Enter")
    assert fared.inner_text() == "Choose what you expect first. Nothing is marked."
    box.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range((prediction.key + 1) % len(prediction.options)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wrong = prediction.options[(prediction.key + 1) % len(prediction.options)]
    assert fared.inner_text() == f"You predicted “{wrong}”. It did not hold."
    assert box.get_by_text(prediction.answer).is_visible()
    after = explorable.look({**explorable.start, **prediction.then})
    says.get_by_text(after.says).wait_for()
    assert says.inner_text().startswith("What moved: ")
    assert (
        box.locator("tbody tr").evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent))")
        == after.rows
    )
    box.get_by_role("radio").nth(prediction.key).check()
    box.get_by_role("button", name="See how it fares").click()
    assert fared.inner_text().endswith("It held.")
    box.get_by_role("button", name="Start again").click()
    says.get_by_text(explorable.look(explorable.start).says).wait_for()


def test_what_moved_is_said_with_what_it_was(page: Page) -> None:
    box = one(page, "pull-back")
    slider = box.get_by_role("slider", name="S: it holds back")
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "1.5"
    says = box.get_by_role("status").last
    says.get_by_text("Holding back pays at a chance: above 0.33 (was above 0.50)").wait_for()
    filled = box.locator("[data-part=pays]")
    assert float(filled.get_attribute("width") or 0) == pytest.approx(280 * 2 / 3, abs=0.1)
    box.get_by_role("slider", name="P:").press("ArrowLeft")
    box.get_by_role("slider", name="P:").press("ArrowRight")
    says.get_by_text("Nothing in the table moved.").wait_for()


def test_it_can_be_used_by_everybody(page: Page) -> None:
    """After something has moved: no violation in the dark, nothing sideways on a phone, no motion where none is wanted."""
    for name in NAMES:
        one(page, name).get_by_role("radio").first.check()
        one(page, name).get_by_role("button", name="See how it fares").click()
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text())
    found = page.evaluate(
        "tags => axe.run(document, {resultTypes: ['violations'], runOnly: tags, preload: false})", AXE
    )["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("svg rect").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"


def test_no_words_of_a_picture_are_cut_off(page: Page) -> None:
    """At any settings, in a font with wide letters."""
    beyond = """vectors => vectors.flatMap(({explorable, view}) => {
        const picture = document.querySelector(`[data-explorable="${explorable}"] svg`)
        picture.classList.add("wide")
        for (const [name, {text}] of Object.entries(view.parts))
            if (text !== undefined) picture.querySelector(`[data-part="${name}"]`).textContent = text
        const outer = picture.getBoundingClientRect()
        return [...picture.querySelectorAll("text")].filter(one => one.textContent && one.dataset.part !== "slip").filter(one => {
            const inner = one.getBoundingClientRect()
            return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1
        }).map(one => one.textContent)
    })"""
    assert page.evaluate(beyond, VECTORS) == []


def test_without_a_script_there_is_a_picture_a_sentence_a_table_and_the_answer(plain: Page) -> None:
    for name in NAMES:
        explorable, box = explorable_page.named(name), one(plain, name)
        assert box.get_by_role("img").is_visible()
        assert box.locator("output").inner_text() == explorable.look(explorable.start).says
        assert box.locator("tbody tr").count() == len(explorable.look(explorable.start).rows)
        assert not box.locator(".tl-x-controls").is_visible()
        assert not box.get_by_role("button").first.is_visible()
        box.get_by_text("What comes out").click()
        assert box.get_by_text(explorable.prediction.answer).is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_sound_as_xml_for_an_epub(name: str) -> None:
    made = explorable_page.rendered(explorable_page.named(name))
    assert etree.fromstring(made.encode()).get("data-explorable") == name


def test_style_and_script_are_light() -> None:
    weight = {path.name: len(gzip.compress(path.read_bytes())) for path in explorable_page.STATIC.iterdir()}
    assert sum(weight.values()) < 12_000, weight
