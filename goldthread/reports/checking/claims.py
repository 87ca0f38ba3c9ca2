"""Reading printed claims: “£1,772 overspend”, “over 770”, “dropped by approximately 6%”, “nearly doubled”."""
import re
from dataclasses import dataclass
from decimal import Decimal

from goldthread.reports.checking.spelled import spell_out
from goldthread.reports.checking.statements import Bound, Kind, Parsed, Statement

UP = (r"increas\w*|rose|risen|ris(?:e|es|ing)|grew|grow(?:n|s|th|ing)?|up|higher|more|climb\w*|jump\w*|gain\w*"
      r"|additional|extra|went up|gone up")
DOWN = (r"decreas\w*|drop\w*|fell|fall(?:en|s|ing)?|reduc\w*|declin\w*|down|lower\w*|fewer|less|cut|shrank|shrunk"
        r"|went down|gone down")
MOVED = r"chang\w*|improv\w*|worsen\w*|mov(?:ed|ement)"
_UP, _DOWN, _MOVED = (re.compile(rf"\b(?:{words})\b") for words in (UP, DOWN, MOVED))
_BOUNDS = (
    (Bound.AT_LEAST, r"at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum|min|>=|≥"),
    (Bound.AT_MOST, r"at most|no more than|not more than|up to|a maximum of|maximum|max|<=|≤"),
    (Bound.JUST_OVER, r"just over|just above|slightly over|slightly more than|slightly above|a little over"
                      r"|a little more than|just more than"),
    (Bound.NEARLY, r"nearly|almost|just under|just below|slightly under|slightly less than|slightly below|approaching"
                   r"|a little under|just short of|close on|not quite"),
    (Bound.ABOUT, r"about|around|approximately|approx|approximate|roughly|circa|ca|c|some|an estimated|estimated|~|≈"
                  r"|close to|in the region of|in the order of|broadly|or so"),
    (Bound.OVER, r"over|more than|above|exceeding|exceeded|in excess of|upwards of|greater than|higher than"
                 r"|well over|>"),
    (Bound.UNDER, r"under|fewer than|less than|below|lower than|<"),
)
_BEFORE = [(bound, re.compile(rf"(?:^|[^a-z])(?:{words})\.?\s*(?:a|an|the|of)?\s*$")) for bound, words in _BOUNDS]
_AFTER = ((Bound.AT_LEAST, re.compile(r"^\s*(?:\+|or (?:more|over|above|higher)\b)")),
          (Bound.AT_MOST, re.compile(r"^\s*or (?:fewer|less|under|below)\b")),
          (Bound.ABOUT, re.compile(r"^\s*(?:or so\b|approx|\(approx|or thereabouts)")))
_NUMBER = re.compile(r"""
    (?P<sign>(?<![\w.])[-+−]\s*)? (?P<money>£|gbp\s)?\s*(?P<minus>[-−])?
    (?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?:\s*(?P<scale>k|m|mn|bn|thousand|million|billion|hundred)(?![a-z]))?
    (?:\s*(?P<unit>%[\s-]*points?|percentage[\s-]points?|per\s?cent(?:age)?[\s-]points?|ppts?\b|pp\b|p\.p\.
        |points?\b|pct\b|%|per\s?cent\b))?
    (?P<money_after>\s*(?:pounds|gbp)\b)?""", re.VERBOSE)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000,
           "bn": 1_000_000_000, "billion": 1_000_000_000, "hundred": 100, None: 1}
_YEAR = r"(?:19[5-9]\d|20(?:0[1-9]|[1-4]\d))"
_PERIODS = re.compile(rf"\b{_YEAR}\s*[-/–]\s*(?:{_YEAR}|\d\d)\b")
_DATES = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+(?:19|20)\d\d)?\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:19|20)\d\d\b"
    rf"|\b(?:in|since|during|by|on|from|year|for|than|with|to|of)\s+{_YEAR}\b(?![,.]?\d|\s*(?:%|per)|\s+to\s+(?!{_YEAR}\b)\d)"
    rf"|\(\s*{_YEAR}\s*[):]|\b{_YEAR}:"
    r"|\bq[1-4]\b|\bquarter [1-4]\b|\blevels? \d\b|\bages?d? \d+\b|\(\s*(?:page|p\.)\s*\d+\s*\)")
_RATIOS = ((re.compile(r"\b(?:doubl(?:ed|ing|e)|twofold|twice|two times)\b"), Decimal(2)),
           (re.compile(r"\b(?:tripl(?:ed|ing|e)|trebl(?:ed|ing|e)|threefold|three times)\b"), Decimal(3)),
           (re.compile(r"\b(?:quadrupl(?:ed|ing|e)|fourfold|four times)\b"), Decimal(4)),
           (re.compile(r"\b(?:halv(?:ed|ing)|half as many)\b"), Decimal("0.5")))
