"""``{course-map}``: where things happened, drawn at build time from the outlines and places of the data package."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course
from twolenses.book import wording
from twolenses.book.nodes import joined, link_to, record, section, small_print
from twolenses.book.reference.cartography import Frame, Label, Labels, Point, Ring, open_lines, part_between
from twolenses.book.reference.records import rows
from twolenses.errors import BookError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

KOSOVO, SERBIA = "XKX", "SRB"

WHOLE = Frame(19.72, 41.72, 22.08, 43.42)
NORTH = Frame(20.42, 42.79, 21.10, 43.30)

COUNTRIES = {
    "Serbia": (21.40, 43.28),
    "Montenegro": (20.02, 42.92),
    "Albania": (20.02, 42.02),
    "North Macedonia": (21.42, 41.86),
    "Kosovo": (20.86, 42.53),
}
"""Where a name stands in the map of the whole."""

MARKS = {
    "town": '<circle r="3.2"/>',
    "village": '<circle r="2.2"/>',
    "crossing": '<path d="M0-4.4 4.4 0 0 4.4-4.4 0Z"/>',
    "base": '<path d="M0-4.4 4.2 3.4-4.2 3.4Z"/>',
    "monastery": '<path d="M-1.3-5h2.6v3.2h3.2v2.6h-3.2v4.4h-2.6v-4.4h-3.2v-2.6h3.2Z"/>',
    "bridge": '<path d="M-4.6-1.4h9.2v2.8h-9.2Z"/>',
}

LINE = "a state border for Kosovo, an administrative line for Serbia"


@dataclass(frozen=True)
class Outlines:
    """The shapes of the maps, as rings of longitude and latitude."""

    neighbours: dict[str, list[Ring]]
    coarse: set[Point]
    """Points of Kosovo in the coarser outlines of the region: along them its neighbours' lines are left out."""
    kosovo: Ring
    boundary: Ring
    """The part of Kosovo's outline towards Serbia."""
    other_lines: Ring
    municipalities: dict[str, list[Ring]]
    northern: dict[str, list[Ring]]


class MapDirective(SphinxDirective):
    """The maps.

    Written ```` ```{course-map} ```` (no argument, no content); out come two drawings as SVG, of Kosovo and of its
    north, what their signs mean, and every place in words, with the events and claims that name it.
    """

    def run(self) -> list[nodes.Node]:
        outlines = read_outlines()
        places = rows("places")
        drawn = [row for row in places if not row["doubtful"]]
        north = [row for row in drawn if _inside(NORTH, row) and row["municipality"] in _northern_and_mitrovica()]
        others = [row for row in drawn if row not in north]
        try:
            whole, enlarged = draw_whole(outlines, drawn), draw_north(outlines, north)
        except BookError as error:
            log.warning("{course-map} %s", error, location=self.get_location())
            return []
        return [
            _figure("whole", WHOLE, whole, _TITLE_WHOLE, _DESC_WHOLE),
            _figure("north", NORTH, enlarged, _TITLE_NORTH, _DESC_NORTH),
            _legend(),
            small_print(*_credit()),
            self._places("The north, place by place", "places-north", north),
            self._places("The other places", "places-other", others),
            self._places("Not drawn", "places-not-drawn", [row for row in places if row["doubtful"]]),
        ]

    def _places(self, title: str, anchor: str, part: list[dict[str, Any]]) -> nodes.section:
        return section(title, anchor, nodes.definition_list("", *map(self._place, part)))

    def _place(self, row: dict[str, Any]) -> nodes.definition_list_item:
        anchor = nodes.make_id(f"place-{row['place']}")
        term = nodes.term("", row["place"], ids=[anchor], names=[anchor])
        self.state.document.note_explicit_target(term)
        definition = nodes.definition("", nodes.paragraph("", _about(row)))
        events, claims = mentions(row)
        for event in events:
            link = self._link(wording.date(event["date"]), "event", event["id"])
            definition += nodes.paragraph("", "", link, nodes.Text(f": {event['event']}."))
        if claims:
            links = (self._link(one, "claim", one) for one in claims)
            definition += nodes.paragraph("", "Claims: ", *joined(links, end="."))
        source = wording.link(row["source"], row["source_url"])
        definition += small_print(f"{row['lat']:.3f}° N, {row['lon']:.3f}° E: ", *source)
        return nodes.definition_list_item("", term, definition)

    def _link(self, text: str, kind: str, id: str) -> nodes.Node:
        return link_to(text, f"{kind}-{id.lower()}", self.env.docname, made=True)


