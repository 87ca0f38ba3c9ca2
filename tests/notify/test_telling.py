"""Who is told, and that nobody else is."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import NoActor, NotThroughActions, acting
from goldthread.access.models import without_application_filter
from goldthread.notify import inbox, timing
from goldthread.notify.actions import Notice, to_agency, to_desk, to_user
from goldthread.notify.models import InboxNotice, OutboxMail
from goldthread.orgs.models import Agency
from tests.notify.helping import as_system, mails, tell, told
from tests.support import NOW, TODAY, make_actor, make_agency, make_appointment, make_partnership

pytestmark = pytest.mark.django_db


def names(rows: list[InboxNotice]) -> list[int]:
    return [row.user_id for row in rows]


def test_an_agency_is_everyone_there_who_answers_for_it_in_that_partnership() -> None:
    here, there = make_partnership(), make_partnership()
    school = make_agency("school", partnership=here)
    lead, second = make_actor("school-lead", school, here), make_actor("partner", school, here)
    make_actor("school-lead", school, there)                                # same agency, another partnership
    make_actor("board-member", school, here)                                # does not answer
    make_actor("school-lead", make_agency("school", partnership=here), here)  # another school
    ended = make_appointment("school-lead", school, here)
    ended.ends = TODAY - timedelta(days=1)
    ended.save()
    closed = make_appointment("school-lead", school, here)
    closed.user.is_active = False
    closed.user.save()
    make_appointment("school-lead", school, here, starts=TODAY + timedelta(days=1))
    assert tell(to_agency, school.pk, here) == 2
    assert names(told()) == sorted([lead.user.pk, second.user.pk])


def test_a_desk_is_those_whose_role_sits_there() -> None:
    here = make_partnership()
    worker, manager = make_actor("mash-worker", partnership=here), make_actor("mash-manager", partnership=here)
    make_actor("mash-worker")
    make_actor("social-worker", partnership=here)
    assert tell(to_desk, "front-door", here, but=manager.user.pk) == 1
    assert names(told()) == [worker.user.pk]
    assert tell(to_desk, "no-such-desk", here) == 0


def test_a_person_with_two_seats_is_told_once() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    make_appointment("mash-manager", one.agency, here, user=one.user)
    assert tell(to_desk, "front-door", here) == 1


def test_whoever_covers_is_told_as_well_and_nobody_without_a_seat() -> None:
    here = make_partnership()
    away = make_appointment("mash-worker", partnership=here)
    stand_in = make_appointment("mash-worker", away.agency, here)
    away.covered_by, away.cover_until = stand_in, TODAY
    away.save()
    assert tell(to_user, away.user_id, here, readers=(f"user:{away.user_id}",)) == 2
    assert tell(to_user, away.user_id, here, now=NOW + timedelta(days=1)) == 1
    assert tell(to_user, away.user_id, make_partnership()) == 0
    away.ends = TODAY
    away.save()
    assert tell(to_user, away.user_id, here, now=NOW + timedelta(days=1)) == 0


def test_nobody_hears_of_a_record_they_may_not_read() -> None:
    here = make_partnership()
    one, two = make_actor("mash-worker", partnership=here), make_actor("mash-worker", partnership=here)
    assert tell(to_desk, "front-door", here, denied=(f"user:{one.user.pk}",)) == 1
    assert tell(to_desk, "front-door", here, readers=(f"user:{two.user.pk}",)) == 1
    assert names(told()) == [two.user.pk, two.user.pk]
    assert tell(to_desk, "front-door", here) == 2  # with neither, both are told


def test_an_agency_with_nobody_signed_up_gets_one_mail_to_its_own_mailbox() -> None:
    here = make_partnership()
    school = make_agency("school", partnership=here)
    assert tell(to_agency, school.pk, here) == 0 and mails() == []  # the directory has no mailbox for it
    Agency.objects.filter(pk=school.pk).update(email="office@example.org")
    assert tell(to_agency, school.pk, here) == 0
    assert [(m.agency_id, m.user_id) for m in mails()] == [(school.pk, None)]
    lead = make_actor("school-lead", school, here)
    tell(to_agency, school.pk, here, but=lead.user.pk)
    assert len(mails()) == 1, "somebody is signed up, only they did it themselves"


def test_notices_are_read_by_the_person_told_only_by_both_nets() -> None:
    here = make_partnership()
    one, two = make_actor("mash-worker", partnership=here), make_actor("mash-worker", partnership=here)
    tell(to_user, one.user.pk, here)
    with pytest.raises(NoActor):
        InboxNotice.objects.count()
    with acting(two):
        assert InboxNotice.objects.count() == 0
        with without_application_filter():
            assert InboxNotice.objects.count() == 0
    with acting(one):
        assert InboxNotice.objects.count() == inbox.notices(one, unread=True).count() == 1
        assert OutboxMail.objects.count() == 0, "nobody reads the outbox"
        with without_application_filter():
            assert OutboxMail.objects.count() == 0


def test_a_notice_is_rolled_back_with_what_it_tells() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    with pytest.raises(RuntimeError, match="afterwards"), as_system():
        to_user(one.user.pk, Notice(here.pk, "x"), now=NOW)
        raise RuntimeError("something failed afterwards")
    assert told() == [] and mails() == []


def test_notices_are_written_by_actions_only() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    with acting(one), pytest.raises(NotThroughActions):
        to_user(one.user.pk, Notice(here.pk, "x"), now=NOW)


def test_marking_as_read_reaches_ones_own_only() -> None:
    here = make_partnership()
    one, two = make_actor("mash-worker", partnership=here), make_actor("mash-worker", partnership=here)
    tell(to_desk, "front-door", here, reference="FD-1")
    tell(to_desk, "front-door", here, ask=7)
    tell(to_desk, "front-door", here)
    assert inbox.mark_read(actor=one, now=NOW, numbers=[row.pk for row in told() if row.user_id == two.user.pk]) == 0
    assert inbox.mark_read(actor=one, now=NOW, reference="FD-1") == 1
    assert inbox.mark_read(actor=one, now=NOW, reference="FD-1") == 0
    assert inbox.mark_read(actor=one, now=NOW, ask=7) == 1
    assert inbox.mark_read(actor=one, now=NOW) == 1
    with acting(two):
        assert inbox.notices(two, unread=True).count() == 3
        assert [row.reference for row in inbox.notices(two)] == ["", "", "FD-1"]


def test_people_choose_how_they_are_mailed() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    assert inbox.choices(one.user.pk) == {"asked": "now", "recorded": "now", "reminder": "now"}
    inbox.choose(actor=one, wanted={"recorded": timing.NEVER, "reminder": timing.DAILY})
    tell(to_user, one.user.pk, here)
    tell(to_user, one.user.pk, here, kind="overdue")
    tell(to_user, one.user.pk, here, ask=3)
    assert len(told()) == 3, "in the service everything is told"
    assert [mail.not_before.astimezone(timing.LONDON).hour for mail in mails()] == [7, 10]
    with pytest.raises(ValidationError) as fault:
        inbox.choose(actor=one, wanted={"asked": timing.NEVER, "reminder": timing.NOW, "weather": timing.NOW})
    assert set(fault.value.message_dict) == {"asked", "weather"}
    assert inbox.choices(one.user.pk)["reminder"] == timing.DAILY, "nothing of a wrong choice is kept"


def test_a_deadline_before_morning_is_mailed_at_night() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    night = NOW.replace(hour=22)
    tell(to_user, one.user.pk, here, now=night)
    tell(to_user, one.user.pk, here, now=night, due=night + timedelta(hours=4))
    tell(to_user, one.user.pk, here, now=night, urgent=True)
    assert [mail.not_before == night for mail in mails()] == [False, True, True]
    assert date(2026, 11, 24) == mails()[0].not_before.date()
