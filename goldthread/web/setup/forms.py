"""The questions of setting up."""
from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import ROLES
from goldthread.orgs.models import Agency, Appointment
from goldthread.rules.codes import choices
from goldthread.rules.limits import all_limits
from goldthread.web.account.forms import AcceptForm
from goldthread.web.forms.base import Form

DAY = forms.DateInput(attrs={"type": "date"})


def try_action(form: forms.Form, action: Any, **arguments: Any) -> Any:
    """What an action returns; or None, with what it found wrong put at the form's fields."""
    try:
        return action(**arguments)
    except ValidationError as wrong:
        named = wrong.message_dict if hasattr(wrong, "error_dict") else {NON_FIELD_ERRORS: wrong.messages}
        for field, words in named.items():
            form.add_error(field if field in form.fields else None, words)
    except Refused as why:
        form.add_error(None, str(why))
    return None


class ThemeForm(Form):
    name = forms.CharField(label="Name of the partnership", max_length=200)
    short_name = forms.CharField(label="Short name", max_length=40, help_text="Used in e-mails and lists")
    area = forms.CharField(label="Area covered", max_length=200, help_text="Such as the name of the council's area")
    colour = forms.CharField(label="Main colour", max_length=7, help_text="For the header and links, such as #1d4f6e. "
                             "White text on it must be easy to read")
    accent = forms.CharField(label="Second colour", max_length=7, help_text="For lines and marks, such as #7a3e65")


class ContactsForm(Form):
    front_door_phone = forms.CharField(label="Front door telephone", max_length=40)
    out_of_hours_phone = forms.CharField(label="Out-of-hours telephone", max_length=40)
    front_door_email = forms.EmailField(label="Front door e-mail")
    opens = forms.TimeField(label="Front door opens", help_text="Such as 09:00. Working hours count from then",
                            widget=forms.TimeInput(format="%H:%M"))
    closes = forms.TimeField(label="Front door closes", widget=forms.TimeInput(format="%H:%M"))


class ThresholdForm(Form):
    threshold_document = forms.URLField(label="Where your threshold document is published", assume_scheme="https",
                                        max_length=200, help_text="Its web address")


class AgencyForm(Form):
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind")
    code = forms.CharField(label="National code", max_length=20, required=False, help_text="Such as URN or ODS")
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail for notices", required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    lead_name = forms.CharField(label="Safeguarding lead", max_length=120, required=False)
    lead_phone = forms.CharField(label="Lead's telephone", max_length=40, required=False)
    statutory_partner = forms.BooleanField(label="One of the three safeguarding partners", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["kind"].choices = [("", "Choose"), *choices("agency-kinds", today)]


class LeadForm(Form):
    lead_name = forms.CharField(label="Safeguarding lead", max_length=120, required=False)
    lead_phone = forms.CharField(label="Lead's telephone", max_length=40, required=False)
    statutory_partner = forms.BooleanField(label="One of the three safeguarding partners", required=False)


class InviteForm(Form):
    email = forms.EmailField(label="E-mail address")
    name = forms.CharField(label="Full name", max_length=120, required=False)
    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none())
    role = forms.ChoiceField(label="Role", choices=[("", "Choose"), *((key, role.name) for key, role in ROLES.items())])
    title = forms.CharField(label="Job title", max_length=120, required=False)
    ends = forms.DateField(label="Last day", required=False, widget=DAY, help_text="Leave empty if there is none")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(
            participations__partnership=actor.partnership).order_by("name")


class EndForm(Form):
    last_day = forms.DateField(label="Last day", widget=DAY,
                               help_text="A day before today takes the seat away at once")


class CoverForm(Form):
    covered_by = forms.ModelChoiceField(label="Who covers", queryset=Appointment.objects.none(), required=False,
                                        empty_label="Nobody")
    cover_until = forms.DateField(label="Until", required=False, widget=DAY)

    def __init__(self, *args: Any, seat: Appointment, now: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covered_by"].queryset = Appointment.objects.filter(
            partnership=seat.partnership_id, agency=seat.agency_id).exclude(user=seat.user_id).current(now) \
            .select_related("user", "agency").order_by("user__name")


class LimitForm(Form):
    key = forms.ChoiceField(label="Which time limit")
    span = forms.CharField(label="Time allowed", max_length=40, help_text="Such as 4 working hours or 3 working days")
    source = forms.CharField(label="Who decided this, and where it is written down", max_length=200)
    valid_from = forms.DateField(label="From which day", widget=DAY)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        own = [(each.key, f"{each.name} (usually {each.span})") for each in all_limits(today) if each.local]
        self.fields["key"].choices = [("", "Choose"), *own]


class ClosedDayForm(Form):
    on = forms.DateField(label="Day", widget=DAY)
    why = forms.CharField(label="Why", max_length=100)


class FileForm(Form):
    file = forms.FileField(label="CSV file")


class FirstForm(AcceptForm):
    """The first partnership and its first administrator."""

    email = forms.EmailField(label="Your e-mail address")
    partnership = forms.CharField(label="Name of the partnership", max_length=200)
    short_name = forms.CharField(label="Short name of the partnership", max_length=40)
    agency = forms.CharField(label="Who you work for", max_length=200, help_text="Such as the council or the business unit")
    kind = forms.ChoiceField(label="What kind of agency that is")
    field_order = ("partnership", "short_name", "agency", "kind", "name", "email", "password")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, email="", today=today, **kwargs)
        self.fields["kind"].choices = [("", "Choose"), *choices("agency-kinds", today)]
