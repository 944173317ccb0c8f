"""What stands in the place of nbgrader's `Execute`: it has a warm process run the notebook.

Everything before and after it is nbgrader's own. A course may name it in its configuration; ``twolenses grade`` puts it
there by itself::

    c.Autograde.autograde_preprocessors = [Execute, IgnorePattern, ...]  # Execute of twolenses.grading.executor
"""

from __future__ import annotations

import atexit
import contextlib
import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader import preprocessors, utils
from traitlets import Float, Integer

from twolenses import keys
from twolenses.grading.client import Warm
from twolenses.grading.wire import Job, Limits, Ran

__all__ = ["Context", "Execute", "SaveAutoGrades", "fits"]


@dataclass
class Context:
    """What the executor is told besides the notebook, and what it has to tell."""

    run: Callable[[Job], Ran] | None = None
    """Runs a notebook; without it, a warm process of this process's own does."""
    lock: Any = field(default_factory=contextlib.nullcontext)
    """Held by the pipeline, and let go while a notebook runs."""
    faults: list[str] = field(default_factory=list)
    """What went wrong, a sentence each."""
    surprises: list[str] = field(default_factory=list)
    """Where nbgrader's rule gives other points than one would think."""
    cpu: float = 0

    def __deepcopy__(self, memo: Any) -> Context:  # nbconvert copies resources
        return self


def fits(notebook: Any) -> bool:
    """Whether a warm process can run it: Python, on Linux."""
    kernel = notebook.metadata.get("kernelspec", {})
    python = kernel.get("language") == "python" or kernel.get("name", "python3") == "python3"
    return sys.platform == "linux" and bool(python)


