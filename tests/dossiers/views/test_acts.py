"""What the owner does with a filed dossier: take it back, answer a draft result, agree as an owner."""

import pytest
from django.test import Client

from dossiers.choices import Status
from dossiers.models import ConfirmationRequest, Consent, Dossier
from dossiers.services import acting
from tests.dossiers.views.steps import read, sign_in
from tests.factories.catalogue import publish, read_catalogue
from tests.factories.dossiers import (
    BIRTH,
    Desk,
    Request,
    accept,
    file_birth,
    file_dossier,
    make_upload,
    start,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def refreshed(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def test_a_dossier_is_withdrawn_at_once_before_acceptance(desk: Desk, citizen: Client) -> None:
    dossier = file_birth(desk)
    path = f"/dossiers/{dossier.pk}/withdraw/"
    page = read(citizen, path)
    assert "Rút rồi thì không mở lại được" in page
    assert f'name="version" value="{dossier.version}"' in page
    answer = citizen.post(path, {"version": dossier.version, "reason": "Nộp nhầm xã."})
    assert answer["Location"] == f"/dossiers/{dossier.pk}/"
    assert refreshed(dossier).status == Status.WITHDRAWN
    assert (
        citizen.post(path, {"version": dossier.version, "reason": "x"})["Location"]
        == f"/dossiers/{dossier.pk}/"
    )


def test_after_acceptance_the_desk_is_asked(desk: Desk, citizen: Client) -> None:
    dossier = accept(desk, file_birth(desk))
    path = f"/dossiers/{dossier.pk}/withdraw/"
    assert "Đề nghị rút hồ sơ này?" in read(citizen, path)
    citizen.post(path, {"version": dossier.version, "reason": "Không cần nữa."})
    found = refreshed(dossier)
    assert found.status == Status.ACCEPTED
    assert found.withdrawal_requested_at is not None
    assert "Bạn đã đề nghị rút" in read(citizen, f"/dossiers/{dossier.pk}/")


@pytest.mark.parametrize("reason", ["", "   ", "a" * 2001])
def test_a_reason_is_asked_for_and_kept(desk: Desk, citizen: Client, reason: str) -> None:
    dossier = file_birth(desk)
    answer = citizen.post(f"/dossiers/{dossier.pk}/withdraw/", {"version": dossier.version, "reason": reason})
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.content.decode()
    assert reason.strip() in answer.content.decode()
    assert refreshed(dossier).status == Status.SUBMITTED


def test_an_old_version_keeps_what_was_typed(desk: Desk, citizen: Client) -> None:
    dossier = file_birth(desk)
    answer = citizen.post(f"/dossiers/{dossier.pk}/withdraw/", {"version": "0", "reason": "Nộp nhầm xã."})
    assert answer.status_code == 409
    assert "Nộp nhầm xã." in answer.content.decode()
    assert refreshed(dossier).status == Status.SUBMITTED


@pytest.fixture
def asked(desk: Desk) -> Dossier:
    dossier = start(desk, accept(desk, file_birth(desk)))
    draft = make_upload(desk.case_officer.actor, "ban-nhap.png")
    return acting.ask_confirmation(
        dossier.pk, draft.pk, actor=desk.case_officer.actor, version=dossier.version
    )


@pytest.mark.parametrize(
    ("typed", "status", "answer"),
    [
        ({"answer": "confirmed"}, 302, "confirmed"),
        ({"answer": "correction", "text": "Sai tên đệm."}, 302, "correction"),
        ({"answer": "correction", "text": " "}, 422, None),
        ({"answer": "silence"}, 422, None),
        ({}, 422, None),
    ],
)
def test_a_draft_result_is_answered(
    citizen: Client, asked: Dossier, typed: dict[str, str], status: int, answer: str | None
) -> None:
    path = f"/dossiers/{asked.pk}/confirmation/"
    assert "ban-nhap.png" in read(citizen, path)
    assert citizen.post(path, {"version": asked.version, **typed}).status_code == status
    assert ConfirmationRequest.objects.get().answer == answer


def test_an_answered_draft_is_not_asked_about_again(citizen: Client, asked: Dossier) -> None:
    path = f"/dossiers/{asked.pk}/confirmation/"
    citizen.post(path, {"version": asked.version, "answer": "confirmed"})
    assert citizen.get(path)["Location"] == f"/dossiers/{asked.pk}/"
    assert (
        citizen.post(path, {"version": asked.version, "answer": "correction", "text": "x"}).status_code == 302
    )
    assert ConfirmationRequest.objects.get().answer == "confirmed"


def test_an_answer_to_an_old_version_keeps_what_was_typed(citizen: Client, asked: Dossier) -> None:
    typed = {"version": "1", "answer": "correction", "text": "Sai tên đệm."}
    answer = citizen.post(f"/dossiers/{asked.pk}/confirmation/", typed)
    assert answer.status_code == 409
    assert "Sai tên đệm." in answer.content.decode()


def test_every_owner_agrees_where_the_procedure_asks_it(desk: Desk, citizen: Client) -> None:
    document = read_catalogue(BIRTH)
    document["all_owners_consent"] = True
    document["form"]["parties"][1]["role"] = "co_owner"
    publish(document)
    actor = desk.citizen_actor
    upload = make_upload(actor)
    dossier = file_dossier(
        desk, Request(BIRTH, "co_giay_chung_sinh", uploads=(("giay_chung_sinh", upload.pk),))
    )
    owner = sign_in(make_user(full_name="Trần Thị Sông", national_id="092190001234"))
    path = f"/dossiers/{dossier.pk}/consent/"
    assert "Xác nhận bạn đồng ý" in read(owner, f"/dossiers/{dossier.pk}/")
    assert "Bạn đồng ý nộp hồ sơ này?" in read(owner, path)
    owner.post(path)
    assert Consent.objects.count() == 1
    assert "Xác nhận bạn đồng ý" not in read(owner, f"/dossiers/{dossier.pk}/")
    assert citizen.get(path).status_code == 403


def test_money_paid_is_spoken_of_before_withdrawing(desk: Desk, citizen: Client) -> None:
    dossier = file_dossier(desk)
    fee = dossier.fees.get()
    fee.status, fee.settled_at = "settled", dossier.submitted_at
    fee.save()
    assert "Bạn được trả lại 15.000 đ." in read(citizen, f"/dossiers/{dossier.pk}/withdraw/")
