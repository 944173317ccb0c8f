"""Who voted in the north of Kosovo: the boycotted vote of April 2023, the recall of 2024, and 2019 for comparison."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._rows import single, total
from twolenses.facts.figure import Figure, fact

# ── The vote of 23 April 2023 in the north ───────────────────────────────────────────────────────────

_APRIL_2023, _APRIL_2024, _MAY_2019 = "2023-04-23", "2024-04-21", "2019-05-19"
_NORTH = ("Leposaviq/Leposavić", "North Mitrovica", "Zubin Potok", "Zveçan/Zvečan")


def _vote(date: str, measure: str, municipality: str = "all four") -> Cell:
    return cell("north_kosovo_votes", date=date, measure=measure, municipality=municipality, doubtful=False)


def _four(measure: str) -> tuple[Cell, ...]:
    return tuple(_vote(_APRIL_2023, measure, municipality) for municipality in _NORTH)


def _turnout(date: str) -> Figure:
    votes, register = _vote(date, "votes_cast"), _vote(date, "registered_voters")
    return Figure(100 * votes.value / register.value, rows=(votes, register))


@fact(counts="voters")
def registered_voters_april_2023() -> Figure:
    """Voters registered in the four northern municipalities for the vote of 23 April 2023.

    By Kosovo’s election commission. The register holds people who live elsewhere.
    """
    return single(_vote(_APRIL_2023, "registered_voters"))


@fact(counts="voters")
def voters_april_2023() -> Figure:
    """People who voted for mayors in the four northern municipalities on 23 April 2023.

    By Kosovo’s election commission; Serb List had called for a boycott. Figures by community that Belgrade gave
    add up to twelve more.
    """
    return single(_vote(_APRIL_2023, "votes_cast"))


@fact(unit="%", digits=2, formula="100 × votes cast ÷ registered voters")
def turnout_april_2023() -> Figure:
    """Turnout in the four northern municipalities in the vote for mayors of 23 April 2023.

    Of registered voters, some of whom live elsewhere: the turnout of residents is not known. It measures
    consent, not legality.
    """
    return _turnout(_APRIL_2023)


@fact(counts="voters")
def voters_leposavic_april_2023() -> Figure:
    """People who voted for a mayor in Leposaviq/Leposavić on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "Leposaviq/Leposavić"))


@fact(counts="voters")
def voters_north_mitrovica_april_2023() -> Figure:
    """People who voted for a mayor in North Mitrovica on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "North Mitrovica"))


@fact(counts="voters")
def voters_zubin_potok_april_2023() -> Figure:
    """People who voted for a mayor in Zubin Potok on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "Zubin Potok"))


@fact(counts="voters")
def voters_zvecan_april_2023() -> Figure:
    """People who voted for a mayor in Zveçan/Zvečan on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "Zveçan/Zvečan"))


@fact(unit="%", digits=2)
def turnout_leposavic_april_2023() -> Figure:
    """Turnout in Leposaviq/Leposavić on 23 April 2023, the lowest of the four.

    As printed; the registered voters of single municipalities were not found.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "Leposaviq/Leposavić"))


@fact(unit="%", digits=2)
def turnout_north_mitrovica_april_2023() -> Figure:
    """Turnout in North Mitrovica on 23 April 2023.

    As printed; the text says *of the population* where registered voters are meant.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "North Mitrovica"))


@fact(unit="%", digits=2)
def turnout_zubin_potok_april_2023() -> Figure:
    """Turnout in Zubin Potok on 23 April 2023, the highest of the four.

    As printed; the registered voters of single municipalities were not found.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "Zubin Potok"))


@fact(unit="%", digits=2)
def turnout_zvecan_april_2023() -> Figure:
    """Turnout in Zveçan/Zvečan on 23 April 2023.

    As printed; the registered voters of single municipalities were not found.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "Zveçan/Zvečan"))


@fact(unit="%", digits=2, formula="lowest and highest of the four")
def turnout_range_april_2023() -> Figure:
    """Turnout on 23 April 2023 from the lowest to the highest of the four northern municipalities."""
    rows = _four("turnout_pct")
    return Figure((min(row.value for row in rows), max(row.value for row in rows)), rows=rows)


@fact(counts="votes", formula="lowest and highest of the four winners")
def mayors_votes_april_2023() -> Figure:
    """Votes for the winning candidates of 23 April 2023, from the fewest to the most of the four.

    Preliminary results.
    """
    rows = _four("winner_votes")
    return Figure((min(row.value for row in rows), max(row.value for row in rows)), rows=rows)


@fact(unit="%", digits=2, formula="100 × votes of the four winners ÷ registered voters of all four")
def mayors_share_of_registered_april_2023() -> Figure:
    """Share of the registered voters of the north who chose the mayors elected on 23 April 2023.

    Preliminary results, and a register that holds people who live elsewhere.
    """
    votes, register = _four("winner_votes"), _vote(_APRIL_2023, "registered_voters")
    return Figure(100 * total(votes).low / register.value, rows=(*votes, register))


@fact(counts="votes")
def votes_for_the_serb_candidate_april_2023() -> Figure:
    """Votes for the only Kosovo Serb who stood for mayor on 23 April 2023, in Zveçan/Zvečan."""
    return single(_vote(_APRIL_2023, "candidate_votes", "Zveçan/Zvečan"))


# ── The vote of 21 April 2024, and 2019 for comparison ───────────────────────────────────────────────


@fact(counts="voters")
def registered_voters_april_2024() -> Figure:
    """Voters registered in the four northern municipalities for the vote of 21 April 2024 on recalling mayors.

    By Kosovo’s election commission. The register holds people who live elsewhere.
    """
    return single(_vote(_APRIL_2024, "registered_voters"))


@fact(counts="voters")
def voters_april_2024() -> Figure:
    """People who voted on recalling the mayors of the four northern municipalities on 21 April 2024.

    By Kosovo’s election commission; Serb List called for a boycott of this vote too.
    """
    return single(_vote(_APRIL_2024, "votes_cast"))


@fact(unit="%", digits=2, formula="100 × votes cast ÷ registered voters")
def turnout_april_2024() -> Figure:
    """Turnout in the four northern municipalities in the recall vote of 21 April 2024.

    Of registered voters, some of whom live elsewhere. A recall is not an election: compare with care.
    """
    return _turnout(_APRIL_2024)


@fact(counts="voters")
def registered_voters_may_2019() -> Figure:
    """Voters registered in the four northern municipalities for the election of mayors of 19 May 2019.

    By Kosovo’s election commission.
    """
    return single(_vote(_MAY_2019, "registered_voters"))


@fact(unit="%")
def turnout_may_2019() -> Figure:
    """Turnout in the four northern municipalities in the election of mayors of 19 May 2019, without a boycott.

    By Kosovo’s election commission, as the press printed it.
    """
    return single(_vote(_MAY_2019, "turnout_pct"))


@fact(unit="percentage points", digits=1, formula="turnout of May 2019 − turnout of April 2023")
def turnout_fall_since_2019() -> Figure:
    """By how much turnout in the four northern municipalities fell from May 2019 to April 2023.

    The figure of 2019 is a lower bound, and the registers of the two years differ.
    """
    before, after = _vote(_MAY_2019, "turnout_pct"), _vote(_APRIL_2023, "turnout_pct")
    return Figure(before.value - after.value, rows=(before, after), qualifier=before.qualifier)
