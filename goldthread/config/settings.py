"""Settings, all from the environment. `goldthread doctor` explains what is missing."""
from __future__ import annotations

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from goldthread.config import sign_in

env = environ.Env()
BASE = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("GOLDTHREAD_HOME") or BASE / ".run")
PACKAGE = Path(__file__).resolve().parents[1]

DEMO = env.bool("GOLDTHREAD_DEMO", default=False)
TESTING = "pytest" in sys.modules
DEBUG = False
# The fallback key serves only tests and the localhost demo: `doctor` is red and `serve` refuses without a real one.
INSECURE_KEY = "insecure-demo-key-never-for-real-use-0123456789abcdef"
SECRET_KEY = env("GOLDTHREAD_SECRET_KEY", default=INSECURE_KEY)
ALLOWED_HOSTS = env.list("GOLDTHREAD_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("GOLDTHREAD_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sites",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "goldthread.orgs",
    "goldthread.access",
    "goldthread.files",
    "goldthread.notify",
    "goldthread.people",
    "goldthread.dataset",
    "goldthread.linkage",
    "goldthread.measure",
    "goldthread.process",
    "goldthread.thread",
    "goldthread.reports.yearly",
    "goldthread.meeting",
    "goldthread.reports.budget",
    "goldthread.domains.front_door",
    "goldthread.domains.assessment",
    "goldthread.domains.section_47",
    "goldthread.domains.child_protection",
    "goldthread.domains.child_in_need",
    "goldthread.domains.pre_proceedings",
    "goldthread.domains.transfer",
    "goldthread.domains.private_fostering",
    "goldthread.domains.missing",
    "goldthread.domains.exploitation",
    "goldthread.domains.allegations",
    "goldthread.domains.section_11",
    "goldthread.domains.rapid_review",
    "goldthread.domains.yearly_report",
    "goldthread.domains.looked_after",
    "goldthread.exchange",
    "goldthread.jobs",
    "goldthread.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "goldthread.web.account.rules.SessionRules",
    "goldthread.web.middleware.ActorMiddleware",
]

ROOT_URLCONF = "goldthread.config.urls"
WSGI_APPLICATION = "goldthread.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "goldthread.web.forms.renderer.Renderer"

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [PACKAGE / "web" / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
            "csp.context_processors.nonce",
            "goldthread.web.context.page",
            "goldthread.web.account.context.idle",
        ],
        "builtins": ["goldthread.web.templatetags.goldthread"],
    },
}]

# Who owns the tables migrates; the service runs as a role that owns nothing and cannot step over row-level security.
APP_ROLE = "goldthread_app"
AS_OWNER = env("GOLDTHREAD_DATABASE_ROLE", default="app") == "owner" or TESTING
_url = env("DATABASE_URL", default="postgresql://goldthread_app@/goldthread")
_default = env.db_url_config((env("DATABASE_OWNER_URL", default="") if AS_OWNER else "") or _url)
DATABASES = {"default": {
    **_default,
    "ENGINE": "goldthread.access.postgres",
    "ATOMIC_REQUESTS": True,
    "CONN_MAX_AGE": 0,
    "TEST": {"NAME": f"test_goldthread_{env('GOLDTHREAD_TEST_DB', default='main')}"},
}}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 3)
if not AS_OWNER:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}

SESSION_ENGINE = "goldthread.web.account.session_store"
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "goldthread.web.account.backend.Backend",
]
PASSWORD_HASHERS = (["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else
                    ["django.contrib.auth.hashers.Argon2PasswordHasher"])
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
vars().update({name: value for name, value in vars(sign_in).items() if name.isupper()})
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SITE_ID = 1

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else
                    "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING
MEDIA_ROOT = Path(env("GOLDTHREAD_FILES", default=str(HOME / "files")))
CLAMD = env("GOLDTHREAD_CLAMD", default="none")  # unix:/path/of/socket or host:port

HTTPS = env.bool("GOLDTHREAD_HTTPS", default=not (DEMO or TESTING))
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost only
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "goldthread.web.errors.unproved"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("GOLDTHREAD_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [NONE], "script-src": [SELF, NONCE], "style-src": [SELF], "img-src": [SELF, "data:"],
    "font-src": [SELF], "connect-src": [SELF], "form-action": [SELF, *sign_in.IDENTITY_ORIGINS], "base-uri": [NONE],
    "frame-ancestors": [NONE], "manifest-src": [SELF],
}}

EMAIL_CONFIG = env.email_url("GOLDTHREAD_MAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("GOLDTHREAD_MAIL_FROM", default="goldthread@example.org")
PUBLIC_URL = env("GOLDTHREAD_URL", default="")  # where people sign in; else made from the first host

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
ANCHOR_FILE = Path(env("GOLDTHREAD_ANCHOR", default=str(HOME / "audit-anchor.txt")))
LOGGING = {
    "version": 1, "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # it warns of each rule of a style sheet that is for screens alone
    "loggers": {"weasyprint": {"level": "ERROR"}},
}
