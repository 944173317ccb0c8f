"""How hard each page is to read. Run: python benchmarks/reading_ease.py

Flesch's reading ease (1948): 60 to 70 is plain English, 30 to 50 is a hard academic text. It knows only the length of
words and sentences. Syllables are counted where a word may be hyphenated, which is too few, so every score is too kind
by fifteen points or so: compare pages with each other. A report, not a test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyphen

from twolenses import course
from twolenses.exercises import plain

HYPHENS = pyphen.Pyphen(lang="en_GB")


def words_of(page: Path) -> str:
    """The running text of a page, without code, tables, addresses and lists of keys."""
    text = re.sub(
        r"\A---\n.*?\n---\n|```.*?```|^\|.*$|\]\([^)]*\)|\[\^\w+\]",
        "",
        page.read_text(encoding="utf-8"),
        flags=re.S | re.M,
    )
    text = re.sub(r"\{(?:claim|cite:[pt])\}`[^`]*`", "", text)
    return re.sub(r"^[#:>].*$|[*_`\[\]]|\{term\}", "", plain(text), flags=re.M)


def flesch(text: str) -> float:
    """206.835 − 1.015 × words a sentence − 84.6 × syllables a word."""
    words = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text)
    sentences = max(1, len(re.findall(r"[.!?]+(?=\s|$)", text)))
    syllables = sum(len(HYPHENS.positions(word)) + 1 for word in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def main() -> None:
    """Print a line a page."""
    for page in course.pages():
        if page.startswith("chapters/") and not page.startswith("chapters/reference/"):
            print(f"{flesch(words_of(course.root() / f'{page}.md')):6.1f}  {page}")


if __name__ == "__main__":
    main()
