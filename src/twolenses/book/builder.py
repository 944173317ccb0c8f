"""The process that builds, from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from twolenses.book.running import ENDED, WARM

__all__ = ["Builder"]


ENVIRONMENT = {
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # or it looks for some in every package that is installed
    "PYTHONUNBUFFERED": "1",
}


class Builder:
    """A process that builds the book of a folder as often as it is asked.

    Parameters
    ----------
    folder
        A checkout.
    warm
        Whether it imports everything now and then builds in forks: slower once, and quicker every time.
    """

    def __init__(self, folder: Path, *, warm: bool = False) -> None:  # noqa: D107
        self._folder, self._warm = folder, warm
        self.code = 0
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "twolenses.book.running", str(self._folder), *([WARM] if self._warm else [])]
        self._process = subprocess.Popen(
            command,
            cwd=self._folder,
            env=os.environ | ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def build(self) -> Iterator[str]:
        """What the builder says while it builds; then `code` is its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("build\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith(ENDED):
                self.code = int(line.removeprefix(ENDED))
                return
            yield line
        self.code = self._process.wait() or 1  # it has ended itself

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def renew(self) -> None:
        """Start again with the package as it is now."""
        self.close()
        self._start()

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._process.terminate()
        self.close()
