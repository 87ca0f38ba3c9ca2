"""What a partnership wears: its logo, and its two colours as a style sheet, so that no page needs an inline style."""
from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from goldthread.files.models import Logo
from goldthread.orgs.contrast import TEXT, ratio
from goldthread.web.middleware import public

BLACK, WHITE = "#0b0c0c", "#ffffff"
_KEY = re.compile(r"^[0-9a-f]{6}$")


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of `colour` (0 to 1), the rest of `other`."""
    parts = (round(int(colour[at:at + 2], 16) * share + int(other[at:at + 2], 16) * (1 - share)) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


def readable(colour: str, background: str = WHITE) -> str:
    """The colour itself, or as much darker as it takes to be read as text on the background."""
    share = 1.0
    while ratio(mixed(colour, BLACK, share), background) < TEXT and share > 0:
        share -= 0.05
    return mixed(colour, BLACK, max(share, 0))


def properties(main: str, accent: str) -> dict[str, str]:
    """Every custom property the pages take from a partnership's two colours ("#rrggbb")."""
    ink = readable(main)
    tint = mixed(main, WHITE, 0.06)
    return {
        "--gt-main": main,
        "--gt-on-main": WHITE if ratio(main, WHITE) >= TEXT else BLACK,
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


@public
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """A partnership's logo. Its name is the digest of its bytes, so it never changes; in a page it is a picture only."""
    found = get_object_or_404(Logo, name=name)
    return HttpResponse(bytes(found.data), content_type=found.content_type, headers={
        "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin"})


def theme_of(partnership: Any) -> dict[str, str]:
    """Keyword arguments of the theme's address for a partnership (None: the product's own colours)."""
    main = partnership.colour if partnership else "#1d4f6e"
    accent = partnership.accent if partnership else "#7a3e65"
    return dict(zip(("main", "accent"), key(main, accent).split("-"), strict=True))
