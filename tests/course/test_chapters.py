"""The page contract: what every chapter holds, and how it may speak."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from twolenses import course, facts, quiz, typed
from twolenses.course import Chapter
from twolenses.data import load

CHAPTERS = course.chapters()
each = pytest.mark.parametrize("chapter", CHAPTERS, ids=str)
argued = pytest.mark.parametrize("chapter", [one for one in CHAPTERS if one.number >= 3], ids=str)

VERBS = [
    "analyse",
    "apply",
    "argue",
    "assess",
    "bound",
    "build",
    "calculate",
    "check",
    "choose",
    "classify",
    "code",
    "compare",
    "compute",
    "connect",
    "construct",
    "contrast",
    "count",
    "criticise",
    "defend",
    "define",
    "derive",
    "describe",
    "design",
    "detect",
    "diagnose",
    "differentiate",
    "distinguish",
    "draw",
    "estimate",
    "evaluate",
    "explain",
    "express",
    "find",
    "forecast",
    "formulate",
    "grade",
    "identify",
    "interpret",
    "judge",
    "locate",
    "map",
    "measure",
    "model",
    "name",
    "order",
    "place",
    "plan",
    "predict",
    "rank",
    "read",
    "recognise",
    "rewrite",
    "score",
    "separate",
    "sequence",
    "set",
    "show",
    "sketch",
    "solve",
    "sort",
    "state",
    "sum",
    "test",
    "tell",
    "trace",
    "translate",
    "use",
    "weigh",
    "work",
    "write",
]


def text(chapter: Chapter) -> str:
    return chapter.path.read_text(encoding="utf-8")


def prose(chapter: Chapter) -> str:
    """The words a reader reads: no front matter, no code, no addresses of links, facts printed."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text(chapter), flags=re.S)
    body = re.sub(r"```\{code-cell\}.*?```", "", body, flags=re.S)
    body = re.sub(r"\{fact\}`(\w+)`", lambda found: str(facts.figure(found[1])), body)
    body = re.sub(r"\{(?:claim|event|term|cite:[pt]|ref|numref)\}`([^`<]*)(?:<[^>]*>)?`", r"\1", body)
    return re.sub(r"\]\([^)]*\)|^[:`]{3,}.*$|<!--.*?-->", "", body, flags=re.M)


def lens_words(chapter: Chapter) -> Counter[str]:
    found = re.findall(r"^:::\{(realism|liberalism)\}\n(.*?)^:::$", text(chapter), re.M | re.S)
    return Counter({lens: sum(len(words.split()) for name, words in found if name == lens) for lens, _ in found})


# ── what every chapter holds ─────────────────────────────────────────────────────────────────────────


@each
def test_promises_objectives_that_can_be_measured(chapter: Chapter) -> None:
    assert 4 <= len(chapter.objectives) <= 7
    for objective in chapter.objectives:
        assert objective.text.split()[0].lower() in VERBS, objective.text


@each
def test_says_how_long_it_takes_and_what_to_know_before(chapter: Chapter) -> None:
    assert 30 <= chapter.minutes <= 90
    assert "prerequisites" in chapter.meta


@each
def test_has_between_2000_and_3200_words(chapter: Chapter) -> None:
    assert 2000 <= len(prose(chapter).split()) <= 3200


