"""App configuration of dossiers."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dossiers import notices, proposals, search  # noqa: F401  (they register events, kinds, lookups)
        from dossiers.integrity import register_checks
        from dossiers.reminders import events  # noqa: F401  (it registers the notices that reminders are)

        register_checks()
