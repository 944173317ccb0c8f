"""The course in its own words: no run of eight words of the article it reads, public statements apart.

The article's text is not stored here; `article-8grams.txt` holds a hash of each of its word 8-grams.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from twolenses.data import load

HERE = Path(__file__).parents[1]
ARTICLE = set((HERE / "course" / "article-8grams.txt").read_text().split())

# Public statements that the article quotes too, by the claim that reports them.
STATEMENTS = ("C02", "C03", "C10", "C33", "C65")

TEXTS = sorted(
    path
    for pattern in ("*.md", "*.cff", "chapters/**/*.md", "exercises/**/*.md", "exercises/**/*.yml", "exercises/**/*.ipynb",
                    "data/**/*.csv", "data/**/*.json", "data/**/*.bib", "src/**/*.py")
    for path in HERE.parent.glob(pattern)
)  # fmt: skip


def eight_grams(text: str) -> dict[str, str]:
    """Hash of every run of eight words, and the run."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[start : start + 8]) for start in range(len(words) - 7))
    return {hashlib.sha256(run.encode()).hexdigest()[:16]: run for run in runs}


QUOTATION = re.compile(r"^> (“.+”)\n>\n> One sentence of that article: \*[^*]+\*", re.M)
"""The one sentence of the article that the landing page quotes, with its title under it."""


def allowed() -> set[str]:
    claims = load("claims").set_index("id")
    quoted = [claims.loc[id, "evidence_quote"] for id in STATEMENTS]
    quoted += [words for id in STATEMENTS for words in re.findall(r"'([^']+)'", claims.loc[id, "claim"])]
    return {hash for words in quoted for hash in eight_grams(words)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(HERE.parent)))
def test_no_eight_words_in_a_row_are_the_articles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = eight_grams(QUOTATION.sub("", text) if path == HERE.parent / "index.md" else text)
    assert [found[hash] for hash in set(found) & ARTICLE - allowed()] == []


def test_the_landing_page_quotes_one_short_sentence_and_names_the_article() -> None:
    [sentence] = QUOTATION.findall((HERE.parent / "index.md").read_text(encoding="utf-8"))
    assert sentence.count(".") == 1
    assert len(sentence.split()) <= 25


def test_the_test_would_find_a_copied_sentence() -> None:
    """A public statement the article quotes in full is in the hashes, and only the allow-list lets it pass."""
    statement = load("claims").set_index("id").loc["C10", "evidence_quote"]
    assert set(eight_grams(statement)) & ARTICLE
    assert set(eight_grams(statement)) & ARTICLE <= allowed()
