"""Which static files of libraries are collected: those of the admin and of our own pages."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves out the browsable API, which no address serves, and htmx, of which we keep our own copy."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework", "django_htmx"]
