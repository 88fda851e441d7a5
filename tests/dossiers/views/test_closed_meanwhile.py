"""Between start and sending a procedure, an agency or the calendar may close: said in words, nothing is lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.test import Client

from dossiers.models import Dossier
from portal.accounts.models import Agency, Calendar
from portal.core import clock
from procedures.models import Procedure
from tests.dossiers.views.steps import begin_birth, fill_birth, read, send
from tests.factories.dossiers import BIRTH, Desk

pytestmark = pytest.mark.django_db


def close_procedure(desk: Desk) -> None:
    Procedure.objects.filter(code=BIRTH).update(status="closed")


def close_agency(desk: Desk) -> None:
    Agency.objects.filter(pk=desk.agency.pk).update(valid_until=clock.today() - timedelta(days=1))


def end_calendar(desk: Desk) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Calendar.objects.filter(agencies=desk.agency).update(known_until=yesterday, revision=F("revision") + 1)


CLOSINGS: list[tuple[Callable[[Desk], None], str]] = [
    (close_procedure, "Thủ tục này không còn thực hiện nữa."),
    (close_agency, "Cơ quan này không giải quyết thủ tục đã chọn. Hãy chọn cơ quan khác."),
    (end_calendar, "Lịch làm việc chỉ có từ"),
]


@pytest.mark.parametrize(("close", "words"), CLOSINGS)
def test_sending_says_why_and_keeps_the_draft(
    desk: Desk, citizen: Client, close: Callable[[Desk], None], words: str
) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    close(desk)
    assert read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    answer = send(citizen, dossier_id)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    kept = Dossier.objects.get(pk=dossier_id)
    assert (kept.status, kept.code) == ("draft", None)
    assert "Lê Trần Bảo An" in read(citizen, f"/dossiers/{dossier_id}/filing/child/")


def test_a_closed_agency_is_not_offered_at_the_start(desk: Desk, citizen: Client) -> None:
    Agency.objects.filter(pk=desk.agency.pk).update(valid_until=date(2020, 1, 1))
    answer = citizen.post(
        f"/dossiers/new/{BIRTH}/", {"case": "co_giay_chung_sinh", "agency": desk.agency.code}
    )
    assert answer.status_code == 422
    assert "Chọn nơi nhận hồ sơ trong danh sách." in answer.content.decode()
