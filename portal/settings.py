"""Django settings; every choice that an operator has comes through portal.env."""

import logging
import os
import socket
from typing import Any
from urllib.parse import urlsplit

from portal.env import BASE_DIR, data_dir, read_database_url, read_environment
from portal.logs import build_logging, configure_structlog

env = read_environment()
DATA_DIR = data_dir()

# --- Which installation is this -------------------------------------------------------------------
TEST = env.flag("TEST", default=False)
DEMO = env.flag("DEMO", default=not TEST and not env.text("DATABASE_URL"))
DEMO_IS_UNSTATED = "DATABASE_URL" in os.environ and "DEMO" not in os.environ
TRAINING = env.flag("TRAINING", default=False)
DEBUG = env.flag("DEBUG", default=False)
TLS = env.flag("TLS", default=not (DEMO or TEST))
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", int(TLS))
PORT = env.number("PORT", 8000)
_LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), *(["testserver"] if TEST else [])]
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", _LOCAL_HOSTS if DEMO or TEST else [])
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}")
PROVINCE_NAME = env.text("PROVINCE_NAME", "thành phố Cần Thơ")
HELP_PHONE = env.text("HELP_PHONE", "1022")

# --- Secrets: empty means missing; nothing that serves people starts without them (portal.production)
SECRET_KEY = env.text("SECRET_KEY")
TRACKING_KEY = env.text("TRACKING_KEY").encode()
SEAL_KEYS_DIR = env.path("SEAL_KEYS_DIR", DATA_DIR / "keys" / "seal")
INDEX_KEY_FILE = env.path("INDEX_KEY_FILE", DATA_DIR / "keys" / "index.key")

# --- Database: PostgreSQL, one role that migrates and one that runs -------------------------------
DATABASE_GIVEN = bool(env.text("DATABASE_URL"))
_APP_URL = env.text("DATABASE_URL", "postgresql://localhost/motcua")
_OWNER_URL = env.text("DATABASE_OWNER_URL", _APP_URL)
IS_OWNER = env.text("DATABASE_ROLE", "app") == "owner"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **read_database_url(_OWNER_URL if IS_OWNER else _APP_URL),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
APP_DB_ROLE = env.text("APP_DB_ROLE", (urlsplit(_APP_URL).username or "") if _OWNER_URL != _APP_URL else "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # our own site: portal.accounts.admin_site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "portal.staticfiles.PortalStaticFilesConfig",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_htmx",
    "django_filters",
    "django_structlog",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "portal.core",
    "portal.audit",
    "portal.notifications",
    "portal.accounts",
    "procedures",
    "dossiers",
    "payments",
    "onestop",
    "reporting",
    *(["portal.demo"] if DEMO or TEST else []),
]
MIDDLEWARE = [
    "portal.core.middleware.RequestIdMiddleware",
    "portal.core.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.logs.RequestLogMiddleware",
    "portal.core.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.ActorMiddleware",
    "portal.accounts.language.LanguageMiddleware",
    "portal.core.middleware.PortalErrorMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
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
                "portal.core.context.portal",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "motcua"
CRISPY_TEMPLATE_PACK = "motcua"

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Sessions, cookies, transport -----------------------------------------------------------------
SESSION_ENGINE = "portal.accounts.sessions"  # Django's, in the database
SESSION_COOKIE_AGE = 12 * 3600  # seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-sessionid", "__Host-csrftoken") if TLS else ("sessionid", "csrftoken")
)
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 86400  # seconds
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", [])
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},  # pages of some 10 KB
    }
}
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 86400 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # portal.core.middleware sends X-Frame-Options, and the policy below frame-ancestors
    "security.W021",  # joining the browsers' preload list is for the owner of the domain to decide
]
CSRF_FAILURE_VIEW = "portal.core.errorpages.csrf_failure"

# --- Payment gateways: where they are; whose money they take stands in payments.GatewayAccount --------
_VNPAY = "https://sandbox.vnpayment.vn"
VNPAY_PAY_URL = env.text("VNPAY_PAY_URL", f"{_VNPAY}/paymentv2/vpcpay.html")
VNPAY_API_URL = env.text("VNPAY_API_URL", f"{_VNPAY}/merchant_webapi/api/transaction")

# --- Content security policy: scripts and styles are files of ours, so no nonce is needed ----------
PAYMENT_GATEWAYS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(VNPAY_PAY_URL))
]  # where a payment form may lead
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *PAYMENT_GATEWAYS],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Sign-in --------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["portal.accounts.signin.backend.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "portal.accounts.signin.validators.LengthValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "email"]},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
_FORMS = "portal.accounts.signin.forms"
ACCOUNT_ADAPTER = "portal.accounts.signin.adapter.PortalAdapter"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "signup": f"{_FORMS}.SignUpForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "confirm_email_verification_code": f"{_FORMS}.ConfirmEmailForm",
    "confirm_password_reset_code": f"{_FORMS}.ConfirmResetForm",
}
ACCOUNT_USER_DISPLAY = "portal.accounts.signin.adapter.display_user"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # for those who have an address: see signin.stages
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = False  # ours are rows in PostgreSQL: portal.accounts.signin.limits
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False

