"""Template tags of every page, ready without `{% load %}`; docs/interface-kit.md shows each with an example."""
from django import template

from goldthread.web.templatetags import _frame, _once, _pieces, _words

register = template.Library()
for part in (_frame, _once, _words, _pieces):
    register.tags |= part.register.tags
    register.filters |= part.register.filters
