"""What is prepared before the processes of the web part exist: nobody waits for it, and they share its memory."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import connections
from django.urls import get_resolver

from portal.core.registry import Registry

if TYPE_CHECKING:
    from portal.core.handler import PortalHandler

_log = structlog.get_logger(__name__)
_FINE = 400
# Of each app: prepares what its pages need and names addresses to visit. May ask the database, may fail.
warmers: Registry[Callable[[], Iterable[str]]] = Registry("warmers")


def warm_up(handler: PortalHandler) -> None:
    """Without a database, or before it is migrated, this does nothing: whoever comes first waits instead."""
    try:
        get_resolver().url_patterns  # noqa: B018 - imports the views
        for name, warm in warmers.items():
            _warm(handler, name, warm)
    finally:
        connections.close_all()  # processes must not share one
        gc.collect()
        gc.freeze()  # what is there now stays: who collects garbage need not look at it, nor touch its memory


def _warm(handler: PortalHandler, name: str, warm: Callable[[], Iterable[str]]) -> None:
    try:
        for address in warm():
            _visit(handler, address)
    except Exception as error:  # noqa: BLE001 - whatever it is, the start goes on and the first visitor meets it
        _log.warning("not_warmed", name=name, error=type(error).__name__)


def _visit(handler: PortalHandler, address: str) -> None:
    """As a visitor without a session; nothing is logged, as nobody asked."""
    logging.disable(logging.INFO)
    try:
        status = handler.get_response(handler.request_class(_build_environ(address))).status_code
    finally:
        logging.disable(logging.NOTSET)
    if status >= _FINE:
        _log.warning("not_warmed", address=address, status=status)


def _build_environ(address: str) -> dict[str, object]:
    path, _, query = address.partition("?")
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": "443",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": "https",  # no answer that only leads to another address
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(),
    }
