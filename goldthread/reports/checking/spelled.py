"""Numbers in words to figures: “one in five” to 20%, “two thirds” to 66.67%, “twenty-five” to 25.

A figure made from a fraction is followed by “⁄” so that it is judged with a fraction's tolerance.
"""
import re
from decimal import Decimal

MARK = "\u2044"
_UNITS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
          "seventeen eighteen nineteen").split()
_TENS = {word: 10 * at for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SMALL = {**{word: at for at, word in enumerate(_UNITS)}, **_TENS}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
          "ninth": 9, "tenth": 10}
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_FRACTION = re.compile(r"\b(?:by |of )?(?P<top>a|an|one|two|three|four|five|seven|nine)[ -]"
                       r"(?P<part>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
                       r"(?! (?:year|party|part)\b)")
_HALF = re.compile(r"(?<!first )(?<!second )(?<!and )(?<!and a )\b(?:a |one )?half\b"
                   r"(?![ -](?:year|term|day|as many))(?! of the year)")
_IN = re.compile(rf"\b(?P<top>\d{{1,2}}|{_WORD}) (?:(?:cases|children|people|pupils|families|homes|parents) )?"
                 rf"(?P<how>in|out of)(?: every)? "
                 rf"(?P<bottom>2|3|4|5|6|7|8|9|10|20|100|two|three|four|five|six|seven|eight|nine|ten|twenty)\b(?!,?\d)")
_COMPOUND = re.compile(rf"\b(?P<tens>{'|'.join(_TENS)})[ -](?P<units>{'|'.join(_UNITS[1:10])})\b")
_HUNDREDS = re.compile(rf"\b(?P<top>{'|'.join(_UNITS[1:10])}) hundred(?: and (?P<rest>\d{{1,2}}|{_WORD}))?\b"
                       r"(?!,?\d|\.\d| (?:thousand|million|and))")
_THOUSANDS = re.compile(rf"\b(?P<top>\d{{1,3}}|{_WORD}) thousand,? (?:and )?(?P<rest>\d{{1,3}}|{_WORD})\b"
                        r"(?!,?\d|\.\d|%)")
_SINGLE = re.compile(rf"\b(?:{_WORD})\b(?! (?:times|fold))")
_ALL = re.compile(r"^(?:all|100 per cent of all)$")


def spell_out(text: str) -> str:
    """Lower-case text with number words as figures. “One” alone stays a word: it seldom counts anything."""
    text = _FRACTION.sub(lambda found: _percent(_top(found["top"]), _PARTS[found["part"]], found[0]), text)
    text = _HALF.sub(lambda found: _percent(1, 2, found[0]), text)
    text = _IN.sub(_one_in, text)
    text = _COMPOUND.sub(lambda found: str(_TENS[found["tens"]] + _SMALL[found["units"]]), text)
    text = _HUNDREDS.sub(_hundreds, text)
    text = _THOUSANDS.sub(lambda found: str(1000 * _number(found["top"]) + _number(found["rest"])), text)
    return _SINGLE.sub(lambda found: found[0] if found[0] == "one" else str(_SMALL[found[0]]), text)


def _top(word: str) -> int:
    return 1 if word in ("a", "an") else _number(word)


def _hundreds(found: re.Match) -> str:
    return str(100 * _SMALL[found["top"]] + _number(found["rest"] or "zero"))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _SMALL[word]


def _one_in(found: re.Match) -> str:
    top, bottom = _number(found["top"]), _number(found["bottom"])
    return found[0] if top > bottom else _percent(top, bottom, found[0])


def _percent(top: int, bottom: int, words: str) -> str:
    lead = re.match(r"(?:by|of) ", words)
    exact = Decimal(100 * top) / bottom
    return f"{lead[0] if lead else ''}{exact.quantize(Decimal('0.01')).normalize():f}%{MARK}"
