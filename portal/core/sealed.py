"""Model fields stored encrypted and bound to their table, column and row, opened when first read.

A model names what binds a row in `seal_binding: ClassVar[tuple[str, ...]]`: attributes known before the
insert, by default its UUID primary key. Sealed values cannot be searched; find them by a BlindIndexField.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from portal.core.jsontypes import Json
from portal.core.keyring import KEY_BYTES, KeyRing, blind_index, get_key_ring, open_sealed

__all__ = ["BlindIndexField", "KeyRing", "Sealed", "SealedJSON", "SealedText", "blind_index", "sealed_fields"]

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _ST = TypeVar("_ST", contravariant=True)  # noqa: PLC0105 - the names django-stubs uses
    _GT = TypeVar("_GT", covariant=True)  # noqa: PLC0105

    class _Field(models.Field[_ST, _GT]): ...

    class _BytesField(models.BinaryField[_ST, _GT]): ...
else:
    from typing import Generic

    _ST, _GT = TypeVar("_ST"), TypeVar("_GT")

    class _Field(models.Field, Generic[_ST, _GT]): ...

    class _BytesField(models.BinaryField, Generic[_ST, _GT]): ...


class Sealed:
    """The stored form of a sealed value: opaque, safe to pass around and to print."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    @property
    def key_id(self) -> int:
        """Which key of the ring sealed it."""
        return self.blob[0]

    def __repr__(self) -> str:
        return "<Sealed>"


class _SealedAttribute(DeferredAttribute):
    """Opens the value of one row on first reading."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        field = cast("SealedField[Any, Any]", self.field)
        value = instance.__dict__.get(field.attname, self)
        if value is self:
            value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = field.open(instance, value)
            instance.__dict__[field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(_Field[_ST, _GT]):
    """What SealedText and SealedJSON share; never used by itself."""

    descriptor_class = _SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def dump(self, value: Any) -> bytes:
        """The plaintext bytes of a value."""
        raise NotImplementedError

    def load(self, plaintext: bytes) -> Any:
        """The value of plaintext bytes."""
        raise NotImplementedError

    def seal(self, instance: models.Model, value: Any) -> Sealed:
        """Seal a value for this row, for the places that write without `save()`."""
        return Sealed(get_key_ring().seal(self.dump(value), self._bound_to(instance)))

    def open(self, instance: models.Model, sealed: Sealed) -> Any:
        """Open a value of this row. Raises SealBroken."""
        return self.load(open_sealed(sealed.blob, self._bound_to(instance)))

    def _bound_to(self, instance: models.Model) -> bytes:
        parts = [self.model._meta.db_table, self.column or ""]
        for name in _binding(self.model):
            value = getattr(instance, name)
            if value is None:
                raise ValueError(f"{self.model.__name__}.{name} must be known before {self.name} is sealed")
            parts.append(str(value))
        return b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:  # a copy under another key could never be opened again
                return self.seal(model_instance, self.open(model_instance, value))
            return value
        return None if value is None else self.seal(model_instance, value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: save() the row, or write field.seal(row, value)")
        return connection.Database.Binary(value.blob)  # type: ignore[attr-defined]

    def from_db_value(self, value: Any, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed and cannot be searched; use its blind index")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed and cannot be searched; use its blind index")

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed and leaves in no dump")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors = list(super().check(**kwargs))
        key = self.model._meta.pk
        if "pk" in _binding(self.model) and isinstance(key, models.AutoField):
            hint = "Use a UUID key or name known attributes in seal_binding."
            errors.append(
                checks.Error("A sealed field is bound to a key made by the insert.", hint, self, "core.E001")
            )
        return errors


class SealedText(SealedField[_ST, _GT]):
    """Text, encrypted at rest."""

    _pyi_private_set_type: str | Sealed
    _pyi_private_get_type: str

    def dump(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text, not {type(value).__name__}")
        return value.encode()

    def load(self, plaintext: bytes) -> str:
        return plaintext.decode()


class SealedJSON(SealedField[_ST, _GT]):
    """A JSON value, encrypted at rest; NaN and non-JSON objects are refused with ValueError or TypeError."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def dump(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

    def load(self, plaintext: bytes) -> Json:
        return cast("Json", json.loads(plaintext))


class BlindIndexField(_BytesField[_ST, _GT]):
    """The blind index of a sealed value: 32 bytes, found by equality only."""

    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def from_db_value(self, value: Any, expression: object, connection: object) -> bytes | None:
        return None if value is None else bytes(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is not None and (not isinstance(value, bytes) or len(value) != KEY_BYTES):
            raise TypeError(f"{self.name} takes what blind_index() gives")
        return super().get_db_prep_value(value, connection, prepared)


def sealed_fields(model: type[models.Model]) -> list[SealedField[Any, Any]]:
    """The sealed fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def _binding(model: type[models.Model]) -> tuple[str, ...]:
    return getattr(model, "seal_binding", ("pk",))
