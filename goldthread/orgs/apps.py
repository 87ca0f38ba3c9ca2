from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "goldthread.orgs"
    verbose_name = "Partnerships, agencies and people"
