"""How what people say differs from what is true: the error model of names, dates and numbers.

``Care`` says how often each kind of error happens; ``state`` applies it to one true person. Each error made
is named (``codes.ERRORS``), so that matching can be measured by kind of error. An error is only named when
it truly changed the value.
"""
from dataclasses import dataclass
from datetime import date

from goldthread.borough.chance import Draw, pick
from goldthread.borough.names import nicknames, variants
from goldthread.borough.records.people import Address, Person

KEYS = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
        "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
        "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x"}


@dataclass(frozen=True, slots=True)
class Care:
    """How often a source gets things wrong, each as a share of the people it states for whom it can happen."""

    spelling: float
    nickname: float
    typing: float
    swapped: float
    given_missing: float
    surname_missing: float
    birth_wrong: float
    birth_missing: float
    adult_birth_missing: float
    sex_missing: float
    sex_wrong: float
    old_address: float
    address_missing: float
    postcode_slip: float
    nhs_missing: float
    upn_missing: float
    nhs_slip: float = 0.004


CARE = {
    "records": Care(.02, .03, .008, .002, 0, .002, .008, .01, .55, .005, .002, .35, .02, .006, .97, .25),
    "health": Care(.025, .02, .01, .003, .001, .002, .008, .005, .35, .005, .002, .4, .02, .006, .06, 1),
    "police": Care(.07, .05, .025, .012, .005, .01, .03, .05, .1, .02, .006, .25, .01, .012, 1, 1),
    "loose": Care(.06, .06, .02, .01, .01, .01, .03, .15, .5, .03, .006, .3, .06, .012, .98, .98),
    "public": Care(.12, .2, .03, .02, .06, .18, .06, .45, .85, .08, .01, .2, .2, .04, 1, 1),
}


@dataclass(slots=True)
class Said:
    """What was said of one person, as it is put together; texts may be empty."""

    given: str
    surname: str
    known_as: str
    sex: str
    born: date | None
    line: str
    postcode: str
    nhs_number: str
    upn: str
    errors: list[str]


def state(person: Person, here: Address | None, before: Address | None, care: Care, on: date,
          draw: Draw) -> Said:
    """What a source of this care says ``on`` a day of a person who lives ``here`` and may have lived ``before``."""
    said = Said(person.given, person.surname, person.known_as if draw() < 0.5 else "", person.sex, person.born,
                "", "", person.nhs_number, person.upn, [])
    _names(person, said, care, draw)
    _birth(person, said, care, on, draw)
    if draw() < care.sex_missing:
        _change(said, "sex", "", "sex-missing")
    elif draw() < care.sex_wrong and said.sex in "FM":
        _change(said, "sex", "M" if said.sex == "F" else "F", "sex-wrong")
    _address(here, before, said, care, draw)
    if draw() < care.nhs_missing:
        _change(said, "nhs_number", "", "nhs-missing")
    elif said.nhs_number and draw() < care.nhs_slip:
        _change(said, "nhs_number", _transposed_digits(said.nhs_number, draw), "nhs-slip")
    if draw() < care.upn_missing:
        _change(said, "upn", "", "upn-missing")
    return said


def _change(said: Said, part: str, value: object, error: str) -> None:
    if getattr(said, part) != value:
        setattr(said, part, value)
        said.errors.append(error)


def _names(person: Person, said: Said, care: Care, draw: Draw) -> None:
    if not person.given and not person.surname:
        return
    _given(person, said, care, draw)
    _surname(person, said, care, draw)
    if draw() < care.typing:
        part = "given" if draw() < 0.5 else "surname"
        _change(said, part, slip(getattr(said, part), draw), "typing-slip")
    if draw() < care.swapped and said.given and said.surname:
        said.given, said.surname = said.surname, said.given
        said.errors.append("swapped")


