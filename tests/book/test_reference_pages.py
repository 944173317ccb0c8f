"""The pages made from tables say everything the tables say, at addresses that last.

A small project of its own, with the pages as they stand and one page that uses them, is built once for all tests.
"""

from __future__ import annotations

import doctest
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as parser
from playwright.sync_api import Browser, Page

from conftest import run
from twolenses import data, spreadsheet
from twolenses.book.reference import course_map, dictionary, timeline
from twolenses.book.reference.cartography import Frame, Label, Labels
from twolenses.book.reference.records import rows
from twolenses.errors import BookError

REFERENCE = ("claims", "timeline", "map", "people", "glossary", "dictionary", "bibliography")

USER = """\
# Reading the case

{claim}`C21` and again {claim}`C21`; {claim}`C05`. A {term}`security dilemma` is a {term}`Spiral`.
Attack ({event}`E74`), dismissals ({event}`E07`), the KLA ({event}`E11`).
See [E74](#event-e74), [Camp](#place-camp-bondsteel), [Radoičić](#person-radoicic), [](#table-deployments).

```{agreement}
```
"""

SETTINGS = {
    "extensions": ["myst_nb", "sphinx_design", "sphinxcontrib.bibtex", "twolenses.book"],
    "bibtex_bibfiles": ["references.bib"],
    "bibtex_reference_style": "author_year",
    "copyright": "CC BY 4.0",
    "exclude_patterns": ["_build"],
    "html_context": {"default_mode": "auto"},
    "html_theme": "sphinx_book_theme",
    "myst_enable_extensions": ["amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"],
    "nb_execution_mode": "off",
    "nitpicky": True,
    "project": "Two Lenses",
    "version": "1",
}


