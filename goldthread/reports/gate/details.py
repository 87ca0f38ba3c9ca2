"""Details that lead to somebody: contacts, numbers, births, addresses, schools, ages."""
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldthread.base.identifiers import is_upn
from goldthread.base.text import find_identifying
from goldthread.reports.checking.periods import dates_in
from goldthread.reports.gate.found import Ground, Hit
from goldthread.reports.gate.names import SCHOOL as NAMED_SCHOOL
from goldthread.reports.gate.vocabulary import Vocabulary, words

if TYPE_CHECKING:
    from goldthread.reports.gate.gate import Passage

SHORT = 6
_MOBILE = re.compile(r"\(?(?:\+44[ .-]?(?:\(0\))?|0)7")
OUT = "Leave it out."
CONTACTS = {
    "e-mail": Ground("e-mail", "personal", "an e-mail address leads to one person", "Leave it out, or give the team's own."),
    "phone": Ground("phone", "personal", "a telephone number leads to one person or household",
                    "Leave it out, or give the service's published number as a contact."),
    "postcode": Ground("postcode", "full", "a full postcode is a few houses", "Leave it out, or name the ward or the town."),
    "NHS number": Ground("NHS number", "valid", "it passes the check of NHS numbers", OUT)}
ACCOUNT = Ground("account", "of a person", "an account on a social network leads to one person", OUT)
UPN = Ground("UPN", "valid", "it passes the check of pupil numbers", OUT)
REFERENCE = Ground("reference", "numbered", "a reference finds one record", OUT)
BIRTH = Ground("birth", "told", "a date of birth, with an area, is one child", "Give the age in years, or an age group.")
ADDRESS = Ground("address", "house and street", "a house number and a street are one household", OUT)
STREET = Ground("address", "street of a home", "a street is named as somebody's home", "Name the ward or the town at most.")
SCHOOL = Ground("school", "with a child", "a school is named with one child", "Write “a primary school”, or leave out "
                                                                              "the child.")
AGE = Ground("age", "with a place", "an exact age and a place smaller than the area are told of one child",
             "Give an age group (“a teenager”), and leave out the place.")
_KINDS = ("Road|Street|Avenue|Close|Lane|Drive|Way|Court|Crescent|Gardens|Grove|Place"
          "|Terrace|Walk|Hill|Mews|Square|Rise|Row|Parade|View")
_STREET = rf"(?:[A-Z][a-z'’]+\s){{1,3}}(?:{_KINDS}|Rd|St|Ave|Cl|Ln|Dr|Cres|Gdns)\b\.?"
_ADDRESS = re.compile(rf"\b(?:(?:Flat|Apartment|Unit|No\.?)\s*)?\d{{1,4}}[A-Za-z]?,?\s+{_STREET}"
                      rf"|\bFlat\s+\d{{1,3}}[A-Za-z]?,?\s+(?:[A-Z][a-z]+\s)"
                      r"{1,3}(?:House|Court|Tower|Point|Heights)\b"
                      rf"|\b(?:[A-Z][a-z'’]+\s){{1,3}}(?:Cottage|House|Vicarage|Rectory|Farm|Lodge|Hall|Villa|Manor|Barn|Bungalow),"
                      rf"\s+{_STREET}|\b(?:Unit|Plot|Pitch|Caravan)\s+\d{{1,3}}[A-Za-z]?,?\s+(?:[A-Z][a-z'’]+\s){{1,3}}"
                      r"(?:Estate|Park|Site|Yard)\b")
_HOME = re.compile(rf"\b(?:liv(?:es?|ed|ing)|home|house|flat|moved|address|staying|stayed|neighbours?"
                   rf"|resid\w+)\b[^.;]{{0,30}}?\b"
                   rf"(?:in|on|at|to|from|of)\s+(?P<street>(?:the\s+)?{_STREET}|(?:the\s+)?(?:[A-Z][a-z]+\s){{1,2}}[Ee]state\b)")
# “The MASH is now at 22 Market Street”: a service's own place.
_SERVICE_AT = re.compile(r"\b(?:hub|MASH|service|office|offices|centre|clinic|partnership|headquarters"
                         r"|surgery)\b[^.;]{0,20}?"
                         r"\b(?:is|are|moved|based|located|opened|found)\s(?:now\s|today\s)?(?:at|to|in)\s+$")
