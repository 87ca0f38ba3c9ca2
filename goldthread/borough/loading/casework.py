"""Everything after the front door, stored: whatever process a story is of, by the same bulk as any other cases."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from goldthread.access.actor import actor_for
from goldthread.access.policy import desk_token
from goldthread.borough.contacts.desk import DAY, after
from goldthread.borough.files import table
from goldthread.borough.plan import LONDON
from goldthread.borough.stories.scene import Scene
from goldthread.borough.stories.section_11 import STAGES
from goldthread.borough.stories.telling import Begins
from goldthread.borough.stories.told import told
from goldthread.borough.stories.year import Year, wanted
from goldthread.domains.exploitation import subjects
from goldthread.domains.exploitation.models import Group, Place
from goldthread.orgs.models import Agency, Appointment
from goldthread.process.bulk import Bulk, PlannedCase
from goldthread.process.models import Campaign
from goldthread.process.registry import get

AT_ONCE = 250
SUBJECTS = 16  # places and groups at scale 1
#: A section 11 round under way: begun so many days ago, returns due so many working days after that.
BEGUN, DUE = timedelta(days=80), 52 * DAY


def store(scene: Scene, beginnings: Iterable[Begins], now: datetime) -> Counter[str]:
    """Tell the stories that begin so, with all they lead to, and store them. How many cases of each process.

    now: the moment they are loaded as, not before the scene's own present. What begins from a case is stored after it,
    since it names it. On the system's authority within `writing()`.
    """
    counts: Counter[str] = Counter()
    waiting = list(told(scene, beginnings))
    while waiting:
        alike: dict[str, list[PlannedCase]] = defaultdict(list)
        for tale in waiting:
            if tale.case.came_from is None or tale.case.came_from.pk:
                alike[tale.process.key].append(tale.case)
        for process, cases in alike.items():
            Bulk(get(process), scene.found.partnerships[scene.key], now, check=False).store(cases)
            counts[process] += len(cases)
        waiting = [tale for tale in waiting if tale.case.pk is None]
    return counts


def store_year(scene: Scene, now: datetime) -> Iterator[Counter[str]]:
    """Store what began in the year without a contact, block by block; how many cases of each process after each."""
    year = Year(scene)
    for beginnings in (year.missing(), year.exploitation(), year.allegations(), year.private_fostering(), year.transfer(),
                       year.births(), year.rapid_review(), _round(scene, year), year.looked_after(),
                       year.following()):
        while block := list(islice(beginnings, AT_ONCE)):
            yield store(scene, block, now)


def add_subjects(scene: Scene) -> None:
    """The places and groups that cases of the scene meet in, as the exploitation desk keeps them."""
    rows = table("stories/subjects.csv")
    keeper = scene.seats("exploitation-lead", scene.council)[0]
    seat = Appointment.objects.select_related("user", "agency", "partnership").get(
        user=keeper.user, agency=keeper.agency, partnership=scene.found.partnerships[scene.key])
    began = datetime.combine(scene.borough.plan.first_day, datetime.min.time(), LONDON)
    for model, kept, detail in ((Place, scene.places, "where"), (Group, scene.groups, "signs")):
        ours = [row for row in rows if row["model"] == model.__name__.lower()]
        for row in ours[: 1 if scene.next_door else max(3, round(SUBJECTS * scene.borough.plan.scale / 2))]:
            values = {"name": row["name"], "kind": row["kind"], "about": row["about"], detail: row["where_or_signs"]}
            kept.append(subjects.add(actor=actor_for(seat, now=began), model=model, now=began, **values))  # type: ignore[arg-type]


def _round(scene: Scene, year: Year) -> Iterator[Begins]:
    """A section 11 round under way: the agencies of the area in turn, those of the demo's personas first asked of all."""
    many = wanted(scene, "section-11")
    office = scene.seats("business-manager")[0]
    partnership = scene.found.partnerships[scene.key]
    began = after((scene.now - BEGUN).astimezone(LONDON), DAY / 8)
    campaign = Campaign.objects.create(
        partnership=partnership, readers=[desk_token("assurance", partnership.pk)], process_key="section-11",
        title=f"Section 11 round {began.year}", began_at=began, due=after(began, DUE), began_by_id=office.user)
    yield from year.section_11(campaign, _asked(scene, many))


def _asked(scene: Scene, many: int) -> list[Agency]:
    """Agencies that somebody writes and signs for; the personas' own stand where there is something for them to do."""
    own = {scene.agency("hospital"): "asked", scene.agency("community"): "written"}
    rows: dict[int, Any] = Agency.objects.in_bulk([seat.agency for seat in scene.seats("agency-lead")])
    found = [rows[pk] for pk in sorted(rows) if pk not in own]
    for pk, stage in own.items():
        if pk in rows:
            found.insert(STAGES.index(stage), rows[pk])
    return found[:many]
