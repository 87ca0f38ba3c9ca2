"""Who a person is: adding them, changing what is known, their other names and their numbers."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from goldthread.access.actor import Actor
from goldthread.access.policy import May, desk_token
from goldthread.base.identifiers import BadIdentifier, new_reference, nhs_number, upn
from goldthread.people.actions.common import (
    NotPossible,
    as_system,
    next_person_id,
    rekey,
    required,
    rows_access,
    seen,
)
from goldthread.people.models import Identifier, Name, Person
from goldthread.rules.codes import choices

#: The two letters before a person's reference.
PREFIX = "PE"
#: The desks that work with children; what one of them records of a person, the front door must find.
CHILDREN_DESKS = ("front-door", "social-care", "exploitation")
FIELDS = frozenset({"given", "family", "known_as", "born_on", "born_estimated", "due_on", "died_on", "sex", "ethnicity",
                    "language", "disabled", "adult"})
READ: dict[str, Callable[[str], str]] = {"nhs": nhs_number, "upn": upn}


def add_person(*, actor: Actor, now: datetime, readers: Iterable[str] | None = None, **details: Any) -> Person:
    """Record a person nobody has recorded yet; `details` are columns of Person (given, family, born_on, sex …).

    Whoever may not search may not add: a search comes first, so that nobody is recorded twice. `readers` are the
    tokens that read the record, by default the children's desks the actor sits at and the front door's, else the actor's
    agency.
    Raises Refused and NotPossible.
    """
    actor.require(May.FIND_PEOPLE)
    _check(details, now.date())
    if not any(details.get(field) for field in ("given", "family", "known_as", "due_on")):
        raise NotPossible("Enter a given name, a family name or, for an unborn child, the date the baby is due")
    tokens = sorted(set(readers if readers is not None else _own_readers(actor)))
    with as_system(actor):
        number = next_person_id()
        person = Person(pk=number, reference=new_reference(PREFIX, number), partnership=actor.partnership,
                        readers=tokens, open_readers=tokens, created_at=now, **details)
        person.save(force_insert=True)
        rekey(person)
    return person


def _own_readers(actor: Actor) -> list[str]:
    """The desks for children that the actor sits at, the front door among them; else the actor's agency."""
    desks = [desk_token(desk, actor.partnership.pk) for desk in CHILDREN_DESKS]
    held = [token for token in desks if actor.holds(token)]
    return [desks[0], *held] if held else [actor.agency_token]


def revise_person(*, actor: Actor, now: datetime, person: int, **details: Any) -> Person:
    """Change what is known of a person. A name in use before is kept as a previous name, so they are still found.

    Raises Refused, NotPossible and Person.DoesNotExist.
    """
    _check(details, now.date())
    with as_system(actor):
        found, = seen(actor, person)
        before = found.given, found.family
        for field, value in details.items():
            setattr(found, field, value)
        if any(before) and before != (found.given, found.family):
            Name.objects.create(given=before[0], family=before[1], kind="previous", source=actor.agency.name,
                                **rows_access(found))
        found.save(update_fields=sorted(details))
        rekey(found)
    return found


def add_name(*, actor: Actor, now: datetime, person: int, kind: str, given: str = "", family: str = "",
             source: str = "") -> Name:
    """Record another name a person has or had. Raises Refused, NotPossible and Person.DoesNotExist."""
    if kind not in dict(Name.KINDS):
        raise NotPossible(f"Choose what kind of name this is: {', '.join(dict(Name.KINDS))}")
    if not given.strip() and not family.strip():
        raise NotPossible("Enter a given name or a family name")
    with as_system(actor):
        found, = seen(actor, person)
        name = Name.objects.create(given=given.strip(), family=family.strip(), kind=kind, source=source,
                                   **rows_access(found))
        rekey(found)
    return name


def add_identifier(*, actor: Actor, now: datetime, person: int, scheme: str, value: str, verified: bool = False,
                   source: str = "") -> Identifier:
    """Record a number a person is known by, checked and in its stored form; the same number again changes nothing
    but that it may become verified.

    Raises NotPossible when it fails its check or the person has another verified number of the scheme, Refused and
    Person.DoesNotExist.
    """
    stored = read_number(scheme, value)
    with as_system(actor):
        found, = seen(actor, person)
        mine = Identifier.objects.filter(person=found, scheme=scheme)
        if verified and scheme in READ and mine.filter(verified=True).exclude(value=stored).exists():
            raise NotPossible(f"This person already has another verified {dict(Identifier.SCHEMES)[scheme]}. "
                              "Check which is right with the agency that issued it")
        number, _ = mine.get_or_create(scheme=scheme, value=stored,
                                       defaults={"source": source, **rows_access(found)})
        if verified and not number.verified:
            number.verified = True
            number.save(update_fields=["verified"])
        rekey(found)
    return number


def read_number(scheme: str, value: str) -> str:
    """The stored form of a number. NotPossible when the scheme is unknown or the number fails its check."""
    if scheme not in dict(Identifier.SCHEMES):
        raise NotPossible(f"Choose what kind of number this is: {', '.join(dict(Identifier.SCHEMES))}")
    try:
        return READ.get(scheme, lambda text: required(text, "the number"))(value)
    except BadIdentifier as wrong:
        raise NotPossible(str(wrong)) from wrong


def _check(details: dict[str, Any], today: date) -> None:
    if unknown := set(details) - FIELDS:
        raise TypeError(f"A person has no {', '.join(sorted(unknown))}")
    born, died = details.get("born_on"), details.get("died_on")
    if born and born > today:
        raise NotPossible("The date of birth is in the future. For an unborn child, enter the date the baby is due")
    if died and died > today:
        raise NotPossible("The date of death is in the future")
    if born and died and died < born:
        raise NotPossible("The date of death is before the date of birth")
    sexes = dict(choices("sex", today))
    if details.get("sex", "U") not in sexes:
        raise NotPossible(f"Sex is one of {', '.join(sexes)}")
