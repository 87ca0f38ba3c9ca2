"""Letters and records sent to parties of a case: who gets what is worked out for each, before anything is sent.

What is hidden from somebody is taken out of their copy. A name of somebody who is no party stops the letter until a manager
has looked again. (Experience reference B: an address shown to the wrong parent is the harm to design against.)
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, acting, system_for
from goldthread.base.text import NAME, normalise_postcode
from goldthread.people.models import Address, Name, Person, Place, Relationship
from goldthread.people.reading import addresses_of, same_person_ids
from goldthread.process.actions import Writing, record
from goldthread.process.definition import Standing
from goldthread.process.models import Case, Event, Letter, LetterCopy
from goldthread.process.rights import Work, stands

WITHHELD = "[not shown]"
MONTHS = frozenset("January February March April May June July August September October November December".split())


@dataclass(frozen=True)
class Copy:
    """One person's copy: where it goes ("" where no address may be used), its text, and what was taken out of it."""

    to: Person
    address: str
    text: str
    removed: tuple[str, ...]


def parties(case: Case) -> list[Person]:
    """The people of a case and their families, whom the acting person may see: those a letter may go to or speak of."""
    own = set(case.casepersons.values_list("person_id", flat=True))
    ties = Relationship.objects.filter(person__in=own) | Relationship.objects.filter(other__in=own)
    kin = {pk for pair in ties.filter(until=None).values_list("person_id", "other_id") for pk in pair}
    return list(Person.objects.filter(pk__in=own | kin).order_by("family", "given", "pk"))


def copies(*, actor: Actor, case: Case, text: str, to: Iterable[int]) -> list[Copy]:
    """What each recipient will get. Raises ValidationError for a recipient who is no party of the case, or for none."""
    with acting(actor):
        known = {person.pk: person for person in parties(case)}
        wanted = list(dict.fromkeys(to))
        if not wanted or not set(wanted) <= set(known):
            raise ValidationError({"to": "Choose who gets this, among the people of this case and their families"})
        homes = {pk: _where(known[pk]) for pk in wanted}
    with acting(system_for(actor)):  # what is hidden from a recipient may be hidden from the writer too
        safe = _safe_addresses(set(known))
        places = {pk: _places_of(pk) for pk in {address.person_id for address in safe}}
        return [_copy(known[pk], homes[pk], text, safe, places) for pk in wanted]


def _where(person: Person) -> str:
    """Where a person's copy goes: their newest current address that may be written to and is not hidden from themselves."""
    now = (a for a in addresses_of(person, going_to=[person.pk]) if a.until is None and not a.do_not_write)
    return next((str(each) for each in now), "")


def _safe_addresses(people: set[int]) -> list[Address]:
    """Every safe address, past ones too, of these people and of records merged with theirs."""
    ids = frozenset().union(*(same_person_ids(pk) for pk in people))
    return list(Address.objects.filter(person__in=ids, safe=True).order_by("pk"))


def _places_of(person: int) -> list[str]:
    """The school and the practice of somebody whose address is safe: either tells where they live."""
    rows = Place.objects.filter(person__in=same_person_ids(person), until=None, withdrawn_at=None).select_related("agency")
    return [row.agency.name for row in rows.order_by("pk")]


def _copy(person: Person, home: str, text: str, safe: Sequence[Address], places: dict[int, list[str]]) -> Copy:
    own = same_person_ids(person)
    removed: list[str] = []
    for address in safe:
        if own & set(address.hidden_from):
            text, found = _without(text, _loosely(address.line1), _postcode(address.postcode))
            removed += [f"an address of {address.person.name}"] * found
            text, found = _without(text, *(_loosely(place) for place in places[address.person_id]))
            removed += [f"where {address.person.name} goes"] * found
    return Copy(person, home, text, tuple(dict.fromkeys(removed)))


def _without(text: str, *patterns: str) -> tuple[str, bool]:
    """The text without what the patterns fit, and whether there was anything."""
    found = False
    for pattern in filter(None, patterns):
        text, times = re.subn(pattern, WITHHELD, text, flags=re.IGNORECASE)
        found |= times > 0
    return text, found


