"""A machine that merges, takes back, denies, restricts and adds rows in any order, beside a plain model of it."""
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from goldthread.access.actor import acting, system
from goldthread.base.dates import UncertainDate
from goldthread.people.actions import (
    add_entry,
    add_name,
    deny,
    lift_denial,
    lift_restriction,
    merge,
    readers,
    restrict_person,
    unmerge,
)
from goldthread.people.models import Entry, Merge, Name, Person, SearchKey
from goldthread.people.reading import same_person_ids
from goldthread.people.search import search
from tests.people.factories import make_borough, make_person
from tests.support import NOW

GIVEN = ("Zofia", "Zofja", "Sofia", "Zosia", "Sophia")
DESPITE = ("twins", "related", "different", "nhs", "upn", "sex", "born")
ONE = st.integers(0, len(GIVEN) - 1)


class Merging(RuleBasedStateMachine):
    """Five records; the model knows edges, denials, restrictions and how many rows were written."""

    @initialize()
    def borough_of_five(self):
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.borough = make_borough()
        self.people = [make_person(self.borough.worker, given) for given in GIVEN]
        self.into: dict[int, tuple[int, int]] = {}   # folded: (kept, merge)
        self.denied: dict[int, int] = {}             # person: denial, all of the manager
        self.restricted: set[int] = set()            # all to the worker
        self.rows = 0

    def teardown(self):
        if hasattr(self, "frame"):
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def root(self, n):
        while n in self.into:
            n = self.into[n][0]
        return n

    def group(self, n):
        return {m for m in range(len(GIVEN)) if self.root(m) == self.root(n)}

    @rule(keep=ONE, fold=ONE)
    def merge_two(self, keep, fold):
        if keep == fold or keep in self.into or fold in self.into:
            return
        row = merge(actor=self.borough.worker, now=NOW, keep=self.people[keep].pk, fold=self.people[fold].pk,
                    reason="Same", despite=DESPITE)
        self.into[fold] = keep, row.pk

    @precondition(lambda self: self.into)
    @rule(data=st.data())
    def take_back(self, data):
        folded = data.draw(st.sampled_from(sorted(self.into)))
        unmerge(actor=self.borough.worker, now=NOW, merge=self.into.pop(folded)[1], because="Not the same")

    @rule(n=ONE)
    def deny_manager(self, n):
        if n not in self.denied:
            self.denied[n] = deny(actor=self.borough.officer, now=NOW, person=self.people[n].pk,
                                  user=self.borough.manager.user.pk, reason="Niece").pk

    @precondition(lambda self: self.denied)
    @rule(data=st.data())
    def lift(self, data):
        n = data.draw(st.sampled_from(sorted(self.denied)))
        lift_denial(actor=self.borough.officer, now=NOW, denial=self.denied.pop(n), because="Not her niece")

    @rule(n=ONE)
    def restrict_or_open(self, n):
        common = {"actor": self.borough.officer, "now": NOW, "person": self.people[n].pk}
        if n in self.restricted:
            lift_restriction(**common, because="Over")
            self.restricted.remove(n)
        else:
            restrict_person(**common, named=[self.borough.worker.user.pk], reason="Staff")
            self.restricted.add(n)

    @rule(n=ONE)
    def write(self, n):
        common = {"actor": self.borough.worker, "now": NOW, "person": self.people[n].pk}
        add_name(**common, kind="alias", given="Zo")
        add_entry(**common, when=UncertainDate.parse("2025"), what="Seen")
        self.rows += 1

    @invariant()
    def groups_and_sight_are_the_models(self):
        if not hasattr(self, "people"):
            return
        worker, manager = self.borough.worker, self.borough.manager
        with acting(manager):
            seen = set(Person.objects.values_list("pk", flat=True))
            assert seen == set(SearchKey.objects.values_list("person_id", flat=True))
        with acting(worker):
            assert Person.objects.count() == len(GIVEN)  # nobody is ever lost to the worker
            for n, person in enumerate(self.people):
                assert same_person_ids(person) == {self.people[m].pk for m in self.group(n)}
                hidden = bool(self.group(n) & (set(self.denied) | self.restricted))
                assert (person.pk in seen) is not hidden
            assert Name.objects.count() == Entry.objects.count() == self.rows
        with acting(system(self.borough.partnership.pk)):
            assert Merge.objects.filter(undone_at=None).count() == len(self.into)

    @invariant()
    def search_shows_each_group_once_and_nothing_hidden(self):
        if not hasattr(self, "people"):
            return
        found = search(actor=self.borough.worker, text="Testcase", now=NOW)
        assert sorted(each.pk for each in found) == sorted({self.people[self.root(n)].pk for n in range(len(GIVEN))})
        shown = {each.pk for each in search(actor=self.borough.manager, text="Testcase", now=NOW)}
        open_roots = {self.people[self.root(n)].pk for n in range(len(GIVEN))
                      if not self.group(n) & (set(self.denied) | self.restricted)}
        assert shown == open_roots


def _run(examples):
    run_state_machine_as_test(Merging, settings=settings(
        max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck),
        derandomize=True, print_blob=False, phases=[Phase.explicit, Phase.generate]))


@pytest.mark.slow
@pytest.mark.django_db
def test_any_order_keeps_people_apart_together_and_hidden_as_decided():
    _run(15)


@pytest.mark.django_db
def test_the_machine_notices_a_lost_pointer(monkeypatch):
    monkeypatch.setattr("goldthread.people.actions.merging._follow", lambda top, kept: None)
    with pytest.raises(AssertionError):
        _run(30)


@pytest.mark.django_db
def test_the_machine_notices_a_denial_that_does_not_follow_a_merge(monkeypatch):
    monkeypatch.setattr(readers, "_wanted", lambda groups, real=readers._wanted: real({one: one for one in groups}))
    with pytest.raises(AssertionError):
        _run(30)
