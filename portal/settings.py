"""Settings, from the environment. `PORTAL_MODE` is `production` (default), `demo` or `test`.

Outside the demo and the tests the portal refuses to start without a secret key, its hosts, its
address and its database. A variable that is empty is not set.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.ENVIRON = {name: value for name, value in env.ENVIRON.items() if value}
MODE = env.str("PORTAL_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"PORTAL_MODE is production, demo or test, not {MODE!r}")
PRODUCTION = MODE == "production"
HTTPS = env.bool("PORTAL_HTTPS", PRODUCTION)

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY") if PRODUCTION else f"{MODE}-only-" + "not-a-secret-" * 5
LOOPBACK = ["127.0.0.1", "localhost", "testserver"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS") if PRODUCTION else LOOPBACK
PORTAL_URL = env.str("PORTAL_URL") if PRODUCTION else env.str("PORTAL_URL", "http://127.0.0.1:8000")
PORTAL_PROXIES = env.int("PORTAL_PROXIES", 0)
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
METRICS_FOLDER = env.str("PROMETHEUS_MULTIPROC_DIR", "")  # the library reads it there too

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "administrators",
    "permissions",
    "sites",
    "guardian",
    "axes",
    "bootstrap",
    "csp",
    "django_countries",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "lucide",
    "phonenumber_field",
    "portal.apps.CarrierAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.middleware.ProbeMiddleware",
    "portal.middleware.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.ReadableRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "permissions.origin.OriginMiddleware",
    "administrators.middleware.SessionLimitsMiddleware",
    "administrators.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "permissions.middleware.AccessMiddleware",
    "portal.middleware.ScopeMiddleware",
    "permissions.replica.ReplicaMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.NoStoreMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.frame",
            ],
        },
    }
]
FORM_RENDERER = "permissions.forms.PortalRenderer"

DATABASE_FILE = VAR_DIR / f"{MODE}.sqlite3"
EMBEDDED = env.NOTSET if PRODUCTION else f"sqlite:///{DATABASE_FILE}"
DATABASES = {"default": env.db("DATABASE_URL", EMBEDDED)}
if REPLICA_URL := env.str("REPLICA_URL", ""):
    DATABASES["replica"] = env.db_url_config(REPLICA_URL) | {"TEST": {"MIRROR": "default"}}
for alias, database in DATABASES.items():
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        continue
    database["CONN_HEALTH_CHECKS"] = database["DISABLE_SERVER_SIDE_CURSORS"] = True
    if env.bool("DATABASE_PREPARE", False):  # plans of what comes again (docs/decisions/0015)
        options["prepare_threshold"] = 2
    if pool := env.int("DATABASE_POOL", 0):
        options["pool"] = {"min_size": 1, "max_size": pool}
    else:
        database["CONN_MAX_AGE"] = 60
    if alias == "replica":  # one that does not answer is not waited for
        options.setdefault("connect_timeout", 2)
        options.setdefault("tcp_user_timeout", 5_000)  # ms; a machine that is gone says nothing
        options.get("pool", {})["timeout"] = 2

# Addresses begin at the host, whatever a header says: some of them are kept for everybody.
FORCE_SCRIPT_NAME = ""

# What stands around many pages, told apart by all that it shows (docs/decisions/0020).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    **{
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": name,
            "OPTIONS": {"MAX_ENTRIES": 500},
        }
        for name in ("fragments", "addresses")
    },
}

AUTH_USER_MODEL = "administrators.Administrator"
AUTHENTICATION_BACKENDS = [
    "administrators.backends.LockoutBackend",
    "administrators.backends.AdministratorBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "administrators.passwords.AttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
     "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "administrators.passwords.FrenchCommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

AXES_HANDLER = "administrators.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
PORTAL_NAME_FAILURE_LIMIT = 50
PORTAL_ADDRESS_FAILURE_LIMIT = 100
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a quarter of an hour is one
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "administrators.lockout.submitted_username"
AXES_CLIENT_IP_CALLABLE = "permissions.origin.client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = AXES_ENABLE_ADMIN = False
# Without its middleware a locked name gets the same answer as a wrong password.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

SESSION_ENGINE = "administrators.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
PORTAL_SESSION_IDLE = timedelta(minutes=60)
PORTAL_SESSION_LIFETIME = timedelta(hours=12)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PORTAL_PROXIES else None
X_FRAME_OPTIONS = "DENY"
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
    }
}
# One picker may carry many ids in one field; the number of fields stays small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["portal.uploads.CarrierFileHandler"]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
THEME_COOKIE_NAME = "theme"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "FR"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
COUNTRIES_FIRST = ["FR", "BE", "CH", "LU", "MC"]
COUNTRIES_OVERRIDE = {  # as French writes them
    "CI": _("Ivory Coast"),
    "IO": _("British Indian Ocean Territory"),
    "MH": _("Marshall Islands"),
    "SA": _("Saudi Arabia"),
    "SZ": _("Eswatini"),
    "TL": _("Timor-Leste"),
    "US": _("United States of America"),
}

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", str(VAR_DIR / "static")) if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": MANIFEST if PRODUCTION else PLAIN},
}
WHITENOISE_USE_FINDERS = not PRODUCTION

EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", "operateur@portail.example")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "portail@portail.example")
if MODE == "demo":
    EMAIL_BACKEND = "portal.mail.FileAndTerminalBackend"
else:
    vars().update(env.email("EMAIL_URL", "smtp://127.0.0.1:25"))

TABLE_PAGE_SIZES = (10, 25, 50, 100)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"brief": {"()": "portal.logs.Brief"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["brief"]}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    WHITENOISE_AUTOREFRESH = True
