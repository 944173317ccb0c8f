"""The check of a text: its length, and that it is the student's own. Whether it is a good argument, people judge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from twolenses import keys
from twolenses.check.outcome import CheckFailed, explained, filled

__all__ = ["shared", "text", "words"]

RUN = 5
"""So many words in a row that stand in both texts are counted as copied."""
COPIED = 0.5
"""A text of which more than this share was copied is not the student's."""


def words(text: str) -> int:
    """How many words a text has: what stands between white space and holds a letter or a digit.

    >>> words("Serbia's 46.1 percent – self-reported")
    4
    """
    return len(_words(text))


def _words(text: str) -> list[str]:
    return [one for one in text.split() if re.search(r"\w", one)]


@explained
def text(
    name: str,
    value: Any,
    *,
    words: tuple[int, int],
    mentions: Mapping[str, Sequence[str]] | None = None,
    avoids: Mapping[str, str] | None = None,
    prompt: str = "",
    because: str = "",
) -> None:
    """Check that `value` is a text of the right length and no copy; what it may lack is a note, never a failure.

    Parameters
    ----------
    words
        Fewest and most words, as :func:`twolenses.check.words` counts them.
    mentions
        What the text should speak of, in words a student reads, and the signs any one of which shows that it does:
        ``{"whose figure it is": ["according to", "reported by", "claim"]}``. A sign is found at the start of a word,
        in any case and across lines: ``"claim"`` finds *claimed*. Where none is found, student and marker read a note.
    avoids
        Words worth a second look, each with the sentence that says why: a note too.
    prompt
        A text that must not be handed back. The exercise's own page is always compared where it lies beside the key.
    because
        Why it matters, printed when the text has its length.

    Raises
    ------
    CheckFailed
        If it is no text, empty, too short, too long, or copied from the task.
    """
    filled(name, value)
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, str) for one in value):
        value = " ".join(value)
    if not isinstance(value, str):
        raise CheckFailed(f'{name} is a {type(value).__name__}; write a text between triple quotes: {name} = """…""".')
    count, (fewest, most) = len(_words(value)), words
    if count == 0:
        raise CheckFailed(f"{name} is empty. Write {fewest} to {most} words between the triple quotes.")
    if not fewest <= count <= most:
        how = "Say more" if count < fewest else "Cut what does not carry the argument"
        raise CheckFailed(f"{name} has {count} words; {fewest} to {most} are asked for. {how}.")
    if shared(value, f"{prompt}\n{keys.page()}") > COPIED:
        raise CheckFailed(f"{name} repeats the words of the task. Write what you found, in words of your own.")
    if _repeated(value) > COPIED:
        raise CheckFailed(f"{name} says the same words again and again. Say each thing once.")
    print(f"✓ {name} has {count} words; the rubric judges the argument.{' ' + because if because else ''}")
    for note in _notes(value, mentions or {}, avoids or {}):
        print(f"  Worth a look: {note}")


def _notes(value: str, mentions: Mapping[str, Sequence[str]], avoids: Mapping[str, str]) -> list[str]:
    plain = " ".join(value.replace("’", "'").split())
    notes = [
        f"nothing was found that says {element} (such as {', '.join(signs[:3])})."
        for element, signs in mentions.items()
        if not any(_has(plain, sign) for sign in signs)
    ]
    return notes + [f"it says {word!r}. {why}" for word, why in avoids.items() if _has(plain, word)]


def _has(text: str, sign: str) -> bool:
    plain = " ".join(sign.replace("’", "'").split())
    return re.search(rf"(?<!\w){re.escape(plain)}", text, re.IGNORECASE) is not None


def shared(text: str, other: str) -> float:
    """The share of a text's words that stand in a run of :data:`RUN` words which the other text has too."""
    mine, runs = _plain(text), _runs(_plain(other))
    copied = [False] * len(mine)
    for position in range(len(mine) - RUN + 1):
        if tuple(mine[position : position + RUN]) in runs:
            copied[position : position + RUN] = [True] * RUN
    return sum(copied) / len(mine) if mine else 0.0


def _repeated(text: str) -> float:
    """The share of a text's words that stand in a run of :data:`RUN` words which came before."""
    plain = _plain(text)
    seen: set[tuple[str, ...]] = set()
    again = [False] * len(plain)
    for position in range(len(plain) - RUN + 1):
        run = tuple(plain[position : position + RUN])
        if run in seen:
            again[position : position + RUN] = [True] * RUN
        seen.add(run)
    return sum(again) / len(plain) if plain else 0.0


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[position : position + RUN]) for position in range(len(words) - RUN + 1)}
