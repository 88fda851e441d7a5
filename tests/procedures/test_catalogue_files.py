"""Catalogue files: an exact round trip, harmless repeats, people's own versions kept."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from procedures import services
from procedures.choices import Source
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from tests.factories.catalogue import (
    CATALOGUE_DIR,
    CODES,
    make_catalogue_admin,
    make_document,
    publish,
    read_catalogue,
)

pytestmark = pytest.mark.django_db


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
    assert "created: 6" in _import(CATALOGUE_DIR)
    before = list(ProcedureVersion.objects.order_by("pk").values_list("pk", "number", "sha256"))
    assert "unchanged: 6" in _import(CATALOGUE_DIR)
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
    assert exported["closed"] == {"successor": new.code}
    assert "closed" not in ProcedureVersion.objects.get(procedure=old).content
    report = services.import_catalogue(tmp_path / "a")
    assert sorted(report.unchanged) == sorted([old.code, new.code])


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
