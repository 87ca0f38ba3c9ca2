from django.apps import AppConfig


class RapidReviewConfig(AppConfig):
    name = "goldthread.domains.rapid_review"
