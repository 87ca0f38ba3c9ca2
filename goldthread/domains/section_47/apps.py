from django.apps import AppConfig


class Section47Config(AppConfig):
    name = "goldthread.domains.section_47"
