"""Finding a person, and the pages of one person."""
from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access import audit
from goldthread.access.policy import May
from goldthread.base.dates import UncertainDate
from goldthread.base.identifiers import format_nhs_number, is_reference
from goldthread.orgs.models import Agency, User
from goldthread.people import family
from goldthread.people.models import Identifier, Name, Person
from goldthread.people.reading import addresses_of, open_person, places_of, same_person_ids
from goldthread.people.search import search
from goldthread.process.models import Case
from goldthread.web import components
from goldthread.web.casework.lists import beginnings
from goldthread.web.casework.narrowing import asking
from goldthread.web.components import Column, Identity, Link, Row, Table, Tag
from goldthread.web.middleware import needs
from goldthread.web.navigation import Item, address
from goldthread.web.people import chronology

TABS = (("person", "Summary"), ("person_family", "Family"), ("person_timeline", "Timeline"),
        ("person_cases", "Contacts"), ("person_looked", "Who has looked"))
SEX = {"F": "Girl or woman", "M": "Boy or man"}


@needs(May.FIND_PEOPLE)
def find(request: Any) -> HttpResponse:
    """Children and families: search by name, date of birth, postcode, number or reference.

    What is searched for is sent in the body: names do not belong in addresses, which are logged and remembered.
    """
    text = request.POST.get("q", "").strip()[:200]
    if is_reference(text) and Case.objects.filter(reference=text.upper()).exists():
        return redirect("case", text.upper())
    today = request.now.date()
    table = None
    if text:
        found = search(actor=request.actor, text=text, now=request.now)
        rows = [[Link(p.name, address("person", p.reference), p.reference), p.born_on, family.age(p, today),
                 _now_at(p.homes)] for p in found]
        table = Table(f"{len(rows)} found" if rows else "Nobody found",
                      [Column("Name"), Column("Born", "on"), Column("Age"), Column("Lives at")], rows,
                      nothing="Nobody you may see fits. Try fewer words, another spelling, or a date of birth.")
    return render(request, "people/find.html", {"text": text, "table": table})


def _now_at(homes: list[dict[str, Any]]) -> str:
    return "Address kept safe" if any(home["safe"] for home in homes) else "".join(home["postcode"] for home in homes[:1])


def opened(request: Any, reference: str, why: str = "work") -> Person:
    """The person, with the look written down; not there when not theirs."""
    try:
        return open_person(actor=request.actor, reference=reference, why=why, now=request.now)
    except Person.DoesNotExist:
        raise Http404 from None


def framed(request: Any, person: Any, **more: Any) -> dict[str, Any]:
    """What every page of a person has that was `opened`."""
    flags = [Tag("Restricted", "red")] if person.restricted else []
    if person.kept_safe:
        flags.append(Tag("Safe address: do not disclose", "red"))
    if person.merged_into_id:
        flags.append(Tag("Merged into another record", "grey"))
    facts = [family.age(person, request.now.date()), person.reference]
    tabs = []
    for name, title in TABS:
        url = address(name, person.reference)
        tabs.append(Item(title, url, "page" if url == request.path else ""))
    return {"person": person, "identity": Identity(person.name, facts, flags), "tabs": tabs, **more}


def places_table(person: Person) -> Table:
    """Practices and schools of all records of a person, those of now first, with how to change each."""
    rows = []
    for each in places_of(same_person_ids(person)):
        change = Link("Change", reverse("person_place_end", args=[person.reference, each.pk]), each.agency.name)
        rows.append([each.get_kind_display(), each.agency.name, each.since or "", each.until or "", each.source, change])
    return Table("GP practice and school", [Column("What"), Column("Where"), Column("From", "on"), Column("Until", "on"),
                                            Column("Who told us"), Column("Change")], rows,
                 nothing="No GP practice or school is recorded.")


@needs(May.FIND_PEOPLE)
def summary(request: Any, reference: str) -> HttpResponse:
    """Who this is: names, numbers, addresses, and what is open now."""
    person = opened(request, reference)
    mine = same_person_ids(person)
    rows = [Row("Name", f"{person.given} {person.family}".strip())]
    rows += [Row("Known as", person.known_as)] if person.known_as else []
    rows += [Row(n.get_kind_display(), f"{n.given} {n.family}".strip()) for n in Name.objects.filter(person__in=mine)]
    rows += [Row("Born", person.born_on.strftime("%-d %B %Y") + (" (estimated)" if person.born_estimated else ""))
             ] if person.born_on else []
    rows += [Row("Sex", SEX.get(person.sex, "Not known"))]
    for number in Identifier.objects.filter(person__in=mine).order_by("scheme"):
        value = format_nhs_number(number.value) if number.scheme == "nhs" else number.value
        rows.append(Row(number.get_scheme_display(), value))
    homes = addresses_of(person)
    lines = [[str(a), a.since, a.until or "", Tag("Safe: do not disclose", "red") if a.safe else
              Tag("Do not write here", "orange") if a.do_not_write else ""] for a in homes]
    table = Table("Addresses", [Column("Address"), Column("From", "on"), Column("Until", "on"), Column("Careful")], lines,
                  nothing="No address you may see is recorded.")
    return render(request, "people/person.html", framed(request, person, facts=rows, addresses=table,
                                                        places=places_table(person), cases=_cases(mine, open_only=True),
                                                        beginnings=beginnings(request.actor),
                                                        merges=request.actor.may(May.WORK_FRONT_DOOR)))


