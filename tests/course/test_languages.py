"""Albanian and Serbian: abstracts, terms, both scripts, and no word that takes sides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from twolenses import course, languages
from twolenses.data import rows

CHAPTER = Path("01-reading-the-case.md")


# ── Cyrillic and Latin ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("ђак, жена, ћуприја, чаша, шума, јавор, цвет, хлеб", "đak, žena, ćuprija, čaša, šuma, javor, cvet, hleb"),
        ("њива и инјекција", "njiva i injekcija"),  # two letters of Latin, one of Cyrillic or two
        ("џеп и надживети", "džep i nadživeti"),
        ("Љубљана, Његош, Џервис", "Ljubljana, Njegoš, Džervis"),
        ("ЉУБЉАНА, КОЊИЦ, ЏЕП", "LJUBLJANA, KONJIC, DŽEP"),
        ("У Њ. и о Љ", "U Nj. i o Lj"),
        ("НАТО, КФОР и ЕУ у XXI веку, EULEX, „sui generis“", "NATO, KFOR i EU u XXI veku, EULEX, „sui generis“"),
    ],
)
def test_latin_follows_from_cyrillic_and_what_is_latin_stays(cyrillic: str, latin: str) -> None:
    assert languages.latin(cyrillic) == latin


# ── the course ───────────────────────────────────────────────────────────────────────────────────────


def test_every_chapter_has_a_sound_abstract_in_both_languages() -> None:
    assert languages.problems(course.chapter_files()) == []
    assert all(set(of) == set(languages.NAMES) for of in languages.abstracts().values())
    assert list(languages.abstracts()) == [path.stem for path in course.chapter_files()]


def test_every_term_has_a_name_in_both_languages_and_serbian_is_in_cyrillic() -> None:
    named = rows("term_languages")
    assert [row["term"] for row in named] == [row["term"] for row in rows("terms")]
    kept = {"sui generis", "uti possidetis", "CINC, композитни индекс националних способности"}
    assert {row["sr"] for row in named if re.search("[A-Za-z]", row["sr"])} == kept
    assert not [row["sq"] for row in named if re.search("[\u0400-\u04ff]", row["sq"])]


@pytest.mark.parametrize("row", rows("sides"), ids=lambda row: row["word"])
def test_a_word_that_takes_sides_is_found_and_what_we_write_instead_has_none(row: dict[str, str]) -> None:
    assert all(re.search(rf"\b(?:{row['forms']})", word, re.I) for word in row["word"].split(", "))
    for other in rows("sides"):
        if other["language"] == row["language"]:
            assert not re.search(rf"\b(?:{other['forms']})", row["instead"], re.I)


def test_who_says_a_word_that_takes_sides_is_sourced_and_both_languages_have_as_many_words() -> None:
    known = {row["id"] for name in ("claims", "chronology") for row in rows(name)}
    sources = [one for row in rows("sides") for one in row["source"].split("; ") if one]
    assert not [one for one in sources if one not in known and not re.fullmatch(r"\[[^]]+\]\(https://\S+\)", one)]
    assert len({sum(row["language"] == language for row in rows("sides")) for language in languages.NAMES}) == 1


# ── what is wrong with an abstract ───────────────────────────────────────────────────────────────────

GOOD = f"""\
01-reading-the-case:
  sq:
    title: Leximi
    text: {"fjalë " * 100}
  sr:
    title: Читање
    text: {"реч " * 100}
"""


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("Leximi", "Terroristët", r":2  01-reading-the-case in 'sq' says 'Terroristët', a word that takes sides \(.+\). Write: grup i armatosur"),
        ("Читање", "На Косову и Метохији", r":5  .+ in 'sr' says 'Метохији'"),
        ("Читање", "Читaње", r":5  .+ in 'sr' spells 'Читaње' in letters of the other script"),  # a Latin a
        ("Leximi", "Zakon i države š", r":2  .+ in 'sq' spells 'š'"),
        ("Leximi", "Pas 1999", r":2  .+ in 'sq' types '1999'"),
        ("fjalë " * 20, "", r":2  .+ in 'sq' has 80 words. An abstract has 90 to 140"),
        ("  sr:", "  bs:", r":1  has no abstract of '01-reading-the-case' in Serbian"),
        ("  sr:", "  bs:", r":5  .+ in 'bs' is in a language of which nothing is known here"),
        ("01-reading-the-case", "01-reading", r":1  '01-reading' is no chapter"),
        ("title: Читање", "", r":5  'sr' has no title or no text"),
        ("title: Leximi", "title: [", r":\d  is not valid YAML"),
        (GOOD, "[]", r":1  has no chapters"),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_with_its_line(tmp_path: Path, before: str, after: str, says: str) -> None:
    path = tmp_path / languages.FILE
    path.write_text(GOOD, encoding="utf-8")
    assert languages.problems([tmp_path / CHAPTER]) == []
    assert before in GOOD
    path.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    said = languages.problems([tmp_path / CHAPTER])
    assert any(re.search(rf"{languages.FILE}{says}", one) for one in said), said


def test_a_folder_of_ones_own_may_do_without(tmp_path: Path) -> None:
    assert languages.problems([tmp_path / CHAPTER]) == []
