"""The census as XML, written child by child."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from lxml import etree

from goldthread.access import audit
from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.exchange.census.episodes import Enquiry, Episode, Protection, episodes
from goldthread.exchange.census.reading import PROCESSES, Child, children
from goldthread.exchange.records import Progress, kept_from, reference_of, untold
from goldthread.rules.pupil_numbers import known_area

SCHOOL_AGE = 5
NO_UPN_YOUNG, NO_UPN = "UN1", "UN4"
DISABLED, NOT_DISABLED, ETHNICITY_UNKNOWN = "DDA", "NONE", "NOBT"


@dataclass(frozen=True)
class Written:
    """Whom the census tells of and in how many episodes; how many children it leaves out because whoever makes it must
    not see them, and how many pupil numbers because they name no area that gives any."""

    people: frozenset[int]
    episodes: int
    left_out: int
    upns_left_out: int


@transaction.atomic
def write_census(*, actor: Actor, year: int, council: str, path: Path, now: datetime, tell: Progress = untold) -> Written:
    """Write the census of the year to 31 March `year`. council: its three figures in national returns.

    Raises Refused for anybody but those who manage social care; ValueError for a council's number of another form. That
    the records were read is written down.
    """
    actor.require(May.MANAGE_SOCIAL_CARE)
    if not (council.isascii() and council.isdigit() and len(council) == 3):
        raise ValueError("A council's number in national returns has three figures")
    since, day = date(year - 1, 4, 1), date(year, 3, 31)
    seen = many = strange = 0
    told: set[int] = set()
    with acting(actor), etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        with out.element("Message"):
            out.write(_header(year, day, council, now), pretty_print=True)  # a line each, for findings name lines
            with out.element("Children"):
                for child in children(actor, tell):
                    seen += 1
                    if found := episodes(child.work, since, day):
                        strange += bool(child.upn and not _upn(child))
                        out.write(_child(child, found, day), pretty_print=True)
                        told.add(child.person.pk)
                        many += len(found)
        audit.log_reading(kind="census", ref=year, why=f"wrote the children in need census of {year}", people=told,
                          agency=actor.agency.pk)
    return Written(frozenset(told), many, kept_from(actor, PROCESSES, seen), strange)


def _element(tag: str, *below: tuple[str, Any]) -> Any:
    """An element with those below it that have something to say, in order."""
    made = etree.Element(tag)
    for name, value in below:
        if value not in (None, ""):
            etree.SubElement(made, name).text = _said(value)
    return made


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def _header(year: int, day: date, council: str, now: datetime) -> Any:
    made = etree.Element("Header")
    made.append(_element("CollectionDetails", ("Collection", "CIN"), ("Year", year), ("ReferenceDate", day)))
    made.append(_element("Source", ("SourceLevel", "L"), ("LEA", council), ("SoftwareCode", "Goldthread"), ("Release", "1"),
                         ("SerialNo", "001"), ("DateTime", now.replace(tzinfo=None, microsecond=0).isoformat())))
    return made


def _upn(child: Child) -> str:
    """The pupil number, where a council of England can have given it; else it would be refused with the whole census."""
    return child.upn if known_area(child.upn) else ""


def _child(child: Child, found: list[Episode], day: date) -> Any:
    person = child.person
    made = etree.Element("Child")
    born = person.born_on if person.born_on and person.born_on <= day else None
    young = born is None or (day - born).days < SCHOOL_AGE * 365
    upn = _upn(child)
    sex = person.sex if born and person.sex in ("M", "F") else "U"  # of a child who is not born it is not told
    made.append(_element(
        "ChildIdentifiers", ("LAchildID", reference_of(person)), ("UPN", upn),
        ("UPNunknown", "" if upn else NO_UPN_YOUNG if young else NO_UPN), ("PersonBirthDate", born),
        ("ExpectedPersonBirthDate", None if born else person.due_on or person.born_on),
        ("Sex", sex),
        ("PersonDeathDate", person.died_on if person.died_on and person.died_on <= day else None)))
    about = _element("ChildCharacteristics", ("Ethnicity", person.ethnicity or ETHNICITY_UNKNOWN))
    if person.disabled is not None:
        about.append(_element("Disabilities", ("Disability", DISABLED if person.disabled else NOT_DISABLED)))
    made.append(about)
    made.extend(_details(each) for each in found)
    return made


def _details(each: Episode) -> Any:
    made = _element("CINdetails", ("CINreferralDate", each.began), ("ReferralSource", each.source),
                    ("PrimaryNeedCode", each.need), ("CINclosureDate", each.closed), ("ReasonForClosure", each.reason),
                    ("DateOfInitialCPC", each.conference))
    for one in each.assessments:
        below = _element("Assessments", ("AssessmentActualStartDate", one.began),
                         ("AssessmentAuthorisationDate", one.authorised))
        if one.factors:
            below.append(_element("FactorsIdentifiedAtAssessment", *(("AssessmentFactors", code) for code in one.factors)))
        made.append(below)
    made.extend(_element("CINPlanDates", ("CINPlanStartDate", plan.began), ("CINPlanEndDate", plan.ended))
                for plan in each.plans)
    made.extend(_enquiry(one) for one in each.enquiries)
    etree.SubElement(made, "ReferralNFA").text = "0"
    made.extend(_plan(one) for one in each.protection)
    return made


def _enquiry(one: Enquiry) -> Any:
    return _element("Section47", ("S47ActualStartDate", one.began),
                    ("InitialCPCtarget", None if one.not_required else one.target), ("DateOfInitialCPC", one.conference),
                    ("ICPCnotRequired", one.not_required))


def _plan(one: Protection) -> Any:
    made = _element("ChildProtectionPlans", ("CPPstartDate", one.began), ("CPPendDate", one.ended),
                    ("InitialCategoryOfAbuse", one.first), ("LatestCategoryOfAbuse", one.latest or one.first),
                    ("NumberOfPreviousCPP", one.before))
    if one.reviews:
        made.append(_element("Reviews", *(("CPPreviewDate", held) for held in one.reviews)))
    return made


def years() -> Iterator[int]:
    """The years for which it can be written: whose edition is declared, and asks for sex as it is told here."""
    from goldthread.dataset.specification.declared import every
    return (int(each.edition) for each in every() if each.key == "cin-census" and each.table("children").has("Sex"))
