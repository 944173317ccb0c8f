"""Where the course lies, and what its pages promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from twolenses import course
from twolenses.data import load
from twolenses.errors import CourseError


def test_a_checkout_is_found_from_the_package(root: Path) -> None:
    assert course.root() == root


def test_pages_come_in_the_order_of_the_table_of_contents() -> None:
    assert course.pages()[0] == "index"
    assert course.pages().index("chapters/01-reading-the-case") < course.pages().index("chapters/reference/claims")


def test_every_page_listed_exists(root: Path) -> None:
    assert [page for page in course.pages() if not (root / f"{page}.md").is_file()] == []


def test_a_chapter_knows_its_title_number_and_objectives() -> None:
    first = course.chapter(1)
    assert (first.number, first.slug, first.title) == (1, "reading-the-case", "Reading the case")
    assert "compute-relative-change" in {objective.id for objective in first.objectives}


def test_an_unknown_chapter_is_named() -> None:
    with pytest.raises(CourseError, match="no chapter 99"):
        course.chapter(99)


def test_objectives_have_ids_of_their_own() -> None:
    ids = [objective.id for chapter in course.chapters() for objective in chapter.objectives]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# No front matter\n", r"page\.md:1  has no front matter"),
        ("---\na: [1\n---\n# T\n", r"page\.md:\d+  front matter is not valid YAML"),
    ],
)
def test_bad_front_matter_is_a_sentence_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(CourseError, match=says):
        course.front_matter(page)


def test_the_book_and_the_package_name_the_same_repository(root: Path) -> None:
    assert f"url: {course.repository()}\n" in (root / "_config.yml").read_text()


def test_the_bibliography_has_keys() -> None:
    assert {"jervis1978", "waltz1979"} <= course.citations()


def cited(root: Path) -> set[str]:
    """Keys that a page of the book cites, or the glossary for a term."""
    pages = [path for folder in ("chapters", "exercises") for path in (root / folder).glob("**/*.md")]
    lists = re.findall(r"\{cite:?\w*\}`([^`]+)`", "\n".join(path.read_text(encoding="utf-8") for path in pages))
    return {key.strip() for keys in lists for key in keys.split(",")} | set(load("terms")["citation"]) - {""}


def test_every_entry_of_the_bibliography_is_cited_and_every_citation_is_an_entry(root: Path) -> None:
    assert cited(root) == course.citations()
