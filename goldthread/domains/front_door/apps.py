from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "goldthread.domains.front_door"
