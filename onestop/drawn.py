"""Work lists kept in memory as they were drawn, for as long as nothing on them has changed.

The key holds everything a page is made of: the revision of the agency's lists, that of the catalogue, who
acts where, the address, the language and the minute (pages say how long is left). A page is kept without its
CSRF token. Names of people and agencies, and what about money waits, have no revision: they show within the minute.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from dossiers.deskreads import get_list_state
from portal.accounts.requests import PortalRequest
from portal.core import clock

_MOST_PAGES = 256
_MINUTE_S = 60
# Stands where a CSRF token will; a secret, so that nothing people typed can be taken for it.
_TOKEN_PLACE = secrets.token_hex(32)

Draw = Callable[[dict[str, str]], HttpResponse]


class _Kept:
    """The pages used last. Threads share it."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: Hashable, body: bytes) -> None:
        with self._lock:
            self._bodies[key] = body
            self._bodies.move_to_end(key)
            while len(self._bodies) > _MOST_PAGES:
                self._bodies.popitem(last=False)


_kept = _Kept()


def answer(request: PortalRequest, draw: Draw) -> HttpResponse:
    """The page kept for this request, or a new one. `draw` gets what to add to the template's context.

    A page with messages is drawn for this once. One query for a kept page.
    """
    if len(get_messages(request)):
        return draw({})
    key = _build_key(request)
    body = _kept.get(key)
    if body is None:
        response = draw({"csrf_token": _TOKEN_PLACE})
        if response.status_code != HttpResponse.status_code:
            return response
        body = response.content
        _kept.put(key, body)
    return HttpResponse(_put_token(request, body))


def _build_key(request: PortalRequest) -> Hashable:
    places = tuple((row.pk, row.agency.name) for row in request.memberships)
    return (
        request.actor,
        places,
        get_list_state(request.actor),
        request.get_full_path(),
        get_language(),
        request.session.get_expiry_age(),
        int(clock.now().timestamp()) // _MINUTE_S,
    )


def _put_token(request: HttpRequest, body: bytes) -> bytes:
    return body.replace(_TOKEN_PLACE.encode(), get_token(request).encode())
