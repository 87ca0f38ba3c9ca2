"""The demo's yearly reports and money: one report is out and the next is under way, in every month. From April to June
agencies send their part of the year that is over; from July to September its figures are frozen and it is written; then it
is out, and agencies are asked early for the year that is still running. Besides, arrangements that are being written anew,
and two budgets.

Through the actions that the pages use, each at its moment: a freeze counts the scorecard as it stood then.
"""
from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from goldthread.access.actor import Actor, acting, actor_for, system
from goldthread.access.policy import LEADING
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.plan import LONDON
from goldthread.domains.yearly_report import models as m
from goldthread.flows import yearly_report as flow
from goldthread.measure import periods
from goldthread.measure.periods import Period
from goldthread.orgs.models import Agency, Appointment
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case
from goldthread.reports.budget import actions as budget
from goldthread.reports.yearly import actions as document
from goldthread.reports.yearly import reading
from goldthread.reports.yearly.models import Document
from goldthread.reports.yearly.voice import SECTION as VOICE
from goldthread.rules.codes import codes

OFFICE, SCRUTINEER = "business-manager", "scrutineer"
LEADS = ("council", "icb", "police")
STAFF_SINCE = timedelta(days=390)  # everybody on the staff has been there for longer
FROZEN = "As they stood when the year's last returns were in."
AGREED = ("planned", "committed", "actual")


def declared() -> dict[str, Any]:
    """What agencies sent in, and the lines of the money, as they are written down."""
    return tomllib.loads(files("goldthread.borough").joinpath("data", "reporting.toml").read_text(encoding="utf-8"))


def years(now: datetime) -> tuple[Period, Period]:
    """The year whose report is out, and the one whose report is under way: it must be out by the September after it."""
    day = now.astimezone(LONDON).date()
    last = periods.last_whole("year", day)
    return (last.before(), last) if 4 <= day.month <= 9 else (last, periods.period_of(periods.added(last.end, 1), "year"))


@dataclass(frozen=True)
class Reporting:
    """Whoever writes the reports, and what is written of them."""

    cast: Cast
    said: list[dict[str, Any]]
    voice: str

    def actor(self, name: str, at: datetime) -> Actor:
        return self.cast.actor(name, at)

    def lead(self, agency: str, at: datetime, roles: frozenset[str] = LEADING) -> Actor:
        """Somebody of an agency in one of some roles."""
        seat = Appointment.objects.select_related("user", "agency", "partnership").filter(
            agency=self.cast.agency(agency), role__in=roles).order_by("pk").first()
        assert seat is not None, f"Nobody answers for {agency}"
        return actor_for(seat, now=at)

    def begin(self, year: Period, at: datetime, due: Callable[[dict[str, Any]], datetime], freeze_at: datetime,
              publish_on: datetime) -> Case:
        """Commissioned, everyone asked."""
        asked = [m.ContributionAgency(agency=Agency.objects.get(pk=self.cast.agency(row["agency"])), due=due(row))
                 for row in self.said]
        return flow.commission(
            actor=self.actor(OFFICE, at), year=year, now=at, asked=asked, request={"freeze_at": freeze_at},
            said={"aim": "What has changed for children, and how we know.", "publish_on": publish_on.date()})

    def contribute(self, case: Case, row: dict[str, Any], at: datetime, *, nil: bool = False) -> None:
        told = {"gives": "nil"} if nil else {"gives": "yes", **{name: row[name] for name in (
            "quality", "evidence", "plans", "good_news")}}
        ask = Ask.objects.get(case=case, agency=self.cast.agency(row["agency"]))
        self.did(case, m.Contribution(**told), self.lead(row["agency"], at), at, ask=ask)

    def did(self, case: Case, record: Any, actor: Actor, at: datetime, *lines: Any, ask: Ask | None = None,
            do: Any = None) -> None:
        """Record one step, by the flow `do` where it does more than record it."""
        record.happened_at = at
        asked = {"ask": ask} if ask else {}
        (do or actions.record)(actor=actor, case=case, step=case.process.step(record.step_key()), now=at,
                               writing_=Writing(record, lines), **asked)


def play(cast: Cast, partnership: int, now: datetime) -> None:
    """Both reports and both budgets. In the caller's transaction."""
    scene = declared()
    here = Reporting(cast, scene["contribution"], scene["voice"])
    out, under_way = years(now)
    with acting(system(partnership)):
        _money(here, scene["line"], out, periods.period_of(periods.added(out.end, 1), "year"), now)
        _published(here, out, now)
        _under_way(here, under_way, now)
        _arrangements(here, scene["arrangements"], now)


