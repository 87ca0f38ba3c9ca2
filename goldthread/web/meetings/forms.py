"""The questions of planning and holding meetings."""
from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.access.policy import DESKS, ROLES, May, desk_token
from goldthread.meeting.models import AgendaItem, Attendance, Body
from goldthread.orgs.models import Agency, Appointment, User
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form

ALWAYS_A_LIST = -1  # its choices come with the form, so that there are none yet to count


class BodyForm(Form):
    name = kit.Text(label="What is it called?", max_length=120)
    kind = kit.Choice(label="What kind of group is it?", choices=Body.KINDS)
    purpose = kit.LongText(label="What is it for?", rows=3, required=False)
    rhythm = kit.Text(label="How often does it meet?", max_length=80, required=False)
    chair = forms.ModelChoiceField(label="Who chairs it?", queryset=Appointment.objects.none(), empty_label="Select one")
    secretary = forms.ModelChoiceField(label="Who writes its minutes?", queryset=Appointment.objects.none(), required=False,
                                       empty_label="Nobody yet", help_text="Minutes are approved by the chair, never by "
                                       "whoever wrote them")

    def __init__(self, *args: Any, actor: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        roles = [r.key for r in ROLES.values() if r.may & {May.ATTEND_MEETINGS, May.RUN_MEETINGS}]
        seats = Appointment.objects.filter(partnership=actor.partnership, role__in=roles).current(today) \
            .select_related("user", "agency").order_by("user__name", "pk")
        for name in ("chair", "secretary"):
            self.fields[name].queryset = seats


class NewBodyForm(BodyForm):
    desk = kit.Choice(label="Which desk looks after it?", help_text="Everyone at the desk may read its papers and minutes")
    field_order = ("name", "kind", "desk")

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        own = [(key, name[:1].upper() + name[1:]) for key, name in DESKS.items()
               if actor.holds(desk_token(key, actor.partnership.pk))]
        self.fields["desk"].choices = own
        if len(own) == 1:
            self.fields["desk"].initial = own[0][0]


class MemberForm(Form):
    seat = kit.Choice(label="Who sits?", radios_up_to=ALWAYS_A_LIST,
                      help_text="An agency alone means whoever answers for it; a person means that person only")
    since = kit.Date(label="From which day?")

    def __init__(self, *args: Any, seats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [("", "Select one"), *seats]


class LastDayForm(Form):
    last_day = kit.Date(label="Last day")


class QuorumForm(Form):
    agencies = forms.IntegerField(label="How many agencies must be there?", min_value=1, max_value=99,
                                  widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2",
                                                                "autocomplete": "off"}))
    words = kit.Text(label="What do its terms of reference say?", max_length=300, required=False)
    valid_from = kit.Date(label="From which day?")


class MeetingForm(Form):
    planned_at = kit.DateTime(label="When is it?")
    minutes_long = kit.Choice(label="How long will it take?", choices=[
        (str(n), f"{n // 60} hour{'s' * (n >= 120)}{' 30 minutes' * (n % 60 > 0)}".replace("0 hour ", "") if n >= 60
         else f"{n} minutes") for n in (30, 60, 90, 120, 180, 240, 360)], radios_up_to=0)
    place = kit.Text(label="Where is it?", max_length=200, required=False)
    link = kit.WebAddress(label="Link to join", required=False, max_length=200)
    plan = kit.LongText(label="What is planned for it?", rows=3, required=False,
                        help_text="For the forward plan. Name no child here")

    def clean_minutes_long(self) -> int:
        return int(self.cleaned_data["minutes_long"])


class ReasonForm(Form):
    reason = kit.LongText(label="Why?", rows=3)


class ItemForm(Form):
    """An agenda item; a case is named by its reference."""

    reveals = {"kind": {AgendaItem.CASE: ("reference",)}}
    required_when_shown = ("reference",)
    kind = kit.Choice(label="What kind of item is it?", choices=AgendaItem.KINDS)
    reference = kit.Text(label="Reference of the case", width=20, spellcheck=False,
                         help_text="Only those who may read the case and sit at this meeting see the item")
    title = kit.Text(label="What is it about?", max_length=200)
    presenter = kit.Text(label="Who brings it?", max_length=120, required=False)


class ChangeItemForm(Form):
    title = kit.Text(label="What is it about?", max_length=200)
    presenter = kit.Text(label="Who brings it?", max_length=120, required=False)


class PaperForm(Form):
    title = kit.Text(label="What is it?", max_length=200)
    upload = kit.File(label="File", accept=".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.png")


class NoteForm(Form):
    """What was said and decided."""

    said = kit.LongText(label="What was said?", rows=4, required=False, watch_words=True)
    decision = kit.LongText(label="What was decided?", rows=3, required=False, watch_words=True)


class LiveForm(NoteForm):
    """What was said and decided on an item, and one thing given to somebody."""

    what = kit.LongText(label="What is to be done?", rows=2, required=False)
    doer = kit.Choice(label="Who does it?", radios_up_to=ALWAYS_A_LIST, required=False)
    due = kit.Date(label="By when?", required=False)

    def __init__(self, *args: Any, doers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doer"].choices = [("", "Select one"), *doers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        gives = [name for name in ("what", "doer", "due") if data.get(name)]
        if gives:
            for name, words in (("what", "Say what is to be done"), ("doer", "Select who does it"),
                                ("due", "Enter the day by which it is to be done")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(words))
        return data


def here_form(agencies: list[Agency], known: dict[int, Attendance]) -> type[Form]:
    """One question a member agency: whether it is here, and by whom."""
    made: dict[str, Any] = {}
    for agency in agencies:
        row = known.get(agency.pk)
        made[f"attended_{agency.pk}"] = kit.Choice(
            label=agency.name, choices=Attendance.ATTENDED, radios_up_to=0, required=False,
            initial=row.attended if row else "")
        made[f"who_{agency.pk}"] = kit.Text(label=f"Who came for {agency.name}?", max_length=200, required=False,
                                            initial=row.who if row else "")
    return type("HereForm", (Form,), {**made, "says_optional": False})


def person_of(value: str) -> Any:
    """The person a choice of `doers` names, or None."""
    _, _, user = value.partition(":")
    return User.objects.get(pk=int(user)) if user else None
