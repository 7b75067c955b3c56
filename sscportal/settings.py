"""Settings, read from the environment in one place; ``docs/settings.md`` explains each for whoever runs a portal."""

import sqlite3
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

# --- What this installation is -----------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a long random string and keep it secret; "
        "'make run' and 'make dev' generate one once into var/secret_key."
    )
if "*" in ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS=* would let anybody forge this portal's address. "
        "Set ALLOWED_HOSTS to the names readers use, for example ALLOWED_HOSTS=notes.example.org."
    )

INSTALLED_APPS = [
    # Before django.contrib.admin, or its admin classes are registered too late.
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    # Before staticfiles, so that runserver serves files the way production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "sscportal.sign_in_app.SignInConfig",  # axes
    "csp",
    "import_export",
    "reversion",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    # After django_tasks_db, whose list of tasks it replaces in the admin.
    "apps.background",
    "apps.languages",
    "apps.audit",
    "apps.content",
    "apps.sources",
    "apps.publishing",
    "apps.search",
    # After the apps whose accounts, groups and devices it keeps in the admin.
    "apps.accounts",
    "apps.translations",
    "apps.drafting",
    "apps.spreadsheets",
    "apps.editorial",
    "apps.glossary",
    "apps.organisations",
    "apps.events",
    "apps.topics",
    "apps.comments",
    "apps.practice",
]

MIDDLEWARE = [
    "sscportal.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "sscportal.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Whatever adds a header to every answer stands above; from here on a middleware may answer by itself.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "sscportal.middleware.ReadableInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "apps.accounts.gate.SecondFactorGate",
    "apps.accounts.browsers.KnownBrowserMiddleware",
    "apps.audit.request_at_hand.RequestAtHandMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sscportal.urls"
WSGI_APPLICATION = "sscportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Where things are kept ---------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'sscportal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: eight writers lose 238 of 320 writes with the default and none with this.
    # WAL only from 3.51.3 on: older libraries can corrupt a WAL file that several processes reset at once.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
    # Rendered Markdown lives here: 300 entries, the default, would be a few dozen notes.
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 5000
elif CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "sscportal.cache.FailSoftRedisCache"

SESSION_ENGINE = "django.contrib.sessions.backends.db"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = not DEBUG

vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="sscportal@localhost")

# --- Work in the background --------------------------------------------------------------------------------------

# A task is a row, written in the transaction that asks for it; "manage.py work" takes it from there.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Management commands that every worker runs by the clock, with the seconds between two runs. Each must be idempotent.
PERIODIC_COMMANDS = {
    "publish_due": 60,
    "prune_db_task_results": 6 * 3600,  # tasks that ended two weeks ago
    "forget_sheets": 60,  # previews that nobody confirmed, and what a process that was killed left half done
}

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "sscportal.uploads.NamelessFileUploadHandler",
]

# How much of an uploaded sheet is read; apps/spreadsheets/files/limits.py has the finer ones.
SHEET_MAX_MEGABYTES = env.int("SHEET_MAX_MEGABYTES", default=20)
SHEET_MAX_ROWS = env.int("SHEET_MAX_ROWS", default=50_000)
SHEET_MAX_COLUMNS = env.int("SHEET_MAX_COLUMNS", default=100)

# --- Languages ---------------------------------------------------------------------------------------------------

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Kolkata"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("hi", _("Hindi"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["apps.languages.formats"]

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# A text that one language lacks is read in the other, and the page says so.
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en",), "en": ("hi",)}

# --- Safety ------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Over https (what SITE_URL says) everything that needs it is on; over plain http on one's own machine it would lock one
# out.
SERVED_SECURELY = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SERVED_SECURELY
SECURE_REDIRECT_EXEMPT = ["^health/$", "^ready/$"]  # asked by machines inside, past the proxy that speaks https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED_SECURELY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_SECURELY
SECURE_HSTS_PRELOAD = SERVED_SECURELY
SESSION_COOKIE_SECURE = SERVED_SECURELY
CSRF_COOKIE_SECURE = SERVED_SECURELY
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sscportal.pages.stale_form"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies stand in front: the sender's address is read that many places from the right of X-Forwarded-For.
PROXY_COUNT = env.int("PROXY_COUNT", default=1 if env.bool("BEHIND_PROXY", default=False) else 0)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

AUTHENTICATION_BACKENDS = [
    "apps.accounts.throttle.AccountThrottle",
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "apps.accounts.passwords.LongPassword", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Name and address together: an attacker is shut out from where they are, the editor still signs in from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "sscportal.sign_in.sender_address"
AXES_USERNAME_CALLABLE = "sscportal.sign_in.typed_name"
# A browser that the account signed in from before is counted apart: apps/accounts/throttle.py
AXES_WHITELIST_CALLABLE = "apps.accounts.throttle.is_known"
# What an authenticator app writes over the codes.
OTP_TOTP_ISSUER = "South-South Cooperation"

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"

# --- Logging: a traceback and the request's id for us, neither for the reader -----------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "sscportal.middleware.RequestIdFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"level": "WARNING"},
        # While the database is away the pool warns at each attempt; whoever needed a connection says it once.
        "psycopg.pool": {"level": "ERROR"},
    },
}
