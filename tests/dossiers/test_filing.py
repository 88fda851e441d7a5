"""Filing through any door: once, completely, and only what the level and the agency allow."""

from typing import Any

import pytest

from dossiers import commands as c
from dossiers.models import Attachment, Dossier, Fee, Filing
from dossiers.rights import visible_to
from dossiers.services import drafts, filing
from portal.accounts.actor import Actor
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.notifications.models import Message
from procedures.services import close_procedure
from tests.factories import dossiers as make
from tests.factories.answers import ANSWERS, BIRTH
from tests.factories.catalogue import make_catalogue_admin
from tests.factories.dossiers import Desk, Request, make_desk
from tests.factories.people import make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


def draft_of(desk: Desk, code: str = make.MARITAL, case: str = "muc_dich_khac") -> Dossier:
    draft = drafts.start_draft(code, actor=desk.citizen_actor, case_key=case, agency_code=desk.agency.code)
    return draft.dossier


def fill(dossier: Dossier, actor: Actor, answers: dict[str, Any]) -> int:
    return drafts.save_page(dossier.pk, actor=actor, page="all", answers=answers, done=True).row_version


def test_a_draft_filed_twice_is_one_dossier_with_one_notice_an_event() -> None:
    desk = make_desk()
    dossier = draft_of(desk)
    version = fill(dossier, desk.citizen_actor, ANSWERS[make.MARITAL])
    first = filing.submit_draft(dossier.pk, actor=desk.citizen_actor, row_version=version)
    again = filing.submit_draft(dossier.pk, actor=desk.citizen_actor, row_version=version)
    assert first.code == again.code
    assert first.version == again.version
    assert Filing.objects.filter(dossier=dossier).count() == 1
    assert Message.objects.filter(event="dossier.submitted").count() == 1


def test_a_draft_changed_elsewhere_is_not_filed_unseen() -> None:
    desk = make_desk()
    dossier = draft_of(desk)
    shown = fill(dossier, desk.citizen_actor, ANSWERS[make.MARITAL])
    fill(dossier, desk.citizen_actor, {"copies": 2})
    with pytest.raises(Conflict, match="draft_changed"):
        filing.submit_draft(dossier.pk, actor=desk.citizen_actor, row_version=shown)
    assert Dossier.objects.get(pk=dossier.pk).status == "draft"


def test_an_incomplete_draft_is_refused_field_by_field_and_nothing_is_lost() -> None:
    desk = make_desk()
    dossier = draft_of(desk)
    version = fill(dossier, desk.citizen_actor, {"birth_place": "Xã Bến Mây"})
    with pytest.raises(RuleViolation) as refused:
        filing.submit_draft(dossier.pk, actor=desk.citizen_actor, row_version=version)
    assert {"relation", "oath", "marital_status"} <= set(refused.value.errors)
    assert Dossier.objects.get(pk=dossier.pk).draft.answers == {"birth_place": "Xã Bến Mây"}


def test_a_required_file_is_asked_for() -> None:
    desk = make_desk()
    with pytest.raises(RuleViolation) as refused:
        make.file_dossier(desk, Request(make.BIRTH, "co_giay_chung_sinh"))
    assert "file_giay_chung_sinh" in refused.value.errors


def test_answers_to_hidden_questions_are_dropped() -> None:
    desk = make_desk()
    answers = {**ANSWERS[make.MARITAL], "divorce_paper": "Bản án 12", "unknown": "x"}
    dossier = make.file_dossier(desk, Request(answers=answers))
    stored = Filing.objects.get(dossier=dossier).answers
    assert "divorce_paper" not in stored
    assert "unknown" not in stored


def test_another_persons_upload_cannot_be_used() -> None:
    desk = make_desk()
    theirs = make.make_upload(make_actor(make_user()))
    wanted = Request(make.BIRTH, "co_giay_chung_sinh", uploads=(("giay_chung_sinh", theirs.pk),))
    with pytest.raises(NotFound, match="upload_not_found"):
        make.file_dossier(desk, wanted)
    assert not Dossier.objects.exclude(code=None).exists()


