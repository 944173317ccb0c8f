"""All that was handed in for an assignment, graded: what is done, what is left, and a sentence for what went wrong.

nbgrader's pipeline runs here, for one submission at a time; students' code runs meanwhile, for several. So there is
one writer to the gradebook. A submission is graded in a folder of its own and moved to `autograded/` when all is
written: what is there is finished, whatever happened to the run, and is not graded again.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import logging
import os
import re
import shutil
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.reader import NotJSONError
from nbgrader import preprocessors
from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from twolenses.errors import Error, GradingError, place, suggestion
from twolenses.grading import executor, remarks
from twolenses.grading.executor import Context
from twolenses.grading.quicker import quicker
from twolenses.grading.wire import Job, Ran
from twolenses.handing_in.sanitise import Mend, Vary

__all__ = ["Outcome", "Run"]

STAGE = ".twolenses-grading"
"""Where submissions lie while they are graded, in the course directory."""

LARGEST = 100_000_000
"""Bytes of a notebook that is read."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""What says that a disk takes nothing more."""

PAUSES = (0.5, 2.0, 5.0)
"""Seconds to wait before a locked gradebook is tried once more; SQLite itself waits five each time."""

OURS = {
    preprocessors.Execute: executor.Execute,
    preprocessors.SaveAutoGrades: executor.SaveAutoGrades,
    preprocessors.OverwriteCells: Vary,
}
METADATA = (SchemaTooOldError, SchemaTooNewError, ValidationError, KeyError)


@dataclass
class Outcome:
    """What became of one submission."""

    student: str
    graded: bool = False
    faults: list[str] = field(default_factory=list)
    """What went wrong, and what to do."""
    surprises: list[str] = field(default_factory=list)
    """Where nbgrader's rule gives other points than one would think."""
    cpu: float = 0
    """Seconds of processor time that the student's code took."""


