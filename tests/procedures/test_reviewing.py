"""From draft to force: the second person, sending back, days to come and their cancelling, restoring, closing."""

from datetime import date, timedelta

import pytest

from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from procedures import services
from procedures.history import (
    find_pointing,
    list_revisions,
    list_scheduled,
    list_versions,
    list_waiting_reviews,
    was_published,
)
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import access_procedure, current_version, get_document
from tests.core.races import race
from tests.factories.catalogue import Document, make_catalogue_admin, make_document, publish
from tests.factories.people import Officer, make_actor, make_officer, make_user

pytestmark = pytest.mark.django_db
CODE = "1.900500"


@pytest.fixture
def author() -> Officer:
    return make_catalogue_admin("Phạm Thị Luật")


@pytest.fixture
def approver() -> Officer:
    return make_catalogue_admin("Đỗ Văn Duyệt")


def _document(summary: str = "Giấy để thử.") -> Document:
    return make_document(code=CODE, summary={"vi": summary})


def _propose(
    author: Officer, document: Document, day: date | None = None, row_version: int = 0
) -> ProcedureDraft:
    draft = services.save_draft(author.actor, CODE, content=document, row_version=row_version)
    return services.propose_draft(
        author.actor,
        CODE,
        row_version=draft.row_version,
        effective_from=day or clock.today(),
        note="Sửa tóm tắt.",
    )


def _publish(
    author: Officer, approver: Officer, document: Document, day: date | None = None
) -> ProcedureVersion:
    draft = _propose(author, document, day)
    return services.publish_draft(approver.actor, CODE, row_version=draft.row_version)


def _in(days: int) -> date:
    return clock.today() + timedelta(days=days)


# --- proposing ---


def test_a_stop_stands_in_the_way(author: Officer) -> None:
    draft = services.save_draft(author.actor, CODE, content={**_document(), "limits": []})
    with pytest.raises(RuleViolation) as refusal:
        services.propose_draft(author.actor, CODE, row_version=1, effective_from=clock.today())
    assert refusal.value.code == "not_ready"
    assert refusal.value.errors == {"limits": ["Chưa có thời hạn cho: mọi trường hợp."]}
    draft.refresh_from_db()
    assert draft.proposed_by_id is None


def test_a_question_that_changed_its_type_stops_against_what_is_in_force(author: Officer) -> None:
    publish(_document())
    document = _document()
    document["form"]["pages"][0]["fields"][1] = {
        "key": "copies",
        "type": "phone",
        "label": {"vi": "Số bản sao"},
    }
    services.save_draft(author.actor, CODE, content=document)
    with pytest.raises(RuleViolation) as refusal:
        services.propose_draft(author.actor, CODE, row_version=1, effective_from=clock.today())
    assert list(refusal.value.errors) == ["form.pages[0].fields[1]"]


def test_what_was_published_before_may_be_published_again(author: Officer, approver: Officer) -> None:
    document = {**_document(), "limits": []}  # from a time when nobody asked for a limit
    publish(document)
    assert was_published(CODE, document)
    assert _publish(author, approver, document).number == 2


def test_a_draft_of_another_code_is_refused(author: Officer) -> None:
    services.save_draft(author.actor, CODE, content=make_document(code="1.900501"))
    with pytest.raises(RuleViolation) as refusal:
        services.propose_draft(author.actor, CODE, row_version=1, effective_from=clock.today())
    assert "code" in refusal.value.errors


def test_proposing_again_asks_the_second_person_to_look_again(author: Officer, approver: Officer) -> None:
    seen = _propose(author, _document())
    services.propose_draft(author.actor, CODE, row_version=seen.row_version, effective_from=_in(9))
    with pytest.raises(Conflict):
        services.publish_draft(approver.actor, CODE, row_version=seen.row_version)


def test_reviews_wait_for_others_only(author: Officer, approver: Officer) -> None:
    _propose(author, _document())
    assert [draft.code for draft in list_waiting_reviews(approver.actor)] == [CODE]
    assert list_waiting_reviews(author.actor) == []
    assert list_waiting_reviews(make_officer().actor) == []


