"""What one process's own package puts in place of, or adds to, the generic pages; filled when addresses are loaded.

The generic pages read these and import no package; a package that is not installed changes nothing.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from goldthread.process import actions
from goldthread.process.models import Case, Event
from goldthread.web.components import Link

Step = tuple[str, str]  # a process's key and a step's


@dataclass(frozen=True)
class Advice:
    """Something worth doing on a case, said and never forced. `link`: where; `post`: an address one button sends to."""

    words: str
    link: Link | None = None
    post: str = ""
    button: str = ""


@dataclass(frozen=True)
class Dress:
    """What the generic form of a step has around it: a template over casework/record.html and what it needs.

    after: the address to go to when the step is recorded, given request and case; None for the case itself.
    record: the action that records it, where more is done at once than `process.actions.record` does, or later.
    """

    template: str
    context: Callable[[Any, Case], dict[str, Any]] | None = None
    after: Callable[[Any, Case], str] | None = None
    record: Callable[..., Event | None] = actions.record


SPECIAL: dict[Step, str] = {}    # address name of the page that records a step; it takes the case's reference
MENDING: dict[Step, str] = {}    # the same for correcting one; it takes the reference and the event
DRESSES: dict[Step, Dress] = {}
ADVICE: dict[str, Callable[[Any, Case], list[Advice]]] = {}            # by process
BESIDE: dict[str, Callable[[Any, Case], list[Link]]] = {}  # by process: what to look at beside a case, at a meeting too
LISTED: dict[str, tuple[tuple[str, str], ...]] = {}  # by process: what its list leads to, as (title, name of the address)
SUMMARIES: dict[str, Callable[[Any, Case], HttpResponse | None]] = {}  # by process; None: the generic one
