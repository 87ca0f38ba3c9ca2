"""Numbers as people type them into spreadsheets."""
import re
from decimal import Decimal

MISSING = frozenset({"", "-", "--", "---", "–", "—", ".", "..", "...", "n/a", "na", "n.a.", "none given", "tbc",
                     "not known", "unknown", "not recorded", "not available", "not applicable", "no data",
                     "#n/a", "c", "z", "x", "*", "null"})
_CONTROL = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufffe\\uffff\\ud800-\\udfff]")
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,15})?(?P<part>\.\d{1,9})?")
_WRAP = re.compile(r"^(?:£|gbp)?\s*(?P<core>.*?)\s*(?:%|percent|per cent|gbp)?$")


def tidy(text: str) -> str:
    """One line, no invisible characters at the ends, plain spaces and minus signs."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").replace("\ufeff", "")
    return " ".join(_CONTROL.sub(" ", text).split())


def is_missing(text: str) -> bool:
    """True for an empty cell and for the marks people use for “no figure”, suppressed small counts included."""
    plain = tidy(text).casefold()
    return plain in MISSING or re.fullmatch(r"[<≤]\s*\d+", plain) is not None


def number(text: str) -> Decimal | None:
    """The number in a cell, or None if there is none. Raises ValueError if it is something else.

    Reads £, %, thousands separators, spaces, and brackets or any dash for a minus.
    """
    if is_missing(text):
        return None
    plain = tidy(text).casefold().replace("−", "-").replace("–", "-")
    negative = re.fullmatch(r"\((.+)\)", plain)
    if negative:
        plain = negative[1]
    lead = plain[0] if plain[0] in "+-" else ""
    core = _WRAP.match(plain.removeprefix(lead) if lead else plain)["core"].replace(" ", "")
    found = _NUMBER.fullmatch(core)
    if found is None or not (found["whole"] or found["part"]) or (lead and found["sign"]):
        raise ValueError(f"“{text}” is not a number")
    value = Decimal((found["whole"] or "0").replace(",", "") + (found["part"] or ""))
    minus = (lead or found["sign"]) == "-"
    return -value if minus != bool(negative) else value
