"""The rows of each table of the return, as our specification of it declares the columns.

Each maker is given a child and the year and yields rows by the names of columns; what a row leaves out is told as blank.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldthread.domains.looked_after import models as m
from goldthread.exchange.care.episodes import SHORT_BREAKS, Episode, episodes
from goldthread.exchange.care.reading import Child, File
from goldthread.exchange.records import local_day, reference_of
from goldthread.rules.pupil_numbers import known_area

Row = dict[str, Any]
ETHNICITY_UNKNOWN, FIRST_WORKER = "NOBT", "FCONTA"
TOO_YOUNG, ABROAD, NEW_HERE, NOT_KNOWN = "UN1", "UN3", "UN4", "UN5"
SCHOOL_AGE, MOTHER_FROM, OFFENDING_FROM, CHECKS_UNTIL, QUESTIONNAIRE = 5, 11, 10, 5, (4, 17)
TOO_YOUNG_OR_OLD = "SDQ1"  # most of the year: wanted of those who turn 4 or 17 in it (rule 197B)
LEAVERS = range(17, 22)  # birthdays in the year at which a care leaver is told of
OF_LATE, AFTER_14, LONG_ENOUGH = (timedelta(days=92), timedelta(days=31)), 14, timedelta(weeks=13)
ADOPTED = frozenset({"E11", "E12"})


@dataclass(frozen=True)
class Year:
    """The year of a return, from 1 April to 31 March."""

    ends: int

    @property
    def since(self) -> date:
        return date(self.ends - 1, 4, 1)

    @property
    def day(self) -> date:
        return date(self.ends, 3, 31)


def birthday(born: date, years: int) -> date:
    """The day somebody is so many years old; of one born on 29 February 1 March, where there is no such day."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def age(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def episodes_of(child: Child, year: Year) -> list[Episode]:
    """All episodes of the year."""
    return [each for file in child.files for each in episodes(file.care, year.since, year.day)]


def header(child: Child, year: Year) -> Iterator[Row]:
    """Every child of any other table."""
    if not (episodes_of(child, year) or list(oc3(child, year))):
        return
    children_of_theirs = [each.mother_of for file in child.files for each in file.upto(m.CareReview, year.day)
                          if each.mother_of]
    asked = child.person.sex == "F" and bool(episodes_of(child, year))
    yield {**_who(child), "SEX": child.person.sex if child.person.sex in ("M", "F") else "U",
           "ETHNIC": child.person.ethnicity or ETHNICITY_UNKNOWN, "UPN": _upn(child, year),
           "MOTHER": bool(children_of_theirs) if asked else None,
           "MC_DOB": min(children_of_theirs) if asked and children_of_theirs else None}


def _who(child: Child) -> Row:
    return {"CHILD": reference_of(child.person), "DOB": child.born}


def _upn(child: Child, year: Year) -> str:
    """The pupil number, where it names an area that gives them, or why there is none."""
    if known_area(child.upn):
        return child.upn
    if age(child.born, year.day) < SCHOOL_AGE:
        return TOO_YOUNG
    if any(file.start.alone for file in child.files):
        return ABROAD
    return NEW_HERE if child.files and (year.day - child.files[-1].care.began).days < 7 else NOT_KNOWN


def episode_rows(child: Child, year: Year) -> Iterator[Row]:
    """The episodes of care of the year."""
    for each in episodes_of(child, year):
        told = each.status not in SHORT_BREAKS
        yield {"CHILD": reference_of(child.person), "DECOM": each.began, "RNE": each.new, "LS": each.status,
               "CIN": each.need, "PLACE": each.place.kind, "PLACE_PROVIDER": each.place.provider if told else None,
               "DEC": each.ended, "REC": each.end, "REASON_PLACE_CHANGE": each.moved,
               "HOME_POST": each.home if told else None, "PL_POST": each.place.postcode if told else None,
               "URN": each.place.urn if told else None}


