"""What the instructors' pages promise: the guide's commands run as printed, and the map shows every objective."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from docutils import nodes
from sphinx import addnodes

from conftest import ROOT, run
from twolenses import course, exercises, quiz
from twolenses.book.chapters import objectives
from twolenses.book.exercises import listing as exercise_list

GUIDE = (ROOT / "chapters" / "instructors" / "guide.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.M | re.S)


@pytest.fixture(scope="module")
def shown() -> nodes.section:
    """The directive's output."""
    return nodes.section("", *objectives.tables(objectives.assessed(), "chapters/instructors/objectives"))


def test_the_guides_commands_run_as_printed_one_after_the_other(tmp_path: Path) -> None:
    for command in COMMANDS:
        done = run("sh", "-ec", command, cwd=tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def test_the_guide_shows_both_ways_to_assign_and_both_ways_to_keep_keys() -> None:
    printed = "\n".join(COMMANDS)
    for words in ("twolenses export moodle", "twolenses assign nbgrader", "nbgrader autograde", "--bank", "--masters"):
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
    assert last[0].startswith("16. ")
    assert last[1:5] == ["12", masters[-1].difficulty, str(masters[-1].minutes), str(len(masters[-1].tasks))]
    assert last[5].endswith("by people)")
    short = exercise_list.links(masters, "index")
    assert [item.astext() for item in short.children] == [master.title for master in masters]
