"""Which settings of the explorables are tried, and `explorables.json`, what is seen at each.

`python tests/book/explorables.py` writes the file anew, from the models.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from twolenses.book.explorables import page
from twolenses.book.explorables.explorable import Explorable, Settings

VECTORS = Path(__file__).with_suffix(".json")
DRAWN = 10


def tried(explorable: Explorable) -> list[dict[str, int]]:
    """The settings that a reader finds and is led to, each control at its ends or options, and some drawn at random."""
    start, chance = explorable.start, random.Random(explorable.name)
    ends = [
        {**start, one.name: value}
        for one in explorable.controls
        for value in (range(len(one.options)) if one.options else (one.low, one.high))
    ]
    drawn = [{one.name: chance.randint(one.low, one.high) for one in explorable.controls} for _ in range(DRAWN)]
    return [start, {**start, **explorable.prediction.then}, *ends, *drawn]


def seen(explorable: Explorable, settings: Settings) -> dict[str, Any]:
    """A view as the script gives it: the rows of the table without their heads."""
    view = explorable.look(settings)
    return {"parts": view.parts, "cells": [row[1:] for row in view.rows], "says": view.says}


def write() -> None:
    """A line per vector, so that a change of a model shows as the views that it changes."""
    lines = [
        json.dumps(
            {"explorable": name, "settings": settings, "view": seen(page.named(name), settings)}, ensure_ascii=False
        )
        for name in page.names()
        for settings in tried(page.named(name))
    ]
    VECTORS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write()
