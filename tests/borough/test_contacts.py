"""Contacts: the promised numbers and shares, times that fit together, and everyone mentioned exists."""
from collections import Counter
from datetime import datetime, timedelta

import pytest

from goldthread.borough.contacts import desk
from goldthread.borough.contacts.sources import sources
from goldthread.borough.files import sections, table
from goldthread.borough.loading.screening import identified_at
from goldthread.borough.plan import LONDON
from goldthread.borough.records.people import household_of
from goldthread.rules.calendar import bank_holidays, england
from goldthread.rules.school_days import school_days


def share(part: int, whole: int) -> float:
    return part / whole


def shares(values) -> dict:
    counted = Counter(values)
    return {value: count / counted.total() for value, count in counted.items()}


def test_contacts_come_in_order_through_the_year_and_are_numbered(larger):
    plan = larger.borough.plan
    for key in ("northbridge", "southbridge"):
        contacts = [contact for contact in larger.contacts if contact.partnership == key]
        times = [contact.received_at for contact in contacts]
        assert times == sorted(times)
        assert times[0].date() >= plan.first_day and times[-1] <= plan.now
        assert [contact.contact_id for contact in contacts] == list(range(1, len(contacts) + 1))
    assert len({contact.reference for contact in larger.contacts}) == len(larger.contacts)
    assert len(larger.north) == 2_520


def test_who_makes_contact(larger):
    found = shares(contact.source for contact in larger.north)
    health = sum(part for source, part in found.items() if source.startswith("3"))
    assert found["6"] == pytest.approx(0.30, abs=0.04)
    assert found["2A"] + found["2B"] == pytest.approx(0.22, abs=0.03)
    assert health == pytest.approx(0.17, abs=0.03)
    assert set(found) == set(sources())


def test_streams_and_ratings(larger):
    ratings = shares(contact.ratings[0].rating for contact in larger.north if contact.ratings)
    assert ratings["red"] == pytest.approx(0.08, abs=0.025)
    assert ratings["amber"] == pytest.approx(0.32, abs=0.04)
    assert ratings["green"] == pytest.approx(0.60, abs=0.04)
    assert shares(contact.stream for contact in larger.north)["safeguarding"] == pytest.approx(0.70, abs=0.04)


def test_consent_is_often_missing_and_reasons_go_with_it(larger):
    found = shares(contact.consent.status for contact in larger.north)
    assert 0.15 < found[""] < 0.3 and 0.25 < found["given"] < 0.45 and found["refused"] < 0.1
    for contact in larger.contacts:
        wanted = contact.consent.status in ("refused", "not-sought", "dispensed")
        assert bool(contact.consent.reason) == wanted
        assert not contact.consent.challenged_at or contact.consent.status in ("", "not-sought")


def test_seasons_and_days_of_the_week(larger):
    months = Counter(contact.received_at.month for contact in larger.north)
    usual = sum(months.values()) / 12
    assert months[8] < 0.8 * usual
    assert all(months[month] > 1.05 * usual for month in (3, 10, 11))
    days = Counter(contact.received_at.weekday() for contact in larger.north)
    assert days[5] + days[6] < 0.5 * (days[0] + days[1])


def test_schools_write_on_school_days(larger):
    terms = school_days("illustrative")
    days = [c.received_at.date() for c in larger.contacts if c.source == "2A"]
    assert share(sum(terms.is_school_day(day) for day in days), len(days)) > 0.93


def test_the_hour_depends_on_who_writes(larger):
    police = [c.received_at.hour for c in larger.contacts if c.source == "6"]
    schools = [c.received_at.hour for c in larger.contacts if c.source == "2A"]
    assert share(sum(hour < 7 or hour > 19 for hour in police), len(police)) > 0.2
    assert not [hour for hour in schools if not 8 <= hour <= 17]


def test_no_contact_falls_in_the_hour_that_summer_time_skips_or_repeats(larger):
    assert not [c for c in larger.contacts if c.received_at.hour == 1]
    assert all(c.received_at.tzinfo is LONDON for c in larger.contacts)


