"""Which forms this browser has just prepared, so that it can print them: for half an hour."""

from django.http import HttpRequest

from portal.core import clock

_KEY = "prepared"
_KEPT_FOR_S = 30 * 60
_MOST = 5


def remember(request: HttpRequest, procedure_code: str, code: str) -> None:
    """The latest form of a procedure; the session keeps five."""
    kept = {name: pair for name, pair in _read(request).items() if name != procedure_code}
    kept = dict(list(kept.items())[-(_MOST - 1) :])
    request.session[_KEY] = {**kept, procedure_code: [code, int(clock.now().timestamp())]}


def recall(request: HttpRequest, procedure_code: str) -> str:
    """The code of the form prepared here; "" when there is none, or it was too long ago."""
    code, at = _read(request).get(procedure_code, ("", 0))
    return code if clock.now().timestamp() - at <= _KEPT_FOR_S else ""


def _read(request: HttpRequest) -> dict[str, tuple[str, int]]:
    kept: dict[str, tuple[str, int]] = request.session.get(_KEY) or {}
    return kept
