"""All settings of the site, each read from the environment or fixed here with its reason.

Safe without any variable: production mode, a SQLite file under var/, http://localhost:8000. README
lists the variables.
"""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from citynet import (
    __version__,
    cdn_settings,
    databases,
    environment,
    local_secret,
    logs,
    origins,
    storages,
)
from citynet.build import digest_of_code

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- Address ---

PORT = environment.integer(os.environ, "PORT", default=8000, minimum=1, maximum=65535)
SITE = environment.site(os.environ, "SITE_URL", default=f"http://localhost:{PORT}")
SITE_URL = SITE.url
ALLOWED_HOSTS = [
    f"[{SITE.host}]" if ":" in SITE.host else SITE.host,
    *environment.hosts(os.environ, "ALLOWED_HOSTS"),
]
if SITE.is_loopback:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

# What is running: part of the validators of cached pages. Where nobody says it, the files do, so
# that an update without a new version is not taken for what browsers have kept.
BUILD: Any = environment.token(os.environ, "BUILD", default="") or SimpleLazyObject(
    lambda: f"{__version__}+{digest_of_code(BASE_DIR)}"
)

# Where visitors report mistakes: shown on the contact page; without one the page says so.
CONTACT_EMAIL = environment.email(os.environ, "CONTACT_EMAIL")

DEBUG = environment.boolean(os.environ, "DEBUG", default=False)
if DEBUG and SITE.is_secure:
    raise ImproperlyConfigured(
        "DEBUG is on and SITE_URL is https: debug pages show internals, keep them to localhost."
    )

# --- Database ---

DATABASES = databases.described(BASE_DIR)
DATABASE = DATABASES["default"]
USES_SQLITE = DATABASE["ENGINE"] == databases.SQLITE
# Chooses among replicas, where there are any.
DATABASE_ROUTERS = ["citynet.replicas.ChosenDatabase"] if len(DATABASES) > 1 else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Secret ---

SECRET_KEY = environment.secret(os.environ, "SECRET_KEY", minimum_length=50)
if not SECRET_KEY:
    if not USES_SQLITE:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. On PostgreSQL several machines may serve one site, so they "
            "must be given the same: set SECRET_KEY, or SECRET_KEY_FILE to a file that holds it "
            "(50 random characters or more)."
        )
    SECRET_KEY = local_secret.read_or_create(VAR_DIR / "secret_key")

# --- Applications ---

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "corsheaders",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "directory.accounts",
    "directory",
    "directory.web",
    "api",
]

MIDDLEWARE = [
    "citynet.headers.resource_policy",
    "citynet.probes.answered",
    "citynet.request_names.named",
    "citynet.metrics.measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "citynet.languages.by_address",
    "citynet.cdn.for_shared_caches",
    "citynet.replicas.read_where_it_may",
    "citynet.kept_answers.kept_while_right",
    "citynet.compression.PublicCompression",
    "citynet.headers.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "citynet.public_answers.cached_rightly",
    "citynet.headers.same_for_every_origin",
    "corsheaders.middleware.CorsMiddleware",
    "citynet.long_addresses.refused",
    "citynet.limits.counted",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "directory.accounts.gates.private_pages",
    "directory.accounts.lifetimes.sign_ins_end",
    "citynet.least_revision.refused_before_it_came",
    "citynet.public_answers.from_one_state",
    "directory.accounts.gates.editors_need_a_second_factor",
]

ROOT_URLCONF = "citynet.urls"
WSGI_APPLICATION = "citynet.wsgi.application"

# No context processor knows the visitor: public pages are the same for all (DESIGN.md, rule 3).
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# Counts attempts to sign in, so all processes must share it. The table comes with the migrations.
_DATABASE_CACHE = {
    "BACKEND": "directory.accounts.counting.HonestDatabaseCache",
    "LOCATION": "citynet_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
# Counts searches and the like (directory.accounts.limits): bounded, and forgotten at a restart.
_MEMORY_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "reads",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
CACHES = {
    "default": environment.cache(os.environ, "CACHE_URL", default=_DATABASE_CACHE),
    "reads": environment.cache(os.environ, "CACHE_URL", default=_MEMORY_CACHE),
}

# What each process may keep of public answers (citynet.kept_answers), in megabytes; 0: nothing.
KEPT_ANSWERS_BYTES = 1_000_000 * environment.integer(
    os.environ, "KEPT_ANSWERS", default=64, minimum=0, maximum=100_000
)

# How long a CDN need not ask, and how it is told of changes (citynet.cdn); off by default.
CDN = cdn_settings.described()

# --- Accounts ---

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "directory.accounts.passwords.OurWordsValidator"},
]

