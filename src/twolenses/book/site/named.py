"""What each page names: classes, ids, tags, custom properties, scripts, icons. A page is read once for each writing."""

from __future__ import annotations

import json
import re
from pathlib import Path

from twolenses import files
from twolenses.book.site import styles

__all__ = ["Page", "of_pages"]

Page = dict[str, list[str]]
""":data:`KINDS`, each in order."""

KINDS = {"words", "variables", "scripts", "icons"}

_LOADED = re.compile(r'<script[^>]*src="[^"]*_static/([^"?]+\.js)')
ICON = re.compile(r"fa-[\w-]+")


def of_pages(out: Path) -> dict[str, Page]:
    """What all pages of a folder name, by their paths in it; pages that are older than what is kept are not read."""
    store = out.parent / ".styles" / "pages.json"
    kept: dict[str, Page] = json.loads(store.read_text(encoding="utf-8")) if store.is_file() else {}
    before = {name: page for name, page in kept.items() if page.keys() == KINDS}  # an older release kept less
    since = store.stat().st_mtime_ns if before else 0
    found = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*.html"))}
    pages = {name: path for name, path in found.items() if not name.startswith("_")}
    anew = {name for name, path in pages.items() if name not in before or path.stat().st_mtime_ns >= since}
    now = {name: _named(path) if name in anew else before[name] for name, path in pages.items()}
    if anew or now.keys() != before.keys():
        files.write(store, json.dumps(now, ensure_ascii=False))
    return now


def _named(path: Path) -> Page:
    page = path.read_text(encoding="utf-8")
    found = styles.names(page)
    return {
        "words": sorted(found.words),
        "variables": sorted(found.variables),
        "scripts": _LOADED.findall(page),
        "icons": sorted(set(ICON.findall(page))),
    }
