"""The book to take along: what PDF, EPUB and zip must have, on two small pages through the functions of a release.

`make release` holds the whole book to the same rules, and the EPUB to epubcheck besides.
"""

from __future__ import annotations

import functools
import io
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from lxml import html as parser
from playwright.sync_api import Browser

from conftest import run
from twolenses import course, formulas, quiz
from twolenses.book.release import epub, joined, links, make, pdf, spoken, still, zips
from twolenses.errors import BookError
from twolenses.quiz import html
from twolenses.quiz.types import TYPES

MOMENT = datetime(2026, 11, 30, 5, 20, tzinfo=UTC)
ADDRESS = "https://two-lenses.github.io/two-lenses/"
TITLE = joined.Title("Two Lenses", "A small one", "The authors", ("Version 0",))
PARTS = (joined.Part("", ("index",)), joined.Part("Chapters", ("chapters/01-small",)))
X = {"x": "http://www.w3.org/1999/xhtml", "opf": "http://www.idpf.org/2007/opf"}


@functools.cache
def questions() -> quiz.Quiz:
    """One of each type."""
    known = {question.type: id for id, (question, _) in still.bank().items()}
    assert set(known) == set(TYPES)
    return quiz.pick(list(known.values()))


INDEX = f"""
<section id="two-lenses"><h1>Two Lenses<a class="headerlink" href="#two-lenses">#</a></h1>
<p>Read <a href="chapters/01-small.html">a chapter</a>, <a href="chapters/01-small.html#number">its number</a>,
<a href="chapters/gone.html#x">a page that is not here</a> or <a href="https://example.org/">another site</a>.</p>
{links.PLACE}
</section>"""


@functools.cache
def chapter() -> str:
    """A page with a formula, two pictures and two quizzes, the second with a question of the first."""
    asked, again = html.form(questions()), html.form(quiz.pick([questions().questions[0].id]), again=True)
    half = formulas.mathml(r"\frac{1}{2}")
    return f"""
<section id="small"><h1>1. Small</h1>
<p id="number">Half is {half}. Back to <a href="../index.html#two-lenses">the start</a>.</p>
<figure><img alt="A dot on white" src="../_images/dot.svg"><figcaption><p>A dot.</p></figcaption></figure>
<svg role="img" aria-labelledby="number" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"></circle></svg>
<section id="quiz"><h2>Quiz</h2>{asked}</section>
<section id="again"><h2>Again</h2>{again}</section>
</section>"""


HTML = """<!DOCTYPE html><html lang="en"><head><title>x</title><link rel="stylesheet" href="{up}_static/site.css"></head>
<body><article class="bd-article">{body}</article></body></html>"""

XHTML = """
<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>
<link rel="stylesheet" href="{up}_static/reference.css" /><link rel="stylesheet" href="{up}_static/epub.css" /></head>
<body><div class="body" role="main">{body}<script>run()</script></div></body></html>"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two pages as the builders of the site and of the EPUB leave them, in one folder."""
    folder = tmp_path_factory.mktemp("pages")
    for name in ("_static", "_images", "chapters"):
        (folder / name).mkdir()
    for style in ("site", "reference", "epub"):
        (folder / "_static" / f"{style}.css").write_text("p { color: #222; }\n")
    (folder / "_images" / "dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle id="a" r="3"/><g id="a"/></svg>'
    )
    for name, body in (("index", INDEX), ("chapters/01-small", chapter())):
        up = "../" * name.count("/")
        (folder / f"{name}.html").write_text(HTML.format(up=up, body=body))
        as_xml = body.replace('dot.svg">', 'dot.svg"/>').replace(".html", ".xhtml")
        (folder / f"{name}.xhtml").write_text(XHTML.format(up=up, body=as_xml))
    return folder


# ── Questions ────────────────────────────────────────────────────────────────────────────────────────


