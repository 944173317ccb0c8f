"""A package in QTI 2.1."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from twolenses.lms import writing
from twolenses.lms.losses import Written
from twolenses.lms.qti import packages
from twolenses.lms.qti.items import KINDS
from twolenses.lms.qti.versions import V21
from twolenses.quiz import Quiz

__all__ = ["KINDS", "write"]


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as a package in QTI 2.1 (`.zip`).

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    return writing.save(quizzes, path, KINDS, partial(packages.document, version=V21))
