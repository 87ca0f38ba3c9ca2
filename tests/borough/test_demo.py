"""The demo: the front door as it is today, with something real to do for everyone who looks around."""
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.urls import resolve, reverse

from goldthread.access.actor import acting, actor_for, system, writing
from goldthread.access.models import BreakGlass
from goldthread.access.policy import May
from goldthread.borough.demo import demo_ready, load_demo, plan_at
from goldthread.borough.loading.installation import CannotLoad, mark
from goldthread.borough.loading.today import doings, reporting, scene
from goldthread.borough.loading.today.moments import ago, before, later, span
from goldthread.borough.plan import LONDON
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.encompass import gaps
from goldthread.linkage.actions import carry_out
from goldthread.linkage.models import Link, Question, Run, RunState
from goldthread.measure.models import Published
from goldthread.measure.periods import last_whole
from goldthread.measure.reading import Sight, series
from goldthread.measure.store import Store
from goldthread.meeting.models import AgendaItem, ItemMinute, Meeting, Minutes
from goldthread.notify.inbox import notices
from goldthread.notify.models import OutboxMail
from goldthread.orgs.models import Appointment, User
from goldthread.people.models import Denial
from goldthread.process.engine import State
from goldthread.process.models import Ask, Case, ClockRow, Draft, Event
from goldthread.process.rights import Work
from goldthread.reports.yearly.models import Document, Kind
from goldthread.thread.models import Action, Evidence
from goldthread.web.demo import PERSONAS
from goldthread.web.work.first_tasks import TASKS
from tests.borough.loading import as_loader

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)  # a Tuesday in term
SUNDAY = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
SCALE = 0.01


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        with as_loader(tmp_path_factory.mktemp("home")):
            load_demo(scale=SCALE, seed=7, now=NOW)
        yield
        transaction.set_rollback(True)


def persona(key: str):
    rows = Appointment.objects.select_related("user", "agency", "partnership")
    seat = rows.get(user__email=f"{key.replace('-', '.')}@example.org", partnership__slug="northbridge")
    return actor_for(seat, now=NOW)


def asked(actor, step: str):
    return Ask.objects.filter(agency=actor.agency, step=step, answered_at=None, withdrawn_at=None)


def test_a_demo_is_ready_once_all_of_it_is_there(demo):
    assert demo_ready() and mark()["demo"] and mark()["today"] == "2026-11-24"
    with acting(system()):
        assert Case.objects.count() > 200


@pytest.mark.parametrize("who", PERSONAS, ids=lambda each: each.key)
def test_every_first_task_leads_to_where_it_can_be_done(demo, who):
    actor = persona(who.key.replace(".", "-"))
    with acting(actor):
        for task in TASKS[actor.role]:
            where = task.where(actor)
            assert where != reverse("home"), f"{task.words} leads nowhere"
            assert task.done is None or not task.done(actor.user.pk).exists()
            match = resolve(where.split("?")[0])
            if match.view_name == "record":
                case = Case.objects.get(reference=match.kwargs["reference"])
                assert Work.on(case).may_record(actor, case.process.step(match.kwargs["step"]))
    with acting(system()):  # negative control: with nothing left to do, a task has nowhere to lead
        with writing():
            Case.objects.update(closed_at=NOW)
    with acting(actor):
        assert all(task.where(actor) == reverse("home") for task in TASKS[actor.role]
                   if task.key in ("authorise", "give", "hold", "send", "visit"))


# -- what each persona finds -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["gp", "health-visitor", "police-partner", "school-lead"])
def test_partners_are_asked_and_may_answer(demo, key):
    actor = persona(key)
    with acting(actor):
        found = asked(actor, "partner-reply").order_by("due")
        assert found.exists() and actor.may(May.ANSWER_REQUESTS)
        ask = found.last()
        assert ask.due > NOW and m.InformationRequest.objects.get(event=ask.event).about
        step = ask.event
    with acting(system(actor.partnership.pk)):
        case = Case.objects.get(pk=step.case_id)
    answering = case.process.step("partner-reply")
    with acting(actor):
        assert Work.on(case).may_record(actor, answering)


