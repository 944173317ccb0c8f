"""What pages show of the data: ledger, timeline, map, people, glossary, dictionary, progress, agreement, scoreboard.

And of the abstracts in other languages.
"""

from twolenses.book.reference import (
    agreement,
    article,
    bibliography,
    course_map,
    dictionary,
    framing,
    glossary,
    ledger,
    people,
    progress,
    records,
    scoreboard,
    simulation,
    timeline,
    translations,
)

__all__ = ["PARTS"]

PARTS = (
    records,
    article,
    bibliography,
    ledger,
    timeline,
    course_map,
    people,
    glossary,
    dictionary,
    progress,
    agreement,
    scoreboard,
    simulation,
    framing,
    translations,
)
