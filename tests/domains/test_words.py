"""What the lists of a form are called: in words of ours, never the plural that a computer makes."""
from __future__ import annotations

import re

from goldthread.domains.section_47.models import InvitedAgency
from goldthread.process.registry import all_processes
from goldthread.web.casework.forms import line_words

MADE_UP = re.compile(r"agencys|persons|froms|childs\b")


def test_no_list_is_called_by_a_plural_that_is_no_word() -> None:
    lines = {line for process in all_processes() for step in process.steps for line in step.lines}
    typed = {line for line in lines if line.__name__ != "IdentifiedPerson"}  # has a page of its own
    assert len(typed) > 40
    assert [line.__name__ for line in typed if MADE_UP.search(line_words(line)[1])] == []


def test_the_check_sees_what_a_computer_would_make() -> None:
    assert MADE_UP.search(str(InvitedAgency._meta.verbose_name_plural))
