"""The mail server, and what its answers mean for one mail."""
from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage, get_connection

TIMEOUT_SECONDS = 20


class Unreachable(Exception):
    """There is no mail server to speak to just now. Nothing was handed over."""


class Refused(Exception):
    """This mail will never be taken, such as for an address that does not exist."""


class PutOff(Exception):
    """This mail was not taken now but may be later. `ends_run`: nor will any other be."""

    def __init__(self, why: str, *, ends_run: bool) -> None:
        super().__init__(why)
        self.ends_run = ends_run


class Doubtful(Exception):
    """The line broke while the text was handed over: the mail may or may not have been taken."""


class MailServer:
    """One connection for many mails, through whichever mail backend the settings name."""

    def __init__(self) -> None:
        self._backend: Any = get_connection(timeout=TIMEOUT_SECONDS)
        self._handing_over = False

    def __enter__(self) -> MailServer:
        """Raises Unreachable."""
        try:
            self._backend.open()
        except smtplib.SMTPResponseException as answer:
            raise Unreachable(f"The mail server answered {answer.smtp_code} to the sign-in") from answer
        except OSError as error:
            raise Unreachable(f"The mail server does not answer ({type(error).__name__})") from error
        self._note_when_text_is_handed_over()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._backend.close()

    def hand_over(self, mail: EmailMessage) -> None:
        """Returns when the server has taken the mail. Raises Refused, PutOff or Doubtful; none names anybody."""
        self._handing_over = False
        try:
            self._backend.send_messages([mail])
        except smtplib.SMTPSenderRefused as answer:  # our own address: a setting is wrong, not this mail
            raise PutOff(f"The mail server answered {answer.smtp_code} to the sender", ends_run=True) from answer
        except smtplib.SMTPRecipientsRefused as answers:
            raise _meaning(min(code for code, _ in answers.recipients.values()), "recipient") from answers
        except smtplib.SMTPResponseException as answer:
            raise _meaning(answer.smtp_code, "text") from answer
        except OSError as error:
            if self._handing_over:
                raise Doubtful(f"The line broke while the text was sent ({type(error).__name__})") from error
            raise PutOff(f"The line broke before the text was sent ({type(error).__name__})", ends_run=True) from error

    def _note_when_text_is_handed_over(self) -> None:
        smtp = getattr(self._backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            hand_over = smtp.data

            def data(text: Any) -> Any:
                self._handing_over = True
                return hand_over(text)
            vars(smtp)["data"] = data


def _meaning(code: int, what: str) -> Exception:
    words = f"The mail server answered {code} to the {what}"
    if code >= 500:
        return Refused(words)
    return PutOff(words, ends_run=code == 421)