def test_a_fifth_come_about_a_family_seen_in_the_twelve_months_before(larger):
    again = [contact for contact in larger.north if contact.previous]
    assert share(len(again), len(larger.north)) == pytest.approx(0.20, abs=0.03)
    by_number = {contact.contact_id: contact for contact in larger.north}
    seen: dict[int, list[int]] = {}
    for contact in larger.north:
        assert list(contact.previous) == seen.get(contact.household_id, [])[::-1]
        seen.setdefault(contact.household_id, []).append(contact.contact_id)
    for contact in again:
        gap = contact.received_at - by_number[contact.previous[0]].received_at
        assert timedelta() <= gap < timedelta(days=366)


def test_children_are_named_in_groups_of_brothers_and_sisters(larger):
    sizes = [sum(said.part == "subject" for said in contact.people) for contact in larger.north]
    assert min(sizes) == 1
    assert sum(sizes) / len(sizes) == pytest.approx(1.6, abs=0.12)


def test_everyone_mentioned_exists_and_belongs_to_the_family(small):
    families = {family.household.household_id: family for family in small.families}
    staff = {person.staff_id: person for person in small.borough.staff()}
    agencies = small.borough.directory.by_id
    for contact in small.contacts:
        family = families[contact.household_id]
        assert family.household.area == contact.partnership
        known = {person.person_id for person in family.people}
        assert {said.true_id for said in contact.people} <= known
        referrer = contact.referrer
        assert (referrer.staff_id is None) == (referrer.agency_id is None)
        if referrer.staff_id:
            assert staff[referrer.staff_id].agency_id == referrer.agency_id
            assert contact.partnership in staff[referrer.staff_id].partnerships
        workers = [contact.worker_id, *(rating.staff_id for rating in contact.ratings)]
        assert {staff[worker].team for worker in workers if worker} <= {"MASH"}
        for request in contact.requests:
            assert contact.partnership in agencies[request.agency_id].partnerships
            assert not request.answered_by or staff[request.answered_by].agency_id == request.agency_id
        if contact.decision:
            about = {said.true_id for said in contact.people if said.part == "subject"}
            assert {outcome.true_id for outcome in contact.decision.outcomes} == about


def test_a_school_writes_about_a_child_who_goes_there(small):
    families = {family.household.household_id: family for family in small.families}
    right = []
    for contact in small.contacts:
        if contact.source == "2A":
            stays = families[contact.household_id].schooling
            right.append(contact.referrer.agency_id in {stay.school_id for stay in stays})
    assert share(sum(right), len(right)) > 0.88


def test_nothing_happens_before_its_cause_or_after_now(larger):
    now = larger.borough.plan.now
    for contact in larger.contacts:
        at = contact.received_at
        times = [rating.at for rating in contact.ratings]
        assert times == sorted(times)
        assert contact.worker_id is None or at < contact.allocated_at <= now
        for request in contact.requests:
            assert contact.ratings[-1].at < request.asked_at < request.due_at
            assert request.answered_at is None or request.asked_at < request.answered_at <= now
        if contact.decision:
            assert times[-1] <= contact.decision.at <= now
        if contact.reply:
            assert contact.decision.at < contact.reply.at <= now
        if contact.disagreement:
            assert contact.reply.at < contact.disagreement.raised_at <= now
        assert all(at < moment <= now for moment in times)


def test_the_newest_contacts_are_open_work_and_the_old_ones_are_decided(larger):
    now = larger.borough.plan.now
    recent = [c for c in larger.contacts if now - c.received_at < timedelta(days=1)]
    old = [c for c in larger.contacts if now - c.received_at > timedelta(days=14)]
    assert any(c.decision is None for c in recent)
    assert all(c.decision for c in old)


@pytest.mark.parametrize(("rating", "in_time"), [("red", 0.86), ("amber", 0.91), ("green", 0.94)])
def test_lateness_by_rating(larger, rating, in_time):
    decided = [c for c in larger.contacts if c.decision and c.ratings[0].rating == rating]
    assert share(sum(not c.decision.late for c in decided), len(decided)) == pytest.approx(in_time, abs=0.05)


def test_late_is_what_the_partnerships_own_limits_say(small):
    calendar = england()
    for contact in small.contacts:
        if not contact.decision:
            continue
        first, decided = contact.ratings[0], contact.decision.at
        hours = calendar.working_time(first.at, decided) / timedelta(hours=1)
        days = calendar.working_days_between(first.at.date(), decided.date())
        over = {"red": hours > 4, "amber": days > 1, "green": days > 3}[first.rating]
        assert contact.decision.late == over
        if contact.reply:
            told = calendar.working_days_between(contact.received_at.date(), contact.reply.at.date())
            assert contact.reply.late == (told > 1)


