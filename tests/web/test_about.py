"""Help and the pages a public service owes its readers."""
from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.access.policy import ROLES, May
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["glossary", "accessibility", "privacy", "cookies"])
def test_open_to_everyone(name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 200 and "<h1" in answer.content.decode()


def test_help_says_what_this_role_can_do_and_no_more() -> None:
    page = unescape(client_for(make_actor("school-lead")).get(reverse("help")).content.decode())
    for right in May:
        assert (right.value in page) is (right in ROLES["school-lead"].may), right
