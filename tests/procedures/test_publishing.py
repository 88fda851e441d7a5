"""Drafts and versions: two persons, nothing published ever changes, no edit is lost."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from procedures import services
from procedures.choices import ProcedureStatus, Source
from procedures.documents import document_sha256
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import access_procedure, catalogue_token, current_version, get_content
from tests.factories.catalogue import Document, make_catalogue_admin, make_document, publish
from tests.factories.people import Officer, make_actor, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Officer:
    return make_catalogue_admin("Phạm Thị Luật")


@pytest.fixture
def approver() -> Officer:
    return make_catalogue_admin("Đỗ Văn Duyệt")


def _propose(author: Officer, document: Document, effective_from: date | None = None) -> ProcedureDraft:
    code = document["code"]
    draft = services.save_draft(author.actor, code, content=document)
    day = effective_from or clock.today()
    return services.propose_draft(author.actor, code, row_version=draft.row_version, effective_from=day)


def _execute(sql: str, version_id: int) -> None:
    """Past every service and model, straight to the table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [version_id])


def test_two_persons_publish(author: Officer, approver: Officer) -> None:
    document = make_document()
    draft = _propose(author, document)
    version = services.publish_draft(approver.actor, draft.code, row_version=draft.row_version)
    assert (version.number, version.source) == (1, Source.OWN)
    assert (version.author_id, version.approver_id) == (author.user.pk, approver.user.pk)
    assert version.sha256 == document_sha256(document)
    procedure = access_procedure(draft.code)
    assert procedure.current_id == version.pk
    assert procedure.limit_text == "3 ngày làm việc"
    assert not ProcedureDraft.objects.filter(code=draft.code).exists()
    assert AuditEntry.objects.filter(action="procedure.published", subject=draft.code).exists()


def test_the_author_does_not_approve(author: Officer) -> None:
    draft = _propose(author, make_document())
    with pytest.raises(Forbidden) as refusal:
        services.publish_draft(author.actor, draft.code, row_version=draft.row_version)
    assert refusal.value.code == "same_person"


def test_the_last_editor_does_not_approve_either(author: Officer, approver: Officer) -> None:
    document = make_document()
    draft = services.save_draft(author.actor, document["code"], content=document)
    draft = services.save_draft(approver.actor, draft.code, content=document, row_version=draft.row_version)
    draft = services.propose_draft(
        author.actor, draft.code, row_version=draft.row_version, effective_from=clock.today()
    )
    with pytest.raises(Forbidden):
        services.publish_draft(approver.actor, draft.code, row_version=draft.row_version)


def test_the_database_refuses_one_person_too(author: Officer) -> None:
    version = publish()
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure, number=2, content={}, schema=1, sha256="", level=4,
            effective_from=clock.today(), source=Source.OWN, author=author.user, approver=author.user,
            published_at=clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize("source", [Source.SYSTEM, Source.NATIONAL])
def test_imports_need_no_second_person(source: Source) -> None:
    version = publish(make_document(level=2, form=None), source=source)
    assert version.author_id is None


def test_the_database_refuses_a_national_version_above_level_2() -> None:
    with pytest.raises(IntegrityError, match="level_2"):
        publish(make_document(level=4), source=Source.NATIONAL)


@pytest.mark.parametrize(
    "change",
    ["content = '{}'::jsonb", "level = 1", "number = 7", "sha256 = ''", "effective_from = '2000-01-01'",
     "source = 'own'"],
)  # fmt: skip
def test_a_published_version_never_changes(change: str) -> None:
    version = publish()
    with pytest.raises(IntegrityError, match="append-only"):
        _execute(f"UPDATE procedures_procedureversion SET {change} WHERE id = %s", version.pk)


def test_a_published_version_is_never_deleted() -> None:
    version = publish()
    with pytest.raises(IntegrityError, match="append-only"):
        _execute("DELETE FROM procedures_procedureversion WHERE id = %s", version.pk)


def test_only_its_last_day_may_be_written() -> None:
    version = publish()
    version.effective_to = date(2030, 1, 1)
    version.save(update_fields=["effective_to"])
    version.refresh_from_db()
    assert version.effective_to == date(2030, 1, 1)


def test_numbers_are_unique() -> None:
    version = publish()
    with pytest.raises(IntegrityError, match="number_is_unique"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure, number=1, content={}, schema=1, sha256="", level=1,
            effective_from=clock.today(), source=Source.SYSTEM, published_at=clock.now(),
        )  # fmt: skip


def test_a_new_version_ends_the_one_before() -> None:
    first = publish(make_document(code="1.900777", effective_from=None))
    second = publish(make_document(code="1.900777", summary={"vi": "Khác."}))
    first.refresh_from_db()
    assert second.number == 2
    assert first.effective_to is not None
    assert current_version("1.900777").pk == second.pk
    assert access_procedure("1.900777").summary == "Khác."


def test_a_later_version_waits_for_its_day(author: Officer, approver: Officer) -> None:
    code = "1.900778"
    first = publish(make_document(code=code))
    later = clock.today() + timedelta(days=10)
    draft = _propose(author, make_document(code=code, summary={"vi": "Sau này."}), effective_from=later)
    second = services.publish_draft(approver.actor, code, row_version=draft.row_version)
    assert access_procedure(code).current_id == first.pk
    assert current_version(code).pk == first.pk
    assert current_version(code, later - timedelta(days=1)).pk == first.pk
    assert current_version(code, later).pk == second.pk


