"""A version as Moodle's *Feedback* imports it: *Questions*, *Actions*, *Import questions*.

Moodle's export and import were read for this; there is no schema. It refuses a file whose first line has single quotes
or no space before ``?>``. A text area has its text in `PRESENTATION`; choices are ``r>>>>>one|two<<<<<1``, where `r` is
radio, `c` check boxes and the 1 at the end sets them side by side. A label is shown to teachers and in the export, not
to students: ``A1`` tells the versions apart afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from twolenses.framing import texts
from twolenses.framing.texts import Survey
from twolenses.lms.texts import TEX, plain

__all__ = ["document"]

HEAD = b'<?xml version="1.0" encoding="UTF-8" ?>\n'
ABOUT = {"VERSION": "200701", "COMMENT": "XML-Importfile for mod/feedback"}
OMIT_EMPTY = "i"
"""An empty answer is not counted in Moodle's own analysis."""

Entry = dict[str, str]


def document(survey: Survey, version: str, consent: str) -> bytes:
    """The file: consent, on a page of its own, then the paragraph and the questions."""
    root = etree.Element("FEEDBACK", ABOUT)
    items = etree.SubElement(root, "ITEMS")
    for number, (kind, entry) in enumerate(_items(survey, version, consent), start=1):
        required = "1" if entry.pop("required", "") else "0"
        item = etree.SubElement(items, "ITEM", TYPE=kind, REQUIRED=required)
        empty = dict.fromkeys(("ITEMTEXT", "ITEMLABEL", "PRESENTATION", "OPTIONS"), "")
        for name, text in {"ITEMID": str(number), **empty, **entry, "DEPENDITEM": "0", "DEPENDVALUE": ""}.items():
            etree.SubElement(item, name).text = etree.CDATA(text)
    return HEAD + bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=False)) + b"\n"


def _items(survey: Survey, version: str, consent: str) -> Iterator[tuple[str, Entry]]:
    yield "label", {"PRESENTATION": TEX.html(consent)}
    yield (
        "multichoice",
        {
            "ITEMTEXT": plain(survey.asks),
            "ITEMLABEL": f"{version}0",
            "PRESENTATION": f"c>>>>>{plain(survey.answer)}<<<<<1",
            "required": "yes",
        },
    )
    yield "pagebreak", {}
    yield "label", {"PRESENTATION": TEX.html(texts.bare(survey.paragraph(version)))}
    yield "label", {"PRESENTATION": TEX.html(survey.instruction)}
    choices = "|".join(survey.options)
    for number, text in enumerate(survey.questions.values(), start=1):
        yield (
            "multichoice",
            {
                "ITEMTEXT": plain(text),
                "ITEMLABEL": f"{version}{number}",
                "PRESENTATION": f"r>>>>>{choices}<<<<<1",
                "OPTIONS": OMIT_EMPTY,
            },
        )