def mentions(row: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Events and claims that name a place, by either of its names."""
    pair = re.sub(r" (crossing|monastery)$", "", row["place"])
    forms = {row["name_sq"], row["name_sr"], *(pair.split("/") if "/" in pair else ())} - {""}
    if row["doubtful"] or not forms:
        return [], []
    named = re.compile(rf"\b({'|'.join(map(re.escape, sorted(forms)))})\b")
    events = [event for event in rows("chronology") if named.search(event["event"])]
    claims = rows("claims")
    return events, [one["id"] for one in claims if named.search(f"{one['claim']} {one['correction']}")]


def read_outlines() -> Outlines:
    """The three files of outlines, and the line between Kosovo and Serbia cut out of the finer one."""
    region = {one["properties"]["iso3"]: _rings(one) for one in _features("geo/balkans_outline.geojson")}
    [kosovo] = [_rings(one)[0] for one in _features("share-alike/kosovo_outline.geojson")]
    shapes = _features("share-alike/kosovo_municipalities.geojson")
    towards_serbia = [point for point in region[KOSOVO][0] if point in set(region[SERBIA][0])]
    corners = [point for point in towards_serbia if any(point in ring for ring in _without(region, KOSOVO, SERBIA))]
    boundary, rest = part_between(kosovo, (corners[0], corners[-1]), towards_serbia[len(towards_serbia) // 2])
    return Outlines(
        neighbours={iso3: rings for iso3, rings in region.items() if iso3 != KOSOVO},
        coarse=set(region[KOSOVO][0]),
        kosovo=kosovo,
        boundary=boundary,
        other_lines=rest,
        municipalities={one["properties"]["municipality"]: _rings(one) for one in shapes},
        northern={one["properties"]["municipality"]: _rings(one) for one in shapes if one["properties"]["northern"]},
    )


def _features(path: str) -> list[dict[str, Any]]:
    text = (course.root() / "data" / path).read_text(encoding="utf-8")
    return list(json.loads(text)["features"])


def _rings(feature: dict[str, Any]) -> list[Ring]:
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[(lon, lat) for lon, lat in ring] for polygon in polygons for ring in polygon]


def _without(region: dict[str, list[Ring]], *names: str) -> list[Ring]:
    return [ring for name, rings in region.items() if name not in names for ring in rings]


def _northern_and_mitrovica() -> set[str]:
    return {row["municipality"] for row in rows("municipalities") if row["northern"]} | {"Mitrovicë/Mitrovica"}


def _inside(frame: Frame, row: dict[str, Any]) -> bool:
    return frame.holds((row["lon"], row["lat"]))


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────────

_TITLE_WHOLE = "Kosovo and its neighbours"
_DESC_WHOLE = (
    "Kosovo lies between Serbia in the north and east, North Macedonia in the south, Albania in the south-west and "
    f"Montenegro in the north-west. A dashed line marks the boundary with Serbia: {LINE}. The four northern "
    "municipalities are shaded. A frame shows what the second map enlarges. The places are listed below the maps."
)
_TITLE_NORTH = "The north of Kosovo"
_DESC_NORTH = (
    "The four northern municipalities, Leposaviq/Leposavić, Zubin Potok, Zveçan/Zvečan and North Mitrovica, are "
    f"shaded. A dashed line marks the boundary with Serbia: {LINE}. The crossings of Jarinjë/Jarinje and "
    "Bërnjak/Brnjak lead over it, the second marked at its village; the monastery of Banjskë/Banjska lies between "
    "Zveçan/Zvečan and Leposaviq/Leposavić; the main bridge over the Ibar joins the two parts of Mitrovica. The "
    "places are listed below the maps."
)


def draw_whole(outlines: Outlines, places: Iterable[dict[str, Any]]) -> str:
    """Kosovo and its neighbours, without the places that the map of the north shows."""
    labels = Labels(360, WHOLE.height)
    names = [Label((name,), *WHOLE.project(at), "middle", "tl-map-country") for name, at in COUNTRIES.items()]
    (left, top), (right, bottom) = WHOLE.project((NORTH.west, NORTH.north)), WHOLE.project((NORTH.east, NORTH.south))
    labels.taken.append((left, top, right, bottom))
    box = f'<path class="tl-map-box" d="M{left:.1f} {top:.1f}H{right:.1f}V{bottom:.1f}H{left:.1f}Z"/>'
    elsewhere = [row for row in places if not _inside(NORTH, row)]
    parts = [_land(WHOLE, outlines), box, *(labels.fix(name).svg() for name in names)]
    return "".join([*parts, *_points(WHOLE, labels, elsewhere), _scale_bar(WHOLE, labels, 50)])


def draw_north(outlines: Outlines, places: Iterable[dict[str, Any]]) -> str:
    """The north, with its municipalities."""
    labels = Labels(360, NORTH.height)
    names = [Label(("Serbia",), *NORTH.project((20.92, 43.26)), "middle", "tl-map-country")]
    rest = [rings for name, rings in outlines.municipalities.items() if name not in outlines.northern]
    lines = NORTH.path(*(ring for rings in rest for ring in rings if NORTH.sees(ring)))
    parts = [
        _land(NORTH, outlines),
        f'<path class="tl-map-municipality" d="{lines}"/>',
        _boundary(NORTH, outlines),
    ]
    parts += [labels.fix(name).svg() for name in names]
    return "".join([*parts, *_points(NORTH, labels, places), _scale_bar(NORTH, labels, 10)])


def _land(frame: Frame, outlines: Outlines) -> str:
    seen = [ring for rings in outlines.neighbours.values() for ring in rings if frame.sees(ring)]
    lines = [line for ring in seen for line in open_lines(ring, outlines.coarse)]
    northern = [ring for some in outlines.northern.values() for ring in some]
    shapes = (
        ("tl-map-line", frame.path(*lines, closed=False)),
        ("tl-map-kosovo", frame.path(outlines.kosovo)),
        ("tl-map-north", frame.path(*northern)),
        ("tl-map-line", frame.path(outlines.other_lines, closed=False)),
    )
    land = f'<rect class="tl-map-land" width="360" height="{frame.height:.1f}"/>'
    return land + "".join(f'<path class="{name}" d="{line}"/>' for name, line in shapes) + _boundary(frame, outlines)


def _boundary(frame: Frame, outlines: Outlines) -> str:
    return f'<path class="tl-map-boundary" d="{frame.path(outlines.boundary, closed=False)}"/>'


def _points(frame: Frame, labels: Labels, places: Iterable[dict[str, Any]]) -> list[str]:
    placed = [(row, frame.project((row["lon"], row["lat"]))) for row in places]
    labels.keep_free(at for _, at in placed)
    marks = [
        f'<g class="tl-map-{row["kind"]}" transform="translate({x:.1f} {y:.1f})">{MARKS[row["kind"]]}</g>'
        for row, (x, y) in placed
    ]
    return marks + [labels.put(row["place"], at, "tl-map-place").svg() for row, at in placed]


def _scale_bar(frame: Frame, labels: Labels, kilometres: int) -> str:
    length, bottom = frame.kilometres(kilometres), frame.height - 10
    label = labels.fix(Label((f"{kilometres} km",), 10, bottom - 5, "start", "tl-map-scale"))
    return f'<path class="tl-map-bar" d="M10 {bottom - 3:.1f}v3h{length:.1f}v-3"/>{label.svg()}'


# ── on the page ──────────────────────────────────────────────────────────────────────────────────────


def _figure(name: str, frame: Frame, drawing: str, title: str, description: str) -> nodes.Node:
    svg = (
        f'<svg class="tl-map" viewBox="0 0 360 {frame.height:.0f}" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-labelledby="map-{name}-title map-{name}-desc">'
        f'<title id="map-{name}-title">{escape(title)}</title>'
        f'<desc id="map-{name}-desc">{escape(description)}</desc>{drawing}</svg>'
    )
    caption = record("", nodes.Text(title), tag="figcaption")
    return record("", nodes.raw("", svg, format="html"), caption, tag="figure", classes=["tl-figure"])


def _legend() -> nodes.bullet_list:
    signs = {
        '<path class="tl-map-boundary" d="M-9 0H9"/>': f"the boundary between Kosovo and Serbia: {LINE}",
        '<path class="tl-map-line" d="M-9 0H9"/>': "other lines between states",
        '<path class="tl-map-north" d="M-8-6H8V6H-8Z"/>': "the four northern municipalities",
        '<path class="tl-map-box" d="M-8-6H8V6H-8Z"/>': "the part that the second map enlarges",
    }
    signs |= {f'<g class="tl-map-{kind}">{mark}</g>': kind for kind, mark in MARKS.items()}
    items = []
    for sign, meaning in signs.items():
        svg = (
            f'<svg class="tl-map tl-key" viewBox="-10 -8 20 16" width="30" height="24" aria-hidden="true">{sign}</svg> '
        )
        items.append(
            nodes.list_item("", nodes.paragraph("", "", nodes.raw("", svg, format="html"), nodes.Text(meaning)))
        )
    return nodes.bullet_list("", *items, classes=["tl-legend"])


def _credit() -> list[nodes.Node]:
    return [
        nodes.Text("Outlines of Kosovo and its municipalities: © "),
        *wording.link("OpenStreetMap contributors", "https://www.openstreetmap.org/copyright"),
        nodes.Text(", through "),
        *wording.link("geoBoundaries", "https://www.geoboundaries.org"),
        nodes.Text(" (Runfola et al. 2020), simplified. Neighbours: "),
        *wording.link("Natural Earth", "https://www.naturalearthdata.com"),
        nodes.Text(", public domain. The maps are made from share-alike outlines and are therefore under "),
        *wording.link("CC BY-SA 2.0", "https://creativecommons.org/licenses/by-sa/2.0/"),
        nodes.Text(", not under the licence of the rest of the book."),
    ]


def _about(row: dict[str, Any]) -> str:
    names = [
        f"{name} in {tongue}" for name, tongue in ((row["name_sq"], "Albanian"), (row["name_sr"], "Serbian")) if name
    ]
    same = row["name_sq"] and row["name_sq"] == row["name_sr"]
    named = f"{row['name_sq']} in Albanian and in Serbian" if same else ", ".join(names)
    kind = "wrongly placed" if row["doubtful"] else row["kind"]
    text = f"{wording.capital(kind)}, municipality {row['municipality']}"
    return ". ".join(part for part in (text, named, row["note"]) if part) + "."


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("course-map", MapDirective)
