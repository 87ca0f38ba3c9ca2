"""Numbers that pass their check and can belong to nobody.

NHS numbers come from the 999 range kept for tests; UPNs carry local authority 999, URNs start at
900001 and organisation codes at Z99, none of which is issued. Phone numbers are from the ranges Ofcom
keeps for drama: 020 7946 0000 to 0999 and 01632 960000 to 960999.
"""
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_AUTHORITY = "999"
NHS_CAPACITY = 900_000
#: What the leading 999 adds to the weighted sum; and the ninth digit that would need a check digit of 10, by
#: the remainder of the first eight (10 where there is none).
_OF_999 = 9 * (10 + 9 + 8)
_UNUSABLE = tuple(next((digit for digit in range(10) if (rest + 2 * digit) % 11 == 1), 10) for rest in range(11))


def nhs_number(ordinal: int) -> str:
    """The ``ordinal``-th NHS number of the test range, ten digits without spaces.

    Of any ten numbers that share their first eight digits at least nine have a check digit; the first
    nine are used, so that ordinal and number correspond one to one. Raises ``ValueError`` from 900,000 on.
    """
    if not 0 <= ordinal < NHS_CAPACITY:
        raise ValueError(f"The 999 test range holds {NHS_CAPACITY:,} NHS numbers; {ordinal:,} is outside it.")
    decade, place = divmod(ordinal, 9)
    stem = f"999{decade:05d}"
    one, two, three, four, five = stem[3:]
    total = _OF_999 + 7 * int(one) + 6 * int(two) + 5 * int(three) + 4 * int(four) + 3 * int(five)
    unusable = _UNUSABLE[total % 11]
    digit = place if place < unusable else place + 1
    return f"{stem}{digit}{-(total + 2 * digit) % 11}"


def upn(ordinal: int, year: int) -> str:
    """A unique pupil number first given in ``year``; its middle seven digits count children."""
    digits = f"{UPN_AUTHORITY}{2_000_000 + ordinal:07d}{year % 100:02d}"
    if len(digits) != 12:
        raise ValueError(f"No unique pupil number for child {ordinal:,}: the number has seven digits for it.")
    check = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2)) % 23
    return f"{UPN_LETTERS[check]}{digits}"


def phone(number: int) -> str:
    """A telephone number from the drama ranges; numbers repeat after 2,000."""
    number %= 2000
    return f"020 7946 {number:04d}" if number < 1000 else f"01632 {960000 + number - 1000}"


def urn(ordinal: int) -> str:
    """A six-digit school number from a range never issued."""
    return str(900001 + ordinal)


def practice_code(ordinal: int) -> str:
    """An organisation code shaped like a GP practice's; the letter Z begins none."""
    return f"Z{99000 + ordinal:05d}"
