"""Whether two colours can be told apart: the contrast ratio of WCAG 2.2."""
from __future__ import annotations

WHITE = "#ffffff"
TEXT = 4.5  # WCAG 2.2, 1.4.3
CONTROLS = 3.0  # WCAG 2.2, 1.4.11


def ratio(one: str, other: str) -> float:
    """Contrast of two colours written as #1d4f6e, from 1 (the same) to 21 (black on white). Raises ValueError."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"“{colour}” is not a colour. Write it as # and six figures, such as #1d4f6e.")
    red, green, blue = (_linear(int(colour[at:at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
