"""Who reads findings and actions: worked out, and written onto the rows whenever owner or case changes.

Learning (findings, recommendations and the actions they lead to) is read by the assurance desk. An action decided about
one case and no recommendation is that case's: the assurance desk reads it only if it reads the case. What belongs to a
case that only named people read is read by them alone.
"""
from __future__ import annotations

from typing import Any

from goldthread.access.policy import agency_token, desk_token, user_token
from goldthread.files.models import Document
from goldthread.process.models import Case
from goldthread.process.readers import narrowed
from goldthread.thread.models import Action, Evidence, Finding, Impact, Recommendation, Turn, Verdict

Readers = tuple[list[str], list[str]]
OF_ACTION: tuple[Any, ...] = (Turn, Evidence, Verdict, Impact)


def of_finding(finding: Finding) -> Readers:
    return _about(_case(finding.case_id), {desk_token("assurance", finding.partnership_id), user_token(finding.by_id)})


def of_action(action: Action) -> Readers:
    here = action.partnership_id
    tokens = {agency_token(action.agency_id, here), user_token(action.given_by_id)}
    if action.owner_id:
        tokens.add(user_token(action.owner_id))
    case = _case(case_of(action))
    if case is None or action.recommendation_id:
        tokens.add(desk_token("assurance", here))
    if case is None:
        tokens |= set(action.shared)
    return _about(case, tokens)


def case_of(action: Action) -> int | None:
    """The case an action is about, its own or its finding's."""
    if action.case_id or action.recommendation_id is None:
        return action.case_id
    return Finding.objects.values_list("case", flat=True).get(recommendations=action.recommendation_id)


def _about(case: Case | None, tokens: set[str]) -> Readers:
    if case is None:
        return sorted(tokens), []
    if narrowed(case):
        return sorted(case.readers), sorted(case.denied)
    return sorted({*tokens, *case.readers}), sorted(case.denied)


def _case(pk: int | None) -> Case | None:
    return None if pk is None else Case.with_void.get(pk=pk)


def rewrite(action: Action) -> None:
    """Write an action's readers onto it and all that hangs off it. On the system's authority, within `writing()`."""
    action.readers, action.denied = of_action(action)
    values = {"readers": action.readers, "denied": action.denied}
    Action.objects.filter(pk=action.pk).update(**values)
    for model in OF_ACTION:
        model.objects.filter(action=action.pk).update(**values)
    Document.objects.filter(pk__in=Evidence.objects.filter(action=action.pk).values("document")).update(**values)


def share(actions: Any, tokens: list[str]) -> None:
    """Let those who hold one of `tokens` read actions, in place of those before whom they were given till now."""
    for action in Action.objects.filter(pk__in=actions).exclude(shared=tokens):
        action.shared = tokens
        Action.objects.filter(pk=action.pk).update(shared=tokens)
        rewrite(action)


def follow_case(case: Case) -> None:
    """The readers of a case changed, and with them those of what was found and decided on it."""
    findings = list(Finding.objects.filter(case=case))
    for finding in findings:
        readers, denied = of_finding(finding)
        Finding.objects.filter(pk=finding.pk).update(readers=readers, denied=denied)
        Recommendation.objects.filter(finding=finding).update(readers=readers, denied=denied)
    led = Action.objects.filter(recommendation__finding__in=findings) if findings else Action.objects.none()
    for action in Action.objects.filter(case=case) | led:
        rewrite(action)
