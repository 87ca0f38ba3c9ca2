from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "goldthread.domains.missing"
