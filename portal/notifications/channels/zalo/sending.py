"""ZNS: a pre-approved template and its parameters to a Zalo account, as JSON over HTTP.

POST https://business.openapi.zalo.me/message/template with the header `access_token`; HTTP 200 always, the outcome is
the number `error` of the body. Codes after developers.zalo.me/docs/zalo-notification-service, "Bảng mã lỗi".
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.jsontypes import Json
from portal.notifications.channels.base import NotTaken, Outgoing, PerhapsTaken, Send, Taken
from portal.notifications.channels.calling import (
    Answer,
    Client,
    Unanswered,
    Unreachable,
    open_client,
    post_json,
)
from portal.notifications.channels.phones import build_phone
from portal.notifications.channels.resting import find_breaker
from portal.notifications.channels.zalo.templates import build_parameters

NAME: Final = "zalo"
OK_STATUS = 200
REFUSED_FOR_GOOD: Final[Mapping[int, str]] = {
    -108: "bad_phone",
    -118: "not_on_zalo",
    -119: "not_on_zalo",
    -114: "not_on_zalo",
    -112: "zalo_parameters",
    -117: "zalo_template",
    -131: "zalo_template",
    -132: "zalo_parameters",
}
"""What a repeat does not mend; anything else that Zalo answers in JSON is tried again later."""
_breaker = find_breaker(NAME)


@contextmanager
def connect() -> Iterator[Send]:
    """A sender for one batch, over connections that stay open."""
    with open_client() as client:
        yield lambda outgoing: send(client, outgoing)


def find_template(event: str) -> str:
    """The id of the approved template for this event, empty where there is none. "*" stands for every event."""
    templates: Mapping[str, str] = settings.ZALO_TEMPLATES
    return templates.get(event) or templates.get("*", "").replace("*", event)


def send(client: Client, outgoing: Outgoing) -> Taken:
    """Send one message. Raises NotTaken or PerhapsTaken."""
    phone, template = build_phone(outgoing.address.get("phone", "")), find_template(outgoing.event)
    if not phone:
        raise _not_taken("bad_phone", permanent=True)
    if not template:
        raise _not_taken("zalo_template", permanent=True)
    payload = {
        "phone": phone,
        "template_id": template,
        "template_data": build_parameters(outgoing.context),
        "tracking_id": outgoing.reference,
    }
    try:
        if _breaker.is_resting():
            raise _not_taken("zalo_resting")
        return _read(_post(client, payload))
    except NotTaken as refusal:
        if refusal.permanent or not outgoing.is_bound:
            raise
        raise _perhaps_taken(refusal.code) from refusal


def _post(client: Client, payload: Mapping[str, object]) -> Answer:
    url = f"{settings.ZALO_URL.rstrip('/')}/message/template"
    try:
        return post_json(client, url, payload, {"access_token": settings.ZALO_TOKEN})
    except Unreachable as error:
        _breaker.count(is_fault=True)
        raise _not_taken("zalo_unreachable") from error
    except Unanswered as error:
        _breaker.count(is_fault=True)
        raise _perhaps_taken("zalo_unanswered") from error


def _read(answer: Answer) -> Taken:
    error = answer.body.get("error")
    if answer.status != OK_STATUS or not isinstance(error, int):
        _breaker.count(is_fault=True)
        raise _perhaps_taken(f"zalo_{answer.status}")
    if error == 0:
        _breaker.count(is_fault=False)
        return Taken(NAME, _read_number(answer.body.get("data")))
    if error in REFUSED_FOR_GOOD:
        _breaker.count(is_fault=False)
        raise _not_taken(REFUSED_FOR_GOOD[error], permanent=True)
    _breaker.count(is_fault=True)
    raise _not_taken(f"zalo{error}")


def _read_number(data: Json) -> str:
    return str(data.get("msg_id") or "")[:80] if isinstance(data, dict) else ""


def _not_taken(code: str, *, permanent: bool = False) -> NotTaken:
    return NotTaken(code=code, message=_("Zalo chưa nhận tin."), permanent=permanent)


def _perhaps_taken(code: str) -> PerhapsTaken:
    return PerhapsTaken(code=code, message=_("Chưa rõ Zalo đã nhận tin hay chưa."))
