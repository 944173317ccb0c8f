"""Pages at the addresses that exercises had before each had a folder: they lead on to where the exercise is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from twolenses import exercises

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="canonical" href="{target}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body><main><h1>{title}</h1><p>This exercise has moved: <a href="{target}">{title}</a>.</p></main></body>
</html>
"""


def lead_on(app: Sphinx, error: Exception | None) -> None:
    """Write a page at each old address."""
    if error is None and app.builder.name == "html":
        for old in Path(app.outdir, "exercises", "notebooks").glob("*.html"):
            old.unlink()
        for path in exercises.masters(Path(app.srcdir, "exercises", "notebooks")):
            name = exercises.name_of(path)
            if (page := f"exercises/notebooks/{name}/exercise") in app.env.found_docs:
                text = PAGE.format(title=app.env.titles[page].astext(), target=f"{name}/exercise.html")
                Path(app.outdir, "exercises", "notebooks", f"{name}.html").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register the last step of a build."""
    app.connect("build-finished", lead_on)