def test_versions_come_into_force_on_their_day(
    monkeypatch: pytest.MonkeyPatch, author: Officer, approver: Officer
) -> None:
    code = "1.900779"
    publish(make_document(code=code))
    later = clock.today() + timedelta(days=10)
    draft = _propose(author, make_document(code=code, summary={"vi": "Sau này."}), effective_from=later)
    second = services.publish_draft(approver.actor, code, row_version=draft.row_version)
    assert services.put_into_force() == 0
    monkeypatch.setattr(clock, "today", lambda: later)
    token = catalogue_token()
    assert services.put_into_force() == 1
    assert services.put_into_force() == 0
    assert access_procedure(code).current_id == second.pk
    assert access_procedure(code).summary == "Sau này."
    assert catalogue_token() != token


def test_there_is_no_version_before_the_first() -> None:
    publish(make_document(code="1.900780", effective_from="2026-01-01"))
    with pytest.raises(NotFound):
        current_version("1.900780", date(2025, 12, 31))


def test_a_stale_save_keeps_both_texts(author: Officer, approver: Officer) -> None:
    document = make_document()
    draft = services.save_draft(author.actor, document["code"], content=document)
    theirs = {**document, "summary": {"vi": "Của người kia."}}
    services.save_draft(approver.actor, draft.code, content=theirs, row_version=draft.row_version)
    mine = {**document, "summary": {"vi": "Của tôi."}}
    with pytest.raises(Conflict) as refusal:
        services.save_draft(author.actor, draft.code, content=mine, row_version=draft.row_version)
    assert refusal.value.extra["yours"] == mine
    assert refusal.value.extra["theirs"] == theirs
    assert refusal.value.extra["row_version"] == 2
    assert ProcedureDraft.objects.get(code=draft.code).content == theirs


def test_a_second_new_draft_is_a_conflict(author: Officer, approver: Officer) -> None:
    document = make_document()
    services.save_draft(author.actor, document["code"], content=document)
    with pytest.raises(Conflict):
        services.save_draft(approver.actor, document["code"], content={"code": document["code"]})


def test_a_draft_may_be_incomplete_but_not_proposed(author: Officer) -> None:
    draft = services.save_draft(author.actor, "1.900781", content={"schema": 1})
    with pytest.raises(RuleViolation) as refusal:
        services.propose_draft(
            author.actor, draft.code, row_version=draft.row_version, effective_from=clock.today()
        )
    assert "name" in refusal.value.errors


def test_saving_takes_a_proposal_back(author: Officer, approver: Officer) -> None:
    document = make_document()
    draft = _propose(author, document)
    draft = services.save_draft(author.actor, draft.code, content=document, row_version=draft.row_version)
    with pytest.raises(RuleViolation) as refusal:
        services.publish_draft(approver.actor, draft.code, row_version=draft.row_version)
    assert refusal.value.code == "not_proposed"


def test_an_old_proposal_is_not_published(author: Officer, approver: Officer) -> None:
    document = make_document()
    draft = _propose(author, document)
    services.save_draft(author.actor, draft.code, content=document, row_version=draft.row_version)
    with pytest.raises(Conflict):
        services.publish_draft(approver.actor, draft.code, row_version=draft.row_version)


def test_a_past_day_is_refused(author: Officer) -> None:
    with pytest.raises(RuleViolation) as refusal:
        _propose(author, make_document(), effective_from=clock.today() - timedelta(days=1))
    assert "effective_from" in refusal.value.errors


def test_only_catalogue_admins_write() -> None:
    reception = make_officer()
    citizen = make_actor(make_user())
    for actor in (reception.actor, citizen):
        with pytest.raises(Forbidden):
            services.save_draft(actor, "1.900782", content={})
        with pytest.raises(Forbidden):
            services.close_procedure(actor, "1.900782")


def test_closing_names_the_successor(author: Officer) -> None:
    old, new = publish().procedure, publish().procedure
    closed = services.close_procedure(author.actor, old.code, successor=new.code)
    assert (closed.status, closed.successor_id) == (ProcedureStatus.CLOSED, new.pk)
    again = services.close_procedure(author.actor, old.code, successor=new.code)
    assert again.closed_on == closed.closed_on


@pytest.mark.parametrize("successor", ["itself", "closed"])
def test_a_successor_is_another_open_procedure(author: Officer, successor: str) -> None:
    old, new = publish().procedure, publish().procedure
    if successor == "closed":
        services.close_procedure(author.actor, new.code)
    with pytest.raises(RuleViolation):
        services.close_procedure(
            author.actor, old.code, successor=old.code if successor == "itself" else new.code
        )


def test_the_database_knows_that_open_ones_have_no_successor() -> None:
    old, new = publish().procedure, publish().procedure
    with pytest.raises(IntegrityError, match="only_a_closed_one"), transaction.atomic():
        Procedure.objects.filter(pk=old.pk).update(successor=new)


def test_documents_are_parsed_once(django_assert_num_queries: object) -> None:
    version = publish()
    first = get_content(version.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert get_content(version.pk) is first


def test_every_change_gives_a_new_token(author: Officer) -> None:
    version = publish()
    token = catalogue_token()
    publish(make_document())
    changed = catalogue_token()
    assert changed != token
    services.close_procedure(author.actor, version.procedure.code)
    assert catalogue_token() != changed


@pytest.mark.parametrize("code", ["", "abc", "1.00\x00193", "1" * 40])
def test_a_draft_has_a_code_of_the_national_shape(author: Officer, code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        services.save_draft(author.actor, code, content={})
    assert "code" in refusal.value.errors
