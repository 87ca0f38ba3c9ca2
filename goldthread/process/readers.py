"""Who may read each row of a case: worked out from standings, restriction and denials, and written onto the rows."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.apps import apps
from django.db import connection
from django.db.models import Model

from goldthread.access import policy
from goldthread.access.policy import agency_token, desk_token, team_token, user_token
from goldthread.people.actions.readers import set_readers
from goldthread.people.models import Person
from goldthread.process import registry
from goldthread.process.definition import Standing, Step
from goldthread.process.models import Ask, Case, CasePerson, Event, StepLine, StepRecord

after_rewrite: list[Callable[[Case], None]] = []  # called when the readers of a case were rewritten, by rooms above


def tokens_of(case: Case, standings: Iterable[Standing], *, author: int | None = None,
              asked: Iterable[int] = ()) -> set[str]:
    """The tokens of those who stand so to a case. `author` and `asked` are ids of agencies."""
    partnership, found = case.partnership_id, set()
    for standing in standings:
        if standing is Standing.DESK:
            found.add(desk_token(case.at_desk, partnership))
            if case.allocated_to_id:
                found.add(user_token(case.allocated_to_id))
        elif standing is Standing.ALLOCATED and case.allocated_to_id:
            found.add(user_token(case.allocated_to_id))
        elif offered := offered_token(case, standing):
            found |= offered
        elif standing is Standing.STARTER:
            found |= starter_tokens(case)
        elif standing is Standing.ABOUT and case.about_agency_id:
            found.add(agency_token(case.about_agency_id, partnership))
        elif standing is Standing.AUTHOR and author:
            found.add(asked_token(case, author))
        elif standing is Standing.ASKED:
            found |= {asked_token(case, agency) for agency in asked}
    return found


def offered_token(case: Case, standing: Standing) -> set[str]:
    """Who is asked to take the case over: a team where one is named, and nobody else of its desk; else the desk. None of
    whoever stands to it otherwise.
    """
    if standing is Standing.OFFERED_TEAM:
        return {team_token(case.offered_team_id, case.partnership_id)} if case.offered_team_id else set()
    whole = standing is Standing.OFFERED and case.offered_to and not case.offered_team_id
    return {desk_token(case.offered_to, case.partnership_id)} if whole else set()


def asked_token(case: Case, agency: int) -> str:
    """Who at an agency asked reads what it is asked."""
    return policy.asked_token(case.process.asked, agency, case.partnership_id)


def starter_tokens(case: Case) -> set[str]:
    """The agency that started the case; of a process for its sender only, the person who sent it."""
    if not case.process.sender_only:
        return {agency_token(case.started_by_id, case.partnership_id)}
    sent_by = sender(case)
    return {user_token(sent_by)} if sent_by else set()


def sender(case: Case) -> int | None:
    """Who recorded the first step, as far as the acting person may see it; None before it is recorded."""
    if "sent_by" in case.__dict__:  # a case loaded with many, which has no rows yet
        return int(case.__dict__["sent_by"])
    first = case.events.filter(step=case.process.first.key).order_by("pk")
    return first.values_list("recorded_by_id", flat=True).first()


def of_case(case: Case) -> list[str]:
    return _narrowed(case, tokens_of(case, (Standing.DESK, Standing.OFFERED, Standing.OFFERED_TEAM,
                                       *case.process.shares_case_with)))


def of_desk(case: Case) -> list[str]:
    """Rows only the desk and the allocated worker read."""
    return _narrowed(case, tokens_of(case, (Standing.DESK,)))


def of_event(case: Case, step: Step, *, author: int, asked: Iterable[int] = (),
             parties: Iterable[int] | None = None, writer: int | None = None) -> list[str]:
    """Who reads one record. Those it asks keep it, even when the case is then restricted: it is what they were asked.

    Its author's agency reads it as one that sent the case in or was asked (`parties`: those asked before it; looked up
    when not given). What the desk writes itself is not for the whole council it sits in. writer: the person who
    wrote it, who reads it again where a process is for its sender only.
    """
    kept = {asked_token(case, agency) for agency in asked} if step.asks else set()
    if parties is None:
        parties = case.asks.values_list("agency_id", flat=True) if Standing.AUTHOR in step.audience else ()
    tokens = tokens_of(case, step.audience, author=outside(case, author, parties), asked=asked) | own(case, step, writer)
    return sorted(kept.union(_narrowed(case, tokens)))


def own(case: Case, step: Step, writer: int | None) -> set[str]:
    """The sender's own token on what they wrote themselves, where the rest of their agency reads nothing."""
    mine = case.process.sender_only and Standing.AUTHOR in step.audience and writer and writer == sender(case)
    return {user_token(writer)} if mine and writer else set()


def outside(case: Case, author: int, parties: Iterable[int]) -> int | None:
    """The author's agency if it sent the case in or was asked; None for the desk itself."""
    starter = None if case.process.sender_only else case.started_by_id
    return author if author in (starter, case.about_agency_id) or author in parties else None


def of_ask(case: Case, agency: int) -> list[str]:
    """An agency asked keeps sight of what it was asked, even when the case is then restricted."""
    return sorted({*of_desk(case), asked_token(case, agency)})


