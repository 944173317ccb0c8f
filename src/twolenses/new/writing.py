"""What all recipes do: fill a template, find a free name, put a page into `_toc.yml`, write all files or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.resources import files as resources
from pathlib import Path
from string import Template

from twolenses import course, files
from twolenses.errors import NewError, place

__all__ = ["checkout", "filled", "listed", "numbered", "write"]


def checkout() -> Path:
    """The checkout of the course.

    Raises
    ------
    NewError
        If the package was installed without one: nothing of the course is written into an installation.
    """
    root = course.root()
    if not (root / "pyproject.toml").is_file():
        raise NewError(
            f"{place(root)}  is the course as it was installed. Clone {course.repository()} to add to it, "
            "or keep questions and exercises of your own with --bank DIR and --masters DIR."
        )
    return root


def filled(template: str, **values: object) -> str:
    """A template of this package with every ``$name`` filled in."""
    text = (resources("twolenses.new") / "templates" / template).read_text(encoding="utf-8")
    return Template(text).substitute({name: str(value) for name, value in values.items()})


def numbered(name: str, taken: Iterable[str], kind: str) -> str:
    """A name such as ``17-who-pays``; without a number it gets the next free one.

    Parameters
    ----------
    name
        ``who-pays`` or ``17-who-pays``.
    taken
        Names that exist, with their numbers.
    kind
        What has the name, for the sentence.

    Raises
    ------
    NewError
        If it has another form, or name or number is taken.
    """
    found = re.fullmatch(r"(?:(\d\d)-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)", name)
    if not found:
        raise NewError(
            f"{name!r} is no name for {kind}. Write small letters, digits and hyphens, with a number before or "
            "without: 'who-pays' or '17-who-pays'."
        )
    owners = {one[:2]: one for one in taken if re.match(r"\d\d-", one)}
    slugs = {one[3:]: one for one in owners.values()}
    number = found[1] or f"{int(max(owners, default='00')) + 1:02}"
    if found[2] in slugs:
        raise NewError(f"{slugs[found[2]]!r} is there already. Choose another name.")
    if number in owners:
        raise NewError(f"{number} is the number of {owners[number]!r}. Choose another, or leave it out.")
    if len(number) > 2:
        raise NewError("99 is taken, and a number has two digits. Name a free one: '03-who-pays'.")
    return f"{number}-{found[2]}"


def listed(toc: str, page: str) -> str:
    """The text of `_toc.yml` with a page more, behind those of its folder whose name comes before; comments stay."""
    lines = toc.splitlines(keepends=True)
    entries = {n: one for n, line in enumerate(lines) if (one := re.match(r"( *- file: )(\S+)", line))}
    alike = [n for n, one in entries.items() if _kind(one[2]) == _kind(page)]
    if not alike:
        raise NewError(f"_toc.yml lists no page of {_kind(page)}. Add a line by hand: - file: {page}")
    earlier = [n for n in alike if entries[n][2] < page]
    lines.insert(earlier[-1] + 1 if earlier else alike[0], f"{entries[alike[0]][1]}{page}\n")
    return "".join(lines)


def _kind(page: str) -> str:
    """What comes before the number, ``chapters/`` or ``exercises/notebooks/``; of any other page, the page."""
    return re.split(r"(?<=/)\d\d-", page)[0]


def write(new: Mapping[Path, str], changed: Mapping[Path, str] | None = None) -> list[Path]:
    """Write files that do not exist yet, then those that change: all, or none.

    Raises
    ------
    NewError
        If a new file exists, or one cannot be written.
    """
    for path in new:
        if path.exists():
            raise NewError(f"{place(path)}  exists. Nothing was written; choose another name.")
    written = dict(new) | dict(changed or {})
    before = {path: path.read_text(encoding="utf-8") for path in written if path.is_file()}
    done: list[Path] = []
    try:
        for path, text in written.items():
            files.write(path, text)
            done.append(path)
    except OSError as error:
        _undo(done, before)
        with suppress(OSError):
            path.parent.rmdir()  # made for this, where nothing else is in it
        raise NewError(f"{place(path)}  cannot be written: {error.strerror}. Nothing was left behind.") from error
    return done


def _undo(done: list[Path], before: Mapping[Path, str]) -> None:
    for path in reversed(done):
        if path in before:
            files.write(path, before[path])
        else:
            path.unlink()
            with suppress(OSError):
                path.parent.rmdir()
