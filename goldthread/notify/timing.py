"""When an e-mail may leave: what the person chose, and no mail at night but for what cannot wait."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EVENING, MORNING = time(20), time(7)
NOW, DAILY, NEVER = "now", "daily", "never"
WORDS = {NOW: "Straight away", DAILY: "Once a day, at 7am", NEVER: "Not by e-mail"}


@dataclass(frozen=True)
class Group:
    """Notices a person chooses about together. A group that may not be silenced lacks `never` among its choices."""

    key: str
    name: str
    choices: tuple[str, ...]
    default: str = NOW


GROUPS = {group.key: group for group in (
    Group("asked", "You are asked for information", (NOW, DAILY)),
    Group("recorded", "Something is recorded on work of yours", (NOW, DAILY, NEVER)),
    Group("reminder", "Something is due soon or overdue", (NOW, DAILY, NEVER)),
)}


def group_of(kind: str, *, asked: bool) -> Group:
    """The group of a notice by its kind; `asked` when it is about a request to the person's agency."""
    if kind in ("due-soon", "overdue", "return-due"):
        return GROUPS["reminder"]
    return GROUPS["asked" if asked else "recorded"]


def night_over(at: datetime) -> datetime:
    """`at` itself by day; at night (20:00 to 07:00 in London, both sides of midnight) the coming 07:00."""
    local = at.astimezone(LONDON)
    return _next_morning(local) if local.time() >= EVENING or local.time() < MORNING else at


def any_hour(*, urgent: bool, due: datetime | None, now: datetime) -> bool:
    """Whether a mail may leave at night: it is urgent, or what it is about falls due before people are back."""
    return urgent or (due is not None and due <= _next_morning(now.astimezone(LONDON)))


def leaves(how: str, *, now: datetime, wakes: bool) -> datetime | None:
    """When a mail queued at `now` leaves, None for never. What may wake somebody leaves at once whatever was chosen,
    unless the choice was to have none."""
    if how == NEVER:
        return None
    if wakes:
        return now
    return _next_morning(now.astimezone(LONDON)) if how == DAILY else night_over(now)


def _next_morning(local: datetime) -> datetime:
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, LONDON)
