"""Addresses of signing in and of one's own account. What the library offers besides is not reachable."""
from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from django.urls import path, re_path

from goldthread.web.account import accepting, oidc, pages
from goldthread.web.account.rules import own_page

enrolling = {"enrolling": True}

urlpatterns = [
    path("", pages.account, name="account"),
    path("sessions/", pages.sessions, name="sessions"),
    path("sessions/others/end", pages.end_others, name="end_other_sessions"),
    path("sessions/<int:pk>/end", pages.end_session, name="end_session"),
    path("seats/", pages.seats, name="seats"),
    path("seat", pages.choose_seat, name="choose_seat"),
    path("stay", pages.stay, name="stay_signed_in"),
    path("no-seat/", pages.no_seat, name="no_seat"),
    path("second-step/", pages.second_factor, name="second_factor"),
    path("invitation/<str:token>/", accepting.accept, name="accept_invitation"),
    path("by-invitation/", pages.by_invitation, name="account_signup"),

    path("login/", own_page(account.login, **enrolling), name="account_login"),
    path("logout/", own_page(account.logout, **enrolling), name="account_logout"),
    path("again/", own_page(account.reauthenticate, **enrolling), name="account_reauthenticate"),
    path("inactive/", own_page(account.account_inactive), name="account_inactive"),
    path("password/", pages.change_password, name="account_change_password"),
    path("password/reset/", own_page(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", own_page(account.password_reset_done), name="account_reset_password_done"),
    re_path(r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", own_page(account.password_reset_from_key),
            name="account_reset_password_from_key"),
    path("password/reset/done/", own_page(account.password_reset_from_key_done),
         name="account_reset_password_from_key_done"),

    path("second-step/code/", own_page(second.authenticate, **enrolling), name="mfa_authenticate"),
    path("second-step/again/", own_page(second.reauthenticate, **enrolling), name="mfa_reauthenticate"),
    path("second-step/ways/", own_page(second.index), name="mfa_index"),
    path("second-step/app/", own_page(codes.activate_totp, **enrolling), name="mfa_activate_totp"),
    path("second-step/app/remove/", own_page(codes.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-step/recovery/", own_page(recovery.view_recovery_codes, **enrolling), name="mfa_view_recovery_codes"),
    path("second-step/recovery/new/", own_page(recovery.generate_recovery_codes, **enrolling),
         name="mfa_generate_recovery_codes"),
    path("second-step/passkeys/", own_page(keys.list_webauthn), name="mfa_list_webauthn"),
    path("second-step/passkeys/add/", own_page(keys.add_webauthn, **enrolling), name="mfa_add_webauthn"),
    path("second-step/passkeys/again/", own_page(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("second-step/passkeys/login/", own_page(keys.login_webauthn, **enrolling), name="mfa_login_webauthn"),
    path("second-step/passkeys/<int:pk>/remove/", own_page(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("second-step/passkeys/<int:pk>/name/", own_page(keys.edit_webauthn), name="mfa_edit_webauthn"),

    path("oidc/<slug:provider_id>/", own_page(oidc.login, **enrolling), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/back/", own_page(oidc.callback, **enrolling), name="openid_connect_callback"),
    path("oidc-cancelled/", own_page(social.login_cancelled), name="socialaccount_login_cancelled"),
]
