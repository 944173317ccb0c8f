"""The negotiation of October 2023: sourced briefs, a fair lot, prints that keep their secrets, a debrief that computes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import matplotlib
import nbformat
import pytest

from conftest import ROOT
from twolenses import charts, cli, data, quiz, typed
from twolenses.errors import SimulationError
from twolenses.quiz import text
from twolenses.simulation import dealing, one_session, prints, roles, scoring
from twolenses.simulation import sheets as files
from twolenses.simulation.dealing import Deal, deal, numbered
from twolenses.simulation.roles import ASSUMED, Role, Simulation

SIMULATION = roles.load()
SIZES = [*range(12, 31)]


def shown(document: str) -> str:
    """The words of a sheet as its reader sees them."""
    found: list[str] = []

    class Words(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data)

    Words().feed(document.partition("<main>")[2])
    return " ".join(" ".join(found).split())


def sentences(role: Role) -> Iterator[str]:
    """What only those who play a role may read, as it is printed."""
    for one in (*role.interests, *role.red_lines, *role.believes, *role.offers):
        yield " ".join(text.plain(one.text).split())


# ── what is written ──────────────────────────────────────────────────────────────────────────────────


def test_every_statement_has_a_source_or_says_that_it_is_assumed() -> None:
    statements = [one for _, one in SIMULATION.statements()]
    assert len(statements) > 100
    assert [one.text for one in statements if bool(one.sources) == one.text.startswith(ASSUMED)] == []


def test_what_a_role_believes_of_others_is_always_an_assumption() -> None:
    assert [one.text for role in SIMULATION.roles for one in role.believes if not one.text.startswith(ASSUMED)] == []


def test_no_number_of_a_table_is_typed() -> None:
    written = roles.path().read_text(encoding="utf-8")
    words = [one.text for _, one in SIMULATION.statements()] + [SIMULATION.content_note]
    words += [part for one in SIMULATION.injects for part in (one.text, one.asks)]
    assert [one.text for words_ in words for one in typed.numbers(words_) if one.facts] == []
    assert len(text.fact_names(written)) >= 6


def test_the_two_who_sign_are_given_the_same_room() -> None:
    """As many statements each, the same issues, and a no to two or three things."""
    one, other = SIMULATION.signers
    for part in ("public", "interests", "believes"):
        assert len(getattr(one, part)) == len(getattr(other, part)), part
    assert {interest.issue for interest in one.interests} == {interest.issue for interest in other.interests}


def test_every_issue_is_somebodys_and_its_record_and_both_lenses_are_there() -> None:
    wanted = Counter(one.issue for role in SIMULATION.players for one in role.interests)
    assert all(wanted[issue.id] >= 3 for issue in SIMULATION.issues)
    assert all(issue.record.sources for issue in SIMULATION.issues)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    written = roles.path().read_text(encoding="utf-8")
    assert old in written
    path = tmp_path / "simulation.yml"
    path.write_text(written.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sources: [E74, C60]", "sources: [E740, C60]", r"situation 1: names the source 'E740'. Did you mean 'E74'"),
        ("sources: [E74, C60]", "sources: []", r"situation\[0\]: has no source: name one, or begin with"),
        ("cite:un15461", "cite:un15460", "not in the bibliography. Did you mean 'un15461'"),
        ("weight: 20", "weight: 21", r"roles\[0\]: has weights that add up to 101, not to 100"),
        ("stands: open", "stands: opened", "issue 'statute': names the option 'opened'. Did you mean 'open'"),
        ("values: {open: 0.7, court: 0.7, full: 0.3, principles: 0}", "values: {open: 0.7, court: 0.7, full: 0.3}", "has no value for principles"),
        ("{from: 8, to: 18", "{from: 9, to: 18", "a plan with a gap or an overlap"),
        ("signs: true", "signs: false", "has 1 roles that sign"),
        ("title: The Association", "title: [", "is not valid YAML"),
        ("tier: 1", "tier: 1\n    wish: none", r"roles\[0\].wish: Extra inputs"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_a_sentence(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SimulationError, match=says):
        roles.read(changed(tmp_path, old, new))


# ── the lot ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_every_role_is_played_and_groups_of_a_tier_differ_by_one_at_most(size: int) -> None:
    (room,) = deal(numbered(size), "a word").rooms
    sizes = Counter(seat.role.id for seat in room.seats)
    assert sum(sizes.values()) == size
    for tier in (1, 2, 3):
        of_tier = [sizes[role.id] for role in SIMULATION.roles if role.tier == tier]
        assert min(of_tier) >= 1
        assert max(of_tier) - min(of_tier) <= 1


@pytest.mark.parametrize("size", [30, 31, 60, 61, 99, 100])
def test_a_large_class_sits_in_rooms_as_equal_as_can_be(size: int) -> None:
    rooms = deal(numbered(size), "a word", "two").rooms
    sizes = [len(room.seats) for room in rooms]
    assert sum(sizes) == size
    assert len({student for room in rooms for student in (seat.student for seat in room.seats)}) == size
    assert max(sizes) <= 30
    assert min(sizes) >= 12
    assert max(sizes) - min(sizes) <= 1


def test_the_same_seed_deals_the_same_whatever_the_order_of_the_names() -> None:
    names = numbered(24)
    assert deal(names, "3") == deal(names[::-1], "3")
    assert deal(names, "3") != deal(names, "4")


def test_over_many_seeds_nobody_is_favoured() -> None:
    """Of 300 deals for 12, each has each of 12 roles about 25 times: within five standard deviations."""
    counts = Counter((seat.student, seat.role.id) for seed in range(300) for _, seat in deal(numbered(12), f"{seed}"))
    assert len(counts) == 144
    assert all(abs(count - 25) < 5 * (300 / 12 * 11 / 12) ** 0.5 for count in counts.values())


def test_weights_are_moved_by_the_lot_and_always_add_up() -> None:
    rooms = [room for seed in range(40) for room in deal(numbered(12), f"{seed}").rooms]
    for role in SIMULATION.players:
        moved = [room.weights[role.id] for room in rooms]
        assert all(sum(weights.values()) == 100 and min(weights.values()) > 0 for weights in moved)
        assert all(
            abs(weights[one.issue] - one.weight) <= 2 * dealing.MOVE for weights in moved for one in role.interests
        )
        assert len({tuple(weights.values()) for weights in moved}) >= 10  # the published weights are no key


def test_every_room_has_something_to_agree_on_and_something_to_lose() -> None:
    for seed in range(6):
        table = scoring.Table(SIMULATION, deal(numbered(12), f"{seed}").rooms[0].weights)
        assert len(table.zone) > 50
        assert table.largest - sum(table.no_deal) > 20


@pytest.mark.parametrize(
    ("students", "format", "says"),
    [
        (11, "90", "11 students: the format '90' takes 12 to 30. Join two classes."),
        (31, "90", "takes 12 to 30. Choose --format two."),
        (29, "two", "takes 30 to 100. Choose --format 90."),
        (101, "two", "takes 30 to 100. Play it twice."),
        (24, "three", "There is no format 'three'. Choose 90 or two."),
    ],
)
def test_too_few_too_many_or_another_format_is_a_sentence(students: int, format: str, says: str) -> None:
    with pytest.raises(SimulationError, match=re.escape(says)):
        deal(numbered(students), "3", format)


# ── prints ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def dealt() -> Deal:
    return deal(numbered(24), "3")


@pytest.fixture(scope="module")
def sheets(dealt: Deal) -> dict[str, str]:
    return prints.documents(dealt)


def of(sheets: dict[str, str], dealt: Deal) -> Iterator[tuple[Role, str]]:
    """The role and the words of each person's sheet."""
    people = sorted(name for name in sheets if re.search(r"/\d\d-", name))
    for name, seat in zip(people, dealt.rooms[0].seats, strict=True):
        assert seat.student in sheets[name]
        yield seat.role, shown(sheets[name])


