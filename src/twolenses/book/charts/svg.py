"""A chart's SVG for a page: real text in the page's font, colours that follow its scheme, and as few bytes as it takes.

>>> text = '<g id="g"><text style="fill: #4a4a4a">a</text></g>'
>>> drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{text}</svg>'
>>> print(inline(drawn, name="c", alt="A", classes="tl-wide").replace("><", ">\\n<"))
<svg class="tl-wide" viewBox="0 0 9 9" width="12" height="12" role="img" aria-label="A">
<text style="fill:var(--tl-c-4a4a4a,#4a4a4a)">a</text>
</svg>
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

from twolenses.charts import SOURCE

__all__ = ["Parts", "inline", "parts", "smallest_text"]

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
PIXELS = 4 / 3
"""Of a point."""

BACKGROUND = "patch_1"
"""The id that Matplotlib gives a figure's ground."""

Parts = dict[str, Any]
"""What `twolenses.charts.for_page` sends along: `narrow`, `upright`, `source`, `title`, `rows`."""

_MORE = re.compile(r'<metadata id="two-lenses">(.*?)</metadata>', re.S)
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COLOUR = re.compile(r"#([0-9a-f]{6})\b")
_DEFAULTS = re.compile(r"font-family:[^;]*|text-anchor:start|stroke-linejoin:round|font-weight:400")


def parts(text: str) -> tuple[str, Parts | None]:
    """An SVG by itself, and what it carries; None if it is no chart of ours."""
    found = _MORE.search(text)
    if not found:
        return text, None
    carried = etree.fromstring(f"<a>{found[1]}</a>", etree.XMLParser(huge_tree=True)).text
    return text[: found.start()] + text[found.end() :], json.loads(carried or "")


def inline(text: str, *, name: str, alt: str, classes: str) -> str:
    """The ``<svg>`` of a page.

    Parameters
    ----------
    text
        SVG as Matplotlib writes it, in points.
    name
        What ids begin with, so that no two on a page are alike.
    alt
        What a reader who cannot see it must know.
    """
    root = etree.fromstring(
        text.encode(), etree.XMLParser(huge_tree=True, remove_comments=True, remove_blank_text=True)
    )
    left, top, width, height = map(float, root.get("viewBox").split())
    height = _without_source(root, height)
    for left_out in [*root.iter(f"{SVG}metadata", f"{SVG}style"), *root.findall(f".//*[@id='{BACKGROUND}']")]:
        left_out.getparent().remove(left_out)
    _rename(root, name)
    for element in list(root.iter()):
        _slim(element)
    body = "".join(_written(child) for child in root)
    box = " ".join(f"{one:g}" for one in (left, top, round(width, 1), round(height, 1)))
    size = f'width="{round(width * PIXELS)}" height="{round(height * PIXELS)}"'
    return f'<svg class="{classes}" viewBox="{box}" {size} role="img" aria-label="{_attribute(alt)}">{body}</svg>'


def smallest_text(svg: str, width: float) -> float:
    """The size in pixels of the smallest text of a page's ``<svg>`` that is at most `width` pixels wide."""
    own = float(re.search(r' width="([\d.]+)"', svg)[1])  # type: ignore[index]
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^\"]*?([\d.]+)px", svg)]
    return min(sizes) * PIXELS * min(1.0, width / own)


def _without_source(root: Any, height: float) -> float:
    """Take the source away, which the page says below; returns the height that is left."""
    for group in root.findall(f".//*[@id='{SOURCE}']"):
        tops = [_top(line) for line in group.iter(f"{SVG}text")]
        group.getparent().remove(group)
        if tops:
            height = min(height, min(tops))
    return height


def _top(line: Any) -> float:
    """The upper edge of a line of text."""
    found = re.search(r"translate\([-\d.]+ ([-\d.]+)\)", line.get("transform", ""))
    return float(found[1] if found else line.get("y", "0")) - 12


def _rename(root: Any, name: str) -> None:
    """Keep only the ids that something refers to, under short names of the chart's own."""
    uses = re.findall(r'(?:url\(#|href="#)([^")]+)', etree.tostring(root, encoding="unicode"))
    short = {old: f"{name}-{number}" for number, old in enumerate(dict.fromkeys(uses))}
    for element in root.iter():
        if (old := element.attrib.pop("id", None)) in short:
            element.set("id", short[old])
        if link := element.attrib.pop(f"{XLINK}href", None):
            element.set("href", f"#{short[link[1:]]}")
        if clip := element.get("clip-path"):
            element.set("clip-path", f"url(#{short[clip[5:-1]]})")


def _slim(element: Any) -> None:
    """Fewer digits, no blanks, no defaults; colours by their names."""
    digits = 2 if element.getparent() is not None and element.getparent().tag == f"{SVG}defs" else 1
    for key, value in element.attrib.items():
        if key in ("d", "x", "y", "width", "height", "transform", "points"):
            value = _NUMBER.sub(lambda found: f"{round(float(found[0]), digits):g}", value)
        if key == "d":
            value = re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(value.split()))
        elif key == "transform" and re.fullmatch(r"rotate\(-?0( [-\d.]+ [-\d.]+)?\)", value):
            value = ""
        elif key == "style":
            rules = (re.sub(r"\s*:\s*", ":", rule.strip()) for rule in value.split(";"))
            kept = ";".join(rule for rule in rules if rule and not _DEFAULTS.fullmatch(rule))
            value = _COLOUR.sub(r"var(--tl-c-\1,#\1)", re.sub(r"(font:[^;]*?px) [^;]*", r"\1 inherit", kept))
        if value:
            element.set(key, value)
        else:
            del element.attrib[key]


def _written(element: Any) -> str:
    tag = element.tag.removeprefix(SVG)
    inner = _text(element.text or "") + "".join(_written(child) + _text(child.tail or "") for child in element)
    if (tag in ("g", "defs") and not inner) or (tag == "g" and not element.attrib):
        return inner
    attributes = "".join(f' {key.rpartition("}")[2]}="{_attribute(value)}"' for key, value in element.attrib.items())
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _attribute(words: str) -> str:
    return _text(words).replace('"', "&quot;")
