"""Taking in a paper dossier at the counter."""

import pytest
from django.test import Client

from dossiers.models import Dossier, DossierParty, Fee, PaperItem
from payments.models import LedgerEntry, Receipt
from portal.audit.models import ReadLog
from portal.core.errors import LockTimeout
from tests.factories.dossiers import BIRTH, MARITAL, PERMIT, Desk
from tests.onestop.conftest import SignIn
from tests.onestop.intake_forms import typed

INTAKE = "/onestop/intake/"
CARD = "037190001234|123456789|Hờ A Páo|15081990|Nam|Xóm 4, xã An Bình, tỉnh Ninh Bình|01012022"


@pytest.fixture
def reception(desk: Desk, sign_in: SignIn) -> Client:
    return sign_in(desk.reception)


def test_one_form_receives_collects_and_accepts(desk: Desk, reception: Client) -> None:
    answer = reception.post(INTAKE, typed(MARITAL))
    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{INTAKE}{dossier.pk}/"
    assert dossier.status == "accepted"
    assert dossier.channel == "desk"
    assert dossier.filed_by_id is None
    assert dossier.due_at is not None
    assert Receipt.objects.get().payer_name == "Páo"
    assert Fee.objects.get(mode="before").status == "settled"


def test_a_person_with_one_word_and_no_phone_is_enough(reception: Client) -> None:
    reception.post(INTAKE, typed(MARITAL))
    submitter = DossierParty.objects.get(role="submitter").party
    assert submitter.name == "Páo"
    assert submitter.details == {}


def test_the_page_afterwards_shows_code_day_and_print(reception: Client) -> None:
    page = reception.post(INTAKE, typed(MARITAL), follow=True).content.decode()
    code = Dossier.objects.get().code
    assert code is not None
    assert code in page
    assert "/receipt.pdf" in page
    assert "Nhận hồ sơ tiếp theo" in page


def test_receiving_only_leaves_it_unaccepted_and_takes_no_money(reception: Client) -> None:
    reception.post(INTAKE, typed(MARITAL, do="receive"))
    assert Dossier.objects.get().status == "submitted"
    assert not Receipt.objects.exists()


def test_a_fee_due_later_is_taken_only_when_asked(reception: Client) -> None:
    reception.post(INTAKE, typed(PERMIT))
    assert Fee.objects.get().status == "open"
    reception.post(INTAKE, typed(PERMIT, token="another", collect_after="1"))
    assert sorted(Fee.objects.values_list("status", flat=True)) == ["open", "settled"]


