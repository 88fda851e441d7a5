"""Importing national records: repeats are harmless, what is ours is kept, hostile files harm nothing."""

import gzip
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

from portal.core import clock
from procedures.choices import ProcedureStatus, Source
from procedures.content import parse_content
from procedures.editing_choices import ImportKind
from procedures.loading import lines
from procedures.loading.lines import read_lines
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import catalogue_token
from procedures.services import close_procedure
from procedures.services.importing import NATIONAL, LoadReport, build_planner, import_procedures, write_plans
from tests.factories.catalogue import make_catalogue_admin, make_document, publish
from tests.procedures.national_records import make_record, to_line
from tests.procedures.test_national import JSON

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def run(*records: object, **options: Any) -> LoadReport:
        path = tmp_path / "records.jsonl"
        path.write_bytes(b"".join(each if isinstance(each, bytes) else to_line(each) for each in records))
        return import_procedures(path, **options)

    return run


def test_records_are_published_as_national(load: Any) -> None:
    record = make_record()
    assert load(record).created == [record["code"]]
    procedure = Procedure.objects.get(code=record["code"])
    version = procedure.current
    assert version is not None
    assert (procedure.source, procedure.level, version.number, version.source) == (
        "national",
        2,
        1,
        "national",
    )
    assert (procedure.limit_text, procedure.fee_text) == ("3 ngày làm việc", "0 đ")
    assert (version.effective_from, version.author_id) == (clock.today(), None)


def test_a_second_run_changes_nothing(load: Any) -> None:
    kept = publish(make_document()).procedure
    records = [make_record(), make_record(code=kept.code)]
    load(*records)
    before = (catalogue_token(), list(ProcedureVersion.objects.values_list("pk", "sha256")))
    drafts = list(ProcedureDraft.objects.values_list("code", "row_version"))
    report = load(*records)
    assert (report.created, report.updated, report.unchanged) == ([], [], [records[0]["code"]])
    assert (catalogue_token(), list(ProcedureVersion.objects.values_list("pk", "sha256"))) == before
    assert list(ProcedureDraft.objects.values_list("code", "row_version")) == drafts


def test_a_changed_record_is_the_next_version_and_back_again(load: Any) -> None:
    record = make_record()
    load(record)
    assert load({**record, "result": ["Giấy khác"]}).updated == [record["code"]]
    assert load(record).updated == [record["code"]]
    assert ProcedureVersion.objects.filter(procedure__code=record["code"]).count() == 3


def test_a_dry_run_says_and_writes_nothing(load: Any) -> None:
    record = make_record()
    token = catalogue_token()
    assert load(record, dry_run=True).created == [record["code"]]
    assert not Procedure.objects.exists()
    assert catalogue_token() == token


@pytest.mark.parametrize("source", [Source.SYSTEM, Source.OWN])
def test_what_is_ours_is_kept_and_the_record_becomes_a_draft(load: Any, source: str) -> None:
    version = publish(make_document())
    code = version.procedure.code
    Procedure.objects.filter(code=code).update(source=source)
    report = load(make_record(code=code))
    assert [(each[0], each[1]) for each in report.skipped] == [(code, "kept_here")]
    draft = ProcedureDraft.objects.get(code=code)
    assert (draft.source, draft.author_id, draft.content["code"]) == (Source.NATIONAL, None, code)
    assert Procedure.objects.get(code=code).current_id == version.pk


def test_a_draft_of_people_is_left_alone_and_one_of_a_load_follows(load: Any) -> None:
    mine, loaded = publish(make_document()).procedure, publish(make_document()).procedure
    admin = make_catalogue_admin()
    ProcedureDraft.objects.create(
        code=mine.code, content={"x": 1}, author=admin.user, changed_at=clock.now(), note="", return_reason=""
    )
    for result in ("Một", "Hai"):
        load(*(make_record(code=each.code, result=[result]) for each in (mine, loaded)))
    assert ProcedureDraft.objects.get(code=mine.code).content == {"x": 1}
    assert ProcedureDraft.objects.get(code=loaded.code).content["results"][0]["name"] == {"vi": "Hai"}


def test_a_code_closed_here_stays_closed(load: Any) -> None:
    record = make_record()
    load(record)
    close_procedure(make_catalogue_admin().actor, record["code"])
    report = load({**record, "result": ["Giấy khác"]})
    assert [each[1] for each in report.skipped] == ["closed_here"]
    procedure = Procedure.objects.get(code=record["code"])
    assert (procedure.status, procedure.versions.count()) == (ProcedureStatus.CLOSED, 1)


def test_the_first_of_a_code_wins_and_scope_is_chosen(load: Any) -> None:
    first = make_record()
    bad = {**first, "name": 5}
    far = make_record(scope="province", province="Núi Xanh")
    report = load(bad, first, {**first, "name": "Khác"}, far, scope="national")
    assert report.created == [first["code"]]
    assert [(number, why) for _code, why, number, _told in report.skipped] == [
        (1, "refused"),
        (3, "duplicate"),
        (4, "other_scope"),
    ]


