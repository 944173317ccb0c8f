"""The contract of a chapter: every chapter of the book keeps it, and each of its rules can fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import run_here
from twolenses import chapters, course, typed
from twolenses.course import Chapter
from twolenses.data import load

CHAPTERS = course.chapters()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=str)
def test_a_chapter_of_the_book_keeps_the_contract(chapter: Chapter) -> None:
    assert chapters.problems(chapter) == []


# ── a chapter made up, and what breaks it ────────────────────────────────────────────────────────────

THIRD = course.chapter(3)  # whose quiz and objectives the chapter made up borrows

FRONT = "\n".join(
    ["---", "minutes: 60", "prerequisites: []", "objectives:"]
    + [f"- id: {one.id}\n  text: {one.text}" for one in THIRD.objectives]
    + ["---"]
)

BELGRADE, PRISTINA = sorted(course.citations("belgrade"))[0], sorted(course.citations("pristina"))[0]
CITED = [*sorted(course.citations() - {BELGRADE, PRISTINA})[:6], BELGRADE, PRISTINA]  # eight
TERMS = list(load("terms")["term"])[:6]

GOOD = f"""\
{FRONT}

# Power

```{{objectives}}
```

{"A sentence of five words. " * 400}

Works: {{cite:p}}`{",".join(CITED)}`. Terms: {", ".join(f"{{term}}`{term}`" for term in TERMS)}.
There were {{fact}}`army_bases` bases ({{claim}}`C04`) in Banjskë/Banjska ({{event}}`E74`).

```{{code-cell}}
---
mystnb:
  image:
    alt: A line falls from fifty thousand soldiers in 1999 to fewer than five thousand in 2023.
---
```

| side | bases |
|---|---|

{
    '''
::::{lenses} A fact
:::{realism}
One two three four.
:::
:::{liberalism}
One two three four.
:::
::::
'''
    * 3
}

## What would change a mind

### A realist

{"word " * 30}

### A liberal

{"word " * 30}

## What the data cannot tell us

## Exercise

## Quiz

```{{quiz}} {THIRD.path.stem}
```

## Further reading

- {{cite:t}}`{BELGRADE}`
- {{cite:t}}`{PRISTINA}`

## Questions for discussion

1. One?
2. Two?
3. Three?
4. Four?

