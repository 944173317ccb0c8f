"""How long a class takes to grade, with our executor and with nbgrader's own. Run: make bench

A seeded class hands in exercise 5: right, with mistakes of `answers.yml`, not answered, broken. Both graders do all
that `nbgrader autograde` does (gradebook, late penalties, autograded notebooks), ours in its sandbox. Printed are
seconds of wall and processor time for a submission, the parts of ours, and the floor: the same notebooks run in their
forks and nothing else. `--many 2000` grades that many, to see whether time and memory stay flat.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "grading"))

import classes

from twolenses.exercises import trial
from twolenses.grading.client import Warm
from twolenses.grading.run import Run
from twolenses.grading.wire import Job

MASTER = next(master for master in classes.MASTERS if master.name.startswith("05-"))


def course(folder: Path, students: int, seed: int) -> None:
    """A course directory in which so many have handed in exercise 5."""
    chance = random.Random(seed)
    wrong = [one for one in trial.responses(MASTER) if one.mistake]

    def mistaken(notebook: Any, master: Any) -> None:
        classes.perfect(notebook, master)
        for one in chance.sample(wrong, 2):
            classes.tasks(notebook)[one.task].source = one.source

    kinds = [classes.perfect, mistaken, mistaken, classes.empty, classes.broken]
    classes.exercise(folder, MASTER, {f"s{number:05}": chance.choice(kinds) for number in range(students)})


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall and processor time, those of children that have ended included."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    start, before = time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in usage)
    work()
    wall = time.perf_counter() - start
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return wall, sum(one.ru_utime + one.ru_stime for one in usage) - before


def memory() -> float:
    """Megabytes of this process and all below it, shared pages counted once."""
    us = psutil.Process()
    return sum(one.memory_full_info().pss for one in (us, *us.children(recursive=True))) / 1e6


def ours(folder: Path, workers: int) -> dict[str, float]:
    """Grade all, and say what it took for one."""
    run = Run(folder, MASTER.name)
    count, most, code = len(run.waiting), 0.0, 0.0

    def work() -> None:
        nonlocal most, code
        with Warm() as warm:
            for number, outcome in enumerate(run.grade(warm.run, workers=workers)):
                assert outcome.graded, outcome
                code += outcome.cpu
                if number % 50 == 10:
                    most = max(most, memory())

    wall, cpu = taken(work)
    return {"wall": wall / count, "cpu": cpu / count, "code": code / count, "memory": most, "count": count}


def floor(folder: Path) -> float:
    """Processor seconds of a notebook's own work in its fork, and nothing else."""
    notebooks = [nbformat.read(path, 4) for path in sorted(folder.glob(f"autograded/*/{MASTER.name}/*.ipynb"))[:40]]
    jobs = [Job(tuple(c.source for c in one.cells if c.cell_type == "code" and c.source.strip())) for one in notebooks]
    with Warm() as warm:
        return sum(warm.run(job).cpu for job in jobs) / len(jobs)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--many", type=int, default=200)
    options.add_argument("--nbgrader", type=int, default=20)
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        first, second = Path(made, "ours"), Path(made, "theirs")
        for folder, students in ((first, asked.many), (second, asked.nbgrader)):
            folder.mkdir()
            course(folder, students, seed=7)
        found = ours(first, asked.workers)
        lowest = floor(first)
        students = sorted(os.listdir(second / "submitted"))
        wall, cpu = taken(lambda: classes.by_nbgrader(second, MASTER.name, students))
        shutil.rmtree(second)
    theirs = {"wall": wall / asked.nbgrader, "cpu": cpu / asked.nbgrader}
    pipeline = found["cpu"] - found["code"]
    rows = {
        "nbgrader, wall": f"{theirs['wall']:8.3f} s  a submission, {asked.nbgrader} of them",
        "nbgrader, processor": f"{theirs['cpu']:8.3f} s",
        "ours, wall": f"{found['wall']:8.3f} s  a submission, {found['count']:.0f} of them, {asked.workers} at a time",
        "ours, processor": f"{found['cpu']:8.3f} s  bound 0.130",
        "  of it the notebook": f"{found['code']:8.3f} s  in its fork and its sandbox",
        "  of it the rest": f"{pipeline:8.3f} s  nbgrader's pipeline, gradebook, files, starting once",
        "floor": f"{lowest:8.3f} s  the notebook in its fork alone; ours is {found['cpu'] / lowest:.2f} times that",
        "memory": f"{found['memory']:8.0f} MB bound 400",
        "ratio, wall": f"{theirs['wall'] / found['wall']:8.1f}    bound 30",
        "ratio, processor": f"{theirs['cpu'] / found['cpu']:8.1f}",
    }
    for name, value in rows.items():
        print(f"{name:<24}{value}")
    print(json.dumps({"ours": found, "nbgrader": theirs, "floor": lowest}), file=sys.stderr)


if __name__ == "__main__":
    main()
