"""The sign-in library's forms in the design system's markup and our words."""
from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as codes
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.contrib.auth.password_validation import validate_password

from goldthread.orgs.models import User
from goldthread.web.forms.base import Form, Kit
from goldthread.web.forms.fields import Phone

PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to keep in mind."
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def _word(form: Any, **words: tuple[str, str]) -> None:
    """Give fields our labels and hints; placeholders go, since a label must stay visible."""
    for name, (label, hint) in words.items():
        form.fields[name].label, form.fields[name].help_text = label, hint
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class LoginForm(Kit, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, login=("E-mail address", ""), password=("Password", ""))
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}


class ResetPasswordForm(Kit, account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, email=("E-mail address", "The address you sign in with"))


class NewPasswordForm(Kit, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _word(self, password1=("New password", PASSWORD_HINT))


class ChangePasswordForm(Kit, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _word(self, oldpassword=("Current password", ""), password1=("New password", PASSWORD_HINT))


class CodeForm(Kit, second.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, code=("Code", "The 6 figures your app shows now, or one of your recovery codes"))
        self.fields["code"].widget.attrs |= CODE


class CodeAgainForm(Kit, second.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, code=("Code", "The 6 figures your app shows now"))
        self.fields["code"].widget.attrs |= CODE


class ActivateCodesForm(Kit, codes.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, code=("Code", "The 6 figures the app shows now"))
        self.fields["code"].widget.attrs |= CODE


class AddPasskeyForm(Kit, keys.AddWebAuthnForm):
    """A passkey that signs in by itself, unless the box is cleared for a device that cannot keep one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        _word(self, name=("Name of this passkey", "Such as “work laptop”, so that you can tell it apart"),
              passwordless=("It may sign me in by itself, without my password", ""))


class OwnDetailsForm(Form):
    name = forms.CharField(label="Full name", max_length=120)
    phone = Phone(label="Telephone", required=False, own=True)


class AcceptForm(Form):
    """A new account's name and password."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(label="Password", help_text=PASSWORD_HINT, strip=False, max_length=200,
                               widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        user = User(email=self.email, name=self.cleaned_data.get("name", ""))
        validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]