def _loosely(line: str) -> str:
    """A pattern for words with any spaces and punctuation between them; "" for a line too short to be told from others."""
    words = re.findall(r"\w+", line)
    return r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b" if len("".join(words)) >= 4 else ""


def _postcode(code: str) -> str:
    plain = normalise_postcode(code).replace(" ", "") if code else ""
    return r"\b" + r"\s*".join(map(re.escape, plain)) + r"\b" if plain else ""


def strangers(*, actor: Actor, case: Case, text: str) -> list[str]:
    """Names in the text of nobody known to be a party or a professional of the case, in the order they come.

    A name is two or more words with a capital each; a given name alone is not noticed.
    """
    with acting(actor):
        known = parties(case)
        words = {w for person in known for w in _words(f"{person.given} {person.known_as} {person.family}")}
        for name in Name.objects.filter(person__in=[person.pk for person in known]):
            words |= _words(f"{name.given} {name.family}")
        events = case.events.select_related("recorded_by", "agency")
        said = [str(who) for who in (case.allocated_to, actor.user) if who] + [case.started_by.name, actor.agency.name]
        said += [part for event in events for part in (str(event.recorded_by), event.agency.name)]
        said += [ask.agency.name for ask in case.asks.select_related("agency")]
        said += [actor.partnership.name, actor.partnership.area]
    with acting(system_for(actor)):
        said += [str(address) for address in Address.objects.filter(person__in=[person.pk for person in known])]
    words |= {w for part in said for w in _words(part)}
    found = [_from_its_start(match.group()) for match in NAME.finditer(text)]
    return [name for name in dict.fromkeys(found) if " " in name and not _words(name) <= words | _COMMON]


def _from_its_start(name: str) -> str:
    """A name without the word that began the sentence before it."""
    first, _, rest = name.partition(" ")
    return rest if first.lower() in _STARTS else name


_STARTS = frozenset(
    "a after also an and as at before but by dear did for from he her his i if in it its my no not now of on our she since "
    "so that the their then there these they this to until was we were when while with you your".split())
_COMMON = {month.lower() for month in MONTHS} | set(
    "dear yours children child protection conference plan review council social worker core group working together act the "
    "monday tuesday wednesday thursday friday saturday sunday family help early school police nhs".split())


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]+", name)}


def send(*, actor: Actor, case: Case, subject: str, text: str, to: Iterable[int], looked_again: str, now: datetime) -> Event:
    """Record a letter with each recipient's copy as it goes out.

    Raises Refused; ValidationError without words, for recipients as `copies`, and for names of strangers unless
    somebody who manages this work says why they may be named (`looked_again`).
    """
    step = case.process.step(Letter.step_key())
    with acting(system_for(actor)):
        Work.on(case).may_record(actor, step).insist()
    if not text.strip() or not subject.strip():
        raise ValidationError({"text" if not text.strip() else "subject": "Write what is to be sent"})
    made = copies(actor=actor, case=case, text=text, to=to)
    outside = strangers(actor=actor, case=case, text=text)
    manages = actor.may(case.process.manager) and stands(actor, case, Standing.DESK, case.process.first)
    if outside and not (looked_again.strip() and manages):
        who = "Say why they may be named" if manages else "A manager must look at it and send it"
        raise ValidationError({"looked_again": f"This names {', '.join(outside)}, who is not of this family. {who}"})
    why = looked_again.strip() if outside else ""
    letter = Letter(subject=subject.strip(), text=text, looked_again=why, happened_at=now)
    lines = [LetterCopy(person=each.to, address=each.address, text=each.text, removed=", ".join(each.removed))
             for each in made]
    return record(actor=actor, case=case, step=step, writing_=Writing(letter, lines), now=now)


def may_send(actor: Actor, case: Case) -> bool:
    return bool(Work.on(case).may_record(actor, case.process.step(Letter.step_key())))


def recipients(case: Case, today: date) -> list[tuple[str, str]]:
    """(id, name and age) of the parties a letter may go to."""
    return [(str(p.pk), f"{p.name}{', child' if p.is_child(today) else ''}") for p in parties(case)]
