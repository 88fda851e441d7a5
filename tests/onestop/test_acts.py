"""Acts of officers on a dossier, by their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import (
    ConfirmationRequest,
    Decision,
    Dossier,
    ResultItem,
    Step,
    StoredFile,
    SupplementRequest,
)
from dossiers.numbering import tracking_secret
from portal.accounts.choices import Role
from portal.audit.models import Proposal
from tests.factories import states
from tests.factories.dossiers import PNG, Desk, accept, file_birth, make_upload
from tests.factories.people import make_agency, make_officer
from tests.onestop.conftest import SignIn
from tests.onestop.intake_forms import controls_of

REASON = "Bản vẽ thiếu mặt cắt móng."


def address(dossier: Dossier, name: str) -> str:
    return f"/onestop/dossiers/{dossier.pk}/do/{name}/"


def send(client: Any, dossier: Dossier, name: str, **data: Any) -> Any:
    sent = {"version": dossier.version, "seq": dossier.last_seq, **data}
    return client.post(address(dossier, name), sent)


SIMPLE: list[tuple[Callable[[Desk], Dossier], str, str, dict[str, str], str]] = [
    (states.submitted, "reception", "accept", {}, "accepted"),
    (
        states.submitted,
        "reception",
        "request_supplement",
        {"paper_ban_ve_thiet_ke": REASON},
        "awaiting_supplement",
    ),
    (states.submitted, "reception", "propose_decline", {"reason": REASON}, "submitted"),
    (states.submitted, "reception", "withdraw", {"reason": REASON, "on_paper": "on"}, "withdrawn"),
    (states.accepted, "case_officer", "start", {"assignee": ""}, "processing"),
    (
        states.processing,
        "case_officer",
        "transfer",
        {"step": "ky_duyet", "note": "Đã kiểm tra."},
        "processing",
    ),
    (states.processing, "approver", "stop", {"reason": REASON}, "stopped"),
    (
        states.processing,
        "case_officer",
        "reschedule",
        {"due_on": "30/12/2027", "reason": REASON},
        "processing",
    ),
    (states.resolved, "approver", "recall", {"reason": REASON}, "resolved"),
]


@pytest.mark.parametrize(("begin", "who", "name", "data", "status"), SIMPLE)
def test_an_act_is_asked_for_and_done(
    desk: Desk,
    sign_in: SignIn,
    begin: Callable[[Desk], Dossier],
    who: str,
    name: str,
    data: dict[str, str],
    status: str,
) -> None:
    dossier = begin(desk)
    client = sign_in(getattr(desk, who))
    assert client.get(address(dossier, name)).status_code == 200
    answer = send(client, dossier, name, **data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    before = dossier.last_seq
    dossier.refresh_from_db()
    assert dossier.status == status
    assert dossier.last_seq > before


def test_declining_takes_two_people(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.submitted(desk)
    reception, head = sign_in(desk.reception), sign_in(desk.head)
    send(reception, dossier, "propose_decline", reason=REASON)
    dossier.refresh_from_db()
    page = head.get(address(dossier, "decline")).content.decode()
    assert REASON in page
    assert "Lê Thu Trang đề xuất" in page
    assert send(head, dossier, "decline", reason=REASON).status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == "declined"
    assert Proposal.objects.get().outcome == "approved"


def test_a_decision_with_its_results_and_signature(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.at_approval(desk)
    client = sign_in(desk.approver)
    assert 'value="Vũ Quang Ký"' in client.get(address(dossier, "resolve")).content.decode()
    answer = send(
        client, dossier, "resolve", outcome="granted", signed_name="Vũ Quang Ký", signed_number="12/GPXD",
        signed_on="1/2/26", result_giay_phep="on", result_giay_phep_copies="2", result_giay_phep_medium="paper",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    item = ResultItem.objects.get()
    assert (item.kind, item.copies, item.medium) == ("giay_phep", 2, "paper")
    assert str(Decision.objects.get().signed_on) == "2026-02-01"


def test_a_refusal_needs_its_reason_and_keeps_the_rest(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.at_approval(desk)
    answer = send(
        sign_in(desk.approver), dossier, "resolve", outcome="refused", signed_name="Vũ Ký", signed_on="1/2/26"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_reason"' in page
    assert 'value="Vũ Ký"' in page


def test_an_uploaded_result_survives_an_error(desk: Desk, sign_in: SignIn) -> None:
    dossier = accept(desk, file_birth(desk))
    upload = SimpleUploadedFile("khai-sinh.png", PNG, "image/png")
    values: dict[str, Any] = {
        "outcome": "granted",
        "signed_on": "1/2/26",
        "result_giay_khai_sinh": "on",
        "result_giay_khai_sinh_copies": "1",
        "result_giay_khai_sinh_medium": "electronic",
    }
    client = sign_in(desk.approver)
    first = send(client, dossier, "resolve", **values, signed_name="", result_giay_khai_sinh_file=upload)
    assert first.status_code == 422
    stored = StoredFile.objects.order_by("-uploaded_at").first()
    assert stored is not None
    assert str(stored.pk) in first.content.decode()
    kept = {"result_giay_khai_sinh_file_kept": str(stored.pk)}
    second = send(client, dossier, "resolve", **values, signed_name="Vũ Quang Ký", **kept)
    assert second.status_code == 302, second.content.decode()
    assert ResultItem.objects.get().file_id == stored.pk


def test_a_bad_file_is_refused_in_words(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.processing(desk)
    upload = SimpleUploadedFile("ban-nhap.exe", b"MZ", "application/x-msdownload")
    answer = send(sign_in(desk.case_officer), dossier, "ask_confirmation", draft=upload)
    assert answer.status_code == 422
    assert "Không nhận loại tệp" in answer.content.decode()


def test_a_draft_is_sent_to_the_citizen(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.processing(desk)
    upload = SimpleUploadedFile("ban-nhap.png", PNG, "image/png")
    assert send(sign_in(desk.case_officer), dossier, "ask_confirmation", draft=upload).status_code == 302
    assert ConfirmationRequest.objects.filter(dossier=dossier).exists()


def test_a_result_is_handed_to_a_proxy_whose_name_is_kept(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.settle_fees(states.resolved(desk), desk)
    client = sign_in(desk.reception)
    refused = send(client, dossier, "return_result", proxy="Y Blăm")
    assert refused.status_code == 422
    assert 'value="Y Blăm"' in refused.content.decode()
    without = send(client, dossier, "return_result", proxy="Y Blăm", identity_checked="on")
    assert without.status_code == 422
    assert "Người nhận thay phải có giấy ủy quyền." in without.content.decode()
    paper = "số 12 ngày 20/11/2026, UBND xã Sông Mây chứng thực"
    answer = send(
        client, dossier, "return_result", proxy="Y Blăm", identity_checked="on", authorisation=paper
    )
    assert answer.status_code == 302
    page = client.get(f"/onestop/dossiers/{dossier.pk}/").content.decode()
    assert "Y Blăm" in page
    assert paper in page


def test_redirecting_moves_it_to_another_agency(desk: Desk, sign_in: SignIn) -> None:
    other = make_agency(name="Ủy ban nhân dân phường Cầu Sông")
    dossier = states.submitted(desk)
    client = sign_in(desk.reception)
    assert "phường Cầu Sông" in client.get(address(dossier, "redirect")).content.decode()
    assert send(client, dossier, "redirect", agency=other.pk, reason="Đất ở phường khác.").status_code == 302
    dossier.refresh_from_db()
    assert dossier.agency_id == other.pk


def test_who_gets_a_redirected_dossier_reads_why_and_from_where(desk: Desk, sign_in: SignIn) -> None:
    other = make_agency(name="Ủy ban nhân dân phường Cầu Sông")
    dossier = states.submitted(desk)
    send(sign_in(desk.reception), dossier, "redirect", agency=other.pk, reason="Đất ở phường khác.")
    client = sign_in(make_officer(Role.RECEPTION, agency=other))
    page = client.get(f"/onestop/dossiers/{dossier.pk}/").content.decode()
    assert f"{desk.agency.name} chuyển hồ sơ này đến" in page
    assert "Lý do: Đất ở phường khác." in page


def test_a_transfer_names_who_gets_it(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.processing(desk)
    client = sign_in(desk.case_officer)
    page = client.get(address(dossier, "transfer")).content.decode()
    assert "Vũ Quang Ký" in page
    assert 'value="ky_duyet" selected' in page
    send(client, dossier, "transfer", step="ky_duyet", assignee=desk.approver.membership.pk, note="Gấp.")
    assert Step.objects.get(ended_at=None).assignments.get().membership == desk.approver.membership
    assert "Gấp." in client.get(f"/onestop/dossiers/{dossier.pk}/history/").content.decode()


def test_a_lost_receipt_gets_a_new_secret(desk: Desk, sign_in: SignIn) -> None:
    dossier = accept(desk, file_birth(desk))
    old = tracking_secret(dossier.pk, dossier.secret_version)
    assert send(sign_in(desk.reception), dossier, "reissue_secret").status_code == 302
    dossier.refresh_from_db()
    assert tracking_secret(dossier.pk, dossier.secret_version) != old


def test_an_empty_supplement_request_is_refused(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.submitted(desk)
    answer = send(sign_in(desk.reception), dossier, "request_supplement", legal_basis="Nghị định 61")
    assert answer.status_code == 422
    assert 'value="Nghị định 61"' in answer.content.decode()


def test_a_request_names_papers_and_answers_with_reasons(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.submitted(desk)
    send(
        sign_in(desk.reception),
        dossier,
        "request_supplement",
        paper_ban_ve_thiet_ke=REASON,
        answer_plot="Thiếu số tờ.",
    )
    assert SupplementRequest.objects.get().items == [
        {"requirement": "ban_ve_thiet_ke", "field": "", "reason": REASON},
        {"requirement": "", "field": "plot", "reason": "Thiếu số tờ."},
    ]


def test_an_old_version_is_a_conflict_that_keeps_what_was_typed(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.submitted(desk)
    accept(desk, dossier)
    answer = send(sign_in(desk.reception), dossier, "request_supplement", paper_ban_ve_thiet_ke=REASON)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in (REASON, "Lê Thu Trang", "Đã tiếp nhận", f"/onestop/dossiers/{dossier.pk}/"):
        assert words in page
    assert not SupplementRequest.objects.exists()


def test_an_act_that_is_no_longer_possible_is_a_conflict(desk: Desk, sign_in: SignIn) -> None:
    dossier = accept(desk, states.submitted(desk))
    client = sign_in(desk.reception)
    assert send(client, dossier, "accept").status_code == 409
    assert client.get(address(dossier, "accept")).status_code == 409


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("case_officer", "accept"),
        ("reception", "decline"),
        ("approver", "accept"),
        ("head", "start"),
        ("reception", "transfer"),
    ],
)
def test_a_role_that_is_lacking_is_refused_first(desk: Desk, sign_in: SignIn, who: str, name: str) -> None:
    dossier = states.submitted(desk)
    client = sign_in(getattr(desk, who))
    assert client.get(address(dossier, name)).status_code == 403
    assert client.post(address(dossier, name), {"version": 99}).status_code == 403


@pytest.mark.parametrize(
    "data", [{}, {"version": "abc"}, {"version": "9" * 40}, {"version": "-1"}, {"version": "1", "seq": "x"}]
)
def test_a_broken_form_never_breaks_the_page(desk: Desk, sign_in: SignIn, data: dict[str, str]) -> None:
    dossier = states.submitted(desk)
    answer = sign_in(desk.reception).post(address(dossier, "withdraw"), data)
    assert answer.status_code in (409, 422)
    dossier.refresh_from_db()
    assert dossier.status == "submitted"


def test_an_unknown_act_is_not_found(desk: Desk, sign_in: SignIn) -> None:
    assert sign_in(desk.reception).get(address(states.submitted(desk), "submit")).status_code == 404


def test_what_was_missing_is_brought_to_the_counter(desk: Desk, sign_in: SignIn) -> None:
    dossier = states._ask_supplement(states.submitted)(desk)
    client = sign_in(desk.reception)
    page = client.get(f"/onestop/dossiers/{dossier.pk}/supplement/").content.decode()
    assert "Bản vẽ mờ, không đọc được." in page
    assert 'value="Thửa 12, tờ bản đồ 3"' in page
    sent = {
        **controls_of("1.013225"), "version": dossier.version, "seq": dossier.last_seq, "file": "1",
        "plot": "Thửa 15, tờ bản đồ 3", "paper-ban_ve_thiet_ke": "1", "paper-ban_ve_thiet_ke-originals": "2",
        "paper-ban_ve_thiet_ke-copies": "0",
    }  # fmt: skip
    answer = client.post(f"/onestop/dossiers/{dossier.pk}/supplement/", sent)
    assert answer.status_code == 302, answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.status == "submitted"
    assert dossier.filings.order_by("-revision")[0].answers["plot"] == "Thửa 15, tờ bản đồ 3"
    assert dossier.papers.get().originals == 2


def test_a_second_supplement_is_a_conflict_that_keeps_the_answers(desk: Desk, sign_in: SignIn) -> None:
    dossier = states._ask_supplement(states.submitted)(desk)
    client = sign_in(desk.reception)
    sent = {**controls_of("1.013225"), "version": dossier.version, "seq": dossier.last_seq, "file": "1"}
    assert client.post(f"/onestop/dossiers/{dossier.pk}/supplement/", sent).status_code == 302
    answer = client.post(f"/onestop/dossiers/{dossier.pk}/supplement/", sent)
    assert answer.status_code == 409
    assert "Thửa 12, tờ bản đồ 3" in answer.content.decode()


def test_an_upload_of_somebody_else_cannot_be_used(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.processing(desk)
    other = make_upload(desk.reception.actor)
    answer = send(sign_in(desk.case_officer), dossier, "ask_confirmation", draft_kept=str(other.pk))
    assert answer.status_code == 404
    assert not ConfirmationRequest.objects.exists()
