"""What goes to a fork and comes back: the cells of one notebook, the messages of each, in frames of JSON."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from socket import socket
from typing import Any

__all__ = ["LARGEST", "Frames", "Job", "Limits", "Message", "Ran", "receive", "send"]

Message = tuple[str, dict[str, Any]]
"""Type and content, as Jupyter's kernels send them: `stream`, `error`, `execute_result`, `display_data` and so on."""

LARGEST = 64_000_000
"""Bytes of one frame."""

_HEAD = struct.Struct("!I")


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    cell: float | None = 30
    """Seconds for a cell; None for no limit, as nbgrader has it."""
    whole: float = 600
    """Seconds for a notebook, and of processor time for a process."""
    memory: int = 2_000_000_000
    """Bytes of address space for a process, beyond what is imported."""
    processes: int = 32
    files: int = 256
    """Open files of a process."""
    file_size: int = 100_000_000
    disk: int = 500_000_000
    """Bytes in the scratch folder."""
    output: int = 16_000_000
    """Bytes that a cell puts out."""


@dataclass(frozen=True)
class Job:
    """One notebook to run: its code cells in order, and the files beside it."""

    cells: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Relative path → content."""
    keys: Mapping[str, bytes] = field(default_factory=dict)
    """Exercise → its `key.py`, where the course directory has one."""
    limits: Limits = Limits()


@dataclass
class Ran:
    """What came of it. Cells that did not run have no messages, and `faults` say why."""

    messages: list[list[Message]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    """How each cell ended: `status`, and for an error `ename`, `evalue`, `traceback`."""
    faults: list[str] = field(default_factory=list)
    """A sentence for each cell that was interrupted, and for a process that ended before its time."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What the notebook wrote beside itself."""
    cpu: float = 0
    """Seconds of processor time."""
    peak: int = 0
    """Bytes resident at most."""


def send(to: socket, content: Any) -> None:
    """Send one frame."""
    data = json.dumps(content, separators=(",", ":")).encode("utf-8", "surrogatepass")
    to.sendall(_HEAD.pack(len(data)) + data)


def receive(source: socket) -> Any:
    """The next frame; None at the end.

    Raises
    ------
    ValueError
        If it is no JSON, or larger than :data:`LARGEST`.
    """
    head = _exactly(source, _HEAD.size)
    if head is None:
        return None
    data = _exactly(source, _size(head))
    return None if data is None else _read(data)


class Frames:
    """Frames out of bytes as they come, from a sender that may stop in the middle of one."""

    def __init__(self) -> None:  # noqa: D107
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[Any]:
        """Every frame that is complete now.

        Raises
        ------
        ValueError
            If it is no JSON, or larger than :data:`LARGEST`.
        """
        self._data += data
        while len(self._data) >= _HEAD.size:
            end = _HEAD.size + _size(self._data)
            if len(self._data) < end:
                return
            frame = bytes(self._data[_HEAD.size : end])
            del self._data[:end]
            yield _read(frame)


def _size(head: bytes | bytearray) -> int:
    size: int = _HEAD.unpack_from(head)[0]
    if size > LARGEST:
        raise ValueError(f"a frame of {size} bytes")
    return size


def _read(frame: bytes) -> Any:
    try:
        return json.loads(frame.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("a frame nested too deeply") from error


def _exactly(source: socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = source.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)
