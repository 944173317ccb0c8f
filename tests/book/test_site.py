"""The built pages in a real browser: light and dark, wide and narrow, with and without script."""

from __future__ import annotations

import doctest
import functools
import json
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from browsing import (
    CHAPTER,
    EXERCISE,
    ICON_FONTS,
    MASTERS,
    PAGES,
    SCROLLING,
    THE_REST,
    THEME,
    colour_violations,
    looked_at,
    opened,
    violations,
)
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from lxml import etree
from lxml import html as parser
from playwright.sync_api import Browser, Page

from twolenses import charts, course, exercises, facts, quiz
from twolenses.book.reference import article
from twolenses.book.site import foot, icons, search, sharing
from twolenses.data import load
from twolenses.quiz.text import plain
from twolenses.quiz.types import Single


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """Which words have been looked at in a scheme."""
    return {"light": set(), "dark": set()}


# Cells of tables with less than five letters a line.
SQUEEZED = """() => [...document.querySelectorAll('article :is(td, th)')].filter(cell => {
    const words = document.createRange()
    words.selectNodeContents(cell)
    const lines = words.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight)
    return cell.checkVisibility() && lines > 3.5 && cell.innerText.trim().length < 5 * lines
}).map(cell => cell.innerText)"""


@pytest.mark.parametrize("name", PAGES)
def test_from_a_memory_stick_a_page_is_accessible_draws_its_icons_and_does_not_scroll_sideways(
    browser: Browser, site: Path, known: dict[str, set[str]], name: str
) -> None:
    """Loaded on a phone in light, then given the width of a desk and its dark scheme."""
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    with looked_at(browser, (site / name).as_uri(), 360, "light") as page:
        assert page.locator("article h1").inner_text().strip("#")
        assert tofu(page, site) == []
        assert not page.evaluate(sideways), "on a phone"
        assert page.evaluate(SQUEEZED) == [], "on a phone"
        assert violations(page, THE_REST) + colour_violations(page, known["light"]) == [], "on a phone, light"
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        assert not page.evaluate(sideways), "on a desk"
        assert violations(page, SCROLLING) + colour_violations(page, known["dark"]) == [], "on a desk, dark"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
@pytest.mark.parametrize(
    "name",
    ["index.html", CHAPTER, EXERCISE, *(f"chapters/reference/{one}.html" for one in ("claims", "map"))],
)
def test_a_page_of_each_kind_is_accessible_whatever_the_width_and_the_scheme(
    browser: Browser, served: str, name: str, width: int, scheme: str
) -> None:
    with looked_at(browser, served + name, width, scheme) as page:
        assert violations(page) == []


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ("color: #888; background: #999", "color-contrast"),
        ("height: 40px; overflow: scroll", "scrollable-region-focusable"),
    ],
)
def test_the_rules_asked_again_would_find_a_fault(browser: Browser, served: str, broken: str, rule: str) -> None:
    with looked_at(browser, served + "index.html", 1280, "dark") as page:
        page.evaluate(
            "style => document.querySelector('article').insertAdjacentHTML('beforeend', `<div style=\"${style}\">${'<p>Words</p>'.repeat(9)}</div>`)",
            broken,
        )
        found = violations(page, SCROLLING) + colour_violations(page, set())
        assert any(one.startswith(rule) for one in found)


# What an element draws in an icon font: characters of the private use area, its own or before or after it.
ICONS = r"""() => {
    const drawn = []
    const note = (text, style) => {
        for (const [icon] of text.matchAll(/[\ue000-\uf8ff]/g)) drawn.push([icon, style.fontFamily, style.fontWeight])
    }
    for (const one of document.querySelectorAll('*')) for (const part of ['::before', '::after']) {
        const style = getComputedStyle(one, part)
        note(style.content, style)
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) note(texts.currentNode.data, getComputedStyle(texts.currentNode.parentNode))
    return drawn
}"""
FONTS = {"900": "fa-solid-900", "400": "fa-regular-400", "brands": "fa-brands-400"}


@functools.cache
def glyphs(font: Path) -> dict[str, list[Any]]:
    """The outline of each icon of a font."""
    with TTFont(font) as read:
        drawn, outlines = read.getGlyphSet(), {}
        for code, name in read.getBestCmap().items():
            pen = DecomposingRecordingPen(drawn)
            drawn[name].draw(pen)
            outlines[chr(code)] = pen.value
    return outlines


