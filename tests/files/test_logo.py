"""A partnership's logo: what is taken, how it is served, where it is seen."""
from __future__ import annotations

import struct
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldthread.access.actor import Actor, Refused
from goldthread.files import checking, logo
from goldthread.files.models import Logo
from tests.files.making import Upload, chunk, jpeg, pdf, png
from tests.support import NOW, client_for, make_actor

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><script>alert(1)</script></svg>'


@pytest.fixture
def actor() -> Actor:
    return make_actor("administrator")


def worn(actor: Actor, name: str = "logo.png", data: bytes | None = None) -> Logo:
    return logo.set_logo(actor=actor, upload=Upload(name, png(200, 50) if data is None else data), now=NOW)


def test_a_logo_is_on_every_page_cached_for_ever_and_only_a_picture(actor):
    made = worn(actor)
    address = reverse("logo", args=[made.name])
    for client in (client_for(actor), Client()):
        assert f'src="{address}"' in client.get(reverse("glossary")).content.decode()
    answer = Client().get(address)
    assert answer.content == png(200, 50) and answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in answer["Content-Security-Policy"]
    assert client_for(actor).get(address)["Cache-Control"].startswith("public"), "signed in too"


def test_a_photograph_loses_what_is_not_the_picture(actor):
    hidden = b"\xff\xe1\x00\x10Exif\x00\x00CANARY.."
    made = worn(actor, "logo.jpg", jpeg(hidden, size=(64, 48)))
    assert b"CANARY" not in bytes(made.data) and made.name.endswith(".jpg")


@pytest.mark.parametrize(("name", "data", "words"), [
    ("logo.svg", SVG, "Files that end in .svg are not taken"),
    ("logo.png", SVG, "not a PNG picture"),
    ("logo.jpg", png(200, 50), "not a JPEG picture"),
    ("logo.png", png(200, 50)[:-20], "damaged"),
    ("logo.pdf", pdf(), "A logo is a picture"),
    ("logo.png", png(200, 31), "32 to 2,000 pixels"),
    ("logo.png", png(2001, 50), "2,001 by 50"),
    ("logo.jpg", jpeg(size=(24, 16)), "24 by 16"),
    ("logo.png", b"", "empty"),
    ("logo.png", png(64, 64, *(chunk(b"IDAT", b"x" * 60_000) for _ in range(4))), "200 kB at most"),
])
def test_what_is_no_logo_is_refused_and_the_one_before_stays(actor, name, data, words):
    before = worn(actor)
    with pytest.raises(ValidationError) as wrong:
        worn(actor, name, data)
    assert words in " ".join(wrong.value.message_dict["logo"])
    actor.partnership.refresh_from_db()
    assert actor.partnership.logo == before.name and Logo.objects.count() == 1


def test_negative_control_without_the_check_by_content_the_script_would_be_taken(actor, monkeypatch):
    monkeypatch.setattr(checking, "KINDS", {"png": checking.Kind("image/png", lambda data: data)})
    fake = struct.pack(">16xII", 64, 64) + SVG
    assert bytes(worn(actor, "logo.png", fake).data) == fake


def test_a_picture_nobody_wears_is_forgotten_and_a_shared_one_is_kept(actor):
    other = make_actor("business-manager")
    first = worn(actor)
    assert worn(other) == first
    worn(actor, data=png(64, 64))
    assert Logo.objects.count() == 2
    logo.remove_logo(actor=other)
    assert [each.name for each in Logo.objects.all()] == [actor.partnership.logo]
    assert Client().get(reverse("logo", args=[first.name])).status_code == 404


def test_others_cannot_change_it(actor):
    manager = make_actor("mash-manager", partnership=actor.partnership)
    for action in (lambda: worn(manager), lambda: logo.remove_logo(actor=manager)):
        with pytest.raises(Refused, match="cannot set up the partnership"):
            action()


def test_it_is_chosen_and_taken_away_on_its_page(actor):
    client = client_for(actor)
    bad = client.post(reverse("setup_logo"), {"logo": SimpleUploadedFile("logo.png", SVG)}).content.decode()
    assert "not a PNG picture" in bad and "<title>Error: " in bad
    client.post(reverse("setup_logo"), {"logo": SimpleUploadedFile("logo.png", BytesIO(png(64, 64)).read())})
    assert "gt-brand__logo" in client.get(reverse("setup_logo")).content.decode()
    client.post(reverse("remove_logo"))
    assert "gt-brand__logo" not in client.get(reverse("setup_logo")).content.decode()
