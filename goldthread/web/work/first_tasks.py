"""Three first tasks for each role, so that a newcomer does something real within five minutes."""
from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from goldthread.access.models import BreakGlass
from goldthread.process import registry
from goldthread.process.models import Ask, Case, Event
from goldthread.process.rights import Work
from goldthread.web.middleware import needs
from goldthread.web.models import FirstTask

PUT_AWAY = "put-away"
LOOKED_AT = 20  # cases at most, to find one that waits for somebody


@dataclass(frozen=True)
class Task:
    """One thing to do or see: its words, where it is done, and the rows that there are of a person (by their number) once
    they have done it (None: it is done once it was shown)."""

    key: str
    words: str
    where: Callable[[Any], str]
    done: Callable[[int], Any] | None = None


class page:
    """The same page for everybody."""

    def __init__(self, name: str, *args: Any, query: str = "") -> None:
        self._at, self._query = (name, args), query

    def __call__(self, actor: Any) -> str:
        return reverse(self._at[0], args=self._at[1]) + self._query


def _first_ask(step: str) -> Callable[[Any], str]:
    def where(actor: Any) -> str:
        ask = Ask.objects.filter(agency=actor.agency, step=step, answered_at=None, withdrawn_at=None).order_by("due").first()
        return reverse("ask", args=[ask.pk]) if ask else reverse("home")
    return where


def _first_case(page_name: str, *args: str, **narrowed: Any) -> Callable[[Any], str]:
    def where(actor: Any) -> str:
        case = Case.objects.filter(process_key="front-door", closed_at=None, **narrowed).order_by("next_due", "pk").first()
        return reverse(page_name, args=[case.reference, *args]) if case else reverse("front_door")
    return where


def _next(process: str, step: str, *, own: bool = False, again: bool = False) -> Callable[[Any], str]:
    """The form of a step on the first open case that waits for it from this person: one on which it was never recorded.

    own: of those given to them, whether it was recorded before or not. again: one on which others recorded it counts.
    """
    def where(actor: Any) -> str:
        wanted = registry.get(process).step(step)
        made = Event.objects.filter(case=OuterRef("pk"))
        cases = Case.objects.filter(process_key=process, closed_at=None).order_by("next_due", "pk")
        for need in wanted.needs:
            fits = made.filter(step=need.key, outcome__in=need.outcomes) if need.outcomes else made.filter(step=need.key)
            cases = cases.filter(Exists(fits))
        once = made.filter(step=step, recorded_by=actor.user) if again else made.filter(step=step)
        cases = cases.filter(allocated_to=actor.user) if own else cases.exclude(Exists(once))
        case = next((each for each in cases[:LOOKED_AT] if Work.on(each).may_record(actor, wanted)), None)
        return reverse("record", args=[case.reference, step]) if case else reverse("home")
    return where


def _mine(actor: Any) -> str:
    mine = Case.objects.filter(process_key="front-door", allocated_to=actor.user, closed_at=None)
    case = mine.order_by("next_due", "pk").first()
    return reverse("case", args=[case.reference]) if case else reverse("home")


def _own_return(actor: Any) -> str:
    case = Case.objects.filter(process_key="section-11", about_agency=actor.agency).order_by("-opened_at").first()
    return reverse("case", args=[case.reference]) if case else reverse("home")


def _report_under_way(actor: Any) -> str:
    case = Case.objects.filter(process_key="yearly-report", closed_at=None).order_by("-opened_at", "-pk").first()
    return reverse("yearly_report", args=[case.reference]) if case else reverse("reports")


def recorded(*steps: str) -> Callable[[int], Any]:
    """What the person recorded of these steps themselves."""
    return lambda user: Event.objects.filter(step__in=steps, recorded_by=user)


TELL = Task("tell", "Tell the front door about a worry", page("start", "front-door"), recorded("contact"))
ANSWER = Task("answer", "Answer a request for information", _first_ask("partner-reply"), recorded("partner-reply"))
DIRECTORY = Task("directory", "Find a safeguarding lead's number", page("directory"))
FIGURES = Task("figures", "See how the front door is doing", page("board"))
CONTRIBUTE = Task("contribute", "Write your agency's part of the yearly report", _first_ask("contribution"))
REPORT = Task("report", "Build a yearly report from spreadsheets", page("report_upload"))

