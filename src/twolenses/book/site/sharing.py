"""How the site is found and passed on: a page's description and card, the sitemap, the page for a wrong address."""

from __future__ import annotations

import hashlib
import io
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from twolenses import course, files
from twolenses.book.reference import article
from twolenses.book.wording import listed, shortened
from twolenses.charts import VERDICTS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["address", "description"]

CARD, SITEMAP, LOST = "card.png", "sitemap.xml", "404.html"

LONGEST = 160
"""What search engines show of a description."""

NOT_FOUND = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>No page here · {title}</title>
<link rel="icon" href="{root}_static/favicon.svg">
<style>
:root {{ color-scheme: light dark; }}
body {{ background: light-dark(#fff, #121212); color: light-dark(#1a1a1a, #f2f2f2); }}
body {{ font: 1.125rem/1.6 system-ui, sans-serif; margin: 3rem auto; max-width: 38rem; padding: 0 1rem; }}
input, button {{ font: inherit; min-height: 2.5rem; max-width: 100%; padding: 0.2rem 0.6rem; }}
a {{ color: light-dark(#0a5cad, #8cc4ff); }}
li {{ padding: 0.15rem 0; }}
</style>
</head>
<body>
<main>
<h1>No page here</h1>
<p>The book has no page at this address. It may have moved, or the link was cut short.</p>
<form role="search" action="{root}search.html">
<p><label for="q">Search the book</label></p>
<p><input type="search" id="q" name="q"> <button>Search</button></p>
</form>
<h2>Its pages</h2>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""


# ── descriptions ─────────────────────────────────────────────────────────────────────────────────────


def description(document: nodes.document) -> str:
    """The first sentences of a page's own text, without footnote marks and the marks of claims; "" if it has none."""
    for paragraph in document.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section) and "tl-launch" not in paragraph["classes"]:
            text = _prose(paragraph)
            if len(text) > 40:
                return shortened(text, LONGEST)
    return ""


def _prose(node: nodes.Node) -> str:
    """The text of a node without footnote marks and links to claims (``C33``)."""
    kept = [
        text.astext()
        for text in node.findall(nodes.Text)
        if not isinstance(text.parent, nodes.footnote_reference) and not re.fullmatch(r"[CE]\d\d", text.astext())
    ]
    return re.sub(r"\s+([.,;:])", r"\1", " ".join("".join(kept).split()))


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────


def address(repository: str) -> str:
    """Where GitHub publishes the pages of a repository.

    >>> address("https://github.com/two-lenses/two-lenses")
    'https://two-lenses.github.io/two-lenses/'
    """
    owner, name = repository.rstrip("/").split("/")[-2:]
    return f"https://{owner.lower()}.github.io/{name}/"


def configure(app: Sphinx, config: Any) -> None:
    """The book's public address follows from its repository, unless ``html_baseurl`` names another."""
    config.html_baseurl = config.html_baseurl or address(
        config.html_theme_options.get("repository_url") or course.repository()
    )


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """What the layout prints in a page's head."""
    if isinstance(doctree, nodes.document) and app.builder.name == "html":
        title = app.env.titles[pagename].astext()
        context |= {
            "description": escape(description(doctree) or f"{title}: a page of {app.config.html_title}."),
            "heading": escape(title),
            "card": app.config.html_baseurl + CARD,
            "card_says": escape(card_says()),
        }


def list_pages(app: Sphinx, error: Exception | None) -> None:
    """After an HTML build: the sitemap, and the page for a wrong address."""
    if error is not None or app.builder.name != "html":
        return
    base, out = app.config.html_baseurl, Path(app.outdir)
    pages = sorted(app.env.found_docs, key=lambda page: (page != app.config.root_doc, page))
    urls = "".join(f"<url><loc>{escape(base + page)}.html</loc></url>\n" for page in pages)
    kind = "http://www.sitemaps.org/schemas/sitemap/0.9"
    files.write(out / SITEMAP, f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{kind}">\n{urls}</urlset>\n')
    root = "/" + base.split("/", 3)[3]
    links = "\n".join(
        f'<li><a href="{root}{page}.html">{escape(app.env.titles[page].astext())}</a></li>'
        for page in course.pages()
        if page in app.env.found_docs
    )
    files.write(out / LOST, NOT_FOUND.format(title=escape(app.config.html_title), root=root, links=links))
    draw(out / CARD)


# ── the card ─────────────────────────────────────────────────────────────────────────────────────────


def card_says() -> str:
    """The card in words."""
    counted = article.counts()
    return (
        f"Two Lenses. One newspaper article, {sum(counted.values())} claims checked: "
        f"{listed(f'{number} {verdict}' for verdict, number in counted.items())}."
    )


MARKERS = {"supported": "o", "imprecise": "o", "contested": "D", "wrong": "X", "unverifiable": "o"}


def draw(path: Path) -> None:
    """The picture that other sites show beside a link, 1200 × 630; it is not drawn again while it is the same.

    A column for each paragraph of the article, in it a mark for each claim, as on the first page.
    """
    drawn_from = hashlib.sha256(repr(article.columns()).encode() + Path(__file__).read_bytes()).hexdigest()
    if path.exists() and drawn_from.encode() in path.read_bytes():
        return
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor="white")
    axes = figure.add_axes((0.05, 0.13, 0.9, 0.47))
    for place, found in enumerate(article.columns().values()):
        for step, row in enumerate(found):
            axes.plot(place, step, **marker(row["verdict"]))
    axes.set(xlim=(-0.5, len(article.columns()) - 0.5), ylim=(-0.7, 9.7))
    axes.axis("off")
    lines = (
        (0.86, "Two Lenses", 58, "#222222"),
        (0.745, "An open course in International Relations", 27, "#444444"),
        (0.65, f"One newspaper article, {len(article.claims())} claims checked", 27, "#444444"),
    )
    for height, text, size, colour in lines:
        figure.text(0.06, height, text, fontsize=size, color=colour, weight="bold" if size > 40 else "normal")
    for place, (verdict, number) in enumerate(article.counts().items()):
        key = figure.add_axes((0.05 + 0.18 * place, 0.03, 0.03, 0.06))
        key.plot(0, 0, **marker(verdict))
        key.axis("off")
        figure.text(0.09 + 0.18 * place, 0.045, f"{number} {verdict}", fontsize=17, color="#222222")
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", metadata={"Description": card_says(), "Source": drawn_from, "Software": None})
    files.write(path, drawn.getvalue())


def marker(verdict: str) -> dict[str, Any]:
    """The mark of a verdict in matplotlib's terms."""
    style = {"imprecise": "left", "contested": "none", "unverifiable": "none"}.get(verdict, "full")
    tone = VERDICTS[verdict]
    return {
        "marker": MARKERS[verdict], "markersize": 13 if MARKERS[verdict] == "D" else 18, "fillstyle": style,
        "color": tone, "markerfacecoloralt": "white",
        "markeredgecolor": "none" if verdict == "wrong" else tone, "markeredgewidth": 3,
    }  # fmt: skip


def setup(app: Sphinx) -> None:
    """Register the address, the head of each page, and what is written last."""
    app.connect("config-inited", configure, priority=950)
    app.connect("html-page-context", describe)
    app.connect("build-finished", list_pages)
