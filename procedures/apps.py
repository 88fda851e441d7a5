"""App configuration of procedures."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.core.warming import warmers
        from procedures.warming import warm_catalogue

        warmers.register("procedures", warm_catalogue)
