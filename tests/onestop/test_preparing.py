"""The e-form filled on the screen for paper: who may, what is kept, what is printed."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import segno
import time_machine
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from dossiers.models import Dossier, PreparedForm
from dossiers.prepared_code import show_code
from dossiers.services import prepared as forms
from dossiers.tasks import delete_expired_prepared
from portal.core import clock, throttle
from portal.core.locking import durable
from procedures.services.closing import mark_closed
from tests.factories.catalogue import make_document, publish
from tests.factories.dossiers import MARITAL, Desk, make_desk
from tests.onestop.conftest import SignIn
from tests.onestop.intake_forms import REBIRTH
from tests.onestop.preparing_steps import fill_address, filled, prepare, sample_of, text_of

A4_POINTS = (595.3, 841.9)
DOWNLOADS = ("blank.pdf", "sample.pdf")


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk(REBIRTH)


@pytest.fixture
def visitor(desk: Desk) -> Client:
    return Client()


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_level_decides_what_is_offered_and_what_is_refused(visitor: Client, level: int) -> None:
    code = publish(
        make_document(level=level, channels=["online", "desk"] if level > 2 else ["desk"])
    ).procedure.code
    page = visitor.get(f"/procedures/{code}/").content.decode()
    for address in (*DOWNLOADS, "prepare/"):
        answer = visitor.get(f"/procedures/{code}/{address}")
        assert (f"/procedures/{code}/{address}" in page) == (level > 1), address
        assert answer.status_code == (200 if level > 1 else 403), address
        if level == 1:
            assert "chỉ có hướng dẫn" in answer.content.decode()
    sent = visitor.post(fill_address(code), {"submitter_name": "Páo", "full_name": "Páo", "copies": "1"})
    assert sent.status_code == (302 if level > 1 else 403)


def test_a_procedure_without_a_form_says_so(visitor: Client) -> None:
    code = publish(make_document(level=2, form=None, channels=["desk"])).procedure.code
    for address in (*DOWNLOADS, "prepare/"):
        answer = visitor.get(f"/procedures/{code}/{address}")
        assert answer.status_code == 404
        assert "không có tờ khai" in answer.content.decode()
    assert "blank.pdf" not in visitor.get(f"/procedures/{code}/").content.decode()


@pytest.mark.parametrize("name", DOWNLOADS)
def test_the_downloads_are_a4_and_say_what_the_form_asks(visitor: Client, name: str) -> None:
    answer = visitor.get(f"/procedures/{REBIRTH}/{name}?case=con_ban_sao")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    for page in PdfReader(BytesIO(answer.content)).pages:
        assert tuple(round(float(side), 1) for side in page.mediabox[2:]) == A4_POINTS
    text = text_of(answer.content)
    assert "TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH" in text
    assert "Họ, chữ đệm, tên mẹ" in text
    assert ("Nguyễn Văn Mẫu" in text) == (name == "sample.pdf")
    assert ("MẪU" in text.split()) == (name == "sample.pdf")


def test_the_case_comes_first(visitor: Client) -> None:
    page = visitor.get(fill_address()).content.decode()
    assert "?case=" in page
    assert "requester_name" not in page


def test_a_form_with_faults_keeps_everything_typed(visitor: Client) -> None:
    answer = visitor.post(
        fill_address(), filled(requester_name="", requester_phone="12", old_number="777/XX")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="777/XX"' in page
    assert 'value="12"' in page
    assert not PreparedForm.objects.exists()


def test_hostile_words_are_refused_or_kept_as_words(visitor: Client) -> None:
    bad = '"><script>alert(1)</script>'
    page = visitor.post(fill_address(), filled(old_book=bad, requester_name="")).content.decode()
    assert "<script>alert" not in page
    for odd in ({"case": "nowhere"}, {"agency": "'; DROP TABLE"}, {"case": "x" * 5000}):
        assert visitor.post(fill_address(), filled(**odd)).status_code in (200, 302, 422)


def test_the_answers_are_sealed_and_the_code_is_stored_as_its_index(visitor: Client) -> None:
    code = prepare(visitor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(f)::text FROM dossiers_preparedform f")
        [(stored,)] = cursor.fetchall()
    assert code not in stored
    assert code.removeprefix("P-") not in stored
    assert "Mẫu" not in stored
    row = PreparedForm.objects.get()
    answers = row.answers or {}
    assert answers.items() >= sample_of().items()
    assert answers["submitter_name"] == "Nguyễn Văn Mẫu"
    assert (clock.to_local(row.expires_at).date() - clock.today()).days == 30
    assert clock.to_local(row.expires_at).hour == 23
    assert not Dossier.objects.exists()


def test_the_print_has_the_answers_the_papers_and_a_qr_with_the_code_alone(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    make = segno.make_qr

    def draw(text: str, **more: Any) -> segno.QRCode:
        drawn.append(text)
        return make(text, **more)

    monkeypatch.setattr(segno, "make_qr", draw)
    code = prepare(visitor)
    done = visitor.get(f"{fill_address()}done/").content.decode()
    answer = visitor.get(f"{fill_address()}form.pdf")
    text = text_of(answer.content)
    assert show_code(code) in done
    assert drawn == [code]
    assert show_code(code) in text
    assert "Nguyễn Văn Mẫu" in text
    assert "Giấy tờ mang theo" in text
    assert "MẪU" not in text.split()
    assert answer["Cache-Control"] == "private, no-store"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert {tuple(round(float(side), 1) for side in page.mediabox[2:]) for page in pages} == {A4_POINTS}


def test_another_browser_sees_nothing_and_neither_does_this_one_after_half_an_hour(visitor: Client) -> None:
    prepare(visitor)
    for name in ("done/", "form.pdf"):
        assert Client().get(fill_address() + name)["Location"] == fill_address()
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert visitor.get(f"{fill_address()}form.pdf")["Location"] == fill_address()


def test_who_signed_in_is_offered_what_is_known(desk: Desk, sign_in: SignIn) -> None:
    page = sign_in(desk.citizen).get(f"{fill_address(MARITAL)}?case=muc_dich_khac").content.decode()
    assert f'value="{desk.citizen.full_name}"' in page
    assert "Lấy từ tài khoản" in page
    assert prepare(sign_in(desk.citizen), MARITAL)


def test_a_closed_procedure_is_not_filled(visitor: Client) -> None:
    code = publish(make_document(level=2, channels=["desk"])).procedure.code
    with durable():
        mark_closed(code, successor=None)
    answer = visitor.post(fill_address(code), {"submitter_name": "Páo", "full_name": "Páo", "copies": "1"})
    assert answer.status_code == 422
    assert "không còn thực hiện" in answer.content.decode()


def test_creation_is_throttled_and_loses_nothing(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "CREATIONS", throttle.Limit("prepare", hits=1, window_s=3600))
    prepare(visitor)
    answer = visitor.post(fill_address(), filled(old_book="quyển 77"))
    assert answer.status_code == 429
    assert 'value="quyển 77"' in answer.content.decode()
    assert PreparedForm.objects.count() == 1


def test_what_nobody_brought_is_deleted_after_its_days(visitor: Client) -> None:
    prepare(visitor)
    assert delete_expired_prepared() == 0
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert delete_expired_prepared() == 1
    assert not PreparedForm.objects.exists()
