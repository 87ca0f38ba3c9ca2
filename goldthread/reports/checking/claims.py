"""Reading printed claims: “£1,772 overspend”, “over 770”, “dropped by approximately 6%”, “nearly doubled”."""
import re
from dataclasses import replace
from decimal import Decimal

from goldthread.reports.checking.numbers import TIMES, Piece, bound_of, clean, figures_in, join, without_bound
from goldthread.reports.checking.statements import Bound, Kind, Parsed, Statement

UP = (r"increas\w*|rose|risen|ris(?:e|es|ing)|grew|grow(?:n|s|th|ing)?|up|higher|more|climb\w*|jump\w*|gain\w*"
      r"|additional|extra|went up|gone up")
DOWN = (r"decreas\w*|drop\w*|fell|fall(?:en|s|ing)?|reduc\w*|declin\w*|down|lower\w*|fewer|less|cut|shrank|shrunk"
        r"|went down|gone down")
MOVED = r"chang\w*|improv\w*|worsen\w*|mov(?:ed|ement)"
_UP, _DOWN, _MOVED = (re.compile(rf"\b(?:{words})\b") for words in (UP, DOWN, MOVED))
_RATIOS = ((re.compile(r"\b(?:doubl(?:ed|ing|e)|twofold|twice|two times)\b"), Decimal(2)),
           (re.compile(r"\b(?:tripl(?:ed|ing|e)|trebl(?:ed|ing|e)|threefold|three times)\b"), Decimal(3)),
           (re.compile(r"\b(?:quadrupl(?:ed|ing|e)|fourfold|four times)\b"), Decimal(4)),
           (re.compile(r"\bhalf (?:as (?:many|much) again|again as (?:many|much))\b"), Decimal("1.5")),
           (re.compile(r"\b(?:halv(?:ed|ing)|half as (?:many|much)(?! again))\b"), Decimal("0.5")))
_SAME = re.compile(r"\b(?:no change|unchanged|the same|did not change|remained (?:stable|steady|static|constant|level)"
                   r"|stayed (?:stable|steady|static|constant|level|the same)|stable|broadly similar"
                   r"|similar|no different)\b")
_OVERSPEND = re.compile(r"\b(?:over[\s-]?spen[dt]\w*|deficit|shortfall|over budget|overdrawn)\b|[\dkm] over$")
_UNDERSPEND = re.compile(r"\b(?:under[\s-]?spen[dt]\w*|surplus|under budget|in hand|unspent)\b|[\dkm] under$")
_EVEN = re.compile(r"\b(?:break[\s-]?even|broke even|balanced)\b")
_PREVIOUS = re.compile(r"(?:\bfrom|\b(?:compared|comparison) (?:with|to)|\bagainst|\bprevious(?:ly)?(?: year)?"
                       r"|\blast year|\bthe year before|\bprior year|\bwas|\bwere)"
                       r"\s*[:,(]?\s*(?:just|only)?\s*(?:[a-z~]+\s){0,2}$")
_PREVIOUS_AFTER = re.compile(r"^[\s,]*(?:in\s+)?(?:the\s+)?(?:last year|the year before|previous(?:ly)?\b|prior year"
                             r"|a year (?:ago|earlier))")


def parse(printed: str, label_is_change: bool = False) -> Parsed:
    """Take a printed text apart.

    `label_is_change`: the label beside it already says that this is a change (“…: change on the year before”).
    """
    text = clean(printed)
    variance = -1 if _OVERSPEND.search(text) else 1 if _UNDERSPEND.search(text) else 0
    moving = label_is_change or "from" in text or moves(text)
    numbers = join(text, figures_in(text), moving)
    found: list[Statement] = []
    for piece in numbers:
        each = placed(text, piece, numbers, label_is_change, variance)
        if found and found[-1].kind == Kind.CHANGE and re.search(r"(?:\(|\bor|,)\s*$", without_bound(piece.before)):
            each = replace(each, kind=Kind.CHANGE, direction=each.direction or found[-1].direction)
        found.append(each)
    if not any(each.kind == Kind.CHANGE for each in found):
        found.extend(_wordings(text, found))
    if not found and variance == 0 and _EVEN.search(text):
        found.append(Statement(Kind.VALUE, text, Decimal(0), "money"))
    if not found and re.match(r"(?:none|nil|no)\b", text):
        found.append(Statement(Kind.VALUE, text, Decimal(0), "count"))
    values = [each.unit for each in found if each.kind == Kind.VALUE]
    return Parsed(tuple(found), variance, unclear=len(values) > len(set(values)))


