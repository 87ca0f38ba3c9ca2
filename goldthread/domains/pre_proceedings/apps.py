from django.apps import AppConfig


class PreProceedingsConfig(AppConfig):
    name = "goldthread.domains.pre_proceedings"