# --- the second person ---


def test_the_second_person_sends_it_back_with_a_reason(author: Officer, approver: Officer) -> None:
    draft = _propose(author, _document())
    services.return_draft(
        approver.actor, CODE, row_version=draft.row_version, reason="  Thiếu căn cứ của lệ phí.  "
    )
    draft.refresh_from_db()
    assert (draft.proposed_by_id, draft.proposed_at, draft.effective_from) == (None, None, None)
    assert (draft.returned_by_id, draft.return_reason) == (approver.user.pk, "Thiếu căn cứ của lệ phí.")
    assert AuditEntry.objects.get(action="procedure.returned").detail == {
        "reason": "Thiếu căn cứ của lệ phí."
    }
    assert list_waiting_reviews(approver.actor) == []


def test_a_returned_draft_is_mended_and_proposed_again(author: Officer, approver: Officer) -> None:
    draft = _propose(author, _document())
    draft = services.return_draft(
        approver.actor, CODE, row_version=draft.row_version, reason="Xem lại tóm tắt."
    )
    mended = _propose(author, _document("Đã sửa."), row_version=draft.row_version)
    assert services.publish_draft(approver.actor, CODE, row_version=mended.row_version).number == 1


@pytest.mark.parametrize("reason", ["", "   ", "ngắn", "x" * 2001])
def test_sending_back_needs_a_reason(author: Officer, approver: Officer, reason: str) -> None:
    draft = _propose(author, _document())
    with pytest.raises(RuleViolation) as refusal:
        services.return_draft(approver.actor, CODE, row_version=draft.row_version, reason=reason)
    assert "reason" in refusal.value.errors


def test_the_proposer_does_not_send_it_back(author: Officer) -> None:
    draft = _propose(author, _document())
    with pytest.raises(Forbidden):
        services.return_draft(author.actor, CODE, row_version=draft.row_version, reason="Tôi đổi ý rồi nhé.")


def test_what_was_not_proposed_is_not_sent_back(author: Officer, approver: Officer) -> None:
    draft = services.save_draft(author.actor, CODE, content=_document())
    with pytest.raises(RuleViolation) as refusal:
        services.return_draft(approver.actor, CODE, row_version=draft.row_version, reason="Chưa trình mà.")
    assert refusal.value.code == "not_proposed"


def test_after_sending_back_nobody_publishes_what_was_seen(author: Officer, approver: Officer) -> None:
    draft = _propose(author, _document())
    services.return_draft(approver.actor, CODE, row_version=draft.row_version, reason="Xem lại tóm tắt.")
    with pytest.raises(Conflict):
        services.publish_draft(approver.actor, CODE, row_version=draft.row_version)


def test_it_is_judged_again_when_it_is_published(author: Officer, approver: Officer) -> None:
    draft = _propose(author, _document())
    ProcedureDraft.objects.filter(pk=draft.pk).update(content={**_document(), "limits": []})
    with pytest.raises(RuleViolation) as refusal:
        services.publish_draft(approver.actor, CODE, row_version=draft.row_version)
    assert refusal.value.code == "not_ready"


@pytest.mark.parametrize("act", ["propose", "publish", "return", "restore", "cancel", "reopen"])
def test_strangers_do_nothing(author: Officer, act: str) -> None:
    publish(_document())
    draft = _propose(author, _document("Khác."))
    acts = {
        "propose": lambda actor: services.propose_draft(actor, CODE, row_version=2, effective_from=_in(1)),
        "publish": lambda actor: services.publish_draft(actor, CODE, row_version=draft.row_version),
        "return": lambda actor: services.return_draft(actor, CODE, row_version=2, reason="Không được đâu."),
        "restore": lambda actor: services.restore_version(actor, CODE, 1, row_version=2),
        "cancel": lambda actor: services.propose_cancelling(actor, CODE, 1, reason="Không."),
        "reopen": lambda actor: services.reopen_procedure(actor, CODE, reason="Không."),
    }
    for actor in (make_officer().actor, make_actor(make_user())):
        with pytest.raises(Forbidden):
            acts[act](actor)


