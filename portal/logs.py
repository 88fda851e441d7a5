"""Structured logs: one line of JSON per request and task on standard output; no query strings, no bodies."""

from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


class RequestLogMiddleware(RequestMiddleware):
    """Logs method and path only: a query may hold the words that an officer searched for."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


def build_logging(level: str) -> dict[str, Any]:
    """The `LOGGING` setting: all through structlog as JSON, so a line break in a value stays in its line."""
    json = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        "foreign_pre_chain": _SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": json},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "django.request": {"level": "ERROR"},
            "django_structlog": {"level": level},
            "httpx": {"level": "WARNING"},  # else a line for every call of a provider
        },
    }


def configure_structlog() -> None:
    """Send structlog's own loggers through the standard library, hence through `LOGGING`."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
