"""Sealed model fields, tried on the tables that core and audit really have."""

import pickle
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from django.core import checks, serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from pytest_django import Settings

from portal.core.errors import SealBroken
from portal.core.models import IdempotencyKey
from portal.core.reseal import list_sealed_models, reseal
from portal.core.sealed import BlindIndexField, Sealed, SealedField, SealedJSON, SealedText, blind_index

pytestmark = pytest.mark.django_db

ANSWER: dict[str, Any] = {"name": "Nguyễn Thị Ơn", "n": 1, "list": [None, True]}


def make_row(key: str = "k1", response: object = ANSWER) -> IdempotencyKey:
    return IdempotencyKey.objects.create(user_key="user:1", key=key, body_sha256="0" * 64, response=response)


def read_stored(row: IdempotencyKey) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT response FROM core_idempotencykey WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def write_stored(row: IdempotencyKey, blob: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_idempotencykey SET response = %s WHERE id = %s", [blob, row.pk])


def get_field() -> SealedField[Any, Any]:
    return cast("SealedField[Any, Any]", IdempotencyKey._meta.get_field("response"))


def test_the_table_holds_no_plaintext_and_python_reads_it_back() -> None:
    row = make_row()

    assert "Nguyễn".encode() not in read_stored(row)
    assert IdempotencyKey.objects.get(pk=row.pk).response == ANSWER
    assert row.response == ANSWER


def test_null_stays_null_and_can_be_asked_for() -> None:
    row = make_row(response=None)

    assert IdempotencyKey.objects.get(pk=row.pk).response is None
    assert IdempotencyKey.objects.filter(response__isnull=True).count() == 1


def test_a_value_is_opened_only_when_it_is_read() -> None:
    row = make_row()
    write_stored(row, b"\x01 not sealed at all, but long enough")
    loaded = IdempotencyKey.objects.get(pk=row.pk)

    assert loaded.key == "k1"
    loaded.save(update_fields=["key"])
    with pytest.raises(SealBroken):
        _ = loaded.response


def test_an_untouched_value_is_written_back_as_it_was() -> None:
    row = make_row()
    stored = read_stored(row)
    IdempotencyKey.objects.get(pk=row.pk).save()

    assert read_stored(row) == stored


def test_a_change_inside_the_value_is_saved() -> None:
    row = IdempotencyKey.objects.get(pk=make_row().pk)
    cast("dict[str, Any]", row.response)["n"] = 2
    row.save()

    assert cast("dict[str, Any]", IdempotencyKey.objects.get(pk=row.pk).response)["n"] == 2


def test_a_value_copied_to_another_row_does_not_open() -> None:
    one, two = make_row("k1"), make_row("k2")
    write_stored(two, read_stored(one))

    with pytest.raises(SealBroken):
        _ = IdempotencyKey.objects.get(pk=two.pk).response


def test_deferred_and_refreshed_values_open() -> None:
    row = IdempotencyKey.objects.defer("response").get(pk=make_row().pk)
    assert row.response == ANSWER
    row.response = {}
    row.refresh_from_db()
    assert row.response == ANSWER


def test_bulk_create_seals() -> None:
    rows = [
        IdempotencyKey(user_key="u", key=str(n), body_sha256="0" * 64, response={"n": n}) for n in range(3)
    ]
    IdempotencyKey.objects.bulk_create(rows)

    found = IdempotencyKey.objects.filter(user_key="u").order_by("key")
    assert [row.response for row in found] == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_values_give_only_opaque_objects() -> None:
    make_row()
    [value] = IdempotencyKey.objects.values_list("response", flat=True)

    assert isinstance(value, Sealed)
    assert (repr(value), str(value), value.key_id) == ("<Sealed>", "<Sealed>", 1)
    assert isinstance(pickle.loads(pickle.dumps(value)), Sealed)


@pytest.mark.parametrize(
    "condition",
    [
        {"response": {}},
        {"response__exact": "x"},
        {"response__in": [1]},
        {"response__name": "x"},
        {"response": None},
    ],
)
def test_a_filter_on_a_sealed_field_is_refused(condition: dict[str, object]) -> None:
    with pytest.raises(FieldError, match="blind index"):
        list(IdempotencyKey.objects.filter(**condition))


def test_an_update_with_plaintext_is_refused_and_with_a_sealed_value_works() -> None:
    row = make_row()
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        IdempotencyKey.objects.update(response={"n": 3})
    row.response = {"n": 3}
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        IdempotencyKey.objects.bulk_update([row], ["response"])

    IdempotencyKey.objects.filter(pk=row.pk).update(response=get_field().seal(row, {"n": 4}))
    assert IdempotencyKey.objects.get(pk=row.pk).response == {"n": 4}


def test_a_row_without_its_binding_cannot_seal() -> None:
    nobody = IdempotencyKey(user_key="u", key=None, body_sha256="0" * 64, response={})  # type: ignore[misc]
    with pytest.raises(ValueError, match="must be known before"):
        nobody.save()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_is_not_json_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        make_row(response=value)


def test_a_copy_of_a_row_is_sealed_for_its_own_place() -> None:
    copy = IdempotencyKey.objects.get(pk=make_row().pk)
    assert copy.response == ANSWER
    copy.pk, copy.key = None, "k2"
    copy._state.adding = True
    copy.save()

    assert IdempotencyKey.objects.get(key="k2").response == ANSWER


def test_a_dump_of_sealed_fields_is_refused() -> None:
    make_row()
    with pytest.raises(TypeError, match="leaves in no dump"):
        serializers.serialize("json", IdempotencyKey.objects.all())


@isolate_apps("portal.core")
def test_binding_to_a_key_that_the_insert_makes_is_a_check_error() -> None:
    class Bad(models.Model):
        secret = SealedText()

        class Meta:
            app_label = "core"

    class Good(models.Model):
        id = models.UUIDField(primary_key=True)
        secret = SealedJSON(default=dict)

        class Meta:
            app_label = "core"

    found = [
        message.id for message in Bad._meta.get_field("secret").check() if isinstance(message, checks.Error)
    ]
    assert found == ["core.E001"]
    assert Good._meta.get_field("secret").check() == []
    assert Good(id=UUID(int=1)).secret == {}


@isolate_apps("portal.core")
def test_sealed_text_takes_text_only_and_an_index_takes_an_index_only() -> None:
    class Person(models.Model):
        id = models.UUIDField(primary_key=True)
        phone = SealedText()
        phone_index = BlindIndexField()

        class Meta:
            app_label = "core"

    person = Person(id=UUID(int=1), phone="0912 345 678")
    phone = cast("SealedField[Any, Any]", Person._meta.get_field("phone"))
    index = Person._meta.get_field("phone_index")

    assert phone.open(person, phone.seal(person, "Ơ" * 10_000)) == "Ơ" * 10_000
    with pytest.raises(TypeError, match="takes text"):
        phone.seal(person, 912)
    for wrong in ("0912345678", b"short"):
        with pytest.raises(TypeError, match="blind_index"):
            index.get_db_prep_value(wrong, connection)
    assert index.get_db_prep_value(blind_index("0912345678", "phone"), connection) is not None


@pytest.fixture
def rotating_keys(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "1.key").write_bytes(b"a" * 32)
    settings.SEAL_KEYS_DIR = tmp_path
    return tmp_path


def test_after_a_rotation_old_values_open_and_resealing_retires_the_old_key(rotating_keys: Path) -> None:
    rows = [make_row(str(number)) for number in range(5)] + [make_row("none", response=None)]
    (rotating_keys / "2.key").write_bytes(b"b" * 32)
    probe = make_row("new")  # the process learns of key 2 only when it meets it
    write_stored(probe, b"\x02" + b"0" * 40)
    with pytest.raises(SealBroken):
        _ = IdempotencyKey.objects.get(pk=probe.pk).response
    probe.delete()

    assert IdempotencyKey.objects.get(pk=rows[0].pk).response == ANSWER
    assert reseal(IdempotencyKey, batch=2) == 5
    assert reseal(IdempotencyKey, batch=2) == 0
    assert {read_stored(row)[0] for row in rows[:5]} == {2}

    (rotating_keys / "1.key").unlink()
    assert IdempotencyKey.objects.get(pk=rows[0].pk).response == ANSWER


def test_the_command_reseals_every_sealed_model(capsys: pytest.CaptureFixture[str]) -> None:
    make_row()
    call_command("reseal")

    assert IdempotencyKey in list_sealed_models()
    assert "core.IdempotencyKey: 0" in capsys.readouterr().out