def test_partners_are_asked_more_the_graver_it_looks(larger):
    asked = {rating: share(sum(bool(c.requests) for c in group), len(group)) for rating, group in {
        rating: [c for c in larger.contacts if c.ratings and c.ratings[-1].rating == rating]
        for rating in ("red", "amber", "green")}.items()}
    assert asked["red"] > 0.85 > 0.65 > asked["amber"] > 0.4 > 0.1 > asked["green"] > 0.01


def test_partners_answer_mostly_in_time_and_often_know_nothing(larger):
    requests = [request for contact in larger.contacts for request in contact.requests]
    assert share(sum(request.late for request in requests), len(requests)) == pytest.approx(0.23, abs=0.05)
    assert 0.12 < share(sum(request.answer == "nil" for request in requests), len(requests)) < 0.35
    for request in requests:
        assert (request.answered_at is None) == (not request.answer) == (request.answered_by is None)
        assert bool(request.text) == (request.answer == "information")
        if request.answered_at:
            assert request.late == (request.answered_at > request.due_at)


def test_about_one_in_a_hundred_is_disagreed_with(larger):
    found = [c.disagreement for c in larger.contacts if c.disagreement]
    assert 0.004 < share(len(found), len(larger.contacts)) < 0.018
    assert all(1 <= d.stage <= 4 and d.reason for d in found)
    assert all(not d.changed or d.settled_at for d in found)


def test_schools_hear_of_domestic_abuse_from_the_police(larger):
    notices = [(c, notice) for c in larger.contacts for notice in c.school_notices]
    assert len(notices) > 250
    schools = larger.borough.directory.school_by_id
    for contact, notice in notices:
        assert contact.source == "6" and "domestic-abuse" in contact.concerns
        assert schools[notice.school_id].phase != "nursery"
        assert contact.received_at < notice.due_at
        assert notice.sent_at is None or contact.received_at < notice.sent_at
        assert notice.read_at is None or notice.read_at > notice.sent_at
        assert household_of(notice.child_id) == contact.household_id
    gaps = sum(notice.sent_at is None for _, notice in notices)
    late = sum(bool(notice.sent_at and notice.sent_at > notice.due_at) for _, notice in notices)
    assert 0.01 < share(gaps, len(notices)) < 0.09 and 0.01 < share(late, len(notices)) < 0.1


def test_open_work_sends_a_contact_to_the_worker(larger):
    passed = [c for c in larger.contacts if c.decision and c.decision.outcomes[0].local == "open-worker"]
    families = {family.household.household_id: family for family in larger.families}
    assert passed
    assert all(families[c.household_id].involvements for c in passed)


def test_words_are_filled_in_and_only_known_sentences_are_used(small):
    every = [sentence for group in sections("narrative.txt").values() for sentence in group]
    assert len(every) >= 60
    assert {f"concern.{row['key']}" for row in table("concerns.csv")} <= set(sections("narrative.txt"))
    for contact in small.contacts:
        texts = [contact.narrative, contact.child_said, *(request.text for request in contact.requests)]
        assert contact.narrative
        assert not any("{" in text or "}" in text for text in texts)


def test_working_time_stops_at_five_and_over_bank_holidays():
    thursday = datetime(2026, 4, 2, 16, 30, tzinfo=LONDON)  # before Good Friday
    assert thursday.date() + timedelta(days=1) in bank_holidays()
    assert desk.after(thursday, 60) == datetime(2026, 4, 7, 9, 30, tzinfo=LONDON)
    saturday, monday = datetime(2026, 11, 21, 12, tzinfo=LONDON), datetime(2026, 11, 23, 9, tzinfo=LONDON)
    assert desk.opens(saturday) == monday
    assert desk.after(thursday, 10) == thursday + timedelta(minutes=10)


def test_who_people_are_is_found_out_while_the_hub_works(larger):
    """By whoever rated it, soon after, and not in the night before something is decided."""
    times = [(contact.ratings[0].at, at) for contact in larger.north if (at := identified_at(contact))]
    assert len(times) > 1_000
    assert all(timedelta() <= at - rated <= timedelta(hours=1) for rated, at in times)
