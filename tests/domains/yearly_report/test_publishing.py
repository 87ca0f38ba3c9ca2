"""The worker publishes a report: all of it or nothing, once, and a failure says so and can be tried again."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from goldthread.access.actor import Refused, acting, system, writing
from goldthread.access.later import NO_SEAT
from goldthread.domains.yearly_report import models as m
from goldthread.flows import publishing
from goldthread.notify.models import InboxNotice, OutboxMail
from goldthread.orgs.models import Appointment
from goldthread.process import mending
from goldthread.process.models import Case
from goldthread.reports.yearly import versions
from goldthread.reports.yearly.models import Document, Laying, Published, PublishedFile, Publishing
from tests.domains.yearly_report.conftest import Scene

pytestmark = pytest.mark.django_db
OUT = m.ReportPublished.notice_words["published"]
FORMS = ("report.html", "report.pdf", "report.docx", "figures.json")


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch, scene: Scene) -> dict[str, Any]:
    """Forms that say what they are at once. "fails": how often the third of them still cannot be made."""
    asked: dict[str, Any] = {"fails": 0, "seen": []}

    def forms(made: Any, freeze: Any, tell: Any = lambda done: None) -> dict[str, Any]:
        for done, name in enumerate(FORMS):
            if name == "report.docx" and asked["fails"]:
                asked["fails"] -= 1
                raise OSError("The invented printer is out of paper")
            tell(done + 1)
            asked["seen"].append(public())
        return {name: ("text/html", name.encode()) for name in FORMS}
    monkeypatch.setattr(versions, "forms", forms)
    return asked


def public() -> str:
    return Client().get(reverse("publications")).content.decode()


def ask(scene: Scene, case: Case) -> Publishing:
    scene.by_flow(publishing.publish_or_leave, case, m.ReportPublished(result="published"))
    return attempt(scene, case)


def attempt(scene: Scene, case: Case) -> Publishing:
    with scene.place.system():
        found: Publishing = Publishing.objects.filter(document__case=case).latest("pk")
    return found


def work(scene: Scene, asked: Publishing) -> None:
    publishing.publish_report(attempt=asked.pk, seat=scene.office.appointment.pk)


def told(scene: Scene, words: str) -> dict[str, int]:
    """Who was told these words, by role, and how many of these notices are mailed; the notice leads to the report's page."""
    with scene.place.system():
        rows = InboxNotice.objects.filter(text=words)
        assert {row.reference for row in rows} <= {Case.objects.get().reference}
        seats = Counter(Appointment.objects.filter(user__in=rows.values("user")).values_list("role", flat=True))
        return dict(seats) | {"mails": OutboxMail.objects.filter(notice__in=rows).count()}


def out(scene: Scene, case: Case) -> tuple[int, int, str]:
    """How many versions and files there are, and the stage the process is at."""
    with scene.place.system():
        here = Published.objects.filter(document__case=case)
        return here.count(), PublishedFile.objects.filter(published__in=here).count(), scene.place.fresh(case).stage


def test_nothing_is_out_until_all_of_it_is_and_it_is_out_once(scene: Scene, drawn: dict[str, Any]) -> None:
    case = scene.ready()
    asked = ask(scene, case)
    assert ask(scene, case).pk == asked.pk, "asked for twice, it is one attempt"
    assert asked.state == Laying.WAITING and asked.of == len(versions.FORMS) and out(scene, case)[:2] == (0, 0)
    work(scene, asked)
    assert out(scene, case) == (1, len(FORMS), "Copies") and "2025-26" in public()
    assert len(drawn["seen"]) == len(FORMS) and not any("2025-26" in page for page in drawn["seen"])
    assert attempt(scene, case).state == Laying.DONE and attempt(scene, case).done == len(FORMS)
    everybody = {"business-manager": 1, "lead-partner": 3, "scrutineer": 1, "mails": 5}
    assert told(scene, OUT) == everybody and told(scene, publishing.FAILED) == {"mails": 0}
    work(scene, asked)  # a job that a dead worker left is done again by the next
    assert out(scene, case)[0] == 1 and told(scene, OUT) == everybody
    with pytest.raises(Refused):
        ask(scene, case)


def test_what_fails_leaves_nothing_out_says_so_and_may_be_tried_again(scene: Scene, drawn: dict[str, Any]) -> None:
    case = scene.ready()
    drawn["fails"] = 1
    asked = ask(scene, case)
    with pytest.raises(OSError, match="out of paper"):
        work(scene, asked)
    failed = attempt(scene, case)
    assert failed.state == Laying.FAILED and failed.done == 2 and "Nothing of it is out" in failed.said[0]
    assert out(scene, case) == (0, 0, "Publication") and "2025-26" not in public()
    assert told(scene, publishing.FAILED) == {"business-manager": 1, "lead-partner": 3, "mails": 4}
    assert told(scene, OUT) == {"mails": 0}
    work(scene, ask(scene, case))
    assert out(scene, case) == (1, len(FORMS), "Copies")


@contextmanager
def _written() -> Iterator[None]:
    with transaction.atomic(), acting(system()), writing():
        yield


def _broken(**_: Any) -> None:
    raise ValidationError("The invented record cannot be kept")


def test_what_fails_at_the_last_step_takes_all_before_it_back(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene.ready()
    asked = ask(scene, case)
    monkeypatch.setattr(publishing.actions, "record", _broken)
    work(scene, asked)
    assert out(scene, case) == (0, 0, "Publication")
    assert attempt(scene, case).said == ["The invented record cannot be kept"]
    monkeypatch.setattr(publishing, "transaction", SimpleNamespace(atomic=nullcontext))
    monkeypatch.setattr(publishing, "_system", _written)
    again = ask(scene, case)
    work(scene, again)
    assert out(scene, case)[0] == 1, "the control: without one transaction around both, it would be out by halves"


def test_what_was_taken_up_again_meanwhile_is_not_published(scene: Scene) -> None:
    case = scene.ready()
    asked = ask(scene, case)
    with acting(scene.office):
        mending.reopen(actor=scene.office, case=scene.place.fresh(case), from_step="draft-ready", reason="A partner asked",
                       now=scene.place.now)
    work(scene, asked)
    failed = attempt(scene, case)
    assert failed.state == Laying.FAILED and "waits for" in failed.said[0] and out(scene, case)[0] == 0


def test_who_lost_the_seat_publishes_nothing(scene: Scene) -> None:
    case = scene.ready()
    asked = ask(scene, case)
    publishing.publish_report(attempt=asked.pk, seat=0)
    assert attempt(scene, case).said == [NO_SEAT] and out(scene, case)[0] == 0


def test_what_comes_in_after_a_signature_is_not_in_what_was_signed(scene: Scene) -> None:
    case = scene.begun()
    scene.freeze(case)
    scene.contribute(case, scene.answering[0])
    scene.signed(scene.commented(scene.drafted(case)), scene.leads[0])
    scene.contribute(case, scene.answering[1])
    with scene.place.system():
        found = versions.contributions(Document.objects.select_related("case").get(case=case))
    assert [each.agency for each in found] == [scene.partners[0].name]
