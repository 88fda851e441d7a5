"""Django behind WSGI, with requests whose headers cannot break it before any middleware runs.

Django decodes a whole request by the charset of its Content-Type, and takes `hex`, `punycode` or `undefined`
for one: the address then fails to decode while the request object is made, outside every handler.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

from portal.core.warming import warm_up

UNREADABLE = "unreadable"


class PortalWSGIRequest(WSGIRequest):
    """Text is UTF-8 whatever the Content-Type says; CleanInputMiddleware refuses what says otherwise."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            self.content_type, self.content_params = "", {"charset": UNREADABLE}


class PortalHandler(WSGIHandler):
    request_class = PortalWSGIRequest

    def warm_up(self) -> None:
        """Called by the server before it makes its processes."""
        warm_up(self)
