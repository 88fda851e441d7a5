"""App configuration of portal.core."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "portal.core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import portal.core.openapi  # noqa: F401 - registers the security schemes
        from portal.core.api_words import install_words
        from portal.core.privileges import grant_after_migrate
        from portal.core.training import refuse_other_kind

        install_words()
        # Once, for core: all tables of a migrate run exist before the first post_migrate is sent.
        post_migrate.connect(grant_after_migrate, sender=self, dispatch_uid="portal.core.privileges")
        connection_created.connect(refuse_other_kind, dispatch_uid="portal.core.training")
