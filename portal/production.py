"""Refusing to serve people from an installation that is not safe to use.

`python -m portal.production` says what is missing, before anything is started.
"""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 32  # characters
KEY_BYTES = 32


def refuse_unsafe_start() -> None:
    """Called where web and worker start. Raises ImproperlyConfigured with every fault there is."""
    if faults := list_faults():
        raise ImproperlyConfigured("This installation must not start: " + "; ".join(faults))


def list_faults() -> list[str]:
    """What is missing or unsafe, in words for the operator."""
    faults = [*_list_missing_secrets(), *_list_missing_keys()]
    if not settings.DATABASE_GIVEN:
        faults.append("DATABASE_URL is not set")
    if settings.DEMO and settings.DEMO_IS_UNSTATED:
        faults.append(
            "DEMO=1 stands in DATA_DIR/env, but DATABASE_URL comes from outside: set DEMO=0 or DEMO=1"
        )
    if settings.DEMO or settings.TEST:
        return faults
    if settings.DEBUG:
        faults.append("DEBUG is on")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS must name the hosts that people use")
    return faults


def _list_missing_secrets() -> list[str]:
    lengths = {"SECRET_KEY": _measure_secret_key(), "TRACKING_KEY": len(settings.TRACKING_KEY)}
    return [
        f"{name} must be a secret of {SHORTEST_SECRET} characters or more"
        for name, length in lengths.items()
        if length < SHORTEST_SECRET
    ]


def _measure_secret_key() -> int:
    try:
        return len(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django's answer to an empty one
        return 0


def _list_missing_keys() -> list[str]:
    faults = []
    index_key = settings.INDEX_KEY_FILE
    if not index_key.is_file() or index_key.stat().st_size != KEY_BYTES:
        faults.append(f"INDEX_KEY_FILE must be a file of {KEY_BYTES} bytes")
    if not any(settings.SEAL_KEYS_DIR.glob("*.key")):
        faults.append("SEAL_KEYS_DIR must hold a key, such as 1.key")
    return faults


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if faults := list_faults():
        sys.exit("This installation must not start:\n- " + "\n- ".join(faults))


if __name__ == "__main__":
    main()