def test_a_quiz_becomes_questions_and_its_answers_stand_apart() -> None:
    asked = still.printed(chapter(), still.bank())
    page, answers = (
        parser.fragment_fromstring(asked.page),
        parser.fragment_fromstring(asked.answers, create_parent=True),
    )
    assert page.xpath("count(.//form | .//input | .//select | .//textarea | .//details)") == 0
    assert len(page.find_class("tl-asked")) == len(questions()) + 1
    for question in questions():
        assert page.xpath(f".//*[@id='q-{question.id}']")
        (answer,) = answers.xpath(f".//*[@id='q-{question.id}-answer']")
        assert " ".join(answer.text_content().split()).startswith(
            f"Question {questions().questions.index(question) + 1} of"
        )
    assert len(answers.find_class("tl-answered")) == len(questions()), "asked again, answered once"


def test_what_a_page_asks_and_the_bank_does_not_hold_is_a_sentence() -> None:
    with pytest.raises(BookError, match="'what-48-counts', which is not in the bank"):
        still.printed(html.form(quiz.pick(["what-48-counts"])), {})


def test_nothing_to_press_is_left_and_no_text_is_lost() -> None:
    source = """<div><p>One<button>B</button> two</p><p><button>C</button></p><p hidden>Three</p><h3><a class="tl-self" href="#x">2 July 1990</a></h3><fieldset><legend>Which?</legend>
    <label><input type="radio"> <span>This</span></label><label><input type="radio"> <span>That</span></label></fieldset></div>"""
    tree = parser.fragment_fromstring(source)
    still.still(tree)
    assert [one.text_content() for one in tree.iter("p", "h3")] == ["One two", "2 July 1990", "Which?"]
    assert [one.text_content().strip() for one in tree.xpath(".//div/ul/li")] == ["This", "That"]


# ── Formulas ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\frac{1}{2}", "1 over 2"),
        (r"\frac{a - b}{b} \times 100", "(a minus b) over b times 100"),
        (r"x_1 = y^2", "x sub 1 equals y to the power 2"),
        (r"\sqrt{a + b} \leq 3", "the square root of (a plus b) is at most 3"),
    ],
)
def test_a_formula_is_read_out(latex: str, words: str) -> None:
    assert spoken.words(etree.fromstring(formulas.mathml(latex))) == words


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────


def test_all_pages_are_one_document_in_which_every_link_leads_somewhere(pages: Path) -> None:
    document = parser.document_fromstring(joined.document(joined.joined(pages, PARTS, ADDRESS), TITLE))
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    within = {href[1:] for href in document.xpath("//@href") if href.startswith("#")}
    assert within <= set(ids)
    assert {f"{ADDRESS}chapters/gone.html#x", "https://example.org/"} <= set(document.xpath("//a/@href"))
    assert document.xpath("//h1/text()") == ["Contents", "Chapters", "Answers to the quizzes"]
    assert [one.text_content() for one in document.xpath("//main//h2")] == ["Two Lenses", "1. Small", "1. Small"]
    named = set(chain.from_iterable(one.split() for one in document.xpath("//@aria-labelledby")))
    assert named <= set(ids)
    assert document.xpath("string(//main/section[last()]/@id)") == "answers"


@pytest.fixture(scope="module")
def book(pages: Path, browser: Browser) -> tuple[bytes, dict[str, int]]:
    """The PDF of the two pages, and the number of the page of each anchor."""
    made = joined.joined(pages, PARTS, ADDRESS)
    numbers = pdf.numbers(pdf.printed(browser, joined.document(made, TITLE), pages))
    return pdf.finished(pdf.printed(browser, joined.document(made, TITLE, numbers), pages), TITLE, MOMENT), numbers


def test_a_pdf_has_title_language_outline_and_an_alternative_for_all_that_is_seen(
    book: tuple[bytes, dict[str, int]], tmp_path: Path
) -> None:
    (tmp_path / "book.pdf").write_bytes(book[0])
    faults, counts = pdf.faults(tmp_path / "book.pdf", TITLE)
    assert faults == []
    assert counts["/Formula"] == 1
    assert counts["/Figure"] == 2
    with pikepdf.open(tmp_path / "book.pdf") as printed:
        assert "1 over 2" in {str(node.Alt) for node in pdf.structure(printed) if node.S == "/Formula"}
        assert printed.pages[0].mediabox[2:] == pytest.approx([595, 842], abs=1)
        with printed.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert titles == ["Contents", "Chapters", "Answers to the quizzes"]


