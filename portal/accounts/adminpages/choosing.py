"""Pickers of the administration site that search as one types, safe against keys that are none."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


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


class PickOne(_KeysOnly, AutocompleteSelect):
    pass


class PickSome(_KeysOnly, AutocompleteSelectMultiple):
    pass
