"""Sessions as the API's proof of who calls; a missing one is 401."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class PortalSessionAuthentication(SessionAuthentication):
    """Django's session and CSRF token. Names a scheme, so that DRF answers 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
