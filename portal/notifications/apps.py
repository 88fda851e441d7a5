"""App configuration of portal.notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.notifications import (
            checks,
            integrity,
            services,  # noqa: F401  (they register notices of their own)
        )

        checks.register_checks()
        integrity.register_checks()
