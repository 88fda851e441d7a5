"""Settings of the tests: the product's own, with data under var/test and cheap passwords.

Without DATABASE_URL the tests use a private cluster that forgets on a power cut, and connect to it as its
superuser: they make their databases, some make roles, and some forge what no role of the product could.
"""

import os
import sys

from portal.env import BASE_DIR

os.environ.setdefault("TEST", "1")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("DATA_DIR", str(BASE_DIR / "var" / "test"))
os.environ["DATABASE_ROLE"] = "owner"

from portal.demo.servers.cluster import SUPERUSER
from tests.private_servers import prepare_servers

# A process that a test starts has these settings too, but its own DATA_DIR: it gets no cluster there.
_is_private = "pytest" in sys.modules and prepare_servers()

from portal.settings import *  # noqa: E402, F403

if _is_private:
    DATABASES["default"]["USER"] = SUPERUSER  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = os.environ.get("TEST_BROKER_URL", CELERY_BROKER_URL)  # noqa: F405
# No telephone is reached unless a test brings its own provider: tests/notifications/conftest.py.
SMS_PROVIDERS, ZALO_URL, ZALO_TEMPLATES, RECEIPT_KEYS = {}, "", {}, {}
CANARY_EMAIL = CANARY_PHONE = ""
