"""What differs between the versions of QTI: names, name spaces, and where a feedback has its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree

from twolenses.lms.qti.items import NAMESPACE, Element

__all__ = ["V21", "V30", "Version"]


@dataclass(frozen=True)
class Version:
    """A version: the types of its resources, what its manifest says of itself, and how elements are called."""

    item: str
    test: str
    package: str
    schema: tuple[str, str]
    kebab: bool

    def written(self, root: Element) -> bytes:
        """A file: the item or test, which is in the words of 2.1, in those of this version."""
        if self.kebab:
            root = _renamed(root)
            if root.find(f"{{{QTI3}}}qti-item-body//{{{QTI3}}}qti-extended-text-interaction") is not None:
                root.find(f"{{{QTI3}}}qti-outcome-declaration[@identifier='SCORE']").set("external-scored", "human")
        etree.cleanup_namespaces(root)
        return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


V21 = Version(
    "imsqti_item_xmlv2p1",
    "imsqti_test_xmlv2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    ("QTIv2.1 Package", "1.0.0"),
    kebab=False,
)
V30 = Version(
    "imsqti_item_xmlv3p0",
    "imsqti_test_xmlv3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    ("QTI Package", "3.0.0"),
    kebab=True,
)

QTI3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
HTML = {
    "a", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
"""Elements of the texts, which 3.0 calls as HTML does."""


def _renamed(element: Element) -> Element:
    """The element in the words of 3.0, with all that it holds; formulas stay."""
    if not element.tag.startswith(f"{{{NAMESPACE}}}"):
        return element
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    ours = name not in HTML
    tag = f"qti-{_kebab(name)}" if ours else name
    attributes = {_kebab(key): value for key, value in element.attrib.items()} if ours else element.attrib
    if name == "rubricBlock":
        attributes["use"] = "scoring"
    made = etree.Element(f"{{{QTI3}}}{tag}", attributes, nsmap={None: QTI3})
    inside = etree.SubElement(made, f"{{{QTI3}}}qti-content-body") if name in ("modalFeedback", "rubricBlock") else made
    inside.text, made.tail = element.text, element.tail
    for child in element:
        inside.append(_renamed(child))
    return made


@cache
def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)
