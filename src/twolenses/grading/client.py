"""A warm process and its forks, from outside: what nbgrader's pipeline calls to have a notebook run.

The cells go in one at a time, so that a test is not there before the student's cells above it have run. Whatever comes
back is a stranger's: it is bounded, read as JSON, and held to the form of Jupyter's messages.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from twolenses import keys
from twolenses.errors import GradingError
from twolenses.grading import wire
from twolenses.grading.sandbox import FIRST_USER, NAMES, needed, packages
from twolenses.grading.wire import Job, Message, Ran

__all__ = ["Warm"]

PATIENCE = 2.0
"""Seconds that a cell has after an interrupt before its process is killed."""

KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""What a submission sees of the grader's environment."""

BROUGHT = 20_000_000
"""Bytes of files that are kept of what a notebook wrote."""


class Warm:
    """A warm process; several threads may have it run notebooks at the same time.

    Parameters
    ----------
    sandbox
        Whether a kernel without a sandbox is refused; False runs students' code with all that the grader may do.

    Raises
    ------
    GradingError
        If the process does not start, or the kernel gives no sandbox.
    """

    def __init__(self, *, sandbox: bool = True) -> None:  # noqa: D107
        self._sandbox, self._lock = sandbox, threading.Lock()
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
                [*command, ",".join(NAMES) if self._sandbox else ""], env=self._environment(),
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=self._folder,
            )  # fmt: skip
            theirs.close()
            self._control = ours
            said = wire.receive(ours)
            if said is None:
                log.seek(0)
                last = (log.read().strip().splitlines() or ["nothing was said"])[-1]
                raise GradingError(f"The process that runs submissions did not start: {last}")
        self.has = said["has"]
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
        _remove(self._folder)

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
                _give(work, FIRST_USER + slot)
            about = {
                "work": str(work), "readable": [str(key)], "confined": self._sandbox, "limits": asdict(job.limits),
                "environment": {"HOME": str(work), "TMPDIR": str(work), keys.FOLDER: str(key)},
            }  # fmt: skip
            ran = _Run(self._control, slot, job, work).result(about)
            ran.files = dict(_written(work, job.files))
            _remove(work)
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


class _Ended(Exception):
    """The process is gone, or may not go on."""


