"""Archives as Moodle, Canvas and people make them, placed where nbgrader looks; bad ones, which write nothing."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tools
from tools import NAME

from conftest import run_here
from twolenses.assignments import nbgrader
from twolenses.errors import HandingInError
from twolenses.handing_in import archives, collect, notebooks, people
from twolenses.handing_in.archives import Limits
from twolenses.handing_in.people import Person

GIVEN, SOLVED = tools.saved(tools.given_out()), tools.saved(tools.solved())
MOODLE = "_assignsubmission_file_"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    nbgrader.write(tools.FIRST, tmp_path / "course")
    return tmp_path / "course"


def zipped(course: Path, entries: Mapping[str, bytes], **more: datetime) -> Path:
    path = course.parent / "archive.zip"
    path.write_bytes(tools.archive(entries, **more))
    return path


def placed(course: Path) -> dict[str, bytes]:
    """Student → what lies where nbgrader looks for exercise 1."""
    paths = course.glob(f"submitted/*/{NAME}/{NAME}.ipynb")
    return {path.parts[-3]: path.read_bytes() for path in paths}


def outcomes(rows: list[collect.Row]) -> dict[str, str]:
    return {row.student: row.outcome for row in rows}


def remarks(rows: list[collect.Row], student: str) -> str:
    return "; ".join(remark for row in rows if row.student == student for remark in row.remarks)


# ── whose it is ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("paths", "students"),
    [
        # Moodle: a folder for each student, or the same before the name
        ([f"Thaçi Arta_123{MOODLE}/{NAME}.ipynb"], ["Thaçi-Arta_123"]),
        ([f"course-7/Thaçi Arta_123{MOODLE}/{NAME}.ipynb"], ["Thaçi-Arta_123"]),
        ([f"Thaçi Arta_123{MOODLE}{NAME}.ipynb"], ["Thaçi-Arta_123"]),
        ([f"Thaçi Arta_123_assignsubmission_file/{NAME}.ipynb"], ["Thaçi-Arta_123"]),
        (
            [f"Participant_123{MOODLE}/x.ipynb", f"Participant_124{MOODLE}/x.ipynb"],
            ["Participant_123", "Participant_124"],
        ),
        # Canvas
        ([f"thaciarta_LATE_123_456_{NAME}-1.ipynb"], ["thaciarta_123"]),
        ([f"thaciarta_123_456_{NAME}.ipynb", f"thaciarta_124_457_{NAME}.ipynb"], ["thaciarta_123", "thaciarta_124"]),
        ([f"submissions/a_1_2_{NAME}.ipynb", f"submissions/b_3_4_{NAME} (1).ipynb"], ["a_1", "b_3"]),
        # a folder for each student, whatever lies around them
        (["ana/x.ipynb", "besa/y.ipynb"], ["ana", "besa"]),
        ([f"submitted/ana/{NAME}/{NAME}.ipynb"], ["ana"]),
        (["all/ana/x.ipynb", "all/besa/essay/y.ipynb", "all/readme.txt"], ["ana", "besa", None]),
        (["all/ana/x.ipynb", "all/besa/y.ipynb", "all/z.ipynb"], ["ana", "besa", None]),
        (["ana/notes_2023_10_final.ipynb", "besa/x.ipynb"], ["ana", "besa"]),
        # an archive that a student made; a platform's inside a folder
        (["ana/work.zip/essay/x.ipynb", "besa/x.ipynb"], ["ana", "besa"]),
        (["thaciarta_123_456_work.zip/essay/x.ipynb"], ["thaciarta_123"]),
        ([f"moodle.zip/Thaçi Arta_123{MOODLE}/x.ipynb"], ["Thaçi-Arta_123"]),
        (["x.ipynb"], [None]),
    ],
)
def test_the_platform_s_names_say_whose_a_file_is(paths: list[str], students: list[str | None]) -> None:
    found = people.who([tuple(path.split("/")) for path in paths], [NAME])
    assert [person and people.plain_id(person) for person, _ in found] == students


@pytest.mark.parametrize("name", ["..", ".", "/etc", "a/b", "C:x", "*", "[a]", "a\nb", "ana "])
def test_no_name_becomes_a_path_or_a_pattern(name: str) -> None:
    student = people.plain_id(Person(name))
    assert student == Path(student).name
    assert student.strip(". ")
    assert not set(student) & set("/\\*?[]: \n")


def test_platforms_together(course: Path) -> None:
    """The newest counts, odd names and endings are told, and everybody has a line."""
    archive = zipped(
        course,
        {
            f"Thaçi Arta_1{MOODLE}/{NAME}.ipynb": SOLVED,
            f"Jović Mila_2{MOODLE}/Untitled (1).ipynb": SOLVED,
            f"Jović Mila_2{MOODLE}/.ipynb_checkpoints/{NAME}-checkpoint.ipynb": GIVEN,
            f"Krasniqi Blerim_3{MOODLE}/{NAME}.ipynb.txt": SOLVED,
            f"Krasniqi Blerim_3{MOODLE}/essay.pdf": b"%PDF",
            f"Petrović Ana_4{MOODLE}/{NAME}.html": b"<html>",
            f"Petrović Ana_5{MOODLE}/{NAME}.ipynb": GIVEN,
            f"Petrović Ana_5{MOODLE}/{NAME} (1).ipynb": SOLVED,
            f"Berisha Liri_6{MOODLE}/{NAME}.ipynb": b"{",
            "__MACOSX/x/._y.ipynb": b"\0",
        },
    )
    rows = collect.collect([archive], course)
    assert outcomes(rows) == {
        "Thaçi-Arta_1": "placed", "Jović-Mila_2": "placed", "Krasniqi-Blerim_3": "placed",
        "Petrović-Ana_4": "not placed", "Petrović-Ana_5": "placed", "Berisha-Liri_6": "not placed",
    }  # fmt: skip
    assert set(placed(course).values()) == {SOLVED}
    assert remarks(rows, "Thaçi-Arta_1") == ""
    assert remarks(rows, "Jović-Mila_2") == "was called Untitled (1).ipynb"
    assert f"was called {NAME}.ipynb.txt; essay.pdf is no notebook" in remarks(rows, "Krasniqi-Blerim_3")
    assert remarks(rows, "Petrović-Ana_4") == f"no notebook; {NAME}.html is no notebook"
    assert f"2 copies, the newest taken; also {NAME}.ipynb" in remarks(rows, "Petrović-Ana_5")
    assert "is not a notebook. Hand in the .ipynb file" in remarks(rows, "Berisha-Liri_6")


def test_canvas_says_who_is_late_and_its_times_are_the_download_s(course: Path) -> None:
    names = {
        f"thaciarta_LATE_1_2_{NAME}-1.ipynb": SOLVED,
        f"thaciarta_LATE_1_2_{NAME}.ipynb": GIVEN,
        f"jovicmila_3_4_{NAME}-2.ipynb": SOLVED,
    }
    rows = collect.collect([zipped(course, names)], course)
    assert placed(course) == {"thaciarta_1": SOLVED, "jovicmila_3": SOLVED}
    assert "late, as Canvas says" in remarks(rows, "thaciarta_1")
    assert "late" not in remarks(rows, "jovicmila_3")
    assert not list(course.glob("submitted/**/timestamp.txt"))


def test_a_time_is_written_as_nbgrader_reads_it(course: Path) -> None:
    from nbgrader.utils import parse_utc

    when = datetime(2026, 11, 20, 12, 30)
    collect.collect([zipped(course, {f"A B_1{MOODLE}/x.ipynb": SOLVED}, when=when)], course)
    (stamp,) = course.glob(f"submitted/A-B_1/{NAME}/timestamp.txt")
    assert parse_utc(stamp.read_text().strip()) == when.astimezone(UTC).replace(tzinfo=None)


def test_a_zip_that_knows_the_time_in_utc_is_believed(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("ana/x.ipynb", (2026, 11, 20, 12, 30, 0))
    moment = datetime(2026, 11, 20, 5, 0, 7, tzinfo=UTC)
    info.extra = struct.pack("<HHBi", 0x5455, 5, 1, int(moment.timestamp()))
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr(info, b"")
    with ExitStack() as stack:
        (file,) = archives.walk(tmp_path / "x.zip", stack)
    assert file.when == moment


def test_folders_and_loose_files_are_taken_as_they_lie(course: Path) -> None:
    downloads = course.parent / "downloads"
    (downloads / "ana").mkdir(parents=True)
    (downloads / "ana" / "x.ipynb").write_bytes(SOLVED)
    (downloads / "besa").mkdir()
    (downloads / "besa" / "x.ipynb").write_bytes(b"\xef\xbb\xbf" + SOLVED)
    loose = course.parent / f"jovicmila_3_4_{NAME}.ipynb"
    loose.write_bytes(SOLVED)
    rows = collect.collect([downloads, loose], course)
    assert outcomes(rows) == {"ana": "placed", "besa": "placed", "jovicmila_3": "placed"}
    assert set(placed(course).values()) == {SOLVED}, "nbformat reads no byte-order mark"


def test_an_exercise_is_known_by_its_cells(course: Path) -> None:
    other = tools.solved() | {"cells": [], "metadata": {"two_lenses": {"exercise": "05-arms-race"}}}
    entries = {
        "ana/week 1.ipynb": tools.saved(tools.deepnote(tools.solved())),
        "besa/x.ipynb": tools.saved(other),
        f"cveta/{NAME}.ipynb": tools.saved(tools.bare(tools.solved() | {"cells": tools.solved()["cells"][:1]})),
        "dea/x.ipynb": tools.saved(tools.bare({"cells": [], "nbformat": 4})),
    }
    rows = collect.collect([zipped(course, entries)], course)
    assert outcomes(rows) == {"ana": "placed", "besa": "not placed", "cveta": "placed", "dea": "not placed"}
    assert f"x.ipynb is the notebook of '05-arms-race', not of {NAME}" in remarks(rows, "besa")
    assert f"x.ipynb is no notebook of {NAME}: none of its cells is there" in remarks(rows, "dea")


# ── a roster ─────────────────────────────────────────────────────────────────────────────────────────

ROSTER = """\
id;name;number
arta;Arta Thaçi;
ana1;Ana Petrović;4
ana2;Ana Petrović;Participant 5
mila;Mila Jović;
silent;Nora Silent;
"""


def test_a_roster_names_students_and_who_is_missing(course: Path) -> None:
    (course / "roster.csv").write_text(ROSTER, encoding="utf-8-sig")
    entries = {
        f"Thaci Arta_9{MOODLE}/x.ipynb": SOLVED,
        f"Petrović Ana_4{MOODLE}/x.ipynb": SOLVED,
        f"Petrović Ana_5{MOODLE}/x.ipynb": GIVEN,
        f"Petrović Ana_6{MOODLE}/x.ipynb": GIVEN,
        f"Guest Guest_7{MOODLE}/x.ipynb": GIVEN,
        "jovicmila/x.ipynb": SOLVED,
    }
    rows = collect.collect([zipped(course, entries)], course)
    assert placed(course) == {"arta": SOLVED, "ana1": SOLVED, "ana2": GIVEN, "mila": SOLVED}
    assert remarks(rows, "silent") == "in the roster, handed nothing in"
    assert "2 students of the roster are called so" in remarks(rows, "Petrović Ana (6)")
    assert "is not in the roster" in remarks(rows, "Guest Guest (7)")


@pytest.mark.parametrize(
    ("roster", "says"),
    [
        ("id,name\nana,A\n\nAna,B\n", "roster.csv:4  the id 'Ana' is there twice, in line 2 too"),
        ("id,name\n../x,A\n", "roster.csv:2  '../x' cannot be a student's id"),
        ("id,name\n,A\n", "roster.csv:2  '' cannot be a student's id"),
    ],
)
def test_a_roster_s_fault_is_a_sentence(course: Path, roster: str, says: str) -> None:
    (course / "roster.csv").write_text(roster)
    with pytest.raises(HandingInError, match="roster.csv") as caught:
        collect.collect([zipped(course, {"ana/x.ipynb": SOLVED})], course)
    assert says in str(caught.value)


def test_two_students_of_one_name_are_never_one(course: Path) -> None:
    """Two numbers are two students; two folders that would become one id are told, and neither is placed."""
    entries = {f"Petrović Ana_4{MOODLE}/x.ipynb": SOLVED, f"Petrović Ana_5{MOODLE}/x.ipynb": GIVEN}
    collect.collect([zipped(course, entries)], course)
    assert placed(course) == {"Petrović-Ana_4": SOLVED, "Petrović-Ana_5": GIVEN}
    rows = collect.collect([zipped(course, {"Ana P/x.ipynb": SOLVED, "ana-p/x.ipynb": GIVEN})], course)
    assert set(outcomes(rows).values()) == {"not placed"}
    assert "would share the id 'Ana-P' with ana-p" in remarks(rows, "Ana P")
    rows = collect.collect(
        [
            zipped(
                course,
                {
                    "group/ana/x.ipynb": SOLVED,
                    "group/ana/b/x.ipynb": GIVEN,
                    "other/cveta/x.ipynb": GIVEN,
                    "other/dea/x.ipynb": GIVEN,
                },
            )
        ],
        course,
    )
    assert "copies in cveta, dea: give the folder above if these are students" in remarks(rows, "other")


# ── again ────────────────────────────────────────────────────────────────────────────────────────────


def test_only_a_newer_notebook_takes_the_place_of_one(course: Path) -> None:
    def hand_in(data: bytes, day: int) -> str:
        (row,) = collect.collect(
            [zipped(course, {f"A B_1{MOODLE}/x.ipynb": data}, when=datetime(2026, 11, day))], course
        )
        return row.outcome

    assert hand_in(GIVEN, 10) == "placed"
    assert hand_in(GIVEN, 11) == "as before"
    assert hand_in(SOLVED, 9) == "as before"
    assert placed(course) == {"A-B_1": GIVEN}
    assert hand_in(SOLVED, 12) == "replaced"
    assert placed(course) == {"A-B_1": SOLVED}


# ── bad archives ─────────────────────────────────────────────────────────────────────────────────────


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def untouched(course: Path) -> Iterator[None]:
    """Nothing outside the course is written."""
    outside = course.parent / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept")
    yield
    assert everything(outside) == {str(outside / "kept.txt"): b"kept"}
    assert {path.name for path in course.parent.iterdir()} <= {"course", "outside", "archive.zip"}


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "name",
    [
        "../outside/x.ipynb",
        "ana/../../outside/x.ipynb",
        "/outside/x.ipynb",
        "C:\\outside\\x.ipynb",
        "..\\outside\\x.ipynb",
    ],
)
def test_a_name_that_leads_out_is_not_read(course: Path, name: str) -> None:
    rows = collect.collect([zipped(course, {name: SOLVED, "ana/x.ipynb": SOLVED})], course)
    assert placed(course) == {"ana": SOLVED}
    assert any("leads out of the archive: not read" in remark for row in rows for remark in row.remarks)


@pytest.mark.usefixtures("untouched")
def test_a_student_called_dot_dot_stays_inside(course: Path) -> None:
    collect.collect([zipped(course, {f".._1{MOODLE}/x.ipynb": SOLVED, f"..%2f_2{MOODLE}/x.ipynb": SOLVED})], course)
    assert set(placed(course)) == {"student_1", "2f_2"}


@pytest.mark.usefixtures("untouched")
def test_a_link_is_not_followed(course: Path) -> None:
    path = course.parent / "archive.zip"
    link = zipfile.ZipInfo("ana/x.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(link, "../outside/kept.txt")
        packed.writestr("besa/x.ipynb", SOLVED)
    rows = collect.collect([path], course)
    assert outcomes(rows) == {"ana": "not placed", "besa": "placed"}
    assert "x.ipynb is a link: not followed" in remarks(rows, "ana")


@pytest.mark.usefixtures("untouched")
def test_a_folder_of_the_course_that_is_a_link_is_not_written_through(course: Path) -> None:
    (course / "submitted").mkdir()
    (course / "submitted" / "ana").symlink_to(course.parent / "outside", target_is_directory=True)
    (row,) = collect.collect([zipped(course, {"ana/x.ipynb": SOLVED})], course)
    assert row.outcome == "not placed"
    assert "is a link that leads out of the course" in row.remarks[0]


SMALL = Limits(entries=5, size=2_000_000, total=3_000_000, ratio=50, large=500_000)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"ana/x.ipynb": b"0" * 1_900_000}, "times its size: not read"),
        ({"ana/x.ipynb": b"0" * 2_000_001}, "unpacks to 2,000,001 bytes, more than 2,000,000: not read"),
        ({f"ana/{n}.ipynb": os.urandom(1_500_000) for n in range(3)}, "is larger than"),
    ],
    ids=["ratio", "size", "total"],
)
def test_a_bomb_is_not_unpacked(course: Path, entries: dict[str, bytes], says: str) -> None:
    rows = collect.collect([zipped(course, {**entries, "besa/x.ipynb": b"{"})], course, limits=SMALL)
    assert says in remarks(rows, "ana")
    assert placed(course) == {}


def test_a_bomb_inside_an_archive_inside_an_archive_is_not_unpacked(course: Path) -> None:
    inner = tools.archive({"x.ipynb": b"0" * 1_900_000})
    rows = collect.collect([zipped(course, {"ana/work.zip": inner, "besa/x.ipynb": SOLVED})], course, limits=SMALL)
    assert outcomes(rows) == {"ana": "not placed", "besa": "placed"}
    assert "times its size: not read" in remarks(rows, "ana")


def test_a_header_that_understates_a_file_does_not_get_more_of_it_read(course: Path) -> None:
    path = zipped(course, {"ana/x.ipynb": b"0" * 400_000, "besa/x.ipynb": SOLVED})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 400_000), struct.pack("<I", 40)))
    rows = collect.collect([path], course)
    assert outcomes(rows) == {"ana": "not placed", "besa": "placed"}


def test_an_archive_of_too_many_files_is_a_sentence(course: Path) -> None:
    archive = zipped(course, {f"ana/{n}.txt": b"" for n in range(6)})
    good = course.parent / f"besa_1_2_{NAME}.ipynb"
    good.write_bytes(SOLVED)
    rows = collect.collect([archive, good], course, limits=SMALL)
    assert outcomes(rows) == {"": "not placed", "besa_1": "placed"}
    assert "archive.zip  holds 6 files, more than 5: not read." in remarks(rows, "")


@pytest.mark.parametrize("spoil", [lambda data: data[:-30], lambda data: data[:200] + b"x" * 80 + data[280:]])
def test_a_broken_archive_is_a_sentence_or_a_line(course: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = zipped(course, {"ana/x.ipynb": SOLVED})
    path.write_bytes(spoil(path.read_bytes()))
    done = run_here("collect", path, "--course", course, cwd=course.parent)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert placed(course) == {}
    assert "could not be placed" in done.stderr
    assert "ana" in done.stdout or "archive.zip" in done.stdout


# ── the command ──────────────────────────────────────────────────────────────────────────────────────


def test_the_table_says_what_became_of_everybody(course: Path) -> None:
    entries = {f"Thaçi Arta_1{MOODLE}/x.ipynb": SOLVED, f"Jović Mila_2{MOODLE}/essay.pdf": b"%PDF"}
    done = run_here("collect", zipped(course, entries), "--course", "course", cwd=course.parent)
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        f"Thaçi-Arta_1  {NAME}  placed      was called x.ipynb",
        f"Jović-Mila_2  {'-':<{len(NAME)}}  not placed  no notebook; essay.pdf is no notebook",
        "1 notebooks are in course/submitted.",
    ]
    assert done.stderr == "1 could not be placed: the table says why.\n"


def test_what_is_missing_is_a_sentence(course: Path) -> None:
    (course.parent / "empty").mkdir()

    def said(*arguments: str) -> str:
        done = run_here("collect", *arguments, cwd=course.parent)
        assert done.returncode == 2
        return done.stdout + done.stderr

    assert "empty  has no assignment. Write one first: twolenses assign nbgrader 1" in said(
        "course", "--course", "empty"
    )
    assert f"has no assignment '01-news'. Did you mean '{NAME}'?" in said(
        "empty", "--course", "course", "--assignment", "01-news"
    )
    assert "empty: holds no files" in said("empty", "--course", "course")


def test_leftovers_are_no_files() -> None:
    assert all(
        notebooks.is_leftover(tuple(path.split("/")))
        for path in ("a/.ipynb_checkpoints/x.ipynb", "__MACOSX/._x", "._x.ipynb", "a/.DS_Store")
    )
    assert not notebooks.is_leftover(("a", "x.ipynb"))
