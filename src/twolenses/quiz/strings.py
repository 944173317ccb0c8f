"""The words of the interface, of pages and scripts alike: `strings.json`, the one file that a translator edits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["WORDS", "Catalogue", "sayer"]

Catalogue = Mapping[str, Mapping[str, str]]
"""Words by who says them: the templates ``form`` and ``progress``, the scripts ``quiz.js`` and ``progress.js``."""


WORDS: Catalogue = json.loads(Path(__file__).with_name("strings.json").read_text(encoding="utf-8"))


def sayer(words: Mapping[str, str]) -> Callable[..., str]:
    """What a template says a word with: ``say("answerTo", n=3)``."""

    def say(name: str, **values: object) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), words[name])

    return say
