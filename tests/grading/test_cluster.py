"""Many machines, and a gradebook in PostgreSQL: nothing is lost and nothing is graded twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import classes
import pytest
from distributed import LocalCluster
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, text

from twolenses.errors import GradingError
from twolenses.grading.client import Warm
from twolenses.grading.cluster import Cluster
from twolenses.grading.run import Run

TESTS = {"first": "assert x == 1", "second": "assert y == 2"}
GOOD = ["x = 1", "import time\ntime.sleep(0.3)\ny = 2"]


def test_a_worker_that_dies_midway_loses_nothing(tmp_path: Path) -> None:
    classes.small(tmp_path, TESTS, {f"s{number:02}": GOOD for number in range(12)})
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local,
        Cluster(local.scheduler_address) as cluster,
    ):
        assert cluster.line.startswith("on 2 threads of a cluster, files by Landlock")
        graded = []
        for outcome in Run(tmp_path, "small").grade(cluster.run, workers=4):
            graded.append(outcome.student)
            if len(graded) == 3:
                next(iter(local.workers.values())).process.kill()
            assert outcome.graded, outcome
    assert sorted(graded) == [f"s{number:02}" for number in range(12)]
    for student in graded:
        found = classes.scores(tmp_path, "small", student)["small"]
        assert [found[name]["score"] for name in TESTS] == [2, 2]


def test_no_scheduler_is_a_sentence() -> None:
    with pytest.raises(GradingError, match="--cluster tcp://127.0.0.1:9  has no Dask scheduler"):
        Cluster("tcp://127.0.0.1:9", patience=0.5)


def test_no_workers_is_a_sentence() -> None:
    with (
        LocalCluster(n_workers=0, dashboard_address=None) as local,
        pytest.raises(GradingError, match="has no workers. Start some: dask worker"),
    ):
        Cluster(local.scheduler_address)


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own, on a socket of its own; the URL of an empty database."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert found, "Debian's package is needed: apt install postgresql"
    folder = tmp_path_factory.mktemp("postgres")
    data, who = folder / "data", {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as a root
        who = {"user": "postgres", "group": "postgres"}
        for one in (folder, *folder.parents[:3]):
            one.chmod(0o755)
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([found[-1] / "initdb", "-D", data, "-U", "grader", "-A", "trust", "--no-sync"], **quiet, **who)
    server = subprocess.Popen(
        [found[-1] / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-F"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who,
    )  # fmt: skip
    url = f"postgresql+psycopg://grader@/postgres?host={folder}"
    try:
        for _ in range(100):
            try:
                with create_engine(url).connect() as connection:
                    connection.execute(text("SELECT 1"))
                break
            except Exception:
                assert server.poll() is None
                time.sleep(0.2)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # without waiting for connections
        server.wait(20)


def test_the_gradebook_may_be_in_postgresql(warm: Warm, postgres: str, tmp_path: Path) -> None:
    config = f"c.CourseDirectory.db_url = {postgres!r}\nc.CourseDirectory.course_id = 'small'\n"
    classes.small(tmp_path, TESTS, {f"s{number}": GOOD if number else "x = 1" for number in range(3)}, config)
    outcomes = list(Run(tmp_path, "small").grade(warm.run))
    assert all(one.graded for one in outcomes)
    with Gradebook(postgres) as book:
        assert {one.student.id: one.score for one in book.assignment_submissions("small")} == {
            "s0": 2,
            "s1": 4,
            "s2": 4,
        }
    with pytest.raises(GradingError, match="The gradebook has no assignment 'smaller'. Did you mean 'small'?"):
        Run(tmp_path, "smaller")
