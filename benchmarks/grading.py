"""How long a class takes to grade, with our executor and with nbgrader's own. Run: make bench

A seeded class hands in exercise 5: right, with mistakes of `answers.yml`, not answered, broken. Both graders do all
that `nbgrader autograde` does (gradebook, late penalties, autograded notebooks), ours in its sandbox. Printed are
seconds of wall and processor time for a submission, the parts of ours, and the floor: the same notebooks run in their
forks and nothing else. Then the same for classes of several sizes, each in a process of its own, to see whether time
and memory stay flat (`--sizes 20,200,2000`; `--nbgrader 0` leaves nbgrader out), and what 100,000 submissions would
take by these figures.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import subprocess
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
from twolenses.exercises.student import SKIPPED
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
    us, found = psutil.Process(), 0
    for one in (us, *us.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):  # a fork that has ended meanwhile
            found += one.memory_full_info().pss
    return found / 1e6


def ours(folder: Path, count: int, workers: int) -> dict[str, float]:
    """Grade so many, and say what it took for one."""
    run = Run(folder, MASTER.name, force=True)
    run.waiting = run.waiting[:count]
    load, most, code = os.getloadavg()[0], 0.0, 0.0
    _, start = taken(lambda: Warm(MASTER.name).close())

    def work() -> None:
        nonlocal most, code
        with Warm(MASTER.name) as warm:
            for number, outcome in enumerate(run.grade(warm.run, workers=workers)):
                assert outcome.graded, outcome
                code += outcome.cpu
                if number % max(10, count // 8) == 9:
                    most = max(most, memory())

    wall, cpu = taken(work)
    graded = [path for path in folder.glob(f"autograded/*/{MASTER.name}/*") if path.is_file()]
    return {
        "count": count, "wall": wall / count, "cpu": cpu / count, "code": code / count, "start": start,
        "pipeline": (cpu - code - start) / count, "memory": most, "load": load,
        "disk": sum(path.stat().st_size for path in graded) / len({path.parent for path in graded}),
    }  # fmt: skip


def alone(folder: Path, count: int, workers: int) -> dict[str, float]:
    """The same in a process of its own, so that no size has the memory of another."""
    command = [sys.executable, __file__, "--workers", str(workers), "--only", str(folder), str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _runs(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip()) and SKIPPED not in cell.metadata.get("tags", ())


def floor(folder: Path) -> float:
    """Processor seconds of a notebook's own work in its fork, and nothing else."""
    notebooks = [nbformat.read(path, 4) for path in sorted(folder.glob(f"autograded/*/{MASTER.name}/*.ipynb"))[:40]]
    jobs = [Job(tuple(one.source for one in notebook.cells if _runs(one))) for notebook in notebooks]
    with Warm(MASTER.name) as warm:
        return sum(warm.run(job).cpu for job in jobs) / len(jobs)


def table(rows: dict[str, str]) -> None:
    """Print names and values."""
    for name, value in rows.items():
        print(f"{name:<24}{value}")


def compared(folder: Path, found: dict[str, float], count: int, workers: int) -> None:
    """One run of ours beside nbgrader's, in one course directory of its own."""
    lowest = floor(folder)
    with tempfile.TemporaryDirectory() as made:
        course(Path(made), count, seed=7)
        students = sorted(os.listdir(Path(made, "submitted")))
        wall, cpu = (one / count for one in taken(lambda: classes.by_nbgrader(Path(made), MASTER.name, students)))
    table({
        "nbgrader, wall": f"{wall:8.3f} s  a submission, {count} of them",
        "nbgrader, processor": f"{cpu:8.3f} s",
        "ours, wall": f"{found['wall']:8.3f} s  a submission, {found['count']:.0f} of them, {workers} at a time",
        "ours, processor": f"{found['cpu']:8.3f} s  bound 0.130",
        "  the notebook": f"{found['code']:8.3f} s  in its fork and its sandbox",
        "  nbgrader's pipeline": f"{found['pipeline']:8.3f} s  and gradebook, files, messages",
        "  starting": f"{found['start'] / found['count']:8.3f} s  a part of {found['start']:.1f} s, once",
        "floor": f"{lowest:8.3f} s  the notebook in its fork alone; ours is {found['cpu'] / lowest:.2f} times that",
        "memory": f"{found['memory']:8.0f} MB bound 400",
        "ratio, wall": f"{wall / found['wall']:8.1f}    bound 30",
        "ratio, processor": f"{cpu / found['cpu']:8.1f}",
    })  # fmt: skip


def flat(sizes: list[dict[str, float]]) -> None:
    """Classes of several sizes, one line each."""
    print(f"\n{'submissions':>12}{'processor s':>14}{'but starting':>14}{'wall s':>9}{'memory MB':>12}{'load':>7}")
    for one in sizes:
        without = one["cpu"] - one["start"] / one["count"]
        print(
            f"{one['count']:>12.0f}{one['cpu']:>14.3f}{without:>14.3f}{one['wall']:>9.3f}{one['memory']:>12.0f}"
            f"{one['load']:>7.1f}"
        )


def many(one: dict[str, float], count: int = 100_000) -> None:
    """What so many would take by the figures of one size."""
    without = one["code"] + one["pipeline"]
    print(f"\n{count:,} submissions, by the figures of {one['count']:.0f} on {time.strftime('%Y-%m-%d')}:")
    table({
        "  processor": f"{without * count / 3600:8.1f} hours, of them {one['code'] * count / 3600:.1f} in forks",
        "  at the least": f"{one['pipeline'] * count / 3600:8.1f} hours: nbgrader's pipeline is one process",
        "  which keeps busy": f"{one['code'] / one['pipeline'] + 1:8.1f} processors, its own among them",
        "  autograded notebooks": f"{one['disk'] * count / 1e9:8.1f} GB",
    })  # fmt: skip


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--sizes", default="20,200", help="submissions of each class, the last one beside nbgrader")
    options.add_argument("--nbgrader", type=int, default=20, help="submissions that nbgrader grades")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--only", nargs=2, metavar=("FOLDER", "COUNT"), help="one class, its figures as JSON")
    asked = options.parse_args()
    if asked.only:
        print(json.dumps(ours(Path(asked.only[0]), int(asked.only[1]), asked.workers)))
        return
    sizes = sorted(map(int, asked.sizes.split(",")))
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} before\n")
    with tempfile.TemporaryDirectory() as made:
        course(Path(made), sizes[-1], seed=7)
        found = [alone(Path(made), size, asked.workers) for size in sizes]
        if asked.nbgrader:
            compared(Path(made), found[-1], asked.nbgrader, asked.workers)
    flat(found)
    many(found[-1])


if __name__ == "__main__":
    main()
