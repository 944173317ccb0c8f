"""The folder that a submission may write to, seen from outside while a stranger may be changing it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["give", "remove", "size_of", "written"]

BROUGHT = 20_000_000
"""Bytes of files that are kept of what a notebook wrote."""


def give(folder: Path, user: int) -> None:
    """Make a user the owner of a folder and all in it."""
    for base, folders, files in os.walk(folder):
        os.chown(base, user, user)
        for name in (*folders, *files):
            os.chown(Path(base, name), user, user, follow_symlinks=False)


def size_of(folder: Path) -> int:
    """Bytes that the files of a folder take on disk."""
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


def written(folder: Path, before: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
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


def remove(folder: Path) -> None:
    """Delete a folder, whatever its owner forbids."""

    def again(function: Any, path: str, error: Any) -> None:
        with contextlib.suppress(OSError):
            os.chmod(Path(path).parent, 0o700)
            if not os.path.islink(path):
                os.chmod(path, 0o700)
            function(path)

    shutil.rmtree(folder, onerror=again)
