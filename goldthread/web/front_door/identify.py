"""Known already? Everybody a contact names on one page, each beside the people they may be; a human decides."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.base.dates import age_words, day_words
from goldthread.domains.front_door.history import Known, known_of
from goldthread.domains.front_door.identifying import (
    CHILDREN,
    Choice,
    contact_of,
    description,
    identify,
    stated_people,
    tied,
)
from goldthread.domains.front_door.models import ContactPerson, Identification, IdentifiedPerson
from goldthread.people.matching import Candidate, find_matches
from goldthread.people.models import Address, Person
from goldthread.process.actions import ChangedMeanwhile
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Case, Event
from goldthread.process.rights import Work
from goldthread.web.casework.case import framed, opened, timeline_event
from goldthread.web.casework.forms import seen_of, submission_of
from goldthread.web.casework.record import correctable, found_step, sent_before
from goldthread.web.casework.start import NOT_TYPED
from goldthread.web.components import Link, Tag
from goldthread.web.forms.summary import Problem
from goldthread.web.middleware import needs

NEW, LATER = "new", "later"
MOST = 5  # candidates shown of one person


@dataclass
class Offered:
    """One candidate with what is known of them, and whether they were ticked as somebody else."""

    candidate: Candidate
    known: Known
    different: bool
    age: str
    homes: list[str]
    chosen: bool = False

    @property
    def strength(self) -> Tag:
        score = self.candidate.score
        colour = "green" if score >= 95 else "blue" if score >= 60 else "grey"
        return Tag(f"{self.candidate.strength.capitalize()}, {score} of 100", colour)

    @property
    def flags(self) -> list[Tag]:
        if self.known.referred_again:
            return [Tag("Re-referral within 12 months", "orange")]
        return [Tag("Contact within 12 months", "yellow")] if self.known.contact_within_year else []

    @property
    def open_work(self) -> list[Link]:
        return [Link(case.reference, reverse("case", args=[case.reference]),
                     f"{case.process.name}, {case.stage.lower()}, {case.allocated_to or 'nobody has it yet'}")
                for case in self.known.open]


@dataclass
class Question:
    """One stated person: what was said of them, whom they may be, and what has been chosen so far."""

    stated: ContactPerson
    facts: list[str]
    offered: list[Offered]
    picked: str = ""
    reason: str = ""
    address: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"who-{self.stated.pk}"

    @property
    def heading(self) -> str:
        return f"{self.stated.name}, {self.stated.get_capacity_display().lower()}"


@dataclass
class Filled:
    """The page's form, as the error summary knows forms."""

    questions: list[Question]
    whole: list[str] = field(default_factory=list)
    is_bound: bool = True

    @property
    def errors(self) -> list[str]:
        return [*self.whole, *(error for q in self.questions for error in q.errors)]

    def problems(self) -> list[Any]:
        found = [Problem(words, f"{q.name}-1") for q in self.questions for words in q.errors]
        target = f"{self.questions[0].name}-1" if self.questions else "note"
        return found + [Problem(words, target) for words in self.whole]


@needs(May.WORK_FRONT_DOOR)
def page(request: Any, reference: str) -> HttpResponse:
    """Identify those not identified yet."""
    case = opened(request, reference)
    step = found_step(case, Identification.step_key())
    if sent_before(request, case):
        return redirect("case", case.reference)
    answer = Work.on(case).may_record(request.actor, step)
    if not answer:
        return render(request, "casework/cannot.html", framed(request, case, step=step, why=answer.why), status=403)
    done = tied(case)
    return _asked(request, case, [p for p in stated_people(case) if p.pk not in done], done)


@needs(May.WORK_FRONT_DOOR)
def mend(request: Any, reference: str, event: int) -> HttpResponse:
    """Correct who was identified: the people of one earlier answer, asked again."""
    case = opened(request, reference)
    if sent_before(request, case):
        return redirect("case", case.reference)
    case, old = correctable(request, reference, event, Identification.step_key())
    lines: Any = IdentifiedPerson.objects.filter(event=old)
    before = {line.stated_id: line for line in lines}
    people = [p for p in stated_people(case) if p.pk in before]
    return _asked(request, case, people, {}, old=old, before=before)


