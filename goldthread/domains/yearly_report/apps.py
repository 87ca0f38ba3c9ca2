from django.apps import AppConfig


class YearlyReportConfig(AppConfig):
    name = "goldthread.domains.yearly_report"

    def ready(self) -> None:
        from goldthread.domains.yearly_report import documents
        from goldthread.reports.yearly import figures
        from goldthread.reports.yearly.actions import common
        figures.contributions.append(documents.contributions)
        common.closed_because.append(documents.signed_already)
        common.before_publishing.append(documents.insist_ready)
