"""A session lasts from the last page opened, not from sign-in."""

from django.contrib.sessions.backends.base import SessionBase

from portal.core import clock

RENEW_AFTER_S = 60
_KEY = "renewed_at"


def keep_alive(session: SessionBase) -> None:
    """Renew a session in use, at most once a minute: one write a minute, not one a page."""
    if clock.now().timestamp() - session.get(_KEY, 0) > RENEW_AFTER_S:
        renew(session)


def renew(session: SessionBase) -> None:
    """From now on the session lasts its full time again."""
    session[_KEY] = int(clock.now().timestamp())
