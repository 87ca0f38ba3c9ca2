"""The one e-mail the service sends: that there is something to read. It never says about whom or what."""
from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

BODY = """{what} in Goldthread.

Sign in to read it: {link}

This e-mail never says what or whom it is about. Do not reply to it: nobody reads the answers.
To be mailed less often, sign in and choose "Notices you get".
"""


def address() -> str:
    """Where people sign in, ending in a slash: settings' PUBLIC_URL, else the first host the service answers to."""
    given = str(settings.PUBLIC_URL)
    if not given:
        scheme = "https" if settings.HTTPS else "http"
        hosts = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))] or ["localhost"]
        given = f"{scheme}://{hosts[0]}"
    return given.rstrip("/") + "/"


def compose(to: str, *, many: bool, urgent: bool, message_id: str) -> EmailMessage:
    """The message. Its Message-ID stays the same when it is sent again, so that mail systems can drop the second."""
    thing = "something urgent" if urgent else "something"
    what = f"You have {thing} to read"
    body = BODY.format(what=f"{what}, and more besides," if many else what, link=address())
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return EmailMessage(f"{what} in Goldthread", body, None, [to], headers=headers)


def new_message_id(unique: str) -> str:
    return f"<{unique}@{urlsplit(address()).hostname}>"
