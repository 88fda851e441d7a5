"""JSON over HTTP to a provider: short waits, no redirects, small answers, and three ways to end.

Answered; not taken (nothing was sent, the connection could not be made); or perhaps taken (anything after that).
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from portal.core.jsontypes import JsonObject

CONNECT_S, READ_S, ALTOGETHER_S = 3.0, 10.0, 15.0
LARGEST_ANSWER = 64 * 1024
Client = httpx.Client
_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.LocalProtocolError,
    httpx.UnsupportedProtocol,
)


class Unreachable(Exception):  # noqa: N818 - the name says what happened
    """No connection: the provider has seen nothing."""


class Unanswered(Exception):  # noqa: N818 - the name says what happened
    """It may have taken what was sent; its answer did not come, or cannot be read."""


@dataclass(frozen=True)
class Answer:
    """`status`: of HTTP; `body`: the JSON object, empty where it was none; `retry_after_s`: as it asked, else 0."""

    status: int
    body: JsonObject
    retry_after_s: float = 0.0


@contextmanager
def open_client() -> Iterator[Client]:
    """One client for a batch: connections stay open between messages."""
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
        yield client


def post_json(client: Client, url: str, payload: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
    """Post and read the whole answer within 15 s. Raises Unreachable or Unanswered."""
    until = time.monotonic() + ALTOGETHER_S
    try:
        with client.stream("POST", url, json=payload, headers=headers) as response:
            body = _read(response, until)
            return Answer(response.status_code, _parse(body), _read_wait(response))
    except _NOTHING_SENT as error:
        raise Unreachable from error
    except httpx.HTTPError as error:
        raise Unanswered from error


def _read(response: httpx.Response, until: float) -> bytes:
    body = b""
    for part in response.iter_bytes():
        body += part
        if len(body) > LARGEST_ANSWER or time.monotonic() > until:
            raise Unanswered
    return body


def _parse(body: bytes) -> JsonObject:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _read_wait(response: httpx.Response) -> float:
    wait = response.headers.get("Retry-After", "")
    return float(wait) if wait.isascii() and wait.isdigit() else 0.0
