"""A school, a police force and a health trust whose returns speak of the same children, some of whom have a record here."""
from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from goldthread.access.actor import acting
from goldthread.linkage import actions
from goldthread.linkage.models import Link, Question, Run
from tests.dataset.place import Place as Returns
from tests.dataset.place import rows_csv, sent
from tests.support import NOW

PUPIL = {"person_number": "S-1", "first_name": "Testa", "last_name": "Exampleton", "born_on": "03/11/2015", "sex": "F",
         "postcode": "ZZ1 1AA", "upn": "", "school_urn": "999001", "standing": "At school", "possible": "120",
         "attended": "110", "plan": "no"}


def pupils(*rows: dict[str, Any]) -> bytes:
    """A school's return, a pupil a row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(PUPIL))
    writer.writeheader()
    writer.writerows({**PUPIL, **row} for row in rows)
    return out.getvalue().encode()


#: Other children, without whom the one name there is would be everybody's
CROWD = [{"first_name": f"Crowdie{n * 7}", "last_name": f"Fillerby{n * 13}", "born_on": f"0{n}/01/2009",
          "postcode": f"ZZ{n} 9ZZ"} for n in range(1, 5)]


class Place(Returns):
    """The partnership, and what its agencies sent."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def police_sent(self, *rows: dict[str, Any]) -> Any:
        numbered = [{"incident_number": f"EX-{at}", "person_number": f"P-{at}", **row} for at, row in enumerate(rows)]
        return sent(self.officer, self.owed(), self.folder, ("incidents.csv", rows_csv(*numbered)))

    def school_sent(self, *rows: dict[str, Any]) -> Any:
        numbered = [{"person_number": f"S-{at}", **row} for at, row in enumerate([*rows, *CROWD])]
        return sent(self.head, self.owed("education", self.school), self.folder, ("pupils.csv", pupils(*numbered)))

    def linked(self, whole: bool = False) -> Run:
        run = actions.ask_for_run(actor=self.analyst, now=NOW, whole=whole)
        return actions.carry_out(actor=self.analyst, run=run, now=NOW)

    def links(self) -> list[Link]:
        with acting(self.analyst):
            return list(Link.objects.filter(ended_at=None).order_by("pk"))

    def questions(self) -> list[Question]:
        with acting(self.analyst):
            return list(Question.objects.filter(answer="", left_at=None).order_by("-weight", "pk"))