_TIMES = re.compile(r"(?P<n>\d+(?:\.\d+)?)[\s-]*(?:x\b|times\b|fold\b)")
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


@dataclass(frozen=True)
class _Piece:
    """A number found in the text, with the words on either side that belong to it."""

    start: int
    end: int
    before: str
    after: str
    statement: Statement


def parse(printed: str, label_is_change: bool = False) -> Parsed:
    """Take a printed text apart.

    `label_is_change`: the label beside it already says that this is a change (“…: change on the year before”).
    """
    text = _clean(printed)
    variance = -1 if _OVERSPEND.search(text) else 1 if _UNDERSPEND.search(text) else 0
    moving = label_is_change or "from" in text or bool(_UP.search(text) or _DOWN.search(text) or _MOVED.search(text))
    numbers = _join(text, _numbers(text), moving)
    found: list[Statement] = []
    for piece in numbers:
        placed = _placed(text, piece, numbers, label_is_change, variance)
        if found and found[-1].kind == Kind.CHANGE and re.search(r"(?:\(|\bor|,)\s*$", _strip_bound(piece.before)):
            placed = _with(placed, kind=Kind.CHANGE, direction=placed.direction or found[-1].direction)
        found.append(placed)
    if not any(each.kind == Kind.CHANGE for each in found):
        found.extend(_wordings(text, found))
    if not found and variance == 0 and _EVEN.search(text):
        found.append(Statement(Kind.VALUE, text, Decimal(0), "money"))
    if not found and re.match(r"(?:none|nil|no)\b", text):
        found.append(Statement(Kind.VALUE, text, Decimal(0), "count"))
    values = [each.unit for each in found if each.kind == Kind.VALUE]
    return Parsed(tuple(found), variance, unclear=len(values) > len(set(values)))


def _clean(printed: str) -> str:
    text = printed.casefold().replace("\u00a0", " ").replace("’", "'").replace("—", " ").replace("→", " changed to ")
    text = text.replace("->", " changed to ")
    text = re.sub(r"\s+", " ", text).strip().rstrip(".")
    whole = re.fullmatch(r"\((£?[\d,.]+[km]?)\)", text)
    text = f"-{whole[1]}" if whole else text
    text = _PERIODS.sub(lambda found: "#" * len(found[0]), text)
    text = _DATES.sub(lambda found: re.sub(r"[\w]", "#", found[0]), text)
    return spell_out(text)


def _numbers(text: str) -> list[_Piece]:
    pieces = []
    taken = [(found.start(), found.end()) for found in _TIMES.finditer(text)]
    matches = [found for found in _NUMBER.finditer(text)
               if not any(start <= found.start("digits") < end for start, end in taken)]
    for at, found in enumerate(matches):
        left = matches[at - 1].end() if at else 0
        right = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        before, after = text[left:found.start()], text[found.end():right]
        pieces.append(_Piece(found.start(), found.end(), before, after, _amount(found, before, after)))
    return pieces


def _amount(found: re.Match, before: str, after: str) -> Statement:
    scale = Decimal(_SCALES[found["scale"]])
    digits = found["digits"].replace(",", "")
    places = len(digits.partition(".")[2])
    unit_text = found["unit"] or ""
    money = bool(found["money"] or found["money_after"])
    unit = "money" if money else "count"
    if unit_text:
        unit = "percent" if unit_text in ("%", "pct") or re.fullmatch(r"per\s?cent", unit_text) else "points"
    sign = (found["sign"] or found["minus"] or "").strip()
    direction = {"": 0, "+": 1}.get(sign, -1)
    return Statement(Kind.VALUE, found[0].strip(), Decimal(digits) * scale, unit, scale.scaleb(-places),
                     _bound(before, after), direction, fraction="\u2044" in after[:1])


def _bound(before: str, after: str) -> Bound:
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    return next((bound for bound, pattern in _AFTER if pattern.search(after)), Bound.EXACT)