# --- days to come ---


def test_a_scheduled_version_is_seen_and_comes_into_force(
    author: Officer, approver: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(_document())
    later = _in(10)
    second = _publish(author, approver, _document("Sau này."), later)
    assert [version.number for version in list_scheduled(CODE, clock.today())] == [2]
    assert second.note == "Sửa tóm tắt."
    monkeypatch.setattr(clock, "today", lambda: later)
    assert services.put_into_force() == 1
    assert list_scheduled(CODE, later) == []
    assert access_procedure(CODE).summary == "Sau này."


def test_a_sooner_version_holds_until_the_scheduled_one(author: Officer, approver: Officer) -> None:
    first = publish(_document())
    later = _in(10)
    second = _publish(author, approver, _document("Sau này."), later)
    third = _publish(author, approver, _document("Sửa gấp."))
    assert (third.effective_from, third.effective_to) == (clock.today(), later - timedelta(days=1))
    assert access_procedure(CODE).summary == "Sửa gấp."
    first.refresh_from_db()
    assert first.effective_to == clock.today() - timedelta(days=1)
    days = {
        day: current_version(CODE, day).pk
        for day in (clock.today(), later - timedelta(days=1), later, _in(99))
    }
    assert list(days.values()) == [third.pk, third.pk, second.pk, second.pk]
    assert [version.number for version in list_scheduled(CODE, clock.today())] == [2]


def test_versions_between_two_scheduled_ones_keep_to_their_days(author: Officer, approver: Officer) -> None:
    publish(_document())
    for day in (10, 30, 20):
        _publish(author, approver, _document(f"Từ ngày {day}."), _in(day))
    found = [current_version(CODE, _in(day)).number for day in (0, 9, 10, 19, 20, 29, 30, 99)]
    assert found == [1, 1, 2, 2, 4, 4, 3, 3]


def test_two_persons_cancel_a_scheduled_version(author: Officer, approver: Officer) -> None:
    first, later = publish(_document()), _in(10)
    second = _publish(author, approver, _document("Sau này."), later)
    draft = services.propose_cancelling(author.actor, CODE, 2, reason="Nghị định bị hoãn.")
    assert draft.effective_from == later
    assert current_version(CODE, later).pk == second.pk
    third = services.publish_draft(approver.actor, CODE, row_version=draft.row_version)
    assert current_version(CODE, later).pk == third.pk
    assert get_document(third.pk) == get_document(first.pk)
    assert third.note == "Hủy bản 2, tiếp tục áp dụng bản 1. Nghị định bị hoãn."
    assert [version.number for version in list_scheduled(CODE, clock.today())] == [3]


@pytest.mark.parametrize(
    ("case", "code"),
    [("in force", "not_scheduled"), ("unknown", "not_scheduled"), ("first", "nothing_before")],
)
def test_what_is_not_scheduled_is_not_cancelled(
    author: Officer, approver: Officer, case: str, code: str
) -> None:
    if case == "first":
        _publish(author, approver, _document(), _in(5))
    else:
        publish(_document())
    number = 7 if case == "unknown" else 1
    with pytest.raises(RuleViolation) as refusal:
        services.propose_cancelling(author.actor, CODE, number, reason="Nhầm.")
    assert refusal.value.code == code


def test_a_draft_in_the_way_of_cancelling_is_kept(author: Officer, approver: Officer) -> None:
    publish(_document())
    _publish(author, approver, _document("Sau này."), _in(10))
    services.save_draft(author.actor, CODE, content=_document("Đang viết."))
    with pytest.raises(Conflict):
        services.propose_cancelling(author.actor, CODE, 2, reason="Hoãn.")
    assert ProcedureDraft.objects.get(code=CODE).content["summary"]["vi"] == "Đang viết."


# --- back to an older version, closing ---


def test_a_version_is_restored_by_two_persons(author: Officer, approver: Officer) -> None:
    first = publish(_document())
    publish(_document("Sai rồi."))
    draft = services.restore_version(author.actor, CODE, 1)
    assert draft.content == get_document(first.pk)
    assert [revision.summary for revision in list_revisions(CODE, draft_id=draft.pk)] == ["Khôi phục bản 1"]
    draft = services.propose_draft(author.actor, CODE, row_version=1, effective_from=clock.today())
    third = services.publish_draft(approver.actor, CODE, row_version=draft.row_version)
    assert (third.number, access_procedure(CODE).summary) == (3, "Giấy để thử.")
    assert [version.number for version in list_versions(CODE)] == [3, 2, 1]


def test_restoring_writes_over_a_draft_only_if_it_was_seen(author: Officer) -> None:
    publish(_document())
    draft = services.save_draft(author.actor, CODE, content=_document("Đang viết."))
    with pytest.raises(Conflict):
        services.restore_version(author.actor, CODE, 1)
    services.restore_version(author.actor, CODE, 1, row_version=draft.row_version)
    services.undo_draft(author.actor, CODE, row_version=2)
    assert ProcedureDraft.objects.get(code=CODE).content["summary"]["vi"] == "Đang viết."


def test_an_unknown_version_is_not_restored(author: Officer) -> None:
    publish(_document())
    with pytest.raises(NotFound):
        services.restore_version(author.actor, CODE, 9)
    assert not ProcedureDraft.objects.filter(code=CODE).exists()


def test_a_closing_by_mistake_is_taken_back(author: Officer) -> None:
    publish(_document())
    publish(make_document(code="1.900501"))
    services.close_procedure(author.actor, CODE, successor="1.900501")
    with pytest.raises(RuleViolation):
        services.reopen_procedure(author.actor, CODE, reason=" ")
    procedure = services.reopen_procedure(author.actor, CODE, reason="Đọc nhầm quyết định.")
    assert (procedure.is_closed, procedure.closed_on, procedure.successor_id) == (False, None, None)
    services.reopen_procedure(author.actor, CODE, reason="Lần nữa.")
    assert AuditEntry.objects.filter(action="procedure.reopened").count() == 1


def test_what_points_to_a_procedure_is_found(author: Officer) -> None:
    publish(_document())
    publish(make_document(code="1.900501", next_codes=[CODE]))
    services.save_draft(author.actor, "1.900502", content=make_document(code="1.900502", next_codes=[CODE]))
    pointing = find_pointing(CODE)
    assert (pointing.has_draft, pointing.drafts, pointing.published) == (False, ("1.900502",), ("1.900501",))


# --- at the same moment ---


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_sending_back_at_once_one_happens(author: Officer, approver: Officer) -> None:
    draft, third = _propose(author, _document()), make_catalogue_admin("Lê Thị Ba")
    outcomes = race(
        [
            lambda: services.publish_draft(approver.actor, CODE, row_version=draft.row_version),
            lambda: services.return_draft(
                third.actor, CODE, row_version=draft.row_version, reason="Xem lại tóm tắt."
            ),
        ]
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(outcome) for outcome in refused] == [Conflict]
    is_published = ProcedureVersion.objects.filter(procedure__code=CODE).exists()
    assert is_published is not ProcedureDraft.objects.filter(code=CODE).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(author: Officer, approver: Officer) -> None:
    draft, third = _propose(author, _document()), make_catalogue_admin("Lê Thị Ba")
    outcomes = race(
        [
            lambda: services.publish_draft(approver.actor, CODE, row_version=draft.row_version),
            lambda: services.publish_draft(third.actor, CODE, row_version=draft.row_version),
        ]
    )
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [Conflict]
    assert Procedure.objects.get(code=CODE).versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_saving_at_once_one_is_told(author: Officer, approver: Officer) -> None:
    draft = _propose(author, _document())
    outcomes = race(
        [
            lambda: services.publish_draft(approver.actor, CODE, row_version=draft.row_version),
            lambda: services.save_draft(
                author.actor, CODE, content=_document("Vội."), row_version=draft.row_version
            ),
        ]
    )
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [Conflict]
    saved = ProcedureDraft.objects.filter(code=CODE).first()
    assert saved is None or (saved.content["summary"]["vi"] == "Vội." and saved.proposed_by_id is None)