_SPOKEN_STREET = re.compile(rf"\b(?:on|in|at|to|from|of|off|down|round|near)\s+(?P<street>{_STREET})")
_REFERENCE = re.compile(r"\b(?:case|file|record|client|person|crime|incident|hospital|system|LCS|Mosaic|Liquidlogic"
                        r"|reference|ref)\b\.?"
                        r"(?:\s+(?:no|number|ref|reference|id))?\.?(?:\s+(?:is|was|of))?\s*[:#]?\s*(?P<ref>[A-Z]{0,5}[-/]?\d{4,}[\w/-]*|\d{2,}/\d{2,}[\d/]*)",
                        re.IGNORECASE)
_UPN = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b")
_BORN = re.compile(r"\b(?:born(?:\s+on)?|d\.o\.b(?=\.)|dob|date of birth|birthday(?:\s+(?:is|was|on))?)\b[.\s:,]*(?:on\s+"
                   r"|is\s+)?", re.IGNORECASE)
_NUMERIC = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_OFFICE = re.compile(r"^(?:info|contact|enquir|admin|lscp|lscb|scp|safeguard|mash|training|help|office|team|hello|press"
                     r"|partnership|"
                     r"children|report|feedback|lado|hscp|business|cdop)|(?:lscp|lscb|scp|safeguard|partnership|team"
                     r"|training)", re.IGNORECASE)
_PERSON = re.compile(rf"\b(?:he|she|her|his|him|hers|{'|'.join(sorted(words('kin')))})\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<![\w.@/])@(?P<handle>[A-Za-z0-9_.]{3,}\w)|\b(?:instagram|facebook|tiktok|snapchat|twitter"
                      r"|x|youtube)\.com/"
                      r"@?(?P<path>[\w.]{3,}\w)")
_CONTACT = re.compile(r"\b(?:contact|call|phone|telephone|tel|email|e-mail|helpline|visit|write to|report (?:it"
                      r"|a concern)|concerned|"
                      r"out of hours|website|switchboard|our address|can be reached)\b", re.IGNORECASE)
_INVITES = re.compile(r"\b(?:if (?:you|anyone|a professional)|concerns? (?:about|for|that)|concerned|worried|please"
                      r"|call us|ring us|to (?:make|report)"
                      r"|advice)\b", re.IGNORECASE)
_ONE_CHILD = re.compile(rf"\b(?:my|our|his|her|their|an?|one|the"
                        rf"|this)\s+(?:[\w-]+\s+){{0,2}}(?P<who>{'|'.join(sorted(words('kin')))})\b"
                        r"(?!ren)|\b(?:she|he) (?:goes|went|attends|attended|was|is|started|moved)\b"
                        r"|\bYear \d{1,2} (?:pupil|student|boy|girl)\b",
                        re.IGNORECASE)
_AGE = re.compile(r"\b(?:an?|the|this|one|our|my|his|her)\s+(?:\w+\s+)?(?:\d{1,2}|\w+teen|[a-z]+)[-\s](?:year|month"
                  r"|week)s?[-\s]old\b|\b"
                  r"(?:who (?:is|was)|aged|age)\s+\d{1,2}\b(?!\s*(?:[-–/]|to|and|or)\s*\d)"
                  r"|\b(?:mother|father|mum|dad|girl|boy|man|woman|child|pupil) of \d{1,2}\b(?=,| (?:from|in|who))"
                  r"|\bat (?:the age of )?\d{1,2},? (?:she|he|they|I)\b|\b(?:I am|I'm|I’m|is|was|turned)\s+\d{1,2}\b(?=\s*"
                  r"(?:,|\.|and|years old|from|when))", re.IGNORECASE)
_FROM_PLACE = re.compile(r"\b(?:from|in|of|at|near|on|outside|to|around|by|towards|into|through|across|beyond"
                         r"|behind)\s+(?:the\s+)?(?P<place>[A-Z][a-z]+(?:\s+[A-Z][a-z]+)*)")


