"""Zip files whose bytes depend on what is in them and on nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["site", "zipped"]

OLDEST = (1980, 1, 1, 0, 0, 0)
"""Before this day a zip knows no time."""

SERVED = {"404.html", "sitemap.xml", "objects.inv"}
"""What only a server, or another book, has a use for."""

README = """\
Two Lenses {version}
{line}

Open index.html in a browser: double-click it, or drag it into a window. Every page, the quizzes and the search work
from this folder, from a memory stick too, without the internet. Only links to other sites need it.

Answers to quizzes are kept in the browser that gave them. On another machine, My progress takes them from a file.

Text and figures are under CC BY 4.0, code under the BSD 3-Clause licence; tables carry their own.
The newest version is at {address}
"""


def zipped(files: Mapping[str, bytes], moment: datetime, stored: tuple[str, ...] = ()) -> bytes:
    """A zip of these files by name, in the order given; `stored` are not compressed."""
    at = max(OLDEST, moment.astimezone(UTC).timetuple()[:6])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=at)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)
    return out.getvalue()


def site(pages: Path, version: str, address: str, moment: datetime) -> bytes:
    """The built pages in one folder, with a README.txt that says how to open them.

    Parameters
    ----------
    pages
        The folder of the built pages.
    address
        Where the site is published.
    """
    folder = f"two-lenses-{version}"
    readme = README.format(version=version, line="=" * len(f"Two Lenses {version}"), address=address)
    found = {f"{folder}/README.txt": readme.replace("\n", "\r\n").encode()}  # Notepad of old shows no bare newline
    for path in sorted(pages.rglob("*")):
        name = path.relative_to(pages).as_posix()
        if path.is_file() and name not in SERVED and not name.startswith("."):
            found[f"{folder}/{name}"] = path.read_bytes()
    return zipped(found, moment)
