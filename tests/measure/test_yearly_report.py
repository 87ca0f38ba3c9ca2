"""A report from its beginning to its publication: what is frozen stays, what is published cannot be changed."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction

from goldthread.access.actor import Actor, Refused, acting, system, system_for, writing
from goldthread.measure.models import Counted
from goldthread.people.models import Person
from goldthread.reports.yearly import actions, findings, versions
from goldthread.reports.yearly.findings import Stop
from goldthread.reports.yearly.models import Document, Freeze, FrozenFigure, Published, PublishedFile, Section
from tests.access.separate import as_superuser, triggers_off, undone
from tests.measure.world import World
from tests.support import client_for

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Desk:
    """A report begun by a business manager."""

    world: World
    actor: Actor
    document: Document

    def section(self, key: str) -> Section:
        with acting(self.actor):
            found: Section = Section.objects.select_related("document").get(document=self.document, key=key)
        return found

    def write(self, key: str, text: str) -> Section:
        found = self.section(key)
        return actions.save_section(actor=self.actor, section=found, heading=found.heading, text=text, seen=found.revision,
                                    now=self.world.now)

    def only(self, text: str) -> None:
        """All sections empty but one."""
        with acting(self.actor):
            keys = list(Section.objects.filter(document=self.document).values_list("key", flat=True))
        for key in keys:
            self.write(key, text if key == "foreword" else "")

    def freeze(self) -> Freeze:
        return actions.freeze_document(self.document, self.actor, self.world.now)

    def publish(self) -> Published:
        return actions.publish_document(self.document, self.actor, self.world.now)

    def composed(self) -> Any:
        with transaction.atomic(), acting(system(self.world.partnership.pk)):
            return versions.composed(Document.objects.select_related("partnership").get(pk=self.document.pk), self.world.now)

    def unanswered(self) -> list[Stop]:
        with transaction.atomic(), acting(system(self.world.partnership.pk)):
            found = Document.objects.select_related("partnership").get(pk=self.document.pk)
            return versions.unanswered(found, versions.composed(found, self.world.now), self.world.now)

    def answer(self, stop: Stop, reason: str) -> None:
        actions.answer(actor=self.actor, document=self.document, finding=stop.finding, what=stop.what, reason=reason,
                       now=self.world.now)

    def says(self) -> str:
        """The text of the first section."""
        return "".join(run.text for run in self.composed().written[0].blocks[0].runs)


@pytest.fixture(scope="module")
def desk(world: World, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock(), undone():
        actor = world.seat("business-manager")
        yield Desk(world, actor, actions.begin(None, actor, world.now))


def test_it_begins_with_its_sections_and_the_last_whole_year(desk: Desk) -> None:
    assert desk.document.period == "2025-2026" and "2025-26" in desk.document.title
    with acting(desk.actor):
        keys = list(Section.objects.filter(document=desk.document).values_list("key", flat=True))
    assert keys[:2] == ["foreword", "area"] and len(keys) == len(set(keys))


def test_only_who_builds_reports_may(desk: Desk) -> None:
    other = desk.world.seat("social-worker")
    for refused in (lambda: actions.begin(None, other, desk.world.now),
                    lambda: actions.freeze_document(desk.document, other, desk.world.now),
                    lambda: actions.publish_document(desk.document, other, desk.world.now)):
        with pytest.raises(Refused):
            refused()
    with acting(other):
        assert not Document.objects.filter(pk=desk.document.pk).exists()


def test_figures_live_until_the_freeze_and_stay_from_then_on(desk: Desk) -> None:
    desk.only("There were {{figure:contacts}} contacts.")
    before = desk.says()
    _recount(desk, 1_000)
    assert desk.says() != before, "not frozen, it follows the records"
    frozen = desk.freeze()
    at_freeze = desk.says()
    _recount(desk, 2_000)
    assert desk.says() == at_freeze, "frozen, it does not"
    with transaction.atomic(), acting(system(desk.world.partnership.pk)):
        kept = FrozenFigure.objects.get(freeze=frozen, key="contacts")
        assert kept.rows and len(kept.version) == 64 and kept.query and kept.how
    later = desk.freeze()
    assert later.number == 2 and desk.says() != at_freeze, "a new freeze takes its place"


def _recount(desk: Desk, more: int) -> None:
    """As if so many more contacts had been counted."""
    with transaction.atomic(), acting(system_for(desk.actor)), writing():
        row = Counted.objects.get(indicator="contacts", kind="year", end=202603)
        row.numerator = row.value = row.numerator + more
        row.save()


def test_a_token_that_is_not_there_is_named_with_its_section(desk: Desk) -> None:
    desk.only("There were {{figure:contact}} contacts.\n\n{{table:nothing}}")
    with pytest.raises(ValidationError, match="Freeze the data first"):
        desk.publish()
    desk.freeze()
    with pytest.raises(ValidationError) as raised:
        desk.publish()
    first, second = raised.value.messages[:2]
    assert "Foreword" in first and "{{figure:contact}}" in first and "Did you mean contacts" in first
    assert "{{table:nothing}}" in second


def test_who_is_given_away_in_a_quote_stops_publication_until_answered(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting(system(desk.world.partnership.pk)):
        child = Person.objects.filter(adult=False).exclude(family="").order_by("pk").first()
    name = f"{child.given} {child.family}".lower()
    desk.only(f"> They came to see {name} every week.\n> — a mother")
    given_away = next(each for each in desk.unanswered() if "somebody in the partnership's records" in each.told)
    assert name in given_away.what.lower() and given_away.section == "Foreword"
    desk.freeze()
    with pytest.raises(ValidationError, match="Answer this first: A name"):
        desk.publish()
    with pytest.raises(ValidationError, match="Say why"):
        desk.answer(given_away, "")
    desk.answer(given_away, "An invented name that happens to be somebody's.")
    assert given_away.finding not in {each.finding for each in desk.unanswered()}
    desk.only(f"> They came to see {name} each week.\n> — a mother")
    assert desk.unanswered(), "an answer holds for its sentence only"
    monkeypatch.setattr(findings, "identifiers", lambda *_, **__: [])
    assert not desk.unanswered(), "negative control: without the gate nothing would hold it back"


def test_two_writers_at_once_lose_nothing(desk: Desk) -> None:
    opened = desk.section("foreword")
    desk.write("foreword", "Hers.")
    with pytest.raises(actions.Conflict) as met:
        actions.save_section(actor=desk.actor, section=opened, heading=opened.heading, text="His.", seen=opened.revision,
                             now=desk.world.now + timedelta(minutes=1))
    assert met.value.section.text == "Hers." and str(desk.actor.user) in str(met.value)
    assert desk.section("foreword").text == "Hers."


SHEET = b"Course,Delivery,Attendees,Places\nInvented course,Online,40,50\nAnother one,,12,\n"


def test_courses_of_a_spreadsheet_stand_in_the_report_with_the_row_each_number_comes_from(desk: Desk) -> None:
    load = f"/reports/documents/{desk.document.pk}/courses/"
    client = client_for(desk.actor)
    bad = client.post(load, {"upload": SimpleUploadedFile("c.csv", SHEET.replace(b"40", b"lots"), content_type="text/csv")})
    assert "Nothing was loaded" in bad.content.decode() and "lots" in bad.content.decode()
    for _ in range(2):  # the second takes the place of the first
        sent = client.post(load, {"upload": SimpleUploadedFile("c.csv", SHEET, content_type="text/csv")})
        assert sent.status_code == 302, sent.content.decode()
    desk.only("{{table:courses}}")
    made = desk.composed()
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in made.written[0].blocks[0].rows}
    assert rows == {"Invented course (Online)": ["40", "50", "80%"], "Another one": ["12", "–", "–"],
                    "All courses": ["52", "–", "–"]}, "nothing is added up that is not known"
    assert any("row 2 of the spreadsheet" in each.how for each in made.used)
    desk.freeze()
    with pytest.raises(ValidationError, match="are frozen, courses too"):
        actions.load_courses(desk.document, desk.actor, "c.csv", SHEET, desk.world.now)


@pytest.fixture(scope="module")
def out(desk: Desk, django_db_blocker: Any) -> Iterator[Published]:
    with django_db_blocker.unblock(), undone():
        desk.only("There were **{{figure:contacts}}** contacts.\n\n{{chart:contacts}}")
        desk.freeze()
        yield desk.publish()


def test_all_forms_are_published_with_their_sums(desk: Desk, out: Published) -> None:
    reader = desk.world.seat("board-member")
    with transaction.atomic(), acting(reader):
        files = {each.name: each for each in PublishedFile.objects.filter(published=out)}
    assert set(files) == {"report.html", "report.pdf", "report.docx", "figures.json"}
    for each in files.values():
        assert hashlib.sha256(bytes(each.data)).hexdigest() == each.sha256
    assert bytes(files["report.pdf"].data).startswith(b"%PDF") and b"<svg" in bytes(files["report.html"].data)
    told = json.loads(bytes(files["figures.json"].data))
    assert {"key": "contacts"}.items() <= told["figures"][0].items() and told["rule"]


def test_once_published_its_figures_are_followed_by_all_who_see_figures(desk: Desk, out: Published) -> None:
    page = client_for(desk.world.seat("board-member")).get(f"/reports/documents/{desk.document.pk}/figures/contacts/")
    said = page.content.decode()
    assert page.status_code == 200 and "Frozen on" in said and "records in happened where" in said
    assert page.context["table"] is None
    opened = client_for(desk.world.seat("mash-manager")).get(f"/reports/documents/{desk.document.pk}/figures/contacts/")
    assert opened.context["table"].rows, "who reads the records sees them"
    assert opened.context["facts"] == page.context["facts"], "and no number that others are not told"
    assert client_for(desk.world.seat("gp")).get(f"/reports/documents/{desk.document.pk}/").status_code == 404
    assert client_for(desk.world.seat("board-member")).get(f"/reports/documents/{desk.document.pk}/").status_code == 200


def test_a_published_report_takes_no_more_writing(desk: Desk, out: Published) -> None:
    with pytest.raises(ValidationError, match="published and can no longer change"):
        desk.write("foreword", "Something else.")
    with pytest.raises(ValidationError, match="published and can no longer change"):
        desk.freeze()


CHANGES = ["update yearly_publishedfile set data = 'x' where published_id = %s",
           "update yearly_publishedfile set sha256 = repeat('0', 64) where published_id = %s",
           "delete from yearly_publishedfile where published_id = %s",
           "update yearly_published set title = 'Other' where id = %s", "delete from yearly_published where id = %s"]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_is_published(desk: Desk, out: Published, change: str) -> None:
    with pytest.raises(Error, match="append-only"), transaction.atomic(), acting(system()), writing():
        connection.cursor().execute(change, [out.pk])


def test_negative_control_without_the_trigger_it_could_be_changed(desk: Desk, out: Published) -> None:
    with transaction.atomic(), acting(system()), writing(), as_superuser() as cursor, triggers_off(cursor):
        cursor.execute(CHANGES[0], [out.pk])
        assert cursor.rowcount == 4
