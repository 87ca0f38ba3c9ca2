"""Sign-in by an identity provider: for the invited only, and for no forged, stale, foreign or swapped answer."""
from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.organisation import invitations
from goldthread.config.sign_in import identity_providers
from goldthread.orgs.models import Appointment, User
from goldthread.web.account import oidc
from tests.account import identity_provider as forge
from tests.account.identity_provider import FOREIGN_KEY, IdentityProvider, signed
from tests.support import make_actor, make_agency, make_appointment

EMAIL = "robin@council.example.org"


@pytest.fixture(scope="module")
def servers():
    both = IdentityProvider(), IdentityProvider("goldthread-nhs")
    yield both
    for each in both:
        each.stop()


@pytest.fixture
def provider(servers, settings, db):
    """Two providers are set up, each for its own domain; the first one is given."""
    for each in servers:
        each.claims, each.sign, each.discovery, each.requests = {}, signed, {}, {}
    entries = [{"id": name, "name": name, "issuer": each.issuer, "client_id": each.client_id, "secret": each.secret,
                "domains": [domain]}
               for name, each, domain in zip(("council", "nhs"), servers,
                                             ("council.example.org", "nhs.example.org"), strict=True)]
    settings.SOCIALACCOUNT_PROVIDERS = settings.SOCIALACCOUNT_PROVIDERS | {"openid_connect": {
        **settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": identity_providers(json.dumps(entries))}}
    return servers[0]


@pytest.fixture
def robin(db):
    """A person with a seat and no password."""
    user = User.objects.create_user(EMAIL, "Robin Example")
    return make_appointment("school-lead", user=user)


def begin(client: Client, name: str = "council") -> str:
    return client.post(reverse("openid_connect_login", args=[name])).url


def back(client: Client, answer: dict[str, str], name: str = "council"):
    return client.get(reverse("openid_connect_callback", args=[name]), answer)


def whole(provider: IdentityProvider, client: Client | None = None):
    client = client or Client()
    return client, back(client, provider.authorize(begin(client)))


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_a_known_person_comes_in_and_needs_no_second_step_of_ours(provider, robin):
    client, answer = whole(provider)
    assert answer.url == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    assert SocialAccount.objects.get(user=robin.user).uid == "person-1"


def test_the_request_carries_state_nonce_and_pkce_and_nothing_from_the_address_bar(provider):
    client = Client()
    sent = client.post(reverse("openid_connect_login", args=["council"]) +
                       "?auth_params=prompt%3Dnone%26login_hint%3Dx&scope=admin").url
    assert all(f"{name}=" in sent for name in ("state", "nonce", "code_challenge"))
    assert "code_challenge_method=S256" in sent
    assert "login_hint" not in sent and "admin" not in sent


ATTACKS = {
    "no signature": lambda p: setattr(p, "sign", forge.unsigned),
    "signed with the public key as secret": lambda p: setattr(p, "sign", forge.signed_with_the_public_key_as_secret),
    "altered after signing": lambda p: setattr(p, "sign", forge.altered),
    "signed by another key": lambda p: setattr(p, "sign", lambda c: signed(c, key=FOREIGN_KEY)),
    "an unknown key": lambda p: setattr(p, "sign", lambda c: signed(c, kid="two")),
    "no token at all": lambda p: setattr(p, "sign", lambda c: ""),
    "rubbish for a token": lambda p: setattr(p, "sign", lambda c: "a.b.c"),
    "another's nonce": lambda p: p.claims.update(nonce="somebody else's"),
    "no nonce": lambda p: p.claims.update(nonce=None),
    "for another client": lambda p: p.claims.update(aud="another-service"),
    "for several, us not the asker": lambda p: p.claims.update(aud=["goldthread", "other"], azp="other"),
    "for several, no asker named": lambda p: p.claims.update(aud=["goldthread", "other"]),
    "no audience": lambda p: p.claims.update(aud=None),
    "another issuer in the token": lambda p: p.claims.update(iss="https://evil.example.org"),
    "issuer with a slash too many": lambda p: p.claims.update(iss=f"{p.issuer}/"),
    "no issuer": lambda p: p.claims.update(iss=None),
    "another issuer in the discovery": lambda p: p.discovery.update(issuer="https://evil.example.org"),
    "no keys named": lambda p: p.discovery.update(jwks_uri=None),
    "expired": lambda p: p.claims.update(exp=int(time.time()) - 120),
    "never expires": lambda p: p.claims.update(exp=None),
    "issued long ago": lambda p: p.claims.update(iat=int(time.time()) - 3600, exp=int(time.time()) + 60),
    "issued in the future": lambda p: p.claims.update(iat=int(time.time()) + 3600),
    "not valid yet": lambda p: p.claims.update(nbf=int(time.time()) + 3600),
    "nobody named": lambda p: p.claims.update(sub=None),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_bad_token_opens_nothing_and_says_so(provider, robin, attack):
    ATTACKS[attack](provider)
    client = Client()
    answer = client.post(reverse("openid_connect_login", args=["council"]))
    if answer.status_code == 302:
        answer = back(client, provider.authorize(answer.url))
    assert answer.status_code == 401 and "did not give an answer we can rely on" in answer.content.decode()
    assert not is_in(client) and not SocialAccount.objects.exists()


STRANGERS = {
    "address not checked by the provider": {"email_verified": False},
    "nothing said of checking": {"email_verified": None},
    "checked, but as a word": {"email_verified": "true"},
    "a domain the provider may not speak for": {"email": "robin@nhs.example.org"},
    "a domain that only ends alike": {"email": "robin@evil-council.example.org"},
    "nobody we know": {"email": "unknown@council.example.org"},
    "no address": {"email": None},
}


@pytest.mark.parametrize("claims", STRANGERS.values(), ids=STRANGERS)
def test_nobody_comes_in_or_gets_an_account_whom_we_do_not_know_for_sure(provider, robin, claims):
    User.objects.create_user("robin@nhs.example.org", "Robin at the hospital")
    before = User.objects.count(), Appointment.objects.count()
    provider.claims.update(claims)
    client, answer = whole(provider)
    assert answer.status_code == 403 and "You are not invited yet" in answer.content.decode()
    assert not is_in(client)
    assert (User.objects.count(), Appointment.objects.count()) == before


def test_an_answer_without_our_state_or_with_anothers_opens_nothing(provider, robin):
    victim, attacker = Client(), Client()
    answer = provider.authorize(begin(attacker))
    for sent in (answer, {"code": answer["code"]}, {**answer, "state": "guessed"}):
        assert back(victim, sent).status_code == 401
    assert not is_in(victim)


def test_an_answer_serves_once(provider, robin):
    client = Client()
    answer = provider.authorize(begin(client))
    assert back(client, answer).status_code == 302
    client.post(reverse("account_logout"))
    assert back(client, answer).status_code == 401 and not is_in(client)


def test_a_code_stolen_on_its_way_is_worthless_without_the_verifier(provider, robin):
    """The thief injects the victim's code into a sign-in of the thief's own."""
    victim, thief = Client(), Client()
    stolen = provider.authorize(begin(victim))["code"]
    own = provider.authorize(begin(thief))
    given = provider.tokens_given
    assert back(thief, {"code": stolen, "state": own["state"]}).status_code == 401
    assert provider.tokens_given == given and not is_in(thief)


def test_one_providers_answer_is_not_taken_at_anothers_address(provider, servers, robin):
    client = Client()
    answer = servers[1].authorize(begin(client, "nhs"))
    assert back(client, answer, "council").status_code == 401 and not is_in(client)


def test_the_issuer_named_in_the_answer_must_be_the_one_asked(provider, servers, robin):
    client = Client()
    answer = provider.authorize(begin(client)) | {"iss": servers[1].issuer}
    assert back(client, answer).status_code == 401
    client = Client()
    answer = provider.authorize(begin(client)) | {"iss": provider.issuer}
    assert back(client, answer).status_code == 302 and is_in(client)


def test_a_provider_that_promises_to_name_itself_must(provider, robin):
    provider.discovery["authorization_response_iss_parameter_supported"] = True
    assert whole(provider)[1].status_code == 401


def test_the_same_subject_at_another_provider_is_another_person(provider, servers, robin):
    whole(provider)
    servers[1].claims.update(sub="person-1")
    client = Client()
    answer = back(client, servers[1].authorize(begin(client, "nhs")), "nhs")
    assert answer.status_code == 403 and not is_in(client)


def test_a_known_subject_keeps_its_account_when_its_address_changes(provider, robin):
    whole(provider)
    provider.claims.update(email="married@council.example.org")
    client, _ = whole(provider)
    assert client.session[SESSION_KEY] == str(robin.user_id)


def test_an_address_handed_on_does_not_open_the_account_of_the_one_before(provider, robin):
    whole(provider)
    provider.claims.update(sub="person-2")
    client, answer = whole(provider)
    assert answer.status_code == 403 and not is_in(client)


def test_a_closed_account_does_not_open(provider, robin):
    whole(provider)
    User.objects.filter(pk=robin.user_id).update(is_active=False)
    client, answer = whole(provider)
    assert answer.status_code == 403 and not is_in(client)


def test_an_invited_person_gets_the_seat_offered_and_nothing_else(provider):
    administrator = make_actor("administrator")
    agency = make_agency(partnership=administrator.partnership)
    invitations.invite(actor=administrator, email=EMAIL, agency=agency, role="gp", now=timezone.now())
    client, answer = whole(provider)
    assert answer.url == reverse("home")
    user = User.objects.get(email=EMAIL)
    assert [(seat.role, seat.agency) for seat in user.appointments.all()] == [("gp", agency)]
    assert not user.has_usable_password()


def test_a_lapsed_invitation_lets_nobody_in(provider):
    administrator = make_actor("administrator")
    invitations.invite(actor=administrator, email=EMAIL, agency=administrator.agency, role="gp",
                       now=timezone.now() - timedelta(days=8))
    assert whole(provider)[1].status_code == 403
    assert not User.objects.filter(email=EMAIL).exists()


def test_nobody_connects_a_provider_to_an_account_they_happen_to_be_signed_in_to(provider, signed_in):
    client, _ = signed_in()
    address = client.post(reverse("openid_connect_login", args=["council"]) + "?process=connect").url
    assert back(client, provider.authorize(address)).status_code == 403
    assert not SocialAccount.objects.exists()


def test_who_also_has_a_password_and_an_app_is_asked_for_the_second_step(provider, person):
    User.objects.create_user(EMAIL, "Robin")
    person(user=User.objects.get(email=EMAIL))
    client, answer = whole(provider)
    assert answer.url == reverse("mfa_authenticate") and not is_in(client)


def test_unknown_providers_are_not_there(provider):
    assert Client().post(reverse("openid_connect_login", args=["other"])).status_code == 404
    assert back(Client(), {"code": "x", "state": "y"}, "other").status_code == 404


def test_a_provider_that_is_down_is_said_so(provider, settings):
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"].update(server_url="http://127.0.0.1:9", issuer="http://127.0.0.1:9")
    assert Client().post(reverse("openid_connect_login", args=["council"])).status_code == 401


@pytest.mark.parametrize("attack", ["no signature", "signed by another key", "another's nonce", "expired"])
def test_the_library_alone_would_let_some_of_these_in(provider, robin, monkeypatch, attack):
    """Negative control: with our check of the token taken away the same forged answers open the account."""
    def credulous(self, app, id_token):
        import jwt
        return jwt.decode(id_token, options={"verify_signature": False})
    monkeypatch.setattr(oidc.Adapter, "_claims", credulous)
    ATTACKS[attack](provider)
    client, _ = whole(provider)
    assert is_in(client)


@pytest.mark.parametrize(("text", "words"), [
    ("{", "not JSON"),
    ('[{"id": "a"}]', "a: name, issuer, client_id, secret, domains missing"),
    (json.dumps([{"id": "a", "name": "A", "issuer": "https://a", "client_id": "c", "secret": "s", "domains": ["a"]}] * 2),
     "there twice"),
])
def test_settings_that_cannot_work_are_refused_in_words(text, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        identity_providers(text)
