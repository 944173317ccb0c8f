"""What a page loads, and that no rule it uses is lost on the way."""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import drawn
import pytest
from browsing import CHAPTER, EXERCISE, ICON_FONTS, PAGES
from lxml import html as parser
from playwright.sync_api import Browser

from twolenses.book.site import styles

# ── which rules stay ─────────────────────────────────────────────────────────────────────────────────

PAGE = """<body class="a b"><p id="c" style="color: var(--on-page)">Words such as unused.</p>
<script>mark.className = `tl-${kind}`; document.querySelector(".asked")</script>"""
SCRIPT = "box.classList.add('given')"


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[str], str]:
    """What the page above keeps of a style sheet, which lies in a folder of static files."""

    def purge(style: str) -> str:
        sheet = tmp_path / "styles" / "theme.css"
        sheet.parent.mkdir(exist_ok=True)
        sheet.write_text(style, encoding="utf-8")
        return styles.purged(styles.rules(sheet, tmp_path), styles.names(PAGE, SCRIPT), "../_static/")

    return purge


@pytest.mark.parametrize(
    "style",
    [
        "p{x:1}",
        ".a.b > #c{x:1}",
        "*{x:1}",
        ".given{x:1}",
        ".tl-wrong{x:1}",
        ".a:hover::before{x:1}",
        ".a:not(.unused):is(.c, .d){x:1}",
        ".a[data-theme=dark]{x:1}",
        r".a.sd\:x{x:1}",
        "@media print{@supports (x:1){.a{x:1}}}",
        "@layer one{.a{x:1}}",
        "@page{margin:1cm}",
        ".a::-moz-y,.unused::-webkit-y{x:1}",
        ".a{x:1 !important;x:2}",
        '.a{content:"/* no comment */ }"}',
        ".a{x:1;& .unused{x:2}}",
        ":root{--on-page:red}",
        ":root{--x:var(--y);--y:red}.a{x:var(--x)}",
        "@keyframes turn{to{x:1}}.a{animation:turn 1s}",
        '@font-face{font-family:"One";src:url("data:x")}.a{font-family:One}',
        ".a{x:url(data:y)}",
    ],
)
def test_a_rule_stays_that_the_page_or_a_script_of_it_may_use(kept: Callable[[str], str], style: str) -> None:
    assert re.sub(r" ?(!important)", r"\1", style) == kept(style)


@pytest.mark.parametrize(
    ("style", "left"),
    [
        (".unused{x:1}", ""),
        (".a .unused{x:1}", ""),
        (".asked{x:1}", ""),
        ("table{x:1}", ""),
        (".a,.unused,.b:hover{x:1}", ".a,.b:hover{x:1}"),
        (".unused::-moz-y,.gone{x:1}", ""),
        ("@media print{.unused{x:1}}", ""),
        ("@media print{.unused{x:1}.a{x:1}}", "@media print{.a{x:1}}"),
        (":root{--x:red;--y:blue}.a{x:var(--x)}", ":root{--x:red}.a{x:var(--x)}"),
        (":root{--x:var(--y);--y:blue}.unused{x:var(--x)}", ""),
        ("@keyframes turn{to{x:1}}.a{x:1}", ".a{x:1}"),
        ("@font-face{font-family:One;src:url(x)}", ""),
        ('@charset "UTF-8";/* words */.a{x:1}', ".a{x:1}"),
    ],
)
def test_a_rule_goes_that_nothing_on_the_page_can_match(kept: Callable[[str], str], style: str, left: str) -> None:
    assert kept(style) == left


def test_the_order_of_rules_is_kept_under_media_too(kept: Callable[[str], str]) -> None:
    style = ".a{x:1}@media print{.a{x:2}.b{x:3}}.a{x:4}@media print{.a{x:5}}"
    assert kept(style) == style


def test_what_a_sheet_imports_comes_first_and_addresses_lead_where_they_led(
    kept: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "basic.css").write_text(".b{x:url(file.png)}.unused{x:2}", encoding="utf-8")
    style = '@import "../basic.css";@import url(../basic.css) print;.a{x:url("../vendor/icon.svg")}'
    assert kept(style) == (
        ".b{x:url(../_static/file.png)}@media print{.b{x:url(../_static/file.png)}}.a{x:url(../_static/vendor/icon.svg)}"
    )


# ── that none is lost ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "view"),
    [
        (CHAPTER, drawn.View(360, "light", first=drawn.drawer)),
        (CHAPTER, drawn.View(680, "light", "print")),
        ("index.html", drawn.View(1280, "dark", first=drawn.menu)),
        (EXERCISE, drawn.View(1280, "light", first=drawn.dialog)),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{one.width} {one.media} {getattr(one.first, '__name__', '')}",
)
def test_with_the_rules_that_were_left_out_a_page_looks_the_same(
    browser: Browser, served: str, site: Path, name: str, view: drawn.View
) -> None:
    """Element by element, and pixel by pixel at its beginning. `drawn.py` looks at all pages so."""
    assert drawn.differences(browser, served + name, view, (None, drawn.whole(site))) == []


def test_a_rule_that_is_lost_would_be_found(browser: Browser, served: str, site: Path) -> None:
    style = (site / drawn.STYLE).read_text(encoding="utf-8")
    lost = re.sub(r"\.tl-proportions\{[^}]*\}", "", style)
    assert lost != style
    found = drawn.differences(browser, served + "index.html", drawn.View(1280, "light"), (None, lost))
    assert "the picture" in found
    assert any(".tl-proportions" in one for one in found)


# ── how much is left ─────────────────────────────────────────────────────────────────────────────────


@functools.cache
def sent(path: Path) -> int:
    """Bytes over the line: texts by gzip, level 6, as common hosts send them."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in (".html", ".css", ".js", ".svg") else len(content)


def loads(page: Path, site: Path) -> set[Path]:
    """The files that a page brings along: itself, its style, scripts and pictures, and every icon font."""
    tree = parser.parse(str(page))
    named = tree.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
    files = {(page.parent / one.partition("?")[0]).resolve() for one in named if not one.startswith("data:")}
    return {page, *files, *(site / ICON_FONTS).iterdir()}


def test_a_page_comes_in_150_kilobytes_and_14_requests(site: Path) -> None:
    """Screenshots are counted as requests and not weighed."""
    files = {name: loads(site / name, site) for name in PAGES}
    weights = {
        name: sum(sent(path) for path in found if path.suffix not in (".png", ".webp")) for name, found in files.items()
    }
    assert {name: len(found) for name, found in files.items() if len(found) > 14} == {}
    assert {name: weight for name, weight in weights.items() if weight > 150_000} == {}


def test_no_script_is_waited_for_and_the_style_is_one(site: Path) -> None:
    trees = {name: parser.parse(str(site / name)) for name in PAGES}
    assert {len(tree.xpath("//link[@rel='stylesheet']")) for tree in trees.values()} == {1}
    assert [
        name for name, tree in trees.items() if tree.xpath("//head//script[@src] | //script[@src][not(@defer)]")
    ] == []


def test_a_button_to_copy_is_loaded_where_there_is_code(site: Path) -> None:
    with_button = {name for name in PAGES if "copybutton.js" in (site / name).read_text(encoding="utf-8")}
    assert with_button == {name for name in PAGES if 'class="highlight' in (site / name).read_text(encoding="utf-8")}
    assert 0 < len(with_button) < len(PAGES)
