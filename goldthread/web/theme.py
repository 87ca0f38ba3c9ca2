"""A partnership's two colours as a style sheet of their own, so that no page needs an inline style."""
from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from goldthread.web.middleware import public

BLACK, WHITE = "#0b0c0c", "#ffffff"
ENOUGH = 4.5  # contrast of text on its background, WCAG 2.2 criterion 1.4.3
_KEY = re.compile(r"^[0-9a-f]{6}$")


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 black to 1 white (WCAG 2.2)."""
    parts = (int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 (none) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of `colour` (0 to 1), the rest of `other`."""
    parts = (round(int(colour[at:at + 2], 16) * share + int(other[at:at + 2], 16) * (1 - share)) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


def readable(colour: str, background: str = WHITE) -> str:
    """The colour itself, or as much darker as it takes to be read as text on the background."""
    while contrast(colour, background) < ENOUGH and colour != BLACK:
        colour = mixed(colour, BLACK, 0.9) if luminance(colour) > 0.01 else BLACK
    return colour


def weak_contrast(colour: str) -> str | None:
    """Why a partnership should not take this colour, in words; None when white text on it can be read."""
    found = contrast(colour, WHITE)
    if found >= ENOUGH:
        return None
    return f"White text on this colour is hard to read (contrast {found:.1f}, needed {ENOUGH}). Choose a darker one."


def properties(main: str, accent: str) -> dict[str, str]:
    """Every custom property the pages take from a partnership's two colours ("#rrggbb")."""
    ink = readable(main)
    tint = mixed(main, WHITE, 0.06)
    return {
        "--gt-main": main,
        "--gt-on-main": WHITE if contrast(main, WHITE) >= ENOUGH else BLACK,
        "--gt-main-ink": ink,
        "--gt-main-deep": mixed(main, BLACK, 0.75),
        "--gt-accent": readable(accent),
        "--gt-accent-tint": mixed(accent, WHITE, 0.1),
        "--gt-tint": tint,
        "--gt-tint-strong": mixed(main, WHITE, 0.14),
        "--gt-line": mixed(main, WHITE, 0.25),
        "--govuk-brand-colour": ink,
        "--govuk-surface-background-colour": tint,
        "--govuk-surface-border-colour": mixed(main, WHITE, 0.25),
        "--govuk-template-background-colour": tint,
    }


def key(main: str, accent: str) -> str:
    """The theme's name in addresses: its two colours, so that it can be cached for ever."""
    return f"{main[1:]}-{accent[1:]}".lower()


@public
def theme_css(request: HttpRequest, main: str, accent: str) -> HttpResponse:
    """The style sheet of two colours; says nothing about any partnership and never changes."""
    if not (_KEY.match(main) and _KEY.match(accent)):
        raise Http404
    lines = "".join(f"{name}:{value};" for name, value in properties(f"#{main}", f"#{accent}").items())
    return HttpResponse(f":root{{{lines}}}", content_type="text/css; charset=utf-8",
                        headers={"Cache-Control": "public, max-age=31536000, immutable"})


def theme_of(partnership: Any) -> dict[str, str]:
    """Keyword arguments of the theme's address for a partnership (None: the product's own colours)."""
    main = partnership.colour if partnership else "#1d4f6e"
    accent = partnership.accent if partnership else "#7a3e65"
    return dict(zip(("main", "accent"), key(main, accent).split("-"), strict=True))