def _under_way(here: Reporting, year: Period, now: datetime) -> None:
    """Asked a month ago; before the year is over only those have sent their part who have it ready early."""
    began = (now - timedelta(days=30)).replace(microsecond=0)
    over = year.until < now.astimezone(LONDON).date()
    writing = over and now.astimezone(LONDON).month >= 7
    asked_by = now + timedelta(days=16) if over else datetime(year.until.year, 4, 30, 17, tzinfo=LONDON)
    later = {"late": now - timedelta(days=4)} if over else {}
    freeze_at = now - timedelta(days=3) if writing else asked_by + timedelta(days=9)
    out = max(datetime(year.until.year, 9, 10, 10, 30, tzinfo=LONDON), now + timedelta(days=14))
    case = here.begin(year, began, lambda row: later.get(row["state"], asked_by), freeze_at, out)
    for place, row in enumerate(here.said):
        if row["state"] == "sent" or row["state"] == "nil" and over:
            here.contribute(case, row, began + timedelta(days=9 + place), nil=row["state"] == "nil")
    if writing:
        here.did(case, m.DataFreeze(note=FROZEN), here.actor(OFFICE, freeze_at), freeze_at, do=flow.freeze)


def _published(here: Reporting, year: Period, now: datetime) -> None:
    """The whole way: out in the September after the year, and what the committee asked where it has met since."""
    out = datetime(year.until.year, 9, 10, 10, 30, tzinfo=LONDON)
    start = max(datetime(year.until.year, 4, 20, 10, 30, tzinfo=LONDON), now - STAFF_SINCE).replace(microsecond=0)

    def at(part: float) -> datetime:
        return start + (out - start) * part
    case = here.begin(year, start, lambda row: at(0.3), at(0.4), out)
    for row in here.said:
        if row["state"] != "late":  # it never came, and the report went out without it
            here.contribute(case, row, at(0.25), nil=row["state"] == "nil")
    office = here.actor(OFFICE, out)
    here.did(case, m.DataFreeze(note=FROZEN), office, at(0.4), do=flow.freeze)
    written = Document.objects.get(case=case)
    voice = written.sections.get(key=VOICE)
    document.save_section(actor=office, section=voice, heading=voice.heading, text=here.voice, seen=voice.revision,
                          now=at(0.5))
    if reading.leaks(office, written, at(0.5)):
        document.withhold(written, office, at(0.5))
    here.did(case, m.DraftReady(summary="Please look at the sections on impact."), office, at(0.6), do=flow.ready)
    here.did(case, m.ScrutineerComment(view="reserved", comment=(
        "The report says plainly what was done. It could say more of what changed for children.")),
        here.actor(SCRUTINEER, out), at(0.7))
    for place, agency in enumerate(LEADS):
        signer = here.lead(agency, out, frozenset({"lead-partner"}))
        here.did(case, m.LeadSignOff(position=signer.appointment.title), signer, at(0.8 + place / 20))
    here.did(case, m.ReportPublished(result="published"), office, out, do=flow.publish)
    sent = out + timedelta(days=3)
    here.did(case, m.CopiesSent(), office, sent, *(m.CopyRecipient(recipient=code.code, sent_on=sent.date(), how="By e-mail")
                                                   for code in codes("yearly-report-copies", sent.date())))
    if (met := out + timedelta(days=35)) < now:
        here.did(case, m.CommitteeHearing(committee="Children's scrutiny committee", met_on=met.date(), result="questions"),
                 office, met, m.CommitteeQuestion(question="How do you know that children are safer?", by="The chair"))


def _arrangements(here: Reporting, said: dict[str, str], now: datetime) -> None:
    """Begun three weeks ago, since guidance is new; the draft is being written."""
    at = (now - timedelta(days=21)).replace(microsecond=0)
    flow.begin_arrangements(actor=here.actor(OFFICE, at), now=at, said=said | {"publish_by": now + timedelta(days=60)})


def _money(here: Reporting, lines: list[dict[str, Any]], before: Period, coming: Period, now: datetime) -> None:
    office = here.actor(OFFICE, now)
    closed = budget.begin_year(actor=office, period=before.key, now=now, carried_in=Decimal("2210.00"))
    for line in lines:
        budget.keep_line(actor=office, year=closed, values=_values(here, line), now=now)
    budget.describe_year(actor=office, year=closed, carried_in=closed.carried_in, value_for_money=(
        "A place on a course cost less than half of what it costs elsewhere, and two in three who came did something "
        "differently three months later."))
    budget.close_year(actor=office, year=closed, now=now)
    under_way = budget.begin_year(actor=office, period=coming.key, now=now)
    for line in lines:
        planned = Decimal(line["amounts"][0]) + Decimal(line["more"])
        values = _values(here, line) | {"planned": planned, "committed": planned / 2, "actual": planned / 4}
        budget.keep_line(actor=office, year=under_way, values=values, now=now)


def _values(here: Reporting, line: dict[str, Any]) -> dict[str, Any]:
    agency = Agency.objects.get(pk=here.cast.agency(line["agency"])) if "agency" in line else None
    return {"side": line["side"], "name": line["name"], "kind": line.get("kind", "recurring"), "agency": agency,
            "restricted": line.get("restricted", False),
            **{name: Decimal(amount) for name, amount in zip(AGREED, line["amounts"], strict=True)}}
