"""Every process about children asks for the child's voice, and for the father or other adults, in what it records."""
from __future__ import annotations

import re
from dataclasses import replace

import pytest

from goldthread.process.definition import Process
from goldthread.process.registry import all_processes

VOICE = re.compile(r"\bchild\b.*\b(say|said|show|shown|want|wish|heard)\b|did the child and the family say")
FATHER = re.compile(r"\bfather\b")
# Not about a child's family, and why.
NO_VOICE = {"section-11": "is about an agency, and names no child", "yearly-report": "is about a year",
            "arrangements": "is about how agencies work together"}
NO_FATHER = {**NO_VOICE, "allegations": "is about an adult at work; the children's families have cases of their own"}


def asks(process: Process, wanted: re.Pattern[str]) -> list[str]:
    """The questions of a process's own records and their lines that ask for it."""
    found = []
    for step in process.own_steps:
        for record in (step.record, *step.lines):
            questions = (str(record._meta.get_field(name).verbose_name) for name in record.own_fields())
            found += [question for question in questions if wanted.search(question)]
    return found


@pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
def test_the_child_is_heard_and_the_whole_family_asked_for(process: Process) -> None:
    assert bool(asks(process, VOICE)) is (process.key not in NO_VOICE)
    assert bool(asks(process, FATHER)) is (process.key not in NO_FATHER)


def test_a_process_that_asks_for_neither_is_noticed() -> None:
    process = next(p for p in all_processes() if p.key == "missing")
    bare = replace(process, stages=tuple(replace(stage, steps=tuple(
        step for step in stage.steps if not asks(replace(process, stages=(replace(stage, steps=(step,)),)), VOICE)
        and not asks(replace(process, stages=(replace(stage, steps=(step,)),)), FATHER))) for stage in process.stages))
    assert bare.own_steps and not asks(bare, VOICE) and not asks(bare, FATHER)
