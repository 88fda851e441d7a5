"""After a new key: seal again what older keys sealed, so that they can be retired."""

from django.apps import apps
from django.db import models

from portal.core.keyring import get_key_ring
from portal.core.locking import durable, lock_rows
from portal.core.sealed import Sealed, sealed_fields


def reseal(model: type[models.Model], *, batch: int = 200) -> int:
    """Seal every value of the model that an older key sealed; returns how many rows changed.

    Each batch is its own durable transaction and locks its rows; a repeat is harmless. Raises SealBroken.
    Needs the owner's database role where the table is append-only.
    """
    names = [field.attname for field in sealed_fields(model)]
    rows = model._base_manager.order_by("pk").values_list("pk", *names)
    changed = 0
    page = list(rows[:batch])
    while page:
        stale = [row[0] for row in page if any(_is_stale(value) for value in row[1:])]
        changed += _reseal_rows(model, stale) if stale else 0
        page = list(rows.filter(pk__gt=page[-1][0])[:batch])
    return changed


def list_sealed_models() -> list[type[models.Model]]:
    """Every model that seals something."""
    return [model for model in apps.get_models(include_auto_created=True) if sealed_fields(model)]


def _reseal_rows(model: type[models.Model], keys: list[object]) -> int:
    changed = 0
    with durable():
        for row in lock_rows(model._base_manager.filter(pk__in=keys)):
            fresh = {
                field.attname: field.seal(row, field.open(row, value))
                for field in sealed_fields(model)
                if _is_stale(value := row.__dict__[field.attname])
            }
            changed += model._base_manager.filter(pk=row.pk).update(**fresh) if fresh else 0
    return changed


def _is_stale(value: object) -> bool:
    return isinstance(value, Sealed) and value.key_id != get_key_ring().current_id
