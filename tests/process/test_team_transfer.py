"""One case handed to another team or desk: offered, taken over or not, and never without a desk on the way."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Refused, acting, actor_for
from goldthread.access.models import without_application_filter
from goldthread.access.policy import Reads, desk_token, team_token
from goldthread.domains.missing import models as m
from goldthread.jobs import reminders
from goldthread.notify.models import InboxNotice
from goldthread.orgs.models import Appointment, Team
from goldthread.process import handing, mending, readers
from goldthread.process.definition import Standing
from goldthread.process.models import Case, ClockRow, Event, TeamTransfer, TeamTransferAnswer
from tests.domains.filling import moment, send
from tests.domains.scene import Scene
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db


class Place(Scene):
    """A missing child's case at the missing and exploitation desk, given to a worker there; two teams of the council."""

    def __post_init__(self) -> None:
        super().__post_init__()
        here = self.partnership
        self.council = self.seats["lead"].agency
        self.seats["second"] = make_actor("team-manager", self.council, here, now=self.now)
        self.seats["deputy"] = make_actor("exploitation-lead", self.council, here, now=self.now)
        self.teams = [Team.objects.create(agency=self.council, name=name) for name in ("Assessment team", "Adolescent team")]
        self.sits("deputy", 0)
        self.sits("other", 0)
        self.sits("worker", 1)
        self.una = self.person("Una")
        self.case = self.missing(self.una, by="police")
        self.record(self.case, m.MissingWorker(worker=self.seats["worker"].user), by="lead")

    def sits(self, who: str, team: int | None, **seat: Any) -> None:
        """Somebody is in a team from now on; what they hold is worked out anew, as it is on every request."""
        actor = self.seats[who]
        mine = Appointment.objects.filter(pk=actor.appointment.pk)
        mine.update(team=None if team is None else self.teams[team], **seat)
        self.seats[who] = actor_for(mine.get(), now=self.now)

    def offer(self, desk: str = "social-care", by: str = "lead", team: Team | None = None) -> Event:
        return self.record(self.case, TeamTransfer(to_desk=desk, team=team, reason="Most of the work is a plan now",
                                                   needed="She has an interview tomorrow",
                                                   answer_by=self.now + timedelta(days=1)), by=by)

    def answer(self, by: str = "manager", answer: str = "accepted", worker: str = "", why_not: str = "") -> Event:
        return self.record(self.case, TeamTransferAnswer(
            answer=answer, why_not=why_not, worker=self.seats[worker].user if worker else None), by=by)

    def sees(self, who: str) -> set[str]:
        """The kinds of record that somebody sees of the case; by the application's filter and by the database's alike."""
        with acting(self.seats[who]):
            found = set(Event.objects.filter(case=self.case).values_list("step", flat=True))
            with without_application_filter():
                assert set(Event.objects.filter(case=self.case).values_list("step", flat=True)) == found
            assert bool(found) <= Case.objects.filter(pk=self.case.pk).exists()
        return found

    def now_at(self) -> Case:
        """The case; it is read by a desk, whatever is being done to it."""
        case = self.fresh(self.case)
        assert desk_token(case.at_desk, case.partnership_id) in case.readers
        self.case = case
        with self.system():
            settled_rows = list(ClockRow.objects.filter(case=case).values_list("party", flat=True))
        assert all(settled_rows)
        return case

    def told(self, words: str) -> set[int]:
        with self.system():
            return set(InboxNotice.objects.filter(text=words).values_list("user_id", flat=True))


@pytest.fixture
def place() -> Place:
    return Place()


OFFER, ANSWER = TeamTransfer.step_key(), TeamTransferAnswer.step_key()


def test_a_case_offered_stays_where_it_is_and_the_others_see_no_more_than_the_offer(place: Place) -> None:
    before = place.sees("worker")
    place.offer()
    case = place.now_at()
    assert (case.at_desk, case.allocated_to, case.offered_to) == ("exploitation", place.seats["worker"].user, "social-care")
    assert place.sees("manager") == {OFFER} and place.sees("worker") == before | {OFFER}
    assert place.told("A case is offered to your desk") == {place.seats[who].user.pk for who in ("manager", "second")}
    with place.system():
        clock = ClockRow.objects.get(case=case, name="Answer the transfer")
    assert clock.party == desk_token("social-care", case.partnership_id), "it waits in the work of those who are asked"


def test_declined_it_stays_and_the_others_see_nothing_of_it_any_more(place: Place) -> None:
    place.offer()
    with pytest.raises(ValidationError, match="Why not"):
        place.answer(answer="declined", why_not=" ")
    place.answer(answer="declined", why_not="There is no plan yet")
    case = place.now_at()
    assert (case.at_desk, case.allocated_to, case.offered_to) == ("exploitation", place.seats["worker"].user, "")
    assert not place.sees("manager") and ANSWER in place.sees("lead")
    assert place.told("The transfer of a case was answered") == {place.seats[who].user.pk for who in ("lead", "worker")}