def tofu(page: Page, site: Path) -> list[str]:
    """Icons that a page draws and that do not look as in the theme's own font."""
    found = []
    for icon, family, weight in {tuple(one) for one in page.evaluate(ICONS)}:
        name = FONTS["brands" if "Brands" in family else weight]
        assert family.startswith(('"Font Awesome', "var(--fa-style-family")), f"{icon!r} is drawn in {family}"
        served, own = (
            folder / f"{name}.woff2" for folder in (site / ICON_FONTS, THEME / ICON_FONTS.relative_to("_static"))
        )
        if icon not in glyphs(own) or glyphs(served).get(icon) != glyphs(own)[icon]:
            found.append(f"{icon!r} of {name}")
    return found


def test_an_icon_is_missed_where_its_font_does_not_have_it(browser: Browser, site: Path) -> None:
    with opened(browser, (site / CHAPTER).as_uri()) as page:
        page.add_style_tag(content="article h1::after { content: '\\f0f4'; font: 900 1em 'Font Awesome 6 Free'; }")
        assert tofu(page, site) == ["'\\uf0f4' of fa-solid-900"]


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ('.note { --icon: "\\f0f3"; }', {0xF0F3}),
        ('.note { --icon: "\uf0f3"; }', {0xF0F3}),
        ('.fa-bars:before{content:"\\f0c9"}', {0xF0C9}),
        ('.fa-bell:before{content:"\\f0f3"}', set()),
    ],
)
def test_an_icon_is_kept_if_a_style_names_it_or_a_page_has_its_class(style: str, kept: set[int]) -> None:
    assert icons.shown(style, ["fa-bars"]) == kept


@pytest.mark.parametrize("name", PAGES)
def test_no_page_loads_icons_by_script_math_by_script_or_a_widget_manager(site: Path, name: str) -> None:
    html = (site / name).read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|link)(?! rel="canonical")[^>]*(?:src|href)="([^"]+)"', html)
    assert not [one for one in loaded if re.search(r"fontawesome\.js|mathjax|thebe|require|embed-amd", one, re.I)]
    assert not [one for one in loaded if re.match(r"(https?:)?//", one) and "mybinder" not in one]


def test_an_address_with_an_ampersand_is_the_one_that_was_written(site: Path) -> None:
    addresses = [
        address
        for chapter in course.chapters()
        for address in parser.parse(str(site / f"chapters/{chapter}.html")).xpath("//article//a/@href")
        if "&" in address
    ]
    assert any("b92.net" in one for one in addresses)
    assert not [one for one in addresses if "&amp;" in one]


def test_formulas_are_mathml(site: Path) -> None:
    shown = [name for name in PAGES if "<math" in (site / name).read_text(encoding="utf-8")]
    assert shown
    for name in shown:
        html = (site / name).read_text(encoding="utf-8")
        assert not re.search(r'class="math[^"]*">\s*\\[(\[]', html), "a formula is left as it was written"


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────────

POWER = "chapters/03-power-and-anarchy.html"
A4_INSIDE = {"width": 680, "height": 1009}  # CSS pixels within margins of 15 mm


