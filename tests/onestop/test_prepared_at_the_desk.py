"""A form filled at home comes to the desk: scanned once, everything is there, received as usual."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from dossiers.models import Dossier, DossierParty, Filing, PreparedForm
from dossiers.prepared_code import show_code
from dossiers.services import prepared as forms
from portal.accounts.choices import AgencyKind
from portal.audit.models import AuditEntry
from portal.core import clock, throttle
from portal.core.locking import durable
from procedures.services.closing import mark_closed
from tests.factories.catalogue import publish, read_catalogue
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import make_agency, make_officer
from tests.onestop.conftest import SignIn
from tests.onestop.intake_forms import REBIRTH, typed
from tests.onestop.preparing_steps import prepare, sample_of

INTAKE = "/onestop/intake/"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk(REBIRTH)


@pytest.fixture
def reception(desk: Desk, sign_in: SignIn) -> Client:
    return sign_in(desk.reception)


@pytest.fixture
def code(desk: Desk) -> str:
    return prepare(Client())


def scan(client: Client, code: str) -> Any:
    """A scan on any staff page, as desk.js sends it."""
    return client.get("/onestop/", {"q": code}, follow=True)


def receive(client: Client, code: str, **changes: Any) -> Any:
    """The officer ticks the papers and receives what the page holds."""
    return client.post(INTAKE, typed(REBIRTH, answers=sample_of(), prepared=code, do="receive", **changes))


def test_a_scan_fills_case_person_and_all_answers(reception: Client, code: str) -> None:
    answer = scan(reception, show_code(code).lower())
    page = answer.context["page"]
    assert answer.status_code == 200
    assert page.content.code == REBIRTH
    assert page.case == "con_ban_sao"
    assert page.declaration == sample_of()
    assert page.form.answers["submitter_name"] == "Nguyễn Văn Mẫu"
    assert page.form.answers["submitter_identity"] == sample_of()["requester_national_id"]
    assert f'name="prepared" value="{code}"' in answer.content.decode()
    assert AuditEntry.objects.filter(action="prepared_form_opened").count() == 1


def test_what_is_received_has_these_answers_and_the_corrections(reception: Client, code: str) -> None:
    assert receive(reception, code, old_book="quyển 01").status_code == 302
    dossier = Dossier.objects.get()
    assert Filing.objects.get().answers == {**sample_of(), "old_book": "quyển 01"}
    assert DossierParty.objects.filter(dossier=dossier, role="submitter").exists()
    row = PreparedForm.objects.get()
    assert (row.dossier_id, row.answers) == (dossier.pk, None)


def test_a_second_scan_says_which_dossier_it_became(reception: Client, code: str) -> None:
    receive(reception, code)
    dossier = Dossier.objects.get()
    answer = scan(reception, code)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"đã thành hồ sơ {dossier.code}" in page
    assert f"/onestop/dossiers/{dossier.pk}/" in page


def test_two_officers_with_one_paper_make_one_dossier_of_it(reception: Client, code: str) -> None:
    assert receive(reception, code, token="one").status_code == 302
    answer = receive(reception, code, token="two")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "đã thành hồ sơ" in page
    assert 'name="prepared"' not in page
    assert Dossier.objects.count() == 1


def test_a_double_click_makes_one_dossier(reception: Client, code: str) -> None:
    first, second = (receive(reception, code) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_an_expired_code_is_told_plainly_and_typing_goes_on(desk: Desk, code: str, sign_in: SignIn) -> None:
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        reception = sign_in(desk.reception)
        answer = scan(reception, code)
        assert answer.status_code == 409
        assert "quá 30 ngày" in answer.content.decode()
        assert "Chọn thủ tục ở dưới để nhập tay" in answer.content.decode()
        forms.delete_expired()
        assert "Không có tờ khai nào mang mã này" in scan(reception, code).content.decode()


def _user_of(client: Client) -> Any:
    from portal.accounts.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_a_form_that_expires_while_the_page_is_open_is_received_all_the_same(
    reception: Client, code: str
) -> None:
    PreparedForm.objects.update(expires_at=clock.now())
    assert receive(reception, code).status_code == 302


@pytest.mark.parametrize(
    "hostile", ["P-0000000000", "P-' OR 1=1", "P-" + "9" * 3000, "P-9\x1b999999999", "<b>P-</b>"]
)
def test_unknown_and_hostile_codes_open_nothing(reception: Client, code: str, hostile: str) -> None:
    assert scan(reception, hostile).status_code in (200, 400, 404, 422)
    answer = reception.get(INTAKE, {"prepared": hostile})
    assert answer.status_code in (400, 404, 422)
    assert "Nguyễn Văn Mẫu" not in answer.content.decode()


def test_guessing_codes_is_stopped(reception: Client, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = throttle.Limit("prepared-unknown", hits=2, window_s=600, block_s=600)
    monkeypatch.setattr(forms, "UNKNOWN_CODES", limit)
    statuses = [reception.get(INTAKE, {"prepared": f"P-000000000{n}"}).status_code for n in range(3)]
    assert statuses == [404, 404, 429]
    assert reception.get(INTAKE, {"prepared": code}).status_code == 429


def test_a_closed_procedure_names_its_successor(reception: Client, code: str) -> None:
    with durable():
        mark_closed(REBIRTH, successor="1.001193")
    answer = scan(reception, code)
    assert answer.status_code == 422
    assert "không còn thực hiện" in answer.content.decode()


def test_a_newer_version_of_the_procedure_takes_what_fits(reception: Client, code: str) -> None:
    document = read_catalogue(REBIRTH)
    for page in document["form"]["pages"]:
        page["fields"] = [field for field in page["fields"] if field["key"] != "old_book"]
    publish(document)
    answer = scan(reception, code)
    assert "Thủ tục đã có bản mới" in answer.content.decode()
    assert "old_book" not in answer.context["page"].declaration
    assert answer.context["page"].declaration["requester_name"] == "Nguyễn Văn Mẫu"


def test_an_agency_that_does_not_perform_it_is_told(code: str, sign_in: SignIn) -> None:
    other = sign_in(make_officer("reception", agency=make_agency(kind=AgencyKind.PROVINCE)))
    answer = scan(other, code)
    assert answer.status_code == 422
    assert "không nhận thủ tục" in answer.content.decode()


def test_only_reception_opens_it(desk: Desk, code: str, sign_in: SignIn) -> None:
    for person in (desk.approver, desk.case_officer, desk.citizen):
        assert sign_in(person).get(INTAKE, {"prepared": code}).status_code == 403
    assert Client().get(INTAKE, {"prepared": code}).status_code == 302


def test_the_box_of_the_procedures_reads_a_code_too(reception: Client, code: str) -> None:
    answer = reception.get(INTAKE, {"q": f" {code} "})
    assert answer["Location"] == f"{INTAKE}?prepared={code}"
