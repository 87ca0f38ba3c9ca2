"""An agency accounts for how it keeps children safe: asked, written, signed, moderated, and its gaps closed."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from goldthread.borough.chance import Weighted
from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.section_11 import models as m
from goldthread.domains.section_11.framework import standards

#: How far returns have got while a round is under way, in this order over and over.
STAGES = ("sent", "assured", "closed", "answered", "gaps", "asked", "written", "signed", "challenged", "planned", "doing",
          "changes")
SCORES = Weighted((("3", 48), ("2", 36), ("1", 13), ("0", 3)))


def section_11(t: Tale) -> Iterator[Begins]:
    """One agency's return, as far as it has got."""
    stage, at, agency = str(t.fixed["stage"]), t.begins.at, t.begins.values["agency"]
    writer, senior = (t.scene.seats(role, agency.pk)[0] for role in ("agency-lead", "agency-senior"))
    office = t.begins.by
    t.begin()
    if stage == "asked":
        return iter(())
    written = t.after(at, 12, 19)
    t.did(m.Section11Return, written, writer, _answers(t, at), author="Safeguarding lead")
    if stage == "written":
        return iter(())
    if stage == "changes" or t.happens("changes", 0.25):
        t.did(m.ChangesWanted, t.after(written, 1, 2), senior)
        if stage == "changes":
            return iter(())
        written = t.after(written, 3, 4)
        t.did(m.Section11Return, written, writer, _answers(t, at), author="Safeguarding lead")
    signed = t.after(written, 1, 2.5)
    t.did(m.Section11SignOff, signed, senior, position="Senior officer")
    if stage == "signed":
        return iter(())
    sent = t.after(signed, 0.2, 1)
    t.did(m.Section11Submission, sent, writer)
    if stage != "sent":
        _moderated(t, stage, sent, writer, office)
    return iter(())


def _moderated(t: Tale, stage: str, sent: datetime, writer: Any, office: Any) -> None:
    at = t.after(sent, 1, 2)
    if stage in ("challenged", "answered") or t.happens("challenged", 0.3):
        t.did(m.Challenge, at, office, answer_by=t.after(at, 5, 5.5))
        if stage == "challenged":
            return
        at = t.after(at, 1, 3)
        t.did(m.ChallengeAnswer, at, writer)
        if stage == "answered":
            return
    at, result = t.after(at, 1, 2), "assured" if stage == "assured" else "gaps"
    gaps = [code for code, _ in standards(sent.date())][: 2 if result == "gaps" else 0]
    lines = [t.line(m.ModeratedScore, standard=code, score="1") for code in gaps]
    t.did(m.Moderation, at, office, lines, result=result)
    if stage in ("gaps", "assured"):
        return
    at = t.after(at, 1, 2)
    actions = [t.line(m.GapAction, standard=code, due=(at + timedelta(days=60)).date()) for code in gaps]
    t.did(m.GapPlan, at, writer, actions, all_done_by=at + timedelta(days=75))
    for action in actions if stage == "closed" else actions[: stage == "doing"]:
        at = t.after(at, 0.5, 1.5)
        t.did(m.ActionDone, at, writer, action=action)
    if stage == "closed":
        t.did(m.ActionsClosed, t.after(at, 1, 2), office)


def _answers(t: Tale, at: datetime) -> list[m.StandardAnswer]:
    found = []
    for code, _ in standards(at.date()):
        score = SCORES.pick(t.draw)
        found.append(t.line(m.StandardAnswer, standard=code, score=score,
                            action=t.say("standard-answer.missing") if score in "01" else ""))
    return found
