"""What a page shows of a chart: two drawings, of which the page's width picks one, and under them one line.

The line leads to the rows that were drawn, to the picture and to a citation. A builder that is no website shows the
wide drawing as an image.
"""

from __future__ import annotations

import os
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

import twolenses
from twolenses import files
from twolenses.book.charts import svg
from twolenses.charts import FOR_PAGES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["FOLDER"]

FOLDER = "charts"
"""Where pictures and rows lie, beside the pages."""

DICTIONARY = "chapters/reference/dictionary"

_SOURCE = re.compile(r"\bSources?, (.*)$", re.S)
_TABLE = re.compile(r"\b(\w+)\.csv\b")


class FindCharts(SphinxTransform):
    """Give each chart of a notebook a name, and a file that holds the picture alone."""

    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        found = 0
        for image in self.document.findall(nodes.image):
            kept = Path(self.env.relfn2path(image["uri"])[1])
            if kept.suffix != ".svg" or not kept.is_file():
                continue
            picture, more = svg.parts(kept.read_text(encoding="utf-8"))
            if more is None:
                continue
            found += 1
            name = _name(_figure(image)) or f"{_page(self.env.docname)}-{found}"
            target = kept.parent / FOLDER / f"{name}.svg"
            files.write(target, picture)
            image["uri"] = "/" + Path(os.path.relpath(target, self.env.srcdir)).as_posix()
            image["chart"] = {"name": name, "kept": str(kept)}


def _figure(image: nodes.Node) -> nodes.figure | None:
    """The figure around an image."""
    around = image.parent
    while around is not None and not isinstance(around, nodes.figure):
        around = around.parent
    return around


def _name(figure: nodes.figure | None) -> str:
    return next(iter(figure["names"] or figure["ids"]), "") if figure is not None else ""


def _page(docname: str) -> str:
    """What a chart without a name is called after: its exercise or its chapter."""
    *_, folder, name = f"/{docname}".split("/")
    return folder if name == "exercise" else name


class ShowCharts(SphinxPostTransform):
    """Put both drawings and the line under them into a page of the site."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        if self.app.builder.name == "epub":
            return
        for image in [one for one in self.document.findall(nodes.image) if "chart" in one]:
            self._show(image)

    def _show(self, image: nodes.image) -> None:
        name = image["chart"]["name"]
        picture, more = svg.parts(Path(image["chart"]["kept"]).read_text(encoding="utf-8"))
        assert more is not None
        folder = Path(self.app.outdir, FOLDER)
        files.write(folder / f"{name}.svg", picture)
        files.write(folder / f"{name}.csv", more["rows"])
        drawn = "".join(
            svg.inline(text, name=f"{name}-{kind}", alt=image.get("alt", ""), classes=f"tl-{kind}")
            for kind, text in (("wide", picture), ("narrow", more["narrow"]))
        )
        figure = _figure(image)
        caption = next(figure.findall(nodes.caption), None) if figure is not None else None
        anchor = next(iter(figure["ids"]), "") if figure is not None else ""
        foot = self._foot(name, anchor, more, caption.astext() if caption else "")
        box = f'<div class="tl-chart">{drawn}</div>'
        if figure is None:
            image.replace_self(nodes.raw("", f'<figure class="tl-figure">{box}{foot}</figure>', format="html"))
        else:
            figure.append(nodes.raw("", foot, format="html"))
            image.replace_self(nodes.raw("", box, format="html"))

    def _foot(self, name: str, anchor: str, more: svg.Parts, caption: str) -> str:
        """The line under a chart."""
        source = more["source"]
        told = f"<p>Source: {self._linked(source)}</p>" if source else ""
        if more["upright"]:
            told = (
                f'<p class="tl-narrow">The lines, from left to right: {escape("; ".join(more["upright"]))}.</p>{told}'
            )
        if not source and (found := _SOURCE.search(caption)):
            source = found[1]
        title = more["title"]
        links = "".join(
            f'<a href="{self._beside(f"{FOLDER}/{name}.{kind}")}" download="" aria-label="{words}: {escape(title)}">'
            f"{words}</a>"
            for kind, words in (("csv", "Data (CSV)"), ("svg", "Picture (SVG)"))
        )
        cited = f"<details><summary>Cite this chart</summary><p>{self._citation(title, source, anchor)}</p></details>"
        return f'<div class="tl-chart-foot">{told}<div class="tl-chart-links">{links}{cited}</div></div>'

    def _citation(self, title: str, source: str, anchor: str) -> str:
        config, page = self.app.config, self.env.docname
        part = escape(self.env.titles[page].astext())
        year = re.match(r"\d{4}", config.copyright)
        address = f"{config.html_baseurl}{page}.html{'#' if anchor else ''}{anchor}"
        whole = f"<i>{escape(config.html_title)}</i>, version {twolenses.__version__}"
        return (
            f"{escape(config.author)} ({year[0] if year else ''}). “{escape(title)}”. Chart in “{part}”, {whole}. "
            f"Source: {self._linked(source.rstrip('.'))}. {escape(address)}"
        )

    def _linked(self, source: str) -> str:
        """A source, with each of our tables leading to its entry in the dictionary."""

        page = "" if self.app.builder.name == "singlehtml" else self._beside(f"{DICTIONARY}.html")

        def link(found: re.Match[str]) -> str:
            return f'<a href="{page}#table-{found[1]}">{found[0]}</a>'

        return _TABLE.sub(link, escape(source))

    def _beside(self, path: str) -> str:
        builder: Any = self.app.builder
        return relative_uri(builder.get_target_uri(self.env.docname), path)


def setup(app: Sphinx) -> None:
    """Register both transforms, and have charts drawn for pages."""
    os.environ[FOR_PAGES] = "1"  # the notebooks' processes have it from here
    app.add_transform(FindCharts)
    app.add_post_transform(ShowCharts)
