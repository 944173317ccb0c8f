"""A warm process and its forks, from outside: what nbgrader's pipeline calls to have a notebook run.

Each notebook runs in a fork (:mod:`twolenses.grading.fork`) that has a folder (:mod:`twolenses.grading.scratch`).
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from twolenses import keys
from twolenses.errors import GradingError
from twolenses.grading import scratch, wire
from twolenses.grading.fork import Fork
from twolenses.grading.sandbox import FIRST_USER, NAMES, needed, packages
from twolenses.grading.wire import Job, Ran

__all__ = ["Warm"]

KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""What a submission sees of the grader's environment."""


class Warm:
    """A warm process; several threads may have it run notebooks at the same time.

    Parameters
    ----------
    exercise
        The one that will be graded: what its key gives is worked out once, where the course has it.
    sandbox
        Whether a kernel without a sandbox is refused; False runs students' code with all that the grader may do.

    Raises
    ------
    GradingError
        If the process does not start, or the kernel gives no sandbox.
    """

    def __init__(self, exercise: str = "", *, sandbox: bool = True) -> None:  # noqa: D107
        self._exercise, self._sandbox, self._lock = exercise, sandbox, threading.Lock()
        self._slots: set[int] = set()
        self._folder = Path(tempfile.mkdtemp(prefix="twolenses-grading-"))
        self._folder.chmod(0o711)
        self.has: list[str] = []
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs, (self._folder / "log").open("w+") as log:
            command = [sys.executable, "-m", "twolenses.grading.warm", str(theirs.fileno()), str(self._folder)]
            self._process = subprocess.Popen(
                [*command, ",".join(NAMES) if self._sandbox else "", self._exercise], env=self._environment(),
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=self._folder,
            )  # fmt: skip
            theirs.close()
            self._control = ours
            started = wire.receive(ours)
            if started is None:
                log.seek(0)
                last = (log.read().strip().splitlines() or ["nothing was said"])[-1]
                raise GradingError(f"The process that runs submissions did not start: {last}")
        self.has = started["has"]
        if self._sandbox and not needed(self.has):
            raise GradingError(
                f"This kernel gives {self.line} That is not enough to run students' code: it could read other "
                "submissions or use the network. Grade on Linux 5.13 or newer, or say --sandbox none."
            )

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        return kept | single | {
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *packages()]), "HOME": str(self._folder),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline", "MPLCONFIGDIR": str(self._folder),
            "IPYTHONDIR": str(self._folder / "ipython"), "NBGRADER_EXECUTION": "autograde", "NO_COLOR": "1",
            "TERM": "dumb",
        }  # fmt: skip

    @property
    def line(self) -> str:
        """What holds a submission, in a sentence."""
        if not self._sandbox:
            return "no sandbox: submissions run with all that you may do."
        lacking = [words for name, words in NAMES.items() if name not in self.has]
        there = ", ".join(words for name, words in NAMES.items() if name in self.has) or "nothing"
        return f"{there}{'; not ' + ', '.join(lacking) if lacking else ''}."

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        return self._process.pid

    def close(self) -> None:
        """End the process, and all that it runs."""
        if hasattr(self, "_control"):
            self._control.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            self._process.kill()
            self._process.wait()
        scratch.remove(self._folder)

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def run(self, job: Job) -> Ran:
        """Run a notebook; a warm process that has died is started again, once."""
        try:
            return self._once(job)
        except (OSError, EOFError):
            with self._lock:
                if self._process.poll() is not None:
                    self._start()
            return self._once(job)

    def _once(self, job: Job) -> Ran:
        with self._slot() as slot, tempfile.TemporaryDirectory(dir=self._folder, prefix=f"{slot}-") as made:
            folder = Path(made)
            work, key = folder / "work", folder / "keys"
            folder.chmod(0o711)
            for base, files in ((work, job.files), (key, {f"{name}/{keys.FILE}": job.keys[name] for name in job.keys})):
                base.mkdir()
                for name, content in files.items():
                    (base / name).parent.mkdir(parents=True, exist_ok=True)
                    (base / name).write_bytes(content)
            if "user" in self.has and os.getuid() == 0:
                scratch.give(work, FIRST_USER + slot)
            about = {
                "work": str(work), "readable": [str(key)], "confined": self._sandbox, "limits": asdict(job.limits),
                "environment": {"HOME": str(work), "TMPDIR": str(work), keys.FOLDER: str(key)},
            }  # fmt: skip
            ran = Fork(self._control, slot, job, work).result(about)
            ran.files = dict(scratch.written(work, job.files))
            scratch.remove(work)
            return ran

    @contextlib.contextmanager
    def _slot(self) -> Iterator[int]:
        with self._lock:
            slot = next(number for number in range(256) if number not in self._slots)
            self._slots.add(slot)
        try:
            yield slot
        finally:
            with self._lock:
                self._slots.discard(slot)
