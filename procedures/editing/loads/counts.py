"""Reads for taking procedures out: how many there are of each kind, and the fields that have some."""

from collections.abc import Sequence

from django.db.models import Count, Min, Q

from procedures.choices import Source
from procedures.models import Procedure


def count_exports() -> dict[str, int]:
    """How many procedures each choice holds. One query."""
    return Procedure.objects.filter(current__isnull=False).aggregate(
        all=Count("pk"), own=Count("pk", filter=~Q(source=Source.NATIONAL))
    )


def list_fields() -> Sequence[tuple[str, str]]:
    """(key, name with its count) of every field, by name. One query."""
    rows = (
        Procedure.objects.filter(current__isnull=False)
        .values("field_key")
        .annotate(name=Min("field"), count=Count("pk"))
        .order_by("name")
    )
    return [(row["field_key"], f"{row['name']} ({row['count']})") for row in rows]
