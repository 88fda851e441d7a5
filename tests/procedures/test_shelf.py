"""The short way that factories put shipped procedures into the catalogue leaves what publishing leaves."""

from typing import Any

import pytest
from django.db import transaction

from procedures import services
from procedures.choices import Source
from procedures.models import Procedure, ProcedureVersion
from tests.factories.catalogue import CORE, publish_shipped, read_catalogue

OWN = {"id", "procedure_id", "current_id", "revised_at", "published_at"}


def _rows() -> list[dict[str, Any]]:
    rows: list[Any] = [*Procedure.objects.order_by("code").values()]
    rows += ProcedureVersion.objects.order_by("procedure__code").values()
    return [{name: value for name, value in row.items() if name not in OWN} for row in rows]


@pytest.mark.django_db
def test_it_writes_what_publishing_writes() -> None:
    with transaction.atomic():
        for code in CORE:
            services.publish_document(read_catalogue(code), source=Source.SYSTEM)
        published = _rows()
        transaction.set_rollback(True)
    publish_shipped(CORE)
    assert _rows() == published
    for procedure in Procedure.objects.select_related("current"):
        assert procedure.current is not None
        assert procedure.current.procedure_id == procedure.pk
