from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "goldthread.domains.front_door"

    def ready(self) -> None:
        from goldthread.domains.front_door.kinship import follow
        from goldthread.process.settling import after_settling
        after_settling.append(follow)