class _Run:
    """One notebook in one fork."""

    def __init__(self, control: socket.socket, slot: int, job: Job, work: Path) -> None:
        self._control, self._slot, self._job, self._work = control, slot, job, work
        self._limits = job.limits
        self._frames = wire.Frames()
        self._ran = Ran()
        self._messages: list[Message] = []
        self._size = 0

    def result(self, about: dict[str, Any]) -> Ran:
        """Start the fork, give it one cell after the other, end it.

        Raises
        ------
        OSError, EOFError
            If there is no warm process any more.
        """
        with contextlib.ExitStack() as stack:
            self._channel, theirs = socket.socketpair()
            self._status, their_status = socket.socketpair()
            self._out, out = os.pipe()
            self._err, err = os.pipe()
            for one in (self._channel, self._status):
                stack.callback(one.close)
            for pipe in (self._out, self._err):
                os.set_blocking(pipe, False)
                stack.callback(os.close, pipe)
            try:
                ends = [theirs.fileno(), out, err, their_status.fileno()]
                socket.send_fds(self._control, [bytes([self._slot])], ends)
            finally:
                for end in (theirs, their_status):
                    end.close()
                os.close(out)
                os.close(err)
            said, pidfds, _, _ = socket.recv_fds(self._status, 16, 1)
            if not pidfds:
                raise EOFError("the warm process started no fork")
            self._pid, self._pidfd = int(said), pidfds[0]
            stack.callback(os.close, self._pidfd)
            self._channel.settimeout(10)
            self._go(about)
            self._end(about["confined"])
        return self._ran

    def _go(self, about: dict[str, Any]) -> None:
        self._until = time.monotonic() + self._limits.whole
        with selectors.DefaultSelector() as self._select:
            for one in (self._channel, self._out, self._err, self._pidfd):
                self._select.register(one, selectors.EVENT_READ)
            try:
                wire.send(self._channel, about)
                for number, source in enumerate(self._job.cells, start=1):
                    self._messages, self._size = [], 0
                    self._ran.messages.append(self._messages)
                    self._word = secrets.token_hex(8)
                    wire.send(self._channel, [self._word, source])
                    self._ran.replies.append(self._cell(number))
            except _Ended:
                pass
            except OSError:
                self._pipes()
                self._ran.faults.append(f"{self._where()} ")
            except ValueError as error:
                self._ran.faults.append(f"{self._where()} sent {error}: look at it. It and the rest count as failed")

    def _where(self) -> str:
        return f"code cell {len(self._ran.messages)}"

    def _cell(self, number: int) -> dict[str, Any]:
        """The messages of one cell until it is done, however that is."""
        limit = self._limits.cell
        end = min(self._until, time.monotonic() + limit if limit else self._until)
        why = ""
        while True:
            left = end - time.monotonic()
            done = self._listen(max(0.0, min(left, 0.5)))
            if done is not None:
                self._pipes()
                return {"status": "interrupted", "why": why} if why else done
            if not why and (why := self._too_much(left)):
                self._ran.faults.append(f"{self._where()} {why} and was interrupted")
                self._signal(signal.SIGINT)
                end = time.monotonic() + PATIENCE
            elif why and left <= 0:
                self._ran.faults[-1] = f"{self._where()} {why} and did not stop; the rest counts as failed"
                raise _Ended

    def _too_much(self, left: float) -> str:
        if left <= 0:
            if time.monotonic() >= self._until:
                return f"was still running after {self._limits.whole:g} seconds for the whole notebook"
            return f"ran for more than {self._limits.cell:g} seconds"
        if self._size > self._limits.output:
            return f"put out more than {self._limits.output // 1_000_000} MB"
        if _size_of(self._work) > self._limits.disk:
            return f"wrote more than {self._limits.disk // 1_000_000} MB"
        return ""

    def _listen(self, wait: float) -> dict[str, Any] | None:
        """Take in what is there; how the cell ended, if it has."""
        ready = [key.fileobj for key, _ in self._select.select(wait)]
        done = None
        if self._channel in ready:
            data = self._channel.recv(1 << 16)
            self._size += len(data)
            if not data:
                self._died()
            for frame in self._frames.feed(data):
                kind, content = _sound(frame)
                if kind == "done":
                    if content.get("word") != self._word or done is not None:
                        raise ValueError("an answer that was not asked for")
                    done = content
                elif self._size <= 2 * self._limits.output:
                    self._add(kind, content)
        elif self._pidfd in ready:
            self._died()
        if self._out in ready or self._err in ready:
            self._pipes()
        return done

    def _pipes(self) -> None:
        """What was written to the descriptors themselves, as subprocesses do."""
        for pipe, name in ((self._out, "stdout"), (self._err, "stderr")):
            with contextlib.suppress(BlockingIOError):
                while self._size <= 2 * self._limits.output and (data := os.read(pipe, 1 << 16)):
                    self._size += len(data)
                    self._add("stream", {"name": name, "text": data.decode("utf-8", "replace")})

    def _add(self, kind: str, content: dict[str, Any]) -> None:
        last = self._messages[-1] if self._messages else None
        if kind == "stream" and last and last[0] == "stream" and last[1]["name"] == content["name"]:
            last[1]["text"] += content["text"]
        else:
            self._messages.append((kind, content))

    def _died(self) -> None:
        self._pipes()
        self._ran.faults.append(f"{self._where()} ")
        raise _Ended

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, number)

    def _end(self, confined: bool) -> None:
        """Kill the fork and what it started, and hear how it had ended."""
        complete = len(self._ran.replies) == len(self._job.cells)
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        gone = selectors.DefaultSelector()
        gone.register(self._pidfd, selectors.EVENT_READ)
        if complete or not gone.select(0.2):
            self._signal(signal.SIGKILL)
        gone.close()
        self._status.settimeout(30)
        ended = wire.receive(self._status)
        if ended is None:
            raise EOFError("the warm process has died")
        self._ran.cpu, self._ran.peak = ended["cpu"], ended["peak"]
        if self._ran.faults and self._ran.faults[-1].endswith(" "):
            self._ran.faults[-1] += f"{_ending(ended['exit'])}; it and the rest count as failed"


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended the process with exit code {code}"
    if -code == signal.SIGKILL:
        return "used more memory or processor time than there is, and was killed"
    return f"crashed the process ({signal.Signals(-code).name})"


