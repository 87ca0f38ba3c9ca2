"""Partnerships, the agencies that take part, and the people who work in them."""
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Partnership:
    """A safeguarding children partnership.

    ``partners`` are the agency_ids of the three that share the duty. ``local_limits`` are the time limits it
    sets for itself, as (key, span in words): late and in time are meant against these.
    """

    key: str
    name: str
    prefix: str
    partners: tuple[int, int, int]
    phone: str
    email: str
    local_limits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation that takes part.

    ``kind`` is a code of the agency-kinds list. ``code`` is a national code that
    is never issued: a URN for schools, an organisation code for health, else empty. ``partnerships`` are the
    keys of those it takes part in; ``district`` the district it stands in, -1 for the whole area. ``teams``
    are team names. Phones are from the drama ranges, e-mail addresses at example.org.
    """

    agency_id: int
    name: str
    kind: str
    code: str
    phone: str
    email: str
    postcode: str
    district: int
    partnerships: tuple[str, ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class School:
    """What is particular to a school or nursery: ``agency_id`` ties it to its Agency.

    ``phase`` is nursery, primary, secondary, special, independent, alternative or post-16. It takes
    children whose age on 1 September is from ``youngest`` to ``oldest``. ``places`` weighs how many go.
    """

    agency_id: int
    urn: str
    name: str
    phase: str
    youngest: int
    oldest: int
    places: int
    area: str
    district: int


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone who works for an agency.

    ``role`` is a code of the roles list that the access policy knows; ``persona`` is empty but for those
    people the demo signs in as, such as school-lead. ``team`` is a team name of the agency or empty.
    """

    staff_id: int
    agency_id: int
    team: str
    name: str
    role: str
    title: str
    email: str
    phone: str
    persona: str
    partnerships: tuple[str, ...]
    since: date
    until: date | None
