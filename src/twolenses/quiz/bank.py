"""Quiz files: a YAML list of questions per chapter, read with line numbers so that an error can name its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from twolenses import course, plain_yaml
from twolenses.errors import Error, QuizError, place, suggestion
from twolenses.quiz import called, files, vary
from twolenses.quiz.types import TYPES, BaseQuestion, Question

__all__ = ["Problem", "Quiz", "holding", "load", "parse", "pick", "read", "schema"]


@dataclass(frozen=True)
class Problem:
    """Something to mend: the file, the line (0 where it is the whole file), and a sentence."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{place(self.path, self.line or None)}  {self.sentence}"


@dataclass(frozen=True)
class Quiz:
    """The questions of one file, in order, and the line each starts in; or some of a folder, under a name of theirs."""

    path: Path
    questions: tuple[BaseQuestion, ...]
    lines: tuple[int, ...]
    called: str = ""

    @property
    def name(self) -> str:
        """File name without suffix: ``01-reading-the-case``."""
        return self.called or self.path.stem

    @property
    def folder(self) -> Path:
        """Where the paths of its pictures start."""
        return self.path if self.path.is_dir() else self.path.parent

    def __iter__(self) -> Iterator[BaseQuestion]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, id: str) -> BaseQuestion:
        for question in self.questions:
            if question.id == id:
                return question
        raise QuizError(f"{place(self.path)}  has no question {id!r}. {suggestion(id, [q.id for q in self.questions])}")


def load(name: str, folder: Path | None = None) -> Quiz:
    """One quiz by its name, by its chapter's number, or by the name without the number.

    Raises
    ------
    QuizError
        If there is none, or its file does not have the form of the bank.
    """
    found = {path.stem: path for path in files(folder)}
    return read(found[called(name, found)])


def pick(ids: Sequence[str], folder: Path | None = None) -> Quiz:
    """Some questions of the bank, from any of its files, in the order given.

    Raises
    ------
    QuizError
        If there is no such question, or one is named twice.
    """
    if twice := [id for number, id in enumerate(ids) if id in ids[:number]]:
        raise QuizError(f"The question {twice[0]!r} is named twice. Take one out.")
    read_now = [parse(path) for path in files(folder)]
    found = {one.id: (one, line) for quiz, _ in read_now for one, line in zip(quiz, quiz.lines, strict=True)}
    for id in ids:
        if id not in found:
            unformed = [problem for _, problems in read_now for problem in problems]
            raise QuizError("\n".join([f"There is no question {id!r}. {suggestion(id, found)}", *map(str, unformed)]))
    questions, lines = tuple(found[id][0] for id in ids), tuple(found[id][1] for id in ids)
    return Quiz(folder or course.root() / "exercises" / "quizzes", questions, lines, called="-".join(ids))


def holding(ids: Sequence[str], folder: Path | None = None) -> list[Path]:
    """The files that hold one of these questions."""
    return [path for path in files(folder) if any(one.id in ids for one in parse(path)[0])]


def read(path: Path) -> Quiz:
    """Read a quiz file.

    Raises
    ------
    QuizError
        If it is not valid YAML, or a question lacks something or has something it should not have. Every such
        place is named, one sentence per line.
    """
    quiz, problems = parse(path)
    if problems:
        raise QuizError("\n".join(map(str, problems)))
    return quiz


def parse(path: Path) -> tuple[Quiz, list[Problem]]:
    """The questions that have the form of the bank, and what is wrong with the others.

    A file is read once for each time that it was saved: many pages ask for every file of the bank.
    """
    quiz, problems = _parsed(path, path.stat().st_mtime_ns if path.exists() else 0)
    return quiz, list(problems)


@lru_cache(maxsize=64)
def _parsed(path: Path, changed: int) -> tuple[Quiz, list[Problem]]:
    try:
        return _read_quickly(path), []
    except (plain_yaml.Unsure, ValidationError, Error, OSError, UnicodeDecodeError):
        return _read_closely(path)


def _read_quickly(path: Path) -> Quiz:
    """The quiz of a file in which nothing is wrong.

    Raises
    ------
    Exception
        If anything is: `_read_closely` says what, and where.
    """
    entries = plain_yaml.entries(path.read_text(encoding="utf-8"))
    questions = tuple(vary.question(entry) for entry, _ in entries)
    return Quiz(path, questions, tuple(line for _, line in entries))