def test_a_double_click_makes_one_dossier(reception: Client) -> None:
    first, second = (reception.post(INTAKE, typed(MARITAL)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == Receipt.objects.count() == 1


def test_the_same_form_with_other_words_is_refused_once_and_keeps_them(reception: Client) -> None:
    reception.post(INTAKE, typed(MARITAL))
    again = typed(MARITAL, submitter_name="Y Blăm", requester_name="Y Blăm")
    answer = reception.post(INTAKE, again)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Y Blăm"' in page
    assert again["token"] not in page
    assert Dossier.objects.count() == 1


def test_a_missing_paper_stops_acceptance_and_leaves_nothing(reception: Client) -> None:
    """All of it or nothing: no dossier, no receipt, no ledger line, no number used up."""
    missing = typed(PERMIT, **{"paper-ban_ve_thiet_ke": None})
    answer = reception.post(INTAKE, missing)
    assert answer.status_code == 422
    assert "Còn thiếu" in answer.content.decode()
    assert not Dossier.objects.exists()
    assert not PaperItem.objects.exists()
    assert not Receipt.objects.exists()
    assert not LedgerEntry.objects.exists()
    reception.post(INTAKE, typed(PERMIT))
    assert (Dossier.objects.get().code or "").endswith("-0001")


def test_the_cash_is_not_booked_when_acceptance_fails(
    reception: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossiers import transitions
    from portal.core.errors import RuleViolation

    real = transitions.apply

    def refuse_accept(work: object, command: object) -> None:
        if type(command).__name__ == "Accept":
            raise RuleViolation("invalid", "Lịch làm việc chưa có ngày này.")
        real(work, command)  # type: ignore[arg-type]

    monkeypatch.setattr(transitions, "apply", refuse_accept)
    answer = reception.post(INTAKE, typed(MARITAL))
    assert answer.status_code == 422
    assert "Lịch làm việc chưa có ngày này." in answer.content.decode()
    assert not Dossier.objects.exists()
    assert not Receipt.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_a_busy_row_keeps_what_was_typed(reception: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(*_args: object, **_named: object) -> None:
        raise LockTimeout

    monkeypatch.setattr("onestop.services.take_in", time_out)
    answer = reception.post(INTAKE, typed(MARITAL))
    assert answer.status_code == 422
    assert 'value="Páo"' in answer.content.decode()


def test_errors_keep_everything_that_was_typed(reception: Client) -> None:
    answer = reception.post(
        INTAKE, typed(BIRTH, submitter_name="", submitter_phone="abc", child_birth_date="32/13")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi:" in page
    for kept in ('value="abc"', 'value="32/13"', 'value="Lê Trần Bảo An"', "data-error-summary"):
        assert kept in page
    assert 'name="paper-giay_chung_sinh" value="1" checked' in page
    assert not Dossier.objects.exists()


def test_without_a_case_it_asks_for_one(reception: Client) -> None:
    answer = reception.post(INTAKE, typed(MARITAL, case=""))
    assert answer.status_code == 422
    assert 'href="#case"' in answer.content.decode()


def test_enter_or_a_change_draws_the_page_again_without_errors(reception: Client) -> None:
    answer = reception.post(INTAKE, typed(MARITAL, do=None, submitter_name="", case="ket_hon_trong_nuoc"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "data-error-summary" not in page
    assert 'value="ket_hon_trong_nuoc" selected' in page
    assert 'value="Xã Bến Mây"' in page


def test_all_papers_are_ticked_by_one_button(reception: Client) -> None:
    page = reception.post(INTAKE, {"procedure": PERMIT, "case": "nha_o", "take_all": "1"}).content.decode()
    assert page.count("data-required") == page.count("checked data-required") == 4


def test_a_scanned_card_fills_the_person_and_the_declaration(reception: Client) -> None:
    sent = {"procedure": MARITAL, "case": "muc_dich_khac", "submitter_identity": CARD}
    page = reception.post(INTAKE, sent).content.decode()
    for filled in ('value="Hờ A Páo"', 'value="15/08/1990"', "Xóm 4, xã An Bình"):
        assert filled in page
    assert "Đã đọc mã QR" in page
    assert page.count('value="Hờ A Páo"') == 2


def test_somebody_seen_before_is_filled_in_from_the_number(
    reception: Client, desk: Desk, sign_in: SignIn
) -> None:
    reception.post(
        INTAKE,
        typed(
            MARITAL,
            submitter_identity="037 190 001 234",
            submitter_name="Hờ A Páo",
            submitter_phone="0912 345 678",
        ),
    )
    sent = {"procedure": MARITAL, "submitter_identity": "037190001234"}
    page = reception.post(INTAKE, sent).content.decode()
    assert 'value="Hờ A Páo"' in page
    assert str(Dossier.objects.get().code) in page
    assert ReadLog.objects.filter(what="desk:person").exists()


def test_nobody_is_looked_up_at_another_agency(reception: Client, sign_in: SignIn) -> None:
    from tests.factories.people import make_officer

    reception.post(INTAKE, typed(MARITAL, submitter_identity="037190001234", submitter_name="Hờ A Páo"))
    elsewhere = sign_in(make_officer())
    page = elsewhere.post(
        INTAKE, {"procedure": MARITAL, "submitter_identity": "037190001234"}
    ).content.decode()
    assert "Hờ A Páo" not in page


def test_another_declarant_is_left_alone(reception: Client) -> None:
    sent = {
        "procedure": MARITAL,
        "case": "muc_dich_khac",
        "submitter_name": "Páo",
        "submitter_phone": "0912345678",
        "requester_name": "Trần Thị Lụa",
    }
    page = reception.post(INTAKE, sent).content.decode()
    assert page.count('value="0912345678"') + page.count('value="0912 345 678"') <= 1


def test_the_panel_alone_is_drawn_for_htmx(reception: Client) -> None:
    answer = reception.post(
        INTAKE, typed(MARITAL, do=None), headers={"HX-Request": "true", "HX-Target": "panel"}
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert "15.000" in page


def test_readings_are_logged(desk: Desk, reception: Client) -> None:
    reception.post(INTAKE, typed(MARITAL), follow=True)
    assert ReadLog.objects.filter(user_id=desk.reception.user.pk, what="desk:taken").count() == 1


@pytest.mark.parametrize("code", ["khong-co", "9.999999"])
def test_an_unknown_procedure_is_not_found(reception: Client, code: str) -> None:
    assert reception.get(INTAKE, {"procedure": code}).status_code == 404


def test_a_procedure_of_other_agencies_is_refused_with_words(reception: Client) -> None:
    sent = {
        "procedure": "1.001456",
        "case": "lan_dau",
        "submitter_name": "Páo",
        "do": "receive",
        "token": "abc",
    }
    answer = reception.post(INTAKE, sent)
    assert answer.status_code == 422
    assert "không giải quyết thủ tục" in answer.content.decode()


def test_the_choice_of_procedures_is_searched_without_diacritics(reception: Client) -> None:
    page = reception.get(INTAKE, {"q": "khai sinh"}).content.decode()
    assert f"?procedure={BIRTH}" in page
    assert "1.001456" not in page