def _join(text: str, pieces: list[_Piece], change: bool) -> list[_Piece]:
    """Put “907 of 1,167” and “between 300 and 320” together again."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        gap = text[last.end:piece.start] if last else ""
        first, second = (last.statement, piece.statement) if last else (None, None)
        plain = first and first.unit == "count" and second.unit == "count" and first.base is None
        if plain and re.fullmatch(r"\s*(?:out of|of(?: the| a total of)?|/)\s*", gap):
            new = _with(first, base=second.number)
        elif first and re.search(r"\bbetween\s*$", last.before) and re.fullmatch(r"\s*and\s*", gap):
            new = _with(first, high=second.number, bound=Bound.BETWEEN, unit=second.unit)
        elif plain and re.fullmatch(r"\s*(?:[-–]|to)\s*", gap) and not change and second.number > first.number:
            new = _with(first, high=second.number, bound=Bound.BETWEEN)
        else:
            joined.append(piece)
            continue
        joined[-1] = _Piece(last.start, piece.end, last.before, piece.after,
                            _with(new, words=text[last.start:piece.end]))
    return joined


def _placed(text: str, piece: _Piece, pieces: list[_Piece], label_is_change: bool, variance: int) -> Statement:
    """Decide whether a number is a value, the earlier value or a change, from the words round it."""
    statement = _with(piece.statement, fraction=piece.statement.fraction)
    tail = _strip_bound(piece.before)
    if variance and statement.unit in ("money", "count"):
        return _with(statement, kind=Kind.VALUE)
    if re.search(r"(?<!compared )(?<!comparison )\bto\s*$", tail):
        return _with(statement, kind=Kind.VALUE, direction=0)
    if _PREVIOUS.search(tail) or _PREVIOUS_AFTER.search(piece.after):
        return _with(statement, kind=Kind.PREVIOUS, direction=0)
    if _is_earlier(text, piece, pieces, label_is_change):
        return _with(statement, kind=Kind.PREVIOUS, direction=0)
    direction = statement.direction or _direction(tail, piece.after)
    only = len(pieces) == 1
    moved = direction != 0 or _MOVED.search(tail) or statement.unit == "points"
    if moved and (statement.unit != "money" or direction):
        signed_value = statement.direction and statement.unit == "money"
        if not signed_value or label_is_change:
            return _with(statement, kind=Kind.CHANGE, direction=direction)
    if label_is_change and (only or piece is pieces[0]):
        return _with(statement, kind=Kind.CHANGE, direction=direction)
    return statement


def _is_earlier(text: str, piece: _Piece, pieces: list[_Piece], label_is_change: bool) -> bool:
    """The 86 of “86% → 91%” and the 310 of “290 (310 in 2016-17)” or “290 (2016-17: 310)”."""
    at = pieces.index(piece)
    follows = text[piece.end:pieces[at + 1].start] if at + 1 < len(pieces) else ""
    if re.fullmatch(r"\s*changed to\s*" if not label_is_change else r"\s*(?:changed )?to\s*", follows):
        return True
    in_brackets = re.search(r"\(\s*(?:in\s)?\s*#[#\s/-]*:?\s*$", piece.before) or (
        re.search(r"\(\s*$", piece.before) and re.match(r"\s*(?:in|for|at|on)?\s*#", piece.after))
    return bool(at and in_brackets)


def _strip_bound(before: str) -> str:
    for _, pattern in _BEFORE:
        found = pattern.search(before)
        if found:
            words = found[0].strip()
            kept = before[:found.start()] + " "
            return kept if words not in ("up to",) else kept
    return before


def _direction(before: str, after: str) -> int:
    clause = re.split(r"[;(]|\bto\b(?=[^a-z]*$)", before)[-1]
    ups, downs = list(_UP.finditer(clause)), list(_DOWN.finditer(clause))
    if ups or downs:
        last_up, last_down = (found[-1].start() if found else -1 for found in (ups, downs))
        return 1 if last_up > last_down else -1
    near = re.match(r"^\s*(?:(?!(?:and|but|which|an)\b)[a-z']+(?:\s|$)){1,3}", after)
    words = near[0] if near and not re.search(r"\b(?:of|by|from|to)\b", near[0]) else ""
    return 1 if _UP.search(words) else -1 if _DOWN.search(words) else 0


def _wordings(text: str, found: list[Statement]) -> list[Statement]:
    """Claims without a figure: doubled, halved, no change, fell."""
    times = _TIMES.search(text)
    if times:
        return [Statement(Kind.RATIO, times[0], Decimal(times["n"]), "ratio",
                          bound=_bound(text[:times.start()], text[times.end():]))]
    for pattern, number in _RATIOS:
        hit = pattern.search(text)
        if hit:
            return [Statement(Kind.RATIO, hit[0], number, "ratio",
                              bound=_bound(text[:hit.start()], text[hit.end():]))]
    same = _SAME.search(text)
    if same:
        exact = re.search(r"no change|unchanged|the same|not change|no different", same[0])
        return [Statement(Kind.SAME, same[0], bound=Bound.EXACT if exact else Bound.ABOUT)]
    direction = 1 if _UP.search(text) else -1 if _DOWN.search(text) else 0
    values_only = all(each.kind == Kind.VALUE for each in found)
    if direction and (not found or not values_only):
        return [Statement(Kind.DIRECTION, text, direction=direction)]
    return []


def _with(statement: Statement, **changes) -> Statement:
    return Statement(**{**statement.__dict__, **changes})
