"""Settings of the product: one file, typed readers, working defaults for one laptop without a network.

Everything an operator may set is an environment variable named BIHUAN_…, or DATABASE_URL for PostgreSQL.
The command line (`bihuan serve --data DIR`) sets them before Django starts.
"""

import secrets
from pathlib import Path

import environ  # type: ignore[import-untyped]  # it ships no types

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent

# --- where things are kept -------------------------------------------------------------------------------------------
DATA = Path(env.str("BIHUAN_DATA", default=str(Path.cwd() / "data"))).resolve()
VAULT = DATA / "vault"
STATIC_ROOT = DATA / "static"


def _secret_key() -> str:
    """The key written at first start; a throw-away one where there is no data folder yet (types, tests, --help)."""
    kept = DATA / "secret.key"
    return kept.read_text("ascii").strip() if kept.is_file() else secrets.token_urlsafe(50)


SECRET_KEY = env.str("BIHUAN_SECRET_KEY", default="") or _secret_key()
DEBUG = env.bool("BIHUAN_DEBUG", default=False)
ALLOWED_HOSTS = env.list("BIHUAN_HOSTS", default=["*"])
# A demo's year stands still: all its invented dates are written around this day, so its clock starts there.
DEMO = env.bool("BIHUAN_DEMO", default=False)
DEMO_DAY = "2026-03-09"
DISK_RESERVE = env.int("BIHUAN_DISK_RESERVE", default=20 * 1024 * 1024)  # bytes left free before an upload is refused

# --- the database ----------------------------------------------------------------------------------------------------
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(DATA / "bihuan.sqlite3"),
    "OPTIONS": {
        # One writer at a time from the first statement on: no "database is locked" in the middle of an action.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged survives a power cut. secure_delete: freed pages are overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    },
    "CONN_MAX_AGE": 0,
}
DATABASES = {"default": env.db("DATABASE_URL") if env.str("DATABASE_URL", default="") else _SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the rooms -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "bihuan.core",
    "bihuan.org",
    "bihuan.review",
    "bihuan.cycle",
    "bihuan.ledger",
    "bihuan.meeting",
    "bihuan.report",
    "bihuan.archive",
    "bihuan.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bihuan.core.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "bihuan.org.middleware.SeatMiddleware",
    "bihuan.core.middleware.OnceMiddleware",
    "bihuan.core.middleware.SentenceMiddleware",
    "bihuan.core.middleware.DraftMiddleware",
]
ROOT_URLCONF = "bihuan.urls"
ASGI_APPLICATION = "bihuan.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "bihuan.desk.context.page",
            ],
            "builtins": ["bihuan.core.templatetags.ui"],
        },
    }
]

# --- who comes in ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "org.Account"
LOGIN_URL = "org:login"
LOGIN_REDIRECT_URL = "desk:home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_NAME = "bihuan"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = env.int("BIHUAN_IDLE_MINUTES", default=60)
PASSWORD_DAYS = env.int("BIHUAN_PASSWORD_DAYS", default=0)  # a password older than this must be changed; 0: never
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("BIHUAN_HTTPS", default=False)
CSRF_FAILURE_VIEW = "bihuan.core.views.csrf_failed"

# --- what a page may load: itself, nothing else (R57) ----------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # has no meaning on the plain-HTTP addresses of an office network

# --- words, days, files ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a meeting of a thousand members has three fields a person
UPLOAD_LIMIT = 50 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Request lines carry codes and names of papers; only what is wrong is written down, without bodies.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
