"""How long a student or an instructor waits before anything happens. Run: python benchmarks/startup.py

Prints the median of nine runs in seconds, each in a fresh interpreter where that matters, and the bound that the
design sets. Nothing here is a test: a slow machine is not a fault of the course.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from twolenses import data

RUNS = 9
COMMAND = Path(sys.executable).with_name("twolenses")


def process(*command: str | Path) -> float:
    """Median wall time of a whole process."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def inside(statement: str, setup: str = "pass") -> float:
    """Median time of one statement in a fresh interpreter, after `setup`."""
    script = f"import time; {setup}; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    runs = [
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True) for _ in range(RUNS)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def reading(table: str) -> float:
    """Median time to read and type a table from disk, the cache emptied before each run."""
    times = []
    for _ in range(RUNS):
        data._load.cache_clear()
        start = time.perf_counter()
        data.load(table)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    print(f"{process(COMMAND, '--help'):7.3f}  0.400  twolenses --help")
    print(f"{inside('import twolenses.data', 'import pandas'):7.3f}  0.050  import twolenses.data, after pandas")
    print(f"{inside('import twolenses.facts', 'import pandas'):7.3f}         import twolenses.facts, after pandas")
    slowest = max(data.tables(), key=reading)
    print(f"{reading(slowest):7.3f}  0.020  load('{slowest}'), the slowest of {len(data.tables())} tables")


if __name__ == "__main__":
    main()
