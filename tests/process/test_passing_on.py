"""Who reads a case as it passes from one worker to another, and as two records of its child become one and two again."""
from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from goldthread.access.actor import Actor, Refused, acting, actor_for, system, writing
from goldthread.access.audit import changes
from goldthread.access.policy import ROLES, desk_token, user_token
from goldthread.orgs.models import Appointment, Team
from goldthread.people import actions as people
from goldthread.people.actions.readers import add_readers
from goldthread.people.models import Person
from goldthread.process import actions, readers
from goldthread.process.actions import Writing
from goldthread.process.definition import Process
from goldthread.process.models import Case, CasePerson, Event, TeamTransfer, TeamTransferAnswer
from goldthread.process.registry import all_processes
from goldthread.web.people.chronology import Wanted, lines
from tests.process.protected import again
from tests.process.walking import World, at_desk, begin, do, fresh, make_person, manager_of, todo, walk
from tests.process.watching import access, derived, settled, visible
from tests.support import make_actor

pytestmark = pytest.mark.django_db
GIVEN = [p for p in all_processes() if p.allocation]
ABOUT_PEOPLE = [p for p in all_processes() if any(m.involves for s in p.own_steps for m in s.lines)]
MINUTE = timedelta(minutes=1)


def _workers(world: World) -> tuple[Actor, Actor]:
    """Two people whose role lets a case be given to them; from outside the desk where there is such a role."""
    right = getattr(world.process.allocation, "given_to", world.process.worker)
    able = sorted(r.key for r in ROLES.values() if right in r.may)
    role = next((r for r in able if not at_desk(world.process, r)), able[0])
    return make_actor(role, partnership=world.partnership), make_actor(role, partnership=world.partnership)


def _passed_on(process: Process) -> None:
    world = World(process)
    allocation: Any = process.allocation
    step = process.step(allocation.step_key())
    case = walk(world, stop_before=step.key, optional=True)
    if step not in todo(world, case, optional=True):  # given when it is first begun
        case = walk(world)
    one, other = _workers(world)
    outside = not at_desk(process, one.role)
    manager, bystander = manager_of(world), make_actor("school-lead", partnership=world.partnership)
    assert bool(visible(one, world, case)) is not outside
    for worker, before in ((one, other), (other, one)):
        world.now += MINUTE
        do(world, case, step, worker=worker.user)
        desk = visible(manager, world, case)
        given, not_given = visible(again(worker, world.now), world, case), visible(again(before, world.now), world, case)
        assert ("Case", case.pk) in given and len([r for r in given if r[0] == "Event"]) > 1
        assert outside is (not not_given), "whoever had it has it no longer"
        if outside:
            assert given == desk, "whoever it is given to reads what the desk reads"
        assert not visible(bystander, world, case)
        now = fresh(world, case)
        assert now.allocated_to_id == worker.user.pk
        assert (user_token(worker.user.pk) in now.readers) and (user_token(before.user.pk) not in now.readers)
        settled(world, case)
    _handed_over(world, begin(world) if fresh(world, case).closed_at else case)


def _handed_over(world: World, case: Case) -> None:
    """Offered to a team of its desk, taken over there by somebody of it and by nobody else of that desk."""
    giving, other, inside = (manager_of(world) for _ in range(3))
    team = Team.objects.create(agency=inside.agency, name="Receiving team")
    Appointment.objects.filter(pk=inside.appointment.pk).update(team=team)

    def does(actor: Actor, record: Any) -> None:
        record.happened_at = world.now
        with acting(actor):
            actions.record(actor=actor, case=fresh(world, case), step=world.process.step(record.step_key()),
                           writing_=Writing(record), now=world.now)
    does(giving, TeamTransfer(to_desk=world.process.desk, team=team, reason="They know the family", needed="Nothing more",
                              answer_by=world.now + timedelta(days=1)))
    with pytest.raises(Refused, match="only somebody of that team"):
        does(other, TeamTransferAnswer(answer="accepted", worker=other.user))
    member = actor_for(Appointment.objects.get(pk=inside.appointment.pk), now=world.now)
    does(member, TeamTransferAnswer(answer="accepted", worker=inside.user))
    now = fresh(world, case)
    assert (now.team, now.allocated_to, now.offered_to) == (team, inside.user, "")
    settled(world, case)


