"""Pickers of the administration site that search as one types, safe against keys that are none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class _KeysOnly(AutocompleteMixin):
    """Django looks every posted value up to draw its name, and fails on one that cannot be a key."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        keys = [text for text in value if not text or self._is_key(text)]
        return super().optgroups(name, keys, attr)

    def _is_key(self, text: str) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(text)
        except ValidationError:
            return False
        return True


class OneByKey(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Says of a key that is none what it says of one that names nothing."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


UNKNOWN_KEY = {"invalid_pk_value": _("Lựa chọn này không có ở đây. Hãy chọn lại.")}


class PickOne(_KeysOnly, AutocompleteSelect):
    pass


class PickSome(_KeysOnly, AutocompleteSelectMultiple):
    pass
