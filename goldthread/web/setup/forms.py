"""The questions of setting up."""
from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import GIVEN
from goldthread.orgs.models import Agency, Appointment, Team, User
from goldthread.rules.codes import choices
from goldthread.rules.limits import all_limits
from goldthread.web.account.forms import AcceptForm
from goldthread.web.forms.base import Form
from goldthread.web.forms.date_fields import Date, Time
from goldthread.web.forms.fields import Choices, Email, File, LongText, Phone, Postcode, WebAddress


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
    front_door_phone = Phone(label="Front door telephone")
    out_of_hours_phone = Phone(label="Out-of-hours telephone")
    front_door_email = Email(label="Front door e-mail")
    opens = Time(label="Front door opens", help_text="Such as 9am. Working hours count from then")
    closes = Time(label="Front door closes")


class ThresholdForm(Form):
    threshold_document = WebAddress(label="Where your threshold document is published", max_length=200,
                                    help_text="Its web address")


class DistrictsForm(Form):
    districts = LongText(label="Which postcode districts are your area?", rows=4, required=False,
                         help_text="The first halves of its postcodes, such as N1, N4 and EC1A. Leave out one you share "
                                   "with a neighbour, if most of it is theirs")


class AgencyForm(Form):
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind")
    code = forms.CharField(label="National code", max_length=20, required=False, help_text="Such as URN or ODS")
    phone = Phone(label="Telephone", required=False)
    email = Email(label="E-mail for notices", required=False)
    postcode = Postcode(label="Postcode", required=False)
    lead_name = forms.CharField(label="Safeguarding lead", max_length=120, required=False)
    lead_phone = Phone(label="Lead's telephone", required=False)
    statutory_partner = forms.BooleanField(label="One of the three safeguarding partners", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["kind"].choices = [("", "Choose"), *choices("agency-kinds", today)]


class LeadForm(Form):
    lead_name = forms.CharField(label="Safeguarding lead", max_length=120, required=False)
    lead_phone = Phone(label="Lead's telephone", required=False)
    statutory_partner = forms.BooleanField(label="One of the three safeguarding partners", required=False)


class PartnershipForm(Form):
    name = forms.CharField(label="Name of the partnership", max_length=200)
    short_name = forms.CharField(label="Short name", max_length=40, help_text="Used in e-mails and lists")
    agency = forms.ModelChoiceField(label="Which agency you work for there", queryset=Agency.objects.none(),
                                    help_text="It takes part in both partnerships")

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["agency"].queryset = Agency.objects.taking_part(actor.partnership, today)


class HelperForm(Form):
    user = forms.ModelChoiceField(label="Who", queryset=User.objects.none(), empty_label="Choose")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class SharedForm(Form):
    agencies = Choices(label="Which of them work with this partnership too?", choices=())

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(each.pk): each for each in offered}
        self.fields["agencies"].choices = [(pk, each.name) for pk, each in self.offered.items()]

    def clean_agencies(self) -> list[Agency]:
        return [self.offered[pk] for pk in self.cleaned_data["agencies"]]


class WordForm(Form):
    short = forms.CharField(label="Word or abbreviation", max_length=40, help_text="As people write it, such as MASH")
    full = forms.CharField(label="What it stands for", max_length=200)
    meaning = forms.CharField(label="What that means, in a sentence", max_length=500)
    source = forms.CharField(label="Who says so, and where it is written down", max_length=200)
    valid_from = Date(label="From which day")


class LogoForm(Form):
    logo = File(label="Picture", accept=".png,.jpg,.jpeg,image/png,image/jpeg",
                help_text="PNG or JPEG, 32 to 2,000 pixels each way, at most 200 kB. It is shown 40 pixels high")


class TeamForm(Form):
    name = forms.CharField(label="Name of the team", max_length=120)
    phone = Phone(label="Telephone", required=False)


class LastDayForm(Form):
    last_day = Date(label="Last day")


class PlaceForm(Form):
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.none(), required=False, empty_label="No team")

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams


class InviteForm(Form):
    email = Email(label="E-mail address")
    name = forms.CharField(label="Full name", max_length=120, required=False)
    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none())
    role = forms.ChoiceField(label="Role", choices=[("", "Choose"), *((key, role.name) for key, role in GIVEN.items())])
    title = forms.CharField(label="Job title", max_length=120, required=False)
    ends = Date(label="Last day", required=False, help_text="Leave empty if there is none")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(
            participations__partnership=actor.partnership).order_by("name")


class EndForm(Form):
    last_day = Date(label="Last day", help_text="A day before today takes the seat away at once")


class CoverForm(Form):
    covered_by = forms.ModelChoiceField(label="Who covers", queryset=Appointment.objects.none(), required=False,
                                        empty_label="Nobody")
    cover_until = Date(label="Until", required=False)

    def __init__(self, *args: Any, seat: Appointment, now: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covered_by"].queryset = Appointment.objects.filter(
            partnership=seat.partnership_id, agency=seat.agency_id).exclude(user=seat.user_id).current(now) \
            .select_related("user", "agency").order_by("user__name")


class LimitForm(Form):
    key = forms.ChoiceField(label="Which time limit")
    span = forms.CharField(label="Time allowed", max_length=40, help_text="Such as 4 working hours or 3 working days")
    source = forms.CharField(label="Who decided this, and where it is written down", max_length=200)
    valid_from = Date(label="From which day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        own = [(each.key, f"{each.name} ({'elsewhere' if each.by_choice else 'usually'} {each.span})")
               for each in all_limits(today) if each.local]
        self.fields["key"].choices = [("", "Choose"), *own]


class ClosedDayForm(Form):
    on = Date(label="Day")
    why = forms.CharField(label="Why", max_length=100)


class FileForm(Form):
    file = File(label="CSV file", accept=".csv,text/csv")


class FirstForm(AcceptForm):
    """The first partnership and its first administrator."""

    email = Email(label="Your e-mail address")
    partnership = forms.CharField(label="Name of the partnership", max_length=200)
    short_name = forms.CharField(label="Short name of the partnership", max_length=40)
    agency = forms.CharField(label="Who you work for", max_length=200, help_text="Such as the council or the business unit")
    kind = forms.ChoiceField(label="What kind of agency that is")
    field_order = ("partnership", "short_name", "agency", "kind", "name", "email", "password")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, email="", today=today, **kwargs)
        self.fields["kind"].choices = [("", "Choose"), *choices("agency-kinds", today)]
