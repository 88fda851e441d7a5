"""Configuration from outside: the process environment, then DATA_DIR/env; strict and typed.

The process environment wins. Secrets may also be given as `<NAME>_FILE`, the path of a file that
holds the value (Docker secrets). A name that nobody reads, or a value of the wrong type, is an error.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# Every name that DATA_DIR/env may hold, and what it means.
VARIABLES = {
    "ALLOWED_HOSTS": "host names people use, separated by commas",
    "APP_DB_ROLE": "role that the running product uses; empty means the role that migrates",
    "BIND": "address that the web server listens on (127.0.0.1)",
    "CANARY_EMAIL": "address of ours that gets a trial e-mail every hour",
    "CANARY_PHONE": "mobile number of ours that gets a trial SMS and Zalo message every hour",
    "CSRF_TRUSTED_ORIGINS": "origins besides our own that may post forms",
    "DATABASE_OWNER_URL": "PostgreSQL as the role that migrates",
    "DATABASE_URL": "PostgreSQL as the role that runs the product",
    "DEBUG": "1 shows technical error pages; never in production",
    "DEMO": "1 is a demo with known people and passwords",
    "DEMO_PHONE_PORT": "loopback port of the demo's SMS and Zalo simulators",
    "EMAIL_URL": "outgoing mail, smtp://user:password@host:port",
    "HELP_PHONE": "telephone number of the help desk",
    "INDEX_KEY_FILE": "file with the 32-byte key of the blind indexes",
    "LOG_LEVEL": "least severity that is logged (INFO)",
    "MAIL_FROM": "sender of mail",
    "METRICS_PORT": "loopback port of /metrics; unset means none",
    "PORT": "port of the web server (8000)",
    "PRIVATE_BROKER": "1 where the broker is our own, next to this file",
    "PRIVATE_DATABASE": "1 where the database is our own, next to this file",
    "PROVINCE_NAME": "name of the province this installation serves",
    "PUBLIC_URL": "address that people see, used in messages",
    "RECEIPT_KEYS": "keys that sign delivery receipts, provider=key, separated by commas; email is the mail server",
    "REDIS_URL": "broker, redis://host:port/0 or unix:///path/of/socket",
    "SEAL_KEYS_DIR": "folder with the keys of sealed fields, <id>.key of 32 bytes",
    "SECRET_KEY": "Django's signing key",
    "SMS_BRANDNAME": "registered sender of SMS, at most 11 letters and digits",
    "SMS_KEYS": "keys of the SMS providers, name=key, separated by commas",
    "SMS_PROVIDERS": "SMS providers in order of preference, name=address, separated by commas; none means no SMS",
    "STATIC_MANIFEST": "0 serves static files straight from the sources",
    "TEST": "1 while the tests run",
    "TLS": "1 where people come over HTTPS (default outside demos)",
    "TRACKING_KEY": "key from which tracking secrets are derived",
    "TRAINING": "1 is for practice: own numbers (TH-), a watermark on prints; needs a database of its own",
    "TRUSTED_PROXIES": "number of our own proxies before the web server",
    "VNPAY_API_URL": "address of VNPAY's querydr and refund (the sandbox)",
    "VNPAY_PAY_URL": "address of VNPAY's pay page (the sandbox)",
    "WEB_THREADS": "threads of a web process (4)",
    "WEB_WORKERS": "web processes (2)",
    "ZALO_TEMPLATES": "approved ZNS templates, event=id, separated by commas; * stands for every event",
    "ZALO_TOKEN": "access token of the official account",
    "ZALO_URL": "address of the ZNS service; none means no Zalo",
}
SECRETS = (
    "DATABASE_OWNER_URL",
    "DATABASE_URL",
    "EMAIL_URL",
    "RECEIPT_KEYS",
    "REDIS_URL",
    "SECRET_KEY",
    "SMS_KEYS",
    "TRACKING_KEY",
    "ZALO_TOKEN",
)
# These describe one database together: a DATABASE_URL from the process replaces them all.
OF_THE_DATABASE = ("DATABASE_OWNER_URL", "DATABASE_URL", "APP_DB_ROLE", "PRIVATE_DATABASE")
OF_THE_BROKER = ("REDIS_URL", "PRIVATE_BROKER")

_LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


def parse_env(text: str, *, source: str) -> dict[str, str]:
    """Lines `NAME=value`; blank lines and lines that begin with # are skipped. Values are taken as they are.

    Raises ImproperlyConfigured, naming the line, for anything else and for a name that nobody reads.
    """
    values = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ImproperlyConfigured(f"{source}, line {number}: expected NAME=value")
        name = match[1]
        if name not in VARIABLES and name.removesuffix("_FILE") not in SECRETS:
            raise ImproperlyConfigured(f"{source}, line {number}: nothing reads the name {name}")
        values[name] = match[2]
    return values


def merge(process: Mapping[str, str], file: Mapping[str, str]) -> dict[str, str]:
    """The process over the file; a name and its `_FILE` form, and names of one server, replace each other."""
    hidden: set[str] = set()
    for name in SECRETS:
        if name in process or f"{name}_FILE" in process:
            hidden |= {name, f"{name}_FILE"}
    for leader, names in (("DATABASE_URL", OF_THE_DATABASE), ("REDIS_URL", OF_THE_BROKER)):
        if leader in hidden:
            hidden |= {*names, *(f"{name}_FILE" for name in names)}
    return {name: value for name, value in file.items() if name not in hidden} | dict(process)


def open_secret_files(values: dict[str, str]) -> dict[str, str]:
    """Replace `<SECRET>_FILE` by the content of that file, without the newline at its end."""
    for name in SECRETS:
        path = values.get(f"{name}_FILE")
        if not path:
            continue
        if values.get(name):
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one")
        try:
            values[name] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error}") from error
    return values


def read_database_url(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`.

    The host may be a socket's folder, percent-encoded as libpq wants it; its case is kept.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("a database URL must begin with postgresql://: only PostgreSQL serves")
    host = unquote(parts.netloc.rpartition("@")[2])
    is_socket = host.startswith("/")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host if is_socket else parts.hostname or "",
        "PORT": "" if is_socket else str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


class Environment(environ.Env):  # type: ignore[misc]  # django-environ is untyped
    """Typed reading; wrong values name the variable."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__()
        self.ENVIRON = values

    def text(self, name: str, default: str = "") -> str:
        return self.ENVIRON.get(name, "") or default

    def flag(self, name: str, *, default: bool) -> bool:
        """1 or 0 and nothing else, so that a typing error never switches a protection off."""
        value = self.text(name, "1" if default else "0")
        if value not in {"0", "1"}:
            raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
        return value == "1"

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
        return int(value)

    def names(self, name: str, default: list[str]) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()] or default

    def pairs(self, name: str) -> dict[str, str]:
        """`a=1,b=2` in its order. Raises ImproperlyConfigured on a part without a name or value, or named twice."""
        parts = [part.partition("=") for part in self.names(name, [])]
        if any(not key.strip() or not value.strip() for key, _equals, value in parts):
            raise ImproperlyConfigured(f"{name} must be name=value, separated by commas")
        read = {key.strip(): value.strip() for key, _equals, value in parts}
        if len(read) < len(parts):
            raise ImproperlyConfigured(f"{name} names something twice")
        return read

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default)))


def data_dir(process: Mapping[str, str] = os.environ) -> Path:
    """Where this installation keeps everything it writes."""
    return Path(process.get("DATA_DIR") or BASE_DIR / "var").absolute()


def read_environment(process: Mapping[str, str] = os.environ) -> Environment:
    """What holds for this process. Raises ImproperlyConfigured for an unreadable or malformed file."""
    path = data_dir(process) / "env"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except OSError as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error
    return Environment(open_secret_files(merge(process, parse_env(text, source=str(path)))))
