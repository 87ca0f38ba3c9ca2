from django.apps import AppConfig


class YearlyConfig(AppConfig):
    name = "goldthread.reports.yearly"
    verbose_name = "Yearly report"

    def ready(self) -> None:
        from goldthread.process.readers import after_rewrite
        from goldthread.reports.yearly import casework, courses, scorecard  # noqa: F401  what they count is offered to reports
        from goldthread.reports.yearly.readers import follow_case
        after_rewrite.append(follow_case)
