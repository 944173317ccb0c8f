"""What the instructors' pages promise: the guide's commands run as printed, and the map shows every objective."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from docutils import nodes
from sphinx import addnodes

from conftest import ROOT
from twolenses import course, exercises, quiz
from twolenses.book.chapters import objectives
from twolenses.book.exercises import listing as exercise_list

GUIDE = (ROOT / "chapters" / "instructors" / "guide.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8").split("## Teach with it")[1].split("\n## ")[0]


def blocks(page: str) -> list[str]:
    """The commands that a page prints to be run, block by block."""
    return re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S)


COMMANDS = blocks(GUIDE)

# What the guide has a reader download from a platform, by the name it is to be saved under.
DOWNLOADED = {
    "moodle.csv": "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)\n"
    "Participant 1,Trial,,Submitted for grading,,15.00,-\n",
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


@pytest.fixture(scope="module")
def shown() -> nodes.section:
    """The directive's output."""
    return nodes.section("", *objectives.tables(objectives.assessed(), "chapters/instructors/objectives"))


def test_the_guides_commands_run_as_printed_one_after_the_other(tmp_path: Path) -> None:
    course_folder = tmp_path / "my-course"
    course_folder.mkdir()
    for name, text in DOWNLOADED.items():
        (course_folder / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(course_folder / "submissions.zip", "w") as archive:
        archive.writestr("trial_1_2_01-newspaper-number.ipynb", "")
    done = as_a_reader(COMMANDS, tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    for platform in ("moodle", "canvas"):
        assert ",0.00" in (course_folder / "back" / f"01-newspaper-number-{platform}.csv").read_text()
        assert (course_folder / "back" / f"01-newspaper-number-{platform}-feedback.zip").exists()


def test_the_readmes_commands_run_as_printed(tmp_path: Path) -> None:
    done = as_a_reader(blocks(README), tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "my-course" / "release" / "01-newspaper-number").is_dir()


@pytest.mark.parametrize("page", [README, GUIDE], ids=["readme", "guide"])
def test_both_pages_activate_an_environment_before_anything_else(page: str) -> None:
    assert blocks(page)[0] == ". .venv/bin/activate\n"
    install = next(block for block in re.findall(r"^```text\n(.*?)^```$", page, re.M | re.S) if "pip install" in block)
    assert install.splitlines()[:2] == ["python3 -m venv two-lenses", ". two-lenses/bin/activate"]


def test_the_guide_shows_both_ways_to_assign_and_both_ways_to_keep_keys() -> None:
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


def test_the_map_counts_every_question_once() -> None:
    found = objectives.assessed()
    assert sum(one.questions for one in found) == sum(
        question.objective in course.objectives() for path in quiz.files() for question in quiz.read(path)
    )


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
