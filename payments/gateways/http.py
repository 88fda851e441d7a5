"""One way to ask a gateway over HTTP: JSON there and back, within a limit, or nothing."""

import json
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
import structlog

CONNECT_S, READ_S = 3.0, 10.0
WHOLE_S = CONNECT_S + READ_S
LARGEST_ANSWER = 64 * 1024

logger = structlog.get_logger(__name__)


class _Unclear(Exception):  # noqa: N818 - the name says what happened
    """No answer that means anything; `args[0]` says why."""


def post_json(url: str, body: Mapping[str, str]) -> dict[str, Any] | None:
    """The object that a gateway answers with status 200; None for everything else, and the reason in the log.

    `url` comes from the settings. Redirects are not followed. Takes `WHOLE_S` seconds at most once headers came.
    """
    try:
        return _post(url, body)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = type(error).__name__
    except _Unclear as unclear:
        reason = unclear.args[0]
    logger.warning("gateway_unclear", url=url, reason=reason)
    return None


def _post(url: str, body: Mapping[str, str]) -> dict[str, Any]:
    with _client().stream("POST", url, json=body) as response:
        if response.status_code != httpx.codes.OK:
            raise _Unclear(f"status {response.status_code}")
        answer = _read(response)
    try:
        parsed = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise _Unclear("not JSON") from error
    if not isinstance(parsed, dict):
        raise _Unclear("not an object")
    return parsed


@cache
def _client() -> httpx.Client:
    """One per process; no connection is used twice, since one that died meanwhile would look like a failure."""
    return httpx.Client(
        timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
        limits=httpx.Limits(max_keepalive_connections=0),
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
    )


def _read(response: httpx.Response) -> bytes:
    """The body. Raises _Unclear where it is longer, or drips longer, than allowed."""
    until, parts, size = time.monotonic() + WHOLE_S, [], 0
    for part in response.iter_raw():
        parts.append(part)
        size += len(part)
        if size > LARGEST_ANSWER or time.monotonic() > until:
            raise _Unclear("too long or too slow")
    return b"".join(parts)
