"""Sealing many values with the product's own keys and bindings."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import models

from portal.core.jsontypes import Json
from portal.core.sealed import SealedField, sealed_fields


@dataclass(frozen=True, slots=True)
class Row:
    """The attributes a sealed field is bound to: a key, or the place of an event in its dossier."""

    pk: UUID | None = None
    dossier_id: UUID | None = None
    seq: int = 0


class Sealer:
    """One sealed column of one model."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        self._field: SealedField[Any, Any] = next(f for f in sealed_fields(model) if f.name == name)

    def seal(self, row: Row, value: Json) -> bytes:
        return self._field.seal(cast("models.Model", row), value).blob
