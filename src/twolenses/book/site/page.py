"""What every page carries: settings, formulas, tables that can be read by ear and on a phone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from myst_nb.sphinx_ext import add_global_html_resources
from pybtex.backends.plaintext import Backend
from pybtex.plugin import register_plugin
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

import twolenses
from twolenses import course, formulas, keys, register
from twolenses.errors import FormulaError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

log = logging.getLogger(__name__)

PACKAGE = Path(twolenses.__file__).parent

HERE = Path(__file__).parents[1]

STATIC, TEMPLATES = HERE / "static", HERE / "templates"

FORMS = ("*.html", "*.json")

SENTENCE = 30
"""Letters of a cell, more than which are several lines of a phone's column."""


def digest() -> str:
    """Changes with any table, module of the package or key: what executed cells and printed facts depend on."""
    root = course.root()
    return _digest((root / "data", "*"), (PACKAGE, "*.py"), (root / "exercises", keys.FILE))


def _digest(*kinds: tuple[Path, str]) -> str:
    """Changes with the name or the content of any file in these folders that fits the pattern beside it."""
    seen = hashlib.sha256()
    for folder, pattern in kinds:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "_course" not in path.parts:
                seen.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def configure(app: Sphinx, config: Any) -> None:
    """Settings that follow from the rest.

    jupyter-cache looks at code cells only, so outputs would survive a change of the data: there is one cache per
    state of data, package and keys, and the changed setting also makes Sphinx read every page again. So does a changed
    template or word of the interface; a changed script, style or icon makes it write every page again, and copy them.
    """
    config.twolenses_forms = _digest(*((PACKAGE / room, kind) for room in ("book", "quiz") for kind in FORMS))
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    static = [Path(app.confdir, place) for place in config.html_static_path]
    config.twolenses_assets = _digest(*((one, "*") if one.is_dir() else (one.parent, one.name) for one in static))
    config.nb_execution_cache_path = str(Path(app.outdir).parent / ".jupyter_cache" / digest())
    config.html_math_renderer = "mathml"
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.html_sidebars = {"**": ["home.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
    config.html_theme_options = config.html_theme_options | {
        "navbar_persistent": [],
        "use_download_button": False,
        "use_fullscreen_button": False,
    }


def ship_style(app: Sphinx) -> None:
    """Have the style of cells there before the first page: its address holds its content, as soon as there is some."""
    if app.builder.format == "html":
        Path(app.outdir, "_static").mkdir(parents=True, exist_ok=True)
        add_global_html_resources(app, None)


def keep_templates(app: Sphinx) -> None:
    """Keep what Jinja makes of templates, so that the next build need not compile them."""
    if templates := getattr(app.builder, "templates", None):
        kept = Path(app.doctreedir, "templates")
        kept.mkdir(parents=True, exist_ok=True)
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(kept))


def mend(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """What docutils and pandas write and a screen reader would stumble over."""
    if "body" in context:  # docutils gives a bibliography's entries a role that a list may not hold; no header is empty
        body = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
        context["body"] = re.sub(r'<th class="head">(<p></p>)?</th>', "<td></td>", body)


def number_titles_only(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Number a chapter's title alone: Sphinx gives a section that it has not counted the number of its page."""
    if numbers := app.env.toc_secnumbers.get(docname):
        for section in doctree.findall(nodes.section):
            if not isinstance(section.parent, nodes.document):
                numbers.setdefault(f"#{section['ids'][0]}", ())


class ReadableTables(SphinxTransform):
    """Tables that a screen reader and a phone can use.

    One of pandas has no empty header, and a frame that scrolls by keyboard. A cell that holds a sentence says so: on a
    phone it is not squeezed to a word a line.
    """

    default_priority = 600

    def apply(self, **kwargs: Any) -> None:
        for cell in self.document.findall(nodes.entry):
            if len(cell.astext()) > SENTENCE:
                cell["classes"].append("tl-sentence")
        for node in self.document.findall(nodes.raw):
            if node.get("format") == "html" and 'class="dataframe"' in node.astext():
                table = re.sub(r"<th>\s*</th>", "<td></td>", node.astext())
                table = re.sub(r"<style scoped>.*?</style>", "", table, flags=re.S).replace(' border="1"', "")
                framed = f'<div class="tl-scroll" role="group" aria-label="Table" tabindex="0">{table}</div>'
                node.children = [nodes.Text(framed)]
                node.rawsource = framed


class PlainAddresses(SphinxTransform):
    """Addresses as they were written: MyST-Parser 3 escapes an ``&`` twice (its issue 760)."""

    default_priority = 600

    def apply(self, **kwargs: Any) -> None:
        for link in self.document.findall(nodes.reference):
            if "refuri" in link:
                link["refuri"] = link["refuri"].replace("&amp;", "&")


def inline_math(self: HTML5Translator, node: nodes.math) -> None:
    """Inline formula as MathML."""
    self.body.append(_mathml(node))
    raise nodes.SkipNode


def block_math(self: HTML5Translator, node: nodes.math_block) -> None:
    """Displayed formula as MathML."""
    self.body.append(f'<div class="math">{_mathml(node, display=True)}</div>')
    raise nodes.SkipNode


def _mathml(node: nodes.Element, display: bool = False) -> str:
    """The formula; where it is not sound, a warning with its file and line, and its source."""
    try:
        return formulas.mathml(node.astext(), display=display)
    except FormulaError as error:
        placed = next((one for one in _outwards(node) if one.line), node)
        log.warning("The page has %s", error, location=placed)
        return f"<code>{escape(node.astext())}</code>"


def _outwards(node: nodes.Element) -> Iterator[nodes.Element]:
    """The node, what holds it, and so on: only blocks have a line."""
    while node is not None:
        yield node
        node = node.parent


def setup(app: Sphinx) -> None:
    """Register settings, styles and the math renderer."""
    register.keep({})  # tables do not change while a book is built
    register_plugin(
        "pybtex.backends", "plaintext", Backend, force=True
    )  # or every citation asks all installed packages for it
    app.add_transform(ReadableTables)
    app.add_transform(PlainAddresses)
    app.add_html_math_renderer("mathml", (inline_math, None), (block_math, None))
    app.add_css_file("two-lenses.css")
    app.add_js_file("site.js", loading_method="defer")
    app.add_config_value("twolenses_forms", "", "env", [str])
    app.add_config_value("twolenses_assets", "", "html", [str])
    app.connect("config-inited", configure, priority=900)
    app.connect("builder-inited", ship_style)
    app.connect("builder-inited", keep_templates)
    app.connect("doctree-resolved", number_titles_only)
    app.connect("html-page-context", mend)