@dataclass
class Project:
    """Sources in a folder, and what building them printed and left."""

    source: Path
    root: Path
    warnings: str = ""

    def build(self, builder: str = "html", *only: str) -> Path:
        """Build all pages or only some, and return the folder of the output. What is read once serves every builder."""
        settings = SETTINGS | {"html_static_path": [str(self.root / "assets")]}
        (self.source / "conf.py").write_text("\n".join(f"{name} = {value!r}" for name, value in settings.items()))
        out, trees, said = (self.source / "_build" / name for name in (builder, "trees", "warnings"))
        files = [self.source / f"chapters/reference/{name}.md" for name in only]
        # A process of its own: Sphinx and docutils keep what is registered for the life of a process.
        done = run(
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-b",
            builder,
            "-d",
            trees,
            "-w",
            said,
            self.source,
            out,
            *files,
            cwd=self.source,
        )
        assert done.returncode == 0, done.stderr
        self.warnings += said.read_text(encoding="utf-8")
        return out


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The reference pages, a chapter that uses them, and an index."""
    source = tmp_path_factory.mktemp("reference")
    pages = source / "chapters" / "reference"
    pages.mkdir(parents=True)
    for name in REFERENCE:
        shutil.copy(root / "chapters" / "reference" / f"{name}.md", pages)
    shutil.copy(root / "data" / "references.bib", source)
    (source / "chapters" / "01-reading-the-case.md").write_text(USER, encoding="utf-8")
    listed = ["chapters/01-reading-the-case", *(f"chapters/reference/{name}" for name in REFERENCE)]
    (source / "index.md").write_text("# Two Lenses\n\n```{toctree}\n" + "\n".join(listed) + "\n```\n", encoding="utf-8")
    return Project(source, root)


@pytest.fixture(scope="module")
def out(project: Project) -> Path:
    return project.build()


@pytest.fixture(scope="module")
def pages(out: Path) -> dict[str, Any]:
    """The built reference pages, parsed."""
    found = {}
    for name in REFERENCE:
        text = (out / "chapters" / "reference" / f"{name}.html").read_text(encoding="utf-8")
        found[name] = parser.fromstring(text).xpath("//main//article[contains(@class, 'bd-article')]")[0]
    return found


def by_id(page: Any, anchor: str) -> Any:
    found = page.xpath("//*[@id=$anchor]", anchor=anchor)
    assert len(found) == 1, f"{len(found)} elements have the id {anchor}"
    return found[0]


def text(element: Any) -> str:
    """What a reader reads, quotation marks straightened."""
    said = " ".join(" ".join(element.itertext()).split())
    return re.sub(r" ([.,;:)])", r"\1", said.translate(str.maketrans("‘’“”", "''\"\"")))


def plain(said: str) -> str:
    """A cell as :func:`text` gives it."""
    straight = said.translate(str.maketrans("‘’“”", "''\"\"")).replace("--", "–").replace("...", "…")
    return " ".join(straight.split())


def test_everything_builds_without_a_warning(out: Path, project: Project) -> None:
    assert project.warnings == ""


@pytest.mark.parametrize("name", ["reference.cartography", "reference.ledger", "reference.timeline", "wording"])
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(import_module(f"twolenses.book.{name}")).failed == 0


# ── the data dictionary ──────────────────────────────────────────────────────────────────────────────

RESOURCES = [data.describe(name) for name in data.tables()] + dictionary.geo()


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: str(one["name"]))
def test_every_table_and_outline_is_described_at_an_address_of_its_own(
    pages: dict[str, Any], resource: dict[str, Any]
) -> None:
    said = text(by_id(pages["dictionary"], f"table-{resource['name']}"))
    for key in ("title", "description", "shows", "cannotShow", "citation", "licenseClass"):
        assert plain(resource[key]) in said, key
    for one in resource["sources"] + resource.get("licenses", []):
        assert plain(one["title"]) in said


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: str(one["name"]))
def test_every_file_can_be_downloaded_from_beside_the_page(
    pages: dict[str, Any], out: Path, root: Path, resource: dict[str, Any]
) -> None:
    section = by_id(pages["dictionary"], f"table-{resource['name']}")
    target, *workbook = [out / "chapters" / "reference" / link.get("href") for link in section.xpath(".//a[@download]")]
    assert target.resolve() == out / "data" / resource["path"]
    assert target.read_bytes() == (root / "data" / resource["path"]).read_bytes()
    is_table = resource["name"] in data.tables()
    assert [one.read_bytes() for one in workbook] == ([spreadsheet.workbook(resource["name"])] if is_table else [])


@pytest.mark.parametrize("name", data.tables())
def test_every_column_stands_in_a_folded_table_with_type_unit_and_allowed_values(
    pages: dict[str, Any], name: str
) -> None:
    [folded] = by_id(pages["dictionary"], f"table-{name}").xpath(".//details")
    assert folded.get("open") is None
    lines = [[text(cell) for cell in line.xpath("./td")] for line in folded.xpath(".//tbody/tr")]
    fields = data.describe(name)["schema"]["fields"]
    assert [[name, kind, unit] for name, _, kind, unit in lines] == [
        [one["name"], one["type"], plain(one.get("unit", ""))] for one in fields
    ]
    for line, one in zip(lines, fields, strict=True):
        assert plain(re.sub(r"(?<!\.)\.$", "", one["description"])) in line[1]
        for value in one.get("constraints", {}).get("enum", []):
            assert str(value) in line[1]


def test_the_overview_lists_every_table_with_rows_licence_and_file(pages: dict[str, Any]) -> None:
    lines = by_id(pages["dictionary"], "overview").xpath(".//tbody/tr")
    seen = [[text(cell) for cell in line.xpath("./td")] for line in lines]
    assert seen == [
        [name, plain(one["title"]), f"{len(data.load(name)):,}", one["licenseClass"], "CSV"]
        for name, one in ((name, data.describe(name)) for name in data.tables())
    ]
    assert [line.xpath(".//a/@href")[0] for line in lines] == [f"#table-{name}" for name in data.tables()]


def test_each_class_of_licence_is_explained_with_the_number_of_its_files(pages: dict[str, Any]) -> None:
    classes = [one["licenseClass"] for one in RESOURCES]
    assert set(classes) == set(dictionary.LICENCE_CLASSES)
    said = text(by_id(pages["dictionary"], "overview"))
    for name, meaning in dictionary.LICENCE_CLASSES.items():
        assert f"{meaning[1:]} ({classes.count(name)} files)." in said


def test_what_is_published_is_a_data_package(out: Path, root: Path) -> None:
    """The description lies where its relative paths hold."""
    assert (out / "data" / "datapackage.json").read_bytes() == (root / "data" / "datapackage.json").read_bytes()
    assert data.load("places", out / "data").equals(data.load("places"))
    assert (out / "data" / "share-alike" / "README.md").is_file()


# ── the timeline ─────────────────────────────────────────────────────────────────────────────────────


def test_every_event_stands_in_order_in_its_period(pages: dict[str, Any]) -> None:
    events = pages["timeline"].xpath(".//*[@data-entry]")
    assert [one.get("id") for one in events] == [f"event-{row['id'].lower()}" for row in rows("chronology")]
    firsts = [first for first, *_ in timeline.PERIODS]
    assert firsts == sorted(firsts)
    for event, row in zip(events, rows("chronology"), strict=True):
        assert event.get("data-category") == row["category"]
        assert event.get("data-period") == timeline.period(row["date"])
        assert event.xpath("ancestor::section[1]/@id") == [f"from-{event.get('data-period')}"]


def test_an_event_has_date_actors_both_readings_note_and_source(pages: dict[str, Any]) -> None:
    for row in rows("chronology"):
        event = by_id(pages["timeline"], f"event-{row['id'].lower()}")
        said = text(event)
        for key in ("event", "note"):
            assert plain(row[key]) in said, row["id"]
        for actor in row["actors"].split("; "):
            assert plain(actor) in said
        for lens in ("realism", "liberalism"):
            [reading] = event.xpath(f".//*[contains(@class, 'tl-reading') and contains(@class, 'tl-{lens}')]")
            assert text(reading) == f"{lens.capitalize()} {plain(row[lens])}."
        assert row["source_url"] in event.xpath(".//a/@href")


def test_a_date_is_as_precise_as_it_is_known(pages: dict[str, Any]) -> None:
    for id, worded in (("e74", "24 September 2023"), ("e07", "September 1990"), ("e11", "1996")):
        assert text(by_id(pages["timeline"], f"event-{id}").xpath("./h3")[0]) == worded


def test_an_event_role_links_to_its_row_and_reads_as_its_date(out: Path) -> None:
    page = parser.fromstring((out / "chapters/01-reading-the-case.html").read_text(encoding="utf-8"))
    links = page.xpath("//a[starts-with(., 'chronology')]")
    assert [(text(link), link.get("href")) for link in links] == [
        ("chronology, 24 September 2023", "reference/timeline.html#event-e74"),
        ("chronology, September 1990", "reference/timeline.html#event-e07"),
        ("chronology, 1996", "reference/timeline.html#event-e11"),
    ]


# ── the ledger ───────────────────────────────────────────────────────────────────────────────────────


def test_the_ledger_has_every_claim_at_an_address_of_its_own(pages: dict[str, Any]) -> None:
    claims = pages["claims"].xpath(".//*[@data-entry]")
    assert len(claims) == 89
    assert [one.get("id") for one in claims] == [f"claim-{id.lower()}" for id in data.load("claims")["id"]]


def test_a_claim_has_verdict_correction_evidence_and_teaching_note(pages: dict[str, Any]) -> None:
    for row in rows("claims"):
        entry = by_id(pages["claims"], f"claim-{row['id'].lower()}")
        said = text(entry)
        assert text(entry.xpath("./details/summary/h3")[0]) == f"{row['id']} · {row['verdict']}"
        assert plain(row["claim"]) in text(entry.xpath("./details/summary")[0])
        for key in ("claim", "correction", "teaching_note", "evidence_quote"):
            assert plain(row[key]) in said, (row["id"], key)
        assert f"confidence: {row['confidence']}" in said
        links = entry.xpath(".//a[starts-with(@href, 'http')]/@href")
        wanted = list(dict.fromkeys(filter(None, (row["primary_url"], row["evidence_quote"] and row["evidence_url"]))))
        assert links[: len(wanted)] == wanted  # primary source first, and no source twice


def test_no_address_is_printed_bare_and_no_replaced_source_is_offered_again(pages: dict[str, Any]) -> None:
    said = text(pages["claims"])
    assert "http" not in said
    assert "Earlier source" not in said
    [also] = by_id(pages["claims"], "claim-c11").xpath(".//p[strong='Also:']")
    assert text(also) == "Also: eurasia.ro (19 killed, March 2004)"


def test_the_summary_counts_each_verdict(pages: dict[str, Any]) -> None:
    counts = data.load("claims")["verdict"].value_counts()
    said = text(pages["claims"])
    for verdict in ("supported", "imprecise", "contested", "wrong", "unverifiable"):
        assert f"{counts[verdict]} {verdict}" in said
    assert f"{counts['omission']} omissions" in said


def test_a_claim_names_the_pages_that_use_it_and_only_those(pages: dict[str, Any]) -> None:
    uses = {
        one.xpath("ancestor::*[@data-entry]/@id")[0]: one
        for one in pages["claims"].xpath(".//p[starts-with(., 'Used in')]")
    }
    assert set(uses) == {"claim-c21", "claim-c05"}  # pages made from tables do not count
    assert text(uses["claim-c21"]) == "Used in Reading the case (2 times)."
    assert uses["claim-c05"].xpath("./a/@href") == ["../01-reading-the-case.html"]


def test_the_back_links_follow_a_page_that_changes(project: Project, out: Path) -> None:
    page, ledger = project.source / "chapters/01-reading-the-case.md", out / "chapters/reference/claims.html"
    page.write_text(USER.replace("{claim}`C05`", "{claim}`C07`"), encoding="utf-8")
    try:
        project.build()
        entries = parser.fromstring(ledger.read_text(encoding="utf-8"))
        used = entries.xpath("//p[starts-with(., 'Used in')]/ancestor::*[@data-entry]/@id")
        assert used == ["claim-c07", "claim-c21"]
    finally:
        page.write_text(USER, encoding="utf-8")
        project.build()


# ── the filter ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["claims", "timeline"])
def test_the_form_is_labelled_hidden_without_script_and_every_choice_finds_something(
    pages: dict[str, Any], name: str
) -> None:
    [form] = pages[name].xpath(".//form")
    assert "pst-js-only" in form.get("class").split()
    assert form.get("aria-label")
    assert form.xpath(".//*[@role='status']")
    entries = pages[name].xpath(".//*[@data-entry]")
    for select in form.xpath(".//select"):
        assert text(select.getparent()).startswith(select.getparent().text.strip())
        values = select.xpath("./option/@value")
        assert values[0] == ""
        if "data-view" in select.attrib:
            continue
        attribute = f"data-{select.get('name')}"
        assert {entry.get(attribute) for entry in entries} - {"omission"} <= set(values)  # an omission has no type
        assert all(any(entry.get(attribute) == value for entry in entries) for value in values[1:])


def test_the_script_is_small_and_loads_where_it_is_used(out: Path, root: Path) -> None:
    assert (root / "src/twolenses/book/static/filter.js").stat().st_size <= 4096
    for name in REFERENCE:
        page = (out / "chapters" / "reference" / f"{name}.html").read_text(encoding="utf-8")
        assert ("filter.js" in page) == (name in ("claims", "timeline"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def shown(page: Page) -> int:
    return int(page.evaluate("[...document.querySelectorAll('[data-entry]')].filter(one => one.offsetParent).length"))


def test_the_filter_works_from_a_memory_stick_and_keeps_its_state_in_the_address(page: Page, out: Path) -> None:
    address = (out / "chapters/reference/claims.html").as_uri()
    page.goto(address)
    status = page.get_by_role("status").first
    assert status.inner_text() == "89 of 89 entries shown"
    page.get_by_label("Verdict").select_option("wrong")
    assert (status.inner_text(), shown(page)) == ("4 of 89 entries shown", 4)
    assert page.url == f"{address}?verdict=wrong"
    assert page.locator("#omissions").is_hidden()  # a section without an entry goes too
    page.goto((out / "index.html").as_uri())
    page.go_back()
    assert status.inner_text() == "4 of 89 entries shown"
    page.get_by_role("button", name="Show all").click()
    page.wait_for_url(address)
    assert shown(page) == 89


def test_an_address_with_a_claim_shows_it_whatever_the_filter_hides(page: Page, out: Path) -> None:
    address = (out / "chapters/reference/claims.html").as_uri()
    page.goto(f"{address}?verdict=wrong#claim-c21")
    assert page.locator("#claim-c21").is_visible()
    assert shown(page) == 5
    assert page.locator("#claim-c21 blockquote").is_visible()  # unfolded
    page.evaluate("location.hash = '#claim-c05'")
    page.locator("#claim-c05").wait_for(state="visible")
    assert page.locator("#claim-c21").is_hidden()


def test_a_line_of_the_ledger_unfolds_and_all_at_once(page: Page, out: Path) -> None:
    page.goto((out / "chapters/reference/claims.html").as_uri())
    quotes = page.locator("[data-entry] blockquote:visible")
    assert quotes.count() == 0
    page.locator("#claim-c21 summary").click()
    assert quotes.count() == 1
    page.get_by_role("button", name="Unfold all").click()
    assert quotes.count() == page.locator("[data-entry] blockquote").count()


def test_words_are_found_in_any_spelling_and_the_bar_filters_and_takes_it_back(page: Page, out: Path) -> None:
    address = (out / "chapters/reference/claims.html").as_uri()
    page.goto(address)
    page.get_by_label("Words").fill("vucic")
    named = page.locator("[data-entry]", has_text=re.compile("Vu[cč]i[cć]"))
    assert shown(page) == named.count() > 1
    assert page.url == f"{address}?q=vucic"
    page.get_by_label("Words").fill("")
    counts = data.load("claims")["verdict"].value_counts()
    wrong = page.locator(".tl-counts a", has_text="wrong")
    assert wrong.inner_text() == f"{counts['wrong']} wrong"
    wrong.click()
    assert (shown(page), page.url) == (counts["wrong"], f"{address}?verdict=wrong")
    assert wrong.get_attribute("aria-current") == "true"
    wrong.click()
    assert (shown(page), page.url) == (89, address)


def test_without_script_a_link_to_a_claim_shows_it_unfolded(browser: Browser, out: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{(out / 'chapters/reference/claims.html').as_uri()}#claim-c21")
        assert page.locator("#claim-c21 blockquote").is_visible()
        assert page.locator("#claim-c22 blockquote").is_hidden()
        assert shown(page) == 89


def test_the_axis_of_the_timeline_has_every_event_and_chooses_a_period(page: Page, out: Path) -> None:
    page.goto((out / "chapters/reference/timeline.html").as_uri())
    leads = page.locator(".tl-axis span a").evaluate_all("all => all.map(one => one.hash)")
    assert leads == [f"#event-{row['id'].lower()}" for row in rows("chronology")]
    page.locator(".tl-axis li > a", has_text=re.compile("^2023$")).click()
    assert shown(page) == sum(timeline.period(row["date"]) == "2023" for row in rows("chronology"))
    assert page.get_by_label("Period").input_value() == "2023"


def test_the_timeline_can_show_one_lens_alone(page: Page, out: Path) -> None:
    page.goto((out / "chapters/reference/timeline.html").as_uri())
    page.get_by_label("Lens").select_option("realism")
    page.get_by_label("Period").select_option("2023")
    events = [row for row in rows("chronology") if row["date"].startswith("2023")]
    assert shown(page) == len(events)
    assert page.locator(".tl-reading.tl-realism:visible").count() == len(events)
    assert page.locator(".tl-reading.tl-liberalism:visible").count() == 0


# ── the glossary ─────────────────────────────────────────────────────────────────────────────────────


def test_every_term_is_defined_and_every_see_also_leads_to_one(pages: dict[str, Any]) -> None:
    terms = {text(one).rstrip("#").strip(): one for one in pages["glossary"].xpath(".//dl/dt")}
    assert set(terms) == {plain(term) for term in data.load("terms")["term"]}
    named = {row["term"]: row for row in rows("term_languages")}
    for row in rows("terms"):
        definition = terms[plain(row["term"])].getnext()
        sq, sr, latin = (text(definition.xpath(f".//span[@lang='{lang}']")[0]) for lang in ("sq", "sr-Cyrl", "sr-Latn"))
        assert (sq, sr) == tuple(plain(named[row["term"]][name]) for name in ("sq", "sr"))
        assert not re.search("[а-шђјљњћџ]", latin)
        assert text(definition).count("(our wording)") == len(named[row["term"]]["ours"].split())
        assert plain(row["definition"]) in text(definition)
        for other in filter(None, row["see_also"].split("; ")):
            [link] = definition.xpath(".//a[normalize-space() = $other]", other=other.replace("'", "’"))
            assert link.get("href") == f"#{terms[plain(other)].get('id')}"
        assert f"Chapter {row['chapter']}" in text(definition)
        assert bool(row["citation"]) == bool(definition.xpath(".//a[contains(@href, 'bibliography.html#')]"))


def test_a_term_is_found_by_the_term_role_in_any_case(out: Path) -> None:
    chapter = (out / "chapters/01-reading-the-case.html").read_text(encoding="utf-8")
    assert 'href="reference/glossary.html#term-security-dilemma"' in chapter
    assert 'href="reference/glossary.html#term-spiral"' in chapter


def test_every_letter_can_be_jumped_to_and_a_chapter_that_exists_is_linked(pages: dict[str, Any]) -> None:
    [jumps] = pages["glossary"].xpath(".//nav[@aria-label]")
    assert [href.lstrip("#") for href in jumps.xpath(".//a/@href")] == pages["glossary"].xpath(
        ".//section[starts-with(@id, 'letter-')]/@id"
    )
    linked = {text(one) for one in pages["glossary"].xpath(".//a[starts-with(normalize-space(), 'Chapter')]")}
    assert linked == {"Chapter 1"}


# ── the agreement of 2023 ────────────────────────────────────────────────────────────────────────────


def test_the_agreement_stands_point_by_point_with_its_state_and_its_source(out: Path) -> None:
    chapter = parser.fromstring((out / "chapters/01-reading-the-case.html").read_text(encoding="utf-8"))
    [table] = chapter.xpath("//main//table")
    lines = table.xpath(".//tbody/tr")
    assert [text(one.find("td")) for one in lines] == [
        *(f"Article {number}" for number in range(1, 12)),
        *(f"Annex {number}" for number in range(1, 10)),
    ]
    for line, row in zip(lines, rows("agreement_2023"), strict=True):
        for key in ("says", "due", "state", "record", "source"):
            assert plain(row[key]) in text(line), key
        assert line.xpath(".//a/@href") == [row["source_url"]]


# ── the map ──────────────────────────────────────────────────────────────────────────────────────────


def test_each_map_has_title_and_description_and_says_what_the_dashed_line_is(pages: dict[str, Any]) -> None:
    maps = pages["map"].xpath(".//figure//svg")
    assert len(maps) == 2
    for drawing in maps:
        names = drawing.get("aria-labelledby").split()
        title, description = (by_id(pages["map"], name).text for name in names)
        assert drawing.get("role") == "img"
        assert title
        assert course_map.LINE in description
    [legend] = pages["map"].xpath(".//ul[contains(@class, 'tl-legend')]")
    assert "a state border for Kosovo, an administrative line for Serbia" in text(legend)


def test_every_place_is_named_with_both_names_and_what_happened_there(pages: dict[str, Any]) -> None:
    listed = {text(one): text(one.getnext()) for one in pages["map"].xpath(".//dl/dt")}
    assert set(listed) == set(data.load("places")["place"])
    for row in rows("places"):
        assert all(name in listed[row["place"]] for name in (row["name_sq"], row["name_sr"], plain(row["note"])))
    assert "An armed group of about 30 ethnic Serbs" in listed["Banjskë/Banjska monastery"]


def test_every_place_is_drawn_once_except_the_one_that_is_wrong(pages: dict[str, Any]) -> None:
    drawn = [text(one).replace("/ ", "/") for one in pages["map"].xpath(".//*[@class='tl-map-place']")]
    assert sorted(drawn) == sorted(row["place"] for row in rows("places") if not row["doubtful"])


def test_the_four_northern_municipalities_are_shaded_and_the_sources_credited(pages: dict[str, Any]) -> None:
    assert len(course_map.read_outlines().northern) == 4
    assert all(one.get("d") for one in pages["map"].xpath(".//*[@class='tl-map-north']"))
    said = text(pages["map"])
    for credit in ("© OpenStreetMap contributors", "geoBoundaries", "Natural Earth", "CC BY-SA 2.0"):
        assert credit in said


def test_the_dashed_line_runs_between_the_two_corners_of_serbias_side() -> None:
    """From Montenegro in the west to North Macedonia in the south-east, by way of Jarinjë/Jarinje in the north."""
    outlines = course_map.read_outlines()
    ends = sorted((outlines.boundary[0], outlines.boundary[-1]))
    assert ends[0] == pytest.approx((20.35, 42.83), abs=0.02)
    assert ends[1] == pytest.approx((21.56, 42.25), abs=0.02)
    assert max(lat for _, lat in outlines.boundary) > 43.2
    assert len(outlines.boundary) + len(outlines.other_lines) == len(outlines.kosovo) + 1


def test_labels_keep_clear_of_each_other_and_of_every_point() -> None:
    points = [(100.0 + 6 * step, 100.0 + 5 * step) for step in range(8)]
    labels = Labels(360, 360)
    labels.keep_free(points)
    put = [labels.put(f"Place/Mesto number {step}", at) for step, at in enumerate(points)]
    boxes = [*(label.box for label in put), *((x - 4, y - 4, x + 4, y + 4) for x, y in points)]
    marks = set(boxes[len(put) :])
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart or {one, other} <= marks
    with pytest.raises(BookError, match="No free place for the label"):
        Labels(40, 40).put("Much too long for this", (20, 20))
    assert Label(("a", "b"), 0, 0, "start").svg().count("<tspan") == 2


@pytest.mark.parametrize("width", [1280, 360])
def test_no_two_labels_of_a_map_overlap_on_the_screen(page: Page, out: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((out / "chapters/reference/map.html").as_uri())
    for drawing in page.locator("figure svg").all():
        boxes = [one.bounding_box() for one in drawing.locator("text").all()]
        frame = drawing.bounding_box()
        assert frame
        for one, other in combinations(filter(None, boxes), 2):
            across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
            down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
            assert across <= 1 or down <= 2, (one, other)
        assert all(box["x"] + box["width"] <= frame["x"] + frame["width"] for box in filter(None, boxes))
        assert all(box["height"] >= 9 for box in filter(None, boxes))


def test_a_kilometre_is_as_long_across_as_down() -> None:
    frame = Frame(20, 42, 21, 43)
    (x, _), (_, y) = frame.project((20.1, 42.5)), frame.project((20, 42.9))
    across = x / (0.1 * 111.2 * frame.shrink)
    assert across == pytest.approx(y / (0.1 * 111.2))
    assert frame.kilometres(1) == pytest.approx(across)


# ── who is who ───────────────────────────────────────────────────────────────────────────────────────


def test_everyone_has_an_entry_with_role_and_rows(pages: dict[str, Any]) -> None:
    for row in rows("people"):
        entry = by_id(pages["people"], f"person-{row['id']}")
        for key in ("name", "name_sq", "name_sr", "affiliation", "role", "note"):
            assert plain(row[key]) in text(entry), (row["id"], key)
        links = entry.xpath(".//a/@href")
        assert row["source_url"] in links
        wanted = [f"claims.html#claim-{id.lower()}" for id in filter(None, row["claims"].split("; "))]
        wanted += [f"timeline.html#event-{id.lower()}" for id in filter(None, row["events"].split("; "))]
        assert wanted
        assert [one for one in links if one.startswith(("claims.html", "timeline.html"))] == wanted


@pytest.mark.parametrize("row", rows("people"), ids=lambda row: str(row["id"]))
def test_somebody_stands_here_because_every_row_listed_names_them(row: dict[str, Any]) -> None:
    named = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, row['short'].split('; ')))})(?!\w)")
    for table in ("claims", "events"):
        source = {one["id"]: one for one in rows("claims" if table == "claims" else "chronology")}
        for id in filter(None, row[table].split("; ")):
            cells = [str(value) for key, value in source[id].items() if key != "audit_note"]
            assert named.search(" | ".join(cells)), f"{id} does not name {row['name']}"


def test_an_accused_person_is_put_on_the_step_the_accusation_has_reached() -> None:
    notes = {row["id"]: row["note"] for row in rows("people")}
    for id in ("radoicic", "thaci", "milosevic"):
        assert re.search(r"Charged(:|, not convicted)", notes[id])
        assert re.search(r"not convicted", notes[id], re.I)


# ── other ways out ───────────────────────────────────────────────────────────────────────────────────


def test_as_plain_text_nothing_is_lost_but_form_and_drawing(project: Project) -> None:
    out = project.build("text", "claims", "map")
    ledger = (out / "chapters/reference/claims.txt").read_text(encoding="utf-8")
    assert "C21 · supported" in ledger
    assert "Show all" not in ledger
    assert "Leposaviq/Leposavić" in (out / "chapters/reference/map.txt").read_text(encoding="utf-8")


def test_an_epub_is_well_formed_and_has_neither_form_nor_dead_download(project: Project) -> None:
    out = project.build("epub")
    for name in REFERENCE:
        page = etree.parse(out / "chapters/reference" / f"{name}.xhtml")
        assert page.xpath("count(//*[local-name() = 'form'])") == 0
        assert page.xpath("count(//*[@download])") == 0
    assert project.warnings == ""