def taken_over(place: Place) -> None:
    """Social care takes it over with a worker of its own, and the desk it was with has it no longer."""
    whole = place.sees("worker")
    place.offer()
    place.answer(worker="social")
    case = place.now_at()
    assert (case.at_desk, case.allocated_to) == ("social-care", place.seats["social"].user)
    assert place.sees("manager") == place.sees("social") == whole | {OFFER, ANSWER}
    assert not place.sees("lead") and not place.sees("worker")
    assert place.told("The transfer of a case was answered") == {place.seats[who].user.pk for who in ("lead", "social")}


def test_taken_over_the_whole_record_goes_along_and_the_work_with_it(place: Place) -> None:
    taken_over(place)
    place.record(place.case, m.MissingWorker(worker=place.seats["social"].user), by="manager")
    place.record(place.case, m.MissingMeeting(who="Police and us", plan="Look again tonight"), by="social")
    with pytest.raises(Refused):
        place.record(place.case, m.MissingMeeting(who="Nobody", plan="Nothing"), by="worker")
    with acting(place.seats["manager"]):
        assert not Case.objects.filter(pk=place.case.pk, closed_at=None, offered_to="social-care").exists()
    page = client_for(place.seats["manager"]).get(reverse("case", args=[place.case.reference])).content.decode()
    assert "Children&#x27;s social care" in page or "Children's social care" in page
    place.offer("exploitation", by="manager")
    place.answer(by="deputy")
    case = place.now_at()
    assert (case.at_desk, case.allocated_to) == ("exploitation", None), "and back again, with nobody named yet"
    assert place.sees("lead") and not place.sees("social")
    with place.system():
        settled_case = Case.objects.get(pk=case.pk)
    assert settled_case.desk == ""


def test_negative_control_a_case_that_does_not_go_along_is_noticed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "_with", lambda case, offer: None)
    with pytest.raises(AssertionError):
        taken_over(place)


def test_what_was_taken_over_in_error_goes_back_when_that_is_withdrawn(place: Place) -> None:
    place.offer()
    answer = place.answer(worker="social")
    mending.withdraw(actor=place.seats["manager"], event=answer, reason="The wrong child", now=place.now)
    case = place.now_at()
    assert (case.at_desk, case.allocated_to, case.offered_to) == ("exploitation", place.seats["worker"].user, "social-care")


def test_to_another_team_of_the_same_desk(place: Place) -> None:
    first, second = place.teams
    place.offer("exploitation", team=first)
    with pytest.raises(Refused):
        place.answer(by="lead")
    place.answer(by="deputy", worker="other")
    place.sits("second", 1)
    case = place.now_at()
    assert (case.desk, case.team, case.allocated_to) == ("", first, place.seats["other"].user)
    with pytest.raises(ValidationError, match="there already"):
        place.offer("exploitation", team=first)
    with pytest.raises(ValidationError, match="there already"):
        place.offer("exploitation")
    place.offer("exploitation", team=second, by="deputy")
    assert place.now_at().team == first, "until the others take it over"


def only_the_team_answers(place: Place) -> None:
    """Offered to a team of the desk, it is answered by those of that team and by nobody else of the desk."""
    place.seats["third"] = make_actor("exploitation-lead", place.council, place.partnership, now=place.now)
    place.offer("exploitation", team=place.teams[0])
    for who in ("third", "lead", "worker"):  # who manages the desk, who offered it, who is in another team
        with pytest.raises(Refused, match="offered to the Assessment team: only somebody of that team"):
            place.answer(by=who)
    place.answer(by="other", answer="declined", why_not="We are full")  # who only works in the team
    place.offer("exploitation", team=place.teams[0])
    place.answer(by="deputy")
    assert place.now_at().team == place.teams[0]


def test_a_team_is_answered_for_by_its_own_people_only(place: Place) -> None:
    only_the_team_answers(place)
    assert place.told("A case is offered to your team") == {place.seats[who].user.pk for who in ("deputy", "other")}


