"""What a role prints, the same on a page, in a student's notebook, and wherever else a text of the course goes.

>>> printed("fact", "serbian_troop_cut"), printed("claim", "C21"), printed("event", "E74")
('46.1%', 'C21', 'chronology, 24 September 2023')
>>> printed("term", "the dilemma <security dilemma>")
'the dilemma'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from twolenses.data import rows
from twolenses.errors import DataError, suggestion
from twolenses.facts import figure

__all__ = ["ROLES", "date", "printed"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?)?")
_TITLED = re.compile(r"(.+?)\s*<[^<>]+>", re.S)


def date(iso: str) -> str:
    """A date as a reader says it, as precise as it stands.

    >>> date("2023-09-24"), date("1990-09"), date("1996"), date("n.d.")
    ('24 September 2023', 'September 1990', '1996', 'n.d.')
    """
    found = _ISO.match(iso)
    if not found:
        return iso
    year, month, day = found.groups()
    parts = (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(part for part in parts if part) + iso[found.end() :]


def _fact(name: str) -> str:
    return str(figure(name))


def _claim(id: str) -> str:
    return str(_row("claims", "ledger", id)["id"])


def _event(id: str) -> str:
    return f"chronology, {date(_row('chronology', 'chronology', id)['date'])}"


def _title(text: str) -> str:
    """``{term}`text <target>` `` prints its text, and without one its target."""
    titled = _TITLED.fullmatch(text)
    return titled[1] if titled else text


def _row(table: str, called: str, id: str) -> Any:
    found = {str(row["id"]): row for row in rows(table)}
    if id not in found:
        raise DataError(f"names {id!r}, which is not in the {called}. {suggestion(id, found)}")
    return found[id]


ROLES: dict[str, Callable[[str], str]] = {
    "fact": _fact,
    "claim": _claim,
    "event": _event,
    "term": _title,
    "doc": _title,
    "ref": _title,
}
"""What is written in the braces, and what it makes of the text between the backticks."""


def printed(role: str, text: str) -> str:
    """The words that a reader reads for ``{role}`text` ``.

    Raises
    ------
    FactError, DataError
        If it names a fact, a claim or an event that does not exist. The sentence goes on from the role's name.
    """
    return ROLES[role](text)
