"""Where a borough may be loaded, that the same one is loaded again, and that nothing is left of one cut short."""
import argparse
import json
from datetime import timedelta

import pytest
from django.db import connection, transaction

from goldthread.access.actor import acting, system
from goldthread.borough import demo
from goldthread.borough.demo import demo_ready
from goldthread.borough.loading import installation, load
from goldthread.borough.loading.installation import CannotLoad, mark
from goldthread.commands import generate
from goldthread.commands.refusal import Refusal
from goldthread.orgs.models import Partnership
from goldthread.people.models import Person
from goldthread.process.models import Case, Event
from tests.borough.loading import as_loader, as_owner, borough, rows
from tests.support import make_partnership

pytestmark = pytest.mark.django_db
PARTS = ("people_person", "people_address", "people_searchkey", "people_relationship", "process_case", "process_event",
         "process_ask", "process_clockrow", "front_door_contact", "front_door_contactperson", "front_door_decision",
         "front_door_identifiedperson", "front_door_answertoreferrer", "orgs_appointment", "orgs_participation")


@pytest.fixture
def home(tmp_path):
    with as_loader(tmp_path):
        yield tmp_path


def digest() -> dict[str, str]:
    return {table: rows(f"select md5(string_agg(t::text, '|' order by id)) as sum from {table} t")[0]["sum"]
            for table in PARTS}


def test_the_same_plan_loads_the_same_rows_and_another_seed_others(tmp_path):
    digests, truths = [], []
    for seed in (7, 7, 8):
        with as_loader(tmp_path):
            if not mark():  # other tests have used numbers up: begin with the first
                installation.set_mark({})
            installation.empty()
            made = load(borough(seed=seed), now=borough(seed=seed).plan.now)
            digests.append(digest())
        truths.append(made.truth.read_text())
    assert digests[0] == digests[1] and truths[0] == truths[1]
    assert digests[0] != digests[2] and truths[0] != truths[2]


def test_a_second_load_is_refused_and_leaves_the_first(home):
    plan = borough().plan
    load(borough(), now=plan.now, people_only=True)
    before = digest()
    with pytest.raises(CannotLoad, match="--fresh"):
        load(borough(seed=8), now=plan.now)
    assert digest() == before and mark()["people_only"]


def test_real_data_are_neither_joined_nor_thrown_away(home):
    make_partnership()
    with pytest.raises(CannotLoad, match="real data"):
        load(borough(), now=borough().plan.now)
    with pytest.raises(CannotLoad, match="not marked"):
        installation.empty()
    assert Partnership.objects.count() == 1 and not demo_ready()


def test_only_the_owner_loads():
    with pytest.raises(CannotLoad, match="owner"):
        load(borough(), now=borough().plan.now)


def test_a_now_before_the_boroughs_own_is_refused(home):
    with pytest.raises(ValueError, match="present"):
        load(borough(), now=borough().plan.now - timedelta(seconds=1))


@pytest.mark.parametrize("at", ["households", "contacts"])
def test_a_load_cut_short_leaves_nothing(at, tmp_path):
    class Killed(Exception):
        pass

    def kill(what, done, of):
        if what == at:
            raise Killed

    with as_owner(), transaction.atomic(), as_loader(tmp_path), pytest.raises(Killed), transaction.atomic():
        load(borough(), now=borough().plan.now, progress=kill)
    with acting(system()):
        assert mark() is None and not demo_ready()
        assert not Partnership.objects.exists() and not Person.objects.exists() and not Case.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_demo_cut_short_leaves_nothing_that_is_called_ready(tmp_path, monkeypatch):
    def fail(*_):
        raise LookupError("no family left")

    monkeypatch.setattr(demo, "play", fail)
    with as_owner(), transaction.atomic(), as_loader(tmp_path):
        with pytest.raises(LookupError):
            demo.load_demo(scale=0.001, seed=7, now=borough().plan.now)
        assert not demo_ready() and mark() is None and not Partnership.objects.exists()
    assert not list(tmp_path.rglob("*.csv"))


def test_emptying_takes_history_and_anchor_too(home):
    load(borough(), now=borough().plan.now, people_only=True)
    (home / "anchor.txt").write_text("1 change 00\n")
    assert rows("select count(*) as many from audit.change")[0]["many"] > 1000
    installation.empty()
    assert rows("select count(*) as many from audit.change")[0]["many"] == 0 and mark() is None
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from people_person")
        assert cursor.fetchone()[0] == 0


def test_progress_counts_to_the_end_and_people_only_leaves_out_contacts(home):
    told = []
    made = load(borough(), now=borough().plan.now, progress=lambda *words: told.append(words), people_only=True)
    plan = borough().plan
    assert told[-1] == ("households", plan.households, plan.households)
    assert made.truth is None and "contacts" not in made.counts and made.counts["people"] > 100
    with acting(system()):
        assert not Event.objects.exists()


# -- the command ----------------------------------------------------------------------------------------


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    generate.add_arguments(parser)
    return parser.parse_args(words)


def test_the_command_says_what_it_made(home, capsys):
    words = ("--scale", "0.001", "--today", "2026-02-20", "--quiet")
    assert generate.run(arguments(*words, "--json")) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["counts"]["contacts"] == 41 and set(said["seconds"]) == {"organisations", "people", "contacts"}
    with pytest.raises(Refusal, match="--fresh"):
        generate.run(arguments(*words))
    assert generate.run(arguments(*words, "--fresh", "--people-only")) == 0
    said = capsys.readouterr().out
    assert "People" in said and "invented" in said and mark()["people_only"]


def test_the_command_shows_progress_unless_told_not_to(home, capsys):
    generate.run(arguments("--scale", "0.001", "--today", "2026-02-20"))
    assert "Households: 100%" in (shown := capsys.readouterr().err) and "Contacts: 100%" in shown


@pytest.mark.parametrize("words, why", [
    (("--scale", "0"), "above 0"), (("--scale", "40"), "up to 10.5"), (("--today", "2999-01-01"), "not over"),
])
def test_the_command_refuses_what_cannot_be(words, why):
    with pytest.raises(Refusal, match=why):
        generate.run(arguments(*words))
