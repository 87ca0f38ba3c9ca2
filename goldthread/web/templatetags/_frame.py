"""Tags of the page's frame: colours, title, badges, forms sent twice."""
from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from goldthread.access.policy import ROLES
from goldthread.web import theme
from goldthread.web.forms.summary import problems

register = template.Library()
SUBMISSION = "submission"  # the hidden field that lets an action recognise a form sent twice


@register.simple_tag
def theme_url(partnership: Any) -> str:
    """Address of the style sheet with a partnership's colours."""
    return reverse("theme", kwargs=theme.theme_of(partnership))


@register.simple_tag(takes_context=True)
def error_prefix(context: Any) -> str:
    """"Error: " for the title of a page that shows mistakes: of `form`, of `forms`, or as `has_errors` says."""
    forms = [context.get("form"), *(context.get("forms") or ())]
    wrong = context.get("has_errors") or any(getattr(form, "is_bound", False) and form.errors for form in forms)
    return "Error: " if wrong else ""


@register.simple_tag(takes_context=True)
def submission_token(context: Any) -> SafeString:
    """A hidden field that stays the same while a form is shown again, so that sending twice records once."""
    request = context.get("request")
    token = (request.POST.get(SUBMISSION) if request else None) or str(uuid4())
    return format_html('<input type="hidden" name="{}" value="{}">', SUBMISSION, token)


@register.simple_tag
def badge(count: int | None, meaning: str) -> str:
    """A count beside a link, said in words to those who hear the page; nothing for none."""
    if not count:
        return ""
    shown, said = ("99+", "99 or more") if count > 98 else (str(count), str(count))
    return format_html('<span class="moj-notification-badge"><span aria-hidden="true">{}</span>'
                       '<span class="govuk-visually-hidden">({} {})</span></span>', shown, said, meaning)


@register.filter
def role_name(key: str) -> str:
    """A role's plain name."""
    return ROLES[key].name if key in ROLES else key.replace("-", " ").capitalize()


@register.filter
def phone_link(number: str) -> SafeString:
    """A telephone number that a telephone can dial."""
    return format_html('<a class="govuk-link govuk-link--no-visited-state gt-phone" href="tel:{}">{}</a>',
                       re.sub(r"[^\d+]", "", number), number)


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context: Any, *forms: Any, kept: str = "") -> dict[str, Any]:
    """The mistakes of the forms given (or of the page's `form`/`forms`), each linked to its field."""
    shown: list[Any] = []
    for form in forms or (context.get("form"), *(context.get("forms") or ())):
        if not any(form is each for each in shown):
            shown.append(form)
    return {"problems": problems(*shown), "kept": kept}
