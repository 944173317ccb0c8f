"""Everything of a release, made, held to its rules, and only then put into place."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import twolenses
from twolenses import course
from twolenses.book import build
from twolenses.book.release import epub, joined, links, pdf, zips
from twolenses.book.site import sharing
from twolenses.book.slides import make as slides
from twolenses.book.wording import date
from twolenses.errors import BookError

__all__ = ["make", "moment"]

NAME = f"two-lenses-{twolenses.__version__}"

SUMS = "SHA256SUMS"


def make(folder: Path, out: Path, tell: Callable[[str], None] = print) -> list[Path]:
    """Make a release of a checkout: PDF, EPUB, the site as a zip, wheel, sdist, checksums.

    The published site, with links to the first three and with slides, is left in ``_build/published``.

    Parameters
    ----------
    folder
        The checkout.
    out
        Where the files go. Nothing is put there before all are made and sound.
    tell
        Called with a line for each stage.

    Returns
    -------
    list[Path]
        The files, the checksums last.

    Raises
    ------
    BookError
        If a program is missing, the book is not built, or a file breaks a rule: an alternative is missing in the PDF,
        or epubcheck finds something.
    """
    pdf.ready()
    epub.ready()
    at, title, address = moment(folder), describe(folder), sharing.address(course.repository())
    parts = joined.parts(folder)
    pages = build.build(folder, tell)
    with tempfile.TemporaryDirectory(dir=folder / "_build", prefix="release-") as made:
        stage = Path(made)
        book, reader, site = (stage / f"{NAME}{end}" for end in (".pdf", ".epub", "-site.zip"))
        tell("  EPUB")
        reader.write_bytes(epub.book(epub.built(folder), parts, title, address, at))
        _held(reader, epub.faults(reader))
        tell("  PDF, printed twice for its page numbers")
        book.write_bytes(pdf.book(joined.joined(pages, parts, address), title, pages, at))
        found, counts = pdf.faults(book, title)
        _held(book, found)
        tell(f"    {', '.join(f'{number} {what}' for what, number in counts.items())}")
        tell("  site, wheel, sdist")
        site.write_bytes(zips.site(pages, twolenses.__version__, address, at))
        _packages(folder, stage, at)
        made_files = sorted(stage.iterdir())
        (stage / SUMS).write_text("".join(f"{_sum(path)}  {path.name}\n" for path in made_files))
        published = folder / "_build" / "published"
        links.publish(pages, {"PDF": book, "EPUB": reader, "the site as a zip": site}, published)
        slides.publish(published, course.chapters())
        out.mkdir(parents=True, exist_ok=True)
        for path in (*made_files, stage / SUMS):
            shutil.move(path, out / path.name)
    return [out / path.name for path in (*made_files, stage / SUMS)]


def moment(folder: Path) -> datetime:
    """What the files say of their time: ``SOURCE_DATE_EPOCH``, else the last commit, else now.

    Raises
    ------
    BookError
        If ``SOURCE_DATE_EPOCH`` is no number.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said is None:
        said = _last_commit(folder) or str(int(datetime.now(UTC).timestamp()))
    if not said.isdecimal():
        raise BookError(f"SOURCE_DATE_EPOCH is {said!r}. Give it seconds since 1970, or leave it out.")
    return datetime.fromtimestamp(int(said), UTC)


def _last_commit(folder: Path) -> str:
    """Its second since 1970; "" where there is no git or no history."""
    try:
        asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=folder, capture_output=True, text=True)
    except OSError:
        return ""
    return asked.stdout.strip()


def describe(folder: Path) -> joined.Title:
    """The title as `CITATION.cff` has it."""
    from ruamel.yaml import YAML

    said = YAML(typ="safe").load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    day = date(moment(folder).strftime("%Y-%m-%d"))
    lines = (
        f"Version {twolenses.__version__}, {day}",
        "Text and figures CC BY 4.0, code BSD-3-Clause",
        sharing.address(course.repository()),
    )
    author = ", ".join(one["name"] for one in said["authors"])
    return joined.Title(said["title"], said["abstract"].partition(":")[0], author, lines)


def _held(path: Path, faults: list[str]) -> None:
    if faults:
        raise BookError("\n".join([f"{path.name} is not sound, and no release was made.", *faults[:10]]))


def _packages(folder: Path, stage: Path, at: datetime) -> None:
    """Wheel and sdist, by the build backend that is installed."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(stage), str(folder)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(at.timestamp()))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise BookError(f"The wheel was not built: {''.join(last)} Install what it needs: make install")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
