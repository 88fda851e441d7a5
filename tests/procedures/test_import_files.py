"""Catalogue files by .zip: the same bytes again, two people, closings without circles, hostile archives."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.accounts.choices import Role
from portal.core.errors import Conflict, Forbidden, RuleViolation
from procedures import services
from procedures.choices import Source
from procedures.documents import readable_text
from procedures.editing_choices import ImportChoice, ImportKind, ImportState
from procedures.loading import archives
from procedures.loading.archives import read_archive
from procedures.models import CatalogueImport, Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import catalogue_token
from procedures.services import loads
from procedures.services.catalogue_files import stream_archive
from procedures.services.importing import import_procedures
from tests.factories.catalogue import make_catalogue_admin, make_document, publish
from tests.factories.people import Officer, make_officer
from tests.procedures.national_records import make_record, to_line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def admin() -> Officer:
    return make_catalogue_admin()


def _zip(*documents: dict[str, Any], **files: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for document in documents:
            archive.writestr(f"{document['code']}.json", readable_text(document))
        for name, raw in files.items():
            archive.writestr(name.replace("__", "."), raw)
    return target.getvalue()


def _stage(actor: Officer, raw: bytes, name: str = "a.zip") -> CatalogueImport:
    return loads.stage_file(actor.actor, filename=name, file=ContentFile(raw, name=name))


def _outcomes(load: CatalogueImport) -> list[tuple[str, str]]:
    return list(load.records.order_by("position").values_list("code", "outcome"))


def _read(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_taken_out_and_brought_in_is_the_same_to_the_byte(admin: Officer, tmp_path: Any) -> None:
    own, closed, national = make_document(), make_document(), make_record()
    publish(own)
    publish(closed)
    (tmp_path / "n.jsonl").write_bytes(to_line(national))
    import_procedures(tmp_path / "n.jsonl")
    services.close_procedure(admin.actor, closed["code"], successor=own["code"])
    raw = b"".join(stream_archive(which="all"))
    assert set(_read(raw)) == {f"{each['code']}.json" for each in (own, closed, national)}
    assert _outcomes(_stage(admin, raw)) == [
        (code, "unchanged") for code in sorted(each["code"] for each in (own, closed, national))
    ]


def test_files_come_back_whole_where_nothing_was(admin: Officer) -> None:
    first, second = make_document(), make_document()
    shut = {**second, "closed": {"on": "2025-07-01", "successor": first["code"]}}
    load = _stage(admin, _zip(shut, first))
    assert load.kind == ImportKind.FILES
    load = loads.apply_load(make_catalogue_admin().actor, load.pk)
    loads.continue_loads()
    load.refresh_from_db()
    assert (load.state, load.counts["created"]) == (ImportState.APPLIED, 2)
    assert _read(b"".join(stream_archive(which="all"))) == _read(
        _zip(*sorted((first, shut), key=lambda d: d["code"]))
    )
    version = ProcedureVersion.objects.get(procedure__code=first["code"])
    assert (version.source, version.author_id, version.approver_id) == (
        Source.OWN,
        load.created_by_id,
        load.applied_by_id,
    )


def test_a_file_that_only_closes_writes_no_new_version(admin: Officer) -> None:
    document = make_document()
    publish(document)
    load = _stage(admin, _zip({**document, "closed": {"on": "2025-07-01"}}))
    assert _outcomes(load) == [(document["code"], "updated")]
    loads.apply_load(make_catalogue_admin().actor, load.pk)
    loads.continue_loads()
    procedure = Procedure.objects.get(code=document["code"])
    assert (procedure.is_closed, procedure.versions.count()) == (True, 1)


def test_a_file_that_is_gone_ends_the_reading(admin: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loads, "PIECE", 1)
    load = _stage(admin, _lines(make_record(), make_record()))
    default_storage.delete(f"imports/{load.pk}")
    loads.continue_loads()
    load.refresh_from_db()
    assert "Hãy mang tệp đến lại" in load.records.get(position=2).reasons[0]
    assert loads.apply_load(admin.actor, load.pk).counts["created"] == 1


def test_who_brought_files_does_not_apply_them(admin: Officer) -> None:
    load = _stage(admin, _zip(make_document()))
    with pytest.raises(Forbidden):
        loads.apply_load(admin.actor, load.pk)
    assert not Procedure.objects.exists()


def test_only_a_catalogue_admin_loads(admin: Officer) -> None:
    load = _stage(admin, _zip(make_document()))
    other = make_officer(Role.RECEPTION).actor
    for act in (loads.apply_load, loads.discard_load):
        with pytest.raises(Forbidden):
            act(other, load.pk)
    with pytest.raises(Forbidden):
        loads.stage_file(other, filename="a", file=ContentFile(b"x", name="a"))
    with pytest.raises(Forbidden):
        loads.choose(other, load.pk, choice="keep")


@pytest.mark.parametrize(
    ("closings", "told"),
    [
        ({"1.810001": "1.810002", "1.810002": "1.810001"}, "1.810002 không có hoặc đã bãi bỏ"),
        ({"1.810001": "1.810001"}, "1.810001 không có hoặc đã bãi bỏ"),
        ({"1.810001": "1.899999"}, "1.899999 không có hoặc đã bãi bỏ"),
    ],
)
def test_closings_in_a_circle_or_to_nowhere_are_refused(
    admin: Officer, closings: dict[str, str], told: str
) -> None:
    files = [
        make_document(code=code, closed={"on": "2025-07-01", "successor": successor})
        for code, successor in closings.items()
    ]
    load = _stage(admin, _zip(*files, make_document(code="1.810009")))
    assert _outcomes(load) == [*((code, "skipped") for code in closings), ("1.810009", "created")]
    assert told in load.records.get(position=1).reasons[0]


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("1.820000__json", b"{", "JSON"),
        ("1.820000__json", b"[]", "không phải một thủ tục"),
        ("1.820000__json", b'{"code": "1.820000"}', "Thiếu nội dung"),
        (
            "1.820000__json",
            json.dumps(make_document(code="1.820001")).encode(),
            "Tên tệp phải là 1.820001.json",
        ),
        (
            "1.820000__json",
            json.dumps(make_document(code="1.820000", name={"vi": "a\x00"})).encode(),
            "điều khiển",
        ),
        (
            "1.820000__json",
            json.dumps(make_document(code="1.820000", name={"vi": "\ud800"})).encode(),
            "ký tự",
        ),
        (
            "1.820000__json",
            json.dumps(make_document(code="1.820000", closed={"on": "32/13"})).encode(),
            "Ngày",
        ),
        ("1.820000__json", b'{"a":' * 800 + b"1" + b"}" * 800, "lồng nhau"),
        ("1.820000__json", json.dumps({"x": [[]] * 9}).encode(), "Tên này không có"),
        ("1.820000__json", b" " * (4 * 2**20 + 1), "lớn quá 4 MB"),
        ("thumbs__db", b"x", "Không phải tệp .json"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_file_is_reported_and_the_rest_goes_on(
    admin: Officer, name: str, raw: bytes, told: str
) -> None:
    good = make_document(code="1.820009")
    load = _stage(admin, _zip(good, **{name: raw}))
    assert [outcome for _code, outcome in _outcomes(load)] == ["created", "skipped"]
    assert told in " ".join(load.records.get(position=2).reasons)


@pytest.mark.parametrize("raw", [b"PK\x03\x04broken", _zip(make_document())[:-30]], ids=["junk", "cut"])
def test_a_broken_archive_is_one_refusal(admin: Officer, raw: bytes) -> None:
    load = _stage(admin, raw)
    assert [outcome for _code, outcome in _outcomes(load)] == ["skipped"]


def test_an_archive_that_swells_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 2**20)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.json", b"0" * 2**19)
    assert "quá lớn" in list(read_archive(target))[-1].fault


@pytest.mark.parametrize(("size", "told"), [(0, "rỗng"), (loads.MOST_BYTES + 1, "lớn quá")])
def test_an_empty_or_huge_file_is_refused_with_a_sentence(admin: Officer, size: int, told: str) -> None:
    file = ContentFile(b"", name="a")
    file.size = size
    with pytest.raises(RuleViolation) as refusal:
        loads.stage_file(admin.actor, filename="a", file=file)
    assert told in refusal.value.errors["file"][0]


def _lines(*records: object) -> bytes:
    return b"".join(map(to_line, records))


def test_a_big_file_is_read_and_applied_in_pieces(admin: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loads, "PIECE", 2)
    records = [make_record() for _n in range(5)]
    load = _stage(admin, _lines(*records, records[0]), "n.jsonl")
    assert (load.counts["phase"], load.records.count()) == ("reading", 2)
    with pytest.raises(Conflict):
        loads.apply_load(admin.actor, load.pk)
    loads.continue_loads()
    load.refresh_from_db()
    assert (load.counts["phase"], load.counts["created"], load.counts["skipped"]) == ("ready", 5, 1)
    loads.apply_load(admin.actor, load.pk)
    assert Procedure.objects.count() == 2
    with pytest.raises(Conflict):
        loads.discard_load(admin.actor, load.pk)
    loads.continue_loads()
    load.refresh_from_db()
    assert (load.state, Procedure.objects.count()) == (ImportState.APPLIED, 5)
    token = catalogue_token()
    assert loads.continue_loads() == 0
    assert catalogue_token() == token


def test_the_same_file_while_it_waits_is_the_same_load(admin: Officer) -> None:
    raw = _lines(make_record())
    first = _stage(admin, raw)
    assert _stage(make_catalogue_admin(), raw).pk == first.pk
    loads.discard_load(admin.actor, first.pk)
    loads.discard_load(admin.actor, first.pk)
    assert _stage(admin, raw).pk != first.pk
    assert not Procedure.objects.exists()


@pytest.mark.parametrize("choice", ImportChoice.values)
def test_a_conflict_becomes_a_draft_or_nothing(admin: Officer, choice: str) -> None:
    kept = publish(make_document()).procedure
    load = _stage(admin, _lines(make_record(code=kept.code)))
    assert _outcomes(load) == [(kept.code, "conflict")]
    loads.choose(admin.actor, load.pk, choice=choice, position=1)
    with pytest.raises(RuleViolation):
        loads.choose(admin.actor, load.pk, choice="x")
    loads.apply_load(admin.actor, load.pk)
    loads.continue_loads()
    assert ProcedureDraft.objects.filter(code=kept.code).exists() is (choice == ImportChoice.KEEP)
    assert Procedure.objects.get(code=kept.code).current_id == kept.current_id


def test_what_changed_since_staging_is_decided_again(admin: Officer) -> None:
    record = make_record()
    load = _stage(admin, _lines(record))
    publish(make_document(code=record["code"]))
    loads.apply_load(admin.actor, load.pk)
    loads.continue_loads()
    assert _outcomes(load) == [(record["code"], "conflict")]
    assert Procedure.objects.get(code=record["code"]).source == Source.SYSTEM