def contacts(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Telephone numbers, e-mail addresses, postcodes and NHS numbers, but for a service's own contacts."""
    for found in find_identifying(passage.text):
        spoken = passage.is_spoken(found.start)
        if found.kind == "e-mail" and _is_office(found.found) and not spoken:
            continue
        hers = _ONE_CHILD.search(passage.text) and not _INVITES.search(passage.text)
        if found.kind in ("e-mail", "postcode") and _CONTACT.search(passage.text) and not spoken and not hers:
            continue
        if found.kind == "phone" and not spoken and not _MOBILE.match(found.found) and (
                not _ONE_CHILD.search(passage.text) or _INVITES.search(passage.text)):
            continue  # a service's own number
        if found.kind == "postcode" and not re.search(r"[A-Z]", found.found):
            continue
        yield Hit(found.start, found.end, CONTACTS[found.kind])


def _is_office(address: str) -> bool:
    """Whether an e-mail address is a body's own mailbox: by its name, or a short one at a public body."""
    box, _, domain = address.partition("@")
    return bool(_OFFICE.search(box)) or box.isalpha() and len(box) <= SHORT and bool(re.search(r"\b(?:gov|nhs"
                                                                                               r"|police)\.uk$", domain))


def accounts(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Accounts on social networks, but for those of a body."""
    for found in _ACCOUNT.finditer(passage.text):
        name = found["handle"] or found["path"]
        person = passage.is_spoken(found.start()) or _PERSON.search(passage.text)
        body = any(each in name.casefold() for each in words("things") if len(each) > 4)
        if person and not body and not _OFFICE.search(name):
            yield Hit(*found.span(), ACCOUNT)


def numbers(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    for found in _UPN.finditer(passage.text):
        if is_upn(found[0]):
            yield Hit(*found.span(), UPN)
    for found in _REFERENCE.finditer(passage.text):
        if not re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?", found["ref"]):
            yield Hit(*found.span("ref"), REFERENCE)


def births(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """“Born on 3 May 2012”, “DOB 03/05/12”."""
    for found in _BORN.finditer(passage.text):
        rest = passage.text[found.end():]
        day = next((each for each in dates_in(rest) if each.start <= 3), None)
        numeric = _NUMERIC.match(rest)
        if day is not None or numeric:
            yield Hit(found.start(), found.end() + (day.end if day is not None else numeric.end()), BIRTH)


def addresses(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    if _CONTACT.search(passage.text) and not passage.spoken:
        return
    for found in _ADDRESS.finditer(passage.text):
        if not _SERVICE_AT.search(passage.text[:found.start()]):
            yield Hit(*found.span(), ADDRESS)
    for found in [*_HOME.finditer(passage.text), *_SPOKEN_STREET.finditer(passage.text)]:
        if found.re is _HOME or passage.is_spoken(found.start("street")):
            yield Hit(*found.span("street"), STREET)


def schools(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """A named school beside one child."""
    child = _ONE_CHILD.search(passage.text)
    for found in NAMED_SCHOOL.finditer(passage.text):
        name = found[0].split()
        mine = passage.is_spoken(found.start()) and re.search(r"\b(?:I|me|my)\b", passage.text)
        named = any(part.casefold() not in words("things") | words("starts") for part in name)
        if (child or mine) and len(name) > 1 and named:
            yield Hit(*found.span(), SCHOOL)


def ages(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """An exact age of one child with a place that is not the area itself."""
    for found in _AGE.finditer(passage.text):
        near = passage.text[max(0, found.start() - 80):found.end() + 80]
        places = [each["place"] for each in _FROM_PLACE.finditer(near)]
        small = [each for each in places if not _is_area(each, vocabulary)]
        if small or NAMED_SCHOOL.search(near):
            yield Hit(*found.span(), AGE)


def _is_area(place: str, vocabulary: Vocabulary) -> bool:
    """The area itself, a month, a body, or the country: no place that tells anything."""
    title = vocabulary.document.title.casefold()
    parts = place.casefold().split()
    nothing = words("things") | words("starts") | vocabulary.small
    return place.casefold() in title or all(part in nothing for part in parts)