GOOD = make_record(code="1.799999")
HOSTILE: list[tuple[bytes, str]] = [
    (b"{", "JSON"),
    (b"[1, 2]\n", "không phải một thủ tục"),
    (b'"text"\n', "không phải một thủ tục"),
    (b"null\n", "không phải một thủ tục"),
    (b"\xff\xfe\x00\x01\n", "UTF-8"),
    (b'{"code": "1.700001", "name": NaN}\n', "JSON"),
    (b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"\n", "JSON"),
    (b"[" * 200_000 + b"\n", "JSON"),
    (b'{"code": ' + b"9" * 6000 + b"}\n", "JSON"),
    (to_line({"code": "1.700001", "name": "x" * 10_000_000}), "dài quá 4 MB"),
    (to_line({"code": "1.700001", "name": "x" * 3_000_000}), "dài 3000000 ký tự"),
    (to_line(make_record(code="1.70000\x001")), "Mã thủ tục có dạng"),
    (to_line(make_record(documents=[[]])), "phải là một đối tượng"),
    (to_line(make_record(channels=[{"channel": ["direct"]}])), "phải là chữ"),
]


@pytest.mark.parametrize(("raw", "told"), HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_a_hostile_line_is_reported_and_the_rest_goes_on(load: Any, raw: bytes, told: str) -> None:
    report = load(raw.rstrip(b"\n") + b"\n", GOOD)
    assert report.created == [GOOD["code"]]
    [(_code, why, number, sentences)] = report.skipped
    assert (why, number) == ("refused", 1)
    assert told in " ".join(sentences)


def test_odd_but_harmless_things_are_stored_clean(load: Any) -> None:
    record = make_record(
        result=["Giấy\x00\ud800\u202e"],
        conditions="<script>alert(1)</script><p onclick=x>Đủ 18 tuổi</p>",
        code="1.730001",
        related=["1.730001", "1.700000", "1.700000"],
        successor="1.730001",
        effective_from="32/13/2026",
    )
    assert load(b"\xef\xbb\xbf" + to_line(record)[:-1] + b"\r\n", b"\n  \n").created == [record["code"]]
    content = parse_content(ProcedureVersion.objects.get(procedure__code=record["code"]).content)
    assert content.results[0].name.vi == "Giấy"
    assert content.next_codes == ("1.700000",)
    assert [text.vi for text in content.conditions] == ["Đủ 18 tuổi"]


def test_gzip_is_read_whatever_its_name_and_damage_ends_it(tmp_path: Path) -> None:
    records = [make_record() for _n in range(3)]
    packed = gzip.compress(b"".join(map(to_line, records)))
    path = tmp_path / "records.txt"
    path.write_bytes(packed)
    assert len(import_procedures(path).created) == 3
    path.write_bytes(packed[: len(packed) - 40])
    assert "Tệp nén bị hỏng" in import_procedures(path).skipped[-1][3][0]


def test_a_gzip_bomb_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_BYTES", 20 * 2**20)
    bomb = BytesIO(gzip.compress(b"a" * 2**27))
    [entry] = read_lines(bomb)
    assert "quá" in entry.fault
    monkeypatch.setattr(lines, "MOST_LINES", 5)
    assert "quá lớn" in list(read_lines(BytesIO(b"1\n" * 9)))[-1].fault


def test_the_database_refusing_one_record_leaves_the_others(
    load: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = make_record(name="Tên này cơ sở dữ liệu không nhận")
    good = [make_record(), make_record()]
    monkeypatch.setattr("procedures.columns.field_key", lambda name: "\x00" if name == "Hỏng" else "thu")
    report = load(good[0], {**bad, "field": "Hỏng"}, good[1])
    assert report.created == [each["code"] for each in good]
    assert [(code, why) for code, why, *_rest in report.skipped] == [(bad["code"], "refused")]
    assert not Procedure.objects.filter(code=bad["code"]).exists()


def test_what_came_between_planning_and_writing_is_kept() -> None:
    record = make_record()
    planner = build_planner(ImportKind.NATIONAL)
    plans = [planner.plan(entry) for entry in read_lines(BytesIO(to_line(record)))]
    publish(make_document(code=record["code"]))
    [plan] = write_plans(plans, planner, NATIONAL)
    assert plan.why == "kept_here"
    assert Procedure.objects.get(code=record["code"]).source == Source.SYSTEM


def test_the_command_reports_by_code_and_says_what_was_lost(tmp_path: Path) -> None:
    record = make_record(channels=[])
    path = tmp_path / "r.jsonl"
    path.write_bytes(to_line(record) + b"{\n")
    out = StringIO()
    call_command("import_procedures", str(path), stdout=out)
    told = out.getvalue()
    assert f"created: 1 {record['code']}" in told
    assert "  - refused (line 2) Không phải JSON đọc được." in told
    assert "  1 Không ghi phí, lệ phí" in told
    with pytest.raises(CommandError):
        call_command("import_procedures", str(tmp_path / "none"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_no_value_is_half_written(load: Any, value: object) -> None:
    record = make_record(documents=value, channels=value, steps_text=value)
    report = load(record)
    assert (report.created == [record["code"]]) is not bool(report.skipped)
    versions = ProcedureVersion.objects.filter(procedure__code=record["code"])
    assert versions.count() == Procedure.objects.filter(code=record["code"]).count() == len(report.created)