def test_there_is_a_sheet_for_each_person_one_for_the_room_and_one_for_the_instructor(sheets: dict[str, str]) -> None:
    assert len(sheets) == 24 + 2


def test_no_private_brief_is_in_anothers_print(sheets: dict[str, str], dealt: Deal) -> None:
    secrets = {role.id: set(sentences(role)) for role in SIMULATION.roles}
    for role, words in of(sheets, dealt):
        assert all(one in words for one in secrets[role.id])
        others = set().union(*(found for id, found in secrets.items() if id != role.id)) - secrets[role.id]
        assert [one for one in others if re.search(rf"(?<!\w){re.escape(one)}", words)] == []


def test_the_room_and_the_pages_that_all_may_read_hold_no_private_brief(sheets: dict[str, str]) -> None:
    pages = [
        (ROOT / f"chapters/{page}.md").read_text("utf-8") for page in ("simulation/negotiation", "simulation/debrief")
    ]
    for words in (shown(sheets["room-1/room"]), *pages):
        assert [
            one for role in SIMULATION.roles for one in sentences(role) if one.startswith(ASSUMED) and one in words
        ] == []
        assert "Weight" not in words


def test_weights_stand_on_their_own_sheet_and_the_instructors_alone(sheets: dict[str, str], dealt: Deal) -> None:
    weights = dealt.rooms[0].weights
    for role, words in of(sheets, dealt):
        for of_role in weights.values():
            row = " · ".join(f"{issue} {weight}" for issue, weight in of_role.items())
            assert row not in words
            assert row in shown(sheets["instructor"])
        assert ("Weight" in words) == bool(role.interests)


