"""Every format at once: the questions are read, and their texts rendered, a single time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from twolenses import lms
from twolenses.errors import Error, ExportError
from twolenses.lms import pools
from twolenses.lms.losses import Losses, Written
from twolenses.quiz import Quiz

__all__ = ["Outcome", "modules", "write"]

ENDINGS = {
    "anki": "apkg", "canvas": "zip", "cartridge": "imscc", "moodle": "xml", "paper": "html", "qti21": "zip",
    "qti30": "zip",
}  # fmt: skip
"""How the file of a format ends, where that is not the format's name."""


@dataclass(frozen=True)
class Outcome:
    """What became of one format: its file and what was written, or the sentence that says why not."""

    name: str
    path: Path
    written: Written | None = None
    fault: str = ""


def modules() -> dict[str, Any]:
    """The module of every format by its name, in the order of the alphabet."""
    names = sorted(one.name for one in iter_modules(lms.__path__))
    found = {name: import_module(f"{lms.__name__}.{name}") for name in names if f"{lms.__name__}.{name}" != __name__}
    return {name: module for name, module in found.items() if hasattr(module, "write")}


def write(quizzes: Iterable[Quiz], folder: Path, variants: int = 0, seed: int | str = 0) -> Iterator[Outcome]:
    """Write the questions in every format into a folder, one file each. A format that fails keeps back no other.

    Paper has no variants.

    Raises
    ------
    ExportError
        If the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}  cannot be made: {error.strerror}. Choose another place with -o.") from error
    chosen, fewer = list(quizzes), Losses()
    spread = pools.spread(chosen, variants, seed, fewer)
    for name, module in modules().items():
        path = folder / f"{name}.{ENDINGS.get(name, name)}"
        try:
            if name == "moodle":
                written = module.write(chosen, path, variants=variants, seed=seed)
            elif name == "paper":
                written = module.write(chosen, path)
            else:
                written = module.write(spread, path)
                written = Written(written.questions, (*fewer.lines(), *written.losses))
        except Error as error:
            yield Outcome(name, path, fault=str(error))
        else:
            yield Outcome(name, path, written)
