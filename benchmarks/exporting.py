"""How long an export takes and what memory it needs, format by format. Run: python benchmarks/exporting.py

Each run is the command in a fresh process: the whole bank, with three variants of what varies, then chapter 1. Times
are processor seconds, which a busy machine disturbs least; the median of five. Nothing here is a test.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from twolenses import cli

RUNS = 5
COMMAND = Path(sys.executable).with_name("twolenses")
BOUND = 3.0, 150


def run(*arguments: str) -> tuple[float, float]:
    """Processor seconds, and megabytes at most, of one process."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(COMMAND, [str(COMMAND), *arguments], os.environ, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    assert status == 0, arguments
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def median(*arguments: str) -> tuple[float, float]:
    """Of several runs, each number by itself."""
    seconds, megabytes = zip(*(run(*arguments) for _ in range(RUNS)), strict=True)
    return statistics.median(seconds), statistics.median(megabytes)


def main() -> None:
    """Print the table."""
    print(f"{'':10}  whole bank  bound {BOUND[0]:g} s, {BOUND[1]} MB      chapter 1")
    for name in (*cli.FORMATS, "moodle"):
        with tempfile.TemporaryDirectory() as folder:
            command = ("export", name, "-o", str(Path(folder) / "export"))
            whole = median(*command, "--variants", "3", "--seed", "x")
            chapter = median(*command, "--chapter", "1")
        print(f"{name:10}  {whole[0]:5.2f} s  {whole[1]:4.0f} MB {'':16} {chapter[0]:5.2f} s  {chapter[1]:4.0f} MB")


if __name__ == "__main__":
    main()