def test_sources_are_numbered_and_every_number_has_its_line(sheets: dict[str, str]) -> None:
    for name, document in sheets.items():
        marks = set(re.findall(r'href="#(n\d+)"', document))
        assert marks == set(re.findall(r'id="(n\d+)"', document)), name
        assert marks or "Observers’ sheet" in document, name


def test_a_sheet_needs_no_colour_no_script_and_nothing_from_elsewhere(sheets: dict[str, str]) -> None:
    for document in sheets.values():
        assert set(re.findall(r"#[0-9a-f]{3,6}\b", document.partition("</style>")[0])) <= {"#000", "#fff"}
        assert not re.search(r"<script|<img|<link|@import|url\(|background-color", document)


def test_a_name_is_a_name_and_no_markup() -> None:
    names = [*numbered(11), '<b>Ana</b> "}* {color: red']
    document = "".join(prints.documents(deal(names, "3")).values())
    assert "<b>Ana" not in document
    assert "&lt;b&gt;Ana" in document
    assert "color: red" not in document.replace("{color: red", "")


# ── the command ──────────────────────────────────────────────────────────────────────────────────────


def ran(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[object, str, str]:
    monkeypatch.setattr("sys.argv", ["twolenses", "simulate", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capsys.readouterr()
    return left.value.code, out, err


def test_the_command_writes_sheets_key_decisions_and_the_debrief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("﻿first_name;last_name\n" + "".join(f"Çelik;Đorđević {n}\n" for n in range(12)), encoding="utf-8")
    code, out, err = ran(monkeypatch, capsys, "--roster", roster, "--seed", "3", "--html", "--to", tmp_path / "out")
    assert (code, err) == (0, "")
    assert "12 sheets, 1 room" in out
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    assert names[:4] == ["debrief.ipynb", "decisions.csv", "instructor.html", "key.csv"]
    assert len(names) == 4 + 12 + 1
    assert re.fullmatch(r"room-1/01-celik-dordevic-\d+\.html", names[4])


@pytest.mark.parametrize(
    ("roster", "says"),
    [
        ("id\n1\n", "has no column 'name'"),
        ("name\n", "has no rows"),
        ("name,id\nAna,1\n,2\nBen,3\n", "roster.csv:3  has no name"),
        ('name\n"Ana\n', "is no table"),
        ("name\nAna\nBen\nAna\n", "roster.csv:4  has 'Ana' again, as in line 2"),
        ("name\nAna\nBen\n", "2 students: the format '90' takes 12 to 30"),
        (b"name\n\xff\n", "is not UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_dealt_is_a_sentence_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], roster: str | bytes, says: str
) -> None:
    (tmp_path / "roster.csv").write_bytes(roster if isinstance(roster, bytes) else roster.encode())
    code, _, err = ran(monkeypatch, capsys, "--roster", tmp_path / "roster.csv", "--to", tmp_path / "out")
    assert (code, err.count("\n")) == (2, 1)
    assert says in err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_or_cannot_be_made_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    for to, says in (("full", "not empty"), ("full/mine.txt/in", "cannot be written"), ("full/mine.txt", "not empty")):
        code, _, err = ran(monkeypatch, capsys, "--students", 12, "--html", "--to", tmp_path / to)
        assert (code, err.count("\n")) == (2, 1)
        assert says in err
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine.txt"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--seed", "3"], "How many are they?"),
        (["--students", "24", "--paper", "a3"], "There is no paper 'a3'. Choose a4 or letter."),
    ],
)
def test_other_mistakes_are_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code, _, err = ran(monkeypatch, capsys, *arguments, "--to", tmp_path / "out")
    assert (code, err.count("\n"), says in err) == (2, 1, True)
    assert list(tmp_path.iterdir()) == []


def test_sheets_are_pdf_on_the_paper_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dealt: Deal) -> None:
    for paper, size in (("a4", rb"/MediaBox\s*\[0 0 59[45]\S* 84[12]"), ("letter", rb"/MediaBox\s*\[0 0 612\S* 792")):
        few = {name: document for name, document in prints.documents(dealt, paper).items() if "/" not in name}
        monkeypatch.setattr(prints, "documents", lambda *_, few=few: few)
        assert prints.write(dealt, tmp_path / paper, paper=paper) == []
        printed = (tmp_path / paper / "instructor.pdf").read_bytes()
        assert printed.startswith(b"%PDF")
        assert re.search(size, printed)
        assert b"/StructTreeRoot" in printed  # tagged, for a screen reader
        monkeypatch.undo()


