from django.apps import AppConfig


class AllegationsConfig(AppConfig):
    name = "goldthread.domains.allegations"