def test_a_chapter_begins_on_the_page_that_the_contents_name(book: tuple[bytes, dict[str, int]]) -> None:
    numbers = book[1]
    assert 2 < numbers["p0"] < numbers["p1"] < numbers["answers"] == numbers["p1-answers"]
    assert numbers["p1-part"] == numbers["p1"] == numbers["p1-number"]


def test_the_same_pages_print_the_same_bytes(book: tuple[bytes, dict[str, int]], pages: Path, browser: Browser) -> None:
    document = joined.document(joined.joined(pages, PARTS, ADDRESS), TITLE, book[1])
    assert pdf.finished(pdf.printed(browser, document, pages), TITLE, MOMENT) == book[0]


def test_a_figure_without_words_is_a_fault(book: tuple[bytes, dict[str, int]], tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(book[0])) as printed:
        for node in pdf.structure(printed):
            if node.S in ("/Figure", "/Formula"):
                del node.Alt
        printed.save(tmp_path / "mute.pdf")
    faults, _ = pdf.faults(tmp_path / "mute.pdf", joined.Title("Other", "", "", language="sq"))
    assert sorted(faults) == [
        "A Figure has no alternative (number 1 of its kind).",
        "A Figure has no alternative (number 2 of its kind).",
        "A Formula has no alternative (number 1 of its kind).",
        "The language is not 'sq'.",
        "The title is not 'Other'.",
    ]


# ── EPUB ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def reader(pages: Path) -> zipfile.ZipFile:
    made = epub.book(pages, PARTS, TITLE, ADDRESS, MOMENT)
    assert made == epub.book(pages, PARTS, TITLE, ADDRESS, MOMENT), "the same pages, the same bytes"
    return zipfile.ZipFile(io.BytesIO(made))


def test_an_epub_says_what_it_is_and_lists_what_it_holds(reader: zipfile.ZipFile) -> None:
    first = reader.infolist()[0]
    assert (first.filename, first.compress_type, reader.read(first)) == (
        "mimetype",
        zipfile.ZIP_STORED,
        b"application/epub+zip",
    )
    package = etree.fromstring(reader.read("book/content.opf"))
    assert package.xpath("string(//*[local-name() = 'language'])") == "en"
    items = package.xpath("//opf:item", namespaces=X)
    assert {f"book/{item.get('href')}" for item in items} | {"book/content.opf"} == {
        name for name in reader.namelist() if name.startswith("book/")
    }
    properties = {item.get("href"): item.get("properties") for item in items}
    assert properties["chapters/01-small.xhtml"] == "mathml svg"
    assert properties["cover.png"] == "cover-image"
    assert "_static/reference.css" in properties
    assert reader.read("book/_images/dot.svg").count(b'id="a"') == 1
    assert "_static/epub.css" not in properties


def test_every_page_of_an_epub_is_xml_needs_no_script_and_leads_nowhere_else(reader: zipfile.ZipFile) -> None:
    pages = {name: etree.fromstring(reader.read(name)) for name in reader.namelist() if name.endswith(".xhtml")}
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    for name, page in pages.items():
        assert page.xpath("count(//x:script | //x:form | //x:input | //x:button | //x:svg)", namespaces=X) == 0
        for link in page.xpath("//x:a/@href | //x:img/@src | //x:link/@href", namespaces=X):
            if not link.startswith("https://"):
                target, _, anchor = link.partition("#")
                found = os.path.normpath(os.path.join(os.path.dirname(name), target)) if target else name
                assert found in reader.namelist(), link
                assert not anchor or anchor in ids[found], link
    chapter = pages["book/chapters/01-small.xhtml"]
    headings = [one.text for one in chapter.iterfind(".//x:h2", X)]
    assert headings == ["Quiz", "Again", "Answers"]
    assert chapter.xpath("string(//*[local-name() = 'math']/@alttext)") == "1 over 2"
    assert f"{ADDRESS}chapters/gone.html#x" in pages["book/index.xhtml"].xpath("//@href")


