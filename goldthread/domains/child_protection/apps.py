from django.apps import AppConfig


class ChildProtectionConfig(AppConfig):
    name = "goldthread.domains.child_protection"
