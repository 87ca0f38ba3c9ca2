"""What one process offers the next is taken up once, also by somebody who cannot see that another has taken it up."""
from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from goldthread.domains.exploitation import models as x
from tests.domains.scene import Scene

pytestmark = pytest.mark.django_db


def referral() -> x.ExploitationReferral:
    return x.ExploitationReferral(subject="child", harm="criminal", worry="Men in a car wait", referred_by="A school")


def test_once_while_it_is_open() -> None:
    scene = Scene()
    child = scene.person("Testa")
    episode, other = scene.missing(child), scene.missing(child)
    first = scene.start("exploitation", referral(), x.ReferredPerson(person=child), came_from=episode)
    assert scene.fresh(first).came_from_id == episode.pk
    with pytest.raises(ValidationError, match="taken up already"):
        scene.start("exploitation", referral(), x.ReferredPerson(person=child), came_from=episode, by="lead")
    scene.start("exploitation", referral(), x.ReferredPerson(person=child), came_from=other, by="lead")
    scene.start("exploitation", referral(), x.ReferredPerson(person=child))
