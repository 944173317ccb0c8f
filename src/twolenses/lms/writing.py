"""What writing a file is like in every format: types chosen, losses collected, a fault placed, nothing half-written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from twolenses import files
from twolenses.errors import Error, ExportError, place
from twolenses.lms import select
from twolenses.lms.characters import illegal
from twolenses.lms.losses import Losses, Written, held
from twolenses.lms.pools import Pool
from twolenses.quiz import Quiz, pictures, vary
from twolenses.quiz.types import BaseQuestion

__all__ = ["Pictures", "chapter", "each", "ident", "packed", "save", "title"]

T = TypeVar("T")


def save(
    quizzes: Iterable[Quiz],
    path: Path,
    kinds: Mapping[str, str],
    document: Callable[[list[Quiz], Losses], str | bytes],
    refused: Callable[[BaseQuestion], str] = lambda question: "",
) -> Written:
    """Write what `document` makes of the questions whose type is among `kinds`.

    `refused` says what else keeps a question out, in a few words, or nothing.

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    losses = Losses()
    chosen = held(quizzes, lambda question: question.type in kinds, losses)
    chosen = [_without(quiz, refused, losses) for quiz in chosen]
    for question in (question for quiz in chosen for question in quiz):
        if removed := illegal(question):
            losses.of(question, f"{removed} control characters, which no page can hold, are left out")
        if question.vary and (count := len(vary.combinations(question.written))) > 1:
            losses.of(question, f"the first of {count} variants; --variants N writes more")
    content = document(chosen, losses)
    try:
        files.write(path, content)
    except OSError as error:
        raise ExportError(
            f"{place(path)}  cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    return Written(sum(map(len, chosen)), losses.lines())


def _without(quiz: Quiz, refused: Callable[[BaseQuestion], str], losses: Losses) -> Quiz:
    kept = []
    for question, line in zip(quiz.questions, quiz.lines, strict=True):
        if why := refused(question):
            losses.of(question, f"{why}; left out")
        else:
            kept.append((question, line))
    return replace(quiz, questions=tuple(q for q, _ in kept), lines=tuple(line for _, line in kept))


def each(quiz: Quiz, make: Callable[[BaseQuestion], T]) -> Iterator[T]:
    """What `make` makes of each question, or an error that says where it stands."""
    for question, line in zip(quiz, quiz.lines, strict=True):
        try:
            yield make(question)
        except Error as error:
            raise ExportError(f"{place(quiz.path, line)}  question {question.id!r} {error}") from error


def title(quiz: Quiz) -> str:
    """The number and title of a quiz."""
    title = select.title(quiz)
    return f"{quiz.name[:2]} {title}" if quiz.name[:2].isdigit() else title


def chapter(quiz: Quiz) -> str:
    """The number and title of a quiz, and the question that it holds variants of."""
    return f"{title(quiz)}: {quiz.base} (variants)" if isinstance(quiz, Pool) else title(quiz)


def ident(*names: str) -> str:
    """A name for a machine, the same whenever the names are: what lets a platform know a question again."""
    return f"tl{sha256('/'.join(names).encode()).hexdigest()[:30]}"


@dataclass
class Pictures:
    """The files of a package that its texts show."""

    prefix: str
    found: dict[str, bytes] = field(default_factory=dict)

    def placed(self, html: str, folder: Path) -> str:
        """The HTML with every picture at its place in the package."""
        for address in {one for one, _ in pictures.IMG.findall(html)}:
            picture = pictures.read(address, folder)
            self.found[picture.unique_name] = picture.content
            html = html.replace(f'src="{address}"', f'src="{self.prefix}{picture.unique_name}"')
        return html


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive, the same bytes for the same parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