def denied(case: Case) -> list[str]:
    """The people of staff kept from anyone this case is about."""
    barred = Person.objects.filter(in_cases__case=case).values_list("denied", flat=True)
    return sorted({token for tokens in barred for token in tokens})


def _narrowed(case: Case, tokens: set[str]) -> list[str]:
    """Of a restricted case, or one about restricted people, only those named for each of them read anything."""
    named = [set(case.named)] if case.restricted else []
    restricted = Person.objects.filter(in_cases__case=case, restricted=True).values_list("readers", flat=True)
    named += [set(readers) for readers in restricted]
    return sorted({*(set.intersection(*named) if named else tokens), *case.opened_to})


def narrowed(case: Case) -> bool:
    """Whether only those named read this case: it is restricted, or about somebody who is. On the system's authority."""
    return case.restricted or Person.objects.filter(in_cases__case=case, restricted=True).exists()


def rewrite(case: Case) -> None:
    """Write the readers of a case onto it and every row that hangs off it. Called on the system's authority."""
    barred = denied(case)
    Case.objects.filter(pk=case.pk).update(readers=of_case(case), denied=barred)
    case.readers, case.denied = of_case(case), barred
    case.casepersons.update(readers=of_desk(case), denied=barred)
    asked: dict[int, list[int]] = {}
    asks = {ask.pk: ask for ask in case.asks.all()}
    for ask in asks.values():
        asked.setdefault(ask.event_id, []).append(ask.agency_id)
        Ask.objects.filter(pk=ask.pk).update(readers=of_ask(case, ask.agency_id), denied=barred)
        ask.clocks.update(readers=of_ask(case, ask.agency_id), denied=barred)
    case.clockrows.filter(ask=None).update(readers=of_case(case), denied=barred)
    events = list(case.events.all())
    for event in events:
        step = case.process.step(event.step)
        author = asks[event.ask_id].agency_id if event.ask_id else event.agency_id
        parties = {ask.agency_id for ask in asks.values() if ask.event_id < event.pk}
        readers = of_event(case, step, author=author, asked=asked.get(event.pk, ()), parties=parties,
                           writer=event.recorded_by_id)
        if (event.readers, event.denied) != (readers, barred):
            Event.objects.filter(pk=event.pk).update(readers=readers, denied=barred)
            _follow(case, step, event.pk)
    for follow in after_rewrite:
        follow(case)


def _follow(case: Case, step: Step, event: int) -> None:
    """A record's rows are read by whoever reads its event; an asked agency's line by that agency only."""
    with connection.cursor() as cursor:
        for model in (step.record, *step.lines):
            table = model._meta.db_table  # type: ignore[attr-defined]
            own = getattr(model, "seen_by_its_agency", False)
            if own:
                cursor.execute(f"""update {table} t set denied = e.denied, readers = coalesce((select a.readers
                    from process_ask a where a.event_id = e.id and a.agency_id = t.agency_id), e.readers)
                    from process_event e where e.id = %s and t.event_id = e.id""", [event])
            else:
                cursor.execute(f"""update {table} t set readers = e.readers, denied = e.denied
                    from process_event e where e.id = %s and t.event_id = e.id""", [event])
        for name in getattr(step.record, "carries", ()):
            cursor.execute(f"""update files_document d set readers = t.readers, denied = t.denied
                from {step.record._meta.db_table} t where t.event_id = %s and d.id = t.{name}_id""",  # type: ignore[attr-defined]
                           [event])


def follow_people(people: frozenset[int]) -> None:
    """Who reads these people changed, so who reads their cases does. Called within the action that changed it."""
    for case in Case.objects.filter(casepersons__person__in=people).distinct():
        rewrite(case)


def follow_work(people: Iterable[int]) -> None:
    """Let those who work with these people read them: each desk that has or had a case of theirs, and, while it is open,
    the worker it is allocated to. A restricted case lets nobody in. On the system's authority, within `writing()`.
    """
    desks: dict[int, set[str]] = defaultdict(set)
    workers: dict[int, set[str]] = defaultdict(set)
    rows = CasePerson.objects.filter(person__in=set(people), case__restricted=False, case__voided_at=None).values_list(
        "person_id", "partnership_id", "case__process_key", "case__allocated_to_id", "case__closed_at", "case__desk")
    for person, partnership, process, worker, closed, desk in rows:
        desks[person] |= {desk_token(each, partnership) for each in (registry.get(process).desk, desk) if each}
        if worker and closed is None:
            workers[person].add(user_token(worker))
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, known in Person.objects.filter(pk__in=set(people)).values_list("pk", "open_readers"):
        wanted = {token for token in known if not token.startswith("user:")} | desks[pk] | workers[pk]
        if wanted != set(known):
            alike[tuple(sorted(wanted))].append(pk)
    for tokens, those in alike.items():
        set_readers(those, readers=tokens)


def casework_tables() -> list[type[Model]]:
    """Every typed table of steps and lines."""
    return [m for m in apps.get_models() if issubclass(m, StepRecord | StepLine)]
