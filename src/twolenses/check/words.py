"""The check of a text: its length and what it must speak of. Whether it is a good argument, people judge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from twolenses.check.outcome import CheckFailed, filled

__all__ = ["text"]


def text(
    name: str,
    value: Any,
    *,
    words: tuple[int, int],
    mentions: Mapping[str, Sequence[str]] | None = None,
    avoids: Mapping[str, str] | None = None,
    because: str = "",
) -> None:
    """Check that `value` is a text of the right length with the required elements.

    Parameters
    ----------
    words
        Fewest and most words.
    mentions
        What the text must have, in words a student reads, and the words any one of which shows that it does:
        ``{"whose figure it is": ["according to", "reported by", "claimed"]}``. A word is found at the start of a
        word and in any case: ``"claim"`` finds *claimed*.
    avoids
        Words that have no place in it, each with the sentence that says why.
    because
        Why it matters, printed when everything is there.

    Raises
    ------
    CheckFailed
        If it is no text, too short, too long, lacks an element, or has a word it should not have.
    """
    filled(name, value)
    if not isinstance(value, str):
        raise CheckFailed(f'{name} is a {type(value).__name__}; write a text between triple quotes: {name} = """…""".')
    count = len(re.findall(r"\w+(?:[’'-]\w+)*", value))
    fewest, most = words
    if count == 0:
        raise CheckFailed(f"{name} is empty. Write {fewest} to {most} words between the triple quotes.")
    if not fewest <= count <= most:
        how = "Say more" if count < fewest else "Cut what does not carry the argument"
        raise CheckFailed(f"{name} has {count} words; {fewest} to {most} are asked for. {how}.")
    for element, signs in (mentions or {}).items():
        if not any(_has(value, sign) for sign in signs):
            raise CheckFailed(f"{name} does not say {element}. Words that would show it: {', '.join(signs[:4])}.")
    for word, why in (avoids or {}).items():
        if _has(value, word):
            raise CheckFailed(f"{name} says {word!r}. {why}")
    print(
        f"✓ {name} has everything that is asked for; the rubric judges the argument.{' ' + because if because else ''}"
    )


def _has(text: str, sign: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(sign)}", text, re.IGNORECASE) is not None
