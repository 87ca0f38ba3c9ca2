"""Which story tells each process, and a story told with all it leads to."""
from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.borough.stories.allegations import allegations
from goldthread.borough.stories.assessment import assessment
from goldthread.borough.stories.child_in_need import child_in_need
from goldthread.borough.stories.child_protection import child_protection
from goldthread.borough.stories.exploitation import exploitation
from goldthread.borough.stories.looked_after import looked_after
from goldthread.borough.stories.missing import missing
from goldthread.borough.stories.pre_proceedings import pre_proceedings
from goldthread.borough.stories.private_fostering import private_fostering
from goldthread.borough.stories.rapid_review import rapid_review
from goldthread.borough.stories.scene import Scene
from goldthread.borough.stories.section_11 import section_11
from goldthread.borough.stories.section_47 import section_47
from goldthread.borough.stories.telling import Begins, Story, Tale
from goldthread.borough.stories.transfer import transfer

STORIES: dict[str, Story] = {
    "assessment": assessment, "section-47": section_47, "child-protection": child_protection,
    "child-in-need": child_in_need, "pre-proceedings": pre_proceedings, "transfer": transfer,
    "missing": missing, "exploitation": exploitation, "allegations": allegations, "private-fostering": private_fostering,
    "section-11": section_11, "rapid-review": rapid_review, "looked-after": looked_after,
}


def told(scene: Scene, beginnings: Iterable[Begins]) -> Iterator[Tale]:
    """Each story that has begun by now, followed by those it leads to."""
    for begins in beginnings:
        if (begins.told_at or begins.at) > scene.now:
            continue
        tale = Tale(scene, begins)
        follow = list(STORIES[begins.process](tale))
        if tale.finished():
            yield tale
            yield from told(scene, follow)
