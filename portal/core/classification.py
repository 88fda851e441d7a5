"""What each stored field is, so that nothing personal is kept by accident.

Each app has `<app>/classification.py` with `FIELDS: {"Model": {"field": value}}`. Values:
public (anybody may see it), internal, personal (clear by decision: names, account e-mail), sealed
(encrypted), index (blind index or hash of something sealed or secret).
"""

from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models

from portal.core.sealed import BlindIndexField, SealedField


class Classification(StrEnum):
    """The values of the tables."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SEALED = "sealed"
    INDEX = "index"


FIELDS: dict[str, dict[str, str]] = {
    "Counter": {"series": "internal", "value": "internal"},
    "Throttle": {
        "key": "index",
        "window_start": "internal",
        "hits": "internal",
        "blocked_until": "internal",
    },
    "IdempotencyKey": {
        "id": "internal",
        "user_key": "internal",
        "key": "internal",
        "body_sha256": "index",
        "response": "sealed",
        "created_at": "internal",
    },
}

# Tables of the libraries we install. Sessions hold identifiers only; account e-mail is clear by decision.
THIRD_PARTY: dict[str, dict[str, str]] = {
    "contenttypes.ContentType": {"id": "internal", "app_label": "internal", "model": "internal"},
    "auth.Permission": {
        "id": "internal",
        "name": "internal",
        "content_type": "internal",
        "codename": "internal",
    },
    "auth.Group": {"id": "internal", "name": "internal"},
    "auth.Group_permissions": {"id": "internal", "group": "internal", "permission": "internal"},
    "sessions.Session": {
        "session_key": "internal",
        "session_data": "internal",
        "expire_date": "internal",
    },
    "admin.LogEntry": {
        "id": "internal",
        "action_time": "internal",
        "user": "internal",
        "content_type": "internal",
        "object_id": "internal",
        "object_repr": "personal",
        "action_flag": "internal",
        "change_message": "internal",
    },
    "account.EmailAddress": {
        "id": "internal",
        "user": "internal",
        "email": "personal",
        "verified": "internal",
        "primary": "internal",
    },
    "account.EmailConfirmation": {
        "id": "internal",
        "email_address": "internal",
        "created": "internal",
        "sent": "internal",
        "key": "internal",
    },
}


def list_faults() -> list[str]:
    """A line for each stored field without a class, each stale entry, each class that does not fit."""
    faults: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            faults += _faults_of(model, _table_of(model))
    return sorted(faults)


def _table_of(model: type[models.Model]) -> dict[str, str]:
    if model._meta.label in THIRD_PARTY:
        return THIRD_PARTY[model._meta.label]
    name = f"{apps.get_app_config(model._meta.app_label).name}.classification"
    if find_spec(name) is None:
        return {}
    tables: dict[str, dict[str, str]] = getattr(import_module(name), "FIELDS", {})
    return tables.get(model._meta.object_name or "", {})


def _faults_of(model: type[models.Model], table: dict[str, str]) -> list[str]:
    label = model._meta.label
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    faults = [f"{label}.{name} is not classified" for name in fields.keys() - table.keys()]
    faults += [f"{label}.{name} is classified but not stored" for name in table.keys() - fields.keys()]
    for name in fields.keys() & table.keys():
        if table[name] not in set(Classification):
            faults.append(f"{label}.{name} has the unknown class {table[name]!r}")
        elif (table[name] == Classification.SEALED) != isinstance(fields[name], SealedField):
            faults.append(f"{label}.{name} must be a sealed field exactly when it is classified so")
        elif isinstance(fields[name], BlindIndexField) and table[name] != Classification.INDEX:
            faults.append(f"{label}.{name} is a blind index and must be classified so")
    return faults
