"""The experiment in a folder: consent to fill in, surveys for learning platforms, notebook, a class that never was."""

from __future__ import annotations

import re
from pathlib import Path

from twolenses import course, files
from twolenses.errors import FramingError, place
from twolenses.exercises.plain_page import as_notebook
from twolenses.framing import answers, canvas, feedback, qti, texts
from twolenses.lms.qti.versions import V21, V30

__all__ = ["CONSENT", "PAGE", "write"]

CONSENT = "consent.md"
PAGE = "chapters/instructors/framing-results.md"
"""The page that is the notebook."""


def write(folder: Path) -> list[str]:
    """Write everything into a folder; what to say about it. A consent that lies there is kept, and used.

    Raises
    ------
    FramingError
        If a file cannot be read or written.
    """
    survey = texts.load()
    consent = _consent(folder / CONSENT, survey.consent)
    made_up = answers.made_up()
    parts: dict[str, str | bytes] = {
        CONSENT: f"{consent}\n",
        "canvas.zip": canvas.package(survey, consent),
        "framing.ipynb": as_notebook(course.root() / PAGE, "framing", install=True),
    }
    for name in survey.versions:
        parts[f"moodle-{name}.xml"] = feedback.document(survey, name, consent)
        parts[f"qti21-{name}.zip"] = qti.package(survey, name, consent, V21)
        parts[f"qti30-{name}.zip"] = qti.package(survey, name, consent, V30)
        parts[f"made-up-{name}.csv"] = answers.written(made_up, name)
    for name, content in parts.items():
        try:
            files.write(folder / name, content)
        except OSError as error:
            raise FramingError(
                f"{place(folder / name)}  cannot be written: {error.strerror}. Choose another --to."
            ) from error
    lines = [f"{place(folder)}: {', '.join(sorted(parts))}."]
    if gaps := re.findall(r"\[[^\]]+\](?!\()", consent):
        lines.append(
            f"{place(folder / CONSENT)} has {len(gaps)} places in brackets, the first {gaps[0]}. Fill them in and run "
            "this again: no survey is for students before that."
        )
    return lines


def _consent(path: Path, ours: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").strip() if path.exists() else ours
    except (OSError, UnicodeDecodeError) as error:
        raise FramingError(f"{place(path)}  cannot be read as UTF-8 text: {error}.") from error
