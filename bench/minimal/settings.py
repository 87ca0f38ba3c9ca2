"""Settings of the yardstick: no middleware, no session, one template folder; database and pool as the service has them."""
from __future__ import annotations

import os
from pathlib import Path

import environ

SECRET_KEY = os.environ["GOLDTHREAD_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["bench.minimal"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.minimal.urls"
WSGI_APPLICATION = "bench.minimal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates",
              "DIRS": [Path(__file__).resolve().parent / "templates"]}]
_default = environ.Env().db_url_config(os.environ["DATABASE_OWNER_URL"])
_default["OPTIONS"] = {**_default.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
DATABASES = {"default": {**_default, "CONN_MAX_AGE": 0}}
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
