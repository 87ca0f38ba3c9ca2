from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "goldthread.reports.budget"
    verbose_name = "Budget and contributions"
