"""The handout for somebody who has one slot: ten claims to judge, one event for two lenses, and the key to both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twolenses import data
from twolenses.roles import date
from twolenses.simulation import prints

__all__ = ["CLAIMS", "EVENT", "QUESTIONS", "documents", "write"]

CLAIMS = ("C31", "C10", "C19", "C21", "C04", "C22", "C18", "C37", "C52", "C01")
"""Ten claims of the article with all five verdicts among them, in the order of the handout."""

EVENT = "E77"
"""What both lenses are asked about."""

QUESTIONS = ("what-48-counts", "cut-percent", "check-for-a-cause", "completion-without-status", "realist-mechanism")
"""The quiz: questions of chapter 1, by id."""

VERDICTS = {
    "supported": "the evidence agrees",
    "imprecise": "the core is right; a detail is wrong or missing",
    "contested": "parties, sources or theories disagree, and no record settles it",
    "wrong": "the evidence, or the source’s own wording, says otherwise",
    "unverifiable": "no source was found, for or against",
}


def documents(paper: str = "a4") -> dict[str, str]:
    """Handout and key as HTML.

    Raises
    ------
    SimulationError
        If the paper is neither A4 nor letter.
    """
    claims = {row["id"]: row for row in data.rows("claims")}
    events = {row["id"]: row for row in data.rows("chronology")}
    given: dict[str, Any] = {"claims": [claims[id] for id in CLAIMS], "event": events[EVENT], "verdicts": VERDICTS}
    given["day"] = date(events[EVENT]["date"])
    titles = {"handout": "Ten claims, two lenses", "handout-key": "Ten claims, two lenses: key"}
    return {name: prints.sheet(name, paper, title, given) for name, title in titles.items()}


def write(folder: Path, *, paper: str = "a4", html: bool = False) -> list[str]:
    """Write handout and key into a new folder; what to say about it.

    Raises
    ------
    SimulationError
        If the folder holds something already or cannot be written. Then there is nothing new.
    """
    return prints.save(folder, documents(paper), {}, html=html)
