from django.apps import AppConfig


class ChildInNeedConfig(AppConfig):
    name = "goldthread.domains.child_in_need"
