"""The theme's icon fonts, cut down to the icons that the pages show.

The fonts are the largest thing a reader's first page would load; nearly all of their two thousand icons are never
drawn here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from twolenses import files
from twolenses.book.site import named

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ICON_RULE = re.compile(r'((?:\.fa-[\w-]+(?::{1,2}before)?,?)+)\{(?:content|--fa):"\\([0-9a-f]+)"')
_ICON = re.compile(r"\\([ef][0-9a-f]{3})(?![0-9a-f])|([\ue000-\uf8ff])")
"""An icon that a style sheet names, as an escape (``"\\f0f3"``) or as the character itself: the theme has both."""


def shown(styles: str, used: Collection[str]) -> set[int]:
    """Code points of the icons that some page, script or style refers to.

    Parameters
    ----------
    styles
        The style sheets. A rule such as ``.fa-bars:before{content:"\\f0c9"}`` ties an icon to a class; an icon that a
        style names anywhere else is always kept.
    used
        The classes that pages and scripts name.
    """
    used = set(used)
    listed = _ICON.findall(_ICON_RULE.sub("", styles))
    kept = {int(code, 16) if code else ord(character) for code, character in listed}
    for selectors, code in _ICON_RULE.findall(styles):
        if used & set(named.ICON.findall(selectors)):
            kept.add(int(code, 16))
    return kept


def cut(font: Path, codes: set[int]) -> None:
    """Rewrite a WOFF2 font in place with these code points only."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", desubroutinize=True, notdef_outline=True)
    loaded = subset.load_font(str(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(loaded)
    subset.save_font(loaded, str(font), options)


def lighten(app: Sphinx, error: Exception | None) -> None:
    """After an HTML build: cut the fonts, and take out what no page loads."""
    if error is not None or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    for path in static.glob("scripts/fontawesome.js*"):
        path.unlink()
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(static.rglob("*.css")))
    used = {icon for page in named.of_pages(Path(app.outdir)).values() for icon in page["icons"]}
    used.update(*(named.ICON.findall(path.read_text(encoding="utf-8")) for path in static.glob("scripts/*.js")))
    codes = shown(styles, used)
    for font in static.glob("vendor/fontawesome/webfonts/*"):
        if font.suffix == ".woff2":
            _cut_once(font, codes, Path(app.doctreedir, "fonts"))
        else:
            font.unlink()


def _cut_once(font: Path, codes: set[int], kept: Path) -> None:
    """Cut a font, or take what was cut from it for the same icons before: Sphinx copies it anew in every build."""
    made_from = hashlib.sha256(font.read_bytes() + repr(sorted(codes)).encode()).hexdigest()
    copy = kept / f"{made_from}.woff2"
    if not copy.exists():
        cut(font, codes)
        files.write(copy, font.read_bytes())
    else:
        font.write_bytes(copy.read_bytes())


def setup(app: Sphinx) -> None:
    """Register the last step of a build."""
    app.connect("build-finished", lighten)
