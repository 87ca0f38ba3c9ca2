"""The decision: what happens next, for the contact and for each child, how it is counted, and why."""
from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from goldthread.access.policy import May
from goldthread.domains.front_door.identifying import people_of
from goldthread.domains.front_door.models import ChildOutcome, Decision
from goldthread.domains.front_door.outcomes import national
from goldthread.process.actions import Writing
from goldthread.process.models import Case, CasePerson, Event
from goldthread.rules.codes import choices
from goldthread.web.casework.case import opened
from goldthread.web.casework.forms import record_form, writing_of
from goldthread.web.casework.record import StepForm, correct_page, correctable, found_step, record_page
from goldthread.web.forms import fields as kit
from goldthread.web.front_door.dressing import DECIDING
from goldthread.web.middleware import needs

SAME = "The same as above"


class DecisionForm(StepForm):
    """The decision's form with one question more for each child, and the national count worked out when left empty."""

    case: Case

    def lines_asked(self) -> list[tuple[Any, Any]]:
        return []

    def form_class(self) -> type[Any]:
        today = timezone.localdate(self.request.now)
        details = choices("contact-outcome-details", today)
        made = record_form(Decision, self.request.actor, today)
        own: dict[str, Any] = {"outcome": kit.Choice(
            label="How is this counted nationally?", choices=choices("contact-outcomes", today), required=False,
            radios_up_to=0, help_text="Leave this empty to count it as proposed below for what happens next.")}
        people = people_of(self.case, children=True)
        if len(people) > 1:
            own |= {f"child_{child.pk}": kit.Choice(
                label=f"{child.name}: what happens next?", choices=details, required=False, radios_up_to=0,
                help_text=SAME + ", unless you choose otherwise") for child in people}
        form = type("DecisionForm", (_Counting, made), dict(own))
        order = [name for name in made.base_fields if name in form.base_fields]
        at = order.index("outcome") + 1
        order[at:at] = [name for name in own if name.startswith("child_")]
        form.base_fields = {name: form.base_fields[name] for name in order}
        return form

    def writing(self, sent: Any) -> Writing:
        plain = writing_of(self.step, self.form, [], sent)
        return Writing(plain.record, self._each_child(), seen=plain.seen, submission=plain.submission)

    def corrected_lines(self, old: Event) -> list[Any]:
        """What was asked of each child; of one child nothing is asked, and nothing was."""
        return self._each_child()

    def _each_child(self) -> list[ChildOutcome]:
        """Of each child for whom something else happens next than for the contact."""
        capacity = dict(CasePerson.objects.filter(case=self.case).values_list("person_id", "capacity"))
        lines = []
        for name, detail in self.form.cleaned_data.items():
            if name.startswith("child_") and detail and detail != self.form.cleaned_data["detail"]:
                person = int(name.removeprefix("child_"))
                lines.append(ChildOutcome(person_id=person, capacity=capacity[person], detail=detail,
                                          outcome=national(detail)))
        return lines


class _Counting:
    """Mixed into the form: the national code follows from what happens next, unless another is chosen."""

    cleaned_data: dict[str, Any]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if not self.cleaned_data.get("outcome"):
            self.cleaned_data["outcome"] = national(self.cleaned_data.get("detail", ""))
        return cleaned


@needs(May.MANAGE_FRONT_DOOR)
def page(request: Any, reference: str) -> HttpResponse:
    """Decide what happens next."""
    case = opened(request, reference)
    form = type("ThisDecision", (DecisionForm,), {"case": case})
    return record_page(request, case, found_step(case, Decision.step_key()), make=form, dress=DECIDING)


@needs(May.MANAGE_FRONT_DOOR)
def mend(request: Any, reference: str, event: int) -> HttpResponse:
    """Correct a decision, for the contact and for each child."""
    case, old = correctable(request, reference, event, Decision.step_key())
    children = ChildOutcome.objects.filter(event=old).values_list("person_id", "detail")
    return correct_page(request, case, old, make=type("ThisDecision", (DecisionForm,), {"case": case}),
                        initial={f"child_{person}": detail for person, detail in children})
