from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "goldthread.thread"
    verbose_name = "Findings and actions"

    def ready(self) -> None:
        from goldthread.process.readers import after_rewrite
        from goldthread.thread.readers import follow_case
        after_rewrite.append(follow_case)