def _asked(request: Any, case: Case, people: list[ContactPerson], done: dict[int, IdentifiedPerson], *,
           old: Event | None = None, before: Mapping[int, IdentifiedPerson] | None = None) -> HttpResponse:
    owner = f"user:{request.user.pk}"
    key = f"{case.reference}/{f'correct/{old.pk}' if old else Identification.step_key()}"
    draft = DraftStore(request.actor, key, owner, request.now)
    sent = request.method == "POST"
    typed = dict(request.POST.lists()) if sent else draft.load().get("typed", {})
    if sent:
        draft.save({"typed": {k: v for k, v in typed.items() if k not in NOT_TYPED}})
    filled = Filled(_questions(request, case, people, typed, before or {}), is_bound=sent)
    note = (typed.get("note") or [""])[0]
    meanwhile: list[Event] = []
    if sent and _checked(filled):
        try:
            with transaction.atomic():
                _, lost = identify(
                    actor=request.actor, case=case, choices=_choices(filled.questions), note=note, now=request.now,
                    submission=submission_of(request.POST), corrects=old,
                    seen=None if request.POST.get("read") else seen_of(request.POST))
            draft.discard()
            for words in lost:
                messages.warning(request, f"Not kept. {words}")
            return redirect("case", case.reference)
        except ChangedMeanwhile as changed:
            meanwhile = changed.events
        except ValidationError as wrong:
            filled.whole += wrong.messages
        except (Refused, Person.DoesNotExist) as refused:
            filled.whole.append(str(refused))
    contact = contact_of(case)
    return render(request, "front_door/identify.html", framed(
        request, case, step=case.process.step(Identification.step_key()), questions=filled.questions, form=filled,
        note=note, draft_key=key, done=list(done.values()), contact=contact, seen=case.last_event, correcting=old,
        home=", ".join(part for part in (contact.line1, contact.postcode) if part),
        meanwhile=[timeline_event(case, e) for e in meanwhile]))


def _questions(request: Any, case: Case, people: list[ContactPerson], typed: Mapping[str, list[str]],
               before: Mapping[int, IdentifiedPerson]) -> list[Question]:
    contact, today = contact_of(case), request.now.date()
    matches = {p.pk: find_matches(actor=request.actor, stated=description(p, contact), now=request.now, limit=MOST,
                                  why=f"Known already? {case.reference}") for p in people}
    ids = {c.person for found in matches.values() for c in found}
    known, homes = known_of(ids, besides=case, at=request.now), _homes(ids)
    questions = []
    for person in people:
        key = f"who-{person.pk}"
        different = set(typed.get(f"different-{person.pk}", []))
        earlier = before.get(person.pk)
        picked = (typed.get(key) or [f"is-{earlier.person_id}" if earlier else ""])[0]
        offered = [Offered(c, known[c.person], str(c.person) in different, age_words(c.born_on, today),
                           homes.get(c.person, []), picked == f"is-{c.person}") for c in matches[person.pk]]
        ticked = bool(typed.get(f"address-{person.pk}")) if typed else person.capacity in CHILDREN
        questions.append(Question(person, _facts(person, today), offered, picked,
                                  (typed.get(f"reason-{person.pk}") or [earlier.reason if earlier else ""])[0], ticked))
    return questions


def _homes(people: set[int]) -> dict[int, list[str]]:
    """Where each lives now, as far as the acting person may see it."""
    found: dict[int, list[str]] = {}
    for row in Address.objects.filter(person__in=people, until=None).order_by("-pk"):
        found.setdefault(row.person_id, []).append(f"{row}{' (kept address)' if row.safe else ''}")
    return found


def _facts(person: ContactPerson, today: Any) -> list[str]:
    """What was said of a person, in the referrer's own spelling."""
    said = [f"{person.given} {person.family}".strip()] if person.known_as else []
    if person.born_on:
        said.append(f"born {day_words(person.born_on)}, {age_words(person.born_on, today)}")
    elif person.due_on:
        said.append(f"due {day_words(person.due_on)}")
    elif person.age_stated:
        said.append(f"aged about {person.age_stated}")
    numbers = [f"{name} {value}" for name, value in (("NHS number", person.nhs), ("pupil number", person.upn)) if value]
    return [*said, *([person.get_sex_display().lower()] if person.sex != "U" else []),
            *([person.relationship] if person.relationship else []), *([person.setting] if person.setting else []),
            *([f"GP {person.practice}"] if person.practice else []),
            *numbers]


def _checked(filled: Filled) -> bool:
    """Whether every answer is one that was offered. Nobody can be tied to a record that was not on the page."""
    for question in filled.questions:
        allowed = {NEW, LATER, *(f"is-{o.candidate.person}" for o in question.offered)}
        if not question.picked:
            question.errors.append(f"Say who {question.stated.name} is, or leave it for later")
        elif question.picked not in allowed:
            question.errors.append(f"Say again who {question.stated.name} is: that record is no longer offered")
        elif any(o.different and o.chosen for o in question.offered):
            question.errors.append(f"{question.stated.name} cannot be this person and somebody else at once")
    _twice(filled.questions)
    return not filled.errors


def _twice(questions: list[Question]) -> None:
    chosen: dict[str, Question] = {}
    for question in questions:
        if question.picked in ("", NEW, LATER):
            continue
        if first := chosen.get(question.picked):
            question.errors.append(f"{question.stated.name} and {first.stated.name} cannot both be this person")
        chosen.setdefault(question.picked, question)


def _choices(questions: list[Question]) -> list[Choice]:
    found = []
    for question in questions:
        if question.picked == LATER:
            continue
        person = None if question.picked == NEW else int(question.picked.removeprefix("is-"))
        apart = tuple(o.candidate.person for o in question.offered if o.different)
        found.append(Choice(question.stated, person, question.reason.strip(), apart, question.address))
    return found
