from django.apps import AppConfig


class LookedAfterConfig(AppConfig):
    name = "goldthread.domains.looked_after"
