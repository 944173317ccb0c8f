"""One notebook in one fork of the warm process: its cells go in one at a time, what comes out is held to a form.

A test is not there before the student's cells above it have run. Whatever comes back is a stranger's: it is bounded,
read as JSON, and held to the form of Jupyter's messages.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import signal
import socket
import time
from pathlib import Path
from typing import Any

from twolenses.grading import wire
from twolenses.grading.scratch import size_of
from twolenses.grading.wire import Job, Message, Ran

__all__ = ["Fork"]

PATIENCE = 2.0
"""Seconds that a cell has after an interrupt before its process is killed."""

READS = 64
"""How often a pipe is read before somebody else is heard: a pipe holds 64 KiB, and 64 of them."""


class _Ended(Exception):
    """The process is gone, or may not go on."""


class Fork:
    """One notebook in one fork."""

    def __init__(self, control: socket.socket, slot: int, job: Job, work: Path) -> None:  # noqa: D107
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
            pid, pidfds, _, _ = socket.recv_fds(self._status, 16, 1)
            if not pidfds:
                raise EOFError("the warm process started no fork")
            self._pid, self._pidfd = int(pid), pidfds[0]
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
                    if time.monotonic() >= self._until:
                        over = f"{self._limits.whole:g} seconds for the whole notebook are over"
                        self._ran.faults.append(
                            f"code cell {number} did not run: {over}. It and the rest count as failed"
                        )
                        raise _Ended
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
        if size_of(self._work) > self._limits.disk:
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
                for _ in range(READS):  # what is too much is read too, or it would be the next cell's
                    data = os.read(pipe, 1 << 16)
                    if not data:
                        break
                    self._size += len(data)
                    if self._size <= 2 * self._limits.output:
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
