"""Questions that vary: reproducible, each variant a question like any other, each fault with its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from twolenses import data, facts, quiz
from twolenses.errors import QuizError
from twolenses.quiz.keys import COMPUTE

COMMON = """\
  objective: o
  level: apply
  difficulty: easy
  source: C21
  hint: Think.
  because: It is so.
"""
NUMERIC = f"""\
- id: change
  type: numeric
{COMMON}  vary:
    country: [Serbia, Croatia]
    year: [2013, 2016, 2020]
  stem: "{{country}}: by how many percent did the share of GDP change from {{year}} to 2024?"
  unit: "%"
  answer:
    compute: relative_change
    relative: 0.01
    of:
    - {{table: military_spending, column: share_of_gdp, where: {{country: "{{country}}", year: "{{year}}"}}}}
    - {{table: military_spending, column: share_of_gdp, where: {{country: "{{country}}", year: 2024}}}}
"""
FACT = f"""\
- id: bases
  type: numeric
{COMMON}  vary:
    kind: [army, gendarmerie]
  stem: How many bases of the {{kind}} does Pristina count?
  answer: {{fact: "{{kind}}_bases"}}
"""
SINGLE = f"""\
- id: share
  type: single
{COMMON}  vary:
    before: [serbian_troops_before, serbian_troops_earlier]
  stem: What share of {{fact}}`{{before}}` is {{fact}}`serbian_troops_after`?
  options:
  - text: {{compute: share, of: [{{fact: serbian_troops_after}}, {{fact: "{{before}}"}}], unit: "%"}}
    key: true
    feedback: Yes.
  - text: {{compute: share, of: [{{fact: "{{before}}"}}, {{fact: serbian_troops_after}}], unit: "%"}}
    feedback: The fraction is the wrong way round.
  - text: {{mistake: soldiers_not_percent, unit: soldiers}}
