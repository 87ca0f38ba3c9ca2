from django.apps import AppConfig


class PrivateFosteringConfig(AppConfig):
    name = "goldthread.domains.private_fostering"
