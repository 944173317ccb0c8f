"""Two halves of a class: the difference, what a lot would give, and what so few can show."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from twolenses import cli
from twolenses.errors import GradingError
from twolenses.framing import answers, compare as framing

PAGE = (ROOT / "chapters" / "instructors" / "framing.md").read_text(encoding="utf-8")
SHEET = "group,pressure,gain\n" + "A,6,3\nA,5,4\nB,3,5\nB,4,4\nA,7,\nB,2,4\nA,6,4\nB,3,3\n"


def sheet(folder: Path, text: str) -> Path:
    path = folder / "responses.csv"
    path.write_text(text, encoding="utf-8")
    return path


# ── what is computed ─────────────────────────────────────────────────────────────────────────────────


def test_the_difference_has_welchs_interval(tmp_path: Path) -> None:
    found = framing.differences(framing.read(sheet(tmp_path, SHEET)))["pressure"]
    # means 6 and 3, variances 2/3 and 2/3, four each: standard error √(1/3), 6 degrees of freedom, t = 2.4469
    assert (found.means, found.counts, found.value) == ((6.0, 3.0), (4, 4), 3.0)
    assert (found.low, found.high) == pytest.approx((3 - 2.4469 * 3**-0.5, 3 + 2.4469 * 3**-0.5), abs=1e-3)


def test_p_is_the_share_of_deals_with_as_large_a_difference(tmp_path: Path) -> None:
    found = framing.differences(framing.read(sheet(tmp_path, SHEET)))["gain"]
    everybody = [3, 4, 4, 5, 4, 4, 3]
    deals = [
        sum(everybody[at] for at in some) / 3 - sum(everybody[at] for at in range(7) if at not in some) / 4
        for some in combinations(range(7), 3)
    ]
    larger = sum(deal <= found.value + 1e-9 for deal in deals), sum(deal >= found.value - 1e-9 for deal in deals)
    assert found.p == pytest.approx(min(1, 2 * min(larger) / len(deals)))


def test_holm_takes_the_number_of_questions_into_account() -> None:
    assert framing.adjusted([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert framing.adjusted([0.9, 0.8]) == [1.0, 1.0]


def test_power_is_five_in_a_hundred_where_there_is_nothing_and_grows_with_difference_and_class() -> None:
    assert framing.power(15, 15, 0) == pytest.approx(0.05, abs=0.015)
    # Two groups of 15, one point apart, a standard deviation of 1.5: tables of the t test say 0.42
    assert framing.power(15, 15, 1) == pytest.approx(0.42, abs=0.04)
    assert framing.power(15, 15, 0.5) < framing.power(15, 15, 1) < framing.power(60, 60, 1)


def test_a_class_is_halved_and_a_tiny_one_refused() -> None:
    assert framing.sizes(31) == (16, 15)
    with pytest.raises(GradingError, match="5 students are too few"):
        framing.sizes(5)


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────


def test_a_difference_is_said_with_its_limits(tmp_path: Path) -> None:
    said = "\n".join(framing.report(framing.read(sheet(tmp_path, SHEET + "A,6,4\nB,2,4\nA,6,3\nB,3,4\n"))))
    assert "pressure: A 6.00 (6 answers), B 2.83 (6). Difference +3.17" in said
    assert "A lot alone would seldom give such a difference: pressure." in said
    assert "Left empty, and left out: 1." in said
    assert "is found in 80 of 100" in said


def test_no_difference_is_not_said_to_be_none(tmp_path: Path) -> None:
    text = "group,q\n" + "A,3\nB,4\nA,5\nB,4\nA,4\nB,3\nA,4\nB,5\n"
    said = "\n".join(framing.report(framing.read(sheet(tmp_path, text))))
    assert "This does not show that the versions work alike" in said
    assert "adjusted" not in said


def test_groups_in_which_all_say_the_same_still_have_a_report(tmp_path: Path) -> None:
    said = "\n".join(framing.report(framing.read(sheet(tmp_path, "group,q\n" + "A,3\nB,5\n" * 4))))
    assert "Difference −2.00, 95% interval −2.00 to −2.00" in said
    assert "nan" not in said


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version,q\nA,3\n", r"responses\.csv:1  needs a column 'group'"),
        ("group\nA\nB\n", "one for each question"),
        ("group,q\nA,3\nA,4\n", "has the groups 'A'. Give each row one of two words"),
        ("group,q\nA,3\nB,4\nC,4\n", "has the groups 'A', 'B', 'C'"),
        ("group,q\nA,3\n,4\n", "has the groups ''"),
        ("group,q\n" + "A,3\nB,4\n" * 2, "has 2 answers of group 'A' to 'q'. 3 is the fewest"),
        ("group,q\nA,8\nB,4\n", r"responses\.csv:2  has the answer '8' to 'q'. Answers go from 1 to 7"),
        ("group,q\nA,often\nB,4\n", "has the answer to 'q' 'often'. Write a number"),
    ],
)
def test_a_sheet_that_cannot_be_compared_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(GradingError, match=says) as refused:
        framing.read(sheet(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_the_command_wants_a_file_or_a_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, code in (([], 2), (["--students", "5"], 2), ([str(sheet(tmp_path, SHEET))], 0)):
        monkeypatch.setattr("sys.argv", ["twolenses", "framing", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == code
    assert "pressure: A" in capsys.readouterr().out


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_two_texts_have_the_same_facts_word_for_word_and_frames_of_like_length() -> None:
    first, second = (re.split(r"(?<=\.) ", text) for text in re.findall(r"### Version .\n\n> (.+)", PAGE))
    assert first[1:-1] == second[1:-1]
    assert len(first) > 4
    for one, other in ((first[0], second[0]), (first[-1], second[-1])):
        assert one != other
        assert abs(len(one.split()) - len(other.split())) <= 2


def test_the_page_says_of_a_class_of_30_what_the_simulation_does() -> None:
    assert "A class of 30 finds a difference of one point on a scale of seven less than half the time." in PAGE
    assert np.array([framing.power(15, 15, size) for size in (1, 2)]).round(1).tolist() == [0.4, 0.9]
