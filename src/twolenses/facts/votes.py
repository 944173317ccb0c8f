"""Votes on Kosovo: the request to the Court of 2008 in the General Assembly, the bid for UNESCO of 2015."""

from __future__ import annotations

import math

from twolenses.data import Cell, cell, rows
from twolenses.facts._choose import agreed, numbers_in, pick
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact

# ── The request of 8 October 2008 (A/RES/63/3) ───────────────────────────────────────────────────────

_RESOLUTION = "A/RES/63/3"
_RELEASE = "by the UN’s press release"
_DATA = "in the voting data"


def _release() -> tuple[int, int, int, Cell]:
    row = cell("chronology", "event", id="E36")
    yes, no, abstain = numbers_in(row, r"(\d+) in favour, (\d+) against, (\d+) abstentions")
    return yes, no, abstain, row


def _cast(*votes: str, **where: object) -> tuple[Cell, ...]:
    return pick("un_rollcalls", "vote", resolution=_RESOLUTION, vote=votes, **where)


@fact(counts="votes")
def icj_request_yes() -> Figure:
    """Votes in favour of asking the International Court of Justice about Kosovo’s declaration, October 2008.

    The press release GA/10764 of the United Nations; the voting data have one vote more. To ask the Court is
    not to vote on independence.
    """
    yes, _, _, row = _release()
    return Figure(yes, rows=(row,), attribution=_RELEASE)


@fact(counts="votes", formula="the press release’s number and the rows with a vote of no, which agree")
def icj_request_no() -> Figure:
    """Votes against asking the International Court of Justice about Kosovo’s declaration, October 2008.

    Albania, the Marshall Islands, Micronesia, Nauru, Palau and the United States; both sources agree.
    """
    rows = _cast("no")
    _, no, _, row = _release()
    return Figure(agreed(no, len(rows)), rows=(row, *rows))


@fact(counts="votes")
def icj_request_abstentions() -> Figure:
    """Abstentions when the General Assembly asked the Court about Kosovo’s declaration, October 2008.

    The press release GA/10764 of the United Nations; the voting data have one abstention less.
    """
    _, _, abstain, row = _release()
    return Figure(abstain, rows=(row,), attribution=_RELEASE)


@fact(counts="votes", formula="rows with a vote of yes")
def icj_request_yes_in_data() -> Figure:
    """Votes in favour of asking the International Court of Justice, as the voting data code them.

    One more than in the press release of the United Nations; the data do not tell which state differs.
    """
    return counted(_cast("yes"), attribution=_DATA)


@fact(counts="votes", formula="rows with an abstention")
def icj_request_abstentions_in_data() -> Figure:
    """Abstentions when the General Assembly asked the Court, as the voting data code them.

    One less than in the press release of the United Nations; the data do not tell which state differs.
    """
    return counted(_cast("abstain"), attribution=_DATA)


@fact(unit="%", digits=1, formula="100 × yes ÷ (yes + no), in both sources")
def icj_request_yes_share_of_voting() -> Figure:
    """Share in favour among the states that voted yes or no on asking the International Court of Justice.

    The Assembly decides by members present and voting; an abstention is not a vote. A range, because the two
    sources differ by one vote.
    """
    yes, no, _, row = _release()
    rows_yes, rows_no = _cast("yes"), _cast("no")
    data = 100 * len(rows_yes) / (len(rows_yes) + len(rows_no))
    return Figure(agreed(100 * yes / (yes + no), data), rows=(row, *rows_yes, *rows_no))


@fact(unit="%", digits=1, formula="100 × yes ÷ (yes + no + abstentions), in both sources")
def icj_request_yes_share_of_all() -> Figure:
    """Share in favour among the states that took part in the vote on asking the Court, abstentions included.

    Less than half: the request passed because abstentions do not count. A range, because the two sources
    differ by one vote.
    """
    yes, no, abstain, row = _release()
    rows_yes, rows = _cast("yes"), _cast("yes", "no", "abstain")
    values = agreed(100 * yes / (yes + no + abstain), 100 * len(rows_yes) / len(rows))
    return Figure(values, rows=(row, *rows))


def _eu_members_2008() -> set[str]:
    return {row["iso3"] for row in rows("states") if (row["eu_since"] or 9999) <= 2008 < (row["eu_until"] or 9999)}


@fact(counts="states", formula="EU members of 2008 with a vote of yes")
def icj_request_eu_yes() -> Figure:
    """Members of the EU that voted for asking the Court: Cyprus, Greece, Romania, Slovakia, Spain.

    The same five have not recognised Kosovo.
    """
    return counted(_cast("yes", iso3=_eu_members_2008()))


@fact(counts="states", formula="EU members of 2008 with an abstention")
def icj_request_eu_abstained() -> Figure:
    """Members of the EU of 2008, with the United Kingdom, that abstained when the Assembly asked the Court.

    None voted against. One vote of the data differs from the press release, and the data do not tell which.
    """
    return counted(_cast("abstain", iso3=_eu_members_2008()))


def _recognisers_at_the_vote() -> set[str]:
    day = cell("chronology", "date", id="E36").value
    rows = pick("recognitions", "iso3", in_count=True, date_precision="day")
    return {row.value for row in rows if row.row["date"] < day}


@fact(counts="states", formula="states that had recognised by 7 October 2008 with a vote of yes")
def icj_request_recognisers_yes() -> Figure:
    """States that had recognised Kosovo and still voted for asking the Court about its declaration.

    Afghanistan, Costa Rica, Iceland, Liechtenstein and Norway: a question to a court is not a withdrawal.
    """
    return counted(_cast("yes", iso3=_recognisers_at_the_vote()), attribution=_DATA)


@fact(counts="states", formula="states that had recognised by 7 October 2008 with an abstention")
def icj_request_recognisers_abstaining() -> Figure:
    """States that had recognised Kosovo and abstained when the Assembly asked the Court on the declaration.

    One vote of the data differs from the press release, and the data do not tell which.
    """
    return counted(_cast("abstain", iso3=_recognisers_at_the_vote()), attribution=_DATA)


# ── Kosovo’s bid for UNESCO, 9 November 2015 ─────────────────────────────────────────────────────────


def _bid(measure: str) -> Cell:
    return cell("event_counts", event="Kosovo’s bid for UNESCO", measure=measure)


@fact(counts="votes")
def unesco_bid_yes() -> Figure:
    """Votes in favour of admitting Kosovo in UNESCO’s general conference, 9 November 2015, as the press printed them.

    No member has a veto there; the bid needed two thirds of those voting yes or no.
    """
    return single(_bid("votes in favour"))


@fact(counts="votes")
def unesco_bid_no() -> Figure:
    """Votes against admitting Kosovo in UNESCO’s general conference, 9 November 2015, as the press printed them."""
    return single(_bid("votes against"))


@fact(counts="votes")
def unesco_bid_abstentions() -> Figure:
    """Abstentions when UNESCO’s general conference voted on Kosovo, 9 November 2015, as the press printed them.

    Japan, Poland and other states that recognise Kosovo are listed among them.
    """
    return single(_bid("abstentions"))


@fact(counts="votes", formula="two thirds of yes and no together, rounded up")
def unesco_bid_needed() -> Figure:
    """Votes in favour that would have admitted Kosovo to UNESCO on 9 November 2015, by the yes and no votes cast."""
    yes, no = _bid("votes in favour"), _bid("votes against")
    return Figure(math.ceil(2 * (yes.value + no.value) / 3), rows=(yes, no))
