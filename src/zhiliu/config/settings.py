"""Django's settings. Everything that differs between installations comes from the environment."""

import os
import tempfile
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM

BASE_DIR = Path(__file__).resolve().parents[1]


def _database() -> dict[str, Any]:
    """The application role by default; the owner only for migrations (ZHILIU_ROLE=owner)."""
    name = "ZHILIU_OWNER_URL" if os.environ.get("ZHILIU_ROLE") == "owner" else "ZHILIU_APP_URL"
    parts = conninfo_to_dict(os.environ.get(name, "dbname=zhiliu"))
    options: dict[str, Any] = {
        k: v for k, v in parts.items() if k not in ("dbname", "user", "password", "host", "port")
    }
    options["options"] = "-c lock_timeout=5s -c statement_timeout=60s -c timezone=UTC"
    pool = int(os.environ.get("ZHILIU_POOL", "0"))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "zhiliu"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
    }


DATABASES = {"default": _database()}
SECRET_KEY = os.environ.get("ZHILIU_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ZHILIU_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
ROOT_URLCONF = "zhiliu.config.urls"
WSGI_APPLICATION = "zhiliu.config.wsgi.application"
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "procrastinate.contrib.django",
    *(f"zhiliu.platform.{app}" for app in BUILT_PLATFORM),
    *(f"zhiliu.contexts.{context}" for context in BUILT_CONTEXTS),
    "zhiliu.config",
]

MIDDLEWARE = [
    "zhiliu.config.middleware.edge",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
if os.environ.get("ZHILIU_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = tempfile.gettempdir()
PROCRASTINATE_ON_APP_READY = "zhiliu.platform.jobs.schedule.on_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
