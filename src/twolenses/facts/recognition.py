"""Who recognises Kosovo, by whose count; the way into the United Nations."""

from __future__ import annotations

import math

from twolenses.data import Cell, cell, rows
from twolenses.errors import FactError
from twolenses.facts._choose import numbers_in, pick
from twolenses.facts._rows import cells, counted, percent, single, total
from twolenses.facts.figure import Figure, fact

_KOSOVO = "by Kosovo’s count"
_SERBIA = "by Serbia’s count"
_BOTH = "by the two sides’ counts"


# ── Counts and their owners ──────────────────────────────────────────────────────────────────────────


def _count(side: str, date: str) -> Cell:
    return cell("recognition_counts", "count", side=side, date=date)


@fact(counts="states")
def recognitions_press_2013() -> Figure:
    """UN members that had recognised Kosovo by 17 February 2013, its fifth anniversary, as the press had it.

    The rows that Kosovo counts add up to 96 by the end of 2012: the sources differ by one or two.
    """
    return single(_count("third party", "2013-02-17"), "in the press")


@fact(counts="states and entities")
def recognitions_claimed_2018() -> Figure:
    """States and entities that had recognised Kosovo by 15 February 2018, as its foreign minister counted.

    Withdrawals are not subtracted, and the ministry’s own list still said 115 two days later.
    """
    return single(_count("Kosovo", "2018-02-15"), _KOSOVO)


@fact(counts="states and entities")
def recognitions_by_serbia_2018() -> Figure:
    """States and entities that recognised Kosovo in June 2018, as an office of Serbia’s government counted.

    An upper bound. Serbia subtracts withdrawals, most of which Kosovo denies.
    """
    return single(_count("Serbia", "2018-06-20"), _SERBIA)


@fact(counts="states and entities")
def recognitions_by_serbia_august_2019() -> Figure:
    """States and entities that recognised Kosovo in August 2019, as Serbia’s foreign minister put it.

    An upper bound, not a count; in November he named 93, five of them in abeyance.
    """
    return single(_count("Serbia", "2019-08-16"), _SERBIA)


@fact(counts="states")
def recognitions_by_serbia_2020() -> Figure:
    """UN members that recognised Kosovo on 3 March 2020, as Serbia’s foreign minister counted them.

    He left five more out as undecided.
    """
    return single(_count("Serbia", "2020-03-03"), _SERBIA)


@fact(counts="states and entities")
def recognitions_claimed_2021() -> Figure:
    """States and entities that recognise Kosovo, as its foreign ministry counted from 2021 to March 2025.

    The ministry’s page has no date and subtracts no withdrawals. The article that this book reads has 114.
    """
    return single(_count("Kosovo", "2021"), _KOSOVO)


@fact(counts="states")
def recognitions_claimed_2023() -> Figure:
    """UN members that had recognised Kosovo by February 2023, as its foreign ministry listed them.

    Read by Statista on the ministry’s site. UN members only: compare it with the Serbian president’s count of
    the same winter, not with totals that include the Cook Islands and Niue.
    """
    return single(_count("Kosovo", "2023-02-17"), _KOSOVO)


@fact(counts="states")
def recognitions_by_vucic_2023() -> Figure:
    """UN members that “unequivocally” recognised Kosovo on 4 January 2023, as President Vučić counted them.

    With the 106 and the 3 that he named it makes 193. One agency’s text of the same speech prints 94.
    """
    row = _count("Serbia", "2023-01-04")
    return single(row, f"by {row.row['claimant']}’s count")


@fact(counts="states", formula="Kosovo’s count of UN members − President Vučić’s")
def recognition_gap_2023() -> Figure:
    """By how many UN members Kosovo’s count of early 2023 is above that of President Vučić.

    Six weeks lie between the two statements. If he said 94, as one agency printed, the gap is smaller by ten.
    """
    kosovo, serbia = _count("Kosovo", "2023-02-17"), _count("Serbia", "2023-01-04")
    return Figure(kosovo.value - serbia.value, rows=(kosovo, serbia), attribution=_BOTH)


