"""What we ask of the sign-in library: nobody signs up, nobody is told who has an account, secrets are encrypted."""
from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from goldthread.access.organisation import invitations
from goldthread.orgs.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ENROLLING = "enrolling"  # key of the session: when the page that asks for a second factor was shown
ENROLLING_LASTS = 900  # seconds
WRONG = "The e-mail address or the password is not right. Check both and try again."


def has_second_factor(user: Any) -> bool:
    """Whether a code or a passkey is set up; recovery codes alone do not count."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": "Too many tries. Wait 15 minutes, then try again.",
        "incorrect_password": "This is not your password. Try again.",
        "enter_current_password": "This is not your current password. Try again.",
        "incorrect_code": "This code is not right. Codes change every 30 seconds: enter the one shown now.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """As the library does, but a closed account is answered like a wrong password."""
        self.pre_authenticate(request, **credentials)
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            self.authentication_failed(request, **credentials)
        else:
            self._rollback_login_failed_rl_usage()
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not while the first second factor is set up, which follows a sign-in at once and is all one can do then."""
        user, begun = self.request.user, self.request.session.get(ENROLLING, 0)
        if app == "allauth.mfa" and user.is_authenticated and (
                not has_second_factor(user) or time.time() - begun < ENROLLING_LASTS):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any,
                    **kwargs: Any) -> None:
        """Signing in and out needs no banner; everything else is said."""
        if message_template and message_template.endswith(("logged_in.txt", "logged_out.txt")):
            return
        super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "rate_limited": AccountAdapter.error_messages["rate_limited"],
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "My passkey" if number == 0 else f"Passkey {number + 1}"

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Sign-in by an identity provider: for people with an account or an invitation, and for nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False  # done below, with more questions asked

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person. A provider's subject, once seen, stands for one account; an address only introduces it."""
        if sociallogin.state.get("process", "login") != "login":
            raise ImmediateHttpResponse(_refused(request))
        if not sociallogin.is_existing:
            user = self._introduced(sociallogin)
            if user is None:
                raise ImmediateHttpResponse(_refused(request))
            sociallogin.connect(request, user)
        if not sociallogin.user.is_active:
            raise ImmediateHttpResponse(_refused(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
                                extra_context: Any = None) -> None:
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html",
                                           {"provider": provider}, status=401))

    def _introduced(self, sociallogin: Any) -> User | None:
        proven = [each.email for each in sociallogin.email_addresses if each.verified]
        if not proven:
            return None
        name = sociallogin.account.get_provider_account().get_user_data().get("name", "")
        user = User.objects.filter(email__iexact=proven[0], is_active=True).first()
        user = user or invitations.accept_by_identity(proven[0], name, now=timezone.now())
        if user is None:
            return None
        # An address handed on to a successor must not open the account of the one before.
        taken = SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists()
        return None if taken else user


def _refused(request: HttpRequest) -> Any:
    return render(request, "socialaccount/not_invited.html", status=403)
