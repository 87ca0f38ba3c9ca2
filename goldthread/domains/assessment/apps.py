from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "goldthread.domains.assessment"
