"""What went wrong with a submission, kept beside the course for the class report: one line of JSON for each.

A line is added before a submission counts as graded, so that a run which is killed leaves none without its remark. The
last line of a student is the one that counts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

__all__ = ["add", "read"]

FOLDER = ".twolenses-remarks"
"""In the course directory; no folder of a student, since nbgrader copies those into what students are given."""


def add(course: Path, assignment: str, student: str, remarks: Sequence[str]) -> None:
    """Keep the remarks on a submission; none takes back those of an earlier run."""
    path = _path(course, assignment)
    if not remarks and not path.exists():
        return
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:  # a line before that was cut off ends here
        line = json.dumps({"student": student, "at": time.time(), "remarks": list(remarks)}, ensure_ascii=False)
        file.write(f"\n{line}\n".encode())


def read(course: Path, assignment: str) -> dict[str, list[str]]:
    """Student → remarks, but for a submission that something else, such as `nbgrader autograde`, has graded since."""
    found: dict[str, list[str]] = {}
    path = _path(course, assignment)
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        try:
            one = json.loads(line)
            student, at, remarks = str(one["student"]), float(one["at"]), list(map(str, one["remarks"]))
        except (ValueError, TypeError, KeyError):
            continue  # empty, or cut off when a run was killed
        found[student] = [] if _graded_since(course / "autograded" / student / assignment, at) else remarks
    return {student: remarks for student, remarks in found.items() if remarks}


def _graded_since(folder: Path, at: float) -> bool:
    return any(path.stat().st_mtime > at for path in folder.glob("*.ipynb"))


def _path(course: Path, assignment: str) -> Path:
    return course / FOLDER / f"{assignment}.jsonl"
