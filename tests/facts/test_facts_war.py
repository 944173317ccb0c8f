"""Facts on the war of 1998–99, each against a source's own total or a sum made by hand."""

from __future__ import annotations

import pytest

from twolenses import data, facts
from twolenses.facts import war

BOOK = "in the Kosovo Memory Book"
BALL = "in the estimates of Ball and others"
DISPUTES = "in the Correlates of War’s list"
RIVALRIES = "in one list of rivalries"

THEMES = {"war"}
BY_HAND = {
    "memory_book_total": f"13,548 {BOOK}",  # the table's description: 11,536 + 1,696 + 316
    "memory_book_albanians": f"10,820 {BOOK}",  # 8,692 civilians, 2,128 members of armed formations
    "memory_book_serbs": f"2,199 {BOOK}",  # 1,196 and 1,003
    "memory_book_roma": f"276 {BOOK}",  # 265 and 11
    "memory_book_montenegrins": f"76 {BOOK}",  # 55 and 21
    "memory_book_others": f"177 {BOOK}",  # 125 and 52; of them 95 Bosniaks
    # The Humanitarian Law Center's own 10,812 and 2,197 of 13,535 give 79.88 and 16.23 as well.
    "memory_book_albanian_share": f"79.9% {BOOK}",  # 10,820 of 13,548 is 0.79864
    "memory_book_serb_share": f"16.2% {BOOK}",  # 2,199 of 13,548 is 0.16231
    "memory_book_other_share": f"3.9% {BOOK}",  # 276 + 76 + 177 = 529 of 13,548 is 0.03905
    "memory_book_civilians": f"10,333 {BOOK}",  # 8,692 + 1,196 + 265 + 55 + 125
    "memory_book_civilian_share": f"76.3% {BOOK}",  # 10,333 of 13,548 is 0.76269
    # The table's own summary: of the Albanian civilians 80 %, of the Serb civilians 66 %.
    "memory_book_albanian_civilians_spring_1999": f"80% {BOOK}",  # 2,207 + 3,110 + 1,632 of 8,692 is 0.7995
    "memory_book_serb_civilians_from_june_1999": f"66% {BOOK}",
    "memory_book_peak_month": f"4,090 {BOOK}",
    "memory_book_peak_month_share": f"30% {BOOK}",  # 4,090 of 13,548 is 0.3019
    "memory_book_1998_1999": f"13,377 {BOOK}",  # 2,152 + 11,225; the description of conflict_deaths has it too
    "ucdp_deaths_1998_1999": "3,619 by UCDP’s narrower rule",  # 1,446 + 2,173
    "dead_1998_1999_by_two_counts": "3,619 to 13,377 by two rules of counting",
    "memory_book_to_ucdp": "3.7 between the two counts",  # 13,377 by 3,619 is 3.696
    # 2,152 by 1,446 is 1.488; 11,225 by 2,173 is 5.166
    "memory_book_to_ucdp_by_year": "1.5 to 5.2 between the two counts",
    "ball_killings_in_periods": f"9,282 {BALL}",  # "the periods add up to 9,282"
    "memory_book_albanians_spring_1999": f"8,573 {BOOK}",  # 2,427 + 3,660 + 2,061 + 425
    "ball_killings_24_march": f"808 to 1,644 {BALL}",  # 1,225.9 less and plus 1.96 × 213.37 = 418.2
    "ball_periods_with_error": f"32 {BALL}",  # 48 less 9 without model, 4 without figure, 3 without error
    "ucdp_kosovo_war_years": "1998 to 1999 as UCDP codes it",
    "ucdp_kosovo_first_death": "1996 as UCDP codes it",  # 22 April 1996
    "states_against_yugoslavia_1999": "19 as UCDP codes it",  # nineteen codes from USA to TUR
    "disputes_of_serbia": f"25 {DISPUTES}",  # "All 25 disputes of the source are here"
    "disputes_serbia_kosovo": f"2 {DISPUTES}",  # numbers 4620 and 4621
    "rivalry_kosovo_serbia_since": f"2008 {RIVALRIES}",
    "rivalries_ongoing_2020": f"3 {RIVALRIES}",  # numbers 204, 205 and 247
}


@pytest.mark.parametrize("name", BY_HAND)
def test_every_number_of_the_war_has_an_owner(name: str) -> None:
    assert facts.figure(name).attribution


def test_the_groups_add_up_to_the_whole() -> None:
    groups = ("albanians", "serbs", "roma", "montenegrins", "others")
    assert sum(float(facts.figure(f"memory_book_{group}")) for group in groups) == 13548
    shares = ("albanian_share", "serb_share", "other_share")
    assert sum(float(facts.figure(f"memory_book_{share}")) for share in shares) == pytest.approx(100)


def test_the_peak_month_is_the_one_the_sentence_names() -> None:
    assert {row.row["month"] for row in war.memory_book_peak_month().rows} == {"1999-04"}


@pytest.mark.parametrize(
    ("name", "table", "quoted"),
    [
        ("memory_book_total", "war_deaths", "13,548"),
        ("memory_book_albanian_civilians_spring_1999", "war_deaths", "80 %"),
        ("memory_book_serb_civilians_from_june_1999", "war_deaths", "66 %"),
        ("memory_book_1998_1999", "conflict_deaths", "13,377"),
        ("ucdp_deaths_1998_1999", "conflict_deaths", "3,619"),
        ("ball_killings_in_periods", "war_deaths_1999_estimates", "9,282"),
        ("disputes_of_serbia", "disputes", "All 25 disputes"),
    ],
)
def test_the_description_of_the_table_states_the_same_number(name: str, table: str, quoted: str) -> None:
    described = data.describe(table)
    text = " ".join(str(described[key]) for key in ("description", "shows", "cannotShow"))
    assert quoted in text
    assert facts.figure(name).number.rstrip("%") in quoted


def test_a_dispute_with_many_opponents_is_one_dispute() -> None:
    assert len(war.disputes_of_serbia().rows) == 108
    assert float(war.disputes_of_serbia()) == 25


def test_nineteen_states_are_nineteen_codes() -> None:
    row = war.states_against_yugoslavia_1999().rows[0].row
    assert len(row["states_against"].split()) == 19


def test_the_estimate_leaves_out_the_periods_without_a_figure() -> None:
    assert len(war.ball_killings_in_periods().rows) == 44