```{{numbers}}
```
"""

FAULTS = [
    ("measurable_objectives", f"text: {THIRD.objectives[0].text}", "text: Understand power", r":\d+  objective '.+' begins with 'understand'. Begin with a verb that can be measured"),
    ("measurable_objectives", re.search(r"objectives:.*\n---", FRONT, re.S)[0], "objectives: []\n---", r":1  has 0 objectives"),  # type: ignore[index]
    ("time_and_prerequisites", "minutes: 60", "minutes: 5", r":2  takes 5 minutes. Write 'minutes:', 30 to 90"),
    ("time_and_prerequisites", "prerequisites: []\n", "", r":1  does not say what to know before"),
    ("length", "A sentence of five words. " * 100, "", r":1  has 1\d{3} words"),
    ("parts_in_order", "## What the data cannot tell us", "## Limits", r":1  has no 'What the data cannot tell us'"),
    ("parts_in_order", "# Power\n", "# Power\n\n## Further reading\n", r":\d+  '## Quiz' stands too early|'## Further reading' stands too early"),
    ("both_lenses", "::::{lenses} A fact", "::::{other} A fact", r":1  sets both lenses on 2 facts"),
    ("both_lenses", ":::{realism}\n", ":::{realism}\nAnd so on, and so on, and so on. ", r":\d+  gives realism 21 words and liberalism 12"),
    ("what_would_change_a_mind", "### A liberal", "### An optimist", r":\d+  does not say what would change a liberal's mind"),
    ("chart_and_table", "```{code-cell}", "```{code}", r":1  draws no chart"),
    ("chart_and_table", "| side | bases |\n|---|---|\n", "", r":1  shows no table"),
    ("pictures_described", "A line falls from fifty thousand soldiers in 1999 to fewer than five thousand in 2023.", "A line.", r":\d+  describes a picture in 7 letters"),
    ("works_cited", CITED[0] + ",", "", r":1  cites \d+ works"),
    ("works_cited", CITED[0] + ",", f"{CITED[0]}s,", rf":\d+  cites '{CITED[0]}s', which is not in data/references.bib. Did you mean '{CITED[0]}'"),
    ("works_cited", f"- {{cite:t}}`{BELGRADE}`\n", "", r":\d+  recommends no author based in Belgrade"),
    ("questions_for_discussion", "4. Four?\n", "", r":\d+  asks 3 questions for discussion"),
    ("terms_linked", f"{{term}}`{TERMS[0]}`, ", "", r":1  links 5 terms"),
    ("terms_linked", f"{{term}}`{TERMS[0]}`", f"{{term}}`its kind <{TERMS[0]}s>`", rf":\d+  links the term '{TERMS[0]}s', which is not in the glossary"),
    ("names_exist", "`army_bases`", "`army_basis`", r":\d+  \{fact\} names the fact 'army_basis', which does not exist. Did you mean 'army_bases'"),
    ("names_exist", "`E74`", "`E744`", r":\d+  \{event\} names 'E744', which is not in the chronology"),
    ("quiz_asks_for_every_objective", f"id: {THIRD.objectives[0].id}", "id: new-one", r":\d+  promises 'new-one', which 0 questions of its quiz ask for"),
    ("no_typed_number", "There were", "There were 8,350 soldiers, 46% of them", r":\d+  types '8,350 soldiers'. Let a fact print it"),
    ("no_sides", "There were", "The regime had", r":\d+  says 'regime' in its own voice"),
    ("no_fillers", "There were", "There were clearly", r":\d+  says 'clearly'. Leave it out"),
    ("both_names", "Banjskë/Banjska", "Banjska", r":\d+  says 'Banjska' before it has said 'Banjskë/Banjska'"),
]  # fmt: skip


def made(folder: Path, text: str, name: str = THIRD.path.name) -> Chapter:
    (folder / name).write_text(text, encoding="utf-8")
    return course.read_chapter(folder / name)


def test_a_chapter_made_up_keeps_the_contract(tmp_path: Path) -> None:
    assert chapters.problems(made(tmp_path, GOOD)) == []


@pytest.mark.parametrize(("rule", "before", "after", "says"), FAULTS)
def test_a_rule_says_what_is_missing_and_where(tmp_path: Path, rule: str, before: str, after: str, says: str) -> None:
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    said = chapters.problems(made(tmp_path, text))
    assert any(re.search(re.escape(THIRD.path.name) + says, one) for one in said), said
    [function] = [one for one in chapters.RULES if one.__name__ == rule]
    assert list(function(chapters.Draft(made(tmp_path, text), text)))


def test_every_rule_has_an_example_of_its_failing() -> None:
    assert {rule.__name__ for rule in chapters.RULES} == {rule for rule, *_ in FAULTS}


def test_the_line_is_that_of_the_word(tmp_path: Path) -> None:
    text = GOOD.replace("There were", "There were clearly")
    line = text[: text.index("clearly")].count("\n") + 1
    [said] = chapters.problems(made(tmp_path, text))
    assert f".md:{line}  says 'clearly'" in said


def test_a_chapter_without_a_quiz_is_told_so(tmp_path: Path) -> None:
    said = chapters.problems(made(tmp_path, GOOD, "03-another.md"))
    assert any("has no quiz. Write exercises/quizzes/03-another.yml" in one for one in said)


def test_the_first_chapters_need_not_say_what_would_change_a_mind(tmp_path: Path) -> None:
    text = GOOD.replace("## What would change a mind", "## And now")
    first, third = (chapters.problems(made(tmp_path, text, f"{n}-{THIRD.slug}.md")) for n in ("01", "03"))
    assert [any("mind" in one for one in said) for said in (first, third)] == [False, True]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("8,350 soldiers and 46%", ["8,350 soldiers", "46%"]),
        ("{fact}`army_bases` bases of 1999", []),
        ("28 bases, 3.5 million euros", ["28 bases", "3.5 million"]),
        ("[page](8,350.html)\n```{code-cell}\n46 % 8\n```", []),
    ],
)
def test_a_typed_number_is_one_that_tables_hold(written: str, numbers: list[str]) -> None:
    assert [found.text for found in typed.numbers(written)] == numbers


def test_words_that_others_use_stand_in_quotation_marks(tmp_path: Path) -> None:
    assert (
        chapters.problems(made(tmp_path, GOOD.replace("There were", "He said “a very clear terrorist regime”."))) == []
    )


def test_somebody_elses_folder_is_validated_and_one_bad_file_silences_no_other(tmp_path: Path) -> None:
    made(tmp_path, GOOD.replace("There were", "There were clearly"))
    (tmp_path / "04-no-front-matter.md").write_text("# Four\n", encoding="utf-8")
    (tmp_path / "05-bad.md").write_text("---\nobjectives: [one]\n---\n# Five\n", encoding="utf-8")
    (tmp_path / "abstracts.yml").write_text("03-another: {}\n", encoding="utf-8")
    done = run_here("validate", "chapters", "--chapters", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for says in (
        *("says 'clearly'", "04-no-front-matter.md:1  has no front matter", "05-bad.md:1  front matter is not"),
        "abstracts.yml:1  has no abstract of '05-bad' in Serbian",
    ):
        assert says in done.stderr


# ── the book as a whole ──────────────────────────────────────────────────────────────────────────────


def text(chapter: Chapter) -> str:
    return chapter.path.read_text(encoding="utf-8")


def test_no_two_pictures_have_the_same_description() -> None:
    alts = [alt for chapter in CHAPTERS for alt in re.findall(r"^\s*alt: (.+)$", text(chapter), re.M)]
    assert len(alts) == len(set(alts))


def test_every_claim_and_every_omission_is_taken_up_in_some_chapter() -> None:
    used = {id for chapter in CHAPTERS for id in re.findall(r"\{claim\}`([CO]\d\d)`", text(chapter))}
    assert set(load("claims")["id"]) - used == set()


def test_every_event_of_the_chronology_is_cited_in_some_chapter_or_exercise() -> None:
    masters = (course.root() / "exercises" / "notebooks").glob("*/exercise.md")
    pages = [*map(text, CHAPTERS), *(master.read_text(encoding="utf-8") for master in masters)]
    cited = {id for page in pages for id in re.findall(r"\bE\d{2,3}\b", page)}
    assert set(load("chronology")["id"]) - cited == set()


def test_the_landing_page_lists_every_chapter_by_number_and_name(root: Path) -> None:
    listed = re.findall(r"^(\d+)\. \[(.+?)\]\((chapters/.+?)\)$", (root / "index.md").read_text(encoding="utf-8"), re.M)
    assert [(number, page) for number, _, page in listed] == [
        (str(one.number), f"chapters/{one.path.name}") for one in CHAPTERS
    ]
    assert all(one.title.startswith(name) for one, (_, name, _) in zip(CHAPTERS, listed, strict=True))


def test_the_plans_for_instructors_leave_no_chapter_out(root: Path) -> None:
    plan = (root / "chapters" / "instructors" / "plan.md").read_text(encoding="utf-8")
    twelve_weeks, six_weeks = (plan.split(f"## {name} weeks")[1].split("\n## ")[0] for name in ("Twelve", "Six"))
    assert [one for one in CHAPTERS if f"(../{one.path.name})" not in twelve_weeks] == []
    numbers = {number for row in six_weeks.splitlines()[4:] for number in re.findall(r"\d+", row.split("|")[2])}
    assert numbers == {str(one.number) for one in CHAPTERS}


def test_the_exercise_of_a_chapter_is_linked_as_soon_as_it_exists() -> None:
    pages = {page.split("/")[2] for page in course.pages() if page.startswith("exercises/notebooks/")}
    linked = {
        name for chapter in CHAPTERS for name in re.findall(r"exercises/notebooks/([\w-]+)/exercise\.md", text(chapter))
    }
    assert pages == linked
