"""Renders every Django form in the design system's markup."""
from django.forms.renderers import TemplatesSetting

from goldthread.web.forms.bound import Field


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field
