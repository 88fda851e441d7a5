"""The rest of the state table on the counter's pages: later rounds, papers, corrections, amounts, lost receipts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from dossiers import commands as c
from dossiers.choices import ConfirmationAnswer
from dossiers.models import Dossier, PaperItem, ResultItem
from dossiers.services import acting
from portal.accounts.choices import Role
from portal.accounts.models import Agency, Calendar
from portal.core import clock
from tests.dossiers.test_giving_back import on_paper
from tests.dossiers.test_supplements import answer, ask
from tests.factories import states
from tests.factories.catalogue import make_document, publish
from tests.factories.dossiers import PNG, Desk, Request, file_dossier, make_upload
from tests.factories.people import make_agency, make_officer
from tests.onestop.conftest import SignIn
from tests.onestop.test_acts import address, send

LAW = "Luật Xây dựng 2014, Điều 102"


def page_of(client: Client, dossier: Dossier, tab: str = "") -> str:
    return client.get(f"/onestop/dossiers/{dossier.pk}/{tab}").content.decode()


def asked_once(desk: Desk) -> Dossier:
    return answer(desk, ask(desk, states.processing(desk)))


def test_a_later_round_is_proposed_decided_and_sent(desk: Desk, sign_in: SignIn) -> None:
    dossier = asked_once(desk)
    officer, head = sign_in(desk.case_officer), sign_in(desk.head)
    assert "Đề xuất yêu cầu thêm" in page_of(officer, dossier)
    without = send(officer, dossier, "propose_supplement", paper_giay_to_dat="Thiếu trang 2.")
    assert without.status_code == 422
    assert "căn cứ pháp lý" in without.content.decode()
    assert 'value="Thiếu trang 2."' in without.content.decode()
    sent = send(officer, dossier, "propose_supplement", paper_giay_to_dat="Thiếu trang 2.", legal_basis=LAW)
    assert sent.status_code == 302, sent.content.decode()
    dossier.refresh_from_db()
    seen = page_of(head, dossier)
    assert "Đỗ Thị Lý đề xuất yêu cầu bổ sung thêm" in seen
    assert "Thiếu trang 2." in seen
    assert LAW in head.get(address(dossier, "approve_supplement")).content.decode()
    assert send(head, dossier, "approve_supplement").status_code == 302
    dossier.refresh_from_db()
    form = officer.get(address(dossier, "request_supplement")).content.decode()
    assert 'value="Thiếu trang 2."' in form
    assert f'value="{LAW}"' in form
    answered = send(
        officer, dossier, "request_supplement", paper_giay_to_dat="Thiếu trang 2.", legal_basis=LAW
    )
    assert answered.status_code == 302, answered.content.decode()
    dossier.refresh_from_db()
    assert dossier.status == "awaiting_supplement"


def test_a_later_round_asks_only_for_what_was_asked_or_approved(desk: Desk, sign_in: SignIn) -> None:
    dossier = asked_once(desk)
    form = sign_in(desk.case_officer).get(address(dossier, "request_supplement")).content.decode()
    assert 'name="paper_ban_ve_thiet_ke"' in form
    assert 'name="paper_giay_to_dat"' not in form
    assert 'name="answer_plot"' not in form


def test_a_proposal_is_rejected_with_its_reason(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.submitted(desk)
    send(sign_in(desk.reception), dossier, "propose_decline", reason="Ngoài thẩm quyền.")
    dossier.refresh_from_db()
    head = sign_in(desk.head)
    assert send(head, dossier, "reject_proposal", reason=" ").status_code == 422
    assert send(head, dossier, "reject_proposal", reason="Đúng thẩm quyền của xã.").status_code == 302
    dossier.refresh_from_db()
    page = page_of(sign_in(desk.reception), dossier)
    assert "đề xuất từ chối lúc" not in page
    assert "Đề xuất từ chối" in page
    assert "Đúng thẩm quyền của xã." in page_of(head, dossier, "history/")


def test_who_proposed_is_not_offered_the_decision(desk: Desk, sign_in: SignIn) -> None:
    both = make_officer(Role.RECEPTION, Role.DESK_HEAD, agency=desk.agency)
    dossier = states.submitted(desk)
    client = sign_in(both)
    send(client, dossier, "propose_decline", reason="Ngoài thẩm quyền.")
    dossier.refresh_from_db()
    page = page_of(client, dossier)
    assert "do/decline/" not in page
    assert "do/reject_proposal/" not in page
    assert "do/decline/" in page_of(sign_in(desk.head), dossier)


def test_borrowed_papers_are_listed_and_given_back(desk: Desk, sign_in: SignIn) -> None:
    dossier = on_paper(desk)
    client = sign_in(desk.reception)
    assert "do/return_papers/" in page_of(client, dossier)
    form = client.get(address(dossier, "return_papers")).content.decode()
    borrowed, kept = PaperItem.objects.order_by("pk")
    assert f'value="paper-{borrowed.pk}" id="id_back_0" checked' in " ".join(form.split())
    assert send(client, dossier, "return_papers").status_code == 422
    answer = send(
        client, dossier, "return_papers", back=[f"paper-{borrowed.pk}", f"paper-{kept.pk}"], receiver="Y Blăm"
    )
    assert answer.status_code == 302
    page = page_of(client, dossier)
    assert "đã trả lại" in page
    assert "do/return_papers/" not in page
    assert "Y Blăm" in page_of(client, dossier, "history/")


def test_what_still_lies_here_is_said_after_the_end(desk: Desk, sign_in: SignIn) -> None:
    dossier = on_paper(desk)
    ended = acting.perform(
        dossier.pk, c.Withdraw("Đổi ý.", on_paper=True), actor=desk.reception.actor, version=dossier.version
    )
    page = page_of(sign_in(desk.reception), ended)
    assert "Còn giữ của người dân" in page
    assert "2 bản chính" in page


@pytest.mark.parametrize("back", ["paper-999999", "paper-", "x", "result-1", ""])
def test_a_forged_paper_is_no_fault(desk: Desk, sign_in: SignIn, back: str) -> None:
    assert send(sign_in(desk.reception), on_paper(desk), "return_papers", back=back).status_code == 422


def test_a_returned_result_is_corrected_and_exchanged(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.returned(desk)
    faulty = ResultItem.objects.get()
    approver, reception = sign_in(desk.approver), sign_in(desk.reception)
    assert "do/correct_result/" in page_of(approver, dossier)
    assert "do/correct_result/" not in page_of(reception, dossier)
    missing = send(
        approver, dossier, "correct_result", result=faulty.pk, copies="1", medium="paper", reason=""
    )
    assert missing.status_code == 422
    done = send(
        approver, dossier, "correct_result", result=faulty.pk, copies="1", medium="paper", number="13/GPXD",
        reason="Sai tên đệm.",
    )  # fmt: skip
    assert done.status_code == 302, done.content.decode()
    dossier.refresh_from_db()
    page = page_of(reception, dossier)
    for words in ("Đã thay thế", "Bản thay thế", "13/GPXD", "Còn giữ của người dân"):
        assert words in page
    made = ResultItem.objects.get(replaces=faulty)
    assert send(reception, dossier, "return_papers", back=f"result-{made.pk}").status_code == 302
    assert "Còn giữ của người dân" not in page_of(reception, dossier)


def test_a_correction_on_the_screen_keeps_its_file_through_an_error(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.returned(desk)
    faulty = ResultItem.objects.get()
    upload = SimpleUploadedFile("sua.png", PNG, "image/png")
    answer = send(
        sign_in(desk.approver), dossier, "correct_result", result=faulty.pk, copies="0", medium="paper",
        reason="Sai tên.", file=upload,
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Đã giữ tệp" in answer.content.decode()
    assert "Số bản là số từ 1 đến 99." in answer.content.decode()


def test_a_decision_yields_several_documents_of_one_kind(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.at_approval(desk)
    client = sign_in(desk.approver)
    first = {
        "outcome": "granted", "signed_name": "Vũ Quang Ký", "signed_on": "1/2/26", "rows_giay_phep": "1",
        "result_giay_phep": "on", "result_giay_phep_copies": "2", "result_giay_phep_medium": "paper",
        "result_giay_phep_number": "12/GPXD",
    }  # fmt: skip
    grown = send(client, dossier, "resolve", **first, add_result="giay_phep")
    page = grown.content.decode()
    assert grown.status_code == 200
    assert 'name="result_giay_phep__2_number"' in page
    assert 'value="12/GPXD"' in page
    assert 'name="rows_giay_phep" value="2"' in page
    assert "error-summary" not in page
    second = {
        "result_giay_phep__2": "on", "result_giay_phep__2_copies": "1", "result_giay_phep__2_medium": "paper",
        "result_giay_phep__2_number": "13/GPXD",
    }  # fmt: skip
    answer = send(client, dossier, "resolve", **{**first, "rows_giay_phep": "2"}, **second)
    assert answer.status_code == 302, answer.content.decode()
    items = ResultItem.objects.order_by("pk").values_list("number", "copies")
    assert list(items) == [("12/GPXD", 2), ("13/GPXD", 1)]


@pytest.mark.parametrize("rows", ["", "0", "-3", "x", "9" * 30, "٣"])
def test_a_forged_number_of_rows_is_no_fault(desk: Desk, sign_in: SignIn, rows: str) -> None:
    dossier = states.at_approval(desk)
    answer = send(sign_in(desk.approver), dossier, "resolve", rows_giay_phep=rows, add_result="khong_co")
    assert answer.status_code == 200


def unknown_fee(desk: Desk) -> Dossier:
    fee = {
        "key": "thue",
        "kind": "le_phi",
        "label": {"vi": "Lệ phí trước bạ"},
        "mode": "after",
        "amount": None,
    }
    version = publish(
        make_document(
            level=2, form=None, channels=["desk"], fees=[fee],
            requirements=[{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"}],
        )
    )  # fmt: skip
    code, papers = version.procedure.code, (c.PaperLine("don", 1),)
    return file_dossier(desk, Request(code, "", {}, channel="desk", papers=papers))


def test_a_tax_is_written_asked_for_and_noted_as_paid_at_the_treasury(desk: Desk, sign_in: SignIn) -> None:
    dossier = unknown_fee(desk)
    client = sign_in(desk.reception)
    page = page_of(client, dossier)
    assert "do/assess_fee/" in page
    assert "do/request_payment/" not in page
    for amount in ("", "-5", "abc", "1,5 tỷ", "9" * 15):
        refused = send(client, dossier, "assess_fee", amount_0=amount, basis="Thông báo 12/TB-CCT")
        assert refused.status_code == 422, amount
    done = send(client, dossier, "assess_fee", amount_0="2.500.000 đ", basis="Thông báo 12/TB-CCT")
    assert done.status_code == 302, done.content.decode()
    fee = dossier.fees.get()
    assert (fee.amount, fee.lines[0]["explanation"]) == (2_500_000, "Thông báo 12/TB-CCT")
    dossier.refresh_from_db()
    assert send(client, dossier, "request_payment", fee=str(fee.pk)).status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == "awaiting_payment"
    collect = client.get(f"/payments/{fee.pk}/").content.decode()
    assert "Đã nộp tại kho bạc, ngân hàng?" in collect
    sent = {"version": dossier.version, "method": "treasury", "treasury_number": "0001234"}
    empty = client.post(f"/payments/{fee.pk}/", {**sent, "treasury_number": " "})
    assert empty.status_code == 422
    assert "Ghi số chứng từ của kho bạc." in empty.content.decode()
    assert client.post(f"/payments/{fee.pk}/", sent).status_code == 302
    dossier.refresh_from_db()
    fee.refresh_from_db()
    assert (dossier.status, fee.status, fee.treasury_number) == ("submitted", "settled", "0001234")
    assert "số chứng từ 0001234" in page_of(client, dossier)
    again = client.post(f"/payments/{fee.pk}/", {**sent, "version": dossier.version})
    assert again.status_code in (409, 422)


def test_an_amount_of_nothing_is_owed_no_more(desk: Desk, sign_in: SignIn) -> None:
    dossier = unknown_fee(desk)
    send(sign_in(desk.reception), dossier, "assess_fee", amount_0="0", basis="Được miễn, Thông báo 13")
    assert dossier.fees.get().status == "void"


def test_a_case_officer_who_begins_keeps_the_dossier(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.accepted(desk)
    own = desk.case_officer.membership.pk
    form = sign_in(desk.case_officer).get(address(dossier, "start")).content.decode()
    assert f'value="{own}" selected' in form
    other = sign_in(desk.reception).get(address(dossier, "start")).content.decode()
    assert f'value="{own}" selected' not in other


def test_over_the_api_a_case_officer_keeps_it_unless_nobody_is_named(desk: Desk) -> None:
    client = Client(headers={"X-Acting": str(desk.case_officer.membership.pk)})
    client.force_login(desk.case_officer.user)
    held = []
    for body in ({}, {"assignee": None}):
        dossier = states.accepted(desk)
        client.post(
            f"/api/v1/dossiers/{dossier.pk}/actions/start", {"version": dossier.version, **body},
            content_type="application/json",
        )  # fmt: skip
        held.append(dossier.steps.get().assignments.count())
    assert held == [1, 0]


def test_a_redirected_dossier_leads_back_to_the_list(desk: Desk, sign_in: SignIn) -> None:
    other = make_agency(name="Ủy ban nhân dân phường Cầu Sông")
    client = sign_in(desk.reception)
    answer = send(client, states.submitted(desk), "redirect", agency=other.pk, reason="Đất ở phường khác.")
    assert answer["Location"] == "/onestop/"
    assert "Đã chuyển hồ sơ." in client.get("/onestop/").content.decode()


def test_an_agency_closed_meanwhile_is_refused_in_words(desk: Desk, sign_in: SignIn) -> None:
    other = make_agency()
    dossier = states.submitted(desk)
    client = sign_in(desk.reception)
    client.get(address(dossier, "redirect"))
    Agency.objects.filter(pk=other.pk).update(valid_until="2020-01-01")
    answer = send(client, dossier, "redirect", agency=other.pk, reason="Đất ở phường khác.")
    assert answer.status_code == 422
    assert "Đất ở phường khác." in answer.content.decode()


def test_what_the_citizen_says_of_a_draft_stands_on_the_page(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.processing(desk)
    upload = make_upload(desk.case_officer.actor)
    dossier = acting.ask_confirmation(
        dossier.pk, upload.pk, actor=desk.case_officer.actor, version=dossier.version
    )
    client = sign_in(desk.case_officer)
    assert "Người dân đang xem bản nháp kết quả" in page_of(client, dossier)
    dossier = acting.answer_confirmation(
        dossier.pk, ConfirmationAnswer.CORRECTION, "Sai tên đệm của mẹ.", actor=desk.citizen_actor,
        version=dossier.version,
    )  # fmt: skip
    assert "Sai tên đệm của mẹ." in page_of(client, dossier)


LOST: list[tuple[dict[str, str], int, str]] = [
    ({"number": "092090005678"}, 200, "1 hồ sơ của 092090005678"),
    ({"number": "092090005678|x|TRẦN VĂN SÔNG|12051990|Nam|Xã Sông Mây|01012021"}, 200, "1 hồ sơ của"),
    ({"number": "001"}, 200, "Không có hồ sơ nào của 001"),
    ({"name": "Trần Văn Sông"}, 422, "Ghi ngày sinh hoặc năm sinh"),
    ({"name": "Trần Văn Sông", "birth": "32/13/1990"}, 422, "error-summary"),
    ({}, 422, "Ghi số giấy tờ, hoặc họ tên cùng ngày sinh."),
    ({"number": "9" * 401}, 422, "error-summary"),
]


@pytest.mark.parametrize(("typed", "status", "words"), LOST)
def test_a_lost_receipt_is_no_obstacle(
    desk: Desk, sign_in: SignIn, typed: dict[str, str], status: int, words: str
) -> None:
    states.submitted(desk)
    client = sign_in(desk.reception)
    assert client.get("/onestop/find/").status_code == 200
    answer = client.post("/onestop/find/", {"number": "", "name": "", "birth": "", **typed})
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


def test_only_reception_finds_people(desk: Desk, sign_in: SignIn) -> None:
    assert sign_in(desk.case_officer).get("/onestop/find/").status_code == 403


def test_two_officers_at_once_keep_what_was_typed(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.returned(desk)
    faulty = ResultItem.objects.get()
    client = sign_in(desk.approver)
    typed: dict[str, Any] = {
        "result": faulty.pk, "copies": "1", "medium": "paper", "number": "13/GPXD", "reason": "Sai tên đệm.",
    }  # fmt: skip
    assert send(client, dossier, "correct_result", **typed).status_code == 302
    second = send(client, dossier, "correct_result", **typed)
    assert second.status_code == 409
    for words in ("Sai tên đệm.", "13/GPXD", "Đã sửa kết quả, có bản thay thế"):
        assert words in second.content.decode()


def end_calendar(desk: Desk) -> None:
    """Nobody has said yet whether the office works after today."""
    Calendar.objects.filter(agencies=desk.agency).update(
        known_until=clock.today(), revision=F("revision") + 1
    )


@pytest.mark.parametrize(
    ("begin", "who", "name", "data"),
    [
        (states.submitted, "reception", "accept", {}),
        (states.accepted, "case_officer", "start", {"assignee": ""}),
        (states.accepted, "case_officer", "reschedule", {"due_on": "30/12/2027", "reason": "Chờ ý kiến."}),
        (states.processing, "case_officer", "transfer", {"step": "ky_duyet", "note": "Gấp."}),
    ],
)
def test_where_the_calendar_ends_an_act_says_so(
    desk: Desk,
    sign_in: SignIn,
    begin: Callable[[Desk], Dossier],
    who: str,
    name: str,
    data: dict[str, str],
) -> None:
    dossier = begin(desk)
    client = sign_in(getattr(desk, who))
    end_calendar(desk)
    assert client.get(address(dossier, name)).status_code == 200
    assert page_of(client, dossier)
    answer = send(client, dossier, name, **data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Lịch làm việc chỉ có từ" in page
    for typed in data.values():
        assert typed in page