def moves(text: str) -> bool:
    """Whether a cleaned text tells of a change."""
    return bool(_UP.search(text) or _DOWN.search(text) or _MOVED.search(text))


def placed(text: str, piece: Piece, pieces: list[Piece], label_is_change: bool, variance: int) -> Statement:
    """Decide whether a number is a value, the earlier value or a change, from the words round it."""
    statement = replace(piece.statement, fraction=piece.statement.fraction)
    tail = without_bound(piece.before)
    if variance and statement.unit in ("money", "count"):
        return replace(statement, kind=Kind.VALUE)
    if re.search(r"(?<!compared )(?<!comparison )\bto\s*$", tail):
        return replace(statement, kind=Kind.VALUE, direction=0)
    if _PREVIOUS.search(tail) or _PREVIOUS_AFTER.search(piece.after):
        return replace(statement, kind=Kind.PREVIOUS, direction=0)
    if _is_earlier(text, piece, pieces, label_is_change):
        return replace(statement, kind=Kind.PREVIOUS, direction=0)
    direction = statement.direction or _direction(tail, piece.after)
    only = len(pieces) == 1
    moved = direction != 0 or _MOVED.search(tail) or statement.unit == "points"
    if moved and (statement.unit != "money" or direction):
        signed_value = statement.direction and statement.unit == "money"
        if not signed_value or label_is_change:
            return replace(statement, kind=Kind.CHANGE, direction=direction)
    if label_is_change and (only or piece is pieces[0]):
        return replace(statement, kind=Kind.CHANGE, direction=direction)
    return statement


def _is_earlier(text: str, piece: Piece, pieces: list[Piece], label_is_change: bool) -> bool:
    """The 86 of “86% → 91%” and the 310 of “290 (310 in 2016-17)” or “290 (2016-17: 310)”."""
    at = pieces.index(piece)
    follows = text[piece.end:pieces[at + 1].start] if at + 1 < len(pieces) else ""
    if re.fullmatch(r"\s*changed to\s*" if not label_is_change else r"\s*(?:changed )?to\s*", follows):
        return True
    in_brackets = re.search(r"\(\s*(?:in\s)?\s*#[#\s/-]*:?\s*$", piece.before) or (
        re.search(r"\(\s*$", piece.before) and re.match(r"\s*(?:in|for|at|on)?\s*#", piece.after))
    return bool(at and in_brackets)


def _direction(before: str, after: str) -> int:
    clause = re.split(r"[;(]|\bto\b(?=[^a-z]*$)", before)[-1]
    ups, downs = list(_UP.finditer(clause)), list(_DOWN.finditer(clause))
    if ups or downs:
        last_up, last_down = (found[-1].start() if found else -1 for found in (ups, downs))
        return 1 if last_up > last_down else -1
    near = re.match(r"^\s*(?:(?!(?:and|but|which|an)\b)[a-z']+(?:[\s:;,.)]|$)){1,3}", after)
    words = near[0] if near and not re.search(r"\b(?:of|by|from|to)\b", near[0]) else ""
    return 1 if _UP.search(words) else -1 if _DOWN.search(words) else 0


def _wordings(text: str, found: list[Statement]) -> list[Statement]:
    """Claims without a figure: doubled, halved, no change, fell."""
    if multiple := multiple_in(text):
        return [multiple]
    same = _SAME.search(text)
    if same:
        exact = re.search(r"no change|unchanged|the same|not change|no different", same[0])
        return [Statement(Kind.SAME, same[0], bound=Bound.EXACT if exact else Bound.ABOUT)]
    direction = 1 if _UP.search(text) else -1 if _DOWN.search(text) else 0
    values_only = all(each.kind == Kind.VALUE for each in found)
    if direction and (not found or not values_only):
        return [Statement(Kind.DIRECTION, text, direction=direction)]
    return []


def multiple_in(text: str) -> Statement | None:
    """The multiple that a cleaned text tells of: “3 times”, “doubled”, “more than halved”."""
    times = TIMES.search(text)
    hits = [(times, Decimal(times["n"] or times["whole"] or times["by"]))] if times else [
        (hit, number) for pattern, number in _RATIOS if (hit := pattern.search(text))]
    for hit, number in hits[:1]:
        return Statement(Kind.RATIO, hit[0], number, "ratio", bound=bound_of(text[:hit.start()], text[hit.end():]))
    return None