TASKS: dict[str, tuple[Task, ...]] = {
    "school-lead": (Task("notice", "Read an Operation Encompass notice", _first_ask("encompass-read"),
                         recorded("encompass-read")), TELL, DIRECTORY),
    "gp": (ANSWER, TELL, DIRECTORY),
    "health-visitor": (ANSWER, TELL, DIRECTORY),
    "health-partner": (ANSWER, TELL, DIRECTORY),
    "police-partner": (ANSWER, TELL, DIRECTORY),
    "social-worker": (Task("mine", "Read a contact you were given", _mine),
                      Task("visit", "Write down a visit to a child on a plan",
                           _next("child-protection", "plan-visit", own=True), recorded("plan-visit")),
                      Task("people", "Find a child and their family", page("people"))),
    "team-manager": (Task("authorise", "Decide on an assessment", _next("assessment", "assessment-outcome"),
                          recorded("assessment-outcome")),
                     Task("give", "Give an enquiry to a social worker", _next("section-47", "enquiry-worker"),
                          recorded("enquiry-worker")),
                     Task("overdue", "See which assessments are overdue",
                          page("work_list", "assessment", query="?due=overdue"))),
    "conference-chair": (
        Task("send", "Send out what a conference decided", _next("child-protection", "conference-decisions-sent"),
             recorded("conference-decisions-sent")),
        Task("hold", "Write down what a conference decided", _next("child-protection", "initial-conference"),
             recorded("initial-conference")), DIRECTORY),
    "exploitation-lead": (
        Task("panel", "Write down what the panel decided on a child", _next("exploitation", "panel-decision"),
             recorded("panel-decision")),
        Task("episode", "Decide what follows when a child was missing", _next("missing", "episode-outcome"),
             recorded("episode-outcome")),
        Task("map", "See who and what is linked", page("link_map"))),
    "lado": (
        Task("weigh", "Decide whether an allegation meets the threshold", _next("allegations", "threshold"),
             recorded("threshold")),
        Task("answer", "Answer whoever reported an allegation", _next("allegations", "answer-to-reporter"),
             recorded("answer-to-reporter")),
        Task("overdue", "See which allegations are overdue", page("work_list", "allegations", query="?due=overdue"))),
    "agency-lead": (
        Task("asked", "Read what your agency is asked to account for", _own_return),
        Task("return", "Write your agency's section 11 return", _next("section-11", "section11-return"),
             recorded("section11-return")), CONTRIBUTE),
    "contributor": (
        CONTRIBUTE,
        Task("published", "Read what the partnership published of the year", page("publications")), DIRECTORY),
    "agency-analyst": (
        Task("return", "See which data your agency owes", page("data")),
        Task("quality", "See how good your agency's data is", page("data_quality")),
        Task("scorecard", "Read the partnership's scorecard", page("scorecard"))),
    "agency-senior": (
        Task("sign", "Sign your agency's section 11 return", _next("section-11", "section11-sign-off"),
             recorded("section11-sign-off")), FIGURES, DIRECTORY),
    "lead-partner": (
        Task("sign", "Sign a rapid review", _next("rapid-review", "partner-sign-off", again=True),
             recorded("partner-sign-off")), FIGURES, DIRECTORY),
    "case-reviewer": (
        Task("family", "Tell a family that there is a review", _next("rapid-review", "family-told"),
             recorded("family-told")),
        Task("reviews", "See which reviews are under way", page("work_list", "rapid-review")), DIRECTORY),
    "mash-worker": (
        Task("rate", "Rate a contact nobody has rated", _first_case("record", "rating", mark=""), recorded("rating")),
        Task("known", "Find out who a child is", _first_case("record", "identification", stage="Screening"),
             recorded("identification")),
        Task("ask", "Ask a partner what they know", _first_case("record", "information-request", stage="Decision"),
             recorded("information-request"))),
    "mash-manager": (
        Task("decide", "Decide on a contact", _first_case("record", "decision", stage="Decision"), recorded("decision")),
        Task("overdue", "See what is overdue", page("front_door", query="?due=overdue")), FIGURES),
    "business-manager": (REPORT, Task("owing", "See who owes what for the yearly report", _report_under_way), FIGURES),
    "analyst": (FIGURES, REPORT, Task("pairs", "Decide whether two records are of one person", page("linkage"))),
    "scrutineer": (FIGURES, DIRECTORY, Task("help", "Read what you can see here and why", page("help"))),
    "board-member": (FIGURES, DIRECTORY),
    "privacy-officer": (
        Task("alert", "Close an alert about a record opened in an emergency", page("alerts"),
             lambda user: BreakGlass.objects.filter(closed_by=user)),
        Task("looked", "See what one person looked at", page("readings")), DIRECTORY),
    "administrator": (Task("setup", "Look over the set-up of the partnership", page("setup")),
                      Task("invite", "Invite somebody", page("setup_people")), DIRECTORY),
}


def tasks_of(role: str) -> tuple[Task, ...]:
    """The first tasks of a role."""
    return TASKS.get(role, (DIRECTORY,))


def left(actor: Any, shown: Collection[str], done: Collection[str]) -> list[tuple[Task, bool]]:
    """A person's first tasks, each with whether it is done; none once they put the list away.

    shown: the keys of those they were shown. done: of those that are told by what they did, the keys of those they did.
    """
    if PUT_AWAY in shown:
        return []
    return [(task, task.key in (done if task.done else shown)) for task in tasks_of(actor.role) if _there(task, actor)]


def _there(task: Task, actor: Any) -> bool:
    """Whether the page it leads to exists; where it leads to a record, that is looked for when it is followed."""
    if not isinstance(task.where, page):
        return True
    try:
        task.where(actor)
    except NoReverseMatch:
        return False
    return True


@needs()
def show(request: Any, key: str) -> HttpResponse:
    """Go to where a first task is done, remembering that it was shown."""
    task = next((t for t in tasks_of(request.actor.role) if t.key == key), None)
    if task is None:
        raise Http404
    FirstTask.objects.get_or_create(user=request.user, key=key, defaults={"shown_at": request.now})
    return redirect(task.where(request.actor))


@needs()
def put_away(request: Any) -> HttpResponse:
    """Put the list away, or bring it back."""
    if request.method != "POST":
        raise Http404
    if request.POST.get("again"):
        FirstTask.objects.filter(user=request.user, key=PUT_AWAY).delete()
    else:
        FirstTask.objects.get_or_create(user=request.user, key=PUT_AWAY, defaults={"shown_at": request.now})
    return redirect("home")
