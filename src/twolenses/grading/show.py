"""What `twolenses grade` prints: how far it is, one line for each submission with a fault, and the counts."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from twolenses.grading.client import Warm
from twolenses.grading.run import Outcome, Run
from twolenses.grading.wire import Job, Ran

__all__ = ["grade"]


MOST = 8
"""Notebooks at a time without `--workers`: nbgrader's pipeline is one process, and keeps no more than that busy."""


def grade(
    course: Path, assignment: str, *, workers: int | None = None, sandbox: bool = True, force: bool = False,
    cluster: str | None = None,
) -> bool:  # fmt: skip
    """Grade an assignment and say how it goes; whether every submission could be graded."""
    console = Console(highlight=False, soft_wrap=True)
    run = Run(course, assignment, force=force)
    if not run.waiting:
        console.print(f"All {len(run.done)} submissions are graded. To grade them again: --force")
        return True
    with _runner(cluster, assignment, sandbox=sandbox) as (line, execute, most):
        console.print(f"Sandbox: {line}")
        count, why = (most, "two for each thread of the cluster") if most else _at_a_time(workers)
        console.print(f"Notebooks at a time: {count}, {why}.")
        outcomes = _followed(run, execute, count, console)
    _say(outcomes, run, console)
    return all(one.graded for one in outcomes)


def _at_a_time(asked: int | None) -> tuple[int, str]:
    """How many notebooks run at the same time, and why so many."""
    if asked:
        return asked, "as --workers says"
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if own > MOST:
        return MOST, f"which is all that nbgrader's pipeline keeps busy of {own} processors; --workers changes it"
    return own, "one for each processor; --workers changes it"


@contextlib.contextmanager
def _runner(cluster: str | None, exercise: str, *, sandbox: bool) -> Iterator[tuple[str, Callable[[Job], Ran], int]]:
    """What runs notebooks, the line on its sandbox, and how many at a time (0 for the caller's choice)."""
    if cluster is None:
        with Warm(exercise, sandbox=sandbox) as warm:
            yield warm.line, warm.run, 0
    else:
        from twolenses.grading.cluster import Cluster

        with Cluster(cluster, sandbox=sandbox) as machines:
            yield machines.line, machines.run, machines.workers


def _followed(run: Run, execute: Callable[[Job], Ran], workers: int, console: Console) -> list[Outcome]:
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    outcomes = []
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(run.waiting))
        for outcome in run.grade(execute, workers=workers):
            outcomes.append(outcome)
            progress.advance(task)
    return sorted(outcomes, key=lambda one: one.student)


def _say(outcomes: list[Outcome], run: Run, console: Console) -> None:
    for one in outcomes:
        for fault in one.faults:
            console.print(Text(f"{one.student}: {fault}."))
    for said, many in Counter(said for one in outcomes for said in one.surprises).most_common(20):
        console.print(Text(f"{many} of {len(outcomes)}: {said}."))
    table = Table(box=None, show_header=False)
    graded = sum(one.graded for one in outcomes)
    for name, count in {
        "graded": graded, "graded before": len(run.done), "with faults": sum(bool(one.faults) for one in outcomes),
        "need a person": run.by_hand(), "not graded": len(outcomes) - graded,
    }.items():  # fmt: skip
        table.add_row(name, str(count))
    console.print(table)