def _given(person: Person, said: Said, care: Care, draw: Draw) -> None:
    chance = draw()
    if chance < care.given_missing:
        _change(said, "given", "", "given-missing")
    elif chance < care.given_missing + care.nickname:
        short = (person.known_as,) if person.known_as else nicknames().get(person.given, ())
        if short:
            _change(said, "given", pick(short, draw), "nickname")
    elif draw() < care.spelling and said.given in variants():
        _change(said, "given", pick(variants()[said.given], draw), "spelling")


def _surname(person: Person, said: Said, care: Care, draw: Draw) -> None:
    chance = draw()
    if chance < care.surname_missing and said.given:
        _change(said, "surname", "", "surname-missing")
    elif person.former_surname and chance < 0.25:
        _change(said, "surname", person.former_surname, "former-surname")
    elif "-" in said.surname and chance < 0.3:
        _change(said, "surname", pick(said.surname.split("-"), draw), "part-surname")
    elif chance < 2 * care.spelling:
        if said.surname in variants():
            _change(said, "surname", pick(variants()[said.surname], draw), "spelling")
        else:
            _change(said, "surname", said.surname.replace("'", "").replace("-", " "), "spelling")


def _birth(person: Person, said: Said, care: Care, on: date, draw: Draw) -> None:
    if person.born is None:
        return
    missing = care.adult_birth_missing if person.kind == "adult" else care.birth_missing
    if draw() < missing:
        _change(said, "born", None, "birth-missing")
    elif draw() < care.birth_wrong:
        _change(said, "born", *wrong_birth(person.born, on, draw))


def wrong_birth(born: date, on: date, draw: Draw) -> tuple[date, str]:
    """A date of birth that is wrong in one of the usual ways, never after ``on``, and which way."""
    wrong, error = _usual_slip(born, draw)
    return (wrong, error) if wrong <= on else (date(born.year - 1, born.month, min(born.day, 28)), "year-wrong")


def _usual_slip(born: date, draw: Draw) -> tuple[date, str]:
    chance = draw()
    if chance < 0.4 and born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month), "day-month-swapped"
    if chance < 0.55 and (born.month, born.day) != (1, 1):
        return date(born.year, 1, 1), "first-of-january"
    if chance < 0.8:
        day = born.day % 28 + 1 if draw() < 0.5 else (born.day + 9) % 28 + 1
        return born.replace(day=day), "day-wrong"
    year = born.year + (1 if draw() < 0.5 else -1)
    return date(year, born.month, min(born.day, 28)), "year-wrong"


def _address(here: Address | None, before: Address | None, said: Said, care: Care, draw: Draw) -> None:
    old = draw() < care.old_address
    where = before if before and old else here
    if where is None or draw() < care.address_missing:
        if here is not None:
            said.errors.append("address-missing")
        return
    said.line, said.postcode = where.line, where.postcode
    if where is before:
        said.errors.append("old-address")
    if draw() < care.postcode_slip:
        letter = pick("ABDEFGHJLNPQRSTUWXYZ", draw)
        _change(said, "postcode", said.postcode[:-1] + letter, "postcode-slip")


def slip(word: str, draw: Draw) -> str:
    """A word with one slip of the keyboard: two letters exchanged, one lost, doubled, or its neighbour hit."""
    if len(word) < 3:
        return word
    place = 1 + int(draw() * (len(word) - 2))
    chance = draw()
    if chance < 0.3:
        return word[:place] + word[place + 1] + word[place] + word[place + 2:]
    if chance < 0.55:
        return word[:place] + word[place + 1:]
    if chance < 0.75:
        return word[:place] + word[place] + word[place:]
    near = KEYS.get(word[place].lower())
    return word[:place] + (pick(near, draw) if near else "") + word[place + 1:]


def _transposed_digits(number: str, draw: Draw) -> str:
    place = 3 + int(draw() * (len(number) - 4))
    return number[:place] + number[place + 1] + number[place] + number[place + 2:]
