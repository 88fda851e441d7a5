"""App configuration of onestop."""

from django.apps import AppConfig


class OnestopConfig(AppConfig):
    name = "onestop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onestop.certification.integrity import register_checks

        register_checks()
