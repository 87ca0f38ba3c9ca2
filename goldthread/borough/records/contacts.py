"""A contact at the front door and everything that was done about it.

Times are aware, in Europe/London. Whatever had not happened by ``Plan.now`` is None, so the newest contacts
are still open work.
"""
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source said about one person, kept apart from who it truly is.

    ``true_id`` is the person_id of the truth, never to be shown to the matching that is being measured.
    ``errors`` names what differs from the truth, such as day-month-swapped or nickname (codes in
    ``goldthread.borough.codes.ERRORS``). ``part`` is subject, sibling, mother, father, other-adult. Any text
    may be empty, ``born`` and ``due`` may be None; ``age`` in years is given at times in place of a date of birth.
    """

    true_id: int
    part: str
    given: str
    surname: str
    known_as: str
    sex: str
    born: date | None
    due: date | None
    age: int | None
    line: str
    postcode: str
    school: str
    nhs_number: str
    upn: str
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who made contact. ``staff_id`` and ``agency_id`` are None for the public; an anonymous caller has no name."""

    staff_id: int | None
    agency_id: int | None
    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Consent:
    """``status`` is given, refused, not-sought, dispensed or empty (not recorded); ``reason`` why, in words.

    ``challenged_at`` is when the hub asked the referrer about missing consent, None if it did not.
    """

    status: str
    reason: str
    challenged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rating:
    """One entry of the history of RAG ratings: red, amber, green; ``reason`` in words."""

    at: datetime
    rating: str
    staff_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a partner, with its ``purpose`` in words and its lawful ``basis`` as a code.

    ``answer`` is information or nil, empty while unanswered; ``text`` is what came back.
    """


    agency_id: int
    asked_at: datetime
    asked_by: int
    due_at: datetime
    purpose: str
    basis: str
    answered_at: datetime | None
    answered_by: int | None
    answer: str
    text: str
    late: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided for one child: ``code`` of the contact-outcomes list, ``local`` of contact-outcome-details."""

    true_id: int
    code: str
    local: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The hub's decision: ``level`` of need 1 to 4, ``late`` against the limit of the rating."""

    at: datetime
    staff_id: int
    level: int
    rationale: str
    outcomes: tuple[Outcome, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the referrer: ``how`` is portal, e-mail or phone; ``late`` against one working day."""

    at: datetime
    staff_id: int
    how: str
    late: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The referrer disagrees. ``stage`` is how far it went, 1 to 4; ``changed`` whether the decision was."""

    raised_at: datetime
    agency_id: int
    reason: str
    stage: int
    settled_at: datetime | None
    changed: bool


@dataclass(frozen=True, slots=True)
class SchoolNotice:
    """An Operation Encompass notice: due before the next school day begins; ``sent_at`` None is a gap."""

    child_id: int
    school_id: int
    due_at: datetime
    sent_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact.

    ``contact_id`` counts from 1 within its partnership in order of ``received_at``; ``previous`` are the
    contact_ids about the same household in the twelve months before, newest first. ``source`` is the national
    source code (1A to 10), ``channel``, ``concerns`` and ``stream`` codes of the lists in ``codes.LISTS``.
    ``people`` is what the source stated, children first. ``worker_id`` is who it was allocated to.
    """

    contact_id: int
    reference: str
    partnership: str
    received_at: datetime
    channel: str
    source: str
    referrer: Referrer
    stream: str
    concerns: tuple[str, ...]
    narrative: str
    child_said: str
    household_id: int
    people: tuple[Stated, ...]
    consent: Consent
    ratings: tuple[Rating, ...]
    worker_id: int | None
    allocated_at: datetime | None
    requests: tuple[Request, ...]
    decision: Decision | None
    reply: Reply | None
    disagreement: Disagreement | None
    school_notices: tuple[SchoolNotice, ...]
    previous: tuple[int, ...]