def test_the_school_has_a_notice_to_read_a_draft_and_an_open_disagreement(demo):
    lead = persona("school-lead")
    with acting(lead):
        notice = asked(lead, "encompass-read").get()
        assert notice.due.astimezone(LONDON).time().hour == 8 and abs(notice.due - NOW) < timedelta(days=4)
        assert m.EncompassNotice.objects.get(event=notice.event).circumstances
        draft = Draft.objects.get(owner=f"user:{lead.user.pk}")
        assert draft.key.startswith("start/front-door/") and draft.data["typed"]["contactperson-0-given"] == ["Marlo"]
        assert Event.objects.filter(step="message", outcome="consent").exists()
        raised = Event.objects.get(step="disagreement", happened_at__gt=NOW - timedelta(days=5))
        assert not Event.objects.filter(case=raised.case, step="disagreement-reply").exists()


def test_every_text_of_the_scene_speaks_of_the_child_by_name(demo):
    with acting(system()):
        told = [*m.Contact.objects.values_list("worry", "child_voice"), *m.Message.objects.values_list("text"),
                *m.EncompassNotice.objects.values_list("circumstances"), *m.PartnerReply.objects.values_list("information"),
                *m.Decision.objects.values_list("rationale"), *m.NewInformation.objects.values_list("information")]
    assert [text for row in told for text in row if "{" in text] == []


def test_the_social_worker_has_a_contact_of_their_own(demo):
    actor = persona("social-worker")
    with acting(actor):
        mine = Case.objects.get(process_key="front-door", allocated_to=actor.user, closed_at=None)
        assert Event.objects.filter(case=mine, step="partner-reply").exists()


@pytest.mark.parametrize("key", ["team-manager", "social-worker"])
def test_a_case_is_offered_to_the_team_which_may_take_it_over_or_not(demo, key):
    actor = persona(key)
    assert actor.appointment.team
    with acting(actor):
        offered = Case.objects.get(offered_team=actor.appointment.team)
        assert ClockRow.objects.get(case=offered, name="Answer the transfer", stopped=None).due > NOW
        assert Work.on(offered).may_record(actor, offered.process.step("team-transfer-answer"))
    with acting(persona("exploitation-lead")):
        mine = Case.objects.get(pk=offered.pk)
        assert not Work.on(mine).may_record(persona("exploitation-lead"), mine.process.step("team-transfer-answer"))


def test_the_mash_worker_has_contacts_to_rate_and_to_identify(demo):
    worker = persona("mash-worker")
    with acting(worker):
        desk = Case.objects.filter(process_key="front-door", closed_at=None)
        new, screening = desk.filter(mark="").first(), desk.filter(stage="Screening").exclude(mark="").first()
        assert new and screening and desk.filter(allocated_to=worker.user).exists()
        public = desk.filter(started_by__code="PUBLIC", mark="")
        assert public.exists()
    for case, record in ((new, m.Rating), (screening, m.Identification), (screening, m.InformationRequest)):
        with acting(worker):
            assert Work.on(case).may_record(worker, case.process.step(record.step_key()))


def test_the_manager_has_decisions_ready_with_replies_and_a_desk_that_looks_alive(demo):
    manager = persona("mash-manager")
    with acting(manager):
        ready = [case for case in Case.objects.filter(stage="Decision")
                 if Event.objects.filter(case=case, step="partner-reply").count() >= 2]
        desk = Case.objects.filter(process_key="front-door", closed_at=None)
        marks, late = Counter(desk.values_list("mark", flat=True)), desk.filter(next_due__lt=NOW).count()
        recent = Event.objects.filter(step="partner-reply", happened_at__gt=NOW - timedelta(hours=1))
        assert recent.exists() and set(marks) >= {"red", "amber", "green", ""} and 2 <= late < desk.count()
        assert gaps(NOW).untold and gaps(NOW).unread is not None
    with acting(manager):
        assert Work.on(ready[0]).may_record(manager, ready[0].process.step("decision"))
        assert Work.on(ready[0]).where.states["decision"] is State.OPEN


