"""verify_history finds what was done to a history, even by the owner of the database."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from dossiers.history import find_breaks
from dossiers.models import Dossier, DossierEvent
from portal.core import clock, ids
from tests.dossiers import tampering
from tests.factories.dossiers import Desk, accept, file_birth, make_desk, start

pytestmark = pytest.mark.django_db
Tampering = Callable[[Dossier], object]
EVENTS = 3


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """A dossier with three events."""
    started = start(desk, accept(desk, file_birth(desk)))
    assert started.last_seq == EVENTS
    return started


def _breaks(code: str | None = None) -> list[str]:
    return [f"{found.code} event {found.seq}: {found.fault}" for found in find_breaks(code)]


FIELD, PAYLOAD = "a field was changed", "the payload was changed"
ORDER, TAIL = "it does not follow the event before it", "the tail is missing or was replaced"


def _delete_and_close_up(dossier: Dossier) -> None:
    tampering.delete(dossier, 2)
    tampering.renumber(dossier, 3, 2)


def _insert_in_between(dossier: Dossier) -> None:
    tampering.renumber(dossier, 3, 4)
    tampering.forge(dossier, after=2, seq=3)


def _replace_the_tail(dossier: Dossier) -> None:
    tampering.delete(dossier, 3)
    tampering.forge(dossier, after=2, seq=3)


def _change_with_its_hash(dossier: Dossier) -> None:
    event = tampering.get_event(dossier, 2)
    tampering.delete(dossier, 2)
    tampering.forge(dossier, after=1, seq=2, kind=f"{event.kind}ed")


def _exchange_payloads(dossier: Dossier) -> None:
    one, other = tampering.get_event(dossier, 1), tampering.get_event(dossier, 2)
    for event, source in ((one, other), (other, one)):
        tampering.run(
            "UPDATE dossiers_dossierevent SET payload = %s, salt = %s WHERE id = %s",
            source.__dict__["payload"].blob,
            source.salt,
            event.pk,
        )


def _write_another_payload(dossier: Dossier) -> None:
    event = tampering.get_event(dossier, 2)
    event.payload = {"due_at": "2030-01-01T00:00:00+07:00"}
    event.save(update_fields=["payload"])


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda d: tampering.change(d, 2, kind="resolve"), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, at=clock.now() - timedelta(days=3)), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, actor_kind="system"), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, actor_user_id=ids.uuid7()), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, actor_membership_id=999), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, actor_agency_id=999), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, actor_name="Ai Đó"), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, door="task"), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 1, filing_sha256=bytes(32)), f"event 1: {FIELD}"),
        (lambda d: tampering.change(d, 2, payload_sha256=bytes(32)), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, hash=bytes(32)), f"event 2: {FIELD}"),
        (lambda d: tampering.change(d, 2, previous=bytes(32)), f"event 2: {ORDER}"),
        (lambda d: tampering.change(d, 2, salt=bytes(16)), f"event 2: {PAYLOAD}"),
        (lambda d: tampering.change(d, 2, salt=None), f"event 2: {PAYLOAD}"),
        (_write_another_payload, f"event 2: {PAYLOAD}"),
        (_exchange_payloads, f"event 1: {PAYLOAD}"),
        (lambda d: tampering.delete(d, 1), "event 1: event 1 is missing"),
        (lambda d: tampering.delete(d, 2), "event 2: event 2 is missing"),
        (_delete_and_close_up, f"event 2: {ORDER}"),
        (lambda d: tampering.delete(d, 3), TAIL),
        (lambda d: tampering.delete(d, 1, 2, 3), "event 1: every event is missing"),
        (lambda d: tampering.swap(d, 2, 3), f"event 2: {ORDER}"),
        (lambda d: tampering.forge(d, after=3, seq=4), TAIL),
        (_insert_in_between, f"event 4: {ORDER}"),
        (_replace_the_tail, TAIL),
        (_change_with_its_hash, f"event 3: {ORDER}"),
        (lambda d: Dossier.objects.filter(pk=d.pk).update(last_hash=bytes(32)), TAIL),
    ],
)
def test_it_names_the_first_break(desk: Desk, dossier: Dossier, tamper: Tampering, fault: str) -> None:
    before, after = file_birth(desk), file_birth(desk)
    with tampering.without_triggers():
        tamper(dossier)
    (found,) = _breaks()
    assert found.startswith(f"{dossier.code} event ")
    assert found.endswith(fault)
    assert _breaks(dossier.code) == [found]
    assert _breaks(before.code) == _breaks(after.code) == []


def test_an_untouched_history_holds(dossier: Dossier) -> None:
    assert _breaks() == []


def test_every_broken_chain_is_named(desk: Desk, dossier: Dossier) -> None:
    other = file_birth(desk)
    with tampering.without_triggers():
        tampering.delete(dossier, 2)
        tampering.change(other, 1, kind="receive")
    assert {found.split()[0] for found in _breaks()} == {dossier.code, other.code}


def test_erasing_a_payload_leaves_the_chain_whole(dossier: Dossier) -> None:
    erased = DossierEvent.objects.filter(dossier=dossier, seq=2).update(payload=None, salt=None)
    assert erased == 1
    assert tampering.get_event(dossier, 2).payload is None
    assert _breaks() == []


@pytest.mark.parametrize(
    "tamper",
    [
        lambda d: tampering.change(d, 2, kind="resolve"),
        lambda d: tampering.delete(d, 3),
        lambda d: tampering.run("UPDATE dossiers_filing SET revision = 2 WHERE dossier_id = %s", d.pk),
        lambda d: tampering.run("DELETE FROM dossiers_filing WHERE dossier_id = %s", d.pk),
    ],
)
def test_the_database_itself_refuses_to_change_history(dossier: Dossier, tamper: Tampering) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        tamper(dossier)
    assert _breaks() == []


def test_the_command_fails_and_says_where(dossier: Dossier) -> None:
    with tampering.without_triggers():
        tampering.delete(dossier, 3)
    said = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("verify_history", stdout=said)
    assert failed.value.returncode == 1
    assert said.getvalue() == f"{dossier.code} event 3: {TAIL}\n"


def test_the_command_verifies_one_dossier(desk: Desk, dossier: Dossier) -> None:
    other = file_birth(desk)
    with tampering.without_triggers():
        tampering.delete(dossier, 3)
    said = StringIO()
    call_command("verify_history", "--dossier", other.code, stdout=said)
    assert "every chain holds" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_history", "--dossier", dossier.code, stdout=said)
    with pytest.raises(CommandError, match="no dossier"):
        call_command("verify_history", "--dossier", "H00-260101-0001", stdout=said)
