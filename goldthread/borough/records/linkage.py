"""People as five agencies hold them, with the truth beside, so that linkage can be measured."""
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ExtractRow:
    """One row of an agency's list of people.

    ``source`` is council, police, health, education or housing; ``local_id`` unique within it. ``true_id`` is
    the person_id; an agency may hold one person twice. ``errors`` names what differs from the truth.
    """

    source: str
    local_id: str
    true_id: int
    given: str
    surname: str
    born: date | None
    sex: str
    line: str
    postcode: str
    nhs_number: str
    upn: str
    errors: tuple[str, ...]
