"""A part of a page that is the same for all who see it with the same values, drawn once for them."""
from __future__ import annotations

from collections import OrderedDict
from secrets import token_hex
from typing import Any

from django import template
from django.utils.html import escape

register = template.Library()
KEPT = 500  # versions of one part, the least lately used forgotten
_TOKEN = f"csrf-{token_hex(16)}"  # stands in a kept part where each page puts the token of its own forms


class Once(template.Node):
    """Keeps what its part came to, by the values it depends on."""

    def __init__(self, part: Any, depends: list[Any]) -> None:
        self.part, self.depends = part, depends
        self.kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()

    def render(self, context: Any) -> str:
        token = context.get("csrf_token")
        key = (token is None, *(tuple(value) if isinstance(value, list) else value
                                for value in (each.resolve(context) for each in self.depends)))
        drawn = self.kept.pop(key, None)
        if drawn is None:
            with context.push(csrf_token=None if token is None else _TOKEN):  # asking for it would set a cookie
                drawn = self.part.render(context)
        self.kept[key] = drawn
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return drawn.replace(_TOKEN, escape(token)) if _TOKEN in drawn else drawn


@register.tag
def once(parser: Any, token: Any) -> Once:
    """`{% once a b %}…{% endonce %}`: drawn again only for values of `a` and `b` not drawn for lately.

    Name everything the part says that can differ. Never put in it what belongs to one request or form; the token that a
    form carries against forgery is put in for each page.
    """
    depends = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not depends:
        raise template.TemplateSyntaxError("once: name what the part depends on")
    part = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(part, depends)