# --- Signing in (django-allauth) ---

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Messages travel in the session, which private pages alone have, not in a cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "directory.accounts.signing_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "directory.accounts.sign_in_forms.SignInForm",
    "signup": "directory.accounts.sign_in_forms.SignUpForm",
    "reset_password": "directory.accounts.sign_in_forms.ForgottenForm",
    "reset_password_from_key": "directory.accounts.sign_in_forms.NewPasswordForm",
    "change_password": "directory.accounts.sign_in_forms.PasswordForm",
    "add_email": "directory.accounts.sign_in_forms.AddressForm",
    "reauthenticate": "directory.accounts.sign_in_forms.StillYouForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# The same answer for known and unknown addresses; the mail says which it is.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "CityNet: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE.scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/10m/ip,5/10m/key",
    "signup": "20/10m/ip",
    "reset_password": "20/10m/ip,3/10m/key",
}

MFA_ADAPTER = "directory.accounts.signing_in.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "directory.accounts.passkeys.PasskeyForm",
    "authenticate": "directory.accounts.codes.CodeForm",
    "reauthenticate": "directory.accounts.codes.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CityNet"
MFA_TOTP_TOLERANCE = 1
# Browsers take localhost for a safe place without TLS; so may we, there alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE.is_secure

# --- Mail ---

# All mail goes into the outbox; `manage.py send_mail` delivers it, into files unless EMAIL_URL
# names a server.
EMAIL_BACKEND = "directory.accounts.mail.OutboxBackend"
MAIL_SERVER = environment.mail_server(os.environ, "EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.use_tls, MAIL_SERVER.use_ssl
DEFAULT_FROM_EMAIL = f"CityNet <{CONTACT_EMAIL or f'noreply@{SITE.host}'}>"
MAIL_DIR = VAR_DIR / "mail"

# --- Protection ---

# The prefix makes browsers refuse the cookie unless it is secure, for this host alone and for the
# whole of it.
COOKIE_PREFIX = "__Host-" if SITE.is_secure else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}citynet_session"
SESSION_COOKIE_SECURE = SITE.is_secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}citynet_csrf"
CSRF_COOKIE_SECURE = SITE.is_secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "directory.web.errors.form_expired"

SECURE_SSL_REDIRECT = SITE.is_secure
SECURE_SSL_HOST = SITE.netloc if SITE.is_secure else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SITE.is_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE.is_secure
# Preloading is a promise for a whole domain that only its owner can make, and hard to take back.
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only for a site behind a proxy that ends TLS and always sets (never passes on) this header: else
# visitors could forge it.
if environment.boolean(os.environ, "BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits per address would be limits of the proxy otherwise.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# What pages of other sites may do with ours is said in citynet/origins.py.
CONTENT_SECURITY_POLICY = origins.CONTENT_SECURITY_POLICY
CORS_URLS_REGEX = origins.READ
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST"]
CORS_ALLOW_HEADERS = [
    *("accept", "authorization", "content-type", "idempotency-key"),
    *("if-match", "if-none-match", "if-range", "range", "x-min-revision"),
]
CORS_EXPOSE_HEADERS = [
    *("ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After"),
    *("WWW-Authenticate", "Accept-Ranges", "Content-Disposition", "Content-Range", "Repr-Digest"),
    *("CityNet-As-Of", "CityNet-Date", "CityNet-Query", "CityNet-Revision", "CityNet-Rows"),
]

# --- Language and time ---

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("de", "Deutsch"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "citynet" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ---

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
    # Where releases are kept for good and served from.
    "releases": storages.file_storage(
        os.environ, "RELEASES_URL", default=VAR_DIR / "releases", base=BASE_DIR
    ),
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = origins.protect_static_file

# --- API ---

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "CityNet API",
    "DESCRIPTION": (
        "The open directory of city networks, their members and the sources for both. "
        "Name CityNet as the source; places come from GeoNames (CC BY 4.0), regions from UN M49."
    ),
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.0.3",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    # Operations are named by what follows it.
    "SCHEMA_PATH_PREFIX": r"/api(/v1)?/",
    "PREPROCESSING_HOOKS": ["api.schema.with_last_slash"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.with_problems_and_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        name: f"directory.models.choices.{name}"
        for name in ("Role", "NetworkStanding", "MembershipStanding")
    },
}

# --- Logs and metrics ---

LOGGING = logs.configuration(
    form=environment.choice(os.environ, "LOG_FORMAT", logs.FORMATS, default="text"),
    level=environment.choice(os.environ, "LOG_LEVEL", logs.LEVELS, default="warning"),
    every_request=environment.boolean(os.environ, "ACCESS_LOG", default=False),
    debug=DEBUG,
)

# What Prometheus shows at /metrics; without one there is no such address.
METRICS_TOKEN = environment.secret(os.environ, "METRICS_TOKEN", minimum_length=20)