def reviews(child: Child, year: Year) -> Iterator[Row]:
    """Reviews held in the year, one a day."""
    held = {local_day(each.happened_at): each for file in child.files
            for each in file.upto(m.CareReview, year.day, year.since) if file.care.status not in SHORT_BREAKS}
    for day, each in sorted(held.items()):
        yield {**_who(child), "REVIEW": day, "REVIEW_CODE": each.participation}


def uasc(child: Child, year: Year) -> Iterator[Row]:
    """Children who came alone, looked after in the year; until the day they are of age, told beforehand too (rule 205B)."""
    if any(file.start.alone for file in child.files) and episodes_of(child, year):
        yield {**_who(child), "SEX": child.person.sex if child.person.sex in ("M", "F") else "U",
               "DUC": birthday(child.born, 18)}


def oc2(child: Child, year: Year) -> Iterator[Row]:
    """Health and offending of those looked after through the whole year."""
    file = child.files[-1] if child.files else None
    a_year = date(year.ends - 1, 3, 31)
    if file is None or not (file.care.began <= a_year and file.in_care(year.day)) or file.care.status in SHORT_BREAKS:
        return
    old = age(child.born, year.day)
    row = {**_who(child), **_questionnaire(child, file, year)}
    assessed = file.upto(m.HealthAssessment, year.day, year.since)
    seen = file.upto(m.CareReview, year.day, year.since)
    misuse = {each.substances for each in seen} - {"none"}
    row |= {"CONVICTED": any(each.convicted for each in seen) if old >= OFFENDING_FROM else None,
            "HEALTH_CHECK": bool(assessed and assessed[-1].checked) if old < CHECKS_UNTIL else None,
            "IMMUNISATIONS": bool(assessed and assessed[-1].immunised),
            "TEETH_CHECK": bool(file.upto(m.DentalCheck, year.day, year.since)),
            "HEALTH_ASSESSMENT": len(assessed) >= (2 if old < CHECKS_UNTIL else 1), "SUBSTANCE_MISUSE": bool(misuse)}
    if misuse:
        received = "received" in misuse
        row |= {"INTERVENTION_RECEIVED": received, "INTERVENTION_OFFERED": None if received else "offered" in misuse}
    yield row


def _questionnaire(child: Child, file: File, year: Year) -> Row:
    """The last score of the year, or why there is none; nothing for those too young or too old for it."""
    first, last = QUESTIONNAIRE
    if age(child.born, year.day) < first or age(child.born, year.since) >= last:
        return {}
    filled = file.upto(m.Questionnaire, year.day, year.since)
    scored = [each for each in filled if each.answered]
    if scored:
        return {"SDQ_SCORE": scored[-1].score}
    if filled:
        return {"SDQ_REASON": filled[-1].gap}
    part = age(child.born, year.since) < first or age(child.born, year.day) >= last
    return {"SDQ_REASON": TOO_YOUNG_OR_OLD} if part else {}


def oc3(child: Child, year: Year) -> Iterator[Row]:
    """Care leavers about their seventeenth to twenty-first birthday, if it is in the year."""
    turned = next((day for years in LEAVERS if year.since <= (day := birthday(child.born, years)) <= year.day), None)
    if turned is None or not _has_right(child) or any(file.in_care(turned) for file in child.files):
        return
    over = child.files[-1].care.ended
    if over is None or over >= turned:
        return
    near = [each for file in child.files for each in file.upto(m.LeaverContact, turned + OF_LATE[1], turned - OF_LATE[0])]
    last = near[-1] if near else None
    touch = last.in_touch if last else "NO"
    told = last is not None and touch == "YES"
    yield {**_who(child), "IN_TOUCH": touch, "ACTIV": last.activity if told else "0",
           "ACCOM": last.home + ("1" if last.suitable == "yes" else "2") if told else "0"}


