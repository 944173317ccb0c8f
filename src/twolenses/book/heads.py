"""Pages that show what the heads of chapters say: read again when a head has changed, not when a text has.

The head of a chapter is its front matter and its title.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from twolenses import course

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["depend"]

NOTED = "twolenses-heads"

_HEAD = re.compile(r"\A(?:---\n.*?\n---\n)?.*?^# .+?$", re.S | re.M)


def digest() -> str:
    """Changes with the head of any chapter."""
    texts = (path.read_text(encoding="utf-8") for path in course.chapter_files() if path.is_file())
    heads = [found[0] if (found := _HEAD.match(text)) else text for text in texts]
    return hashlib.sha256("\0".join(heads).encode()).hexdigest()


def depend(env: BuildEnvironment) -> None:
    """Note that the page that is being read shows heads."""
    env.metadata[env.docname][NOTED] = digest()


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages that showed other heads when they were read."""
    shown = {page: meta[NOTED] for page, meta in env.metadata.items() if NOTED in meta}
    now = digest() if shown else ""
    return [page for page, seen in shown.items() if seen != now]


def setup(app: Sphinx) -> None:
    """Register the looking."""
    app.connect("env-get-outdated", outdated)
