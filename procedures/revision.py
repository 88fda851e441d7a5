"""The token of the catalogue's state: caches keyed by it are right for as long as it stays."""

from uuid import UUID

from procedures.models import CatalogueRevision

_NO_REVISION = UUID(int=0)


def catalogue_token() -> UUID:
    """Changes with every change of the catalogue. One query."""
    return CatalogueRevision.objects.filter(pk=1).values_list("token", flat=True).first() or _NO_REVISION
