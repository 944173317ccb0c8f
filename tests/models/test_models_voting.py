"""Voting at the United Nations."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.voting import (
    PERMANENT_MEMBERS,
    RollCall,
    agreement,
    assembly_adopts,
    council_vote,
    ideal_point_distance,
    tally,
)

# General Assembly, 8 October 2008, A/RES/63/3: the request for an advisory opinion on Kosovo's declaration of
# independence, as in the Voeten data (CC0). The United Nations' press release GA/10764 has 77 to 6 with 74
# abstentions: one vote differs.
KOSOVO_OPINION = {
    "yes": """
        AFG AGO ARG ATG AZE BLR BOL BRA BRN BWA CHL CHN COD COG CRI CUB CYP DJI DMA DOM DZA EGY ERI ESP
        FJI GIN GNQ GRC GTM GUY HND IDN IND IRN ISL JAM KAZ KEN KGZ KHM LIE LKA LSO MDG MEX MMR MNE MUS
        NAM NER NGA NIC NOR PAN PHL PNG PRK PRY ROU RUS SDN SGP SLB SLV SRB SUR SVK SWZ SYR TLS TZA URY
        UZB VCT VNM ZAF ZMB ZWE
    """,
    "no": "ALB FSM MHL NRU PLW USA",
    "abstain": """
        AND ARE ARM AUS AUT BEL BEN BFA BGD BGR BHR BHS BLZ BRB BTN CAN CHE CMR COL CZE DEU DNK EST FIN
        FRA GBR GEO GHA GRD HRV HTI HUN IRL ISR ITA JOR JPN KOR LBN LCA LTU LUX LVA MAR MCO MDA MKD MLT
        MNG MYS NLD NPL NZL OMN PAK PER POL PRT QAT SAU SEN SLE SMR SVN SWE TGO THA TTO UGA UKR VUT WSM
        YEM
    """,
}

# The seven roll calls on Kosovo in the same data: human rights 1994–1999, then the request of 2008.
ON_KOSOVO = {
    "RUS": ["no"] * 6 + ["yes"],
    "IND": ["no"] * 6 + ["yes"],
    "CHN": ["abstain"] * 6 + ["yes"],
    "DEU": ["yes"] * 6 + ["abstain"],
    "USA": ["yes"] * 6 + ["no"],
    "GRC": ["abstain", "abstain", None, "yes", "yes", "yes", "yes"],
}

votes = st.lists(st.sampled_from(["yes", "no", "abstain"]), min_size=1, max_size=30)
quick = settings(deadline=None, derandomize=True)


# ── likeness ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "identical", "similarity", "n"),
    [
        ("RUS", "IND", 1, 1, 7),
        ("RUS", "USA", 0, 0, 7),
        ("RUS", "CHN", 1 / 7, 4 / 7, 7),
        ("DEU", "USA", 6 / 7, 6.5 / 7, 7),
        ("GRC", "DEU", 3 / 6, 4.5 / 6, 6),
    ],
)
def test_agreement_on_kosovo(one, other, identical, similarity, n):
    found = agreement(ON_KOSOVO[one], ON_KOSOVO[other])
    assert (found.identical, found.similarity, found.votes) == pytest.approx((identical, similarity, n))


@quick
@given(votes, st.randoms(use_true_random=False))
def test_similarity_is_identity_plus_half_the_abstentions_of_one_alone(ours, random):
    theirs = [random.choice(["yes", "no", "abstain"]) for _ in ours]
    found = agreement(ours, theirs)
    alone = sum((a == "abstain") != (b == "abstain") for a, b in zip(ours, theirs, strict=True))
    assert found.similarity == pytest.approx(found.identical + alone / 2 / len(ours))
    assert found == agreement(theirs, ours)


@pytest.mark.parametrize("absence", ["absent", None, float("nan"), pd.NA])
def test_a_roll_call_that_one_missed_does_not_count(absence):
    assert agreement(["yes", absence, "no"], ["yes", "no", "yes"]).votes == 2


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (["yes"], ["yes", "no"], "one for each roll call"),
        (["yes", None], [None, "no"], "both states took part"),
        (["yes"], ["abstained"], "abstain"),
        (["yes"], [1], "1 is no vote"),
        (["yes"], [["no", "yes"]], "is no vote"),
    ],
)
def test_votes_that_cannot_be_compared_are_refused(first, second, says):
    with pytest.raises(ModelError, match=says):
        agreement(first, second)


def test_distance_of_ideal_points_has_no_direction():
    assert ideal_point_distance(-0.5, 1.0) == ideal_point_distance(1.0, -0.5) == 1.5
    with pytest.raises(ModelError, match="second ideal point"):
        ideal_point_distance(0.1, float("nan"))


# ── the General Assembly ─────────────────────────────────────────────────────────────────────────────


def opinion_vote() -> RollCall:
    return tally(vote for vote, states in KOSOVO_OPINION.items() for _ in states.split())


def test_the_request_of_2008_is_counted():
    assert opinion_vote() == RollCall(yes=78, no=6, abstain=73)


def test_the_request_would_have_passed_as_an_important_question_since_abstentions_do_not_count():
    result = opinion_vote()
    assert assembly_adopts(result, important=True)
    assert result.present_and_voting == 84
    assert result.yes < (result.yes + result.no + result.abstain) / 2  # had they counted, not even a majority


@pytest.mark.parametrize(
    ("yes", "no", "important", "adopted"),
    [
        (2, 1, True, True),
        (199, 100, True, False),
        (200, 100, True, True),
        (51, 50, False, True),
        (50, 50, False, False),
        (0, 0, True, False),
        (0, 0, False, False),
    ],
)
def test_two_thirds_or_a_majority_of_those_present_and_voting(yes, no, important, adopted):
    assert assembly_adopts(RollCall(yes, no, abstain=60, absent=10), important) is adopted


def test_a_roll_call_may_leave_out_who_abstained_or_stayed_away():
    assert RollCall(2, 1) == tally(["yes", "no", "yes"])


def test_a_roll_call_has_no_negative_counts():
    with pytest.raises(ModelError, match="marked no"):
        RollCall(yes=3, no=-1)


# ── the Security Council ─────────────────────────────────────────────────────────────────────────────

COUNCIL_1999 = [
    "ARG",
    "BHR",
    "BRA",
    "CAN",
    "CHN",
    "FRA",
    "GAB",
    "GBR",
    "GMB",
    "MYS",
    "NAM",
    "NLD",
    "RUS",
    "SVN",
    "USA",
]


def council(default: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(COUNCIL_1999, default) | others


def test_resolution_1244_passed_though_china_abstained():
    found = council_vote(council("yes", CHN="abstain"))
    assert (found.adopted, found.yes, found.vetoed_by) == (True, 14, frozenset())


def test_the_draft_against_the_bombing_failed_for_want_of_votes_not_by_veto():
    # 26 March 1999: China, Namibia and Russia in favour, twelve against.
    found = council_vote(council("no", CHN="yes", NAM="yes", RUS="yes"))
    assert (found.adopted, found.yes, found.vetoed_by) == (False, 3, frozenset())


@pytest.mark.parametrize("member", sorted(PERMANENT_MEMBERS))
def test_one_permanent_member_stops_fourteen(member):
    found = council_vote(council("yes", **{member: "no"}))
    assert (found.adopted, found.vetoed_by) == (False, frozenset({member}))


def test_another_member_does_not():
    assert council_vote(council("yes", BRA="no")).adopted


@pytest.mark.parametrize(("yes", "adopted"), [(8, False), (9, True)])
def test_nine_votes_are_needed(yes, adopted):
    found = council_vote(council("abstain") | dict.fromkeys(COUNCIL_1999[:yes], "yes"))
    assert (found.yes, found.adopted) == (yes, adopted)


def test_an_absent_permanent_member_casts_no_veto():
    assert council_vote(council("yes", RUS="absent")).adopted


def test_the_council_has_fifteen_members_five_of_them_permanent():
    with pytest.raises(ModelError, match="fifteen"):
        council_vote({"CHN": "yes"})
    with pytest.raises(ModelError, match="RUS"):
        council_vote({("SRB" if member == "RUS" else member): "yes" for member in COUNCIL_1999})
