"""What was loaded is what the borough says, as recording it one by one would have left it."""
from collections import Counter

import pytest
from django.db import connection, transaction

from goldthread.access.actor import acting, actor_for, system, writing
from goldthread.access.models import without_application_filter
from goldthread.access.rows import guarded
from goldthread.borough.loading.installation import mark
from goldthread.domains.front_door import models as m
from goldthread.orgs.models import Agency, Appointment, LocalLimit, Participation, User
from goldthread.people.actions.common import rekey
from goldthread.people.models import Address, Entry, Identifier, Name, Person, Place, Relationship, SearchKey
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Disagreement, Event
from goldthread.process.readers import casework_tables, rewrite
from goldthread.process.registry import all_processes
from goldthread.process.settling import settle
from tests.borough.loading import TODAY, as_owner, borough, loaded_once, rows

pytestmark = pytest.mark.django_db
SCALE = 0.004


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), loaded_once(SCALE, tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture
def everywhere(made):
    """The system's sight of all partnerships."""
    with acting(system()), writing():
        yield made


# -- organisations and people ---------------------------------------------------------------------------


def test_organisations_are_those_of_the_borough(everywhere):
    truth = everywhere.borough
    known = {each.name: each for each in truth.agencies()}
    stored = {row.name: row for row in Agency.objects.exclude(code="PUBLIC")}
    assert stored.keys() == known.keys()
    for name, row in stored.items():
        assert (row.kind, row.code, row.phone, row.email) == (
            known[name].kind, known[name].code, known[name].phone, known[name].email)
        assert set(row.partnerships.values_list("slug", flat=True)) == set(known[name].partnerships)
        assert {team.name for team in row.teams.all()} == set(known[name].teams)
    assert Participation.objects.filter(statutory_partner=True).count() == 6
    staff = {each.email: each for each in truth.staff()}
    seats = Appointment.objects.exclude(role="public-referrer").select_related("user")
    assert Counter((seat.user.email, seat.role) for seat in seats) == Counter(
        (each.email, each.role) for each in staff.values() for _ in each.partnerships)
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert LocalLimit.objects.count() == sum(len(each.local_limits) for each in truth.partnerships())


def test_personas_sign_in_at_their_addresses_and_have_recorded_nothing(everywhere):
    emails = {f"{key.replace('-', '.')}@example.org" for key in everywhere.borough.personas()}
    personas = User.objects.filter(email__in=emails)
    assert len(emails) == personas.count() == 21
    assert not Event.objects.filter(recorded_by__in=personas).exists()
    assert Event.objects.filter(agency__in=personas.values("appointments__agency")).exists()


def test_everybody_is_there_as_they_are(everywhere):
    truth, base = {each.person_id: each for each in everywhere.people()}, everywhere.loaded.base
    stored = {row.pk - base: row for row in Person.objects.select_related("partnership")}
    assert stored.keys() == truth.keys()
    for number, each in truth.items():
        row = stored[number]
        assert (row.given, row.family, row.known_as) == (
            f"{each.given} {each.middle}".strip(), each.surname, each.known_as)
        assert (row.born_on, row.due_on, row.sex, row.adult) == (each.born, each.due, each.sex, each.kind == "adult")
    numbers = {(row.person_id - base, row.scheme, row.value) for row in Identifier.objects.all()}
    assert numbers == {(each.person_id, scheme, value) for each in truth.values()
                       for scheme, value in (("nhs", each.nhs_number), ("upn", each.upn)) if value}
    assert Name.objects.count() == sum(bool(each.former_surname) for each in truth.values())


def test_relationships_and_open_work_are_there(everywhere):
    base = everywhere.loaded.base
    stored = Counter((row.person_id - base, row.other_id - base, row.kind, row.parental_responsibility)
                     for row in Relationship.objects.all())
    holds = {"yes": True, "no": False}
    assert stored == Counter((each.person_id, each.to_id, each.kind, holds.get(each.responsibility))
                             for each in everywhere.borough.relationships())
    assert Entry.objects.count() == sum(1 for _ in everywhere.borough.involvements()) > 0


def test_everybodys_practice_and_school_are_there_with_their_dates(everywhere):
    base, agencies = everywhere.loaded.base, everywhere.loaded.found.agencies
    stored = Counter((row.person_id - base, row.kind, row.agency_id, row.since, row.until) for row in Place.objects.all())
    schools = [(each.person_id, "school", agencies[each.school_id], each.since, each.until)
               for each in everywhere.borough.schooling() if each.school_id is not None]
    practices = [(each.person_id, "gp", agencies[each.practice_id], None, None)
                 for each in everywhere.people() if each.practice_id]
    assert schools and practices and stored == Counter(schools + practices)
    assert all(row.readers == row.person.readers for row in Place.objects.select_related("person")[:50])


def test_a_safe_address_is_read_by_the_front_door_only_and_in_no_key(everywhere):
    base, secret = everywhere.loaded.base, 0
    for stay in everywhere.borough.residences():
        if stay.confidential_from is not None:
            secret += 1
            homes = Address.objects.filter(line1=stay.address.line, postcode=stay.address.postcode, safe=True)
            assert homes and all(row.hidden_from == [base + stay.confidential_from] for row in homes)
    assert secret and Address.objects.filter(safe=True).count() >= secret
    for row in Address.objects.filter(safe=True).select_related("person__search_key"):
        assert row.readers == [f"desk:{row.partnership_id}:front-door"]
        keys = row.person.search_key
        others = Address.objects.filter(person=row.person, safe=False, line1=row.line1)
        assert others.exists() or not set(keys.homes) & {row.line1.lower()}


def test_search_keys_are_those_the_actions_make(everywhere):
    columns = [field.attname for field in SearchKey._meta.concrete_fields]
    for person in Person.objects.order_by("family", "pk")[:60]:
        before = SearchKey.objects.filter(person=person).values(*columns).get()
        rekey(person)
        assert SearchKey.objects.filter(person=person).values(*columns).get() == before


def test_the_neighbour_holds_some_of_every_kind_of_work(everywhere):
    there = Counter(Case.objects.filter(partnership__slug="southbridge").values_list("process_key", flat=True))
    assert there.keys() == {process.key for process in all_processes() if process.desk != "reporting"}
    assert sum(there.values()) < Case.objects.filter(partnership__slug="northbridge").count()
    first = ClockRow.objects.filter(case__partnership__slug="southbridge", rule__in=("T23c", "T23d"))
    assert {clock.rule for clock in first} == {"T23c", "T23d"}, "it has set these for itself"
    assert not ClockRow.objects.filter(case__partnership__slug="northbridge", rule="T23c").exists()


# -- contacts -------------------------------------------------------------------------------------------


def test_every_contact_is_a_case_and_everything_done_about_it_is_there(everywhere):
    contacts, now = everywhere.contacts, everywhere.borough.plan.now
    assert Counter(Case.objects.filter(process_key="front-door").values_list("partnership__slug", flat=True)) == Counter(
        contact.partnership for contact in contacts)
    decided = [contact for contact in contacts if contact.decision]
    asked = [request for contact in contacts for request in contact.requests]
    expected = {
        m.Contact: len(contacts), m.ContactPerson: sum(len(contact.people) for contact in contacts),
        m.Rating: sum(len(contact.ratings) for contact in contacts),
        m.Allocation: sum(contact.allocated_at is not None for contact in contacts),
        m.InformationRequest: sum(bool(contact.requests) for contact in contacts), m.RequestedAgency: len(asked),
        m.PartnerReply: sum(request.answered_at is not None for request in asked), m.Decision: len(decided),
        m.ChildOutcome: sum(len(contact.decision.outcomes) for contact in decided),
        m.Message: sum(contact.consent.challenged_at is not None for contact in contacts),
        m.EncompassNotice: sum(n.sent_at is not None for contact in contacts for n in contact.school_notices),
        m.EncompassRead: sum(n.read_at is not None for contact in contacts for n in contact.school_notices),
        Disagreement: sum(contact.disagreement.stage for contact in contacts if contact.disagreement),
    }
    assert {model: model.objects.count() for model in expected} == expected
    assert all(expected[model] for model in (m.PartnerReply, m.ChildOutcome, m.Message, m.EncompassRead))
    replies = sum(contact.reply is not None for contact in contacts)
    assert replies <= m.AnswerToReferrer.objects.count() <= len(decided)
    assert not Event.objects.filter(happened_at__gt=now).exists()


def test_times_and_words_are_those_of_the_contact(everywhere):
    by_reference = {row["contact"]: row["case"] for row in everywhere.truth}
    for contact in everywhere.contacts[::7]:
        case = Case.objects.get(reference=by_reference[contact.reference])
        stored = m.Contact.objects.get(case=case)
        assert (stored.happened_at, stored.worry, stored.source) == (
            contact.received_at, contact.narrative, contact.source)
        assert case.opened_at == contact.received_at and case.kind == contact.stream
        assert [(r.happened_at, r.rag) for r in m.Rating.objects.filter(case=case).order_by("pk")] == [
            (r.at, r.rating) for r in contact.ratings]
        if contact.decision:
            made = m.Decision.objects.get(case=case)
            assert (made.happened_at, made.outcome) == (contact.decision.at, contact.decision.outcomes[0].code)
            assert made.partners_asked == bool(contact.requests)


def test_who_is_stated_is_kept_as_stated_and_identified_as_who_they_are(everywhere):
    lines = {row.pk: row for row in m.ContactPerson.objects.all()}
    assert {int(row["stated"]) for row in everywhere.truth} == lines.keys()
    stated = [person for contact in everywhere.contacts for person in contact.people]
    for row, said in zip(everywhere.truth, stated, strict=True):
        line = lines[int(row["stated"])]
        assert (line.given, line.family, line.born_on, line.nhs) == (
            said.given, said.surname, said.born, said.nhs_number)
        assert int(row["person"]) == everywhere.loaded.base + said.true_id and row["errors"].split() == list(said.errors)
    true = {int(row["stated"]): int(row["person"]) for row in everywhere.truth}
    identified = list(m.IdentifiedPerson.objects.all())
    assert identified and all(true[row.stated_id] == row.person_id for row in identified)
    decided = Event.objects.filter(step="decision").values("case")
    assert not m.ContactPerson.objects.filter(case__in=decided).exclude(
        pk__in=[row.stated_id for row in identified]).exists()
    named = CasePerson.objects.filter(case__process_key="front-door")
    assert named.count() == len({(row.case_id, row.person_id) for row in identified})


def test_the_truth_is_nowhere_in_the_database(everywhere):
    assert not rows("select 1 from information_schema.columns where column_name like '%%true%%' and table_schema = 'public'")
    assert everywhere.loaded.truth.stat().st_mode & 0o777 == 0o600
    waiting = m.ContactPerson.objects.exclude(pk__in=m.IdentifiedPerson.objects.values("stated"))
    assert set(waiting.values_list("case__stage", flat=True)) <= {"Received", "Screening"}


# -- as the kernel would have it --------------------------------------------------------------------------


def state(case):
    columns = [field.attname for field in Case._meta.concrete_fields]
    clocks = ClockRow.objects.filter(case=case).order_by("name", "cycle")
    return (Case.objects.filter(pk=case.pk).values(*columns).get(),
            [tuple(vars(row)[field.attname] for field in ClockRow._meta.concrete_fields if field.name != "id")
             for row in clocks],
            sorted(CasePerson.objects.filter(case=case).values_list("person_id", "capacity", "readers")))


def test_settling_a_loaded_case_changes_nothing(everywhere):
    late = Case.objects.filter(clockrows__stopped=None).distinct().order_by("pk")[:6]
    for case in [*Case.objects.order_by("reference")[:14], *late]:
        before = state(case)
        settle(case, everywhere.borough.plan.now)
        assert state(case) == before
        rewrite(case)
        assert state(case) == before
    Event.objects.filter(pk=Event.objects.filter(step="decision").order_by("pk").first().pk).update(
        replaced_by=Event.objects.order_by("-pk").first())
    undone = Case.objects.get(pk=Event.objects.filter(step="decision").order_by("pk").first().case_id)
    before = state(undone)
    settle(undone, everywhere.borough.plan.now)
    assert state(undone) != before


def test_a_sample_of_every_table_holds_as_if_typed_in(everywhere):
    kinds = 0
    for model in casework_tables():
        for row in model.objects.order_by("pk")[:12]:
            kinds += 1
            row.full_clean(exclude=["event", "case", "partnership", "readers", "denied", "id"], validate_unique=False)
    assert kinds > 150
    spoilt = m.Contact.objects.order_by("pk").first()
    spoilt.consent, spoilt.consent_reason = "refused", ""
    with pytest.raises(Exception, match="Answer “Why"):
        spoilt.full_clean(exclude=["event", "case"], validate_unique=False)


def test_what_was_never_answered_is_let_go_and_nothing_old_waits(everywhere):
    now = everywhere.borough.plan.now
    assert not Ask.objects.filter(answered_at__isnull=False, withdrawn_at__isnull=False).exists()
    gone = Ask.objects.filter(withdrawn_at__isnull=False)
    past = {step.key for process in all_processes() for step in process.steps if isinstance(step.lapses, type)}
    assert gone.exists() and not gone.exclude(step__in=past).filter(case__closed_at=None).exists()
    waiting = Ask.objects.filter(answered_at=None, withdrawn_at=None, case__process_key="front-door")
    assert all((now - ask.made_at).days < 45 for ask in waiting)
    answers = Event.objects.exclude(ask=None).select_related("ask")
    assert all(event.ask.step == event.step and event.ask.agency_id == event.agency_id for event in answers)


def test_history_has_every_row_and_notices_one_that_came_behind_its_back(everywhere):
    assert [fault for model in guarded() for fault in _faults(model)] == []
    table = m.Rating._meta.db_table
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(f"update {table} set reason = 'changed' where id = (select min(id) from {table})")
            assert _faults(m.Rating)
        transaction.set_rollback(True)


def _faults(model) -> list[str]:
    if not getattr(model, "has_history", True):
        return []
    with as_owner():
        return [row["fault"] for row in rows("select * from audit.table_faults(%s) as fault", model._meta.db_table)]


# -- who reads it -------------------------------------------------------------------------------------


def test_the_database_shows_each_seat_only_what_is_theirs_with_the_filter_forgotten(made):
    role = rows("select current_user as who, row_security_active('process_case') as held")[0]
    assert role["held"]
    with acting(system()):
        school = Case.objects.filter(started_by__kind="school").order_by("pk").first().started_by_id
        contacts = Case.objects.filter(process_key="front-door")
        desk_cases = contacts.filter(partnership__slug="northbridge").count()
        own = contacts.filter(started_by=school).count()
    lead = _actor(agency=school, role="school-lead")
    with acting(lead), without_application_filter():
        assert 0 < Case.objects.filter(process_key="front-door").count() == own < desk_cases
        assert Person.objects.count() == Address.objects.count() == CasePerson.objects.count() == 0
        assert {event.step for event in Event.objects.all()} >= {"contact", "answer-to-referrer"}
        assert not Event.objects.filter(step__in=["rating", "identification", "decision"]).exists()
    worker = _actor(role="mash-worker", partnership__slug="northbridge")
    with acting(worker), without_application_filter():
        assert Case.objects.filter(process_key="front-door").count() == desk_cases
        assert set(Person.objects.values_list("partnership", flat=True)) == {worker.partnership.pk}
    with acting(lead), without_application_filter(), as_owner():
        assert Case.objects.count() > own  # without the policies every row would come


def _actor(**narrowed):
    seat = Appointment.objects.select_related("user", "agency", "partnership").filter(**narrowed).order_by("pk").first()
    return actor_for(seat, now=borough().plan.now)


def test_an_agency_asked_reads_its_own_request_and_no_other(made):
    with acting(system()):
        ask = Ask.objects.filter(agency__kind="gp-practice").order_by("pk").first()
        others = Ask.objects.filter(event=ask.event).exclude(agency=ask.agency).count()
    with acting(_actor(agency=ask.agency_id, role="gp")), without_application_filter():
        assert others and not Ask.objects.exclude(agency=ask.agency_id).exists()
        assert m.RequestedAgency.objects.filter(event=ask.event_id).count() == 1
        assert m.InformationRequest.objects.filter(event=ask.event_id).exists()


def test_the_installation_is_marked_with_what_it_holds(made):
    assert mark() == {"scale": SCALE, "seed": 7, "today": TODAY.isoformat(), "people_only": False}
