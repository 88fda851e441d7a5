"""In which language a page answers: Vietnamese, unless somebody chose another one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.accounts.models import User
from portal.accounts.requests import get_actor

API_PREFIX = "/api/"


class LanguageMiddleware:
    """Behind ActorMiddleware: what a person chose is kept with their account, what a visitor chose in a cookie.

    What the browser prefers does not count: most foreign settings here belong to people who read Vietnamese.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = find_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def find_language(request: HttpRequest) -> str:
    """The desk and the API speak Vietnamese to everybody. No query beyond that for the account."""
    if request.path.startswith(API_PREFIX) or get_actor(request).is_officer:
        return settings.LANGUAGE_CODE
    user = request.user
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    chosen = user.language if isinstance(user, User) else cookie
    return chosen if is_offered(chosen) else settings.LANGUAGE_CODE


def is_offered(code: str) -> bool:
    return code in dict(settings.LANGUAGES)