class Execute(preprocessors.Execute):  # type: ignore[misc]  # nbgrader has no types
    """Runs the code cells of a notebook in a fork of a warm process."""

    whole = Float(600, help="Seconds for a whole notebook.").tag(config=True)
    memory = Integer(Limits.memory, help="Bytes of memory that a notebook may use.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Run one notebook, in place."""
        context: Context = resources.get("twolenses") or Context()
        if not fits(nb):
            context.faults.append("ran in nbgrader's own executor, which is slower: it is not Python on Linux")
            with _released(context.lock):
                done: tuple[Any, Any] = super().preprocess(nb, resources, km)
                return done
        self.nb, self.resources = nb, resources
        self.reset_execution_trackers()
        cells = [(place, cell) for place, cell in enumerate(nb.cells) if self._runs(cell)]
        job = self._job([cell.source for _, cell in cells], resources)
        with _released(context.lock):
            ran = (context.run or _own().run)(job)
        for number, (place, cell) in enumerate(cells):
            self._apply(place, cell, number, ran)
        _put(ran.files, _folder(resources))
        nb.metadata["language_info"] = LANGUAGE
        context.faults += ran.faults
        context.surprises += [said for _, cell in cells if (said := surprise(cell))]
        context.cpu += ran.cpu
        return nb, resources

    def _runs(self, cell: Any) -> bool:
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", ())
        return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped

    def _job(self, sources: list[str], resources: Any) -> Job:
        about = resources.get("nbgrader", {})
        limits = Limits(cell=self.timeout if self.timeout and self.timeout > 0 else None, whole=self.whole,
                        memory=self.memory)  # fmt: skip
        return Job(tuple(sources), dict(_beside(_folder(resources))), _keys(about), limits)

    def _apply(self, place: int, cell: Any, number: int, ran: Ran) -> None:
        """Put into a cell what running it has put out."""
        cell.outputs, cell.execution_count, self.clear_before_next_output = [], None, False
        for kind, content in ran.messages[number] if number < len(ran.messages) else ():
            message = {"msg_type": kind, "header": {"msg_type": kind}, "content": content, "parent_header": {}}
            self.process_message(message, cell, place)
        cell.execution_count = number + 1
        reply = ran.replies[number] if number < len(ran.replies) else {"status": "interrupted", "why": "dead"}
        if reply.get("status") == "interrupted":
            reply = {**self._ended(number, ran), "status": "error"}
        self.on_cell_executed(cell=cell, cell_index=place, execute_reply={"content": _complete(reply)})

    def _ended(self, number: int, ran: Ran) -> dict[str, Any]:
        """The error of a cell that was interrupted, or did not come to its end."""
        if number < len(ran.replies):
            return dict(self.error_on_timeout)
        said = "The process that ran this notebook had ended before this cell was done."
        return {"ename": "DeadKernelError", "evalue": said, "traceback": [f"DeadKernelError: {said}"]}


class SaveAutoGrades(preprocessors.SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's own; a score above the maximum, on which it drops the submission, goes to a person."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save the scores of one notebook."""
        self._context = resources.get("twolenses") or Context()
        done: tuple[Any, Any] = super().preprocess(nb, resources)
        return done

    def _add_score(self, cell: Any, resources: Any) -> None:
        try:
            utils.determine_grade(cell, self.log)
        except ValueError:
            name = cell.metadata.nbgrader.grade_id
            self._context.faults.append(f"{name} shows more points than it can have; grade this cell by hand")
            grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()
        else:
            super()._add_score(cell, resources)


def surprise(cell: Any) -> str:
    """Where a test cell's points by nbgrader's rule are not what its author may think, a sentence."""
    about = cell.metadata.get("nbgrader", {})
    if not about.get("grade") or about.get("solution"):
        return ""
    kinds = [output.output_type for output in cell.outputs]
    stderr = [output.text for output in cell.outputs if output.get("name") == "stderr"]
    if stderr and "error" not in kinds:
        said = (stderr[0].strip().splitlines() or [""])[0][:80]
        return f"{about.get('grade_id')} has no points because it writes to standard error: {said}"
    shown = next((one.data.get("text/plain", "") for one in cell.outputs if one.output_type == "execute_result"), "")
    if isinstance(shown, str) and shown.startswith(("np.float", "np.int")) and "error" not in kinds:
        return f"{about.get('grade_id')} has full points because it shows {shown[:40]}, which is no number to nbgrader"
    return ""


def _complete(reply: dict[str, Any]) -> dict[str, Any]:
    """A reply with all that nbgrader looks at, whoever has sent it."""
    trace = reply.get("traceback")
    return {
        "status": "error" if reply.get("status") != "ok" else "ok", "ename": str(reply.get("ename", "")),
        "evalue": str(reply.get("evalue", "")), "traceback": list(map(str, trace)) if isinstance(trace, list) else [],
    }  # fmt: skip


LANGUAGE = {
    "name": "python", "version": platform.python_version(), "mimetype": "text/x-python", "file_extension": ".py",
    "codemirror_mode": {"name": "ipython", "version": 3}, "pygments_lexer": "ipython3", "nbconvert_exporter": "python",
}  # fmt: skip


# ── the folder of a submission ───────────────────────────────────────────────────────────────────────


def _folder(resources: Any) -> Path:
    return Path(resources.get("metadata", {}).get("path") or ".")


def _beside(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a submission but its notebooks, which hold the tests."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
            yield str(path.relative_to(folder)), path.read_bytes()


def _put(files: dict[str, bytes], folder: Path) -> None:
    """Leave what a notebook wrote beside it, as nbgrader does."""
    for name, content in files.items():
        path = folder / name
        if path.resolve().is_relative_to(folder.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(content)


def _keys(about: dict[str, str]) -> dict[str, bytes]:
    """The key of the exercise that is graded, and of no other."""
    base = os.environ.get(keys.FOLDER)
    names = {about.get("assignment", ""), about.get("notebook", "")}
    paths = {name: Path(base, name, keys.FILE) for name in names if base and keys.is_name(name)}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


@contextlib.contextmanager
def _released(lock: Any) -> Iterator[None]:
    """Let go of a lock for as long as a block lasts."""
    if not hasattr(lock, "release"):
        yield
        return
    lock.release()
    try:
        yield
    finally:
        lock.acquire()


_shared: list[Warm] = []
_starting = threading.Lock()


def _own() -> Warm:
    """The warm process of this process."""
    with _starting:
        if not _shared:
            _shared.append(Warm())
            atexit.register(_shared[0].close)
        return _shared[0]
