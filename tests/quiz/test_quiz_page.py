"""The quiz in a real browser, on small pages of its own: every type, every state, with and without what a page needs.

The pages are served with a strict content security policy, and whatever the browser complains about fails the test.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import json
import random
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from twolenses import quiz, templating
from twolenses.book.reference import progress
from twolenses.errors import QuizError
from twolenses.quiz import html, strings, vary

HERE = Path(__file__).parent
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'"
KEY = "two-lenses:progress"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A quiz</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="quiz.css"><script defer src="quiz.js"></script>{script}
</head><body><main><h1>A quiz</h1>{body}</main></body></html>
"""
PROGRESS = '<script defer src="progress.js"></script>'

LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπχρστθωςζυϊ" + "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΧΡΣΤΘΩΪΖΥΫ",
)


def greek(text: str) -> str:
    """The text in letters that no English word has; what stands in braces stays."""
    return re.sub(r"\{\w+\}|[^{}]", lambda found: found[0] if found[0][0] == "{" else found[0].translate(LETTERS), text)


GREEK = {part: {name: greek(word) for name, word in words.items()} for part, words in strings.WORDS.items()}


def foreign(bank: quiz.Quiz) -> quiz.Quiz:
    """The questions with every text in Greek letters, and without mistakes, the sentences of which are the book's."""
    kept = {"id", "type", "objective", "level", "difficulty", "lens", "source", "fact", "key", "unit"}

    def turned(part: Any, name: str = "") -> Any:
        if isinstance(part, dict):
            kept_parts = {each: turned(one, each) for each, one in part.items() if each not in ("mistakes", "vary")}
            return kept_parts | ({"mistakes": []} if isinstance(part.get("answer"), dict) else {})
        if isinstance(part, list):
            return [turned(one, name) for one in part]
        return greek(part) if isinstance(part, str) and name not in kept else part

    made = [vary.question(turned(one.written)) for one in bank]
    return quiz.Quiz(bank.path, tuple(made), bank.lines)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def bank() -> quiz.Quiz:
    return quiz.read(HERE / "all_types.yml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, bank: quiz.Quiz) -> Path:
    """Pages beside the script and the stylesheet, and nothing else."""
    folder = tmp_path_factory.mktemp("pages")
    for name, source in html.assets().items():
        (folder / name).write_text(source, encoding="utf-8")
    shutil.copy(progress.SCRIPT, folder)
    (folder / "page.css").write_text("body { background: Canvas; color: CanvasText; }")  # which axe cannot see else
    form = html.form(bank)
    edited = tmp_path_factory.mktemp("edited") / "all_types.yml"
    text = (HERE / "all_types.yml").read_text(encoding="utf-8")
    edited.write_text(text.replace("Which are even?", "Which are even numbers?"), encoding="utf-8")
    pages = {
        "quiz": form,
        "other": "<p>Another page.</p>",
        "edited": html.form(quiz.read(edited)),
        "progress": progress.table([bank], {bank.name: "quiz.html"}, {"first": "Tell one thing from another."}),
        "twice": form + html.form(bank, again=True),
        "translated": html.form(foreign(bank), words=GREEK),
        "translated-progress": progress.table(
            [foreign(bank)], {}, {"first": "α", "second": "β", bank.name: "γ"}, GREEK
        ),
    }
    for name, body in pages.items():
        script = PROGRESS if name.endswith("progress") else ""
        (folder / f"{name}.html").write_text(PAGE.format(body=body, script=script), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    class Strict(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def do_GET(self) -> None:
            if self.path == "/favicon.ico":
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Strict, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def visiting(browser: Browser, **settings: Any) -> Iterator[tuple[BrowserContext, Callable[..., Page]]]:
    """A reader of their own, who opens pages. No error in the console, no request to anywhere else."""
    troubles: list[str] = []
    with browser.new_context(**settings) as context:
        context.set_default_timeout(5000)

        def visit(address: str) -> Page:
            page = context.new_page()
            page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.goto(address)
            return page

        yield context, visit
        assert troubles == []


@pytest.fixture
def reader(browser: Browser) -> Iterator[tuple[BrowserContext, Callable[..., Page]]]:
    with visiting(browser) as both:
        yield both


@pytest.fixture
def page(reader: tuple[BrowserContext, Callable[..., Page]], address: str) -> Page:
    return reader[1](address + "quiz.html")


def box(page: Page, question: str) -> Locator:
    return page.locator(f"[data-question='{question}']")


def press(where: Locator, name: str) -> None:
    where.get_by_role("button", name=name).click()


def status(page: Page, question: str) -> str:
    return box(page, question).get_by_role("status").inner_text()


def state(page: Page, question: str) -> str | None:
    return box(page, question).get_attribute("data-state")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def stored(page: Page) -> Any:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))


@functools.cache
def axe_source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": AXE}}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{one['id']} ×{len(one['nodes'])}: {one['nodes'][0]['html'][:120]}" for one in found]


def choose(page: Page, question: str, label: str) -> None:
    box(page, question).get_by_label(label, exact=True).check()


def answer_wrongly(page: Page) -> None:
    """Every question, each as wrong as its type allows."""
    choose(page, "one", "The first")
    choose(page, "several", "Three")
    choose(page, "verdict", "False")
    box(page, "cut").get_by_role("textbox").fill("85.6")
    box(page, "who").get_by_role("textbox").fill("vjosa osmani")
    box(page, "match").get_by_label("France").select_option("Lisbon")
    fill_order(page, ["Delta", "Charlie", "Bravo", "Alpha"])
    box(page, "gaps").get_by_label("Blank 2").fill("Vucic")
    box(page, "gaps").get_by_label("Blank 3").select_option("little")
    box(page, "lenses").get_by_role("group", name="It rains.").get_by_label("Both").check()
    write(page)
    box(page, "words").get_by_role("spinbutton").first.fill("0")
    check_all(page)