@fact(counts="states and entities")
def recognitions_claimed_october_2025() -> Figure:
    """States and entities that had recognised Kosovo by 29 October 2025, as its government counted them.

    Withdrawals are not subtracted.
    """
    return single(_count("Kosovo", "2025-10-29"), _KOSOVO)


@fact(counts="states and entities")
def recognitions_claimed_december_2025() -> Figure:
    """States and entities that had recognised Kosovo by 19 December 2025, as President Osmani counted them.

    Withdrawals are not subtracted.
    """
    return single(_count("Kosovo", "2025-12-19"), _KOSOVO)


# ── New recognitions by year ─────────────────────────────────────────────────────────────────────────


def _new(first: int, last: int) -> tuple[Cell, ...]:
    return pick("recognitions_by_year", "new", year=range(first, last + 1))


@fact(counts="states")
def recognitions_first_year() -> Figure:
    """States that recognised Kosovo in 2008, the year of its declaration of independence.

    UN members only; Taiwan, which also recognised, is not on the ministry’s list.
    """
    return total(_new(2008, 2008), _KOSOVO)


@fact(counts="states", formula="new recognitions of 2008 to 2012, added")
def recognitions_by_2012() -> Figure:
    """States that had recognised Kosovo by the end of 2012, added up from its yearly figures.

    Other texts have one less for 2010 and one more for 2012.
    """
    return total(_new(2008, 2012), _KOSOVO)


@fact(counts="states and entities", formula="new recognitions of 2008 to 2018, added")
def recognitions_by_2018() -> Figure:
    """States and entities that had recognised Kosovo by the end of 2018, added up from its yearly figures.

    Withdrawals, of which Serbia claimed twelve by then, are not subtracted.
    """
    return total(_new(2008, 2018), _KOSOVO)


@fact(counts="states and entities", formula="new recognitions of 2008 to 29 October 2025, added")
def recognitions_by_october_2025() -> Figure:
    """States and entities that had recognised Kosovo by 29 October 2025, added up from its yearly figures.

    Withdrawals are not subtracted.
    """
    return total(_new(2008, 2025), _KOSOVO)


@fact(unit="%", formula="100 × new recognitions of 2008 to 2012 ÷ those of 2008 to 2022")
def recognitions_share_by_2012() -> Figure:
    """Share of the recognitions that Kosovo counted in 2023 which had come by the end of 2012.

    Both totals are Kosovo’s own, without withdrawals.
    """
    return percent(_new(2008, 2012), _new(2008, 2022), _KOSOVO)


@fact(counts="states", formula="new recognitions of 2019 to 2024, added; a year without a row had none")
def recognitions_new_2019_to_2024() -> Figure:
    """States that newly recognised Kosovo in the six years from 2019 to 2024: Israel, in 2021.

    The press reported Jamaica in 2020; Kosovo’s later counts leave it out.
    """
    return total(_new(2019, 2024), _KOSOVO)


@fact(counts="states", formula="rows of 2025 that Kosovo counts")
def recognitions_new_2025() -> Figure:
    """States that newly recognised Kosovo in 2025: Kenya, Sudan, Syria and the Bahamas.

    As Kosovo announced them; no count by Serbia was found for that year.
    """
    rows = tuple(row for row in _recognised() if row.row["date"].startswith("2025"))
    return counted(rows, attribution=_KOSOVO)


# ── Unions and alliances ─────────────────────────────────────────────────────────────────────────────


def _recognised() -> tuple[Cell, ...]:
    return pick("recognitions", "iso3", in_count=True)


def _members(union: str) -> tuple[Cell, ...]:
    since, until = ("eu_since", "eu_until") if union == "EU" else ("nato_since", None)
    inside = (row for row in rows("states") if row[since] is not None and not (until and row[until] is not None))
    return cells("states", "iso3", inside)


def _among(members: tuple[Cell, ...], *, recognising: bool) -> Figure:
    recognised = {row.value for row in _recognised()}
    return counted(tuple(row for row in members if (row.value in recognised) is recognising))


