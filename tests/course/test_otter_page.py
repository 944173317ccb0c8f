"""The page on Otter and Gradescope: its commands run as printed, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

from test_instructors import as_a_reader, blocks

from conftest import ROOT
from twolenses import exercises

PAGE = (ROOT / "chapters" / "instructors" / "otter.md").read_text(encoding="utf-8")


def test_its_commands_make_an_assignment_and_grade_what_students_were_given(tmp_path: Path) -> None:
    """`otter assign` stops unless its own run of the solution has every point."""
    done = as_a_reader(blocks(PAGE), tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    marks = {one["name"]: one for one in json.loads((tmp_path / "my-otter" / "results.json").read_text())["tests"]}
    public = marks.pop("Public Tests")
    assert public["visibility"] == "visible"
    assert "lowest is still '...'" in public["output"]
    assert {one["visibility"] for one in marks.values()} == {"hidden"}
    tasks = exercises.exercise("8").tasks
    assert {name: (one["score"], one["max_score"]) for name, one in marks.items()} == {
        f"check-{task.name}": (0, task.points) for task in tasks
    }
