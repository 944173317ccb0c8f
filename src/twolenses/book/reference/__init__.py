"""The reference pages, made from data: ledger, timeline, map, people, glossary, dictionary, progress, scoreboard."""

from twolenses.book.reference import (
    course_map,
    dictionary,
    glossary,
    ledger,
    people,
    progress,
    records,
    scoreboard,
    timeline,
)

__all__ = ["PARTS"]

PARTS = (records, ledger, timeline, course_map, people, glossary, dictionary, progress, scoreboard)
