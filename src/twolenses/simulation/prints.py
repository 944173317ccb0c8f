"""What is handed out: a sheet for each person, one for each room, and the instructor's, as PDF where Chromium is.

A person's sheet holds that role's private brief and no other's. Everything is written beside the folder first and moved
there at the end, so that there is all of it or nothing.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from twolenses import templating
from twolenses.errors import SimulationError, place
from twolenses.simulation import debrief, roles, scoring, sheets
from twolenses.simulation.dealing import Deal, Room, Seat
from twolenses.simulation.roles import Note

__all__ = ["PAPERS", "documents", "save", "sheet", "write"]

PAPERS = ("a4", "letter")

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""What Chromium is called where Playwright has none of its own."""

INSTRUCTOR = "instructor"


class _Notes:
    """The sources of a sheet, numbered as they come."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def number(self, source: str) -> int:
        """Its number on this sheet."""
        return self._found.setdefault(source, len(self._found) + 1)

    def any(self) -> bool:
        """Whether there is one."""
        return bool(self._found)

    def __iter__(self) -> Iterator[Note]:
        return map(roles.note, self._found)


def documents(deal: Deal, paper: str = "a4") -> dict[str, str]:
    """Every sheet as HTML, by its name without suffix: ``room-1/07-ana-krasniqi``, ``room-1/room``, ``instructor``.

    Raises
    ------
    SimulationError
        If the paper is neither A4 nor letter.
    """
    made = {INSTRUCTOR: sheet("instructor", paper, "For the instructor", _instructor(deal))}
    for room in deal.rooms:
        folder = f"room-{room.number}"
        made[f"{folder}/room"] = sheet(
            "room", paper, f"Room {room.number}", {"room": room, "simulation": deal.simulation}
        )
        for number, seat in enumerate(room.seats, start=1):
            name = f"{folder}/{number:02d}-{_slug(seat.student)}"
            made[name] = sheet("person", paper, f"{seat.role.name}, {seat.student}", _person(deal, room, seat))
    return made


def _instructor(deal: Deal) -> dict[str, object]:
    sessions = (1, 2) if deal.format == "two" else (1,)
    return {
        "deal": deal,
        "simulation": deal.simulation,
        "format": deal.simulation.formats[deal.format],
        "injects": [one for one in deal.simulation.injects if one.session in sessions],
    }


def _person(deal: Deal, room: Room, seat: Seat) -> dict[str, object]:
    weights = room.weights.get(seat.role.id, {})
    return {
        "simulation": deal.simulation,
        "room": room,
        "role": seat.role,
        "student": seat.student,
        "mates": [name for name in room.group(seat.role) if name != seat.student],
        "weights": weights,
        "without": scoring.score(seat.role, weights, deal.simulation.no_deal),
        "guessed": next((one for one in deal.simulation.signers if one != seat.role), None)
        if seat.role.signs
        else None,
    }


def sheet(template: str, paper: str, title: str, given: Mapping[str, object]) -> str:
    """A sheet of the templates as HTML, for a paper.

    Raises
    ------
    SimulationError
        If the paper is neither A4 nor letter.
    """
    if paper not in PAPERS:
        raise SimulationError(f"There is no paper {paper!r}. Choose {' or '.join(PAPERS)}.")
    css = Markup(_environment().get_template("sheet.css").render(paper=paper, footer=Markup(_quoted(title))))
    return (
        _environment().get_template(f"{template}.html").render({**given, "title": title, "css": css, "notes": _Notes()})
    )


def _quoted(text: str) -> str:
    """Words inside quotation marks of CSS, which nothing in them ends."""
    return re.sub(r"[^\w ,.·-]", " ", text)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "student"


@cache
def _environment() -> Environment:
    return templating.environment("twolenses.simulation")


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────


def write(deal: Deal, folder: Path, *, paper: str = "a4", html: bool = False, demo: bool = False) -> list[str]:
    """Write all sheets, the key, the empty decision sheets and the debrief into a new folder; what to say about it.

    Parameters
    ----------
    html
        HTML even where PDF could be made.
    demo
        Fill in the decision sheets for a class that never was.

    Raises
    ------
    SimulationError
        If the folder holds something already or cannot be written. Then there is nothing new.
    """
    decisions = sheets.simulated(deal) if demo else ()
    texts = {
        sheets.KEY: sheets.written(sheets.key_rows(deal)),
        sheets.DECISIONS: sheets.written(sheets.sheet_rows(deal, decisions)),
        "debrief.ipynb": debrief.notebook(),
    }
    return save(folder, documents(deal, paper), texts, html=html)


def save(folder: Path, printed: Mapping[str, str], texts: Mapping[str, str], *, html: bool = False) -> list[str]:
    """Write sheets, by their name without suffix, and other files into a new folder; what to say about it.

    Raises
    ------
    SimulationError
        If the folder holds something already or cannot be written. Then there is nothing new.
    """
    said: list[str] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SimulationError(f"{place(folder)}  is there already and not empty. Choose another folder with --to.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            with ThreadPoolExecutor(1) as apart:  # a notebook's own thread has an event loop, which Playwright refuses
                apart.submit(_print, printed, made, None if html else said).result()
            for name, text in texts.items():
                (made / name).write_text(text, encoding="utf-8")
            made.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        sentence = f"{place(folder)}  cannot be written: {error.strerror}. Choose another folder with --to."
        raise SimulationError(sentence) from error
    return said


def _print(printed: Mapping[str, str], folder: Path, said: list[str] | None) -> None:
    with _printer(said) as (suffix, printer):
        for name, document in printed.items():
            path = folder / f"{name}{suffix}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(printer(document))


@contextmanager
def _printer(said: list[str] | None) -> Iterator[tuple[str, Callable[[str], bytes]]]:
    """How a sheet becomes bytes, and the suffix: PDF by Chromium, else HTML with a sentence why. None asks for HTML."""
    if said is None:
        yield ".html", str.encode
        return
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        said.append(
            "Playwright is not installed, so the sheets are HTML: open and print them, or 'pip install playwright'."
        )
        yield ".html", str.encode
        return
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        try:
            browser = playwright.chromium.launch(executable_path=found)
        except Error:
            said.append(
                "No Chromium was found, so the sheets are HTML: open and print them, or 'playwright install chromium'."
            )
            yield ".html", str.encode
            return
        page = browser.new_page(java_script_enabled=False, offline=True)

        def pdf(document: str) -> bytes:
            page.set_content(document)
            return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)

        try:
            yield ".pdf", pdf
        finally:
            browser.close()