"""


def read(tmp_path: Path, content: str) -> quiz.Quiz:
    path = tmp_path / "q.yml"
    path.write_text(content, encoding="utf-8")
    return quiz.read(path)


def problems(tmp_path: Path, content: str) -> str:
    path = tmp_path / "q.yml"
    path.write_text(content, encoding="utf-8")
    return "\n".join(map(str, quiz.validate([path])))


@pytest.mark.parametrize("content", [NUMERIC, FACT, SINGLE])
def test_every_variant_is_sound(tmp_path: Path, content: str) -> None:
    assert problems(tmp_path, content) == ""


def test_the_same_seed_gives_the_same_variants(tmp_path: Path) -> None:
    base = read(tmp_path, NUMERIC)["change"]
    first = quiz.variants(base, 4, seed=7)
    assert first == quiz.variants(base, 4, seed=7)
    assert [one.id for one in first] == ["change--1", "change--2", "change--3", "change--4"]
    assert len({one.stem for one in first}) == 4
    assert {tuple(one.stem for one in quiz.variants(base, 4, seed=seed)) for seed in range(5)} != {
        tuple(one.stem for one in first)
    }


def test_the_page_shows_one_under_the_id_of_the_entry(tmp_path: Path) -> None:
    shown = read(tmp_path, NUMERIC)["change"]
    assert shown.id == "change"
    assert "{" not in shown.stem
    assert shown.stem == quiz.variants(shown, 1, seed=0)[0].stem


def test_a_variant_is_a_question_like_any_other(tmp_path: Path) -> None:
    for one in quiz.variants(read(tmp_path, NUMERIC)["change"], 6, seed="class of 2026"):
        assert one.vary == {}
        assert one.faults() == []
        country, year = one.stem.split(":")[0], int(one.stem.split("from ")[1][:4])
        before, after = (
            data.cell("military_spending", "share_of_gdp", country=country, year=when).value for when in (year, 2024)
        )
        assert quiz.mark(one, f"{100 * (after - before) / before:.4f}").right


def test_a_variant_may_choose_the_fact(tmp_path: Path) -> None:
    for one in quiz.variants(read(tmp_path, FACT)["bases"], 2, seed=1):
        name = "army_bases" if "army" in one.stem else "gendarmerie_bases"
        assert one.solution() == str(facts.figure(name))


def test_options_are_computed_from_the_values(tmp_path: Path) -> None:
    for one in quiz.variants(read(tmp_path, SINGLE)["share"], 2, seed=1):
        before = float(facts.figure("serbian_troops_before" if "_before" in one.stem else "serbian_troops_earlier"))
        after = float(facts.figure("serbian_troops_after"))
        right, turned, mistaken = one.options  # type: ignore[attr-defined]
        assert right.text == f"{100 * after / before:,.1f}%"
        assert turned.text == f"{100 * before / after:,.1f}%"
        assert mistaken.text == "3,850\N{NO-BREAK SPACE}soldiers"
        assert mistaken.feedback.startswith("That is the number of soldiers withdrawn.")


PAIRED = FACT.replace("[army, gendarmerie]", "[{name: the army, fact: army_bases}, {name: the gendarmerie, fact: gendarmerie_bases}]").replace(
    "the {kind} does", "{kind.name} does"
).replace("{kind}_bases", "{kind.fact}")  # fmt: skip


def test_values_may_change_together(tmp_path: Path) -> None:
    assert problems(tmp_path, PAIRED) == ""
    for one in quiz.variants(read(tmp_path, PAIRED)["bases"], 2, seed=1):
        name = "army_bases" if "of the army does" in one.stem else "gendarmerie_bases"
        assert one.solution() == str(facts.figure(name))
    assert "varies 'kind.name', which stands nowhere in it." in problems(tmp_path, PAIRED.replace("{kind.name}", "it"))


def test_values_may_be_those_of_a_column(tmp_path: Path) -> None:
    from_table = NUMERIC.replace(
        "year: [2013, 2016, 2020]", "year: {table: military_spending, column: year, where: {country: Serbia, first_edition: '2015-10-26'}}"
    ).replace("[Serbia, Croatia]", "[Serbia, Serbia]")  # fmt: skip
    frame = data.load("military_spending").query("country == 'Serbia' and first_edition == '2015-10-26'")
    base = read(tmp_path, from_table)["change"]
    years = {one.stem.split("from ")[1][:4] for one in quiz.variants(base, 2 * len(frame), seed=3)}
    assert years == set(map(str, frame["year"]))


def test_what_cannot_vary_says_so(tmp_path: Path) -> None:
    base = read(tmp_path, FACT)["bases"]
    with pytest.raises(QuizError, match="question 'bases' has 2 variants, not 3"):
        quiz.variants(base, 3, seed=1)
    with pytest.raises(QuizError, match="question 'cut-percent' does not vary"):
        quiz.variants(quiz.load("1")["cut-percent"], 1, seed=1)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("[army, gendarmerie]", "[army, navy]", "names the fact 'navy_bases', which does not exist"),
        ("[army, gendarmerie]", "[army]", "has fewer than two variants"),
        ("kind: [army, gendarmerie]", "kind: [army, gendarmerie]\n    other: [1, 2]", "varies 'other', which stands nowhere in it"),
        ("[army, gendarmerie]", "{table: deployment, column: actor}", "q.yml:9  question 'bases': vary: There is no table 'deployment'"),
        ("[army, gendarmerie]", "{table: deployments, column: actors}", "has no column 'actors'. Did you mean 'actor'"),
        ('{fact: "{kind}_bases"}', "{table: deployments, where: {actor: '{kind}'}}", "has no rows with actor = 'army'"),
    ],
)  # fmt: skip
def test_a_fault_of_a_variant_is_named(tmp_path: Path, before: str, after: str, says: str) -> None:
    assert says in problems(tmp_path, FACT.replace(before, after))


def test_a_question_that_stands_alone_takes_its_key_from_a_fact(tmp_path: Path) -> None:
    alone = NUMERIC.replace("{country}", "Serbia").replace('"{year}"', "2013").replace("{year}", "2013")
    alone = "".join(
        line for line in alone.splitlines(True) if not line.strip().startswith(("vary:", "country: [", "year: ["))
    )
    assert "takes its key from a table. Name a fact, or let the question vary." in problems(tmp_path, alone)


def test_the_computations_are_the_documented_ones() -> None:
    assert {name: function(200, 50) for name, function in COMPUTE.items()} == {
        "relative_change": -75,
        "share": 400,
        "difference": -150,
        "ratio": 4,
    }
    assert all(function.__doc__ for function in COMPUTE.values())