# ── a stranger's messages ────────────────────────────────────────────────────────────────────────────

_TEXTS = {"stream": ("name", "text"), "error": ("ename", "evalue")}
_RICH = ("display_data", "execute_result", "update_display_data")


def _sound(frame: Any) -> Message:
    """A message in the form that nbformat takes.

    Raises
    ------
    ValueError
        If it is none: the shell sends none such, so somebody else has.
    """
    if not (isinstance(frame, list) and len(frame) == 2 and isinstance(frame[0], str) and isinstance(frame[1], dict)):
        raise ValueError("a message that is none of Jupyter's")
    kind, content = frame
    if kind == "done":
        return kind, content
    for name in _TEXTS.get(kind, ()):
        content[name] = str(content.get(name, ""))
    if kind == "error":
        content["traceback"] = [str(line) for line in _held(content.get("traceback"), list)]
    elif kind == "stream" and content["name"] not in ("stdout", "stderr"):
        raise ValueError(f"a stream called {content['name'][:20]!r}")
    elif kind in _RICH:
        content["data"], content["metadata"] = _held(content.get("data"), dict), _held(content.get("metadata"), dict)
        content["transient"] = _held(content.get("transient"), dict)
        if kind == "execute_result":
            content["execution_count"] = _held(content.get("execution_count"), int)
    elif kind not in ("stream", "error", "clear_output"):
        kind, content = "ignored", {}
    return kind, content


def _held(value: Any, kind: type) -> Any:
    return value if isinstance(value, kind) else kind()


# ── files ────────────────────────────────────────────────────────────────────────────────────────────


def _give(folder: Path, user: int) -> None:
    for base, folders, files in os.walk(folder):
        os.chown(base, user, user)
        for name in (*folders, *files):
            os.chown(Path(base, name), user, user, follow_symlinks=False)


def _size_of(folder: Path) -> int:
    return sum(one.stat(follow_symlinks=False).st_blocks * 512 for one in _files(folder))


def _files(folder: Path, most: int = 10_000) -> Iterator[os.DirEntry[str]]:
    """Regular files of a folder that somebody may be changing, links not followed."""
    waiting = [folder]
    while waiting and most > 0:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                most -= 1
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    yield entry


def _written(folder: Path, before: Any) -> Iterator[tuple[str, bytes]]:
    """New and changed files, as nbgrader leaves them beside the notebook; no more than :data:`BROUGHT`."""
    left = BROUGHT
    for entry in _files(folder, 200):
        name = str(Path(entry.path).relative_to(folder))
        with contextlib.suppress(OSError):
            size = entry.stat(follow_symlinks=False).st_size
            if size > left or name.endswith(".ipynb") or name.startswith("."):
                continue
            with open(os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
                content = file.read(size)
            if before.get(name) != content:
                left -= size
                yield name, content


def _remove(folder: Path) -> None:
    """Delete a folder, whatever its owner forbids."""

    def again(function: Any, path: str, error: Any) -> None:
        with contextlib.suppress(OSError):
            os.chmod(Path(path).parent, 0o700)
            if not os.path.islink(path):
                os.chmod(path, 0o700)
            function(path)

    shutil.rmtree(folder, onerror=again)
