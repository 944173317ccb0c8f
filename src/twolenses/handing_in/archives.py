"""The files of an archive or a folder, read within bounds and never written anywhere.

Names in an archive are somebody else's: they say whose a file is, and are never used as a path.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from twolenses.errors import HandingInError
from twolenses.handing_in.notebooks import is_leftover

__all__ = ["LIMITS", "File", "Limits", "walk"]


@dataclass(frozen=True)
class Limits:
    """How much is read: entries of an archive, bytes of a file, bytes of all, and how far a large file may unpack."""

    entries: int = 50_000
    size: int = 256_000_000
    total: int = 8_000_000_000
    ratio: float = 200
    large: int = 64_000_000
    """Smaller files may unpack by more: a loop that prints one line for ever compresses well."""


LIMITS = Limits()


@dataclass(frozen=True)
class File:
    """A file that was found, or a sentence on why it is not read."""

    shown: str
    """What to call it in a sentence."""
    parts: tuple[str, ...]
    """Folders and name, within what was given; an archive in it is a folder."""
    read: Callable[[], bytes] = bytes
    when: datetime | None = None
    """When it was last changed, in UTC."""
    archived: bool = False
    """Whether the time is the archive's own, which copying the archive does not change."""
    refused: str = ""


def walk(path: Path, stack: ExitStack, limits: Limits = LIMITS) -> Iterator[File]:
    """Every file of a zip archive or a folder, or the one file that `path` is; archives inside it once more.

    What is only a computer's leftover is passed over. Archives stay open until `stack` is closed.

    Raises
    ------
    HandingInError
        If it cannot be read, or is an archive of too many files.
    """
    try:
        if path.is_dir():
            found = _folder(path)
        elif zipfile.is_zipfile(path):
            found = _archive(path.open("rb"), path.name, stack, _Budget(limits))
        else:
            found = iter([_of_disk(path, (path.name,))])
        for file in found:
            yield file
            if not file.refused and file.parts[-1].lower().endswith(".zip"):
                yield from _inside(file, stack, limits)
    except OSError as error:
        raise HandingInError(f"{path}  cannot be read: {error.strerror or error}.") from error


def _inside(file: File, stack: ExitStack, limits: Limits) -> Iterator[File]:
    """The files of an archive that lies in an archive or a folder."""
    try:
        for one in _archive(io.BytesIO(file.read()), file.shown, stack, _Budget(limits)):
            yield replace(one, parts=(*file.parts, *one.parts))
    except HandingInError as error:
        yield replace(file, refused=str(error))


def _folder(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if is_leftover(parts):
            continue
        if path.is_symlink():
            yield File(str(path), parts, refused="is a link: not followed")
        elif path.is_file():
            yield _of_disk(path, parts)


def _of_disk(path: Path, parts: tuple[str, ...]) -> File:
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return File(str(path), parts, lambda: _bounded(path.open("rb"), LIMITS.size), changed)


def _bounded(file: BinaryIO, size: int) -> bytes:
    with file:
        data = file.read(size + 1)
    if len(data) > size:
        raise HandingInError(f"is larger than {size:,} bytes: not read")
    return data


class _Budget:
    """The bytes that one archive may still give."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.total

    def take(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """Read an entry, whatever size its header promises."""
        try:
            data = _bounded(archive.open(info), min(self.limits.size, self.left))  # type: ignore[arg-type]
        except HandingInError:
            raise
        except RuntimeError as error:  # zipfile's word for a password
            raise HandingInError("cannot be unpacked: it needs a password") from error
        except Exception as error:  # and what its decompressors raise
            raise HandingInError(f"cannot be unpacked: {error or type(error).__name__}") from error
        self.left -= len(data)
        return data


def _archive(opened: BinaryIO, shown: str, stack: ExitStack, budget: _Budget) -> Iterator[File]:
    stack.callback(opened.close)
    try:
        archive = stack.enter_context(zipfile.ZipFile(opened))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise HandingInError(f"{shown}  cannot be read as a zip archive: {error}. Download it again.") from error
    infos = archive.infolist()
    if len(infos) > budget.limits.entries:
        raise HandingInError(f"{shown}  holds {len(infos):,} files, more than {budget.limits.entries:,}: not read.")
    for info in infos:
        name = info.filename.replace("\\", "/")
        parts = tuple(part for part in name.split("/") if part not in ("", "."))
        if info.is_dir() or not parts or is_leftover(parts):
            continue
        yield File(
            shown=f"{shown}: {name}",
            parts=parts[-1:] if ".." in parts else parts,
            read=partial(budget.take, archive, info),
            when=_when(info),
            archived=True,
            refused=_refusal(info, name, budget.limits),
        )


def _refusal(info: zipfile.ZipInfo, name: str, limits: Limits) -> str:
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        return "has a name that leads out of the archive: not read"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link: not followed"
    if info.file_size > limits.size:
        return f"unpacks to {info.file_size:,} bytes, more than {limits.size:,}: not read"
    if info.file_size > limits.large and info.file_size > limits.ratio * max(info.compress_size, 1):
        return f"unpacks to {info.file_size // max(info.compress_size, 1):,} times its size: not read"
    return ""


def _when(info: zipfile.ZipInfo) -> datetime | None:
    """The time of an entry: to the second in UTC where the archive says so, else by this computer's clock."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == 0x5455 and len(field) >= 5 and field[0] & 1:
            return datetime.fromtimestamp(struct.unpack("<i", field[1:5])[0], UTC)
    if info.date_time[0] <= 1980:
        return None
    try:
        return datetime(*info.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