class Run:
    """One assignment of a course directory, to be graded.

    Parameters
    ----------
    course
        nbgrader's course directory; its own configuration counts.
    assignment
        Its name.
    force
        Grade again what is graded.

    Raises
    ------
    GradingError
        If there is no such course, assignment or submission, or the gradebook cannot be read.
    """

    def __init__(self, course: Path, assignment: str, *, force: bool = False) -> None:  # noqa: D107
        self.course, self.assignment = course.resolve(), assignment
        if not self.course.is_dir():
            raise GradingError(f"{place(course)}  is no folder. Name nbgrader's course directory with --course.")
        self._app = _configured(self.course)
        self._dirs = self._app.coursedir
        self._lock = threading.Lock()
        _known(self._dirs.db_url, assignment)
        found = self._submissions()
        if not found:
            there = {path.name for path in (self.course / self._dirs.submitted_directory).glob("*/*")}
            raise GradingError(f"Nobody has handed in {assignment!r}. {suggestion(assignment, there)}")
        self.done = [] if force else [student for student in found if self._is_done(student)]
        """Students whose submission is graded and has not changed."""
        self.waiting = [student for student in found if student not in self.done]
        """Students whose submission is to be graded."""

    def by_hand(self) -> int:
        """How many submissions need a person, by the gradebook."""
        try:
            with Gradebook(self._dirs.db_url) as book:
                return sum(one.needs_manual_grade for one in book.assignment_submissions(self.assignment))
        except SQLAlchemyError as error:
            raise _refused(error) from error

    def _submissions(self) -> list[str]:
        pattern = self._dirs.format_path(
            self._dirs.submitted_directory, "(?P<student>.*)", self.assignment, escape=True
        )
        everyone = self._dirs.format_path(self._dirs.submitted_directory, "*", self.assignment)
        matches = [re.fullmatch(pattern, path) for path in glob.glob(everyone) if os.path.isdir(path)]
        return sorted(match["student"] for match in matches if match)

    def _path(self, step: str, student: str) -> Path:
        return Path(self._dirs.format_path(step, student, self.assignment))

    def _is_done(self, student: str) -> bool:
        """As nbgrader has it: there is a folder, and no newer time was handed in."""
        there = self._path(self._dirs.autograded_directory, student)
        old = self._dirs.get_existing_timestamp(str(there))
        new = self._dirs.get_existing_timestamp(str(self._path(self._dirs.submitted_directory, student)))
        return there.is_dir() and not (old and new and new > old)

    def grade(self, run: Callable[[Job], Ran], *, workers: int = 2) -> Iterator[Outcome]:
        """Grade what waits, and say of each submission what became of it, in the order in which they end.

        Parameters
        ----------
        run
            Runs a notebook: :meth:`twolenses.grading.client.Warm.run`, or a cluster's.
        workers
            How many notebooks run at the same time.

        Raises
        ------
        GradingError
            If the gradebook or the disk takes nothing more. What is done stays done.
        """
        with self._alone(), _elsewhere(self.course), quicker(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what students' notebooks lack, and of nbgrader's queries
            pool = ThreadPoolExecutor(workers)
            self._stopped: GradingError | None = None
            try:
                for one in as_completed([pool.submit(self._unless_stopped, student, run) for student in self.waiting]):
                    yield one.result()
            finally:
                pool.shutdown(cancel_futures=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """No other run grades this course meanwhile; what one that was killed has left is taken away."""
        stage = self.course / STAGE
        with contextlib.ExitStack() as stack:
            try:
                stage.mkdir(exist_ok=True)
                file = stack.enter_context((stage / "lock").open("w"))
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for left in stage.iterdir():
                    if left.is_dir():
                        shutil.rmtree(left)
            except BlockingIOError:
                raise GradingError(
                    f"{place(self.course)}  is being graded by another run. Wait for it to end."
                ) from None
            except OSError as error:
                raise GradingError(
                    f"{place(stage)}  cannot be written: {error.strerror}. Make the course directory writable."
                ) from error
            stack.callback(shutil.rmtree, stage, ignore_errors=True)
            yield

    def _unless_stopped(self, student: str, run: Callable[[Job], Ran]) -> Outcome:
        """What stops one for want of a gradebook or a disk stops all: nobody waits for it once more."""
        if self._stopped:
            raise self._stopped
        try:
            return self._one(student, run)
        except GradingError as error:
            self._stopped = error
            raise

    def _one(self, student: str, run: Callable[[Job], Ran]) -> Outcome:
        outcome = Outcome(student)
        context = Context(run, self._lock)
        with self._lock:
            error = self._attempt(student, context, mended=False)
            if isinstance(error, METADATA):
                outcome.faults.append("nbgrader's metadata had been changed: each cell was looked up in the gradebook")
                context = Context(run, self._lock)
                error = self._attempt(student, context, mended=True)
            outcome.graded = error is None
            outcome.faults += [*context.faults, *([_sentence(error)] if error else [])]
            outcome.surprises, outcome.cpu = context.surprises, context.cpu
            with _writing():
                remarks.add(self.course, self.assignment, student, outcome.faults)
                if outcome.graded:
                    self._finish(student)
        return outcome

    def _attempt(self, student: str, context: Context, *, mended: bool) -> Exception | None:
        """Run nbgrader's pipeline on one submission; why it could not be graded."""
        for pause in (*PAUSES, None):
            converter = _Converter(self._app, self.assignment, student, context)
            if mended and Mend not in converter.sanitize_preprocessors:
                others = [one for one in converter.sanitize_preprocessors if one is not preprocessors.DeduplicateIds]
                converter.sanitize_preprocessors = [Mend, *others]
            try:
                converter.start()
                return None
            except Exception as raised:
                error = _underlying(converter.error or raised)
            if not isinstance(error, SQLAlchemyError):
                break
            if pause is None or "locked" not in str(error):
                raise _refused(error) from error
            self._lock.release()
            time.sleep(pause)
            self._lock.acquire()
        if isinstance(error, OSError) and error.errno in FULL:
            raise _full(error) from error
        return error

    def _finish(self, student: str) -> None:
        """Move what is written to where nbgrader looks for it: from now on it is done."""
        new, there = self._path(STAGE, student), self._path(self._dirs.autograded_directory, student)
        there.parent.mkdir(parents=True, exist_ok=True)
        if there.exists():
            old = new.with_name(f"{new.name}.old")
            there.rename(old)
            new.rename(there)
            shutil.rmtree(old)
        else:
            new.rename(there)


class _Converter(Autograde):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's autograder for one submission, with our executor, into a folder of our own."""

    def __init__(self, app: Any, assignment: str, student: str, context: Context) -> None:
        dirs = CourseDirectory(parent=app, root=app.coursedir.root)
        dirs.assignment_id, dirs.student_id, dirs.autograded_directory = assignment, student, STAGE
        self.error: Exception | None = None
        super().__init__(coursedir=dirs, parent=app, log=_quiet(context))
        self._context = context
        theirs: list[Any] = self.autograde_preprocessors  # type: ignore[has-type]
        self.autograde_preprocessors = [OURS.get(one, one) for one in theirs]
        self.sanitize_preprocessors = [OURS.get(one, one) for one in self.sanitize_preprocessors]  # type: ignore[has-type]

    def init_notebooks(self) -> None:
        dirs = self.coursedir
        folder = self._format_source(dirs.assignment_id, dirs.student_id)
        found = sorted(str(path) for path in Path(folder).glob("*.ipynb"))
        if not found:
            self.error = GradingError("holds no notebook. Ask for NAME.ipynb, as it was given out")
            raise self.error
        for path in found:
            if os.path.getsize(path) > LARGEST:
                self.error = GradingError(
                    f"{os.path.basename(path)} is larger than {LARGEST // 1_000_000} MB: clear it"
                )
                raise self.error
        self.assignments = {folder: found}
        shutil.rmtree(self._format_dest(dirs.assignment_id, dirs.student_id), ignore_errors=True)

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        return {**super().init_single_notebook_resources(notebook_filename), "twolenses": self._context}

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        with self._kept():
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """nbgrader's two passes, without the variable that it sets for the kernel: forks have it already."""
        passes = BaseConverter.convert_single_notebook
        with self._kept():
            try:
                self._init_preprocessors()
                passes(self, notebook_filename)
                self._sanitizing = False
                self._init_preprocessors()
                passes(self, os.path.join(self.writer.build_directory, os.path.basename(notebook_filename)))
            finally:
                self._sanitizing = True

    @contextlib.contextmanager
    def _kept(self) -> Iterator[None]:
        """Keep what went wrong: nbgrader itself only logs it."""
        try:
            yield
        except Exception as error:
            self.error = error
            raise


def _quiet(context: Context) -> logging.Logger:
    """A log that nobody reads, but for the notebooks that are missing."""

    class Missing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage().startswith("No submitted file: "):
                name = os.path.basename(record.getMessage())
                context.faults.append(f"{name} is missing and has no points")

    log = logging.Logger("twolenses.grading", logging.WARNING)
    log.addHandler(Missing())
    return log


def _configured(course: Path) -> Any:
    """nbgrader's application, as its own commands set it up in this folder."""
    with _elsewhere(course):
        app = AutogradeApp(log_level=logging.CRITICAL, raise_config_file_errors=True)
        try:
            app.initialize([], root=str(course))
        except Exception as error:  # a configuration is a program
            raise GradingError(f"{place(course / 'nbgrader_config.py')}  stops: {_first(error)}.") from error
    app.config.Exporter.optimistic_validation = True  # once, after the last preprocessor
    return app


def _known(url: str, assignment: str) -> None:
    """Hold an assignment to the gradebook."""
    path = Path(make_url(url).database or "")
    if url.startswith("sqlite:") and not path.is_file():
        raise GradingError(
            f"{place(path)}  does not exist. Release the assignment first: "
            f"nbgrader generate_assignment {assignment} --create"
        )
    try:
        with Gradebook(url) as book:
            known = {one.name for one in book.assignments}
    except (SQLAlchemyError, ImportError) as error:
        raise GradingError(f"{place(path)}  cannot be used as a gradebook: {_first(error)}.") from error
    if assignment not in known:
        raise GradingError(f"The gradebook has no assignment {assignment!r}. {suggestion(assignment, known)}")


def _underlying(error: Exception) -> Exception:
    """What the database said: nbgrader calls every fault of it an invalid entry."""
    said = error.__context__
    return said if isinstance(error, InvalidEntry) and isinstance(said, SQLAlchemyError) else error


def _refused(error: Exception) -> GradingError:
    """Why the gradebook takes nothing, and what to do."""
    said = _first(error)
    remedy = (
        "Close the program that holds it (formgrader, a spreadsheet or a database viewer)"
        if "locked" in said
        else "Make gradebook.db and its folder writable"
        if "readonly" in said or "read-only" in said
        else "See whether its disk is full"
        if "disk" in said
        else "Put right what it says"
    )
    return GradingError(
        f"The gradebook takes no grades: {said}. {remedy}, and run the command again: what is graded stays."
    )


def _full(error: OSError) -> GradingError:
    return GradingError(
        f"Nothing more can be written: {error.strerror}. Make room, and run the command again: what is graded stays."
    )


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """What cannot be written ends the run with a sentence."""
    try:
        yield
    except OSError as error:
        raise _full(error) from error


def _sentence(error: Exception) -> str:
    """Why a submission was not graded, and what to do."""
    if isinstance(error, Error):
        return f"not graded: {error}"
    if isinstance(error, (NotJSONError, UnicodeDecodeError)):
        return "not graded: a notebook is no JSON, so it was cut off or is another file. Ask for it again"
    if isinstance(error, NbGraderException) and "No notebooks found" in str(error):
        return "not graded: no notebook has a name that the gradebook knows. 'twolenses collect' renames them"
    return f"not graded: {type(error).__name__}: {_first(error)}. 'twolenses validate submissions' says more"


def _first(error: BaseException) -> str:
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(
        "."
    )


@contextlib.contextmanager
def _elsewhere(folder: Path) -> Iterator[None]:
    """Be in a folder for as long as a block lasts."""
    where = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(where)
