"""The key of an exercise, read from `key.py` in its folder: its answers, and the mistakes it knows.

Whose key a notebook's checks ask is said in its first cell, ``check.exercise("05-arms-race")``. The key is looked for

1. in the folder that the environment variable ``TWOLENSES_KEYS`` names, ``NAME/key.py``: where a grader keeps it;
2. in the course;
3. beside the notebook, ``key.py``: where an open exercise of an instructor's own has it (not while grading, since a
   student could have written it).

An exercise without any of these is *sealed*: its checks look at the form of an answer, and the value is judged where
the key is.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from twolenses import course
from twolenses.answers import ANSWERS, Answer
from twolenses.errors import Error, ExerciseError, place
from twolenses.mistakes import MISTAKES, Mistake
from twolenses.register import use_values, using_values

__all__ = [
    "EMPTY",
    "FILE",
    "FOLDER",
    "Key",
    "adopt",
    "find",
    "grading",
    "is_name",
    "page",
    "read",
    "sealed",
    "use",
    "using",
]

FILE = "key.py"
WORDS = "words.json.bz2"
FOLDER = "TWOLENSES_KEYS"


@dataclass(frozen=True)
class Key:
    """What a `key.py` defines."""

    answers: dict[str, Answer]
    mistakes: dict[str, Mistake]


EMPTY = Key({}, {})
"""Of an exercise whose keys are all facts."""

_in_use = ""
_sealed = False


def grading() -> bool:
    """Whether nbgrader is running this notebook to grade it."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def find(exercise: str) -> Path | None:
    """Where the key of an exercise lies; None where it is sealed.

    Raises
    ------
    ExerciseError
        If the name is no plain name of a folder, such as ``../05-arms-race``.
    """
    if not is_name(exercise):
        raise ExerciseError(f"{exercise!r} is no name of an exercise. Write the name of its folder, without a path.")
    given = os.environ.get(FOLDER)
    places = [Path(given, exercise)] if given else []
    places.append(course.root() / "exercises" / "notebooks" / exercise)
    if not grading():
        places.append(Path.cwd())
    return next((one / FILE for one in places if (one / FILE).is_file()), None)


def is_name(text: object) -> bool:
    """Whether a text can be the name of an exercise: a plain name of a folder."""
    return isinstance(text, str) and re.fullmatch(r"\w(?:[\w .-]*\w)?", text) is not None


def read(path: Path) -> Key:
    """Run a `key.py`; none there is a key without answers.

    Raises
    ------
    ExerciseError
        If it stops, or two of its answers or mistakes have one name. The sentence names the line.
    """
    try:
        return _read(path.resolve(), path.stat().st_mtime_ns)
    except FileNotFoundError:
        return EMPTY


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Key:
    module = ModuleType(f"key_of_{path.parent.name}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and pickles look a module up by its name
    key = Key({}, {})
    with using(key):
        try:
            exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), vars(module))
        except Exception as error:
            raise ExerciseError(f"{place(path, _line(error, path))}  {_sentence(error)}") from error
    return key


def _line(error: Exception, path: Path) -> int:
    """The line of the file itself that was last run."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return (lines or [1])[-1] or 1


def _sentence(error: Exception) -> str:
    if isinstance(error, Error):
        return str(error)
    return f"stops with {type(error).__name__}: {error}. Mend the key before its exercise is used."


@contextmanager
def using(key: Key, varied: Mapping[str, Any] | None = None) -> Iterator[Key]:
    """Ask this key for as long as a block lasts, for a copy with these values in the place of the standard ones."""
    with ANSWERS.using(key.answers), MISTAKES.using(key.mistakes), using_values(varied or {}):
        yield key


def sealed() -> bool:
    """Whether the exercise in use has no key here. Never while grading: nobody gets marks for the form alone."""
    return _sealed and not grading()


def page() -> str:
    """The text of the exercise in use, where its master lies beside its key: what must not be handed back as one's own.

    Solutions are left out. Where there are no masters, as in a browser, it is the words of the notebook.
    """
    path = find(_in_use) if _in_use else None
    if path is None:
        return ""
    try:
        text = path.with_name("exercise.md").read_text(encoding="utf-8")
    except OSError:
        return _words(path.parents[1] / WORDS, _in_use)
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)


def _words(path: Path, exercise: str) -> str:
    import bz2

    try:
        return str(json.loads(bz2.decompress(path.read_bytes()))[exercise])
    except (OSError, KeyError):
        return ""


def adopt(answer: str) -> None:
    """Where no exercise was named, as in notebooks older than release 0.2: use the one that knows the answer.

    Raises
    ------
    ExerciseError
        If an exercise was named whose key is missing while it is graded.
    """
    if _in_use:
        _hold_key(_in_use, find(_in_use))
        return
    for path in sorted((course.root() / "exercises" / "notebooks").glob(f"*/{FILE}")):
        if answer in read(path).answers:
            return use(path.parent.name)


def use(exercise: str, varied: Mapping[str, Any] | None = None, *, whose: str | None = None) -> None:
    """Ask the key of that exercise from now on; without one the exercise is sealed.

    Parameters
    ----------
    varied
        What a student's own copy has in the place of the standard values.
    whose
        The student whose copy it is; an empty text where it should be somebody's and is nobody's.

    Raises
    ------
    ExerciseError
        If it cannot be read, or is missing while the exercise is graded, or the copy is nobody's. Then no answer is
        known, of no exercise.
    """
    global _in_use, _sealed
    path = find(exercise)
    _in_use, _sealed = exercise, path is None
    ANSWERS.use({})
    MISTAKES.use({})
    use_values(varied or {})
    if whose == "":
        raise ExerciseError(
            f"This copy of {exercise!r} is nobody's, and each student has countries, years or numbers of their own. "
            "Students open the copy that was made for them; who grades names twolenses.handing_in.sanitise.Vary in "
            "nbgrader_config.py, as 'twolenses assign nbgrader' with a roster does."
        )
    _hold_key(exercise, path)
    key = read(path) if path else EMPTY
    ANSWERS.use(key.answers)
    MISTAKES.use(key.mistakes)


def _hold_key(exercise: str, path: Path | None) -> None:
    if path is None and grading():
        raise ExerciseError(
            f"The key of {exercise!r} is not here, so nothing can be graded. nbgrader_config.py names the folder of "
            f"keys, {FOLDER}, and {exercise}/{FILE} lies in it: 'twolenses assign nbgrader' writes both."
        )
