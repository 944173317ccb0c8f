"""Two halves of a class: what they answered, the difference, what a lot would give, and what so few can show."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from conftest import ROOT
from twolenses import cli
from twolenses.errors import FramingError, TableError
from twolenses.framing import answers, compare, texts

PAGE = (ROOT / "chapters" / "instructors" / "framing.md").read_text(encoding="utf-8")
SHEET = "group,pressure,gain\n" + "A,6,3\nA,5,4\nB,3,5\nB,4,4\nA,7,\nB,2,4\nA,6,4\nB,3,3\n"
SURVEY = texts.load()


def sheet(folder: Path, text: str, name: str = "responses.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# ── what is computed ─────────────────────────────────────────────────────────────────────────────────


def test_the_difference_has_welchs_interval(tmp_path: Path) -> None:
    found = compare.differences(answers.read(sheet(tmp_path, SHEET)))["pressure"]
    # means 6 and 3, variances 2/3 and 2/3, four each: standard error √(1/3), 6 degrees of freedom, t = 2.4469
    assert (found.means, found.counts, found.value) == ((6.0, 3.0), (4, 4), 3.0)
    assert (found.low, found.high) == pytest.approx((3 - 2.4469 * 3**-0.5, 3 + 2.4469 * 3**-0.5), abs=1e-3)


def test_interval_lot_and_quantiles_are_scipys() -> None:
    dice = np.random.default_rng(1)
    first, second = dice.integers(1, 8, 17).astype(float), dice.integers(2, 7, 11).astype(float)
    found = compare.differences(answers.Answers(("A", "B"), {"q": {"A": first, "B": second}}))["q"]
    interval = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-9)
    by_lot = stats.permutation_test(
        (first, second), lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis), vectorized=True, n_resamples=5000,
        rng=np.random.default_rng(2),
    )  # fmt: skip
    assert found.p == pytest.approx(by_lot.pvalue, abs=0.03)
    freedom = np.array([2, 2.5, 7, 28, 398, 1000])
    assert compare.quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-9)


def test_p_is_the_share_of_deals_with_as_large_a_difference(tmp_path: Path) -> None:
    found = compare.differences(answers.read(sheet(tmp_path, SHEET)))["gain"]
    everybody = [3, 4, 4, 5, 4, 4, 3]
    deals = [
        sum(everybody[at] for at in some) / 3 - sum(everybody[at] for at in range(7) if at not in some) / 4
        for some in combinations(range(7), 3)
    ]
    larger = sum(deal <= found.value + 1e-9 for deal in deals), sum(deal >= found.value - 1e-9 for deal in deals)
    assert found.p == pytest.approx(min(1, 2 * min(larger) / len(deals)))


def test_holm_takes_the_number_of_questions_into_account() -> None:
    assert compare.adjusted([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert compare.adjusted([0.9, 0.8]) == [1.0, 1.0]


def test_power_is_five_in_a_hundred_where_there_is_nothing_and_grows_with_difference_and_class() -> None:
    assert compare.power(15, 15, 0) == pytest.approx(0.05, abs=0.015)
    # Two groups of 15, one point apart, a standard deviation of 1.5: tables of the t test say 0.42
    assert compare.power(15, 15, 1) == pytest.approx(0.42, abs=0.04)
    assert compare.power(15, 15, 0.5) < compare.power(15, 15, 1) < compare.power(60, 60, 1)
    table = compare.powers([12, 30])
    assert table.loc[30, 1.0] == compare.power(15, 15, 1.0)
    assert table.loc[12, 2.0] == compare.power(6, 6, 2.0)


def test_a_class_is_halved_and_a_tiny_one_refused() -> None:
    assert compare.sizes(31) == (16, 15)
    assert "Only a difference of about 5.0 or more" in compare.plan(*compare.sizes(6))[1]
    with pytest.raises(FramingError, match="5 students are too few"):
        compare.sizes(5)


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────


def test_a_difference_is_said_with_its_limits(tmp_path: Path) -> None:
    said = "\n".join(compare.report(answers.read(sheet(tmp_path, SHEET + "A,6,4\nB,2,4\nA,6,3\nB,3,4\n"))))
    assert "pressure: A 6.00 (6 answers), B 2.83 (6). Difference +3.17" in said
    assert "A lot alone would seldom give such a difference: pressure." in said
    assert "Left empty, and left out: 1." in said
    assert "is found in 80 of 100" in said


def test_no_difference_is_not_said_to_be_none(tmp_path: Path) -> None:
    text = "group,q\n" + "A,3\nB,4\nA,5\nB,4\nA,4\nB,3\nA,4\nB,5\n"
    said = "\n".join(compare.report(answers.read(sheet(tmp_path, text))))
    assert "This does not show that the versions work alike" in said
    assert "adjusted" not in said


def test_groups_in_which_all_say_the_same_still_have_a_report(tmp_path: Path) -> None:
    said = "\n".join(compare.report(answers.read(sheet(tmp_path, "group,q\n" + "A,3\nB,5\n" * 4))))
    assert "Difference −2.00, 95% interval −2.00 to −2.00" in said
    assert "nan" not in said


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────

ASKED = ",".join(f'"{text}"' for text in SURVEY.questions.values())
LABELLED = ",".join(f'"(A{at}) {text}"' for at, text in enumerate(SURVEY.questions.values(), start=1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version,q\nA,3\n", r"responses\.csv:1  needs a column 'group'"),
        ("group\nA\nB\n", "one for each question"),
        ("group,q\nA,3\nA,4\n", "has only answers to version A. Name the file of the other one, too"),
        ("group,q\nX,3\nX,4\n", "has the groups 'X'. Give each row one of two words"),
        ("group,q\nA,3\nB,4\nC,4\n", "has the groups 'A', 'B', 'C'"),
        ("group,q\nA,3\n,4\n", "has the groups ''"),
        ("group,q\n" + "A,3\nB,4\n" * 2, "has 2 answers of group 'A' to 'q'. 3 is the fewest"),
        ("group,q\nA,8\nB,4\n", r"responses\.csv:2  has the answer '8' to 'q'. Answers go from 1 to 7"),
        ("group,q\nA,often\nB,4\n", "has the answer to 'q' 'often'. Write a number"),
        ("group,q,q\nA,3,4\nB,4,4\n", r"responses\.csv:1  has the column 'q' twice"),
        (f"Response number,{ASKED}\n1,3,4,5\n", r"responses\.csv:1  does not say which version was read"),
        (f"{LABELLED},(B1) {SURVEY.questions['gain']}\n1,3,4,5\n", r"responses\.csv:1  holds versions A and B"),
        (f"Response number,{LABELLED}\n1,3,0,5\n", r"responses\.csv:2  has the answer '0' to 'gain'"),
        (f"Response number,{LABELLED}\n1,3,4,5\n", "has only answers to version A"),
    ],
)
def test_a_sheet_that_cannot_be_compared_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises((FramingError, TableError), match=says) as refused:
        answers.read(sheet(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_a_spreadsheet_is_told_from_a_table(tmp_path: Path) -> None:
    with pytest.raises(FramingError, match="is a spreadsheet. Download the responses as CSV"):
        answers.read(sheet(tmp_path, "PK", "Feedback.xlsx"))


def test_a_table_with_our_questions_and_a_column_of_groups_needs_no_label(tmp_path: Path) -> None:
    rows = "".join(f"Somebody,{group},{4 + (group == 'A')},4,4\n" for group in "AB" * 3)
    found = answers.read(sheet(tmp_path, f"Full name,Groups,{ASKED}\n{rows}"))
    assert {name: by["A"].tolist() for name, by in found.by.items()} == {
        "pressure": [5, 5, 5], "gain": [4, 4, 4], "lasting": [4, 4, 4],
    }  # fmt: skip


def test_the_command_wants_files_a_class_or_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(sheet(tmp_path, SHEET))
    for words, code in (
        ([], 2),
        (["--students", "5"], 2),
        ([path, "--students", "30"], 2),
        ([path, str(tmp_path / "none.csv")], 2),
        (["--to", path], 2),
        ([path], 0),
    ):
        monkeypatch.setattr("sys.argv", ["twolenses", "framing", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == code
    said = capsys.readouterr()
    assert "pressure: A" in said.out
    assert "Traceback" not in said.err


# ── the texts and the page ───────────────────────────────────────────────────────────────────────────


def test_the_two_texts_have_the_same_facts_word_for_word_and_frames_of_like_length() -> None:
    first, second = (re.split(r"(?<=\.) ", texts.bare(SURVEY.paragraph(name))) for name in ("A", "B"))
    assert first[1:-1] == second[1:-1]
    assert len(first) > 4
    for one, other in ((first[0], second[0]), (first[-1], second[-1])):
        assert one != other
        assert abs(len(one.split()) - len(other.split())) <= 2


def test_no_number_of_the_shared_facts_is_typed_and_each_sentence_names_its_source() -> None:
    for sentence in re.split(r"(?<=\.) ", SURVEY.facts):
        assert re.search(r"\{(claim|fact)\}`", sentence)
        assert not re.search(r"\d,\d{3}", sentence)


def test_a_student_is_told_neither_that_there_are_versions_nor_what_they_are() -> None:
    told = " ".join((SURVEY.title, SURVEY.consent, SURVEY.asks, SURVEY.instruction, *SURVEY.questions.values()))
    assert not re.search(r"version|lens|realis|liberal|framing|group[^s]", told, re.I)


def test_the_page_says_of_a_class_of_30_what_the_simulation_does() -> None:
    assert "A class of 30 finds a difference of one point on a scale of seven less than half the time." in PAGE
    assert np.array([compare.power(15, 15, size) for size in (1, 2)]).round(1).tolist() == [0.4, 0.9]
