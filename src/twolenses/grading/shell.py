"""The IPython in which a submission runs: the kernel's own shell, whose messages go through a socket of ours."""

from __future__ import annotations

import asyncio
import builtins
import getpass
import io
import os
import random
import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import comm
import numpy as np
from comm.base_comm import BaseComm
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

__all__ = ["Shell", "make", "reseed"]

Send = Callable[[str, dict[str, Any]], None]


class _Channel(Session):
    """Where display hook, display publisher, tracebacks and streams send their messages."""

    to: Send = staticmethod(lambda kind, content: None)
    captured = False
    """Whether an Output widget takes what is put out; it is then no output of the cell."""

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **named: Any) -> Any:
        message = msg_or_type if isinstance(msg_or_type, dict) else {"msg_type": msg_or_type, "content": content}
        self.say(message["msg_type"], message["content"])
        return message

    def say(self, kind: str, content: dict[str, Any]) -> None:
        if not self.captured:
            self.to(kind, content)


def _comm_of(channel: _Channel) -> type[BaseComm]:
    """What a widget talks to: nobody, but an Output widget says here that it captures."""

    class Comm(BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, *args: Any, **named: Any) -> None:
            state = (data or {}).get("state", {})
            if "msg_id" in state:
                for stream in (sys.stdout, sys.stderr):
                    stream.flush()
                channel.captured = bool(state["msg_id"])

    return Comm


class _Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell; what is written goes out in pieces, in order with the other's."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name: str, descriptor: int, to: Send) -> None:
        self.name, self._descriptor, self._to = f"<{name}>", descriptor, to
        self._parts: list[str] = []
        self._size = 0
        self.other: _Stream | None = None

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.other is not None and self.other._parts:
            self.other.flush()
        self._parts.append(text)
        self._size += len(text)
        if self._size > 16_384:
            self.flush()
        return len(text)

    def flush(self) -> None:
        parts, self._parts, self._size = self._parts, [], 0
        if text := "".join(parts):
            self._to("stream", {"name": self.name.strip("<>"), "text": text})


class Shell(ZMQInteractiveShell):
    """The kernel's shell without a kernel: plain tracebacks, commands without a terminal."""

    def system_piped(self, cmd: str) -> None:
        """Run ``!cmd``; as in a notebook, both its streams are standard output."""
        if cmd.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        done = subprocess.Popen(
            self.var_expand(cmd, depth=1), shell=True, executable="/bin/sh", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
        assert done.stdout is not None
        for line in done.stdout:
            sys.stdout.write(line)
        self.user_ns["_exit_code"] = done.wait()

    system = system_piped

    def connect(self, to: Send) -> None:
        """From now on, messages and both streams go there."""
        hook: Any = self.displayhook
        channel = hook.session
        channel.to = to
        sys.stdout, sys.stderr = _Stream("stdout", 1, channel.say), _Stream("stderr", 2, channel.say)
        sys.stdout.other, sys.stderr.other = sys.stderr, sys.stdout

    def run(self, loop: asyncio.AbstractEventLoop, source: str) -> dict[str, Any]:
        """Run one cell as a kernel does, within a running event loop; how it ended."""
        try:
            result = loop.run_until_complete(self._run(source))
            error = result.error_before_exec or result.error_in_exec
            failed = not result.success or self._last_traceback_during_displayhook
        except (KeyboardInterrupt, SystemExit) as interrupt:
            error, failed = interrupt, True
        if self.payload_manager is not None:
            self.payload_manager.clear_payload()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # whatever the cell has put in its place
                continue
        if not failed:
            return {"status": "ok"}
        trace = [str(line) for line in self._last_traceback or []]
        return {"status": "error", "ename": type(error).__name__, "evalue": _text(error), "traceback": trace}

    async def _run(self, source: str) -> Any:
        self._last_traceback, self._last_traceback_during_displayhook = None, False
        problem = None
        try:
            transformed = self.transform_cell(source)
        except Exception:
            transformed, problem = source, sys.exc_info()
        result = await self.run_cell_async(
            source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=problem
        )
        self.events.trigger("post_execute")
        self.events.trigger("post_run_cell", result)
        return result


def _text(error: BaseException | None) -> str:
    try:
        return str(error)
    except Exception as unprintable:
        return f"<{type(unprintable).__name__} in str()>"


def make() -> Shell:
    """The one shell of this process, as a kernel of nbgrader's sets it up."""
    config = Config()
    config.HistoryManager.hist_file = ":memory:"  # no file, and no thread that writes it
    shell = Shell.instance(config=config, kernel=SimpleNamespace(eventloop=None))
    channel = _Channel()
    parts: tuple[Any, Any] = shell.displayhook, shell.display_pub
    for part in parts:
        part.session, part.pub_socket = channel, None
    comm.create_comm = _comm_of(channel)
    formatter: Any = shell.display_formatter
    shown = formatter.format  # what a widget captures is not drawn: nobody would see it
    formatter.format = lambda *given, **named: ({}, {}) if channel.captured else shown(*given, **named)
    shell.set_parent({"header": {"msg_id": "cell"}})
    shell.InteractiveTB.set_mode("Plain")
    shell.run_line_magic("colors", "nocolor")
    builtins.input = getpass.getpass = _nobody_types
    sys.modules["__main__"] = shell.user_module
    return shell


def _nobody_types(*args: Any, **named: Any) -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def reseed() -> None:
    """What is random is another thing for every student, as in a fresh kernel."""
    random.seed()
    np.random.seed(int.from_bytes(os.urandom(4), "little"))