def test_the_panel_meets_soon_on_real_cases_and_promises_stand_open_late_and_waiting_to_be_judged(demo):
    with acting(persona("exploitation-lead")):
        meeting = Meeting.objects.get(body__name="Northbridge risk panel", planned_at__gt=NOW)
        assert meeting.planned_at < NOW + timedelta(days=4)
        items = AgendaItem.objects.filter(meeting=meeting).exclude(case=None)
        assert items.count() >= 1 and all(item.case.process_key == "exploitation" for item in items)
    with acting(persona("agency-lead")):
        own = Action.objects.get(agency=persona("agency-lead").agency)
        assert own.open and Evidence.objects.get().action_id == own.pk
    with acting(persona("business-manager")):
        assert Action.objects.exclude(recommendation=None).count() == 3
        assert Action.objects.filter(due__lt=NOW.date()).count() == 1


def test_meetings_that_were_have_minutes_approved_by_who_did_not_write_them(demo):
    with acting(system()):
        held = Minutes.objects.select_related("meeting__body__chair")
        assert sorted(each.meeting.body.kind for each in held) == ["board", "panel", "panel"]
        for each in held:
            assert each.meeting.planned_at < each.approved_at < NOW
            assert each.approved_by_id == each.meeting.body.chair.user_id
            assert not ItemMinute.objects.filter(item__meeting=each.meeting, by=each.approved_by).exists()


def test_the_privacy_officer_has_an_alert_to_close(demo):
    officer = persona("privacy-officer")
    alert = BreakGlass.objects.get(closed_at=None)
    assert alert.found and alert.until < NOW and alert.partnership == officer.partnership
    with acting(officer):
        assert [row.kind for row in notices(officer, unread=True)] == ["break-glass"]


@pytest.mark.parametrize("key, right", [
    ("business-manager", May.BUILD_REPORTS), ("analyst", May.BUILD_REPORTS), ("scrutineer", May.SEE_FIGURES),
    ("administrator", May.RUN_PARTNERSHIP)])
def test_those_who_look_at_figures_and_settings_have_their_rights_and_something_left_to_set_up(demo, key, right):
    actor = persona(key)
    assert actor.may(right) and not actor.partnership.threshold_document


def test_personas_begin_as_newcomers(demo):
    with acting(system()):
        people = User.objects.filter(email__in=[f"{key}@example.org" for key in ("mash.worker", "school.lead", "gp")])
        assert people.count() == 3 and not Event.objects.filter(recorded_by__in=people).exists()


# -- what is kept from whom ---------------------------------------------------------------------------------


def test_a_restricted_case_and_the_own_familys_are_hidden_from_the_worker_only(demo):
    worker, manager = persona("mash-worker"), persona("mash-manager")
    with acting(system(worker.partnership.pk)):
        restricted = Case.objects.get(restricted=True)
        kept = Denial.objects.filter(user=worker.user, ended_at=None)
        own = Case.objects.filter(casepersons__person__in=kept.values("person")).distinct().get()
        assert kept.exists()
    with acting(worker):
        assert not Case.objects.filter(pk__in=[restricted.pk, own.pk]).exists()
    with acting(manager):
        assert Case.objects.filter(pk__in=[restricted.pk, own.pk]).count() == 2


def test_the_analyst_has_about_twenty_uncertain_matches_each_with_its_reasons(demo):
    analyst = persona("analyst")
    with acting(analyst):
        carry_out(actor=analyst, run=Run.objects.get(state=RunState.WAITING), now=NOW)
        asked = list(Question.objects.filter(answer="", left_at=None))
        assert 15 <= len(asked) <= 30 and all(each.told and each.said_one and each.said_other for each in asked)
        assert Link.objects.filter(ended_at=None).count() >= 30


def test_notices_are_in_the_inboxes_and_no_letter_waits_to_leave(demo):
    with acting(system()):
        assert not OutboxMail.objects.filter(state="waiting").exists() and OutboxMail.objects.exists()
    for key in ("school-lead", "gp", "social-worker", "mash-worker", "mash-manager"):
        with acting(actor := persona(key)):
            assert notices(actor, unread=True).exists()


