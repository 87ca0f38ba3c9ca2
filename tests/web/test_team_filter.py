"""A work list narrowed to a team: what its people have and what it took over; kept as a view; without a script."""
from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import actor_for
from goldthread.domains.missing import models as m
from goldthread.orgs.models import Appointment, Team
from goldthread.process.models import Case, TeamTransfer, TeamTransferAnswer
from tests.domains.scene import Scene
from tests.support import client_for, make_actor, make_agency

pytestmark = pytest.mark.django_db
LIST = reverse("work_list", args=["missing"])


class Desk(Scene):
    """Three cases: one with a worker of the first team, one with a worker of the second, one with nobody yet."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first, self.second = (Team.objects.create(agency=self.seats["lead"].agency, name=f"{name} team")
                                   for name in ("Elm", "Oak"))
        self.sits("worker", self.first)
        self.sits("other", self.second)
        self.elm, self.oak, self.nobodys = (self.missing(self.person(name), by="police") for name in ("Una", "Vi", "Win"))
        for case, who in ((self.elm, "worker"), (self.oak, "other")):
            self.record(case, m.MissingWorker(worker=self.seats[who].user), by="lead")

    def sits(self, who: str, team: Team) -> None:
        seat = self.seats[who].appointment
        Appointment.objects.filter(pk=seat.pk).update(team=team)
        self.seats[who] = actor_for(Appointment.objects.get(pk=seat.pk), now=self.now)


@pytest.fixture
def desk() -> Desk:
    return Desk(timezone.now())


def listed(client: Client, asked: str) -> set[str]:
    return set(re.findall(r'href="/case/([^/"]+)/"', client.get(LIST + asked).content.decode()))


def references(*cases: Case) -> set[str]:
    return {case.reference for case in cases}


def test_a_manager_sees_one_teams_cases_and_keeps_that_view(desk: Desk) -> None:
    lead = client_for(desk.seats["lead"])
    page = lead.get(LIST).content.decode()
    assert f'value="{desk.first.pk}"' in page and "Elm team" in page and "Oak team" in page
    asked = f"team={desk.first.pk}"
    assert listed(lead, f"?{asked}") == references(desk.elm)
    assert listed(lead, f"?{asked}&team={desk.second.pk}") == references(desk.elm, desk.oak)
    assert listed(lead, f"?{asked}&who=nobody") == set()
    lead.post(reverse("save_view", args=["missing"]), {"name": "Only Elm", "query": asked})
    kept = re.search(r'href="([^"]+)"[^>]*>\s*Only Elm', lead.get(LIST).content.decode())
    assert kept and listed(lead, kept[1].removeprefix(LIST)) == references(desk.elm)
    taken = lead.get(reverse("list_export", args=["missing", "csv"]) + f"?{asked}").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(taken)))) == 2, "the file holds what the list does"


def test_it_follows_who_is_in_the_team_and_what_the_team_took_over(desk: Desk) -> None:
    lead = client_for(desk.seats["lead"])
    desk.record(desk.nobodys, TeamTransfer(to_desk="exploitation", team=desk.second, reason="They know the family",
                                           needed="Nothing more", answer_by=desk.now + timedelta(days=1)), by="lead")
    council = desk.seats["lead"].agency
    desk.seats["deputy"] = make_actor("exploitation-lead", council, desk.partnership, now=desk.now)
    desk.sits("deputy", desk.second)
    desk.record(desk.nobodys, TeamTransferAnswer(answer="accepted", why_not=""), by="deputy")
    assert listed(lead, f"?team={desk.second.pk}") == references(desk.oak, desk.nobodys)
    desk.sits("worker", desk.second)
    assert listed(lead, f"?team={desk.second.pk}") == references(desk.elm, desk.oak, desk.nobodys)
    assert "Elm team" not in lead.get(LIST).content.decode(), "nobody of it works here any more"


def test_no_team_of_others_and_none_for_who_sees_their_own_cases(desk: Desk) -> None:
    foreign = Team.objects.create(agency=make_agency(partnership=desk.partnership), name="Ash team")
    lead, own = client_for(desk.seats["lead"]), client_for(desk.seats["social"])
    assert "Ash team" not in lead.get(LIST).content.decode()
    assert listed(lead, f"?team={foreign.pk}") == listed(lead, "?team=x") == references(desk.elm, desk.oak, desk.nobodys)
    assert "Elm team" not in own.get(LIST).content.decode()
    assert listed(own, f"?team={desk.first.pk}") == set()
