"""Settings of signing in: passwords, second factors, identity providers, lock-out, sessions."""
from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Sessions: signed out after so long without a request, and after so long whatever happens.
IDLE_AFTER = timedelta(minutes=int(os.environ.get("GOLDTHREAD_IDLE_MINUTES", "30")))
SESSION_LONGEST = timedelta(hours=12)

ACCOUNT_ADAPTER = "goldthread.web.account.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by its invitation
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "goldthread.web.account.forms.LoginForm",
    "reset_password": "goldthread.web.account.forms.ResetPasswordForm",
    "change_password": "goldthread.web.account.forms.ChangePasswordForm",
    "reset_password_from_key": "goldthread.web.account.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": "30/15m/ip,10/15m/key"}

MFA_ADAPTER = "goldthread.web.account.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Goldthread"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "goldthread.web.account.forms.CodeForm",
    "reauthenticate": "goldthread.web.account.forms.CodeAgainForm",
    "activate_totp": "goldthread.web.account.forms.ActivateCodesForm",
    "add_webauthn": "goldthread.web.account.forms.AddPasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "goldthread.web.account.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False

# The trap: without the callable, attempts by e-mail address are never counted (stack page, section 8).
AXES_USERNAME_CALLABLE = "goldthread.web.account.lockout.who"
AXES_CLIENT_IP_CALLABLE = "goldthread.web.account.lockout.address"
AXES_LOCKOUT_CALLABLE = "goldthread.web.account.lockout.locked"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

NEEDED = ("id", "name", "issuer", "client_id", "secret", "domains")


def identity_providers(text: str) -> list[dict[str, Any]]:
    """Identity providers of GOLDTHREAD_OIDC, a JSON list; each with id, name, issuer, client_id, secret and domains.

    `domains` are the e-mail domains the provider may vouch for, so that none can speak for another's people;
    `trust_email` says that its addresses are proven although it does not say so (Entra). Raises ImproperlyConfigured.
    """
    try:
        entries = json.loads(text or "[]")
    except json.JSONDecodeError as wrong:
        raise ImproperlyConfigured(f"GOLDTHREAD_OIDC is not JSON: {wrong}") from wrong
    apps, issuers = [], set()
    for entry in entries:
        missing = [key for key in NEEDED if not entry.get(key)]
        if missing:
            raise ImproperlyConfigured(f"GOLDTHREAD_OIDC, {entry.get('id', 'an entry')}: {', '.join(missing)} missing")
        if entry["issuer"] in issuers or entry["id"] in [app["provider_id"] for app in apps]:
            raise ImproperlyConfigured(f"GOLDTHREAD_OIDC, {entry['id']}: id or issuer is there twice")
        issuers.add(entry["issuer"])
        apps.append({
            "provider_id": entry["id"], "name": entry["name"], "client_id": entry["client_id"],
            "secret": entry["secret"],
            "settings": {"server_url": entry["issuer"].rstrip("/"), "issuer": entry["issuer"],
                         "domains": [domain.lower() for domain in entry["domains"]],
                         "trust_email": bool(entry.get("trust_email"))}})
    return apps


SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {
    "provider_class": "goldthread.web.account.oidc.Provider", "OAUTH_PKCE_ENABLED": True,
    "APPS": identity_providers(os.environ.get("GOLDTHREAD_OIDC", "")),
}}
# A form that leads to a provider is a form sent there, in the eyes of a content security policy.
IDENTITY_ORIGINS = sorted({"{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["issuer"]))
                           for app in SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]})