def test_one_yearly_report_is_out_and_one_is_under_way(demo):
    with acting(manager := persona("business-manager")):
        out, under_way = Document.objects.filter(kind=Kind.YEARLY).order_by("period")
        assert out.publisheds.exists() and not under_way.publisheds.exists() and not under_way.freezes.exists()
        assert (out.period, under_way.period) == ("2025-2026", "2026-2027")
        assert 0 < asked_of(under_way).filter(answered_at=None).count() < asked_of(under_way).count()
    with acting(lead := persona("agency-lead")):
        assert asked(lead, "contribution").get().due > NOW
    assert manager.may(May.RUN_REPORTS)


def asked_of(document):
    return Ask.objects.filter(case=document.case, step="contribution")


def test_in_every_month_the_last_report_is_out_and_the_next_under_way():
    for month in range(1, 13):
        now = NOW.replace(month=month)
        out, under_way = reporting.years(now)
        assert out == under_way.before() and under_way.until.year == now.year + (month >= 10)


# -- at any hour, and not twice ------------------------------------------------------------------------------


def test_a_second_demo_is_refused(demo, tmp_path):
    with as_loader(tmp_path), pytest.raises(CannotLoad):
        load_demo(scale=SCALE, seed=7, now=NOW)


@pytest.mark.parametrize("now, day", [(NOW, 24), (NOW.replace(hour=8), 23), (SUNDAY, 21)])
def test_the_boroughs_present_is_never_after_now(now, day):
    plan = plan_at(SCALE, 7, now)
    assert plan.now <= now and plan.today.day == day


@pytest.mark.parametrize("now, text, expected", [
    (NOW, "65 working minutes", "24 13:00"), (NOW, "5 working hours", "24 09:05"), (NOW, "6 working hours", "23 16:05"),
    (SUNDAY, "10 working minutes", "20 16:50"), (SUNDAY, "1 working day", "20 09:00"), (NOW, "15 hours", "23 23:05"),
])
def test_moments_are_counted_back_in_working_time(now, text, expected):
    assert f"{ago(text, now).astimezone(LONDON):%d %H:%M}" == expected


def test_working_time_back_and_forth_comes_to_the_same_moment():
    for minutes in (1, 60, 479, 481, 2000):
        at = before(NOW, minutes)
        assert later(f"{minutes} working minutes", at) == NOW
    with pytest.raises(ValueError, match="40 working minutes"):
        span("a while")


def test_the_scene_names_only_what_there_is():
    declared = scene.declared()
    assert len({row["key"] for row in declared["contact"]}) == len(declared["contact"]) >= 15
    assert {doing["do"] for row in declared["contact"] for doing in row.get("then", ())} == doings.DOINGS.keys()


def test_the_scorecard_has_who_lives_here_and_what_the_invented_neighbours_have(demo):
    with acting(persona("analyst")):
        children = Published.objects.get(area="", series="population-0-17", year=2025)
        areas = set(Published.objects.exclude(area="").values_list("area", flat=True))
    with acting(system()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select count(*) from people_person p join orgs_partnership o on o.id = p.partnership_id"
                       " where o.slug = 'northbridge' and merged_into_id is null and age(date '2025-06-30', born_on)"
                       " between interval '0' and interval '18 years -1 day'")
        assert 500 < children.value == cursor.fetchone()[0]
    assert areas == {"Invented neighbours", "Invented country"}
    with acting(analyst := persona("analyst")):
        last = last_whole("quarter", NOW.date())
        [[rate]] = series(analyst, ["contacts-rate"], "quarter", last, 1, Sight(lambda _: False)).values()
    assert rate.value and 100 < rate.value < 10_000


def test_the_scorecard_stands_as_it_is_now_although_a_report_was_frozen_before(demo):
    made = Store.of(persona("analyst").partnership.pk).made()
    assert made and made.at == NOW and len(made.returns) == 3, "every return that was sent in is counted"
