"""Every stored field says what it is."""

import pytest
from django.apps import apps

from portal.core import classification
from portal.core.models import IdempotencyKey


def test_every_field_of_every_model_is_classified() -> None:
    assert classification.list_faults() == []


def test_third_party_tables_that_are_gone_are_noticed() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(classification.THIRD_PARTY) <= known


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"key": None}, "core.IdempotencyKey.key is not classified"),
        ({"gone": "public"}, "core.IdempotencyKey.gone is classified but not stored"),
        ({"key": "secret"}, "core.IdempotencyKey.key has the unknown class 'secret'"),
        (
            {"key": "sealed"},
            "core.IdempotencyKey.key must be a sealed field exactly when it is classified so",
        ),
        (
            {"response": "internal"},
            "core.IdempotencyKey.response must be a sealed field exactly when it is classified so",
        ),
    ],
)
def test_each_kind_of_fault_is_found(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str | None], fault: str
) -> None:
    table = {**classification.FIELDS["IdempotencyKey"], **change}
    known = {name: value for name, value in table.items() if value is not None}
    monkeypatch.setitem(classification.FIELDS, IdempotencyKey.__name__, known)

    assert fault in classification.list_faults()
