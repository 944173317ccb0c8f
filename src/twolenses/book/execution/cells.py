"""What runs in the fork: the cells of one notebook, in the kernel's own shell."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from IPython.core.pylabtools import activate_matplotlib
from matplotlib_inline.backend_inline import configure_inline_support
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from twolenses.grading import shell

__all__ = ["Outputs", "run"]

INLINE = "module://matplotlib_inline.backend_inline"

Outputs = list[list[NotebookNode]]
"""For each code cell what it put out, as nbformat's outputs."""

SHOWN = ("stream", "display_data", "execute_result")


def run(sources: list[str], folder: str, timeout: int, send: Callable[[Outputs], None]) -> None:
    """Run code cells one after the other, once in the life of a process.

    Parameters
    ----------
    sources
        The code of each cell.
    folder
        Where they run.
    timeout
        Seconds that a cell may take.
    send
        Called with the outputs at the end; not called if a cell fails, takes too long, or puts out what only a kernel
        can keep, such as a widget.
    """
    os.chdir(folder)
    signal.signal(signal.SIGALRM, _too_late)
    ready = shell.make()
    activate_matplotlib(INLINE)  # a cell shows the charts that it draws
    configure_inline_support(ready, INLINE)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    ran: Outputs = []
    for source in sources:
        said: list[dict[str, Any]] = []
        ready.connect(partial(_note, said))
        signal.alarm(timeout)
        ended = ready.run(loop, source)
        signal.alarm(0)
        if ended["status"] != "ok" or any(one["msg_type"] not in SHOWN for one in said):
            return
        ran.append([output_from_msg({"header": one, **one}) for one in said])
    send(ran)


def _note(said: list[dict[str, Any]], kind: str, content: dict[str, Any]) -> None:
    said.append({"msg_type": kind, "content": content})


def _too_late(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