def test_without_playwright_the_sheets_are_html_and_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dealt: Deal
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "playwright.sync_api", None)
    (said,) = prints.write(dealt, tmp_path / "out")
    assert "so the sheets are HTML" in said
    assert (tmp_path / "out" / "instructor.html").exists()


# ── the debrief ──────────────────────────────────────────────────────────────────────────────────────

ALL_AS_IT_STANDS = SIMULATION.no_deal
GOOD = ALL_AS_IT_STANDS | {
    "statute": "court",
    "sequence": "parallel",
    "form": "letters",
    "north": "vote",
    "memberships": "but-un",
}


def published(simulation: Simulation) -> dict[str, dict[str, int]]:
    """The weights as they are written, before the lot moves them."""
    return {role.id: {one.issue: one.weight for one in role.interests} for role in simulation.players}


def test_a_score_is_weights_times_how_far_an_option_serves() -> None:
    pristina = SIMULATION.role("pristina")
    # 20·0.7 + 20·0.6 + 15·0.5 + 10·0.7 + 15·0 + 15·0.7 + 5·0 = 51
    assert scoring.score(pristina, published(SIMULATION)["pristina"], GOOD) == pytest.approx(51)


def test_gains_are_counted_from_no_deal_and_what_is_left_is_worse_for_neither() -> None:
    table = scoring.Table(SIMULATION, published(SIMULATION))
    gains = table.gains(GOOD)
    assert gains.gain == pytest.approx(sum(table.scores(GOOD)) - sum(table.no_deal))
    better = GOOD | {"papers": "plates"}  # costs neither of the two anything
    assert all(b >= a for a, b in zip(table.scores(GOOD), table.scores(better), strict=True))
    assert gains.left >= sum(table.scores(better)) - sum(table.scores(GOOD)) > 0
    first, second = table.frontier[0]
    assert all(a > first and b < second for a, b in table.frontier[1:])


def test_the_models_range_is_what_both_prefer_to_no_deal() -> None:
    table = scoring.Table(SIMULATION, published(SIMULATION))
    found = table.bargaining()
    low, high = table.no_deal
    assert found.low == pytest.approx(low / table.largest)
    assert found.high == pytest.approx(1 - high / table.largest)


def test_a_yes_across_a_red_line_is_no_deal() -> None:
    yes = {role.id: True for role in SIMULATION.players}
    over = GOOD | {"memberships": "all"}
    decisions = (scoring.Decision(1, 1, GOOD, yes), scoring.Decision(1, 2, over, yes))
    joint = scoring.Results(SIMULATION, decisions, {1: published(SIMULATION)}).joint()
    assert list(joint["deal"]) == ["yes", "no"]
    assert list(joint["red lines crossed"]) == ["none", "Belgrade: memberships"]
    assert joint["joint gain"].iloc[1] == 0


