"""Many machines: notebooks run on the workers of a Dask cluster, each in a warm process of that worker's own.

nbgrader's pipeline and the gradebook stay where the run was started. What travels is a :class:`~.wire.Job` and what
came of it, so the machines need this package and no common disk. A job changes nothing, so Dask may give it to another
worker where one dies or lags; what comes back is written once.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import threading
from typing import Any

from twolenses.errors import GradingError
from twolenses.grading.client import Warm
from twolenses.grading.wire import Job, Ran

__all__ = ["Cluster"]

_warm: dict[tuple[int, bool], Warm] = {}
_starting = threading.Lock()


class Cluster:
    """A Dask cluster, from the address of its scheduler; ``local`` starts one on this machine.

    Raises
    ------
    GradingError
        If there is no scheduler, it has no workers, or a worker has no sandbox.
    """

    def __init__(self, address: str, *, sandbox: bool = True, patience: float = 10) -> None:  # noqa: D107
        from distributed import Client, LocalCluster

        self._sandbox = sandbox
        self._local = (
            LocalCluster(processes=True, threads_per_worker=1, dashboard_address=None) if address == "local" else None
        )
        try:
            self._client = Client(self._local or address, timeout=patience)
        except (OSError, TimeoutError, ValueError) as error:
            raise GradingError(
                f"--cluster {address}  has no Dask scheduler: {error}. Start one: dask scheduler"
            ) from error
        self.workers = 2 * sum(self._client.nthreads().values())
        """How many notebooks to have under way: two for each thread, so that none waits."""
        if not self.workers:
            self.close()
            raise GradingError(f"--cluster {address}  has no workers. Start some: dask worker {address}")
        lines = set(self._client.run(_line, sandbox).values())
        if refused := [line for line in lines if isinstance(line, GradingError)]:
            self.close()
            raise refused[0]
        self.line = f"on {self.workers // 2} threads of a cluster, {'; '.join(sorted(map(str, lines)))}"

    def run(self, job: Job) -> Ran:
        """Run a notebook on some worker."""
        ran: Ran = self._client.submit(_run, job, self._sandbox, pure=False, retries=3).result()
        return ran

    def close(self) -> None:
        """Leave the cluster, and end it where it is our own."""
        self._client.close()
        if self._local is not None:
            self._local.close()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(TimeoutError):
            self.close()


def _own(sandbox: bool) -> Warm:
    """The warm process of this worker."""
    with _starting:
        key = (os.getpid(), sandbox)
        if key not in _warm:
            _warm[key] = Warm(sandbox=sandbox)
            atexit.register(_warm[key].close)
        return _warm[key]


def _line(sandbox: bool) -> Any:
    try:
        return _own(sandbox).line
    except GradingError as error:
        return error


def _run(job: Job, sandbox: bool) -> Ran:
    return _own(sandbox).run(job)