@fact(counts="states", formula="states with a year of joining and none of leaving")
def eu_members() -> Figure:
    """Members of the European Union since the British exit of 2020."""
    return counted(_members("EU"))


@fact(counts="states", formula="EU members with a recognition that Kosovo counts")
def eu_members_recognising() -> Figure:
    """Members of the European Union that have recognised Kosovo.

    None of them is on Serbia’s list of withdrawals.
    """
    return _among(_members("EU"), recognising=True)


@fact(counts="states", formula="EU members without a recognition that Kosovo counts")
def eu_members_not_recognising() -> Figure:
    """Members of the EU that have not recognised Kosovo: Cyprus, Greece, Romania, Slovakia and Spain.

    Not to recognise is not the same as not to deal: the five are part of the Union that leads the dialogue.
    """
    return _among(_members("EU"), recognising=False)


@fact(counts="states", formula="NATO members without a recognition that Kosovo counts")
def nato_members_not_recognising() -> Figure:
    """Members of NATO, which leads KFOR, that have not recognised Kosovo: Greece, Romania, Slovakia, Spain.

    Membership as of 2024.
    """
    return _among(_members("NATO"), recognising=False)


@fact(counts="states", formula="permanent members with a recognition that Kosovo counts")
def permanent_members_recognising() -> Figure:
    """Permanent members of the UN Security Council that have recognised Kosovo: France, Britain and the US.

    China and Russia have not, and admission to the United Nations needs a recommendation of the Council.
    """
    return _among(pick("states", "iso3", role="great power"), recognising=True)


# ── The way into the United Nations ──────────────────────────────────────────────────────────────────


def _sizes() -> tuple[Cell, ...]:
    quotes = pick("recognition_counts", "quote")
    return tuple(row for row in quotes if " out of " in row.value)


def _size() -> int:
    sizes = {numbers_in(row, r"\d+ out of (?:the )?(\d+)")[0] for row in _sizes()}
    if len(sizes) != 1:
        raise FactError(f"The quotes of recognition_counts disagree on the size of the UN: {sorted(sizes)}.")
    return sizes.pop()


def _two_thirds() -> int:
    return math.ceil(2 * _size() / 3)


def _recognising_members() -> tuple[Cell, ...]:
    members = {row.value for row in pick("states", "iso3", un_member=True)}
    return tuple(row for row in _recognised() if row.value in members)


@fact(counts="states", formula="the whole of which the quoted counts are a part")
def un_members() -> Figure:
    """Members of the United Nations since 2011, as the counts of recognitions print it.

    Serbia is one of them, Kosovo is not.
    """
    return Figure(_size(), rows=_sizes())


@fact(counts="votes", formula="two thirds of the members, rounded up")
def un_admission_majority() -> Figure:
    """Votes in the General Assembly that admission to the United Nations needs if all members vote yes or no.

    Two thirds of the members present and voting (Article 18 of the Charter): whoever abstains or stays away
    lowers the number. The Security Council must recommend first, and there a permanent member can block it.
    """
    return Figure(_two_thirds(), rows=_sizes())


@fact(counts="states", formula="recognitions that Kosovo counts, UN members only")
def recognitions_by_un_members() -> Figure:
    """UN members that had recognised Kosovo by December 2025, withdrawals not subtracted.

    The Cook Islands and Niue recognise Kosovo too and are no members.
    """
    return counted(_recognising_members(), attribution=_KOSOVO)


@fact(counts="votes", formula="two thirds of the members, rounded up − UN members that recognise")
def recognitions_short_of_two_thirds() -> Figure:
    """By how many votes the recognitions of December 2025 fall short of two thirds of all UN members.

    By Kosovo’s count; by Serbia’s the gap is wider. A recognition is not a vote: a state that has not
    recognised may abstain, and one that has need not vote for admission.
    """
    rows = _recognising_members()
    return Figure(_two_thirds() - len(rows), rows=(*rows, *_sizes()), attribution=_KOSOVO)
