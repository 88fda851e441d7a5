"""What the owner reads beside the five answers: an apology, a correction, a draft, time running out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dossiers import commands as c
from dossiers.choices import Medium
from dossiers.deadlines import add_working_days
from dossiers.models import Dossier, ResultItem
from dossiers.services import acting, system
from dossiers.services.files import store_upload
from portal.accounts import selectors as accounts
from portal.core import clock
from portal.notifications.models import Message
from tests.dossiers.views.steps import read
from tests.factories import states
from tests.factories.dossiers import PNG, Desk, make_upload

pytestmark = pytest.mark.django_db
REASON = "Chờ ý kiến của phòng Kinh tế."


def page_of(citizen: Client, dossier: Dossier) -> str:
    return read(citizen, f"/dossiers/{dossier.pk}/")


def reschedule(desk: Desk, dossier: Dossier) -> Dossier:
    due = dossier.due_at
    assert due is not None
    day = add_working_days(due.date(), 5, accounts.get_work_calendar(desk.agency.pk))
    return acting.reschedule(
        dossier.pk, due.replace(year=day.year, month=day.month, day=day.day), REASON,
        actor=desk.case_officer.actor, version=dossier.version,
    )  # fmt: skip


def test_the_apology_reaches_the_page_and_the_notice(desk: Desk, citizen: Client) -> None:
    dossier = reschedule(desk, states.accepted(desk))
    page = page_of(citizen, dossier)
    who = f"Người xin lỗi: {desk.case_officer.user.full_name}, {desk.agency.name}"
    for words in (
        "Cơ quan xin lỗi bạn vì trả kết quả muộn", f"Lý do: {REASON}", "Ngày hẹn cũ:", "Ngày hẹn mới:", who,
    ):  # fmt: skip
        assert words in page
    assert "7 ngày làm việc" not in page
    message = Message.objects.get(event="dossier.rescheduled")
    assert message.context["reason"] == REASON
    assert message.context["new_due_at"] != message.context["due_at"]


def test_it_is_said_until_the_result_is_there(desk: Desk, citizen: Client) -> None:
    dossier = reschedule(desk, states.at_approval(desk))
    done = acting.perform(
        dossier.pk, states.make.resolve_command("giay_phep"), actor=desk.approver.actor,
        version=dossier.version,
    )  # fmt: skip
    assert "xin lỗi bạn vì trả kết quả muộn" not in page_of(citizen, done)


@pytest.mark.parametrize("medium", list(Medium))
def test_a_correction_is_shown_in_the_place_of_the_faulty_one(
    desk: Desk, citizen: Client, medium: Medium
) -> None:
    dossier = states.returned(desk)
    faulty = ResultItem.objects.get()
    file_id = make_upload(desk.approver.actor).pk if medium == Medium.ELECTRONIC else None
    made = c.Correction(faulty.pk, "Sai tên đệm.", medium=medium, file_id=file_id, number="13/GPXD")
    acting.correct_result(dossier.pk, made, actor=desk.approver.actor, version=dossier.version)
    page = page_of(citizen, dossier)
    assert "số 13/GPXD (bản thay thế)" in page
    assert page.count("(bản thay thế)") == 1
    assert "Sai tên đệm." in page
    assert ("Đổi kết quả có sai sót lấy bản thay thế" in page) is (medium == Medium.PAPER)


@pytest.mark.parametrize(
    ("days_left", "words"), [(8, ""), (5, "Chỉ còn 5 ngày."), (0.01, "Hôm nay là ngày cuối.")]
)
def test_the_last_week_of_a_wait_is_counted(
    desk: Desk, citizen: Client, days_left: float, words: str
) -> None:
    dossier = states._ask_supplement(states.submitted)(desk)
    morning = clock.now().replace(hour=1, minute=0)
    dossier.answer_by = morning + timedelta(days=days_left)
    dossier.save(update_fields=["answer_by"])
    with time_machine.travel(morning, tick=False):
        page = page_of(citizen, dossier)
        warned = system._warn()
    assert words in page
    assert ("Chỉ còn" in page or "Hôm nay là ngày cuối" in page) is bool(words)
    assert warned == (1 if words else 0)
    assert Message.objects.filter(event="dossier.expiry_warning").exists() is bool(words)


@pytest.mark.parametrize(("name", "is_shown"), [("ban-nhap.png", True), ("ban-nhap.pdf", False)])
def test_a_draft_is_looked_at_on_the_page(desk: Desk, citizen: Client, name: str, is_shown: bool) -> None:
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    sent = SimpleUploadedFile(name, PNG if is_shown else pdf, "image/png" if is_shown else "application/pdf")
    stored = store_upload(sent, actor=desk.case_officer.actor)
    dossier = states.processing(desk)
    acting.ask_confirmation(dossier.pk, stored.pk, actor=desk.case_officer.actor, version=dossier.version)
    page = read(citizen, f"/dossiers/{dossier.pk}/confirmation/")
    href = f"/dossiers/{dossier.pk}/files/{stored.pk}/"
    assert href in page
    assert (f'<img class="preview" src="{href}"' in page) is is_shown
    assert citizen.get(href).status_code == 200
    message: Any = Message.objects.get(event="dossier.confirmation_asked")
    assert message.context["answer_by"]
