"""A small site of its own, for tests of what stands between a request and its view."""

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def web(settings: Settings) -> Client:
    """A client of the addresses in weburls, behind the middleware of core only."""
    settings.ROOT_URLCONF = "tests.core.weburls"
    settings.CSRF_FAILURE_VIEW = "portal.core.errorpages.csrf_failure"
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "EXCEPTION_HANDLER": "portal.core.problem.exception_handler",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    }
    settings.MIDDLEWARE = [
        "portal.core.middleware.RequestIdMiddleware",
        "portal.core.middleware.SecurityHeadersMiddleware",
        "portal.core.middleware.CleanInputMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "portal.core.middleware.PortalErrorMiddleware",
    ]
    return Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="vi")