@pytest.mark.parametrize("process", GIVEN, ids=lambda p: p.key)
def test_given_to_one_and_then_to_another_and_handed_to_a_team(process: Process) -> None:
    _passed_on(process)


def test_readers_not_followed_through_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for process in GIVEN[:2]:
        with monkeypatch.context() as off, pytest.raises(AssertionError):
            off.setattr(readers, "rewrite", lambda case: None)
            _passed_on(process)


def _about(world: World) -> Case:
    """A case about somebody not known before, as far as the record that names them."""
    person = make_person(world)
    with acting(system(world.partnership.pk)), writing():
        add_readers([person.pk], readers=[desk_token("front-door", world.partnership.pk)])
    case = begin(world)
    for _ in range(60):
        with acting(system(world.partnership.pk)):
            if CasePerson.objects.filter(case=case).exists():
                return fresh(world, case)
        world.now += MINUTE
        do(world, case, todo(world, case, optional=True)[0])
    raise AssertionError("it is never about anybody")


def _merged(process: Process) -> None:
    world = World(process)
    cases, persons = [], []
    for _ in range(2):
        cases.append(_about(world))
        persons.append(world.person)
    keep, fold = (p.pk for p in persons if p)
    merger = make_actor("mash-manager", partnership=world.partnership)
    officer = make_actor("privacy-officer", partnership=world.partnership)
    kept_out = manager_of(world)
    who = [merger, kept_out, world.actor(process.first), make_actor("mash-manager")]
    stood = [(derived(world, c), access(world, c), [visible(a, world, c) for a in who]) for c in cases]
    history = [_history(world, c) for c in cases]

    world.now += MINUTE
    made = people.merge(actor=merger, now=world.now, keep=keep, fold=fold, reason="One child, entered twice")
    for case, (was, may, sight) in zip(cases, stood, strict=True):
        assert derived(world, case) == was and access(world, case) == may, "a merge moves nothing on a case"
        assert [visible(again(a, world.now), world, case) for a in who] == sight, "and lets nobody see more or less"
        settled(world, case)
    with acting(again(kept_out, world.now)):
        assert _told(keep, fold) == sum((_told(p) for p in (keep, fold)), Counter()), "one chronology of both"
        assert Person.objects.get(pk=fold).merged_into_id == keep

    world.now += MINUTE
    denial = people.deny(actor=officer, now=world.now, person=keep, user=kept_out.user.pk, reason="Their niece")
    sees = [bool(visible(again(kept_out, world.now), world, c)) for c in cases]
    assert sees == [False, False], "kept from the one is kept from both"
    world.now += MINUTE
    people.unmerge(actor=merger, now=world.now, merge=made.pk, because="Two children")
    sees = [bool(visible(again(kept_out, world.now), world, c)) for c in cases]
    assert sees == [False, True], "two children again"
    people.lift_denial(actor=officer, now=world.now, denial=denial.pk, because="Mistaken")
    for case, (was, may, sight), said in zip(cases, stood, history, strict=True):
        assert (derived(world, case), access(world, case)) == (was, may), "taken back without a trace on the case"
        assert [visible(again(a, world.now), world, case) for a in who] == sight
        for now, then in zip(_history(world, case), said, strict=True):
            assert now[:len(then)] == then, "what history said it still says"
        settled(world, case)
    with acting(system(world.partnership.pk)):
        assert [row["new"]["merged_into_id"] for row in changes(Person._meta.db_table, fold)][-1] is None
        assert keep in [row["new"]["merged_into_id"] for row in changes(Person._meta.db_table, fold)]


def _told(*persons: int) -> Counter[str]:
    return Counter(line.url for line in lines(Wanted(persons)))


def _history(world: World, case: Case) -> list[Any]:
    with acting(system(world.partnership.pk)):
        first = Event.objects.filter(case=case).order_by("pk").values_list("pk", flat=True)[0]
        said = [changes(Case._meta.db_table, case.pk), changes(Event._meta.db_table, first)]
    assert all(said)
    return said


@pytest.mark.parametrize("process", ABOUT_PEOPLE, ids=lambda p: p.key)
def test_two_children_with_a_case_each_become_one_and_two_again(process: Process) -> None:
    _merged(process)


def test_a_merge_that_did_not_keep_out_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.process.readers.denied", lambda case: [])
    with pytest.raises(AssertionError, match="kept from both"):
        _merged(ABOUT_PEOPLE[0])