@each
def test_holds_its_parts_in_order(chapter: Chapter) -> None:
    parts = ["```{objectives}", "::::{lenses}", "What the data cannot tell us", "## Exercise", "## Quiz",
             f"```{{quiz}} {chapter.path.stem}", "## Further reading", "## Questions for discussion", "```{numbers}"]  # fmt: skip
    places = [text(chapter).find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


@each
def test_sets_both_lenses_on_three_facts_and_gives_them_the_same_room(chapter: Chapter) -> None:
    assert text(chapter).count("::::{lenses} ") >= 3
    words = lens_words(chapter)
    assert 0.45 <= words["realism"] / words.total() <= 0.55


@argued
def test_says_what_would_change_its_mind(chapter: Chapter) -> None:
    section = re.search(r"^## What would change.*?(?=^## )", text(chapter), re.M | re.S)
    assert section
    for lens in ("realist", "liberal"):
        part = re.search(rf"^### .*{lens}.*?(?=^### |\Z)", section[0], re.M | re.S | re.I)
        assert part, lens
        assert len(part[0].split()) >= 30


@each
def test_shows_a_chart_and_a_table(chapter: Chapter) -> None:
    assert "```{code-cell}" in text(chapter)
    assert re.search(r"^\|.*\|$|```\{(list-table|mermaid)", text(chapter), re.M)


@each
def test_cites_eight_works_and_recommends_authors_from_both_capitals(chapter: Chapter) -> None:
    cited = set(re.findall(r"\{cite:[pt]\}`([^`]+)`", text(chapter)))
    keys = {key.strip() for one in cited for key in one.split(",")}
    assert len(keys) >= 8
    assert keys <= course.citations()
    reading = text(chapter).partition("## Further reading")[2].partition("## Questions")[0]
    bibliography = (course.root() / "data/references.bib").read_text(encoding="utf-8")
    for place in ("belgrade", "pristina"):
        based = set(
            re.findall(rf"@\w+\{{([^,]+),(?:(?!^@).)*?keywords\s*=\s*\{{[^}}]*{place}", bibliography, re.M | re.S)
        )
        assert based & set(re.findall(r"[\w:-]+", reading)), place


@each
def test_asks_four_questions_for_discussion(chapter: Chapter) -> None:
    section = text(chapter).partition("## Questions for discussion")[2]
    assert len(re.findall(r"^\d\. ", section, re.M)) >= 4


@each
def test_links_glossary_terms_that_exist(chapter: Chapter) -> None:
    linked = set(re.findall(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`", text(chapter)))
    assert 6 <= len(linked) <= 14
    assert linked <= set(load("terms")["term"])


@each
def test_asks_twelve_questions_of_five_types_and_assesses_every_objective_twice(chapter: Chapter) -> None:
    questions = list(quiz.load(chapter.path.stem))
    assert len(questions) >= 12
    assert len({question.type for question in questions}) >= 5
    asked = Counter(question.objective for question in questions)
    assert [one.id for one in chapter.objectives if asked[one.id] < 2] == []


# ── how it may speak ─────────────────────────────────────────────────────────────────────────────────


@each
def test_types_no_number_that_a_table_holds(chapter: Chapter) -> None:
    assert typed.numbers(text(chapter)) == []


SIDES = r"\b(?:so-called|regime|terrorists?|separatists?|occupied|occupation|breakaway|puppet|liberated|motherland)\b"


@each
def test_words_that_take_sides_stand_only_in_quotation_marks(chapter: Chapter) -> None:
    bare = re.sub(r"“[^”]*”|\"[^\"]*\"|\*[^*]+\*", "", prose(chapter))
    allowed = [r"terrorist attack\b"]  # with its user in the sentence, as chapter 1 shows
    for phrase in allowed:
        bare = re.sub(phrase, "", bare)
    assert re.findall(SIDES, bare, re.I) == []


@each
def test_says_nothing_is_very_or_clear_or_of_course(chapter: Chapter) -> None:
    bare = re.sub(r"“[^”]*”", "", prose(chapter))
    assert re.findall(r"\b(?:very|clearly|of course|obviously)\b", bare, re.I) == []


PLACES = {
    "Banjsk": "Banjskë/Banjska", "Zve": "Zveçan/Zvečan", "Leposav": "Leposaviq/Leposavić",
    "Gračanic": "Graçanicë/Gračanica", "Rača": "Reçak/Račak", "Mitrovic": "Mitrovicë/Mitrovica",
}  # fmt: skip


@each
def test_a_place_has_both_its_names_at_first_use(chapter: Chapter) -> None:
    body = prose(chapter)
    for stem, both in PLACES.items():
        first = re.search(rf"\b[\w/]*{stem}[\w/]*", body)
        if first:
            assert both in first[0], f"first use of {first[0]!r}"


def test_no_two_pictures_have_the_same_description() -> None:
    alts = [alt for chapter in CHAPTERS for alt in re.findall(r"^\s*alt: (.+)$", text(chapter), re.M)]
    assert len(alts) == len(set(alts))
    assert all(len(alt) >= 60 for alt in alts)


def test_questions_of_both_lenses_have_the_same_weight() -> None:
    lenses = Counter(question.lens for chapter in CHAPTERS for question in quiz.load(chapter.path.stem))
    both = lenses["realism"] + lenses["liberalism"]
    assert both == 0 or 0.45 <= lenses["realism"] / both <= 0.55


# ── the book as a whole ──────────────────────────────────────────────────────────────────────────────


def test_every_claim_and_every_omission_is_taken_up_in_some_chapter() -> None:
    used = {id for chapter in CHAPTERS for id in re.findall(r"\{claim\}`([CO]\d\d)`", text(chapter))}
    assert set(load("claims")["id"]) - used == set()


def test_the_bank_has_twelve_questions_a_chapter() -> None:
    assert sum(len(quiz.read(path)) for path in quiz.files()) >= 12 * len(CHAPTERS)
    assert len(CHAPTERS) == 12


def test_the_exercise_of_a_chapter_is_linked_as_soon_as_it_exists() -> None:
    pages = {page.split("/")[2] for page in course.pages() if page.startswith("exercises/notebooks/")}
    linked = {
        name for chapter in CHAPTERS for name in re.findall(r"exercises/notebooks/([\w-]+)/exercise\.md", text(chapter))
    }
    assert pages == linked