def test_a_lens_is_credited_with_what_it_expected_and_no_more() -> None:
    yes = {role.id: True for role in SIMULATION.players}
    as_realism = {issue.id: issue.realism.option for issue in SIMULATION.issues}
    results = scoring.Results(SIMULATION, (scoring.Decision(1, 1, as_realism, yes),), {1: published(SIMULATION)})
    found = results.foretold()
    assert found.loc["realism", "room 1"] == len(SIMULATION.issues)
    assert found.loc["liberalism", "room 1"] == sum(
        one.realism.option == one.liberalism.option for one in SIMULATION.issues
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a class that never was, its decisions filled in."""
    folder = tmp_path_factory.mktemp("played") / "class"
    prints.write(deal(numbered(75), "a word", "two"), folder, html=True, demo=True)
    return folder


def test_the_debrief_runs_on_a_simulated_class(
    played: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(played)
    notebook = nbformat.read("debrief.ipynb", 4)
    nbformat.validate(notebook)
    matplotlib.use("agg")
    names: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
        else:
            assert not re.search(r"\{[\w:]+\}`", cell.source)
    assert "3 rooms, 6 decisions, from decisions.csv" in capsys.readouterr().out
    results = names["results"]
    assert isinstance(results, scoring.Results)
    joint = results.joint()
    assert ((joint["share of largest"] >= 0) & (joint["share of largest"] <= 1)).all()
    assert set(results.beside_the_record().columns) >= {"record", "realism expected", "liberalism expected", "room 3"}


def test_what_is_read_back_is_what_was_decided(played: Path) -> None:
    again = deal(numbered(75), "a word", "two")
    found = files.read(played / "decisions.csv", played / "key.csv")
    assert found.decisions == files.simulated(again)
    assert found.weights == {room.number: room.weights for room in again.rooms}


def test_a_folder_without_decisions_gets_a_class_that_never_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files.results(tmp_path).made_up
    assert "a class that never was" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "column", "cell", "says"),
    [
        (
            1,
            "statute",
            "cuort",
            r"decisions.csv:2  room 1, session 1, board: 'statute' is 'cuort'. Write one of open, court",
        ),
        (2, "accepts", "maybe", r"decisions.csv:3  room 1, session 1: pristina accepts 'maybe'. Write yes or no"),
        (2, "accepts", "", r"decisions.csv:3  room 1, session 1: pristina accepts ''. Write yes or no"),
        (2, "guess_belgrade", "statut", r"decisions.csv:3  names the issue 'statut'. Did you mean 'statute'"),
        (1, "room", "9", r"decisions.csv:2  names room '9', session '1', which the key does not have"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_sentence(
    played: Path, tmp_path: Path, row: int, column: str, cell: str, says: str
) -> None:
    with (played / "decisions.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    rows[row][rows[0].index(column)] = cell
    (tmp_path / "decisions.csv").write_text(files.written(rows))
    with pytest.raises(SimulationError, match=says):
        files.read(tmp_path / "decisions.csv", played / "key.csv")


@pytest.mark.parametrize(("change", "says"), [("", "lacks lines"), ("1,pristina,north,x\n", "not a line of a key")])
def test_a_key_of_another_deal_is_a_sentence(played: Path, tmp_path: Path, change: str, says: str) -> None:
    lines = (played / "key.csv").read_text().splitlines(keepends=True)
    (tmp_path / "key.csv").write_text("".join(lines[:3]) + change)
    with pytest.raises(SimulationError, match=says):
        files.read(played / "decisions.csv", tmp_path / "key.csv")


def test_empty_sheets_are_a_sentence(dealt: Deal, tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text(files.written(files.sheet_rows(dealt)))
    (tmp_path / "key.csv").write_text(files.written(files.key_rows(dealt)))
    with pytest.raises(SimulationError, match="holds no decision yet"):
        files.read(tmp_path / "decisions.csv", tmp_path / "key.csv")


# ── one session ──────────────────────────────────────────────────────────────────────────────────────


def test_the_handout_has_ten_claims_all_verdicts_and_gives_none_away() -> None:
    claims = {row["id"]: row for row in data.rows("claims")}
    assert len(one_session.CLAIMS) == 10
    assert {claims[id]["verdict"] for id in one_session.CLAIMS} == set(one_session.VERDICTS) == set(charts.VERDICTS)
    made = one_session.documents("letter")
    handout, key = shown(made["handout"]), shown(made["handout-key"])
    for id in one_session.CLAIMS:
        row = handout.partition(f"({id})")[2].partition("unverifiable")[0]
        assert len(row) > 60
        assert f"{claims[id]['type']} {claims[id]['verdict']}" in key
    event = next(row for row in data.rows("chronology") if row["id"] == one_session.EVENT)
    assert [event[lens] in handout for lens in ("realism", "liberalism")] == [False, False]
    assert [event[lens] in key for lens in ("realism", "liberalism")] == [True, True]


def test_the_plan_of_one_session_names_the_claims_and_questions_of_the_handout() -> None:
    page = (ROOT / "chapters/instructors/one-session.md").read_text(encoding="utf-8")
    row = page.partition("Handout, part 1")[2].partition("|")[0]
    assert tuple(re.findall(r"\{claim\}`(C\d\d)`", row)) == one_session.CLAIMS
    assert tuple(re.findall(r"--ids (\S+)", page)) == one_session.QUESTIONS
    assert all(quiz.pick([id]) for id in one_session.QUESTIONS)
    minutes = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)–(\d+) \|", page, re.M)]
    assert [start for start, _ in minutes] == [0, *(end for _, end in minutes[:-1])]
    assert minutes[-1][1] == 75
