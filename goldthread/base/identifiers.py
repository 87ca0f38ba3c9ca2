"""Identifiers with check characters: NHS number, UPN, ULN, school URN and our own case references.

Each reader takes what a person types (spaces, hyphens, lower case) and returns the stored form, or raises
BadIdentifier saying what is wrong."""
import re


class BadIdentifier(ValueError):
    """The text is not a valid identifier of this kind. The message can be shown to the person."""


_MISTYPED = "a character is wrong or two have changed places"


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\-–.]", "", text).upper()


# -- NHS number ---------------------------------------------------------------------------------------

def nhs_number(text: str) -> str:
    """Ten digits with a modulus 11 check digit (NHS Data Dictionary). Raises BadIdentifier."""
    digits = _squeeze(text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise BadIdentifier("An NHS number has 10 digits, such as 999 000 0018.")
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    if (11 - total % 11) % 11 != int(digits[9]):
        raise BadIdentifier(f"This NHS number does not pass its check: {_MISTYPED}.")
    return digits


def is_nhs_number(text: str) -> bool:
    return _holds(nhs_number, text)


def format_nhs_number(digits: str) -> str:
    """"9990000018" as it is printed: "999 000 0018"."""
    digits = nhs_number(digits)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


# -- education ----------------------------------------------------------------------------------------

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(text: str) -> str:
    """A unique pupil number: check letter, 3 digits of authority, 4 of school, 2 of year, 3 of serial (the
    last a letter in a temporary number). Source: DfE guide to unique pupil numbers. Raises BadIdentifier."""
    found = _squeeze(text)
    if not re.fullmatch(rf"[{_UPN_LETTERS}][0-9]{{11}}[0-9{_UPN_LETTERS}]", found):
        raise BadIdentifier("A UPN has a letter and then 12 digits, such as H801200001001 "
                            "(a temporary one ends in a letter).")
    if found[0] != _upn_letter(found[1:]):
        raise BadIdentifier(f"This UPN does not pass its check: {_MISTYPED}.")
    return found


def _upn_letter(rest: str) -> str:
    values = (int(each) if each.isdigit() else _UPN_LETTERS.index(each) for each in rest)
    return _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23]


def is_upn(text: str) -> bool:
    return _holds(upn, text)


def uln(text: str) -> str:
    """A unique learner number: ten digits, not starting with 0, modulus 11. Raises BadIdentifier."""
    digits = _squeeze(text)
    if not re.fullmatch(r"[1-9][0-9]{9}", digits):
        raise BadIdentifier("A ULN has 10 digits and does not start with 0.")
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    if remainder == 0 or 10 - remainder != int(digits[9]):
        raise BadIdentifier(f"This ULN does not pass its check: {_MISTYPED}.")
    return digits


def school_urn(text: str) -> str:
    """A school's unique reference number in the national register: six digits, 100000 or more, no check."""
    digits = _squeeze(text)
    if not re.fullmatch(r"[1-9][0-9]{5}", digits):
        raise BadIdentifier("A school's URN has 6 digits and does not start with 0.")
    return digits


# -- our case references ------------------------------------------------------------------------------

# No vowels (no words appear), no 0 1 5 (O I S), no B L N S U Z (8 1 M 5 V 2): 23 characters, a prime.
REFERENCE_ALPHABET = "2346789CDFGHJKMPQRTVWXY"
_BASE = len(REFERENCE_ALPHABET)
_ROOT = 5          # a primitive root of 23, so that every swap of neighbours is caught
_STRIDE = 2718281  # shares no factor with 23: consecutive cases do not look consecutive
_SHORTEST = 5
_REFERENCE = re.compile(rf"([A-Z]{{2}})([{REFERENCE_ALPHABET}]{{{_SHORTEST + 1},}})")


def new_reference(prefix: str, number: int) -> str:
    """The reference of the nth case of a kind: "FD-FQFJ-64". `prefix` is two letters, `number` 0 or more.

    The last character is a check over all the others, prefix too (ISO 7064 pure system, modulus 23, radix 5):
    one wrong character or two swapped neighbours are always noticed. Within the two-letter prefix only, three
    pairs of letters share a value (A X, B Y, C Z). Raises BadIdentifier for a bad prefix or number."""
    if not re.fullmatch(r"[A-Z]{2}", prefix):
        raise BadIdentifier(f"A reference starts with two capital letters, not “{prefix}”.")
    if number < 0:
        raise BadIdentifier(f"A reference is made from a number of 0 or more, not {number}.")
    length, first = _SHORTEST, 0
    while number - first >= _BASE ** length:
        first += _BASE ** length
        length += 1
    left, body = (number - first) * _STRIDE % _BASE ** length, ""
    for _ in range(length):
        left, digit = divmod(left, _BASE)
        body = REFERENCE_ALPHABET[digit] + body
    return _shown(prefix, body + _check_character(prefix + body))


def check_reference(text: str) -> str:
    """The reference as printed, from what was typed or spoken. Raises BadIdentifier."""
    found = _REFERENCE.fullmatch(_squeeze(text))
    if not found:
        raise BadIdentifier("A case reference has two letters and then six characters, such as FD-2222-2C. "
                            f"After the first two letters it uses only {' '.join(REFERENCE_ALPHABET)}.")
    prefix, body = found.groups()
    if _check_character(prefix + body[:-1]) != body[-1]:
        raise BadIdentifier(f"“{text.strip()}” is not one of our references: {_MISTYPED}.")
    return _shown(prefix, body)


def is_reference(text: str) -> bool:
    return _holds(check_reference, text)


def reference_number(text: str) -> tuple[str, int]:
    """The prefix and number a reference was made from. Raises BadIdentifier."""
    squeezed = _squeeze(check_reference(text))
    prefix, body = squeezed[:2], squeezed[2:-1]
    value = 0
    for each in body:
        value = value * _BASE + REFERENCE_ALPHABET.index(each)
    whole = _BASE ** len(body)
    earlier = sum(_BASE ** length for length in range(_SHORTEST, len(body)))
    return prefix, value * pow(_STRIDE, -1, whole) % whole + earlier


def _shown(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:]}"


def _check_character(payload: str) -> str:
    total = 0
    for place, each in enumerate(payload):
        value = (ord(each) - ord("A")) % _BASE if place < 2 else REFERENCE_ALPHABET.index(each)
        total = (total + value) * _ROOT % _BASE
    return REFERENCE_ALPHABET[(1 - total) % _BASE]


def _holds(reader, text: str) -> bool:
    try:
        reader(text)
    except BadIdentifier:
        return False
    return True
