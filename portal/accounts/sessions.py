"""Sessions: read on every request, so in one plain statement; and lasting from the last page opened."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection

from portal.core import clock

RENEW_AFTER_S = 60
_KEY = "renewed_at"
_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseStore):
    """Django's own sessions in the database; only their reading is written out."""

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_READ, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])


def keep_alive(session: SessionBase) -> None:
    """Renew a session in use, at most once a minute: one write a minute, not one a page."""
    if clock.now().timestamp() - session.get(_KEY, 0) > RENEW_AFTER_S:
        renew(session)


def renew(session: SessionBase) -> None:
    """From now on the session lasts its full time again."""
    session[_KEY] = int(clock.now().timestamp())
