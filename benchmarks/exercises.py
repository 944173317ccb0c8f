"""How long each exercise takes, solved, in a fresh kernel, and how much memory.

    python benchmarks/exercises.py [NAME …]

The bound is 20 seconds and 1 GB for a whole notebook on two cores.
"""

from __future__ import annotations

import sys
import time

import nbformat
from nbclient import NotebookClient

from twolenses import exercises

PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"


def measure(name: str) -> tuple[float, int]:
    """Seconds from starting the kernel to its last cell, and the peak of its memory in MB."""
    master = exercises.exercise(name)
    notebook = exercises.rebuild(master, lambda cell: setattr(cell, "source", exercises.keep_all(cell.source)))
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    start = time.perf_counter()
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    return time.perf_counter() - start, int(notebook.cells[-1].outputs[0].text)


if __name__ == "__main__":
    print(f"{'exercise':<28} {'seconds':>7} {'MB':>5}")
    for name in sys.argv[1:] or [path.stem for path in exercises.masters()]:
        seconds, megabytes = measure(name)
        print(f"{name:<28} {seconds:>7.1f} {megabytes:>5}")