def answer_rightly(page: Page) -> None:
    choose(page, "one", "The second")
    for even in ("Two", "Four"):
        choose(page, "several", even)
    choose(page, "verdict", "True")
    choose(page, "verdict", "It clings")
    box(page, "cut").get_by_role("textbox").fill("46,1 %")
    box(page, "who").get_by_role("textbox").fill("gervalla")
    for country, capital in (("France", "Paris"), ("Italy", "Rome"), ("Spain", "Madrid")):
        box(page, "match").get_by_label(country).select_option(capital)
    fill_order(page, ["Alpha", "Bravo", "Charlie", "Delta"])
    box(page, "gaps").get_by_label("Blank 1").fill("46.1")
    box(page, "gaps").get_by_label("Blank 2").fill("mojsilovic")
    box(page, "gaps").get_by_label("Blank 3").select_option("much")
    for text, lens in LENSES.items():
        box(page, "lenses").get_by_role("group", name=text).get_by_label(lens).check()
    write(page)
    for field, points in zip(box(page, "words").get_by_role("spinbutton").all(), "23", strict=True):
        field.fill(points)
    check_all(page)


def write(page: Page) -> None:
    """An essay, up to the moment of its assessment."""
    box(page, "words").get_by_role("textbox").fill("This is my text.")
    if not box(page, "words").get_by_role("table").is_visible():
        press(box(page, "words"), "Compare with the rubric")


LENSES = {"Power decides.": "Realism", "Trade binds.": "Liberalism", "States matter.": "Both", "It rains.": "Neither"}


def fill_order(page: Page, wanted: list[str]) -> None:
    for place, item in enumerate(wanted):
        while order(page).index(item) > place:
            press(box(page, "sequence"), f"Move “{item}” up")


def order(page: Page) -> list[str]:
    return box(page, "sequence").locator(".tl-item label").all_inner_texts()


def check_all(page: Page) -> None:
    for button in page.locator(".tl-check").all():
        button.click()


# ── marking ──────────────────────────────────────────────────────────────────────────────────────────

