"""A move declined says why; who hears that a vulnerable child has moved."""
from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from goldthread.domains.transfer.process import TRANSFER
from tests.notify.helping import told
from tests.process.walking import World, begin, do
from tests.support import make_actor

pytestmark = pytest.mark.django_db


def test_declined_only_for_a_reason() -> None:
    world = World(TRANSFER)
    case = begin(world)
    step = TRANSFER.step("move-answer")
    with pytest.raises(ValidationError, match="Answer “Why not"):
        do(world, case, step, answer="declined", reason="  ")
    do(world, case, step, answer="accepted", reason="")


def test_social_care_is_told_at_once_that_a_vulnerable_child_has_moved() -> None:
    world = World(TRANSFER)
    manager = make_actor("team-manager", partnership=world.partnership)
    elsewhere = make_actor("school-lead", partnership=world.partnership)
    begin(world)
    heard = {row.user_id for row in told() if row.text == "A vulnerable child has moved"}
    assert manager.user.pk in heard and elsewhere.user.pk not in heard