def _has_right(child: Child) -> bool:
    """Whether the young person was looked after for 13 weeks after turning 14, some of it after turning 16."""
    from_14, from_16 = birthday(child.born, AFTER_14), birthday(child.born, 16)
    spans = [(max(file.care.began, from_14), file.care.ended) for file in child.files
             if file.care.ended is not None and file.care.ended > from_14]
    return sum((ended - began for began, ended in spans), timedelta()) >= LONG_ENOUGH and any(
        ended > from_16 for _, ended in spans)


def ad1(child: Child, year: Year) -> Iterator[Row]:
    """Children adopted in the year."""
    for file in child.files:
        over = file.care.ended
        decided, matched = file.rows(m.AdoptionDecision), file.rows(m.AdoptionMatch)
        if over and year.since <= over <= year.day and file.care.reason in ADOPTED and decided and matched:
            match = matched[-1]
            yield {**_who(child), "DATE_INT": local_day(decided[-1].happened_at),
                   "DATE_MATCH": local_day(match.happened_at), "FOSTER_CARE": match.carers,
                   "NB_ADOPTR": len(match.sexes.rstrip("1")), "SEX_ADOPTR": match.sexes, "LS_ADOPTR": match.bond}


def placed_adoption(child: Child, year: Year) -> Iterator[Row]:
    """Decisions for adoption of children looked after in the year, and those given up."""
    for file in child.files:
        if not episodes(file.care, year.since, year.day):
            continue
        for decided in file.upto(m.AdoptionDecision, year.day):
            stopped = next((each for each in file.upto(m.AdoptionStopped, year.day)
                            if each.happened_at >= decided.happened_at), None)
            yield {**_who(child), "DATE_PLACED": local_day(decided.happened_at),
                   "DATE_PLACED_CEASED": local_day(stopped.happened_at) if stopped else None,
                   "REASON_PLACED_CEASED": stopped.reason if stopped else None}


def prev_perm(child: Child, year: Year) -> Iterator[Row]:
    """Earlier permanence of children who became looked after in the year."""
    begun = [file for file in child.files if year.since <= file.care.began <= year.day and episodes_of(child, year)]
    for file in begun[-1:]:
        start = file.start
        yield {**_who(child), "PREV_PERM": start.before, "LA_PERM": start.before_council, "DATE_PERM": start.before_on}


def missing(child: Child, year: Year) -> Iterator[Row]:
    """Times the child was missing or away from care in the year."""
    for gone in child.gone:
        care = next((file.care for file in child.files if file.care.began <= gone.began
                     and (file.care.ended is None or gone.began < file.care.ended)), None)
        if care is None or gone.began > year.day or (gone.ended is not None and gone.ended < year.since):
            continue
        over = min((each for each in (gone.ended, care.ended) if each is not None), default=None)
        yield {**_who(child), "MISSING": gone.kind, "MIS_START": gone.began,
               "MIS_END": over if over is not None and over <= year.day else None}


def social_worker(child: Child, year: Year) -> Iterator[Row]:
    """Each social worker of a child looked after in the year, from the day the case was given to them until another had
    it or it was closed."""
    for file in child.files if episodes_of(child, year) else ():
        given = {local_day(each.happened_at): each for each in file.upto(m.CareWorker, year.day)}
        days = sorted(given)
        for place, day in enumerate(days):
            closed = local_day(file.case.closed_at) if file.case.closed_at else None
            after = days[place + 1] if place + 1 < len(days) else closed
            if after is not None and after < year.since:
                continue
            worker = given[day]
            yield {**_who(child), "SW_ID": f"SW{worker.worker_id}", "SW_DECOM": day,
                   "SW_DEC": after if after is not None and after <= year.day else None,
                   "SW_REASON": worker.changed or (FIRST_WORKER if place == 0 else None)}


TABLES: dict[str, Callable[[Child, Year], Iterator[Row]]] = {
    "header": header, "episodes": episode_rows, "reviews": reviews, "uasc": uasc, "oc2": oc2, "oc3": oc3, "ad1": ad1,
    "placed_adoption": placed_adoption, "prev_perm": prev_perm, "missing": missing, "social_worker": social_worker}
