"""Lists 8 to 10: children in care, care leavers, and children who are to be adopted."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from goldthread.domains.looked_after import models as m
from goldthread.exchange.annex_a.span import Row, Span, disabled, who, yes_no
from goldthread.exchange.care.episodes import Lived
from goldthread.exchange.care.reading import Child, File
from goldthread.exchange.care.rows import ADOPTED
from goldthread.exchange.records import local_day

PERMANENCE = {"return": "a) Return to family", "adoption": "b) Adoption", "guardianship": "c) SGO/CAO",
              "community": "d) Supported living in the community", "residential": "e) Long-term residential placement",
              "fostering": "f) Long-term fostering", "other": "g) Other"}
RIGHTS = {"eligible": "d) Eligible", "relevant": "a) Relevant", "former-relevant": "b) Former relevant",
          "qualifying": "c) Qualifying", "other": "e) Other"}
IN, OUT = "a) In", "b) Out"
NOT_RECORDED = "c) Not recorded"


def in_care(child: Child, span: Span) -> Iterator[Row]:
    """List 8: children looked after on the day, and those who ceased to be in the six months before."""
    begun = [file for file in child.files if file.care.began <= span.day]
    file = begun[-1] if begun else None
    if file is None or not file.care.lived or not (file.in_care(span.day) or span.lately(file.care.ended)):
        return
    over = file.care.ended if file.care.ended and file.care.ended <= span.day else None
    until = over or span.day
    earlier = [each for each in begun[:-1] if each.care.ended and span.within_year(each.care.ended)]
    yield {**who(child.person, span.day),
           "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": yes_no(file.start.alone),
           **disabled(child.person), "Date Started to be Looked After": file.care.began,
           "Child's Category of Need": file.care.need,
           "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)":
               yes_no(bool(earlier)),
           **_status(file, until), **_done(file, span.day), **_placed(file, span, until),
           "Date Ceased to be Looked After": over, "Reason Ceased to be Looked After": file.care.reason if over else None,
           **_gone(child, span), **span.worker(file.case)}


def _status(file: File, until: date) -> Row:
    """The legal status of the last day, and since when it is that."""
    since, status = file.care.began, file.care.status
    for each in sorted(file.care.held, key=lambda held: held.since):
        if each.since <= until and each.status != status:
            since, status = each.since, each.status
    return {"Start date of current legal status": since, "Child's Legal Status": status}


def _done(file: File, day: date) -> Row:
    """When things were last done for the child, and the plan for a permanent home."""
    plan, review = file.latest(m.CarePlan, day), file.latest(m.CareReview, day)
    return {"Date of Latest Statutory Review": _day(review), "Date of Last Social Work Visit": _day(
                next((each for each in reversed(file.upto(m.CareVisit, day)) if each.child_seen), None)),
            "What is the permanence plan for this child?": PERMANENCE[plan.permanence] if plan else None,
            "Date of Last IRO Visit / Contact to the Child": review.officer_saw if review else None,
            "Date of Last Health Assessment": _day(file.latest(m.HealthAssessment, day)),
            "Date of Last Dental Check": _day(file.latest(m.DentalCheck, day))}


def _day(record: Any) -> date | None:
    return local_day(record.happened_at) if record else None


def _placed(file: File, span: Span, until: date) -> Row:
    """Where the child lives or last lived, and in how many placements within the year; a change of its status is none."""
    lived = sorted((each for each in file.care.lived if each.since <= until), key=lambda each: each.since)
    moves = [each for each in (lived or list(file.care.lived)[:1]) if not each.same]
    last: Lived = lived[-1] if lived else file.care.lived[0]
    during = [each for place, each in enumerate(moves)
              if each.since >= span.year or place + 1 == len(moves) or moves[place + 1].since > span.year]
    return {"Number of Placements in the Last 12 months": len(during),
            "Start Date of Most Recent Placement": moves[-1].since if moves else last.since, "Placement Type": last.kind,
            "Placement Provider": last.provider, "Placement postcode": last.postcode, "URN of Placement": last.urn,
            "Placement Location": OUT if last.council else IN, "LA of Placement": last.council or "Own council"}


def _gone(child: Child, span: Span) -> Row:
    """Times missing and away within the year, and what became of the interview after the last."""
    lately = [each for each in child.gone if span.within_year(each.began)]
    last = lately[-1] if lately else None
    return {"Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months":
                sum(each.kind == "M" for each in lately),
            "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months":
                sum(each.kind == "A" for each in lately),
            "Was the child offered a Return Interview after their last missing episode (Y/N)?":
                yes_no(last.offered) if last and last.offered is not None else None,
            "Did the child accept a Return Interview after their last missing episode (Y/N)?":
                yes_no(last.accepted) if last and last.accepted is not None else None}


def leavers(child: Child, span: Span) -> Iterator[Row]:
    """List 9: young people with a right to help with leaving care."""
    helped = [file for file in child.files if file.latest(m.LeavingCare, span.day)
              and not file.latest(m.LeavingEnd, span.day)]
    for file in helped[-1:]:
        right, last = file.latest(m.LeavingCare, span.day), file.latest(m.LeaverContact, span.day)
        if file.end is not None and file.end.after == "over":
            continue
        told = last is not None and last.in_touch == "YES"
        touch = last.in_touch if last else "YES" if file.in_care(span.day) else NOT_RECORDED
        yield {**who(child.person, span.day),
               "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)": yes_no(file.start.alone),
               **disabled(child.person), **span.worker(file.case),
               "Allocated Personal Advisor": span.seats.get(right.adviser_id, ("Not in post any more", ""))[0],
               "Eligibility Category": RIGHTS[right.category],
               "Latest Pathway Plan Review Date": _day(file.latest(m.PathwayPlan, span.day)), "LA in Touch": touch,
               "Latest Date of Contact": _day(last), "Type of Accommodation": last.home if told else None,
               "Suitability of Accommodation": last.suitable if told else None,
               "Activity Status": last.activity if told else None}


def adoptions(child: Child, span: Span) -> Iterator[Row]:
    """List 10: children for whom adoption is the plan, or was within the year."""
    for file in child.files:
        decided = file.latest(m.AdoptionDecision, span.day)
        if decided is None or file.care.began > span.day:
            continue
        stopped, matched = file.latest(m.AdoptionStopped, span.day), file.latest(m.AdoptionMatch, span.day)
        over = file.care.ended if file.care.ended and file.care.ended <= span.day else None
        if (stopped or over) and not span.within_year(_day(stopped), over):
            continue
        placed = [each.since for each in file.care.lived if each.kind.startswith("A") and each.since <= span.day]
        both = [each.since for each in file.care.lived if each.kind in ("U2", "U5") and each.since <= span.day]
        orders = [each.since for each in file.care.held if each.status == "E1" and each.since <= span.day]
        yield {**who(child.person, span.day), **disabled(child.person), "Date the Child Entered Care": file.care.began,
               "Date of Decision that Child Should be Placed for Adoption": _day(decided),
               "Date of Placement Order": max(orders, default=None),
               "Date of Matching Child and Prospective Adopters": _day(matched),
               "Date Placed for Adoption": max(placed, default=None),
               "Date of Adoption Order": over if file.care.reason in ADOPTED else None,
               "Date of Decision that Child Should No Longer be Placed for Adoption": _day(stopped),
               "Reason Why Child No Longer Placed for Adoption": stopped.reason if stopped else None,
               "Date the child was placed for fostering in FFA or concurrent planning placement": max(both, default=None)}
