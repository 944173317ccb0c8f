"""The warm process: everything is imported here once, and each submission runs in a fork of it.

It has one thread, never runs a student's code itself, never sees a test or the gradebook, and does three things: it
forks, it reaps, it says how each fork ended. :mod:`twolenses.grading.client` starts it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
import os
import selectors
import signal
import socket
import sys
from dataclasses import dataclass
from typing import Any

from twolenses import facts, keys, register
from twolenses.grading import sandbox, shell, wire
from twolenses.grading.wire import Limits

__all__ = ["main"]


@dataclass
class _Fork:
    pid: int
    pidfd: int
    status: socket.socket


def main(descriptor: int) -> None:
    """Serve until the socket with this descriptor is closed."""
    folder, wanted = sys.argv[2], sys.argv[3].split(",") if sys.argv[3] else []
    entered = bool(wanted) and sandbox.enter()
    os.setsid() if os.getpgrp() != os.getpid() else None
    control = socket.socket(fileno=descriptor)
    ready = _warm_up(sys.argv[4])
    has = [name for name in sandbox.tried(folder, entered=entered) if name in wanted] if wanted else []
    sandbox.prepare(has)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)  # a chart is ten thousand objects that are needed, and looked at in vain
    wire.send(control, {"has": has, "pid": os.getpid()})
    _serve(control, ready, has)


def _serve(control: socket.socket, ready: shell.Shell, has: list[str]) -> None:
    waiting = selectors.DefaultSelector()
    waiting.register(control, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is control:
                slot, descriptors, _, _ = socket.recv_fds(control, 1, 4)
                if not slot:
                    os._exit(0)
                if fork := _fork(ready, descriptors, slot[0], has):
                    waiting.register(fork.pidfd, selectors.EVENT_READ, fork)
            else:
                waiting.unregister(key.fileobj)
                _reap(key.data)


def _fork(ready: shell.Shell, descriptors: list[int], slot: int, has: list[str]) -> _Fork | None:
    """Fork one submission; its four descriptors are messages, standard output, standard error, and how it ended."""
    status = socket.socket(fileno=descriptors[3])
    try:
        back = sandbox.next_child() if "ends" in has else lambda: None
        pid = os.fork()
        if pid == 0:
            _child(ready, descriptors, slot, has)
        back()
    except OSError as error:
        for one in descriptors[:3]:
            os.close(one)
        wire.send(status, {"refused": str(error)})
        status.close()
        return None
    for one in descriptors[:3]:
        os.close(one)
    pidfd = os.pidfd_open(pid)
    try:
        socket.send_fds(status, [str(pid).encode()], [pidfd])
    except OSError:
        os.kill(pid, signal.SIGKILL)
    return _Fork(pid, pidfd, status)


def _reap(fork: _Fork) -> None:
    _, status, usage = os.wait4(fork.pid, 0)
    os.close(fork.pidfd)
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
    with contextlib.suppress(OSError):  # nobody waits for it any more
        wire.send(fork.status, {"exit": os.waitstatus_to_exitcode(status), "cpu": cpu, "peak": peak})
    fork.status.close()


# ── in the fork ──────────────────────────────────────────────────────────────────────────────────────


def _child(ready: shell.Shell, descriptors: list[int], slot: int, has: list[str]) -> None:
    """Run the cells that come, one after the other. Does not return."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        channel = socket.socket(fileno=_only(descriptors))
        about = wire.receive(channel)
        _settle(about)
        limits = Limits(**about["limits"])
        if "ends" not in has:
            os.setsid()
        if about["confined"]:
            sandbox.confine([about["work"]], about["readable"], limits, slot, has)
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        ready.connect(lambda kind, content: wire.send(channel, [kind, content]))
        while (asked := wire.receive(channel)) is not None:
            word, source = asked
            wire.send(channel, ["done", {**ready.run(loop, source), "word": word}])
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os._exit(0)


def _only(descriptors: list[int]) -> int:
    """Close everything but this submission's own; the number of its channel."""
    channel, out, err, _ = (os.dup(one) for one in descriptors)
    null = os.open(os.devnull, os.O_RDONLY)
    for number, one in enumerate((null, out, err)):
        os.dup2(one, number)
    os.dup2(channel, 3)
    os.set_inheritable(3, False)
    os.closerange(4, 4096)
    return 3


def _settle(about: dict[str, Any]) -> None:
    """The folder, the environment and the chance of one submission."""
    os.chdir(about["work"])
    os.environ.update(about["environment"])
    shell.reseed()
    sys.path.insert(0, "")


# ── before the first fork ────────────────────────────────────────────────────────────────────────────


def _keep_facts(exercise: str) -> None:
    """Compute every fact of the course once, and the key of an exercise: tables do not change while one grades.

    A key that an instructor keeps to themselves is not read here: it reaches the fork of a submission alone.
    """
    register.keep({})
    for name in facts.names():
        facts.figure(name)
    path = keys.find(exercise) if keys.is_name(exercise) else None
    key = keys.EMPTY if path is None else keys.read(path)
    with keys.using(key):
        for compute in [one.compute for one in key.answers.values()] + [one.compute for one in key.mistakes.values()]:
            with contextlib.suppress(Exception):  # it is said where a check asks for it
                register.worked_out(compute)


def _warm_up(exercise: str) -> shell.Shell:
    """Import what notebooks import and do once what is slow the first time, then forget it."""
    ready = shell.make()
    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt
    import pandas as pd
    from matplotlib_inline import backend_inline

    from twolenses import charts, check, data, models  # noqa: F401

    _keep_facts(exercise)
    frame = pd.DataFrame({"n": [1, 2, 3], "name": list("aba"), "on": pd.to_datetime(["2023-05-29"] * 3)})
    frame.groupby("name")["n"].sum().sort_values().plot.bar(label="n")
    plt.close("all")
    frame.merge(frame, on="name").to_html()
    figure, axes = plt.subplots()
    axes.plot(frame["on"], frame["n"], label="n")
    axes.set(title="n", xlabel="on", ylabel="n")
    axes.legend()
    for kind in ("png", "svg"):
        figure.savefig(io.BytesIO(), format=kind, bbox_inches="tight")
    plt.close("all")
    show: Any = backend_inline.show
    show._to_draw, show._draw_called = [], False
    loop = asyncio.new_event_loop()
    ready.connect(lambda kind, content: None)
    for cell in ("1", "x = 1\nprint(x)\nx", "raise ValueError('x')", "1 +"):
        ready.run(loop, cell)
    loop.close()
    ready.reset(new_session=True)
    ready.user_ns.pop("x", None)
    ready.execution_count = 1
    return ready


if __name__ == "__main__":
    main(int(sys.argv[1]))
