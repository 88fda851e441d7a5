"""Many citizens, each signed in: as many as it takes that nobody's limits are met."""

import json
from uuid import uuid4

from tests.live import Caller
from tests.stack import Stack

MAKE = "from tests.chaos.people import print_sessions; print_sessions({count}, {name!r})"
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"


def sign_in_many(stack: Stack, count: int) -> list[Caller]:
    """Callers with a session of their own, without a password and without the sign-in's limits."""
    told = stack.manage("shell", "-v", "0", "-c", MAKE.format(count=count, name=uuid4().hex[:8]))
    callers = []
    for cookies in json.loads(told.stdout.splitlines()[-1]):
        caller = Caller(stack.url)
        caller.cookies = cookies
        callers.append(caller)
    return callers


def print_sessions(count: int, name: str) -> None:
    """Run beside the product, by its manage.py."""
    from django.conf import settings
    from django.middleware.csrf import CSRF_SECRET_LENGTH
    from django.test import Client, override_settings
    from django.utils.crypto import get_random_string

    from portal.accounts.actor import Actor
    from portal.accounts.services import create_user

    def make(number: int) -> dict[str, str]:
        username = f"{name}-{number}"
        user = create_user(
            username=username,
            full_name="Trần Văn Sông",
            email=f"{username}@dan.example",
            password=uuid4().hex,
            actor=Actor.system(),
        )
        client = Client()
        client.force_login(user)
        return {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.CSRF_COOKIE_NAME: get_random_string(CSRF_SECRET_LENGTH),
        }

    with override_settings(PASSWORD_HASHERS=[QUICK]):  # nobody signs in with these passwords
        print(json.dumps([make(number) for number in range(count)]))