def test_an_upload_is_used_once() -> None:
    desk = make_desk()
    upload = make.make_upload(desk.citizen_actor)
    uploads = (("giay_chung_sinh", upload.pk),)
    make.file_dossier(desk, Request(make.BIRTH, "co_giay_chung_sinh", uploads=uploads))
    with pytest.raises(NotFound, match="upload_not_found"):
        make.file_dossier(desk, Request(make.BIRTH, "co_giay_chung_sinh", uploads=uploads))
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "case"), [(make.PASSPORT, ""), (make.COPIES, "")], ids=["level 1", "level 2"]
)
def test_a_level_that_takes_no_filing_refuses_it(code: str, case: str) -> None:
    desk = make_desk()
    with pytest.raises(RuleViolation, match="level_forbids"):
        drafts.start_draft(code, actor=desk.citizen_actor, case_key=case, agency_code=desk.agency.code)


def test_an_agency_that_does_not_perform_it_is_refused() -> None:
    desk = make_desk()
    elsewhere = make_agency(kind="department", name="Sở Xây dựng")  # type: ignore[arg-type]
    with pytest.raises(RuleViolation) as refused:
        drafts.start_draft(
            make.MARITAL, actor=desk.citizen_actor, case_key="muc_dich_khac", agency_code=elsewhere.code
        )
    assert list(refused.value.errors) == ["agency"]


def test_the_same_key_with_another_body_is_refused() -> None:
    desk = make_desk()
    request = c.FilingRequest(make.MARITAL, "muc_dich_khac", desk.agency.code, ANSWERS[make.MARITAL])
    first = filing.file_dossier(request, actor=desk.citizen_actor, key="k", body={"a": 1})
    again = filing.file_dossier(request, actor=desk.citizen_actor, key="k", body={"a": 1})
    assert first.pk == again.pk
    with pytest.raises(RuleViolation, match="idempotency_key_reused"):
        filing.file_dossier(request, actor=desk.citizen_actor, key="k", body={"a": 2})
    other = make_actor(make.make_verified_user("nguoi-khac"))
    theirs = filing.file_dossier(request, actor=other, key="k", body={"a": 1})
    assert theirs.pk != first.pk


@pytest.mark.parametrize(
    ("channel", "amount", "status"),
    [("online", 0, "void"), ("desk", 100_000, "open"), ("post", 100_000, "open")],
)
def test_the_fee_depends_on_the_channel(channel: str, amount: int, status: str) -> None:
    desk = make_desk()
    dossier = make.file_dossier(desk, Request(make.HOUSEHOLD_BUSINESS, "ca_nhan", channel=channel))
    fee = Fee.objects.get(dossier=dossier)
    assert (fee.amount, fee.status) == (amount, status)


def test_a_walk_in_needs_only_a_name() -> None:
    desk = make_desk()
    dossier = make.file_dossier(desk, Request(channel="desk", parties=(make.walk_in("Páo"),)))
    assert dossier.status == "submitted"
    assert dossier.filed_by_id is None
    assert not Message.objects.filter(event_key__contains=str(dossier.pk)).exists()


def test_a_verified_owner_sees_what_somebody_else_filed() -> None:
    desk = make_desk()
    mother = make_user(full_name="Trần Thị Sông", national_id=BIRTH["mother_identity"]["number"])
    dossier = make.file_birth(desk)
    assert visible_to(make_actor(mother)).filter(pk=dossier.pk).exists()
    unverified = make_user(full_name="Trần Thị Sông")
    assert not visible_to(make_actor(unverified)).filter(pk=dossier.pk).exists()


def test_a_procedure_closed_between_start_and_submit_names_its_successor() -> None:
    desk = make_desk()
    dossier = draft_of(desk)
    version = fill(dossier, desk.citizen_actor, ANSWERS[make.MARITAL])
    close_procedure(make_catalogue_admin().actor, make.MARITAL, successor=make.BIRTH)
    with pytest.raises(RuleViolation, match="procedure_closed") as refused:
        filing.submit_draft(dossier.pk, actor=desk.citizen_actor, row_version=version)
    assert refused.value.extra["successor"] == make.BIRTH
