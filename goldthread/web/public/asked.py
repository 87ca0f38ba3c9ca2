"""What people without an account are asked: fewer questions than a professional, in plainer words."""
from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.access.actor import Actor
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.rules.codes import choices
from goldthread.web.casework.forms import record_form
from goldthread.web.forms import fields as kit
from goldthread.web.forms.lines import Lines
from goldthread.web.forms.paged import Page

FIXED = {"stream": "safeguarding", "channel": "portal",
         "consent_reason": "Told to us by somebody without an account, who was not asked why"}
OF_PERSON = ("capacity", "given", "family", "born_on", "age_stated", "sex", "relationship", "setting")
MOST_PEOPLE = 12
DANGER = "danger-now"
CONSENT = [("given", "Yes, and they agree"), ("refused", "Yes, but they do not agree"), ("not-sought", "No"),
           ("dispensed", "No, and it would not be safe to tell them")]
SOURCES = {"1A": "I am family, or look after the child", "1B": "I am a neighbour, friend or childminder",
           "1C": "I am the child", "1D": "I am somebody else", "9": "I do not want to say who I am"}
NOT_OFFERED = ("10",)
PAGES = (
    (DANGER, "Is a child in danger right now?", ("immediate_danger",), ""),
    ("who", "Who are you worried about?", (), "Add every child you are worried about, and the adults you know of. "
                                             "A first name is enough. Write “not known” if you do not know it."),
    ("home", "Where do they live?", ("line1", "postcode", "address_safe"), ""),
    ("family", "Who else is in the family?", ("father", "others_at_home"), ""),
    ("worry", "What are you worried about?", ("worry", "concern", "strengths"), ""),
    ("voice", "What has the child said, or shown?", ("child_voice",), ""),
    ("knows", "Does the family know that you are telling us?", ("consent",), ""),
    ("you", "How can we reach you?", ("source", "referrer_name", "referrer_role", "referrer_phone", "referrer_email"),
     "We may ring to ask more, and to tell you what we decided. You do not have to say who you are."),
)
LABELS = {
    "immediate_danger": "Is a child in danger right now?",
    "address_safe": "Must anybody not find out where they live?",
    "father": "Who is the child's father, if you know?", "others_at_home": "Who else lives there or helps?",
    "worry": "What have you seen or heard, and when?", "concern": "Which of these is closest?",
    "strengths": "Is anything going well, or is anybody helping?",
    "referrer_role": "Your job, if this is about your work", "source": "Who are you?",
}


class _Public:
    """Mixed into the form: starts from what is not asked, and words its questions for everybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("instance", Contact(**FIXED))
        super().__init__(*args, **kwargs)


def asked_of_the_public(actor: Actor, today: date) -> tuple[list[Page], type[Any]]:
    """The pages and the form over a contact."""
    names = tuple(name for _, _, fields, _ in PAGES for name in fields)
    sources = [(code, SOURCES.get(code, words)) for code, words in choices("contact-sources", today)
               if code not in NOT_OFFERED]
    sources.sort(key=lambda each: each[0] not in SOURCES or each[0] == "9")
    own = {
        "consent": kit.Choice(label="Does the family know that you are telling us?", choices=CONSENT),
        "source": kit.Choice(label=LABELS["source"], choices=sources, radios_up_to=0)}
    made = record_form(Contact, actor, today, names)
    form = type("PublicContact", (_Public, made), {**own, "reveals": {}, "required_when_shown": ()})
    form.base_fields = {name: form.base_fields[name] for name in names}
    for name, label in LABELS.items():
        form.base_fields[name].label = label
    for name in ("father", "child_voice"):
        form.base_fields[name].help_text = ""
    people = Lines(key="contactperson", form=record_form(ContactPerson, actor, today, OF_PERSON), one="person",
                   least=1, most=MOST_PEOPLE)
    pages = [Page(key=key, title=title, fields=fields, hint=hint, lines=None if fields else people)
             for key, title, fields, hint in PAGES]
    return pages, form
