"""Charts as Vega-Lite, drawn to SVG that is safe to put inside a page, or to PNG for Word."""
import json
import re
from functools import lru_cache
from xml.etree import ElementTree

import altair as alt
import vl_convert

SVG = "http://www.w3.org/2000/svg"
DARK, ACCENT, PALE, INK, QUIET = "#1b3a5c", "#b36b00", "#d3dde8", "#14202b", "#4f5b66"
FONT = "Arial, Liberation Sans, sans-serif"
WIDTH = 380
NAME_WIDTH = 300

def styled(chart) -> dict:
    """A chart in the report's look, as a Vega-Lite specification."""
    return (chart.configure(font=FONT, background="white", padding=4)
            .configure_view(stroke=None)
            .configure_axis(labelFont=FONT, titleFont=FONT, labelFontSize=13, titleFontSize=13, labelColor=INK,
                            titleColor=QUIET, titleFontWeight="normal", gridColor="#e6eaee", domainColor="#8a949e",
                            tickColor="#8a949e", labelLimit=NAME_WIDTH)
            .configure_legend(labelFont=FONT, labelFontSize=13, title=None, orient="top", symbolSize=150, labelLimit=0,
                              labelColor=INK)
            .configure_header(labelFont=FONT, labelFontSize=14, labelFontWeight="bold", labelColor=INK, title=None)
            .to_dict())


def largest(rows: list, size, most: int) -> tuple[list, str]:
    """The rows a chart has room for on one page, in their own order, and a sentence if some are left out."""
    if len(rows) <= most:
        return rows, ""
    kept = {id(each) for each in sorted(rows, key=size, reverse=True)[:most]}
    return [each for each in rows if id(each) in kept], f"Only the {most} largest of {len(rows)} are drawn. "


def wrapped(name: str, width: int = 44) -> str:
    """A long name on two lines at most, split by “|”, which `AXIS_LINES` turns into a line break."""
    if len(name) <= width:
        return name
    cut = name.rfind(" ", 0, width)
    first, rest = (name[:cut], name[cut + 1:]) if cut > 0 else (name[:width], name[width:])
    return f"{first}|{rest if len(rest) <= width else rest[:width - 1] + '…'}"


AXIS_LINES = "split(datum.label, '|')"


def names_axis(order: list[str]) -> alt.Y:
    """The names down the side, in the table's order."""
    return alt.Y("name:N", sort=order, title=None,
                 axis=alt.Axis(labelExpr=AXIS_LINES, ticks=False, domain=False, labelPadding=8, labelLineHeight=14))


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec)


def svg(spec: dict, chart_id: str, title: str, description: str) -> str:
    """Inline SVG with a title and a description, no style attributes, scripts or ids that could clash."""
    root = ElementTree.fromstring(_svg(json.dumps(spec)))
    for element in root.iter():
        for name in [each for each in element.attrib if each.startswith(("aria", "on")) or each in ("role", "class")]:
            del element.attrib[name]
        style = element.attrib.pop("style", "")
        for rule in filter(None, style.split(";")):
            key, _, value = rule.partition(":")
            element.set(key.strip(), value.strip())
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set("id", f"{chart_id}-{value}")
            elif "url(#" in value:
                element.set(name, re.sub(r"url\(#", f"url(#{chart_id}-", value))
    for at, (tag, text) in enumerate((("title", title), ("desc", description))):
        words = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{chart_id}-{tag}"})
        words.text = text
        root.insert(at, words)
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart_id}-title {chart_id}-desc")
    root.set("class", "drawing")
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def png(spec: dict) -> bytes:
    """The same drawing at twice the size for print."""
    return vl_convert.vegalite_to_png(json.dumps(spec), scale=2)