def test_negative_control_a_team_offered_to_as_if_it_were_the_desk_is_noticed(
        place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = readers.offered_token

    def without_team(case: Case, standing: Standing) -> set[str]:
        desk = standing is Standing.OFFERED and case.offered_to
        return {desk_token(case.offered_to, case.partnership_id)} if desk else whole(case, standing)
    monkeypatch.setattr(readers, "offered_token", without_team)
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        only_the_team_answers(place)


def test_at_another_desk_only_the_team_asked_learns_of_it_and_its_work_waits_there(place: Place) -> None:
    place.sits("second", 0)
    place.offer(team=place.teams[0])
    token = team_token(place.teams[0].pk, place.partnership.pk)
    assert place.sees("second") == {OFFER} and not place.sees("manager"), "the team's manager, no other manager of the desk"
    with place.system():
        clock = ClockRow.objects.get(case=place.case, name="Answer the transfer")
    assert clock.party == token
    reminders.remind(clock.due + timedelta(minutes=1))
    assert place.told("Overdue: Answer the transfer") == {place.seats[who].user.pk for who in ("second", "deputy", "other")}
    place.answer(by="second", worker="social")
    assert place.now_at().at_desk == "social-care" and place.sees("manager") == place.sees("social")


def test_whoever_covers_for_one_of_the_team_answers_until_the_cover_ends(place: Place) -> None:
    place.seats["third"] = make_actor("exploitation-lead", place.council, place.partnership, now=place.now)
    place.sits("deputy", 0, covered_by=place.seats["third"].appointment, cover_until=place.now.date() - timedelta(days=1))
    place.sits("third", None)
    place.offer("exploitation", team=place.teams[0])
    with pytest.raises(Refused, match="of that team"):
        place.answer(by="third")
    place.sits("deputy", 0, cover_until=place.now.date())
    place.sits("third", None)
    place.offer("exploitation", team=place.teams[0])
    assert place.seats["third"].user.pk in place.told("A case is offered to your team")
    place.answer(by="third")
    assert place.now_at().team == place.teams[0]


def test_a_team_in_which_nobody_could_take_it_over_or_that_has_ended_is_not_asked(place: Place) -> None:
    empty = Team.objects.create(agency=place.council, name="Empty team")
    for desk, team in (("exploitation", empty), ("social-care", place.teams[1])):
        with pytest.raises(ValidationError, match="Nobody in this team"):
            place.offer(desk, team=team)
    Team.objects.filter(pk=place.teams[0].pk).update(until=place.now.date() - timedelta(days=1))
    place.sits("deputy", 0)
    assert not any(token.startswith(Reads.TEAM.split(":")[0] + ":") for token in place.seats["deputy"].authority.tokens)


@pytest.mark.parametrize("who", ["worker", "police", "manager", "social"])
def test_only_who_manages_the_desk_offers_and_only_the_desk_asked_answers(place: Place, who: str) -> None:
    with pytest.raises((Refused, Case.DoesNotExist)):
        place.offer(by=who)
    place.offer()
    if who != "manager":
        with pytest.raises((Refused, Case.DoesNotExist)):
            place.answer(by=who)
    with pytest.raises(Refused):
        place.answer(by="lead")


@pytest.mark.parametrize("desk", ["front-door", "allegations", "exploitation"])
def test_it_goes_only_where_this_kind_of_work_may_be(place: Place, desk: str) -> None:
    with pytest.raises(ValidationError):
        place.offer(desk)
    assert place.now_at().offered_to == ""


def test_by_the_pages_it_is_offered_and_taken_over() -> None:
    place = Place(timezone.now())
    lead, manager = client_for(place.seats["lead"]), client_for(place.seats["manager"])
    offered, answered = (reverse("record", args=[place.case.reference, step]) for step in (OFFER, ANSWER))
    page = lead.get(offered).content.decode()
    assert "Children" in page and "The designated officer" not in page, "only where it may go"
    send(lead, offered, {"to_desk": "social-care", "team": "", **moment("answer_by", place.now + timedelta(days=1))})
    case = reverse("case", args=[place.case.reference])
    assert answered in manager.get(case).content.decode()
    assert client_for(place.seats["front"]).get(case).status_code == 404
    send(manager, answered, {"answer": "accepted", "worker": place.seats["social"].user.pk, "why_not": ""})
    assert client_for(place.seats["social"]).get(case).status_code == 200 and lead.get(case).status_code == 404


def test_a_case_that_closes_is_offered_to_nobody_any_more(place: Place) -> None:
    place.offer()
    place.record(place.case, m.MissingFound(ending="returned", harm="none"), by="worker")
    assert place.now_at().offered_to == "social-care", "found, and there is more to do"
    for made in (m.PreventionInterview(result="done", said="She is well"),
                 m.InterviewOffer(answer="refused", reason="Not now")):
        place.record(place.case, made, by="worker")
    place.record(place.case, m.EpisodeOutcome(result="nothing-more", reason="She is back and safe"), by="lead")
    case = place.now_at()
    assert case.closed_at is not None and case.offered_to == "" and not place.sees("manager")
