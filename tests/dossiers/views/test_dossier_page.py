"""The page of a dossier: the five answers in every status, for whom it is there, and how many queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers import commands as c
from dossiers.choices import Outcome
from dossiers.models import Dossier
from dossiers.services import acting
from portal.audit.models import ReadLog
from portal.core import clock
from tests.dossiers.views.steps import begin_birth, read, sign_in
from tests.factories.dossiers import (
    Desk,
    accept,
    file_birth,
    file_dossier,
    make_desk,
    make_upload,
    resolve_command,
    start,
    to_approval,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def resolved(desk: Desk) -> Dossier:
    dossier = to_approval(desk, start(desk, accept(desk, file_birth(desk))))
    command = resolve_command("giay_khai_sinh")
    return acting.perform(dossier.pk, command, actor=desk.approver.actor, version=dossier.version)


def returned(desk: Desk) -> Dossier:
    dossier = resolved(desk)
    command = c.ReturnResult(identity_checked=True)
    return acting.perform(dossier.pk, command, actor=desk.reception.actor, version=dossier.version)


def refused(desk: Desk) -> Dossier:
    dossier = to_approval(desk, start(desk, accept(desk, file_birth(desk))))
    signed = c.Signature("Vũ Quang Ký", clock.today())
    command = c.Resolve(
        Outcome.REFUSED, signed, "Trẻ đã được đăng ký khai sinh.", (c.ResultDraft("giay_khai_sinh"),)
    )
    return acting.perform(dossier.pk, command, actor=desk.approver.actor, version=dossier.version)


def declined(desk: Desk) -> Dossier:
    dossier = file_birth(desk)
    reason = "Không thuộc thẩm quyền của xã."
    acting.propose_decline(dossier.pk, reason, actor=desk.reception.actor, version=dossier.version)
    return acting.decline(dossier.pk, reason, actor=desk.head.actor, version=None)


def stopped(desk: Desk) -> Dossier:
    dossier = start(desk, accept(desk, file_birth(desk)))
    return acting.perform(
        dossier.pk, c.Stop("Người yêu cầu đã mất."), actor=desk.approver.actor, version=dossier.version
    )


def withdrawn(desk: Desk) -> Dossier:
    dossier = file_birth(desk)
    return acting.perform(
        dossier.pk, c.Withdraw("Nộp nhầm."), actor=desk.citizen_actor, version=dossier.version
    )


def asked_for_more(desk: Desk) -> Dossier:
    dossier = accept(desk, file_birth(desk))
    command = c.RequestSupplement((c.SupplementItem("Ảnh mờ.", requirement="giay_chung_sinh"),))
    return acting.perform(dossier.pk, command, actor=desk.reception.actor, version=dossier.version)


def shown_a_draft(desk: Desk) -> Dossier:
    dossier = start(desk, accept(desk, file_birth(desk)))
    draft = make_upload(desk.case_officer.actor, "ban-nhap.png")
    return acting.ask_confirmation(
        dossier.pk, draft.pk, actor=desk.case_officer.actor, version=dossier.version
    )


STATUSES: list[tuple[Callable[[Desk], Dossier], list[str]]] = [
    (file_birth, ["Bạn không phải làm gì lúc này", "Dự kiến", "Bộ phận Một cửa", "Rút hồ sơ"]),
    (file_dossier, ["Nộp 15.000 đ trước", "Xem khoản phải nộp", "Chờ bạn", "Rút hồ sơ"]),
    (
        lambda desk: accept(desk, file_birth(desk)),
        ["Hẹn trả", "Không thiếu gì", "Đề nghị rút hồ sơ", "Mẫu 01"],
    ),
    (lambda desk: start(desk, accept(desk, file_birth(desk))), ["Đỗ Thị Lý", "Đang giải quyết", "0292"]),
    (asked_for_more, ["Bổ sung 1 mục trước", "Thời hạn tính lại từ đầu", "Chờ bạn", "Mẫu 02"]),
    (shown_a_draft, ["Xem bản nháp kết quả trước", "Không trả lời thì coi như bạn đồng ý"]),
    (resolved, ["Nhận kết quả", "Giấy khai sinh", "Vũ Quang Ký", "12/2026", "Bản giấy, 1 bản"]),
    (returned, ["Kết quả đã trao cho bạn", "Nộp hồ sơ mới"]),
    (refused, ["Từ chối giải quyết", "Trẻ đã được đăng ký khai sinh."]),
    (declined, ["Không còn việc gì", "Không thuộc thẩm quyền của xã.", "Nộp hồ sơ mới"]),
    (stopped, ["Người yêu cầu đã mất.", "Không còn việc gì"]),
    (withdrawn, ["Hồ sơ đã rút", "Nộp nhầm."]),
]


@pytest.mark.parametrize(("make", "words"), STATUSES)
def test_the_page_answers_the_five_questions(
    desk: Desk, citizen: Client, make: Callable[[Desk], Dossier], words: list[str]
) -> None:
    dossier = make(desk)
    desk.agency.phone = "0292 3820 000"
    desk.agency.save()
    citizen.get("/dossiers/")  # the first request of a session notes its time
    with CaptureQueriesContext(connection) as queries:
        page = read(citizen, f"/dossiers/{dossier.pk}/")
    assert len(queries) <= MOST_QUERIES, [query["sql"][:90] for query in queries]
    for term in ("Tôi phải làm gì ngay", "Còn thiếu gì", "Đang ở đâu", "Ai đang giữ", "Bao giờ xong", *words):
        assert term in page, term
    assert page.count("<h1>") == 1


@pytest.mark.parametrize(("make", "_words"), STATUSES)
def test_a_dossier_is_there_for_its_owner_only(
    desk: Desk, make: Callable[[Desk], Dossier], _words: list[str]
) -> None:
    path = f"/dossiers/{make(desk).pk}/"
    other = make_desk()
    for user in (make_user(), other.citizen, other.reception.user, other.approver.user):
        for below in ("", "done/", "withdraw/", "confirmation/", "consent/", "print/filing-notice/"):
            assert sign_in(user).get(path + below).status_code == 404, below


def test_the_right_officer_is_led_to_the_desk(desk: Desk) -> None:
    dossier = file_birth(desk)
    client = sign_in(desk.reception.user)
    answer = client.get(f"/dossiers/{dossier.pk}/")
    assert answer["Location"] == f"/onestop/dossiers/{dossier.pk}/"
    for below in ("done/", "withdraw/", "filing/", "print/filing-notice/"):
        assert client.get(f"/dossiers/{dossier.pk}/{below}").status_code == 404


def test_a_late_dossier_says_so(desk: Desk, citizen: Client) -> None:
    dossier = start(desk, accept(desk, file_birth(desk)))
    assert dossier.due_at is not None
    with time_machine.travel(dossier.due_at + timedelta(hours=2), tick=False):
        client = sign_in(desk.citizen)
        page = read(client, f"/dossiers/{dossier.pk}/")
        assert "Đã quá hạn" in page
        assert "tag--late" in page
        assert "Quá hạn" in read(client, "/dossiers/")


def test_the_timeline_names_officers_and_says_you(desk: Desk, citizen: Client) -> None:
    page = read(citizen, f"/dossiers/{accept(desk, file_birth(desk)).pk}/")
    assert "<small>Bạn</small>" in page
    assert "<small>Lê Thu Trang</small>" in page


def test_printed_forms_are_downloads_of_the_owner(desk: Desk, citizen: Client) -> None:
    dossier = accept(desk, file_birth(desk))
    for key in ("filing-notice", "receipt"):
        answer = citizen.get(f"/dossiers/{dossier.pk}/print/{key}/")
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
    assert citizen.get(f"/dossiers/{dossier.pk}/print/decline/").status_code == 404
    assert citizen.get(f"/dossiers/{dossier.pk}/print/nothing/").status_code == 404


def count_queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client, path)
    return len(queries)


def test_the_list_asks_the_same_for_one_and_for_forty(desk: Desk, citizen: Client) -> None:
    file_birth(desk)
    read(citizen, "/dossiers/")
    one = count_queries(citizen, "/dossiers/")
    for _number in range(39):
        Dossier.objects.create(
            procedure=Dossier.objects.all()[0].procedure,
            procedure_version=Dossier.objects.all()[0].procedure_version,
            channel="online",
            agency=desk.agency,
            filed_by=desk.citizen,
            created_at=clock.now(),
            sort_at=clock.now(),
        )
    assert count_queries(citizen, "/dossiers/") == one <= 6
    page = read(citizen, "/dossiers/")
    assert page.count("chưa nộp") == 25, "the newest fill the first page"
    following = page.split('rel="next" href="')[1].split('"')[0]
    assert 'rel="prev"' in read(citizen, f"/dossiers/{following}")
    assert citizen.get("/dossiers/?cursor=xyz").status_code == 422


@pytest.mark.parametrize(
    ("path", "most"), [("filing/", 7), ("filing/requester/", 9), ("filing/check/", 10), ("case/", 8)]
)
def test_pages_of_a_draft_ask_little(desk: Desk, citizen: Client, path: str, most: int) -> None:
    dossier_id = begin_birth(citizen, desk)
    read(citizen, f"/dossiers/{dossier_id}/{path}")
    assert count_queries(citizen, f"/dossiers/{dossier_id}/{path}") <= most


def test_nothing_of_a_citizen_is_written_to_the_log_of_readings(desk: Desk, citizen: Client) -> None:
    read(citizen, f"/dossiers/{file_birth(desk).pk}/")
    assert not ReadLog.objects.exists()


def test_somebody_without_dossiers_is_shown_where_to_begin(desk: Desk) -> None:
    page = read(sign_in(make_user()), "/dossiers/")
    assert "Bạn chưa có hồ sơ nào" in page
    assert read(sign_in(desk.reception.user), "/dossiers/", 403)


def test_what_the_system_does_by_itself_carries_no_name(desk: Desk, citizen: Client) -> None:
    """The request to pay that follows from a filing is not the citizen's own act."""
    dossier = file_dossier(desk)
    event = dossier.events.get(kind="request_payment")
    assert (event.actor_kind, event.actor_user_id, event.actor_name) == ("system", None, "")
    page = read(citizen, f"/dossiers/{dossier.pk}/")
    assert page.count("<small>Bạn</small>") == 1
    assert "<small>Hệ thống</small>" in page
