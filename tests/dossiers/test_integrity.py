"""check_integrity finds what no constraint can hold, and finds nothing where nothing is wrong."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from dossiers import integrity
from dossiers.choices import FileState
from dossiers.models import Dossier, StoredFile
from dossiers.storage import file_storage
from portal.core.integrity import Fault, integrity_checks
from portal.core.models import Counter
from tests.dossiers import tampering
from tests.factories.dossiers import Desk, accept, file_birth, make_desk, make_upload
from tests.factories.states import STATES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "dossiers": {**settings.STORAGES["dossiers"], "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """An accepted dossier with one file, and another beside it."""
    file_birth(desk)
    return accept(desk, file_birth(desk))


def _faults() -> dict[str, list[Fault]]:
    """Of the checks of dossiers, by check, those that found something."""
    names = ("counters", "files", "filings", "history")
    found = {name: list(integrity_checks.get(name)()) for name in names}
    return {name: faults for name, faults in found.items() if faults}


def _file_of(dossier: Dossier) -> StoredFile:
    return dossier.attachments.get().file


def test_every_state_a_dossier_can_reach_is_sound(desk: Desk) -> None:
    for build in STATES.values():
        build(desk)
    assert _faults() == {}


def test_a_demo_is_sound_in_every_check() -> None:
    call_command("seed_demo", stdout=StringIO())
    said = StringIO()
    call_command("check_integrity", stdout=said)
    assert said.getvalue() == f"no faults in {len(integrity_checks)} checks\n"


@pytest.mark.parametrize("given_out", [0, 1])
def test_a_counter_behind_its_codes_is_found(dossier: Dossier, given_out: int) -> None:
    (series,) = Counter.objects.filter(series__startswith="dossier:").values_list("series", flat=True)
    if given_out:
        Counter.objects.filter(series=series).update(value=given_out)
    else:
        Counter.objects.filter(series=series).delete()
    (fault,) = _faults()["counters"]
    assert fault == Fault(series, f"counter {given_out} is behind code number 2")


def test_a_counter_ahead_of_its_codes_is_no_fault(dossier: Dossier) -> None:
    Counter.objects.update(value=50)
    assert _faults() == {}


def _remove(key: str) -> None:
    file_storage().delete(key)


def _change_one_bit(key: str) -> None:
    path = Path(file_storage().path(key))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _cut_off(key: str) -> None:
    path = Path(file_storage().path(key))
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("harm", "text"), [(_remove, "missing"), (_change_one_bit, "changed"), (_cut_off, "changed")]
)
def test_a_lost_or_changed_file_is_found(dossier: Dossier, harm: Callable[[str], None], text: str) -> None:
    stored = _file_of(dossier)
    harm(stored.key)
    assert _faults() == {
        "files": [Fault(f"file:{stored.pk}", f"the file {_verb(text)} the storage")],
    }


def _verb(text: str) -> str:
    return {"missing": "is missing from", "changed": "was changed in"}[text]


def test_a_deleted_file_need_not_be_there(desk: Desk) -> None:
    stored = make_upload(desk.citizen_actor)
    StoredFile.objects.filter(pk=stored.pk).update(state=FileState.DELETED)
    file_storage().delete(stored.key)
    assert _faults() == {}


def test_a_filed_dossier_without_filing_is_found(dossier: Dossier) -> None:
    with tampering.without_triggers():
        tampering.run("DELETE FROM dossiers_filing WHERE dossier_id = %s", dossier.pk)
    assert _faults() == {"filings": [Fault(f"dossier:{dossier.code}", "it has no filing")]}


def test_a_filed_dossier_without_history_is_found(dossier: Dossier) -> None:
    with tampering.without_triggers():
        tampering.delete(dossier, 1, 2)
        Dossier.objects.filter(pk=dossier.pk).update(last_seq=0, last_hash=None)
    texts = {fault.text for fault in _faults()["filings"]}
    assert "it has no event" in texts


def test_a_missing_tail_is_found_by_number_and_by_chain(dossier: Dossier) -> None:
    with tampering.without_triggers():
        tampering.delete(dossier, 2)
    faults = _faults()
    assert faults["filings"] == [Fault(f"dossier:{dossier.code}", "last event 2, found 1")]
    assert [fault.subject for fault in faults["history"]] == [f"dossier:{dossier.code}"]


def test_a_changed_event_is_found(dossier: Dossier) -> None:
    with tampering.without_triggers():
        tampering.change(dossier, 1, actor_name="Ai Đó")
    (fault,) = _faults()["history"]
    assert fault == Fault(f"dossier:{dossier.code}", "history broken at event 1: a field was changed")


def test_the_command_lists_every_fault_and_fails(dossier: Dossier) -> None:
    file_storage().delete(_file_of(dossier).key)
    Counter.objects.filter(series__startswith="dossier:").update(value=1)
    said = StringIO()
    with pytest.raises(CommandError, match="2 fault") as failed:
        call_command("check_integrity", stdout=said)
    assert failed.value.returncode == 1
    lines = said.getvalue().splitlines()
    assert sorted(line.partition(":")[0] for line in lines) == ["counters", "files"]


def test_reading_in_chunks_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "CHUNK", 2)
    filed = [file_birth(desk) for _number in range(5)]
    for dossier in filed:
        file_storage().delete(_file_of(dossier).key)
    assert len(_faults()["files"]) == len(filed)