MARK = "pairs => pairs.map(([key, response]) => { const got = TwoLenses.mark(key, response); return [got.fraction, got.feedback]; })"


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> tuple[quiz.Quiz, list[Any]]:
    found = json.loads((HERE / "marking.json").read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("bank") / "bank.yml"
    path.write_text(found["bank"], encoding="utf-8")
    return quiz.read(path), found["vectors"]


def keys(bank: quiz.Quiz) -> dict[str, Any]:
    return {one.id: one.marking() | {"because": one.because} for one in bank}


def test_the_page_marks_every_vector_as_the_package_does(page: Page, vectors: tuple[quiz.Quiz, list[Any]]) -> None:
    bank, cases = vectors
    key = keys(bank)
    got = page.evaluate(MARK, [[key[case["question"]], case["response"]] for case in cases])
    assert len(cases) > 500
    assert {bank[case["question"]].type for case in cases} == set(quiz.types.TYPES)
    for case, (fraction, feedback) in zip(cases, got, strict=True):
        assert fraction == pytest.approx(case["fraction"], abs=1e-9), case
        assert tuple(feedback) == quiz.mark(bank[case["question"]], case["response"]).feedback, case


def test_marking_needs_no_page(page: Page, folder: Path, vectors: tuple[quiz.Quiz, list[Any]]) -> None:
    """In a worker there is no document: `marking.js` alone marks the same."""
    marking = (html.HERE / "static" / "marking.js").read_text(encoding="utf-8")
    (folder / "worker.js").write_text(
        f"{marking}\nconst mark = {MARK};\nonmessage = event => postMessage(mark(event.data));", encoding="utf-8"
    )
    bank, cases = vectors
    key = keys(bank)
    ask = """pairs => new Promise((resolve, reject) => {
        const worker = new Worker("worker.js");
        Object.assign(worker, {onmessage: event => resolve(event.data), onerror: reject}).postMessage(pairs);
    })"""
    got = page.evaluate(ask, [[key[case["question"]], case["response"]] for case in cases])
    assert [fraction for fraction, _ in got] == [pytest.approx(case["fraction"], abs=1e-9) for case in cases]


def test_the_page_reads_any_text_as_the_package_does(page: Page, vectors: tuple[quiz.Quiz, list[Any]]) -> None:
    chance = random.Random(7)
    signs = [*"0123456789", *".,.,  +-−–% €€m²³", "\u00a0", "\u202f", "\x1c", "\x85", "\ufeff", "a", "ж", "½", "٤", "e"]
    letters = [*"gGeEëËrvallaAçč’‘“”«»-–— .,;:!?()đĐıİłŁøßςσΣ…ﬁＡ", "e\u0308", "\u00ad", "\u200b", "\u3000", "\u0345"]
    start = {
        "percent": (signs, ["46.1", "46,1", "1e2", "46,1 %."]),
        "count": (signs, ["8350", "8,350", "8.350,0", "8350 km2", "€ 8.350", "8350 m³"]),
        "name": (letters, ["Donika Gërvalla", "Gërvalla-Schwarz", "Vjosa Osmani"]),
        "strict": (letters, ["Gërvalla", "Gervalla"]),
        "serbian": (letters, ["Đinđić", "Strasse d'Été"]),
    }
    bank, key = vectors[0], keys(vectors[0])
    pairs = []
    for question, (alphabet, texts) in start.items():
        for _ in range(400):
            text = list(chance.choice(texts) if chance.random() < 0.8 else "")
            for _ in range(chance.randint(0, 3)):
                text.insert(chance.choice([0, len(text), chance.randint(0, len(text))]), chance.choice(alphabet))
            pairs.append((question, "".join(text)))
    got = page.evaluate(MARK, [[key[question], text] for question, text in pairs])
    expected = [quiz.mark(bank[question], text).fraction for question, text in pairs]
    assert [one[0] for one in got] == expected
    assert 400 < sum(expected) < 1600


def test_right_answers_are_right_and_wrong_ones_are_told_why(page: Page) -> None:
    answer_wrongly(page)
    assert page.locator(".tl-score").inner_text() == "0 of 10 questions right."
    for question, sentence in {
        "one": "The first is not it.",
        "several": "Three It is odd.",
        "verdict": "It is not dry.",
        "cut": "share of the new figure",
        "who": "She was the president.",
        "match": "France It is Paris.",
        "sequence": "Look at the first letters.",
        "gaps": "Blank 2 He is the president.",
        "lenses": "It rains. Rain matters to neither.",
        "words": "You give yourself 0 of 5 points.",
    }.items():
        assert state(page, question) == "wrong", question
        assert sentence in status(page, question).replace("\n", " ")
    box(page, "several").get_by_label("Three").uncheck()
    answer_rightly(page)
    assert page.locator("[data-state='right']").count() == 10
    assert page.locator(".tl-score").inner_text() == "10 of 10 questions right."
    assert "It is the second." in status(page, "one")


def test_a_partly_right_answer_is_called_so_and_what_is_missing_is_said(page: Page) -> None:
    box(page, "match").get_by_label("Italy").select_option("Rome")
    press(box(page, "match"), "Check")
    assert state(page, "match") == "partly"
    assert status(page, "match").split("\n") == ["Partly right.", "", "Some parts have no answer yet."]


def test_no_answer_is_no_try(page: Page) -> None:
    sentences = dict.fromkeys(
        ("one", "several", "verdict", "cut", "who", "match", "gaps", "lenses"), "Choose an answer first."
    )
    sentences["sequence"] = "Put the items into your order first."
    for question, sentence in sentences.items():
        for _ in range(3):
            box(page, question).locator(".tl-check").press("Enter")
        assert status(page, question) == sentence
        assert state(page, question) is None
        assert not box(page, question).get_by_role("button", name="Show the answer").is_visible()


@pytest.mark.parametrize("field", ["cut", "gaps"])
def test_what_is_no_number_is_no_try(page: Page, field: str) -> None:
    box(page, field).get_by_role("textbox").first.fill("a lot")
    press(box(page, field), "Check")
    assert status(page, field) == "Write a number, for example 46.1 or 46,1."
    assert state(page, field) is None


def test_an_essay_is_assessed_by_its_writer(page: Page) -> None:
    essay = box(page, "words")
    assert not essay.get_by_role("table").is_visible()
    press(essay, "Compare with the rubric")
    assert status(page, "words") == "Write your text first."
    essay.get_by_role("textbox").fill("Four words of mine")
    press(essay, "Compare with the rubric")
    assert status(page, "words").startswith("4 words; 3 to 100 are asked for.")
    assert essay.get_by_text("With two paragraphs.").is_visible()
    assert focused(page) == "Count my points"
    press(essay, "Count my points")
    assert status(page, "words") == "Give yourself points for a criterion first."
    essay.get_by_label("Evidence").fill("1.5")
    essay.get_by_label("Evidence").press("Enter")
    assert status(page, "words") == "You give yourself 1.5 of 5 points."
    assert state(page, "words") == "partly"


# ── keyboard and focus ───────────────────────────────────────────────────────────────────────────────


def tab(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go there by the Tab key."""
    for _ in range(60):
        if target.evaluate("target => target === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError("Tab does not lead there")


def test_the_keyboard_is_enough_for_every_type(page: Page) -> None:
    def check(question: str) -> None:
        tab(page, box(page, question).locator(".tl-check"))
        page.keyboard.press("Enter")
        assert focused(page) == "Check"  # the focus stays

    def radio(question: str, group: int, downs: int) -> None:
        tab(page, box(page, question).get_by_role("radio").nth(group))
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")

    radio("one", 0, 1)
    check("one")
    for number in (0, 2):
        tab(page, box(page, "several").get_by_role("checkbox").nth(number))
        page.keyboard.press("Space")
    check("several")
    radio("verdict", 0, 0)
    radio("verdict", 2, 1)
    check("verdict")
    for question, text in (("cut", "46,1"), ("who", "Gërvalla")):
        tab(page, box(page, question).get_by_role("textbox"))
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    for number, letter in enumerate("prm"):
        tab(page, box(page, "match").get_by_role("combobox").nth(number))
        page.keyboard.press(letter)
    check("match")
    for place, item in enumerate(("Alpha", "Bravo", "Charlie", "Delta")):
        up = box(page, "sequence").get_by_role("button", name=f"Move “{item}” up")
        while order(page).index(item) > place:
            tab(
                page,
                up,
                "Tab"
                if not up.evaluate("up => document.activeElement.compareDocumentPosition(up) & 2")
                else "Shift+Tab",
            )
            page.keyboard.press("Enter")
            assert up.evaluate("up => up === document.activeElement")
    check("sequence")
    for number, text in enumerate(("46.1", "Mojsilović")):
        tab(page, box(page, "gaps").get_by_role("textbox").nth(number))
        page.keyboard.type(text)
    tab(page, box(page, "gaps").get_by_role("combobox"))
    page.keyboard.press("ArrowDown")
    check("gaps")
    for number in range(4):
        radio("lenses", 4 * number, number)
    check("lenses")
    essay = box(page, "words")
    tab(page, essay.get_by_role("textbox"))
    page.keyboard.type("This is my text.")
    tab(page, essay.locator(".tl-check"))
    page.keyboard.press("Enter")
    for number in (1, 0):
        tab(page, essay.get_by_role("spinbutton").nth(number), "Shift+Tab")
        page.keyboard.type("23"[number])
    page.keyboard.press("Enter")
    assert page.locator(".tl-score").inner_text() == "10 of 10 questions right."
    assert page.url.endswith("quiz.html")  # nothing was submitted


def test_an_arrow_marks_nothing_and_enter_submits_nothing(page: Page) -> None:
    radios = box(page, "one").get_by_role("radio")
    radios.first.focus()
    for key in ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert state(page, "one") is None
    assert page.url.endswith("quiz.html")


def test_hints_come_one_at_a_time_and_the_focus_is_not_lost(page: Page) -> None:
    one = box(page, "one")
    choose(page, "one", "The first")
    press(one, "Check")
    press(one, "Hint 1 of 2")
    assert "Look again." in status(page, "one")
    assert "closer" not in status(page, "one")
    assert focused(page) == "Hint 2 of 2"
    press(one, "Hint 2 of 2")
    assert "Look closer." in status(page, "one")
    assert status(page, "one").startswith("Not yet.")  # the feedback stays beside the hints
    assert not one.get_by_role("button", name="Hint").is_visible()
    assert focused(page) == "Check"
    assert one.locator(".tl-result").get_attribute("aria-atomic") == "false"  # only what is new is read out


def test_the_answer_is_offered_after_two_tries_and_has_the_focus(page: Page) -> None:
    one = box(page, "one")
    choose(page, "one", "The first")
    for tries in range(3):
        assert one.get_by_role("button", name="Show the answer").is_visible() == (tries == 2)
        press(one, "Check")
    press(one, "Show the answer")
    assert one.get_by_text("It is the second.").is_visible()
    assert focused(page) == "Answer to question 1"


def test_trying_again_takes_the_mark_and_keeps_the_answer(page: Page) -> None:
    choose(page, "one", "The second")
    press(box(page, "one"), "Check")
    press(box(page, "one"), "Try again")
    assert state(page, "one") is None
    assert status(page, "one") == ""
    assert box(page, "one").get_by_label("The second").is_checked()
    assert page.evaluate("document.activeElement.value") == "1"
    assert page.locator(".tl-score").inner_text() == ""
    page.reload()
    assert state(page, "one") is None
    assert box(page, "one").get_by_label("The second").is_checked()


def test_items_can_be_dragged_and_their_place_is_announced(page: Page) -> None:
    first = order(page)[0]
    page.locator("#q-sequence").scroll_into_view_if_needed()
    grips = page.locator(".tl-grip")
    start, end = grips.first.bounding_box(), grips.nth(3).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    for part in range(11):
        page.mouse.move(start["x"] + 5, start["y"] + 5 + part / 10 * (end["y"] + end["height"] - start["y"]))
    page.mouse.up()
    assert order(page)[3] == first
    assert page.locator(".tl-live").inner_text() == f"{first}: place 4 of 4."
    assert page.locator(".tl-live").get_attribute("aria-live") == "polite"
    page.get_by_role("button", name=f"Move “{first}” down").press(
        "Enter"
    )  # it is the last: nothing happens, and nothing breaks
    assert order(page)[3] == first


# ── accessibility and looks ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible(browser: Browser, address: str, scheme: str) -> None:
    with visiting(browser, color_scheme=scheme) as (_, visit):
        page = visit(address + "quiz.html")
        assert violations(page) == []
        answer_wrongly(page)
        assert violations(page) == []
        for button in page.locator(".tl-check + button").all():
            button.click()
        check_all(page)
        press(box(page, "match"), "Show the answer")
        assert violations(page) == []
        choose(page, "one", "The second")
        press(box(page, "one"), "Check")
        press(page.locator("form"), "Review what I missed")
        press(page.locator("form"), "Clear my answers")
        assert violations(page) == []
        press(page.locator("form"), "No, keep them")
        press(page.locator("form"), "Show all questions")
        box(page, "several").get_by_label("Three").uncheck()
        answer_rightly(page)
        assert violations(page) == []
        page.goto(address + "progress.html")
        assert violations(page) == []


@pytest.mark.parametrize("name", ["quiz", "progress"])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, address: str, name: str) -> None:
    answer_wrongly(page)
    page.goto(f"{address}{name}.html")
    for width in (320, 360, 640, 1280):  # 640 is 1280 at 200 percent, 320 at 400 percent
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough_for_a_finger(page: Page) -> None:
    answer_wrongly(page)
    small = """() => [...document.querySelectorAll("button, input, select, textarea, summary")]
        .filter(one => one.checkVisibility() && (one.offsetWidth < 24 || one.offsetHeight < 18)).map(one => one.outerHTML)"""
    assert page.evaluate(small) == []


def test_with_forced_colours_words_say_what_colours_say(browser: Browser, address: str) -> None:
    with visiting(browser, forced_colors="active") as (_, visit):
        page = visit(address + "quiz.html")
        answer_wrongly(page)
        assert page.get_by_text("Not yet.").count() == 9
        line = "getComputedStyle(document.querySelector('#q-one .tl-result')).borderInlineStartStyle"
        assert page.evaluate(line) == "solid"


def test_nothing_moves() -> None:
    assert not re.search(r"transition|animation|@keyframes|scroll-behavior", html.assets()["quiz.css"])


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_every_answer_is_unfolded(browser: Browser, address: str, script: bool) -> None:
    with visiting(browser, java_script_enabled=script) as (_, visit):
        page = visit(address + "quiz.html")
        closed = [one.bounding_box() for one in page.locator(".tl-answer").all()]
        page.emulate_media(media="print")
        for before, answer in zip(closed, page.locator(".tl-answer").all(), strict=True):
            now = answer.bounding_box()
            assert now
            assert now["height"] > (before["height"] if before else 0) + 30
        assert not page.locator(".tl-actions").first.is_visible()
        if script:
            page.emulate_media(media="screen")
            page.evaluate("dispatchEvent(new Event('beforeprint'))")  # for browsers that unfold by script only
            assert page.locator(".tl-answer[open]").count() == 10
            page.evaluate("dispatchEvent(new Event('afterprint'))")
            assert page.locator(".tl-answer[open]").count() == 0


# ── with less than everything ────────────────────────────────────────────────────────────────────────


def test_without_script_the_answers_fold_open(browser: Browser, address: str) -> None:
    with visiting(browser, java_script_enabled=False) as (_, visit):
        page = visit(address + "quiz.html")
        assert page.get_by_role("button").count() == 0
        for answer in page.locator(".tl-answer").all():
            answer.locator("summary").click()
            assert answer.locator(":scope > :nth-child(2)").is_visible()
        assert page.get_by_text("With two paragraphs.").is_visible()
        page.goto(address + "progress.html")
        assert page.get_by_text("this page needs JavaScript").is_visible()
        assert page.get_by_role("row", name="Realism").inner_text().split() == ["Realism", "2"]
        assert page.get_by_role("link").first.get_attribute("href") == "quiz.html"
        assert page.get_by_role("button").count() == 0


def test_the_policy_forbids_what_the_page_does_not_do(page: Page) -> None:
    answer_wrongly(page)
    assert page.request.get(page.url).headers["content-security-policy"] == POLICY
    attributes = "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes].map(each => each.name))"
    assert not {one for one in page.evaluate(attributes) if one == "style" or one.startswith("on")}
    script = html.assets()["quiz.js"] + progress.SCRIPT.read_text(encoding="utf-8")
    assert not re.search(r"\beval\b|new Function|document\.write|insertAdjacentHTML|outerHTML|\.style\b", script)
    assert script.count("innerHTML") == 1


def test_it_works_from_a_memory_stick(reader: tuple[BrowserContext, Callable[..., Page]], folder: Path) -> None:
    page = reader[1]((folder / "quiz.html").as_uri())
    answer_rightly(page)
    page.reload()
    assert page.locator(".tl-score").inner_text() == "10 of 10 questions right."


OFF = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
NONE = "Object.defineProperty(window, 'localStorage', {value: null});"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
LATER = f'localStorage.setItem(\'{KEY}\', \'{{"version":2,"all":"else"}}\');'
UNKEPT = "This browser does not keep your progress"
RECORD = {"digest": "DIGEST", "fraction": 1, "tries": 1, "time": "2026-01-01", "response": "x"}


@pytest.mark.parametrize("trouble", [OFF, NONE, FULL, LATER], ids=["off", "none", "full", "later version"])
def test_without_storage_all_is_the_same_but_nothing_is_kept(browser: Browser, address: str, trouble: str) -> None:
    with visiting(browser) as (context, visit):
        context.add_init_script(trouble)
        page = visit(address + "quiz.html")
        choose(page, "one", "The first")
        press(box(page, "one"), "Check")
        assert page.get_by_text(UNKEPT).is_visible()
        for question, label in (("one", "The second"), ("several", "Two"), ("several", "Four")):
            choose(page, question, label)
            press(box(page, question), "Check")
        assert page.locator(".tl-score").inner_text() == "2 of 10 questions right."
        press(page.locator("form"), "Clear my answers")
        press(page.locator("form"), "Yes, clear them")
        assert page.locator(".tl-score").inner_text() == ""
        if trouble == LATER:
            assert stored(page) == {"version": 2, "all": "else"}  # left alone
        page.goto(address + "progress.html")
        assert page.locator(".tl-summary").inner_text().startswith("0 of 10")


RECORD = {"digest": "DIGEST", "fraction": 1, "tries": 1, "time": "2026-01-01", "response": "x"}


CORRUPT = [
    "", "{", "null", "7", '"x"', "[]", "{}", '{"version":1}', '{"version":1,"questions":null}',
    '{"version":1,"questions":{"one":null,"several":7,"cut":{},"__proto__":{"digest":"x"}}}',
]  # fmt: skip


def test_a_corrupt_storage_is_started_afresh(page: Page) -> None:
    for found in CORRUPT:
        page.evaluate("([key, found]) => localStorage.setItem(key, found)", [KEY, found])
        page.reload()
        assert page.locator(".tl-score").inner_text() == "", found
        choose(page, "one", "The second")
        press(box(page, "one"), "Check")
        assert stored(page)["questions"]["one"]["fraction"] == 1
        assert not page.get_by_text(UNKEPT).is_visible()


STRANGE = [None, "x", 7, True, [], [[1], {}, None, "3"], [3, 3, 3, 3], {"value": 3, "scores": "x"}, {"text": []}]


def test_a_strange_response_in_the_storage_is_marked_as_the_package_does(page: Page, bank: quiz.Quiz) -> None:
    for response in STRANGE:
        records = {one.id: RECORD | {"digest": html.digest(one), "response": response} for one in bank}
        kept = json.dumps({"version": 1, "questions": records})
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, kept])
        page.reload()
        right = page.locator("[data-state='right']").evaluate_all("all => all.map(one => one.dataset.question)")
        assert set(right) == {one.id for one in bank if quiz.mark(one, response).right}
        choose(page, "one", "The second")
        press(box(page, "one"), "Check")
        assert state(page, "one") == "right"


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────


def test_answers_marks_and_tries_survive_a_reload(page: Page) -> None:
    answer_wrongly(page)
    page.reload()
    assert page.locator("[data-state='wrong']").count() == 10
    assert order(page) == ["Delta", "Charlie", "Bravo", "Alpha"]
    assert box(page, "words").get_by_role("textbox").input_value() == "This is my text."
    press(box(page, "one"), "Check")
    assert box(page, "one").get_by_role("button", name="Show the answer").is_visible()  # the second try
    record = stored(page)["questions"]["match"]
    assert record["response"] == [0, None, None]
    assert record["tries"] == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", record["time"])
    box(page, "several").get_by_label("Three").uncheck()
    answer_rightly(page)
    page.reload()
    assert page.locator(".tl-score").inner_text() == "10 of 10 questions right."


def test_what_was_entered_and_not_checked_survives_a_reload(page: Page) -> None:
    box(page, "words").get_by_role("textbox").fill("Half a")
    box(page, "gaps").get_by_label("Blank 2").fill("Vu")
    press(box(page, "sequence"), f"Move “{order(page)[3]}” up")
    before = order(page)
    page.reload()
    assert box(page, "words").get_by_role("textbox").input_value() == "Half a"
    assert box(page, "gaps").get_by_label("Blank 2").input_value() == "Vu"
    assert order(page) == before
    assert page.locator("[data-state]").count() == 0


def test_an_edited_question_is_not_shown_as_answered(page: Page, address: str) -> None:
    answer_rightly(page)
    page.goto(address + "edited.html")
    assert page.locator(".tl-score").inner_text() == "9 of 10 questions right."
    assert state(page, "several") is None
    assert page.get_by_role("checkbox", checked=True).count() == 0


def test_two_tabs_agree(reader: tuple[BrowserContext, Callable[..., Page]], address: str) -> None:
    visit = reader[1]
    one, other, overview = visit(address + "quiz.html"), visit(address + "quiz.html"), visit(address + "progress.html")
    box(other, "who").get_by_role("textbox").fill("not checked yet")
    one.bring_to_front()
    answer_rightly(one)
    other.locator("#q-cut[data-state='right']").wait_for()
    overview.get_by_text("10 of 10 questions answered, 10 right.").wait_for()
    other.bring_to_front()
    choose(other, "one", "The third")
    press(box(other, "one"), "Check")
    one.locator("#q-one[data-state='wrong']").wait_for()
    assert len(stored(one)["questions"]) == 10
    press(other.locator("form"), "Clear my answers")
    press(other.locator("form"), "Yes, clear them")
    one.wait_for_function("document.querySelectorAll('[data-state]').length === 0")
    assert one.locator(".tl-score").inner_text() == ""


def test_the_back_button_leads_back_to_the_answers(page: Page, address: str) -> None:
    answer_wrongly(page)
    page.goto(address + "other.html")
    page.go_back()
    assert page.locator("[data-state='wrong']").count() == 10
    page.evaluate("key => localStorage.removeItem(key)", KEY)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")  # as from the cache
    assert page.locator("[data-state]").count() == 0


def test_reset_asks_first(page: Page) -> None:
    answer_wrongly(page)
    form = page.locator("form")
    press(form, "Clear my answers")
    assert focused(page) == "No, keep them"
    press(form, "No, keep them")
    assert focused(page) == "Clear my answers"
    assert len(stored(page)["questions"]) == 10
    first = order(page)
    press(form, "Clear my answers")
    press(form, "Yes, clear them")
    assert stored(page)["questions"] == {}
    assert page.locator("[data-state], input:checked").count() == 0
    assert page.locator(".tl-answer[open]").count() == 0
    assert order(page) != first
    assert focused(page) == "Clear my answers"


def test_review_shows_what_is_not_yet_right(page: Page) -> None:
    form = page.locator("form")
    choose(page, "one", "The second")
    press(box(page, "one"), "Check")
    press(form, "Review what I missed")
    assert not box(page, "one").is_visible()
    assert form.get_by_text("Not yet right: 9 of 10 questions.").is_visible()
    assert focused(page) == "Show all questions"
    press(form, "Show all questions")
    assert box(page, "one").is_visible()
    assert focused(page) == "Review what I missed"
    answer_rightly(page)
    press(form, "Review what I missed")
    assert form.get_by_text("Every question is right.").is_visible()
    press(form, "Clear my answers")
    press(form, "Yes, clear them")
    assert page.locator(".tl-question:visible").count() == 10


# ── the same questions twice on a page ───────────────────────────────────────────────────────────────


def again(page: Page, question: str) -> Locator:
    return box(page, question + html.AGAIN)


def test_two_forms_with_the_same_questions_share_no_id(page: Page, address: str) -> None:
    page.goto(address + "twice.html")
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    names = [set(form.locator("[name]").evaluate_all("all => all.map(one => one.name)")) for form in page.locator("form").all()]  # fmt: skip
    assert not names[0] & names[1]
    assert violations(page) == []
    answer_wrongly(page)
    assert violations(page) == []
    assert page.get_by_text("Question 1 of 10, once more").count() == 1


def test_an_answer_given_again_leaves_the_first_one_alone(page: Page, address: str) -> None:
    page.goto(address + "twice.html")
    choose(page, "one", "The first")
    press(box(page, "one"), "Check")
    assert again(page, "one").get_attribute("data-state") is None
    again(page, "one").get_by_label("The second").check()
    press(again(page, "one"), "Check")
    page.reload()
    assert (state(page, "one"), state(page, "one" + html.AGAIN)) == ("wrong", "right")
    assert page.locator(".tl-score").all_inner_texts() == ["0 of 10 questions right.", "1 of 10 questions right."]
    press(page.locator("form").nth(1), "Clear my answers")
    press(page.locator("form").nth(1), "Yes, clear them")
    assert (state(page, "one"), state(page, "one" + html.AGAIN)) == ("wrong", None)


def test_an_answer_given_again_counts_where_it_is_right(page: Page, address: str) -> None:
    page.goto(address + "twice.html")
    choose(page, "one", "The first")
    choose(page, "verdict", "True")
    for question in ("one", "verdict"):
        press(box(page, question), "Check")
    again(page, "one").get_by_label("The second").check()
    again(page, "verdict").get_by_label("False").check()
    again(page, "several").get_by_label("Three").check()
    for question in ("one", "verdict", "several"):
        press(again(page, question), "Check")
    page.goto(address + "progress.html")
    assert page.locator(".tl-summary").inner_text() == "2 of 10 questions answered, 1 right."


BANKED = ("cut-percent", "anarchy-is-not-disorder")


def test_questions_are_chosen_by_id_from_any_file() -> None:
    assert [one.id for one in quiz.pick(BANKED)] == list(BANKED)
    assert [one.id for one in quiz.pick(BANKED[::-1])] == list(BANKED[::-1])
    assert len(quiz.pick([])) == 0


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        (["cut-percnt"], "There is no question 'cut-percnt'. Did you mean 'cut-percent'"),
        (["cut-percent", "cut-percent"], "The question 'cut-percent' is named twice."),
    ],
)
def test_what_cannot_be_chosen_says_so(ids: list[str], says: str) -> None:
    with pytest.raises(QuizError, match=says):
        quiz.pick(ids)


def test_questions_are_chosen_from_a_folder_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    shutil.copy(HERE / "all_types.yml", path)
    assert [one.id for one in quiz.pick(["who", "one"], tmp_path)] == ["who", "one"]
    path.write_text(path.read_text(encoding="utf-8").replace("type: single", "type: singel"), encoding="utf-8")
    with pytest.raises(QuizError, match=r"mine.yml:3  question 'one': type 'singel' is not a question type"):
        quiz.pick(["one"], tmp_path)


def one_page(tmp_path: Path, body: str) -> str:
    """The page, and what Sphinx has to say about it."""
    warnings = io.StringIO()
    (tmp_path / "conf.py").write_text("extensions = ['myst_parser', 'twolenses.book.chapters.quizzes']\n")
    (tmp_path / "index.md").write_text(f"# A page\n\n{body}")
    with patch_docutils(), docutils_namespace():
        Sphinx(tmp_path, tmp_path, tmp_path / "out", tmp_path / "trees", "html", status=None, warning=warnings).build()
    return warnings.getvalue() + (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_the_directive_shows_chosen_questions_on_any_page(tmp_path: Path) -> None:
    ids = " ".join(BANKED)
    built = one_page(tmp_path, f"```{{quiz}}\n:ids: {ids}\n```\n\n```{{quiz}}\n:ids: {ids}\n:again:\n```\n")
    for id in BANKED:
        assert f'data-question="{id}"' in built
        assert f'data-question="{id}--again"' in built
    assert "WARNING" not in built
    assert built.count('<form class="tl-quiz"') == 2
    assert "quiz.js" in built


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("```{quiz}\n```\n", "takes the name of a quiz, or ':ids:'"),
        ("```{quiz} 01-reading-the-case\n:ids: cut-percent\n```\n", "takes the name of a quiz, or ':ids:'"),
        ("```{quiz}\n:ids: cut-percnt\n```\n", "There is no question 'cut-percnt'. Did you mean"),
        ("```{quiz} 01-reading-the-caes\n```\n", "names '01-reading-the-caes', which does not exist. Known: 01-"),
        ("```{quiz}\n:ids: cut-percent\n```\n" * 2, "'cut-percent' stands on this page before. Add ':again:'"),
    ],
)
def test_the_directive_says_what_is_wrong(tmp_path: Path, body: str, says: str) -> None:
    assert says in one_page(tmp_path, body)


# ── My progress ──────────────────────────────────────────────────────────────────────────────────────


def row(page: Page, name: str) -> list[str]:
    return [cell.inner_text().strip() for cell in page.get_by_role("row", name=name).locator("th, td").all()]


def test_progress_by_quiz_objective_and_lens(page: Page, address: str) -> None:
    choose(page, "one", "The second")
    box(page, "match").get_by_label("France").select_option("Paris")
    for question in ("one", "match"):
        press(box(page, question), "Check")
    page.goto(address + "progress.html")
    assert page.locator(".tl-summary").inner_text() == "2 of 10 questions answered, 1 right."
    assert row(page, "all_types") == ["all_types", "10", "2", "1", "17 %"]  # 1 + 3 × 1/3 of 12 points
    assert row(page, "Tell one thing from another.")[1:] == ["3", "1", "1", "33 %"]
    assert row(page, "second")[1:] == ["7", "1", "0", "11 %"]
    assert row(page, "Realism") == ["Realism", "2", "1", "1", "50 %"]
    page.get_by_role("link", name="all_types").click()
    assert state(page, "one") == "right"


def test_progress_goes_to_a_file_and_comes_back(browser: Browser, address: str, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    with visiting(browser) as (_, visit):
        page = visit(address + "quiz.html")
        answer_rightly(page)
        page.goto(address + "progress.html")
        with page.expect_download() as download:
            press(page.locator("main"), "Save as a file")
        assert download.value.suggested_filename == "two-lenses-progress.json"
        download.value.save_as(saved)
        before = stored(page)
        page.get_by_label("Take answers").set_input_files(saved)
        page.get_by_text("Answers taken from the file: 0.").wait_for()  # nothing in it is newer
        press(page.locator("main"), "Clear everything")
        assert focused(page) == "No, keep them"
        press(page.locator("main"), "Yes, clear them")
        assert page.locator(".tl-summary").inner_text().startswith("0 of 10")
    assert before == json.loads(saved.read_text(encoding="utf-8"))
    with visiting(browser) as (_, visit):
        page = visit(address + "progress.html")
        page.get_by_label("Take answers").set_input_files(saved)
        page.get_by_text("Answers taken from the file: 10.").wait_for()
        assert page.locator(".tl-summary").inner_text() == "10 of 10 questions answered, 10 right."
        page.goto(address + "quiz.html")
        assert page.locator(".tl-score").inner_text() == "10 of 10 questions right."


WRONG = [
    "", "{", "null", "[]", "7", '{"version":2,"questions":{}}', '{"questions":{}}', '{"version":1,"questions":[]}',
    *(
        json.dumps({"version": 1, "questions": questions})
        for questions in (
            {"one": RECORD, "two": RECORD | {"fraction": 2}},
            {"one": RECORD | {"tries": -1}},
            {"one": RECORD | {"time": 5}},
            {"__proto__": RECORD},
        )
    ),
]  # fmt: skip


def test_a_wrong_file_changes_nothing(page: Page, address: str, tmp_path: Path) -> None:
    choose(page, "one", "The second")
    press(box(page, "one"), "Check")
    before = stored(page)
    wrong = tmp_path / "wrong.json"
    page.goto(address + "progress.html")
    for text in WRONG:
        wrong.write_text(text)
        page.evaluate("document.querySelector('.tl-status').textContent = ''")
        page.get_by_label("Take answers").set_input_files(wrong)
        page.get_by_text("This file does not hold progress from this book. Nothing was changed.").wait_for()
        assert stored(page) == before


def test_the_directive_finds_every_quiz_of_the_book(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "pages").mkdir(parents=True)
    (source / "conf.py").write_text(
        "extensions = ['myst_parser', 'twolenses.book.chapters.quizzes', 'twolenses.book.reference.progress']\n"
    )
    (source / "index.md").write_text("# Book\n\n```{toctree}\npages/mine\npages/first\n```\n")
    (source / "pages" / "mine.md").write_text("# Mine\n\n```{progress}\n```\n")
    (source / "pages" / "first.md").write_text("# First\n")

    def build() -> str:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, source, tmp_path / "out", tmp_path / "trees", "html", status=None, warningiserror=True)
            app.build()
        return (tmp_path / "out" / "pages" / "mine.html").read_text(encoding="utf-8")

    assert "data-quiz=" not in build()
    (source / "pages" / "first.md").write_text("# First\n\n```{quiz} 01-reading-the-case\n```\n")
    built = build()
    assert '<a href="first.html#quiz-01-reading-the-case">Reading the case</a>' in built
    assert 'data-objective="judge-claim"' in built
    assert built.index("quiz.js") < built.index("progress.js")
    assert "progress.js" not in (tmp_path / "out" / "pages" / "first.html").read_text(encoding="utf-8")
    (source / "pages" / "first.md").write_text("# First\n\nNo quiz any more.\n")
    assert "data-quiz=" not in build()


# ── words and weight ─────────────────────────────────────────────────────────────────────────────────


LATIN = """() => [...document.querySelectorAll(".tl-quiz, .tl-progress")].flatMap(part => {
    const bare = part.cloneNode(true);
    bare.querySelectorAll("script").forEach(one => one.remove());
    const said = [...bare.querySelectorAll("*")].flatMap(one => ["aria-label", "title", "placeholder", "alt"]
        .map(name => one.getAttribute(name) || ""));
    return [bare.textContent, ...said].join(" ").match(/[A-Za-z]+/g) || [];
})"""


def test_a_translated_form_holds_no_english_word(page: Page, address: str) -> None:
    page.goto(address + "translated.html")
    assert page.evaluate(LATIN) == []
    check_all(page)
    assert page.evaluate(LATIN) == []
    for question, entered in {"one": 0, "several": 1, "verdict": 1}.items():
        box(page, question).locator("input").nth(entered).check()
    box(page, "cut").get_by_role("textbox").fill("?")
    box(page, "who").get_by_role("textbox").fill(greek("Vjosa Osmani"))
    box(page, "match").get_by_role("combobox").first.select_option("1")
    box(page, "sequence").get_by_role("button").nth(1).click()
    box(page, "gaps").get_by_role("combobox").select_option("1")
    box(page, "lenses").get_by_role("radio").first.check()
    box(page, "words").get_by_role("textbox").fill("α β γ δ")
    check_all(page)
    assert page.evaluate(LATIN) == []
    box(page, "words").get_by_role("spinbutton").first.fill("1")
    box(page, "cut").get_by_role("textbox").fill("46.1")
    for _ in range(2):
        check_all(page)
    for _ in range(2):
        page.locator(".tl-check + button:not([hidden])").evaluate_all("all => all.forEach(one => one.click())")
    assert page.evaluate(LATIN) == []
    page.locator(".tl-bar button:visible").evaluate_all("all => all.forEach(one => one.click())")
    assert page.evaluate(LATIN) == []
    right = page.locator("[data-state='right']").count()
    assert page.locator(".tl-score").inner_text() == greek("{n} of {all} questions right.").format(n=right, all=10)


def test_a_translated_progress_page_holds_no_english_word(page: Page, address: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{")
    page.goto(address + "translated-progress.html")
    assert page.evaluate(LATIN) == []
    page.locator("input[type=file]").set_input_files(wrong)
    page.wait_for_function("document.querySelector('.tl-status').textContent")
    press(page.locator("main"), GREEK["progress"]["clear"])
    assert page.evaluate(LATIN) == []


def test_every_word_of_the_catalogue_is_used() -> None:
    form = "".join(path.read_text(encoding="utf-8") for path in (html.HERE / "templates").glob("*.html"))
    page = (progress.SCRIPT.parents[1] / "templates" / "progress.html").read_text(encoding="utf-8")
    sources = {
        "form": form,
        "progress": page + Path(progress.__file__).read_text(encoding="utf-8"),
        "quiz.js": html.assets()["quiz.js"],
        "progress.js": progress.SCRIPT.read_text(encoding="utf-8"),
    }
    computed = {"right", "partly", "wrong", *progress.LENSES}  # a verdict, a lens
    assert set(sources) == set(strings.WORDS)
    for part, source in sources.items():
        unused = [one for one in strings.WORDS[part] if not re.search(rf"strings\.{one}\b|\"{one}\"", source)]
        assert set(unused) <= computed, part


def test_script_and_style_together_stay_below_twelve_kilobytes() -> None:
    words = templating.as_json(strings.WORDS["quiz.js"])  # in every form
    sizes = [len(gzip.compress(one.encode(), 9)) for one in (*html.assets().values(), words)]
    assert sum(sizes) <= 12_000
