"""What the instructors' pages promise: their commands run as printed, and the map shows every objective."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
import textwrap
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from nbgrader.apps import NbGraderApp
from sphinx import addnodes

from conftest import BIN, ROOT
from twolenses import cli, course, exercises, quiz
from twolenses.book.chapters import objectives
from twolenses.book.exercises import listing as exercise_list
from twolenses.framing import answers
from twolenses.grading import show
from twolenses.grading.client import Warm

FOLDER = ROOT / "chapters" / "instructors"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8").split("## Teach with it")[1].split("\n## ")[0]


def blocks(page: str) -> list[str]:
    """The commands that a page prints to be run, block by block; in a list they are indented."""
    return [textwrap.dedent(block) for block in re.findall(r"^ *```sh\n(.*?)^ *```$", page, re.M | re.S)]


READ_AFTER_ONE_ANOTHER = (
    "guide",
    "nbgrader",
    "moodle",
    "canvas",
    "paper",
    "plan",
    "memo",
    "one-session",
    "simulation",
    "framing",
)
"""The pages whose commands share one folder. Those of the formats stand alone: tests/lms/test_lms_formats.py."""

COMMANDS = [block for name in READ_AFTER_ONE_ANOTHER for block in blocks(PAGES[name])]

# What the pages have a reader download from a platform or fill in, by the name it is to be saved under.
DOWNLOADED = {
    "moodle.csv": "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)\n"
    "Participant 1,Trial,,Submitted for grading,,15.00,-\n",
    "marks.csv": "item,criterion,Ana,Ben\n1,facts,6,6\n1,wording,6,3\n2,facts,3,3\n2,wording,0,3\n",
    "responses.csv": "group,pressure,gain,lasting\n" + "A,6,3,4\nA,5,4,4\nB,3,5,4\nB,4,5,3\nA,6,2,\nB,3,4,4\n" * 2,
    **{f"framing/responses-{one}.csv": answers.written(answers.made_up(), one) for one in ("A", "B")},
    "canvas.csv": "Student,ID,SIS Login ID,Section,Newspaper number (7)\n    Points Possible,,,,15\nTrial,1,trial,A,\n",
}


def as_a_reader(commands: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run commands in one shell, in a folder with nothing but the environment that `make` makes.

    The path is the system's: what is more on it, a command has put there.
    """
    (folder / ".venv").symlink_to(sys.prefix)
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "LANG", "TMPDIR") if name in os.environ}
    environment = {"PATH": os.defpath, "HOME": str(folder), "NO_COLOR": "1", **kept}
    script = "set -e\n" + "\n".join(f"{command}\n:" for command in commands)
    return subprocess.run(
        ["sh", "-xc", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def words(block: str) -> list[list[str]]:
    """The commands of a block, word by word, without what is said behind them."""
    return [shlex.split(line, comments=True) for line in block.splitlines()]


@pytest.fixture(scope="module")
def assessed() -> list[objectives.Assessed]:
    """Every objective with what the bank asks of it: the bank is read once."""
    return objectives.assessed()


@pytest.fixture(scope="module")
def shown(assessed: list[objectives.Assessed]) -> nodes.section:
    """The directive's output."""
    return nodes.section("", *objectives.tables(assessed, "chapters/instructors/objectives"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A reader's folder after README's commands, run in a fresh shell with nothing but what they activate."""
    folder = tmp_path_factory.mktemp("reader")
    return folder, as_a_reader(blocks(README), folder)


@pytest.fixture(scope="module")
def followed(begun: tuple[Path, subprocess.CompletedProcess[str]], warm: Warm) -> Path:
    """The folder in which that reader has gone on through every page.

    Each command runs once, and in this process, where a fresh one would only import the same again; what belongs to
    the shell runs in a shell.
    """
    folder, readme = begun
    assert readme.returncode == 0, readme.stderr[-3000:]
    for name, text in DOWNLOADED.items():
        (path := folder / "my-course" / name).parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "my-course" / "submissions.zip", "w") as archive:
        archive.writestr("trial_1_2_01-newspaper-number.ipynb", "")
    done = [command for block in blocks(README) for command in words(block)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
        patch.setattr(show, "Warm", lambda exercise, sandbox: contextlib.nullcontext(warm))
        for command in COMMANDS:
            if words(command)[0] not in done:
                follow(command.strip(), folder)
    return folder


def follow(command: str, folder: Path) -> None:
    """Run one command as a reader in that folder would."""
    if inside := re.fullmatch(r"\(cd (\S+) && (nbgrader .*)\)", command):
        command, folder = inside[2], folder / inside[1]
    program, *arguments = shlex.split(command)
    if program not in ("twolenses", "nbgrader"):
        done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        return
    with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", [program, *arguments])
        assert ended(cli.main if program == "twolenses" else NbGraderApp.launch_instance) == 0, command


def ended(main: Callable[[], object]) -> object:
    """The exit code of a program that runs in this process."""
    try:
        main()
    except SystemExit as leaving:
        return leaving.code or 0
    finally:
        NbGraderApp.clear_instance()
    return 0


def test_the_commands_of_every_door_run_as_printed_one_after_the_other(followed: Path) -> None:
    course_folder = followed / "my-course"
    for platform in ("moodle", "canvas"):
        assert ",0.00" in (course_folder / "back" / f"01-newspaper-number-{platform}.csv").read_text()
        assert (course_folder / "back" / f"01-newspaper-number-{platform}-feedback.zip").exists()


@pytest.mark.parametrize("name", READ_AFTER_ONE_ANOTHER)
def test_every_file_that_a_page_has_one_write_or_open_is_there(followed: Path, name: str) -> None:
    """What stands in the text as a path of the folder, but for what is yours to download."""
    named = set(re.findall(r"`(my-course/[\w./-]+)`", PAGES[name])) - {"my-course/quiz.csv", "my-course/roster.csv"}
    assert [path for path in sorted(named) if not (followed / path).exists()] == []


def test_what_the_first_screen_prints_is_printed_and_run_on_the_page_of_its_door() -> None:
    shown = re.findall(r"`(twolenses [^`]+)`", PAGES["guide"].split("\n(set-it-up)=")[0])
    assert len(shown) >= 5
    for command in shown:
        assert [name for name in PAGES if f"{command}\n" in blocks(PAGES[name])], command


@pytest.mark.parametrize("page", PAGES)
def test_the_guide_leads_to_every_page(page: str) -> None:
    assert page == "guide" or f"({page}.md)" in PAGES["guide"]


def test_old_addresses_within_the_guide_lead_to_where_it_is_said_now() -> None:
    """Sections of release 0.2 that have moved to a page of their own."""
    moved = ["a-quiz-in-moodle", "an-exercise-through-nbgrader", "collect", "class-report", "twelve-weeks", "six-weeks",
             "marks-a-suggestion", "the-policy-memo", "with-many-students", "sensitive-material"]  # fmt: skip
    assert [one for one in moved if f'id="{one}"' not in PAGES["guide"]] == []


def test_a_picture_is_small_described_and_loaded_when_it_is_seen() -> None:
    shown = [figure for page in PAGES.values() for figure in re.findall(r"^:::\{figure\} .*?^:::$", page, re.M | re.S)]
    pictures = {FOLDER / figure.split()[1] for figure in shown}
    assert pictures == set((FOLDER / "pictures").iterdir())
    assert max(path.stat().st_size for path in pictures) <= 60_000
    assert all(re.search(r"^:alt: .{80,}\n:loading: lazy$", figure, re.M) for figure in shown)


def test_the_readmes_commands_run_as_printed(begun: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = begun
    assert done.returncode == 0, done.stderr[-3000:]
    assert (folder / "my-course" / "release" / "01-newspaper-number").is_dir()


@pytest.mark.parametrize("page", [README, PAGES["guide"]], ids=["readme", "guide"])
def test_both_pages_activate_an_environment_before_anything_else(page: str) -> None:
    assert blocks(page)[0] == ". .venv/bin/activate\n"
    install = next(block for block in re.findall(r"^```text\n(.*?)^```$", page, re.M | re.S) if "pip install" in block)
    assert install.splitlines()[:2] == ["python3 -m venv two-lenses", ". two-lenses/bin/activate"]


def test_the_pages_show_both_ways_to_assign_and_both_ways_to_keep_keys() -> None:
    printed = "\n".join(COMMANDS)
    for words in (
        "twolenses export moodle",
        "twolenses assign nbgrader",
        "twolenses grade",
        "twolenses due",
        "twolenses return",
        "--bank",
        "--masters",
    ):
        assert words in printed


def test_each_command_has_a_block_of_its_own() -> None:
    assert [command for command in COMMANDS if len(command.replace("\\\n", "").splitlines()) != 1] == []


def test_every_objective_is_in_the_map(shown: nodes.section) -> None:
    ids = [node.astext() for node in shown.findall(nodes.literal)]
    assert ids == list(course.objectives())
    assert all(objective.text in shown.astext() for objective in course.objectives().values())


def test_the_map_counts_every_question_once(assessed: list[objectives.Assessed]) -> None:
    named = [
        id
        for path in quiz.files()
        for id in re.findall(r"^  objective: (\S+)$", path.read_text(encoding="utf-8"), re.M)
    ]
    assert sum(one.questions for one in assessed) == sum(id in course.objectives() for id in named) > 200


def test_the_map_links_every_chapter(shown: nodes.section) -> None:
    targets = [str(node["reftarget"]).removeprefix("/") for node in shown.findall(addnodes.pending_xref)]
    assert targets == [page for page in course.pages() if re.match(r"chapters/\d\d-", page)]


def test_an_objective_without_a_question_says_so() -> None:
    first = course.chapter(1)
    lonely = objectives.Assessed(first, first.objectives[0], Counter())
    assert str(lonely) == "none yet"
    assert "No question asks" in objectives.tables([lonely], "index")[0].astext()


def test_the_list_of_exercises_has_each_with_its_chapter_level_and_points() -> None:
    masters = [exercises.read(path) for path in exercises.masters()]
    table = exercise_list.table(masters, "index")
    links = [node["reftarget"] for node in table.findall(addnodes.pending_xref)]
    assert links == [f"/exercises/notebooks/{master.name}/exercise" for master in masters]
    last = [entry.astext() for entry in list(table.findall(nodes.row))[-1].findall(nodes.entry)]
    assert last[0].startswith(f"{len(masters)}. ")
    assert last[1:5] == ["12", masters[-1].difficulty, str(masters[-1].minutes), str(len(masters[-1].tasks))]
    assert last[5].endswith("by people)")
    short = exercise_list.links(masters, "index")
    assert [item.astext() for item in short.children] == [master.title for master in masters]
