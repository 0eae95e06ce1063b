"""Django's settings. Everything that differs between installations comes from the environment."""

import os
import tempfile
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM
from zhiliu.config.oidc import company_sign_in

BASE_DIR = Path(__file__).resolve().parents[1]


def _database() -> dict[str, Any]:
    """The application role by default; the owner only for migrations (ZHILIU_ROLE=owner)."""
    name = "ZHILIU_OWNER_URL" if os.environ.get("ZHILIU_ROLE") == "owner" else "ZHILIU_APP_URL"
    parts = conninfo_to_dict(os.environ.get(name, "dbname=zhiliu"))
    options: dict[str, Any] = {
        k: v for k, v in parts.items() if k not in ("dbname", "user", "password", "host", "port")
    }
    options["options"] = (
        "-c lock_timeout=5s -c statement_timeout=60s -c timezone=UTC "
        # the prepared statements of the hot path ask by key: planning anew costs more than running
        "-c plan_cache_mode=force_generic_plan"
    )
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "allauth.headless",
    *(f"zhiliu.platform.{app}" for app in BUILT_PLATFORM),
    *(f"zhiliu.contexts.{context}" for context in BUILT_CONTEXTS),
    "zhiliu.config",
]

MIDDLEWARE = [
    "zhiliu.config.middleware.edge",
    "zhiliu.config.middleware.whole_text",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhiliu.config.sessions.session_limits",
    "allauth.account.middleware.AccountMiddleware",
    "zhiliu.config.sign_in.audit_second_factors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

_HTTPS = os.environ.get("ZHILIU_HTTPS") == "1"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # the longest a session lives, however busy
SESSION_IDLE_SECONDS = int(os.environ.get("ZHILIU_IDLE_MINUTES", "60")) * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zhiliu.config.front.csrf_failed"
if _HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Sign-in: django-allauth answers under /_allauth/browser/v1; who has an account is decided here.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "MinimumLengthValidator",  # 8
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    }
]
HEADLESS_ONLY = True
# where a return from the company's sign-in ends that belongs to no page of ours
HEADLESS_FRONTEND_URLS = {"socialaccount_login_error": "/"}
HEADLESS_CLIENTS = ("browser",)  # machines use Zhiliu's own tokens
HEADLESS_SERVE_SPECIFICATION = True
ACCOUNT_ADAPTER = "zhiliu.config.sign_in.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the session that changed it stays, all others end
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Zhiliu"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS  # browsers allow that for localhost only
SOCIALACCOUNT_ADAPTER = "zhiliu.config.company.CompanyAccounts"
COMPANY_SIGN_IN = company_sign_in(os.environ)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "zhiliu.config.company.CompanyProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [COMPANY_SIGN_IN.as_app()] if COMPANY_SIGN_IN else [],
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ZHILIU_PROXIES", "0"))
# Counts wrong passwords in each web process: N processes allow up to N times the limit.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = tempfile.gettempdir()
FILE_UPLOAD_HANDLERS = [
    "zhiliu.platform.attachments.limits.StopsEarly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
ATTACHMENT_PHOTO_MB = int(os.environ.get("ZHILIU_PHOTO_MB", "15"))
ATTACHMENT_DOCUMENT_MB = int(os.environ.get("ZHILIU_DOCUMENT_MB", "25"))
PROCRASTINATE_ON_APP_READY = "zhiliu.platform.jobs.schedule.on_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
