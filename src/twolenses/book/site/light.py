"""One style sheet and one script for all pages, and of both only what some page uses.

Themes and extensions have every page load all that any page might want, file by file. Here the style sheets become one,
without the rules that match nothing (`twolenses.book.site.styles`), and so do the scripts that every page has. What a
page has to itself, such as a quiz, stays a file of its own.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twolenses import files
from twolenses.book.site import named, styles

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE, SCRIPT = "style.css", "page.js"

SHEETS = ("styles/theme.css", "styles/pydata-sphinx-theme.css")
"""The theme's own sheets, which its template names; those of extensions and ours follow."""

SCRIPTS = (
    "documentation_options.js", "scripts/sphinx-book-theme.js", "scripts/pydata-sphinx-theme.js", "site.js",
)  # fmt: skip
"""The scripts of every page, in the order in which they run."""

UNWANTED = (
    "thebe", "fontawesome", "doctools", "sphinx_highlight", "sphinx-comments", "togglebutton", "utterances", "dokieli",
    "hypothesis",
)  # fmt: skip
"""Files that no page of this book uses, by a word of their names."""

SETTINGS = re.compile("THEBE|toggle|DOCUMENTATION_OPTIONS")
"""What such files, and a search that is not there, are told by a script on the page."""

ONLY_WITH = {"clipboard": 'class="highlight', "copybutton": 'class="highlight', "design-tabs": "sd-tab-set"}
"""Scripts, by a word of their names, that have nothing to do on a page without these words."""


def lighten(
    sheets: list[str], app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Have a page load the one sheet, the one script, and the scripts that it alone needs.

    Parameters
    ----------
    sheets
        Filled with the sheets that are to become one.
    """
    body = context.get("body", "")
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if _is_wanted(file, body)]
    static = Path(app.outdir, "_static")
    if app.builder.name != "html" or not (static / SHEETS[1]).is_file():  # paper, an EPUB, or another theme
        return
    sheets[:] = [*SHEETS, *map(_name, sorted(context["css_files"], key=lambda file: file.priority))]
    context["style"] = f"_static/{STYLE}?v={_digest(static, *sheets)}"
    context["script"] = f"_static/{SCRIPT}?v={_digest(static, *SCRIPTS)}"
    context["css_files"] = []
    scripts = sorted(context["script_files"], key=lambda file: file.priority)
    context["script_files"] = [file for file in scripts if not file.filename]
    context["last"] = [file for file in scripts if file.filename and _name(file) not in SCRIPTS]
    for file in context["last"]:
        file.attributes["defer"] = "defer"


def _name(file: Any) -> str:
    """As seen from the folder of static files."""
    return f"{getattr(file, 'filename', file) or ''}".removeprefix("_static/")


def _is_wanted(file: Any, body: str) -> bool:
    settings = (getattr(file, "attributes", None) or {}).get("body") or ""
    name = _name(file).lower()
    asked = [words for part, words in ONLY_WITH.items() if part in name and name.endswith(".js")]
    return (
        not SETTINGS.search(settings)
        and not any(part in name for part in UNWANTED)
        and all(words in body for words in asked)
    )


def _digest(folder: Path, *names: str | Path) -> str:
    """Changes with any of the files. One that is only written after the pages has a name that changes with it."""
    seen = hashlib.sha256()
    for path in (folder / name for name in names):
        seen.update(path.read_bytes() if path.is_file() else path.name.encode())
    return seen.hexdigest()[:8]


# ── after the pages ──────────────────────────────────────────────────────────────────────────────────


def join(sheets: list[str], app: Sphinx, error: Exception | None) -> None:
    """After an HTML build: write the one script and the one sheet."""
    if error is not None or app.builder.name != "html" or not sheets:
        return
    out, kept = Path(app.outdir), Path(app.outdir).parent / ".styles"
    static = out / "_static"
    parts = (
        re.sub(r"(?m)^//# sourceMappingURL=.*$", "", (static / name).read_text(encoding="utf-8")) for name in SCRIPTS
    )
    files.write(static / SCRIPT, "\n".join(parts))
    read = functools.partial(_read, kept=kept)
    found = [rule for name in sheets for rule in read(static / name, static, read)]
    files.write(static / STYLE, f"/* What pages use of {' '.join(sheets)} */\n{styles.purged(found, _seen(out))}")


def _read(sheet: Path, static: Path, read: styles.Reader, kept: Path) -> list[styles.Rule]:
    """The rules of a sheet, which are not worked out again while sheet and reader are the same."""
    path = kept / f"{sheet.stem}-{_digest(static, sheet, Path(styles.__file__))}.json"
    if path.is_file() and "@import" not in sheet.read_text(encoding="utf-8"):
        return [styles.Rule(*one) for one in json.loads(path.read_text(encoding="utf-8"))]
    found = styles.rules(sheet, static, read)
    for old in kept.glob(f"{sheet.stem}-????????.json"):
        old.unlink()
    files.write(path, json.dumps(found, ensure_ascii=False))
    return found


def _seen(out: Path) -> styles.Names:
    """What all pages and their scripts name."""
    pages = named.of_pages(out).values()
    scripts = sorted({name for one in pages for name in one["scripts"]})
    texts = "\n".join((out / "_static" / name).read_text(encoding="utf-8") for name in scripts)
    given = styles.names("", texts)
    words, variables = (frozenset(word for one in pages for word in one[kind]) for kind in ("words", "variables"))
    return styles.Names(given.words | words, given.beginnings, given.variables | variables)


def setup(app: Sphinx) -> None:
    """Register what is left out of each page, and the last step of a build."""
    sheets: list[str] = []
    app.connect(
        "html-page-context", functools.partial(lighten, sheets), priority=900
    )  # after the themes have added theirs
    app.connect("build-finished", functools.partial(join, sheets), priority=600)
