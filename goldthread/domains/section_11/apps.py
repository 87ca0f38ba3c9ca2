from django.apps import AppConfig


class Section11Config(AppConfig):
    name = "goldthread.domains.section_11"
