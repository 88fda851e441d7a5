"""POST /zalo/message/template with the header `access_token`: HTTP 200 always, the outcome is the number `error`.

`{"phone": "84…", "template_id", "template_data", "tracking_id"}` -> `{"error": 0, "data": {"msg_id"}}`. A tracking_id
that was taken before is answered as it was then. Templates are `demo.<event>`; `render` shows their text.
"""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from portal.demo.simulators.phones.answers import Reply
from portal.demo.simulators.phones.book import Book
from portal.demo.simulators.phones.faults import Faults
from portal.demo.simulators.phones.reporting import Reporter
from portal.demo.simulators.sms.gateway import report

_NUMBER = re.compile(r"84[35789][0-9]{8}", re.ASCII)
LONGEST_VALUE: Final = 200
OK, BAD_PHONE, NOT_ON_ZALO, BAD_PARAMETERS, BAD_TOKEN, BUSY, QUOTA = 0, -108, -118, -112, -124, -100, -144
Render = Callable[[str, Mapping[str, Any]], str]


def show_parameters(template: str, values: Mapping[str, Any]) -> str:
    """Without the templates' texts: the parameters, a line each."""
    return "\n".join([template, *(f"{key}: {value}" for key, value in values.items())])


class ZaloGateway:
    """The service, its token and what it does wrong; `refused` are numbers without Zalo."""

    name = "zalo"

    def __init__(self, token: str, book: Book, reporter: Reporter, render: Render = show_parameters) -> None:
        self._token = token
        self._book, self._reporter, self._render = book, reporter, render
        self.faults = Faults()

    def answer(self, path: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> Reply:
        """Take one message, or do the wrong thing that is switched on."""
        if path != "/message/template":
            return Reply(404)
        match fault := self.faults.next_answer():
            case "5xx":
                return Reply(500)
            case "busy":
                return _refuse(BUSY, "Unknown error")
            case "429":
                return _refuse(QUOTA, "Out of daily quota")
            case "hang":
                time.sleep(self.faults.hang_s)
        if refusal := self._find_fault(headers, body):
            return refusal
        reply = self._take(body)
        return Reply(200, reply, is_dropped=fault == "drop", is_garbage=fault == "garbage")

    def _find_fault(self, headers: Mapping[str, str], body: Mapping[str, Any]) -> Reply | None:
        phone, values = str(body.get("phone", "")), body.get("template_data")
        if headers.get("access_token") != self._token:
            return _refuse(BAD_TOKEN, "Access token invalid")
        if not _NUMBER.fullmatch(phone):
            return _refuse(BAD_PHONE, "Phone number invalid")
        if phone in self.faults.refused:
            return _refuse(NOT_ON_ZALO, "Zalo account not existed")
        is_whole = isinstance(values, dict) and all(
            len(str(value)) <= LONGEST_VALUE for value in values.values()
        )
        if not is_whole or not body.get("template_id") or not body.get("tracking_id"):
            return _refuse(BAD_PARAMETERS, "Template's data invalid")
        return None

    def _take(self, body: Mapping[str, Any]) -> dict[str, Any]:
        template = str(body["template_id"])
        entry, is_new = self._book.take(
            self.name,
            str(body["tracking_id"]),
            to=str(body["phone"]),
            text=self._render(template, body["template_data"]),
            parts=1,
            template=template,
        )
        if is_new:
            report(self._reporter, self.faults, entry)
        data = {"msg_id": entry.number, "sent_time": str(int(entry.at * 1000))}
        return {"error": OK, "message": "Success", "data": data}


def _refuse(error: int, message: str) -> Reply:
    return Reply(200, {"error": error, "message": message})
