"""Settings of the tests: the product's own, with data under var/test and cheap passwords.

Without DATABASE_URL the tests use a private cluster that forgets on a power cut; they connect as the role
that migrates, because they make their databases.
"""

import os

from portal.env import BASE_DIR

os.environ.setdefault("TEST", "1")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("DATA_DIR", str(BASE_DIR / "var" / "test"))
os.environ["DATABASE_ROLE"] = "owner"

from tests.private_servers import prepare_servers

prepare_servers()

from portal.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = os.environ.get("TEST_BROKER_URL", CELERY_BROKER_URL)  # noqa: F405
