from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "goldthread.reports.budget"
    verbose_name = "Budget and contributions"

    def ready(self) -> None:
        from goldthread.reports.budget import figures  # noqa: F401  what it counts is offered to reports
