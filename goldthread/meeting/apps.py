from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "goldthread.meeting"
    verbose_name = "Meetings"

    def ready(self) -> None:
        from goldthread.meeting.readers import follow_case
        from goldthread.process.readers import after_rewrite
        after_rewrite.append(follow_case)
