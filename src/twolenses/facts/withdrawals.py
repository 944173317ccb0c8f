"""Withdrawals of recognition that Serbia claims, and what is on record of each."""

from __future__ import annotations

from twolenses.data import Cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact

_SERBIA = "by Serbia’s count"
_SEARCH = "on the evidence found"
_GOVERNMENT = "government of the state"


def _withdrawals(column: str = "iso3", **where: str) -> tuple[Cell, ...]:
    return pick("recognition_withdrawals", column, **where)


@fact(counts="states", formula="rows of the table of withdrawals")
def withdrawals_claimed() -> Figure:
    """States that, as Serbia said between 2013 and January 2023, had withdrawn their recognition of Kosovo.

    The 18 that it numbered to March 2020 and nine that it named in January 2023. Kosovo holds that international
    law knows no withdrawal and denies nearly all; some notes suspend, or wait for the end of the dialogue.
    """
    return counted(_withdrawals(), attribution=_SERBIA)


@fact(counts="states", formula="the highest number that Serbia printed")
def withdrawals_numbered_2020() -> Figure:
    """Withdrawals of recognition that Serbia had numbered by 3 March 2020.

    Nine more were named in January 2023; no notes of theirs were found.
    """
    numbered = [row for row in _withdrawals("serbian_ordinal") if row.value is not None]
    return single(max(numbered, key=lambda row: int(row.value)), _SERBIA)


@fact(counts="states", formula="rows whose evidence is the government of the state")
def withdrawals_confirmed() -> Figure:
    """Claimed withdrawals for which a member of the state’s own government is on record.

    On record at the time: for two of them, Guinea-Bissau and Liberia, Kosovo reports a word to the contrary.
    That no record was found of the others does not show that there is none.
    """
    return counted(_withdrawals(evidence=_GOVERNMENT), attribution=_SEARCH)


@fact(unit="%", formula="100 × withdrawals confirmed ÷ withdrawals claimed")
def withdrawals_confirmed_share() -> Figure:
    """Share of the claimed withdrawals for which a member of the state’s own government is on record.

    It measures what was found in public pages, not what governments wrote to each other.
    """
    confirmed, claimed = _withdrawals(evidence=_GOVERNMENT), _withdrawals()
    return Figure(100 * len(confirmed) / len(claimed), rows=claimed, attribution=_SEARCH)


@fact(counts="states", formula="rows with the government’s word that are not contested")
def withdrawals_confirmed_uncontested() -> Figure:
    """Claimed withdrawals with the word of the state’s own government and no report of one against it.

    Kosovo denies some of these too. São Tomé and Príncipe called its recognition invalid from the start.
    """
    rows = _withdrawals(evidence=_GOVERNMENT)
    return counted(tuple(row for row in rows if row.row["status"] != "contested"), attribution=_SEARCH)


@fact(counts="states", formula="rows whose evidence is an announcement by Serbia")
def withdrawals_announced_only() -> Figure:
    """Claimed withdrawals for which only Serbia’s announcement was found: no note, no word of the state.

    Nine of them come from one statement of January 2023.
    """
    return counted(_withdrawals(evidence="announcement by Serbia"), attribution=_SEARCH)


@fact(counts="states", formula="rows with the status contested")
def withdrawals_contested() -> Figure:
    """Claimed withdrawals against which a word of the state, or a doubt about the document, is reported.

    Most of these reports come from Kosovo’s foreign ministry.
    """
    return counted(_withdrawals(status="contested"), attribution=_SEARCH)


@fact(counts="states", formula="rows with the status accepted by Kosovo")
def withdrawals_accepted_by_kosovo() -> Figure:
    """Claimed withdrawals that a foreign minister of Kosovo has acknowledged: Togo’s.

    The acknowledgement is of 2023; the ministry’s list still named the state.
    """
    return counted(_withdrawals(status="accepted by Kosovo"), attribution="by Kosovo’s own word")
