"""Where the course lies, and what it consists of.

In a checkout the files are used as they stand; in a wheel they lie beside the package. :func:`root` is
the one place that knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

from twolenses.errors import CourseError, place

__all__ = [
    "Chapter",
    "Objective",
    "chapter",
    "chapter_files",
    "chapters",
    "citations",
    "front_matter",
    "objectives",
    "pages",
    "read_chapter",
    "repository",
    "root",
    "title",
]

_HERE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder that holds `_toc.yml`, `chapters/`, `data/` and `exercises/`.

    Raises
    ------
    CourseError
        If neither a checkout nor an installed copy is found.
    """
    for candidate in (_HERE.parents[1], _HERE / "_course"):
        if (candidate / "_toc.yml").is_file() and (candidate / "data" / "datapackage.json").is_file():
            return candidate
    raise CourseError(f"No course files beside {_HERE}. Reinstall the package, or run from a complete checkout.")


@dataclass(frozen=True)
class Objective:
    """What a reader can do after a chapter: an id and a sentence that starts with a measurable verb."""

    id: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter: its page, its title, and what its front matter promises."""

    number: int
    path: Path
    title: str
    objectives: tuple[Objective, ...] = ()
    minutes: int = 0
    prerequisites: tuple[str, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict, compare=False, hash=False, repr=False)

    @property
    def slug(self) -> str:
        """Name without the number: ``reading-the-case``."""
        return self.path.stem.split("-", 1)[1]

    def __str__(self) -> str:
        return self.path.stem


def front_matter(path: Path) -> dict[str, Any]:
    """The YAML between the first two ``---`` lines of a page.

    Raises
    ------
    CourseError
        If the page has none, or it is not valid YAML.
    """
    from twolenses import plain_yaml

    text = path.read_text(encoding="utf-8")
    found = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not found:
        raise CourseError(
            f"{place(path, 1)}  has no front matter. Start the page with a block between two '---' lines."
        )
    try:
        return plain_yaml.value(found[1]) or {}
    except plain_yaml.Unsure:
        return _looked_at(path, found[1])


def _looked_at(path: Path, text: str) -> dict[str, Any]:
    """The same by ruamel.yaml, which is slow to import, and knows where a fault stands."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe").load(text) or {}
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise CourseError(
            f"{place(path, line)}  front matter is not valid YAML: {getattr(error, 'problem', error)}."
        ) from error


@cache
def pages() -> tuple[str, ...]:
    """Every page of the book in reading order, as `_toc.yml` lists them (no suffix)."""
    from twolenses import plain_yaml

    text = (root() / "_toc.yml").read_text(encoding="utf-8")
    try:
        toc = plain_yaml.value(text)
    except plain_yaml.Unsure:
        from ruamel.yaml import YAML

        toc = YAML(typ="safe").load(text)

    def walk(node: Any) -> list[str]:
        if isinstance(node, list):
            return [page for one in node for page in walk(one)]
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [page for key in ("parts", "chapters", "sections") for page in walk(node.get(key, []))]

    return tuple(walk(toc))


@cache
def chapters() -> tuple[Chapter, ...]:
    """The numbered chapters (`chapters/01-….md`) in reading order."""
    return tuple(map(read_chapter, chapter_files()))


def chapter_files(folder: Path | None = None) -> list[Path]:
    """The files of the numbered chapters: the course's, as `_toc.yml` lists them, or those of another folder."""
    if folder:
        return sorted(folder.glob("[0-9][0-9]-*.md"))
    return [root() / f"{page}.md" for page in pages() if re.match(r"chapters/\d\d-", page)]


def chapter(number: int) -> Chapter:
    """One chapter by its number."""
    for one in chapters():
        if one.number == number:
            return one
    known = ", ".join(str(one.number) for one in chapters())
    raise CourseError(f"There is no chapter {number}. Chapters so far: {known}.")


def objectives() -> dict[str, Objective]:
    """Every learning objective by its id."""
    return {objective.id: objective for one in chapters() for objective in one.objectives}


def citations(keyword: str = "") -> set[str]:
    """Keys of the bibliography, or of its entries with this keyword."""
    text = (root() / "data" / "references.bib").read_text(encoding="utf-8")
    entries = re.findall(r"^@(?!comment|string|preamble)\w+\{\s*([^,\s]+)\s*,(.*?)(?=^@|\Z)", text, re.M | re.S | re.I)
    wanted = re.compile(rf"keywords\s*=\s*\{{[^}}]*{re.escape(keyword)}" if keyword else "")
    return {key for key, rest in entries if wanted.search(rest)}


def repository() -> str:
    """Address of the course's repository, as the package's metadata names it."""
    urls = dict(entry.split(", ", 1) for entry in metadata("twolenses").get_all("Project-URL") or [])
    return str(urls["Repository"])


def title(path: Path) -> str:
    """The first heading of a page.

    Raises
    ------
    CourseError
        If it has none.
    """
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.M)
    if not found:
        raise CourseError(f"{place(path)}  has no title. Its first heading starts with '# '.")
    return found[1]


def read_chapter(path: Path) -> Chapter:
    """A numbered chapter from its file.

    Raises
    ------
    CourseError
        If it has no title, or its front matter cannot be read. The sentence names file and line.
    """
    meta = front_matter(path)
    try:
        objectives = tuple(Objective(**one) for one in meta.get("objectives", []))
        minutes = int(meta.get("minutes", 0))
    except (TypeError, ValueError) as error:
        raise CourseError(
            f"{place(path, 1)}  front matter is not of the form that a chapter has: 'objectives:' is a list of 'id:' "
            "with 'text:', 'minutes:' is a number."
        ) from error
    return Chapter(
        number=int(path.stem[:2]),
        path=path,
        title=title(path),
        objectives=objectives,
        minutes=minutes,
        prerequisites=tuple(meta.get("prerequisites", [])),
        meta=meta,
    )
