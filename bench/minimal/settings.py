"""Settings of the yardstick: what a new Django project has but for messages, and one template folder; database, pool and
key as the service has them, so that sessions are kept in the same table. Bare, it has no middleware and knows nobody."""
from __future__ import annotations

import os
from pathlib import Path

import environ

SECRET_KEY = os.environ["GOLDTHREAD_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "bench.minimal"]
MIDDLEWARE = [] if "BENCH_BARE" in os.environ else [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTH_USER_MODEL = "minimal.User"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"
ROOT_URLCONF = "bench.minimal.urls"
WSGI_APPLICATION = "bench.minimal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates",
              "DIRS": [Path(__file__).resolve().parent / "templates"],
              "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}]
_default = environ.Env().db_url_config(os.environ["DATABASE_OWNER_URL"])
_default["OPTIONS"] = {**_default.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
DATABASES = {"default": {**_default, "CONN_MAX_AGE": 0}}
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