def _cases(people: Any, *, open_only: bool = False) -> Table:
    rows = Case.objects.filter(casepersons__person__in=people).distinct().order_by("-opened_at")
    rows = rows.filter(closed_at=None) if open_only else rows
    lines = [[Link(c.reference, reverse("case", args=[c.reference])), c.process.name, c.opened_at, c.stage,
              c.started_by.name] for c in rows.select_related("started_by")[:50]]
    columns = [Column("Reference"), Column("What"), Column("Opened", "ago"), Column("Stage"), Column("From")]
    return Table("Open now" if open_only else "All contacts", columns, lines,
                 nothing=f"Nothing {'open ' if open_only else ''}that you may see.")


@needs(May.FIND_PEOPLE)
def relatives(request: Any, reference: str) -> HttpResponse:
    """Family and household, each person with who they are to this one."""
    person = opened(request, reference)
    today = request.now.date()
    responsible = {True: "Yes", False: "No", None: "Not known"}
    found, homes = family.relatives(person, today=today), addresses_of(person)
    kin = [[Link(r.person.name, reverse("person", args=[r.person.reference])), r.kind, r.age,
            responsible[r.parental_responsibility] if not r.person.is_child(today) else "",
            Link("Wrong", reverse("person_not_related", args=[person.reference, r.row]), r.kind.lower())]
           for r in found]
    home = [[Link(h.person.name, reverse("person", args=[h.person.reference])), h.kind, h.age]
            for h in family.household(person, today=today, kin=found, addresses=homes)]
    return render(request, "people/family.html", framed(
        request, person,
        kin=Table("Family", [Column("Name"), Column("Who they are"), Column("Age"), Column("Parental responsibility"),
                             Column("Recorded in error?")], kin, nothing="No family is recorded."),
        home=Table("Also at this address", [Column("Name"), Column("Who they are"), Column("Age")], home,
                   nothing="Nobody else is recorded at this address.")))


@needs(May.FIND_PEOPLE)
def timeline(request: Any, reference: str) -> HttpResponse:
    """The chronology across agencies, of this person or of the whole family, a page at a time; `as=text`: all of it as a
    story, to be printed."""
    person = opened(request, reference)
    query = request.GET
    whole = query.get("family") == "yes"
    people, names = set(same_person_ids(person)), {}
    if whole:
        kin = family.relatives(person, today=request.now.date())
        people |= {r.person.pk for r in kin}
        names = {r.person.pk: r.person.name for r in kin}
    wanted = chronology.Wanted(tuple(sorted(people)), names, query.get("agency", ""), query.get("kind", ""))
    if query.get("as") == "text":
        return render(request, "people/timeline_text.html", framed(
            request, person, story=chronology.prose(chronology.lines(wanted)), whole=whole,
            back=f"?{asking(query, drop=('as', 'text'))}"))
    try:
        shown, after = chronology.page(wanted, query.get("after", ""))
    except ValueError:
        raise Http404 from None
    events = [components.Event(f"{line.who}: {line.title}" if line.who else line.title, _at(line), line.agency,
                               line.kind, line.text if line.text != line.title else "", line.url) for line in shown]
    narrowed = wanted.agency or wanted.kind or query.get("after") or after
    agencies, kinds = chronology.called(wanted.people, None if narrowed else shown)
    pages = components.Pages(f"?{asking(query)}" if query.get("after") else "",
                             f"?{asking(query, after=after)}" if after else "")
    return render(request, "people/timeline.html", framed(
        request, person, events=events, whole=whole, picked=query, pages=pages, agencies=agencies, kinds=kinds,
        as_text=f"?{asking(query)}&as=text"))


def _at(line: chronology.Line) -> Any:
    return _dated(line.said) if line.said else line.at


@lru_cache(maxsize=10_000)
def _dated(said: str) -> UncertainDate:
    """A date as it was said; a page has many and the same ones come again."""
    return UncertainDate.parse(said)


@needs(May.FIND_PEOPLE)
def cases(request: Any, reference: str) -> HttpResponse:
    """Every contact this person is part of, as far as it may be seen."""
    person = opened(request, reference)
    return render(request, "people/cases.html", framed(request, person, table=_cases(same_person_ids(person))))


@needs(May.FIND_PEOPLE)
def looked(request: Any, reference: str) -> HttpResponse:
    """Who has looked at this person's record, newest first."""
    person = opened(request, reference, why="who has looked")
    rows = audit.readings("person", person.pk)
    users = {u.pk: str(u) for u in User.objects.filter(pk__in={r["user_id"] for r in rows})}
    agencies = dict(Agency.objects.filter(pk__in={r["agency_id"] for r in rows}).values_list("pk", "name"))
    lines = [[users.get(r["user_id"], "The system"), agencies.get(r["agency_id"], ""), r["at"], r["why"]] for r in rows]
    table = Table("Who has looked", [Column("Who"), Column("Agency"), Column("When", "ago"), Column("Why")], lines)
    return render(request, "people/looked.html", framed(request, person, table=table))