def test_a_page_that_is_no_xml_is_a_sentence_with_its_line(pages: Path) -> None:
    (pages / "chapters" / "broken.xhtml").write_text(XHTML.format(up="../", body="<p hidden>One</p>"))
    with pytest.raises(BookError, match=r"broken\.xhtml:\d+  is no XML: .*hidden"):
        epub.book(pages, (joined.Part("", ("chapters/broken",)),), TITLE, ADDRESS, MOMENT)


# ── Zip, and the line that leads to all ──────────────────────────────────────────────────────────────


def test_the_zip_has_the_site_and_says_how_to_open_it(pages: Path) -> None:
    made = zips.site(pages, "1.2", ADDRESS, MOMENT)
    os.utime(pages / "index.html")
    assert made == zips.site(pages, "1.2", ADDRESS, MOMENT), "the hour of a file is not in it"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.read("two-lenses-1.2/index.html") == (pages / "index.html").read_bytes()
        assert b"Open index.html" in archive.read("two-lenses-1.2/README.txt")
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 30, 5, 20, 0)}


def test_the_published_site_leads_to_what_lies_in_it_and_the_built_one_to_nothing(pages: Path, tmp_path: Path) -> None:
    taken = tmp_path / "two-lenses.pdf"
    taken.write_bytes(b"%" * 2_340_000)
    links.publish(pages, {"PDF": taken}, tmp_path / "published")
    first = (tmp_path / "published" / "index.html").read_text()
    assert 'Take it along: <a href="take-along/two-lenses.pdf">PDF</a> (2.3 MB).' in first
    assert (tmp_path / "published/take-along/two-lenses.pdf").read_bytes() == taken.read_bytes()
    assert "Take it along" not in (pages / "index.html").read_text()
    (tmp_path / "published" / "index.html").write_text("no place")
    with pytest.raises(BookError, match=r"Write \{take-along\} once into index\.md"):
        links.publish(tmp_path / "published", {"PDF": taken}, tmp_path / "again")


def test_the_first_page_of_the_book_has_the_place(root: Path) -> None:
    assert (root / "index.md").read_text(encoding="utf-8").count("```{take-along}\n```\n") == 1


# ── The whole ────────────────────────────────────────────────────────────────────────────────────────


def test_the_parts_are_those_of_the_contents_but_for_what_needs_a_script(root: Path) -> None:
    found = list(chain.from_iterable(part.pages for part in joined.parts(root)))
    assert found == [page for page in course.pages() if page != "chapters/reference/progress"]


@pytest.mark.parametrize("missing", ["Chromium", "Java"])
def test_without_a_program_nothing_is_made(
    missing: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(name: str) -> Callable[..., None]:
        def fail() -> None:
            raise BookError(f"{name} is missing.")

        return fail

    monkeypatch.setattr(pdf, "ready", no("Chromium") if missing == "Chromium" else lambda: None)
    monkeypatch.setattr(epub, "ready", no("Java"))
    with pytest.raises(BookError, match=missing):
        make.make(root, tmp_path / "dist", tell=lambda line: None)
    assert not (tmp_path / "dist").exists()


def test_the_command_leaves_with_two_and_a_remedy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    done = run(
        "env",
        "PATH=/nowhere",
        Path(sys.executable).parent / "twolenses",
        "build",
        "release",
        "-o",
        tmp_path / "dist",
        cwd=root,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Chromium does not print the book")
    assert "make browser" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "dist").exists()


def test_java_is_asked_for_before_anything_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BookError, match="needs Java. Install it"):
        epub.ready()


def test_an_hour_that_is_no_number_is_a_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert make.moment(root).year == 2023
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(BookError, match="SOURCE_DATE_EPOCH is 'today'"):
        make.moment(root)
