"""OpenID Connect, stricter than the library: signature, nonce, issuer and audience are always checked.

Sources: OpenID Connect Core 1.0, 3.1.3.7; RFC 9207 (issuer in the answer); RFC 9700 (mix-up, PKCE).
"""
from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import jwt
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect import views as library
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import Http404, HttpRequest, HttpResponse

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")
CLOCKS_MAY_DIFFER = 60  # seconds
OLDEST = 600  # seconds since a token was issued
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Adapter(library.OpenIDConnectOAuth2Adapter):
    """One sign-in at one provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must call itself by the issuer's name we were given."""
        if not hasattr(self, "_openid_config"):
            found, wanted = self._told(), self.get_provider().app.settings["issuer"]
            if found.get("issuer") != wanted:
                del self._openid_config
                raise OAuth2Error(f"The provider calls itself {found.get('issuer')!r}, not {wanted!r}")
            missing = [name for name in ENDPOINTS if not found.get(name)]
            if missing:
                raise OAuth2Error(f"The provider does not name its {', '.join(missing)}")
        return self._openid_config

    def _told(self) -> dict[str, Any]:
        try:
            return super().openid_config
        except requests.RequestException as wrong:
            raise OAuth2Error(f"The provider does not answer: {wrong}") from wrong

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any,
                              pkce_code_verifier: str | None = None) -> dict[str, Any]:
        self._check_answering_issuer(request)
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        claims = self._claims(app, str(kwargs["response"].get("id_token") or ""))
        if "email" not in claims and self.openid_config.get("userinfo_endpoint"):
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("User information is about somebody else")
            claims = {**told, **claims}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _check_answering_issuer(self, request: HttpRequest) -> None:
        answering, config = request.GET.get("iss"), self.openid_config
        promised = config.get("authorization_response_iss_parameter_supported")
        if (promised and answering is None) or (answering is not None and answering != config["issuer"]):
            raise OAuth2Error("Another provider answered than was asked")

    def _claims(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("The token is not signed as it must be")
            claims = jwt.decode(
                id_token, key=self._key(header), algorithms=[header["alg"]], issuer=self.openid_config["issuer"],
                audience=app.client_id, leeway=CLOCKS_MAY_DIFFER, options={"require": list(REQUIRED)})
        except jwt.PyJWTError as wrong:
            raise OAuth2Error(f"The token does not hold: {wrong}") from wrong
        if not hmac.compare_digest(str(claims["nonce"]).encode(), self.nonce.encode()):
            raise OAuth2Error("The token answers another request")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != app.client_id:
            raise OAuth2Error("The token is for somebody else")
        if claims["iat"] < time.time() - OLDEST:
            raise OAuth2Error("The token is too old")
        jwtkit.verify_jti(claims)
        return claims

    def _key(self, header: dict[str, Any]) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in answer.json().get("keys", []) if key.get("use", "sig") == "sig" and
                key.get("kty") in ("RSA", "EC") and ("kid" not in header or key.get("kid") == header["kid"])]
        if len(keys) != 1:
            raise OAuth2Error("The token's key is not among the provider's")
        return jwt.PyJWK(keys[0], algorithm=header["alg"]).key


class Provider(OpenIDConnectProvider):
    """An identity provider of the settings; takes no instructions from the address bar."""

    oauth2_adapter_class = Adapter
    pkce_enabled_default = True

    def get_pkce_params(self) -> dict[str, str]:
        params = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, proven only if the provider may speak for its domain and says (or is trusted) that it checked."""
        claims, settings = data["id_token"], self.app.settings
        email = str(claims.get("email") or "").lower()
        checked = claims.get("email_verified") is True or (
            settings["trust_email"] and claims.get("email_verified") is not False)
        proven = bool(checked) and email.rpartition("@")[2] in settings["domains"]
        return [EmailAddress(email=email, verified=proven, primary=True)] if email else []


def nonce_of(verifier: str) -> str:
    """A nonce bound to the request as its PKCE verifier is, and as secret until sent."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"nonce:" + verifier.encode()).digest()).rstrip(b"=").decode()


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider (POST), after a page that says where to (GET)."""
    return _view(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider. Each has an address of its own, and answers only requests that were sent to it."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = Adapter(request, provider_id)
    try:
        return kind.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    except OAuth2Error as wrong:
        return get_error(request, adapter, wrong)


def get_error(request: HttpRequest, adapter: Adapter, wrong: OAuth2Error) -> HttpResponse:
    from allauth.socialaccount.helpers import render_authentication_error
    return render_authentication_error(request, adapter.get_provider(), exception=wrong)
