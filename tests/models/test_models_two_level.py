"""Win-sets of two homes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.two_level import WinSet, common, passes_from, passes_up_to

points = st.lists(st.integers(0, 100).map(lambda point: point / 100), min_size=1, max_size=9)
quick = settings(deadline=None, derandomize=True)


@quick
@given(points, st.data())
def test_a_deal_passes_where_enough_groups_agree(demands, data):
    needed = data.draw(st.integers(1, len(demands)))
    deal = data.draw(st.integers(0, 100)) / 100
    assert (deal in passes_from(demands, needed)) == (sum(deal >= one for one in demands) >= needed)
    assert (deal in passes_up_to(demands, needed)) == (sum(deal <= one for one in demands) >= needed)


@quick
@given(points, st.data())
def test_a_home_whose_hands_are_tied_lets_fewer_deals_pass(demands, data):
    needed = data.draw(st.integers(1, len(demands)))
    stricter = data.draw(st.integers(needed, len(demands)))
    assert passes_from(demands, stricter).low >= passes_from(demands, needed).low
    assert passes_up_to(demands, stricter).high <= passes_up_to(demands, needed).high


def test_a_side_payment_moves_every_group_and_ends_at_the_end_of_the_line():
    assert passes_from([0.25, 0.5], 2, payment=0.25) == WinSet(0.25, 1)
    assert passes_up_to([0.5, 0.75], 1, payment=0.5) == WinSet(0, 1)


def test_two_homes_may_share_a_stretch_a_point_or_nothing():
    assert common(WinSet(0.25, 1), WinSet(0, 0.75)) == WinSet(0.25, 0.75)
    assert common(WinSet(0.25, 1), WinSet(0, 0.75)).middle == 0.5
    assert common(WinSet(0.5, 1), WinSet(0, 0.5)) == WinSet(0.5, 0.5)
    assert common(WinSet(0.6, 1), WinSet(0, 0.5)) is None


@pytest.mark.parametrize(
    ("groups", "needed", "payment"), [([0.5], 2, 0), ([0.5], 0, 0), ([1.5], 1, 0), ([], 1, 0), ([0.5], 1, -0.1)]
)
def test_what_is_no_home_is_refused(groups, needed, payment):
    with pytest.raises(ModelError):
        passes_from(groups, needed, payment)
