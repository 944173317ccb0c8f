"""Pictures in the texts of a bank: files beside the quiz file, ``![What it shows](assets/map.png)``.

A rendered text has ``<img src="assets/map.png" alt="…">``, and nothing else makes an ``<img``, for HTML in a source is
shown as it is written. Whoever writes a page, a paper or an export puts the content in its place.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from twolenses.errors import QuizError
from twolenses.quiz import text

if TYPE_CHECKING:
    from twolenses.quiz.types import BaseQuestion

__all__ = ["IMG", "Picture", "described", "embedded", "faults", "read"]

IMG = re.compile(r'<img src="([^"]*)" alt="([^"]*)"')
"""A picture in a rendered text: its file, and what it shows."""

LARGEST = 5_000_000
"""How many bytes a picture may have."""

TYPES = {
    ".gif": ("image/gif", b"GIF8"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG"),
    ".svg": ("image/svg+xml", b"<"),
    ".webp": ("image/webp", b"RIFF"),
}
"""The kinds of pictures, by the end of the name, and how such a file begins."""


@dataclass(frozen=True)
class Picture:
    """A picture: its name, its media type, its bytes."""

    name: str
    type: str
    content: bytes

    @property
    def base64(self) -> str:
        """The bytes as text."""
        return b64encode(self.content).decode()

    @property
    def unique_name(self) -> str:
        """A name that no other picture has and that needs no escape in an address: ``map-1f2e3d4c.png``."""
        path = Path(self.name)
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem)
        return f"{stem}-{sha256(self.content).hexdigest()[:8]}{path.suffix.lower()}"


def read(address: str, folder: Path) -> Picture:
    """The picture of an address in a rendered text.

    Raises
    ------
    QuizError
        If it is no file of the folder, of another kind, or too large.
    """
    name = unquote(unescape(address))
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", name):
        raise QuizError(f"has the picture {name[:80]!r}, which is no file. Save it beside the quiz file.")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise QuizError(f"has the picture {name!r}, which lies outside the folder of the bank. Copy it there.")
    kind, begins = TYPES.get(path.suffix.lower(), ("", b""))
    if not kind:
        known = ", ".join(sorted(TYPES))
        raise QuizError(f"has the picture {name!r}, which is of no known kind. Use one of {known}.")
    if not path.is_file():
        raise QuizError(f"has the picture {name!r}, which does not exist. Its path starts where the quiz file is.")
    if (size := path.stat().st_size) > LARGEST:
        raise QuizError(
            f"has the picture {name!r} of {size / 1e6:.1f} MB; {LARGEST / 1e6:g} MB are allowed. Make it smaller."
        )
    content = path.read_bytes()
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(begins):
        raise QuizError(f"has the picture {name!r}, which is no {kind} file. Save it again, or rename it.")
    return Picture(path.name, kind, content)


def embedded(html: str, folder: Path) -> str:
    """The text with every picture in it, as a data URI."""

    def inside(found: re.Match[str]) -> str:
        picture = read(found[1], folder)
        return f'<img src="data:{picture.type};base64,{picture.base64}" alt="{found[2]}"'

    return IMG.sub(inside, html)


def described(html: str) -> str:
    """The text with the description of every picture in its place, for where no file can be."""
    return re.sub(rf"{IMG.pattern}[^>]*>", lambda found: f"[{found[2]}]", html)


def faults(question: BaseQuestion, folder: Path) -> list[str]:
    """What is wrong with the pictures of a question, one sentence each."""
    found: dict[str, None] = {}
    for address, shows in _pictures(question.texts()):
        try:
            read(address, folder)
        except QuizError as error:
            found[str(error)] = None
        if not shows.strip():
            found[f"has the picture {unquote(address)!r} without a description. Write it between the brackets."] = None
    for address, _ in _pictures(_in_menus(question)):
        found[f"has the picture {unquote(address)!r} in a menu, which holds bare text. Put it into the stem."] = None
    return list(found)


def _pictures(texts: list[str]) -> Iterator[tuple[str, str]]:
    bare = text._markdown(text._source)  # facts and formulas have rules of their own
    for one in texts:
        if "![" in one:
            yield from IMG.findall(bare.render(one))


def _in_menus(question: BaseQuestion) -> list[str]:
    from twolenses.quiz.types import Cloze, Matching  # whoever only embeds pictures reads no question

    if isinstance(question, Matching):
        return list(question.choices)
    return [part for offered in question.offered() for part in offered] if isinstance(question, Cloze) else []
