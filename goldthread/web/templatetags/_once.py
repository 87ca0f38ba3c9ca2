"""A part of a page that is the same for all who see it with the same values, drawn once for them."""
from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django import template

register = template.Library()
KEPT = 100  # versions of one part, the least lately used forgotten


class Once(template.Node):
    """Keeps what its part came to, by the values it depends on."""

    def __init__(self, part: Any, depends: list[Any]) -> None:
        self.part, self.depends = part, depends
        self.kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()

    def render(self, context: Any) -> str:
        key = tuple(tuple(value) if isinstance(value, list) else value
                    for value in (each.resolve(context) for each in self.depends))
        drawn = self.kept.pop(key, None)
        if drawn is None:
            drawn = self.part.render(context)
        self.kept[key] = drawn
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return drawn


@register.tag
def once(parser: Any, token: Any) -> Once:
    """`{% once a b %}…{% endonce %}`: drawn again only for values of `a` and `b` not drawn for lately.

    Name everything the part says that can differ. Never put in it what belongs to one person, request or form.
    """
    depends = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not depends:
        raise template.TemplateSyntaxError("once: name what the part depends on")
    part = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(part, depends)