@contextmanager
def printed(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """A page as it is laid out for paper."""
    with opened(browser, address, viewport=A4_INSIDE, **context) as page:
        page.emulate_media(media="print")
        yield page


def test_on_paper_every_option_of_a_question_has_its_line(browser: Browser, served: str) -> None:
    with printed(browser, served + POWER) as page:
        widths = page.locator(".tl-option").evaluate_all(
            "all => all.map(one => one.offsetWidth / one.parentNode.clientWidth)"
        )
        in_rows = page.locator(".tl-statement .tl-option").count()  # true, false and the lenses stand in a row
        assert sum(width > 0.9 for width in widths) >= len(widths) - in_rows
        assert page.locator(".tl-option label").evaluate_all("all => Math.min(...all.map(one => one.offsetWidth))") > 30


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_answers_and_where_the_numbers_come_from_are_unfolded(
    browser: Browser, served: str, javascript: bool
) -> None:
    with printed(browser, served + POWER, java_script_enabled=javascript) as page:
        # Of a task to try, paper has the task; abstracts in other languages have a page of their own.
        folds = page.locator("article details:not(figure details, .tl-try *, .tl-abstract)")
        assert folds.count() == len(quiz.load("3")) + 2  # what one can do afterwards, where the numbers come from
        for fold in folds.all():
            assert fold.locator("summary ~ *").last.is_visible(), fold.inner_text()


def test_on_paper_no_page_is_half_empty(browser: Browser, served: str) -> None:
    """What must not break is a picture or small; so the pages are hardly more than the text fills."""
    with printed(browser, served + POWER) as page:
        whole = page.evaluate(
            """limit => [...document.querySelectorAll('article :not(figure, figure *)')].map(one => [one, getComputedStyle(one)])
            .filter(([one, style]) => style.breakInside !== 'auto' && one.offsetHeight > limit).map(([one]) => one.outerHTML.slice(0, 99))""",
            A4_INSIDE["height"] / 4,
        )
        assert whole == []
        filled = page.evaluate("document.documentElement.scrollHeight") / A4_INSIDE["height"]
        pages = len(re.findall(rb"/Type /Page\b", page.pdf(format="A4")))
        assert filled - 1 < pages < 1.15 * filled + 1


def test_on_paper_no_code_is_cut(browser: Browser, served: str) -> None:
    with printed(browser, served + EXERCISE) as page:
        blocks = page.locator("article pre")
        assert blocks.count() > 20
        assert blocks.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0


def test_a_page_in_the_dark_is_printed_light_and_is_dark_again(browser: Browser, served: str) -> None:
    theme = "document.documentElement.dataset.theme"
    with opened(browser, served + CHAPTER, color_scheme="dark") as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(theme) == "light"
        assert page.locator(".tl-numbers").get_attribute("open") is not None
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(theme) == "dark"
        assert page.locator(".tl-numbers").get_attribute("open") is None


# ── how it looks and answers ─────────────────────────────────────────────────────────────────────────


HEADINGS = """['h1', 'h2', 'h3', 'h4'].map(name => document.querySelector(`article section > ${name}`)).filter(one => one)
    .map(one => getComputedStyle(one)).map(style => [parseFloat(style.fontSize), Number(style.fontWeight)])"""


@pytest.mark.parametrize("name", [CHAPTER, EXERCISE])
def test_headings_step_down_in_size_and_never_grow_heavier(browser: Browser, served: str, name: str) -> None:
    with opened(browser, served + name) as page:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            seen = page.evaluate(HEADINGS)
            assert len(seen) >= 2
            for (size, weight), (next_size, next_weight) in pairwise(seen):
                assert size > next_size
                assert weight >= next_weight


def test_the_magnifier_stands_before_what_is_typed(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER) as page:
        page.keyboard.press("Control+k")
        form = page.locator("#pst-search-dialog form")
        icon, field = form.locator("i").bounding_box(), form.locator("input").bounding_box()
        assert icon is not None
        assert field is not None
        assert icon["x"] + icon["width"] <= field["x"]


# What has the focus, and whether an outline or a shadow shows it: its own, or the search form's around its field.
FOCUS = """() => {
    const focused = document.activeElement, form = focused.closest('form.bd-search')
    const shadow = one => one && getComputedStyle(one).boxShadow !== 'none'
    const outlined = [null, '::before', '::after'].map(part => getComputedStyle(focused, part))
        .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1)
    return [focused.outerHTML.slice(0, 150), outlined || shadow(focused) || shadow(form)]
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_focus_is_seen_wherever_the_keyboard_goes(browser: Browser, served: str, width: int) -> None:
    with opened(browser, served + CHAPTER, viewport={"width": width, "height": 800}) as page:
        stops = {}
        while len(stops) < 70 and "#claim-" not in "".join(stops):  # as far as the text
            page.keyboard.press("Tab")
            stops |= [page.evaluate(FOCUS)]
        for button in ("primary-toggle", "dropdown-toggle", "theme-switch-button"):
            assert any(button in stop for stop in stops), button
        assert [stop for stop, seen in stops.items() if not seen] == []


@pytest.mark.parametrize("side", ["primary", "secondary"])
def test_escape_in_a_drawer_gives_the_focus_back_to_its_button(browser: Browser, served: str, side: str) -> None:
    with opened(browser, served + CHAPTER, viewport={"width": 360, "height": 800}) as page:
        button = page.locator(f".{side}-toggle")
        button.focus()
        page.keyboard.press("Enter")
        page.locator(f"#pst-{side}-sidebar-modal a").first.focus()
        page.keyboard.press("Escape")
        assert button.evaluate("button => button === document.activeElement")


def test_without_storage_the_colour_button_works_and_nothing_throws(browser: Browser, served: str) -> None:
    """In a frame that may run scripts and no more, storage throws, as it does where a reader has switched it off."""
    with opened(browser, served + "index.html", color_scheme="light") as page:
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_content(f'<iframe sandbox="allow-scripts" width="900" height="700" src="{served}{CHAPTER}"></iframe>')
        frame = page.frames[1]
        frame.wait_for_load_state("load")
        frame.locator(".theme-switch-button").first.click()
        assert frame.evaluate("[document.documentElement.dataset.mode, document.documentElement.dataset.theme]") == [
            "dark",
            "dark",
        ]
        frame.locator("form.tl-quiz button.tl-check").first.scroll_into_view_if_needed()
        assert frame.get_by_text("does not keep your progress").first.is_visible()
        assert troubles == []


# ── found and passed on ──────────────────────────────────────────────────────────────────────────────


def meta(page: Any) -> dict[str, str]:
    return {one.get("name") or one.get("property"): one.get("content") for one in page.xpath("//meta[@content]")}


def test_every_page_describes_itself_and_has_a_card(site: Path) -> None:
    told = {name: meta(parser.parse(str(site / name))) for name in PAGES}
    assert len({one["description"] for one in told.values()}) == len(PAGES)
    for name, one in told.items():
        assert 20 < len(one["description"]) <= 160, name
        assert not re.search(r"\bC\d\d\b|\s[.,]|\[\d", one["description"]), name
        assert one["og:description"] == one["description"]
        assert one["og:url"] == f"{sharing.address(course.repository())}{name}"
        assert one["og:site_name"] == "Two Lenses"
        assert one["og:image"].endswith("/card.png")
    assert told["index.html"]["og:title"] == "Two Lenses"


def test_the_card_is_as_large_as_it_says_and_its_words_count_the_verdicts(site: Path) -> None:
    one = meta(parser.parse(str(site / CHAPTER)))
    header = (site / "card.png").read_bytes()[:24]
    assert struct.unpack(">II", header[16:]) == (int(one["og:image:width"]), int(one["og:image:height"]))
    assert (
        f"{facts.figure('claims_checked')} claims checked: {facts.figure('claims_supported')} supported"
        in one["og:image:alt"]
    )


def test_the_sitemap_lists_every_page_and_nothing_else(site: Path) -> None:
    listed = [one.text for one in etree.parse(site / "sitemap.xml").iter("{*}loc")]
    assert sorted(listed) == sorted(f"{sharing.address(course.repository())}{name}" for name in PAGES)


def test_a_wrong_address_leads_on_from_any_depth(site: Path) -> None:
    """It is served in place of any address, so nothing on it may depend on where it stands."""
    page = parser.parse(str(site / "404.html"))
    root = "/" + sharing.address(course.repository()).split("/", 3)[3]
    links = page.xpath("//main//a/@href")
    assert links == [f"{root}{name}" for name in PAGES]
    assert page.xpath("//form/@action") == [f"{root}search.html"]
    assert page.xpath("//link/@href") == [f"{root}_static/favicon.svg"]


@pytest.mark.parametrize("module", [search, sharing, foot, charts])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


# ── what a chapter shows ─────────────────────────────────────────────────────────────────────────────


def test_facts_are_plain_text_with_their_qualifier(site: Path) -> None:
    html = (site / CHAPTER).read_text(encoding="utf-8")
    for name in ("serbian_troop_cut", "bases_counted", "uk_soldiers_added"):
        assert f'<span class="tl-fact">{facts.figure(name)}</span>' in html


def test_where_the_numbers_come_from_is_folded_and_complete(site: Path, browser: Browser, served: str) -> None:
    source = (course.root() / "chapters/01-reading-the-case.md").read_text(encoding="utf-8")
    with opened(browser, served + CHAPTER) as page:
        folded = page.locator("details.tl-numbers")
        assert folded.get_attribute("open") is None
        folded.locator("summary").click()
        listed = folded.inner_text().replace("’", "'")
    for name in set(re.findall(r"\{fact\}`(\w+)`", source)):
        assert facts.describe(name).title.replace("*", "").replace("’", "'") in listed
    assert "100 × (before − after) ÷ before" in listed
    assert "Who says so: Serbia (General Milan Mojsilović)" in listed


# ── the first page ───────────────────────────────────────────────────────────────────────────────────


def test_the_first_page_counts_as_the_ledger_does(site: Path) -> None:
    page = parser.parse(str(site / "index.html"))
    claims = load("claims").query("verdict != 'omission'")
    counts = claims["verdict"].value_counts()
    bar = page.xpath("//*[@class='tl-proportions']/span")
    assert {one.get("class"): one.get("style") for one in bar} == {
        f"tl-{verdict}": f"flex-grow: {number}" for verdict, number in counts.items()
    }
    links = {one.text_content(): one.get("href") for one in page.xpath("//*[@class='tl-counts']//a")}
    assert links == {
        f"{number} {verdict}": f"chapters/reference/claims.html?verdict={verdict}" for verdict, number in counts.items()
    }
    said = page.xpath("string(//article)")
    assert f"{len(claims)} claims: {counts['supported']} supported" in said
    marks = page.xpath("//*[@class='tl-article']//a")
    assert [(one.get("aria-label"), one.get("href").rpartition("#")[2]) for one in marks] == [
        (f"{row.id}: {row.verdict}", f"claim-{row.id.lower()}") for row in claims.itertuples()
    ]
    rows = page.xpath("//*[@class='tl-article']/li")
    assert [len(one.xpath(".//a")) for one in rows] == list(claims.groupby("paragraph").size())


def test_the_first_page_opens_with_a_marked_sentence_and_three_doors_with_minutes(site: Path) -> None:
    page = parser.parse(str(site / "index.html"))
    [mark] = page.xpath("//blockquote//span[contains(@class, 'tl-claimed')]")
    assert f"tl-{load('claims').set_index('id')['verdict']['C31']}" in mark.get("class")
    assert mark.xpath("./a/@href") == ["chapters/reference/claims.html#claim-c31"]
    doors = [one.text_content() for one in page.xpath("//*[contains(@class, 'tl-doors')]/li")]
    assert len(doors) == 3
    assert f"{course.chapter(1).minutes} minutes" in doors[0]
    assert all(re.search(r"\d+ minutes?\b", one) for one in doors)


def test_the_pictures_of_the_readme_are_drawn_from_the_ledger(root: Path) -> None:
    for name, colours in (("light", article.LIGHT), ("dark", article.DARK)):
        kept = (root / f".github/article-{name}.svg").read_text(encoding="utf-8")
        assert kept == article.drawing(colours), "draw them again: article.write_pictures(Path('.github'))"
        assert kept.count("<g transform") == int(facts.figure("claims_checked").value)
        assert f"article-{name}.svg" in (root / "README.md").read_text(encoding="utf-8")


def test_pages_and_pictures_have_the_same_shapes_and_colours(root: Path) -> None:
    style = (root / "src/twolenses/book/static/two-lenses.css").read_text(encoding="utf-8")
    for verdict, shape in article.SHAPES.items():
        rule = next(line for line in style.splitlines() if line.startswith(f".tl-{verdict} "))
        drawn = rule.replace("%3C", "<").replace("%3E", ">").replace("%23000", "{0}")
        assert shape in drawn
        assert article.LIGHT[verdict] in rule
        assert article.DARK[verdict] in style


# ── below every page ─────────────────────────────────────────────────────────────────────────────────


def test_every_page_says_how_to_correct_and_to_cite_it(root: Path, site: Path) -> None:
    changed = foot.changes(root)
    for name in PAGES:
        [below] = parser.parse(str(site / name)).xpath("//*[@class='tl-foot']")
        edit, report = below.xpath("./p/a/@href")
        source = edit.removeprefix(f"{course.repository()}/edit/main/")
        assert (root / source).is_file()
        assert report.startswith(f"{course.repository()}/issues/new?title=On%20the%20page")
        assert f"{sharing.address(course.repository())}{name}" in below.xpath("string(./details/p)")
        said = below.xpath("string(./p)")
        assert said.startswith("Last change: " if source in changed else "Edit this page")


def test_each_pair_of_lenses_has_two_headed_sections(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER) as page:
        pairs = page.locator(".tl-lens-pair").all()
        assert len(pairs) >= 3
        for pair in pairs:
            headings = pair.locator(".tl-lens > :is(h3, h4, h5)").all_inner_texts()
            assert [heading.rstrip("#") for heading in headings] == ["Realism", "Liberalism"]


def test_lenses_stand_side_by_side_on_a_wide_screen_and_one_after_the_other_on_a_phone(
    browser: Browser, served: str
) -> None:
    for width, beside in ((1280, True), (360, False)):
        with opened(browser, served + CHAPTER, viewport={"width": width, "height": 800}) as page:
            left, right = (
                page.locator(f".tl-lens-pair .tl-{lens}").first.bounding_box() for lens in ("realism", "liberalism")
            )
            assert left is not None
            assert right is not None
            assert (right["x"] > left["x"] + left["width"] / 2) == beside


def test_every_picture_says_what_it_shows(site: Path) -> None:
    for name in PAGES:
        html = (site / name).read_text(encoding="utf-8")
        for alt in re.findall(r'<img[^>]*alt="([^"]*)"[^>]*>', html):
            assert len(alt) > 40
            assert not re.search(r"\.(svg|png)$", alt)
        assert html.count("<img") == len(re.findall(r"<img[^>]*alt=", html))
        for label in re.findall(r'<svg class="tl-(?:wide|narrow)"[^>]*aria-label="([^"]*)"', html):
            assert len(label) > 40


# ── the exercise page ────────────────────────────────────────────────────────────────────────────────


def on_page(master: exercises.Exercise) -> str:
    return f"exercises/notebooks/{master.name}/exercise.html"


@pytest.fixture(scope="module", params=MASTERS, ids=lambda master: master.name)
def workbook(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[tuple[Any, Page]]:
    """An exercise and its page, which no test changes."""
    with opened(browser, served + on_page(request.param)) as page:
        yield request.param, page


def test_an_exercise_folds_hint_solution_check_and_criteria_each_under_a_name_of_its_own(
    workbook: tuple[Any, Page],
) -> None:
    master, page = workbook
    tasks = len(master.tasks)
    article = page.locator("article")
    folded = [text.strip() for text in article.locator("summary:not(form *)").all_inner_texts()]
    labels = [re.sub(r"( \d of \d)?: .+", "", name) for name in folded]
    assert len(set(folded)) == len(folded)
    assert labels.count("Solution") == labels.count("What is checked") == tasks
    assert labels.count("Hint") >= tasks
    assert labels.count("How this is marked") == sum(task.manual > 0 for task in master.tasks)
    assert page.locator("details.tl-solution .tl-explanation").count() == tasks
    assert page.locator("details[open]").count() == 0
    assert page.locator("details.tl-solution .output").count() >= 1


def test_a_hint_says_which_it_is_and_of_which_task(site: Path) -> None:
    page = parser.parse(str(site / "exercises/notebooks/05-arms-race/exercise.html"))
    folded = [one.text_content().strip() for one in page.xpath("//article//summary")]
    [heading] = page.xpath("//section[.//summary[contains(., 'Hint 2 of 2')]]/h2/text()")[:1]
    task = heading.removeprefix("Task 1. ")
    assert [one for one in folded if one.endswith(f": {task}")] == [
        f"{label}: {task}" for label in ("Hint 1 of 2", "Hint 2 of 2", "Solution", "What is checked")
    ]


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_no_check_says_a_line_twice_and_no_solution_keeps_a_placeholder(site: Path, master: Any) -> None:
    page = parser.parse(str(site / on_page(master)))
    for printed in page.xpath("//details[contains(@class, 'tl-check')]//div[contains(@class, 'output')]//pre"):
        lines = printed.text_content().strip().splitlines()
        assert len(set(lines)) == len(lines) > 0
    for solution in page.xpath("//details[contains(@class, 'tl-solution')]//div[contains(@class, 'cell_input')]"):
        assert not re.search(r"^\w+ = (\.\.\.|\"\"\"\n\"\"\")$", solution.text_content(), re.M)


def test_without_a_computer_one_predicts_reads_along_and_answers_again(workbook: tuple[Any, Page]) -> None:
    _, page = workbook
    headings = [text.rstrip("#").strip() for text in page.locator("article h2").all_inner_texts()]
    assert headings[0] == "Predict first"
    assert headings[-1] == "Answer again"
    asked = page.locator("article form fieldset[data-question]").evaluate_all(
        "all => all.map(one => one.dataset.question)"
    )
    assert len(asked) == 4, asked
    assert "a computer" in page.locator(".tl-launch").inner_text()
    assert page.locator(".widget-area, jupyter-widgets, .jupyter-widgets").count() == 0, "a dead slider"


def test_no_answer_stands_unfolded_after_its_task(workbook: tuple[Any, Page]) -> None:
    """What a solution prints, no later part of the page shows without being asked."""
    after = """solution => {
        const rest = document.createRange()
        rest.setStartAfter(solution)
        rest.setEndAfter(document.querySelector('article').lastChild)
        const shown = rest.cloneContents()
        shown.querySelectorAll('details').forEach(one => one.remove())
        const printed = [...solution.querySelectorAll('.output')].map(one => one.textContent)
        return [printed.join('\\n'), shown.textContent]
    }"""
    _, page = workbook
    for solution in page.locator("details.tl-solution").all():
        printed, shown = ({line.strip() for line in text.splitlines()} for text in solution.evaluate(after))
        assert {line for line in printed & shown if re.search(r"\d", line) and len(line) > 12} == set()


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_what_an_exercise_puts_out_is_clean(root: Path, site: Path, master: Any) -> None:
    html = (site / on_page(master)).read_text(encoding="utf-8")
    for trace in (
        "Warning:",
        "Traceback",
        "/home/",
        "/tmp/",
        f"{root}/",
        "site-packages",
        "CheckFailed:",
        "cell_output docutils container stderr",
    ):
        assert trace not in html


def test_the_output_of_a_solution_is_behind_it(browser: Browser, served: str) -> None:
    with opened(browser, served + EXERCISE) as page:
        solution = page.locator("details.tl-solution").first
        solution.locator("summary").click()
        assert "before: 8350" in solution.inner_text()


def test_nothing_that_is_published_holds_a_hidden_test_or_a_marker(site: Path) -> None:
    leaks = [
        path.relative_to(site)
        for path in site.rglob("*")
        if path.suffix in (".html", ".ipynb", ".md", ".txt", ".js")
        and re.search(rb"BEGIN (SOLUTION|HIDDEN)", path.read_bytes())
    ]
    assert leaks == []


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_binder_colab_and_download_point_to_the_student_notebook(root: Path, site: Path, master: Any) -> None:
    page = site / on_page(master)
    [line] = parser.parse(str(page)).xpath("//*[contains(@class, 'tl-launch')]")
    assert line.text_content().startswith(f"Exercise {int(master.name[:2])}. ")
    links = {link.text_content(): link.get("href") for link in line.xpath(".//a")}
    assert f"<!-- run it here: {master.name} -->" in page.read_text(encoding="utf-8")
    links.pop("Run it here", None)  # where `make lite` has written it
    notebook = f"exercises/notebooks/{master.name}/{master.name}.ipynb"
    repository = course.repository().removeprefix("https://github.com/")
    assert links == {
        "Open in Binder": f"https://mybinder.org/v2/gh/{repository}/main?urlpath=lab/tree/{notebook}",
        "Open in Colab": f"https://colab.research.google.com/github/{repository}/blob/main/{notebook}",
        "Download the notebook": f"{master.name}.ipynb",
    }
    assert (root / notebook).is_file()
    downloaded = page.parent / links["Download the notebook"]
    assert downloaded.read_text(encoding="utf-8") == (root / notebook).read_text(encoding="utf-8")


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_an_exercise_is_called_by_its_title_and_not_by_its_file(site: Path, master: Any) -> None:
    html = parser.parse(str(site / on_page(master)))
    [title], [heading] = html.xpath("//title"), html.xpath("//article//h1")
    assert title.text_content().startswith(heading.text_content().strip("#"))
    assert "exercise.md" not in title.text_content()


@pytest.mark.parametrize("where", ["over http", "from a memory stick"])
def test_an_address_of_release_0_1_leads_to_where_the_exercise_is_now(
    browser: Browser, served: str, site: Path, where: str
) -> None:
    base, some = (served, MASTERS) if where == "over http" else (f"{site.as_uri()}/", MASTERS[:3])
    for master in some:
        with opened(browser, f"{base}exercises/notebooks/{master.name}.html") as page:
            page.wait_for_url(f"{base}{on_page(master)}")
            assert page.locator("article h1").inner_text().strip("#")


def test_an_old_address_is_a_page_with_a_link_where_nothing_leads_on(site: Path) -> None:
    for master in MASTERS:
        page = site / f"exercises/notebooks/{master.name}.html"
        html = parser.parse(str(page))
        assert html.getroot().get("lang") == "en"
        assert html.xpath("string(//title)") == html.xpath("string(//h1)") == master.title.replace("'", "’")
        [link] = html.xpath("//main//a/@href")
        assert (page.parent / link).is_file()


# ── the quiz ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def chapter(browser: Browser, served: str) -> Iterator[Page]:
    with opened(browser, served + CHAPTER) as page:
        yield page


def box(page: Page, question: str) -> Any:
    return page.locator(f"[data-question='{question}']")


@functools.cache
def bases() -> tuple[list[str], int, int, list[str]]:
    """A single choice of chapter 1 as a reader sees it: options, number of the key, of a wrong one, feedback to each."""
    asked = quiz.load("1")["what-48-counts"]
    assert isinstance(asked, Single)
    (key,) = asked.keys
    missed = next(number for number in range(len(asked.options)) if number != key)
    return [plain(one.text) for one in asked.options], key, missed, [plain(one.feedback) for one in asked.options]


def test_without_script_the_answers_fold_open(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER, java_script_enabled=False) as page:
        question = box(page, "what-48-counts")
        assert question.locator("button").count() == 0
        answer = question.locator("details.tl-answer")
        answer.locator("summary").click()
        options, _, _, feedback = bases()
        for part in options + feedback:  # why the others are wrong, too
            assert part in answer.inner_text()


def test_a_wrong_choice_is_told_why_and_a_right_one_too(chapter: Page) -> None:
    question, (options, key, missed, feedback) = box(chapter, "what-48-counts"), bases()
    question.get_by_label(options[missed]).check()
    question.get_by_role("button", name="Check").click()
    assert feedback[missed] in question.get_by_role("status").inner_text()
    question.get_by_label(options[key]).check()
    question.get_by_role("button", name="Check").click()
    assert question.get_by_role("status").inner_text().startswith("Right.")
    assert question.get_attribute("data-state") == "right"


def test_a_decimal_comma_is_right_and_a_common_mistake_has_its_sentence(chapter: Page) -> None:
    question = box(chapter, "cut-percent")
    field = question.get_by_label("Your answer (in %)")
    field.fill("85,6")
    field.press("Enter")
    assert "share of the new figure" in question.get_by_role("status").inner_text()
    field.fill("46,1 %")
    field.press("Enter")
    assert question.get_attribute("data-state") == "right"


def test_an_empty_or_unreadable_answer_is_not_marked(chapter: Page) -> None:
    question = box(chapter, "cut-percent")
    question.get_by_role("button", name="Check").click()
    assert "Choose an answer first" in question.get_by_role("status").inner_text()
    question.get_by_label("Your answer (in %)").fill("a lot")
    question.get_by_role("button", name="Check").click()
    assert "Write a number" in question.get_by_role("status").inner_text()
    assert question.get_attribute("data-state") is None


def test_the_keyboard_is_enough_and_an_arrow_marks_nothing(chapter: Page) -> None:
    question = box(chapter, "what-48-counts")
    question.get_by_role("radio").first.focus()
    chapter.keyboard.press("Space")
    _, key, _, _ = bases()
    assert key > 0
    for _ in range(key):
        chapter.keyboard.press("ArrowDown")
    assert question.get_by_role("status").inner_text() == ""
    chapter.keyboard.press("Tab")
    assert chapter.evaluate("document.activeElement.textContent") == "Check"
    chapter.keyboard.press("Enter")
    assert question.get_attribute("data-state") == "right"


def test_the_answer_is_offered_after_two_tries(chapter: Page) -> None:
    question = box(chapter, "what-48-counts")
    show = question.get_by_role("button", name="Show the answer")
    options, _, missed, _ = bases()
    question.get_by_label(options[missed]).check()
    for tries in range(2):
        assert show.is_visible() == (tries == 2)
        question.get_by_role("button", name="Check").click()
    show.click()
    assert question.locator("details.tl-answer").get_attribute("open") is not None


def test_the_score_counts_questions_right(chapter: Page) -> None:
    field = box(chapter, "cut-percent").get_by_label("Your answer (in %)")
    field.fill("46.1")
    field.press("Enter")
    assert chapter.locator(".tl-score").inner_text() == f"1 of {len(quiz.load('1'))} questions right."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_a_question_is_accessible(browser: Browser, served: str, scheme: str) -> None:
    with opened(browser, served + CHAPTER, color_scheme=scheme) as page:
        right, wrong = box(page, "cut-percent"), box(page, "what-48-counts")
        right.get_by_label("Your answer (in %)").fill("46.1")
        right.get_by_role("button", name="Check").click()
        options, _, number, _ = bases()
        wrong.get_by_label(options[number]).check()
        wrong.get_by_role("button", name="Check").click()
        box(page, "words-and-names").get_by_role("button", name="Hint").click()
        assert violations(page) == []


def test_the_page_marks_as_the_package_does(chapter: Page, tmp_path: Path) -> None:
    vectors = json.loads((Path(__file__).parents[1] / "quiz" / "marking.json").read_text(encoding="utf-8"))
    bank = tmp_path / "bank.yml"
    bank.write_text(vectors["bank"], encoding="utf-8")
    keys = {question.id: question.marking() | {"because": ""} for question in quiz.read(bank)}
    for vector in vectors["vectors"]:
        got = chapter.evaluate(
            "([key, response]) => TwoLenses.mark(key, response).fraction",
            [keys[vector["question"]], vector["response"]],
        )
        assert got == pytest.approx(vector["fraction"], abs=1e-9), vector
