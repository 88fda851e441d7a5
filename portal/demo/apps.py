"""App configuration of portal.demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "portal.demo"
    default_auto_field = "django.db.models.BigAutoField"
