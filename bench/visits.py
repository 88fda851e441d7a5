"""A signed-in person as a browser would be: cookies, the CSRF token, and who they act as."""

from dataclasses import dataclass
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from bench.server import Server

PASSWORD = "motcua-demo"


@dataclass(frozen=True)
class Visit:
    """`cookie`: the header of every further request; `token`: the value of X-CSRFToken."""

    opener: OpenerDirector
    cookie: str
    token: str


def sign_in(server: Server, username: str) -> Visit:
    """Raises ValueError where the sign-in page did not let them in."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    page = f"{server.url}/accounts/login/"
    opener.open(page, timeout=30).close()
    fields = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": _read(jar, "csrftoken")}
    opener.open(Request(page, urlencode(fields).encode(), {"Referer": page}), timeout=30).close()
    if not _read(jar, "sessionid"):
        raise ValueError(f"{username} could not sign in")
    cookies = {cookie.name: cookie.value or "" for cookie in jar}
    return Visit(
        opener, "; ".join(f"{name}={value}" for name, value in cookies.items()), _read(jar, "csrftoken")
    )


def _read(jar: CookieJar, name: str) -> str:
    return next((cookie.value or "" for cookie in jar if cookie.name == name), "")
