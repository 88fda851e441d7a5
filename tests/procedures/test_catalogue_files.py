"""Catalogue files: an exact round trip, harmless repeats, people's own versions kept."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.core import clock
from procedures import services
from procedures.choices import ProcedureStatus, Source
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import catalogue_token
from tests.factories.catalogue import (
    CATALOGUE_DIR,
    CODES,
    make_catalogue_admin,
    make_document,
    publish,
    read_catalogue,
)

pytestmark = pytest.mark.django_db
DISTRICT_PERMIT = "1.009994"
"""Closed with the districts on 1 July 2025."""


def _import(directory: Path) -> str:
    out = StringIO()
    call_command("import_catalogue", str(directory), stdout=out)
    return out.getvalue()


def _write(directory: Path, document: dict[str, object]) -> None:
    (directory / f"{document['code']}.json").write_text(json.dumps(document), encoding="utf-8")


def test_the_round_trip_is_exact(tmp_path: Path) -> None:
    _import(CATALOGUE_DIR)
    call_command("export_catalogue", str(tmp_path), stdout=StringIO())
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{code}.json" for code in CODES]
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (CATALOGUE_DIR / path.name).read_bytes()


def test_a_second_run_changes_nothing() -> None:
    assert f"created: {len(CODES)} " in _import(CATALOGUE_DIR)
    before = list(ProcedureVersion.objects.order_by("pk").values_list("pk", "number", "sha256"))
    assert f"unchanged: {len(CODES)} " in _import(CATALOGUE_DIR)
    assert list(ProcedureVersion.objects.order_by("pk").values_list("pk", "number", "sha256")) == before


def test_a_changed_file_is_the_next_version(tmp_path: Path) -> None:
    document = read_catalogue("1.004873")
    publish(document)
    _write(tmp_path, {**document, "summary": {"vi": "Câu mới."}})
    assert "updated: 1 1.004873" in _import(tmp_path)
    assert Procedure.objects.get(code="1.004873").summary == "Câu mới."
    assert ProcedureVersion.objects.filter(procedure__code="1.004873").count() == 2


def test_closed_procedures_travel_with_their_successor(tmp_path: Path) -> None:
    admin = make_catalogue_admin()
    old, new = publish().procedure, publish().procedure
    services.close_procedure(admin.actor, old.code, successor=new.code)
    services.export_catalogue(tmp_path / "a")
    exported = json.loads((tmp_path / "a" / f"{old.code}.json").read_text())
    assert exported["closed"] == {"successor": new.code, "on": clock.today().isoformat()}
    assert "closed" not in ProcedureVersion.objects.get(procedure=old).content
    token = catalogue_token()
    report = services.import_catalogue(tmp_path / "a")
    assert sorted(report.unchanged) == sorted([old.code, new.code])
    assert catalogue_token() == token


def test_a_closed_file_closes_on_its_day_and_names_what_replaces_it() -> None:
    _import(CATALOGUE_DIR)
    old = Procedure.objects.get(code=DISTRICT_PERMIT)
    assert (old.status, old.closed_on) == (ProcedureStatus.CLOSED, date(2025, 7, 1))
    assert old.successor == Procedure.objects.get(code="1.013225")
    assert ProcedureVersion.objects.get(procedure=old).effective_from.year == 2021


def test_a_closed_procedure_may_have_no_successor(tmp_path: Path) -> None:
    _write(tmp_path, make_document(code="1.800004", closed={"on": "2025-07-01"}))
    _import(tmp_path)
    services.export_catalogue(tmp_path / "out")
    exported = json.loads((tmp_path / "out" / "1.800004.json").read_text())
    assert exported["closed"] == {"on": "2025-07-01"}


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        ("2025-07-01", "closed: Phần này phải là một đối tượng"),
        ({}, "closed.on: Thiếu ngày bãi bỏ"),
        ({"on": "1/7/2025"}, "closed.on: Ngày phải có dạng"),
        ({"on": "2099-01-01"}, "closed.on: Ngày bãi bỏ không được ở tương lai"),
        ({"on": "2025-07-01", "succesor": "1.013225"}, "closed.succesor: Tên này không có"),
        ({"on": "2025-07-01", "successor": 5}, "closed.successor: Phần này phải là chữ"),
        ({"on": "2025-07-01", "successor": "1.999999"}, "thủ tục thay thế 1.999999 không có"),
        ({"on": "2025-07-01", "successor": "1.800005"}, "thủ tục thay thế 1.800005 không có"),
    ],
)
def test_a_faulty_closing_is_named_and_changes_nothing(tmp_path: Path, closed: object, told: str) -> None:
    _write(tmp_path, make_document(code="1.800005", closed=closed))
    with pytest.raises(CommandError) as refusal:
        _import(tmp_path)
    assert "1.800005.json" in str(refusal.value)
    assert told in str(refusal.value)
    assert not Procedure.objects.exists()


def test_a_file_does_not_close_what_people_published(tmp_path: Path) -> None:
    document = make_document()
    publish(document)
    Procedure.objects.filter(code=document["code"]).update(source=Source.OWN)
    _write(tmp_path, {**document, "summary": {"vi": "Từ tệp."}, "closed": {"on": "2025-07-01"}})
    assert services.import_catalogue(tmp_path).skipped == {document["code"]: "kept_here"}
    assert Procedure.objects.get(code=document["code"]).status == ProcedureStatus.OPEN


def test_what_people_published_is_kept_and_the_file_becomes_a_draft(tmp_path: Path) -> None:
    author, approver = make_catalogue_admin(), make_catalogue_admin()
    document = make_document()
    draft = services.save_draft(author.actor, document["code"], content=document)
    draft = services.propose_draft(
        author.actor, draft.code, row_version=1, effective_from=draft.changed_at.date().replace(year=2099)
    )
    services.publish_draft(approver.actor, draft.code, row_version=draft.row_version)
    _write(tmp_path, {**document, "summary": {"vi": "Từ tệp."}})
    report = services.import_catalogue(tmp_path)
    assert report.skipped == {document["code"]: "kept_here"}
    kept = ProcedureDraft.objects.get(code=document["code"])
    assert (kept.source, kept.content["summary"]) == (Source.SYSTEM, {"vi": "Từ tệp."})


def test_a_faulty_file_changes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, make_document(code="1.800001"))
    _write(tmp_path, make_document(code="1.900002", level=9))
    with pytest.raises(CommandError, match=r"1\.900002\.json: level"):
        _import(tmp_path)
    assert not Procedure.objects.exists()


@pytest.mark.parametrize("text", ["{", "[]", '"text"'])
def test_a_file_that_is_no_document_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "1.800003.json").write_text(text)
    with pytest.raises(CommandError, match=r"1\.800003\.json"):
        _import(tmp_path)
