"""The map of links as SVG, drawn on the server: every node a link that the keyboard reaches, its shape saying its kind."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import cos, pi, sin

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from goldthread.web.bespoke.links import KINDS, LEVELS, Links, Node, Standing

WIDTH, RING, ROOM, EDGE, LETTERS = 1000, 84, 96, 70, 16
HALF = 14  # a node is 28 pixels wide: more than the least a finger needs
Point = tuple[float, float]


def draw(links: Links, standing: dict[str, Standing], url: Callable[[str], str]) -> SafeString:
    """The drawing, in the size its nodes need. url: where a node's key leads."""
    places, width, height = layout(links, standing)
    lines = "".join(_line(places[tie.one], places[tie.other], len(tie.cases)) for tie in links.ties)
    nodes = "".join(_node(links.nodes[key], standing[key], at, url(key)) for key, at in places.items())
    said = f"{len(links.nodes)} nodes and {len(links.ties)} links. The tables below say the same in words."
    return mark_safe(  # every piece of text below has been through escape()
        f'<svg class="gt-map" role="group" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' aria-labelledby="map-t" aria-describedby="map-d"><title id="map-t">Map of links</title>'
        f'<desc id="map-d">{escape(said)}</desc><g aria-hidden="true">{lines}</g>{nodes}</svg>')


def layout(links: Links, standing: dict[str, Standing]) -> tuple[dict[str, Point], int, int]:
    """Where each node is drawn and how much room that takes: themes in a row above, each cluster in rings around the
    node that joins most. The same links give the same picture."""
    clusters: dict[str, list[str]] = defaultdict(list)
    for key in links.nodes:
        clusters[standing[key].cluster].append(key)
    themes, places = sorted(clusters.pop("", []), key=lambda key: links.nodes[key].name), {}
    for at, key in enumerate(themes):
        places[key] = (EDGE + at % 6 * 170.0, EDGE - 20 + at // 6 * 70.0)
    x, y, tallest, widest = 0.0, EDGE + (len(themes) + 5) // 6 * 70.0, 0.0, 0.0
    for name in sorted(clusters, key=lambda each: (len(each), each)):
        members = sorted(clusters[name], key=lambda key: (-standing[key].between, -standing[key].ties, key))
        rings = _rings(members)
        side = 2 * (len(rings) - 1) * RING + 2 * EDGE
        if x and x + side > WIDTH:
            x, y, tallest = 0.0, y + tallest, 0.0
        places |= _around((x + side / 2, y + side / 2), rings)
        x, tallest = x + side, max(tallest, side)
        widest = max(widest, x)
    return places, round(max(widest, WIDTH if themes else widest, 300)), round(y + tallest)


def _rings(members: list[str]) -> list[list[str]]:
    """The one in the middle, then as many around it as each ring has room for."""
    rings, left = [members[:1]], members[1:]
    while left:
        room = max(int(2 * pi * RING * len(rings) / ROOM), 4)
        rings, left = [*rings, left[:room]], left[room:]
    return rings


def _around(middle: Point, rings: list[list[str]]) -> dict[str, Point]:
    found = {}
    for number, ring in enumerate(rings):
        for at, key in enumerate(ring):
            turn = 2 * pi * at / len(ring) + number / 2
            found[key] = (middle[0] + RING * number * cos(turn), middle[1] + RING * number * sin(turn))
    return found


def _line(one: Point, other: Point, weight: int) -> str:
    look = "gt-map__line gt-map__line--strong" if weight > 1 else "gt-map__line"
    return f'<line class="{look}" x1="{one[0]:.0f}" y1="{one[1]:.0f}" x2="{other[0]:.0f}" y2="{other[1]:.0f}"/>'


def _node(node: Node, standing: Standing, at: Point, url: str) -> str:
    level = f", {node.level} risk" if node.level in LEVELS else ""
    several = "link" if standing.ties == 1 else "links"
    said = f"{node.name}: {KINDS[node.kind].lower()}{level}, {standing.ties} {several}"
    look = f"gt-map__node gt-map__node--{node.level or 'none'}"
    room = LETTERS + 6 if node.kind == "theme" else LETTERS
    short = node.name if len(node.name) <= room else f"{node.name[:room - 1]}…"
    return (f'<a class="{look}" href="{escape(url)}" aria-label="{escape(said)}"><title>{escape(said)}</title>'
            f'{_shape(node.kind, at)}<text x="{at[0]:.0f}" y="{at[1] + HALF + 15:.0f}" text-anchor="middle">'
            f'{escape(short)}</text></a>')


def _shape(kind: str, at: Point) -> str:
    x, y = at
    if kind == "person":
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{HALF}"/>'
    if kind == "group":
        return f'<path d="M{x:.0f} {y - HALF - 3:.0f}l{HALF + 3} {HALF + 3}-{HALF + 3} {HALF + 3}-{HALF + 3}-{HALF + 3}z"/>'
    wide = HALF if kind == "place" else 2 * HALF
    return (f'<rect x="{x - wide:.0f}" y="{y - HALF:.0f}" width="{2 * wide}" height="{2 * HALF}"'
            f' rx="{0 if kind == "place" else HALF}"/>')
