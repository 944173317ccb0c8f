"""What stands behind a claim, a number, a term or a citation, shown where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import CHAPTER, opened, violations
from lxml import html as parser
from playwright.sync_api import Browser

from twolenses import course, facts, languages
from twolenses.data import load

WRONG = ".bd-article a[href$='#claim-c31']"
SHOWN = ".tl-popover:popover-open"
MARKED = {
    WRONG: "C31 · wrong",
    ".bd-article p a[href$='#number-serbian-troop-cut']": "100 × (before − after) ÷ before",
    ".bd-article a[href*='#term-omission']": "lënia jashtë · изостављање · izostavljanje",
    ".bd-article a[href*='bibliography.html#']": "In the bibliography",
}


@pytest.mark.parametrize("where", ["over http", "from a memory stick"])
def test_a_mark_says_what_stands_behind_it_and_leads_on(browser: Browser, served: str, site: Path, where: str) -> None:
    with opened(browser, (served if where == "over http" else f"{site.as_uri()}/") + CHAPTER) as page:
        assert page.locator("script[src*='evidence-']").count() == 0, "data that nobody asked for"
        for mark, says in MARKED.items():
            page.locator(mark).first.hover()
            assert says in page.locator(SHOWN).inner_text()
            page.keyboard.press("Escape")
            assert page.locator(SHOWN).count() == 0
        page.locator(WRONG).first.hover()
        page.locator(SHOWN).wait_for()
        claim = load("claims").set_index("id").loc["C31"]
        assert claim["claim"] in page.locator(SHOWN).inner_text()
        links = page.locator(f"{SHOWN} a").evaluate_all(
            "all => all.map(one => one.getAttribute('href').split('/').pop())"
        )
        assert links == [claim["primary_url"].split("/")[-1], "claims.html#claim-c31"]
        page.locator(WRONG).first.click()
        page.wait_for_url("**/claims.html#claim-c31")


def test_what_a_mark_shows_has_the_letters_of_the_page_also_in_a_quotation(browser: Browser, served: str) -> None:
    look = "one => [getComputedStyle(one)].map(style => `${style.font} ${style.color}`)[0]"
    seen = set()
    for place, mark in (("index.html", ".tl-opening a"), (CHAPTER, WRONG)):
        with opened(browser, served + place) as page:
            page.locator(mark).first.hover()
            page.locator(SHOWN).wait_for()
            seen.add(page.locator(f"{SHOWN} p").nth(2).evaluate(look))
    assert len(seen) == 1


def test_a_number_leads_to_its_rows(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER) as page:
        page.locator(".bd-article p a[href$='#number-serbian-troop-cut']").first.hover()
        page.locator(SHOWN).wait_for()
        rows = page.locator(f"{SHOWN} a[href*='dictionary.html#table-deployments']")
        assert rows.count() == len(facts.figure("serbian_troop_cut").rows)
        rows.first.click()
        page.wait_for_url("**/dictionary.html#table-deployments")


def test_with_the_keyboard_a_mark_shows_on_focus_is_described_and_gives_the_focus_back(
    browser: Browser, served: str
) -> None:
    with opened(browser, served + CHAPTER) as page:
        mark = page.locator(WRONG).first
        page.locator(".bd-article a[href$='#claim-c33']").first.focus()  # the mark before
        page.locator(SHOWN).wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert mark.evaluate("mark => mark === document.activeElement")
        page.locator(SHOWN).wait_for()
        assert page.get_by_role("dialog", name="C31: wrong").is_visible()
        described = mark.evaluate("mark => document.getElementById(mark.getAttribute('aria-describedby')).textContent")
        assert "C31 · wrong" in described
        page.keyboard.press("Tab")  # into what is shown
        assert page.locator(f"{SHOWN} a").first.evaluate("link => link === document.activeElement")
        page.keyboard.press("Escape")
        assert page.locator(SHOWN).count() == 0
        assert mark.evaluate("mark => mark === document.activeElement && !mark.hasAttribute('aria-describedby')")


def test_on_a_touch_screen_the_first_tap_shows_and_the_link_within_leads_on(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER, has_touch=True, viewport={"width": 360, "height": 800}) as page:
        page.locator(WRONG).first.tap()
        shown = page.locator(SHOWN)
        shown.wait_for()
        assert page.url.endswith(CHAPTER)
        box = shown.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        shown.get_by_role("link", name="C31 in the ledger").tap()
        page.wait_for_url("**/claims.html#claim-c31")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_mark_shows_is_accessible(browser: Browser, served: str, scheme: str) -> None:
    with opened(browser, served + CHAPTER, color_scheme=scheme) as page:
        for mark in MARKED:
            page.locator(mark).first.hover()
            page.locator(SHOWN).wait_for()
            assert violations(page, part=f"document.querySelector('{SHOWN}').parentElement") == [], mark
            page.keyboard.press("Escape")


def test_without_script_a_number_leads_to_where_it_comes_from(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER, java_script_enabled=False) as page:
        page.locator(".bd-article p a[href$='#number-serbian-troop-cut']").first.click()
        assert page.locator("#number-serbian-troop-cut").is_visible()  # its fold is open
        assert page.locator(SHOWN).count() == 0


def test_a_mark_has_the_colour_and_the_shape_of_its_verdict(browser: Browser, served: str) -> None:
    look = """marks => marks.map(mark => [mark.textContent, getComputedStyle(mark.parentNode, '::before')])
        .map(([id, style]) => [id, style.backgroundColor, style.maskImage, style.content])"""
    with opened(browser, served + CHAPTER) as page:
        verdicts = load("claims").set_index("id")["verdict"]
        looks: dict[str, set[tuple[str, ...]]] = {}
        for id, *seen in page.locator(".bd-article p .tl-claim > a").evaluate_all(look):
            looks.setdefault(verdicts[id], set()).add(tuple(seen))
        assert len(looks) >= 5
        assert all(len(same) == 1 for same in looks.values()), "one look for each verdict"
        for part in range(3):  # an omission is as grey as what is unverifiable, and has a shape of its own
            of = [verdict for verdict in looks if part > 0 or verdict != "omission"]
            assert len({next(iter(looks[verdict]))[part] for verdict in of}) == len(of)
        for verdict, same in looks.items():
            assert f'"{verdict}"' in next(iter(same))[2]  # said, too


def test_a_claim_links_to_its_row_of_the_ledger(browser: Browser, served: str) -> None:
    with opened(browser, served + CHAPTER) as page:
        page.locator("a", has_text=re.compile("^C21$")).first.click()
        page.wait_for_url("**/reference/claims.html#claim-c21")
        assert "C21" in page.locator("#claim-c21").inner_text()


def test_the_ledger_has_every_claim_at_an_address_of_its_own(site: Path) -> None:
    html = (site / "chapters/reference/claims.html").read_text(encoding="utf-8")
    assert [id for id in load("claims")["id"] if f'id="claim-{id.lower()}"' not in html] == []


def test_the_label_of_a_source_reads_as_its_citations(site: Path) -> None:
    """As *Waltz, 1979*; a letter only tells two of one year apart."""
    bibliography = parser.parse(str(site / "chapters/reference/bibliography.html"))
    labels = {
        one.get("id"): one.xpath("string(./span)").strip(" []")
        for one in bibliography.xpath("//*[contains(@class, 'citation') and @id]")
    }
    assert len(set(labels.values())) == len(labels) > 100
    cited = parser.parse(str(site / CHAPTER)).xpath("//article//a[contains(@href, 'bibliography.html#')]")
    said = [(one.get("href").partition("#")[2], " ".join(one.text_content().split())) for one in cited]
    assert len({anchor for anchor, words in said if "," in words}) > 5
    for anchor, words in said:  # “Waltz, 1979” in brackets, “1979” after the name
        label = re.sub(r"(?<=\d)[a-z]$", "", labels[anchor])
        assert words in (label, label.rpartition(", ")[2])


def test_a_pair_stands_row_by_row(browser: Browser, served: str) -> None:
    """What each lens expects, what happened, where it stops: each begins at one height."""
    with opened(browser, served + CHAPTER, viewport={"width": 1280, "height": 800}) as page:
        for pair in page.locator(".tl-lens-pair:not(.tl-readings)").all():
            tops = [
                pair.locator(f".tl-{lens} > p").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
                for lens in ("realism", "liberalism")
            ]
            assert len(tops[0]) == 3
            assert tops[0] == tops[1]


def test_a_lens_has_one_colour_and_one_mark_wherever_it_is_named(browser: Browser, served: str) -> None:
    look = """mark => { const style = getComputedStyle(mark, '::before'); return style.backgroundColor + style.maskImage }"""
    places = {
        CHAPTER: ".tl-lens.tl-{} > :is(h3, h4, h5)",
        "chapters/reference/timeline.html": ".tl-reading.tl-{} strong",
        "chapters/reference/glossary.html": ".tl-of-{}",
    }
    seen: dict[str, set[str]] = {"realism": set(), "liberalism": set()}
    for name, where in places.items():
        with opened(browser, served + name) as page:
            for lens, looks in seen.items():
                looks.add(page.locator(where.format(lens)).first.evaluate(look))
    assert all(len(looks) == 1 for looks in seen.values())
    assert seen["realism"] != seen["liberalism"]


def test_a_chapter_has_its_number_in_the_menu_and_in_its_title_and_nowhere_else(site: Path) -> None:
    for number, chapter in enumerate(course.chapters(), 1):
        page = parser.parse(str(site / f"chapters/{chapter}.html"))
        [heading] = page.xpath("//article//*[span[@class='section-number']]")
        assert heading.tag == "h1"
        assert heading.text_content().strip("#") == f"{number}. {chapter.title}"
        assert f"{number}. {chapter.title}" in [one.text_content().strip() for one in page.xpath("//nav//li/a")]


def test_a_chapter_opens_with_three_quiet_lines_and_leads_to_its_quiz(site: Path) -> None:
    for chapter in course.chapters():
        page = parser.parse(str(site / f"chapters/{chapter}.html"))
        [box] = page.xpath("//article//div[contains(@class, 'tl-objectives')]")
        [objectives, jump, *folds] = (one.tag for one in box.xpath("./*"))
        assert (objectives, jump, folds) == ("p", "p", ["details"] * 3)  # where they are tested, two abstracts
        [quiz_link] = box.xpath("./p/a[. = 'Jump to the quiz']/@href")
        assert page.xpath(f"//*[@id='{quiz_link[1:]}']//form[contains(@class, 'tl-quiz')]")
        for objective in chapter.objectives:
            said = box.xpath("./details")[0].text_content().replace("’", "'")
            assert objective.text[1:].rstrip(".").replace("’", "'") in said


def test_abstracts_unfold_without_a_script_each_in_its_language_and_stay_off_paper(
    browser: Browser, served: str
) -> None:
    written = languages.abstracts()[Path(CHAPTER).stem]
    with opened(browser, served + CHAPTER, java_script_enabled=False) as page:
        assert page.locator(".tl-abstract p:visible").count() == 0
        for name, abstract in written.items():
            page.locator(f".tl-abstract summary:has([lang^={name}])").click()
            for lang, said in languages.versions(name, abstract.text).items():
                assert said in page.locator(f".tl-abstract p[lang={lang}]").inner_text()
        page.emulate_media(media="print")
        assert not page.locator(".tl-abstract").first.is_visible()


def test_one_page_has_the_abstracts_of_all_chapters_in_every_script(site: Path) -> None:
    page = parser.parse(str(site / "chapters/front/albanian-and-serbian.html"))
    for lang in ("sq", "sr-Cyrl", "sr-Latn"):
        heads = page.xpath(f"//section[@lang='{lang}']/article/h3/a")
        assert [one.get("href") for one in heads] == [f"../{chapter}.html" for chapter in course.chapters()]
        wanted = [of[lang[:2]].written(lang)[0] for of in languages.abstracts().values()]
        assert [one.text_content() for one in heads] == [f"{n}. {title}" for n, title in enumerate(wanted, 1)]
    assert len(page.xpath("//table//tbody/tr")) == len(load("sides"))