def _read_closely(path: Path) -> tuple[Quiz, list[Problem]]:
    """Each entry with the places of its parts, so that every fault has its line."""
    try:
        entries = _yaml(path)
    except _Unreadable as error:
        return Quiz(path, (), ()), [Problem(path, error.line, error.sentence)]
    questions: list[BaseQuestion] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        line = entries.lc.item(number)[0] + 1
        try:
            questions.append(vary.question(_plain(entry)))
            lines.append(line)
        except ValidationError as error:
            problems += dict.fromkeys(_problem(path, entry, line, number, one) for one in error.errors())
        except Error as error:
            problems.append(Problem(path, _line(entry, ["vary"], line), f"{_called(entry, number)}: vary: {error}"))
    return Quiz(path, tuple(questions), tuple(lines)), problems


def schema() -> dict[str, Any]:
    """The form of a quiz file as JSON Schema, made from the models: what an editor completes and checks while typing.

    `exercises/quizzes/schema.json` is this, written down; the first line of a quiz file names it.
    """
    made = TypeAdapter(list[Question]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A quiz of Two Lenses", **made}


class _Unreadable(Exception):
    def __init__(self, line: int, sentence: str) -> None:
        self.line, self.sentence = line, sentence


def _yaml(path: Path) -> CommentedSeq:
    try:
        entries = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        say = f"is not valid YAML: {error.problem}. Quote texts that hold a colon and a space."
        raise _Unreadable(line, say) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _Unreadable(0, f"cannot be read: {error}.") from error
    if not isinstance(entries, CommentedSeq) or not entries:
        raise _Unreadable(1, "is not a list of questions. Start each with '- id: …'.")
    for number, entry in enumerate(entries):
        if not isinstance(entry, CommentedMap):
            line = entries.lc.item(number)[0] + 1
            raise _Unreadable(line, f"item {number + 1} is not a question. Start it with '- id: …'.")
    return entries


def _plain(node: Any) -> Any:
    """The YAML tree as plain Python, which pydantic's errors then index the same way."""
    if isinstance(node, dict):
        return {str(key).lower() if isinstance(key, bool) else str(key): _plain(one) for key, one in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


_SAY = {
    "missing": "is missing. Add it.",
    "extra_forbidden": "is not known here. Check the spelling, or take it out.",
    "string_too_short": "is empty. Write it.",
    "union_tag_invalid": "is not a question type.",
    "union_tag_not_found": "is missing. Add 'type:'.",
    "model_type": "has no fields. Write each as 'name: value', indented under it.",
    "dict_type": "has no fields. Write each as 'name: value', indented under it.",
    "list_type": "is no list. Write each entry behind a '- '.",
}


def _problem(path: Path, entry: CommentedMap, line: int, number: int, error: Any) -> Problem:
    """One of pydantic's errors as file, line, question, field and remedy."""
    steps = _steps(entry, error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    say = _SAY.get(error["type"], f"{message[0].lower()}{message[1:].rstrip('.')}.")
    if error["type"].startswith("union_tag"):
        node: Any = entry
        for step in steps:
            node = node[step]
        steps = [*steps, "type"]
        if error["type"] == "union_tag_invalid":
            kinds = TYPES if node is entry else ["choice", "text", "number"]
            what = "a question type" if node is entry else "a kind of blank"
            say = f"{node['type']!r} is not {what}. {suggestion(str(node['type']), kinds)}"
    return Problem(path, _line(entry, steps, line), f"{_called(entry, number)}: {_field(steps)} {say}")


def _called(entry: CommentedMap, number: int) -> str:
    return f"question {entry['id']!r}" if "id" in entry else f"question number {number + 1}"


def _steps(entry: Any, location: tuple[Any, ...]) -> list[Any]:
    """The way to the error as it stands in the file: without the tags of what may stand there."""
    node, steps = entry, []
    for step in location:
        if str(step).startswith("#"):
            continue
        steps.append(step)
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
    return steps


_ONE = {
    "blanks": "blank", "hint": "hint", "items": "item", "near": "near miss", "options": "option", "pairs": "pair",
    "reasons": "reason", "rubric": "row", "source": "source", "statements": "statement",
}  # fmt: skip


def _field(steps: list[Any]) -> str:
    """``blanks, 0, options, 1, feedback`` as *feedback of option 2 of blank 1*."""
    words: list[str] = []
    for step in steps:
        if isinstance(step, int) and words:
            words[-1] = f"{_ONE.get(words[-1], words[-1])} {step + 1}"
        else:
            words.append(str(step))
    return " of ".join(reversed(words))


def _line(entry: Any, steps: list[Any], line: int) -> int:
    """The line of the deepest step that stands in the file."""
    node = entry
    for step in steps:
        try:
            line = (node.lc.key(step) if isinstance(node, CommentedMap) else node.lc.item(step))[0] + 1
            node = node[step]
        except (KeyError, IndexError, AttributeError, TypeError):
            break
    return line
