"""How far somebody gets who has not read the book and looks at the wording.

    python benchmarks/guessing.py [CHAPTER …]

Each row is a test-wise strategy, each column a chapter and the book: the share of keys that it finds, in percent,
beside chance. The rules of the bank bound the book at chance and eight points (`twolenses validate quizzes`); one
chapter has too few questions for that. A report, not a test.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from twolenses import quiz
from twolenses.quiz import guessing
from twolenses.quiz.guessing import Item, Strategy
from twolenses.quiz.types import BaseQuestion

Bank = Mapping[str, Sequence[BaseQuestion]]
Items = Callable[[Iterable[BaseQuestion]], list[Item]]


def table(what: str, bank: Bank, items: Items, strategies: Mapping[str, Strategy]) -> str:
    """Strategies by chapters, as text."""
    columns = {name: items(questions) for name, questions in bank.items()}
    rows = {"items": [f"{len(column)}" for column in columns.values()]}
    rows["chance"] = [_percent(guessing.chance, column) for column in columns.values()]
    for name, strategy in strategies.items():
        rows[name] = [
            _percent(lambda some, one=strategy: guessing.rate(one, some), column) for column in columns.values()
        ]
    head = f"{what:<28}" + "".join(f"{name:>6}" for name in columns)
    return "\n".join([head, *(f"{name:<28}" + "".join(f"{cell:>6}" for cell in cells) for name, cells in rows.items())])


def _percent(share: Callable[[Sequence[Item]], float], items: Sequence[Item]) -> str:
    return f"{100 * share(items):.0f}" if items else "–"


def forms(bank: Bank) -> str:
    """The keys and options of the multiple responses, chapter by chapter."""
    lines = [
        f"{name:>6}  " + ", ".join(f"{len(item.keys)} of {len(item.options)}" for item in guessing.several(questions))
        for name, questions in bank.items()
        if name != "book"
    ]
    return "\n".join(["keys of multiple responses", *lines])


def main() -> None:
    """Print every strategy for choices, multiple responses (where it takes one option) and statements to judge."""
    quizzes = {path.stem[:2]: tuple(quiz.read(path)) for path in quiz.files()}
    bank: dict[str, Sequence[BaseQuestion]] = {
        name: questions for name, questions in quizzes.items() if not sys.argv[1:] or name in sys.argv[1:]
    }
    bank["book"] = [question for questions in bank.values() for question in questions]
    print(table("choices", bank, guessing.choices, guessing.STRATEGIES), end="\n\n")
    print(table("multiple, one option taken", bank, guessing.several, guessing.STRATEGIES), end="\n\n")
    print(table("true or false", bank, guessing.judged, guessing.VERDICTS), end="\n\n")
    print(forms(bank))


if __name__ == "__main__":
    main()