# --- Files and uploads ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
_MANIFEST = env.flag("STATIC_MANIFEST", default=not (TEST or DEBUG))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "dossiers": {
        "BACKEND": "dossiers.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _MANIFEST
WHITENOISE_AUTOREFRESH = not _MANIFEST
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
MAX_FILE_BYTES = 10 * 2**20
MAX_REQUEST_BYTES = 60 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes of a request beside its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# --- Mail -----------------------------------------------------------------------------------------
_EMAIL = env.email_url_config(env.text("EMAIL_URL", "smtp://127.0.0.1:1025"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _EMAIL["EMAIL_HOST"], _EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _EMAIL["EMAIL_HOST_USER"] or "", _EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = bool(_EMAIL.get("EMAIL_USE_TLS")), bool(_EMAIL.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "Một Cửa <khong-tra-loi@motcua.example>")
MAILBOX_DIR = DATA_DIR / "mailbox"
BOUNCES_DIR = DATA_DIR / "bounces"  # undeliverable mail, one file each, put there by the mail server

# --- SMS and Zalo: none where nothing is set; the demo's are simulators ------------------------------
DEMO_PHONE_PORT = env.number("DEMO_PHONE_PORT", 0)
_PHONES = f"http://127.0.0.1:{DEMO_PHONE_PORT}"
_HAS_PHONES = DEMO and DEMO_PHONE_PORT > 0
_DEMO_SMS = {name: f"{_PHONES}/{name}/messages" for name in ("alpha", "beta")} if _HAS_PHONES else {}
SMS_PROVIDERS = env.pairs("SMS_PROVIDERS") or _DEMO_SMS
SMS_KEYS = env.pairs("SMS_KEYS") or {name: f"demo-{name}" for name in _DEMO_SMS}
SMS_BRANDNAME = env.text("SMS_BRANDNAME", "MOTCUA" if DEMO or TEST else "")
ZALO_URL = env.text("ZALO_URL", f"{_PHONES}/zalo" if _HAS_PHONES else "")
ZALO_TOKEN = env.text("ZALO_TOKEN", "demo-zalo" if _HAS_PHONES else "")
ZALO_TEMPLATES = env.pairs("ZALO_TEMPLATES") or ({"*": "demo.*"} if _HAS_PHONES else {})
RECEIPT_KEYS = env.pairs("RECEIPT_KEYS") or (
    {name: f"demo-receipts-{name}" for name in (*_DEMO_SMS, "zalo", "email")} if _HAS_PHONES else {}
)
CANARY_EMAIL = env.text("CANARY_EMAIL", "chim-bao@motcua.example" if _HAS_PHONES else "")
CANARY_PHONE = env.text("CANARY_PHONE", "0900000000" if _HAS_PHONES else "")
CANARY_MAILBOX = MAILBOX_DIR if DEMO else None  # where the trial e-mail is seen to arrive

# --- API ------------------------------------------------------------------------------------------
API_MAX_JSON_BYTES = 2 * 2**20
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.core.json_parser.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.accounts.api_auth.PortalSessionAuthentication"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.core.problem.exception_handler",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Một Cửa",
    "DESCRIPTION": "Procedures, dossiers and their progress. The same services and rights as the pages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.core.openapi.document_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "DossierStatus": "dossiers.choices.Status.values",
        "DossierChannel": "dossiers.choices.Channel.values",
        "ResultMedium": "dossiers.choices.Medium.values",
        "FeeStatus": "dossiers.choices.FeeStatus.values",
        "PaymentStatus": "payments.choices.PaymentStatus.values",
        "ProcedureStatus": "procedures.choices.ProcedureStatus",
        "ProcedureChannel": "procedures.choices.Channel",
        "ProcedureMedium": "procedures.choices.ResultMedium",
    },
}

# --- The alarm clock: Celery and its broker hold nothing that PostgreSQL does not hold ------------
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 0.3  # seconds
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5, "max_retries": 0}
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = (
    240,
    270,
)  # seconds; a task that hangs gives its place back
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 800_000  # KB; a process that grew is replaced after its task
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True


def _every(task: str, seconds: float) -> dict[str, Any]:
    """A reminder that lapses when the next one is due, so that none pile up while no worker runs."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds, "ignore_result": True}}


CELERY_BEAT_SCHEDULER = "portal.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": _every("portal.core.tasks.heartbeat", 10),
    "reconcile_due": _every("payments.tasks.reconcile_due", 15),
    "deliver_due": _every("portal.notifications.tasks.deliver_due", 5),
    "read_bounces_due": _every("portal.notifications.tasks.read_bounces_due", 60),
    "canary_due": _every("portal.notifications.tasks.canary_due", 120),
    "expire_due": _every("dossiers.tasks.expire_due", 60),
    "remind_due": _every("dossiers.tasks.remind_due", 600),
    "digest_due": _every("portal.notifications.tasks.digest_due", 300),
    "hand_over_due": _every("dossiers.tasks.hand_over_due", 60),
    "delete_abandoned_uploads": _every("dossiers.tasks.delete_abandoned_uploads", 3600),
    "delete_expired_prepared": _every("dossiers.tasks.delete_expired_prepared", 3600),
    "forget_old": _every("portal.core.tasks.forget_old", 86400),
    "put_into_force_due": _every("procedures.tasks.put_into_force_due", 300),
    "continue_loads_due": _every("procedures.tasks.continue_loads_due", 5),
    "fold_figures": _every("reporting.tasks.fold_due", 30),
    "match_due": _every("payments.tasks.match_due", 60),
    "forget_statements_due": _every("payments.tasks.forget_statements_due", 3600),
    "forget_parked": _every("portal.accounts.tasks.forget_parked", 3600),
    "send_refunds_due": _every("payments.tasks.send_refunds_due", 60),
    "compare_books_due": _every("payments.tasks.compare_books_due", 3600),
}
HEARTBEAT_FILE = DATA_DIR / "run" / "heartbeat"

# --- Logs -----------------------------------------------------------------------------------------
configure_structlog()
LOGGING = build_logging(env.text("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # RequestIdMiddleware has put our own there
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
