"""A person who calls the live product over HTTP, and is told apart: not reached, broken off, answered."""

import http.client
import json
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from portal.demo.servers.banner import PASSWORD

TIMEOUT_S = 30


class NotReachedError(Exception):
    """Nobody listened: nothing was sent, so nothing can have happened."""


class BrokenOffError(Exception):
    """The line broke after the request was sent: what became of it is unknown."""


@dataclass(frozen=True)
class Answer:
    """`location`: where a redirect leads; empty without one."""

    status: int
    body: bytes
    location: str = ""

    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """A signed-in person of the demo with cookies; each call takes a new connection."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url).netloc
        self.cookies: dict[str, str] = {}

    def sign_in(self, login: str) -> None:
        answer = self.try_to_sign_in(login, PASSWORD)
        assert answer.status == 302, answer.body[:500]

    def try_to_sign_in(self, login: str, password: str) -> Answer:
        self.call("GET", "/accounts/login/")
        token = self.cookies["csrftoken"]
        form = {"login": login, "password": password, "csrfmiddlewaretoken": token}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.call("POST", "/accounts/login/", urlencode(form).encode(), kind)

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Answer:
        """A call of the API with a JSON body; `Idempotency_Key` names a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call(
            "POST", path, json.dumps(body).encode(), {"Content-Type": "application/json", **named}
        )

    def upload(self, name: str, content: bytes) -> Answer:
        """One file to the API's uploads."""
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        kind = "Content-Type: application/octet-stream\r\n\r\n"
        body = (head + kind).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.call(
            "POST", "/api/v1/uploads", body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )

    def call(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Raises NotReachedError, BrokenOffError."""
        line = http.client.HTTPConnection(self.address, timeout=TIMEOUT_S)
        try:
            line.connect()
        except OSError as error:
            raise NotReachedError from error
        try:
            line.request(method, path, body, {**self._build_headers(), **(headers or {})})
            response = line.getresponse()
            location = response.headers.get("Location") or ""
            answer = Answer(response.status, response.read(), location)
        except (OSError, http.client.HTTPException) as error:
            raise BrokenOffError from error
        finally:
            line.close()
        self._keep_cookies(response)
        return answer

    def _build_headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        token = self.cookies.get("csrftoken", "")
        return {"Cookie": cookies, "X-CSRFToken": token, "Connection": "close"}

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
