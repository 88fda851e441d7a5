"""The forms of a dossier: which exist in which state, what they say of true rows, and what they cost."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from dossiers import commands as c
from dossiers import printing
from dossiers.choices import Channel, Relation
from dossiers.models import Dossier, DossierAgency
from dossiers.printing import Source
from dossiers.printing.returning import show_return
from dossiers.printing.signing import show_title
from dossiers.services import acting, system
from portal.accounts.choices import Role
from portal.core import clock
from portal.core.clock import to_local
from portal.core.errors import NotFound
from tests.factories import states
from tests.factories.dossiers import Desk, Request, file_dossier, make_desk
from tests.factories.people import make_officer, make_verified_user

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def read(pdf: bytes) -> str:
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\u200b", "")
    return unicodedata.normalize("NFC", " ".join(words.split()))


def reschedule(desk: Desk, dossier: Dossier) -> Dossier:
    assert dossier.due_at is not None
    day = dossier.due_at + timedelta(days=7)
    while to_local(day).weekday() > 4:
        day += timedelta(days=1)
    reason = "Chờ ý kiến Sở Xây dựng."
    return acting.reschedule(dossier.pk, day, reason, actor=desk.approver.actor, version=dossier.version)


def rescheduled(desk: Desk) -> Dossier:
    return reschedule(desk, states.processing(desk))


def withdrawn_late(desk: Desk) -> Dossier:
    dossier = states.accepted(desk)
    dossier = acting.request_withdrawal(
        dossier.pk, "Tôi không xây nữa.", actor=desk.citizen_actor, version=dossier.version
    )
    return acting.perform(
        dossier.pk,
        c.Withdraw("Theo đề nghị của người nộp."),
        actor=desk.reception.actor,
        version=dossier.version,
    )


def expired(begin: Callable[[Desk], Dossier]) -> Callable[[Desk], Dossier]:
    def build(desk: Desk) -> Dossier:
        dossier = begin(desk)
        with time_machine.travel(clock.now() + timedelta(days=60), tick=False):
            system.expire_due()
        return Dossier.objects.get(pk=dossier.pk)

    return build


RECEIVED = {"receipt", "control-slip"}
EXISTING: list[tuple[str, Callable[[Desk], Dossier], set[str]]] = [
    ("draft", states.draft, set()),
    ("submitted", states.submitted, set()),
    ("accepted", states.accepted, RECEIVED),
    ("processing", states.processing, RECEIVED),
    ("rescheduled", rescheduled, RECEIVED | {"apology"}),
    ("resolved", states.resolved, RECEIVED),
    ("returned", states.returned, RECEIVED),
    ("asked", states.STATES["awaiting_supplement", "submitted"], {"supplement-request"}),
    ("asked late", states.STATES["awaiting_supplement", "processing"], RECEIVED | {"supplement-request"}),
    ("declined", states.declined, {"decline"}),
    ("withdrawn", states.withdrawn, {"withdrawal-notice"}),
    ("withdrawn late", withdrawn_late, RECEIVED | {"stop-notice"}),
    ("stopped", states.stopped, RECEIVED | {"stop-notice"}),
    (
        "expired",
        expired(states.STATES["awaiting_supplement", "submitted"]),
        {"supplement-request", "decline"},
    ),
    (
        "expired late",
        expired(states.STATES["awaiting_supplement", "processing"]),
        RECEIVED | {"supplement-request", "stop-notice"},
    ),
]


@pytest.mark.parametrize(
    ("begin", "expected"), [row[1:] for row in EXISTING], ids=[row[0] for row in EXISTING]
)
def test_exactly_these_forms_exist_and_every_one_is_a_pdf(
    begin: Callable[[Desk], Dossier], expected: set[str]
) -> None:
    dossier = begin(make_desk())
    online = {"filing-notice", "answers"} if dossier.submitted_at else set()
    found = {form.key for form in printing.list_prints(dossier)}

    assert found == expected | online
    for key in printing.FORMS:
        if key in found:
            with CaptureQueriesContext(connection) as queries:
                assert b"<pdfaid:part>2</pdfaid:part>" in printing.render_print(dossier, key)
            assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"][:120] for query in queries)
            continue
        with pytest.raises(NotFound) as refusal:
            printing.render_print(dossier, key)
        assert refusal.value.code == "print_not_found"
        assert refusal.value.message == str(printing.FORMS[key].missing)


def test_an_unknown_form_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotFound, match="danh sách bản in"):
        printing.render_print(states.accepted(make_desk()), "khong-co")


def test_the_control_slip_stays_in_the_house() -> None:
    dossier = states.accepted(make_desk())
    events = list(dossier.events.order_by("seq"))

    keys = {form.key for form in printing.name_prints(dossier, events, for_owner=True)}
    assert keys == {"receipt", "filing-notice", "answers"}
    with pytest.raises(NotFound) as refusal:
        printing.render_print(dossier, "control-slip", for_owner=True)
    assert refusal.value.code == "print_unknown"


def test_labels_carry_the_number_of_the_set_in_force() -> None:
    labels = {form.key: form.label for form in printing.list_prints(rescheduled(make_desk()))}

    assert labels["receipt"].endswith("(Mẫu 01)")
    assert labels["apology"] == "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu 04)"
    assert labels["control-slip"].endswith("(Mẫu 06)")
    assert labels["filing-notice"] == "Thông báo đã nộp hồ sơ trực tuyến"


def test_the_slip_tells_the_whole_course() -> None:
    text = read(printing.render_print(states.returned(make_desk()), "control-slip"))

    for part in (
        "Giao: Bộ phận Một cửa, Ủy ban nhân dân xã Sông Mây Lê Thu Trang",
        "Nhận: Ủy ban nhân dân xã Sông Mây Đỗ Thị Lý",
        "Chuyển kết quả về",
        "Trả kết quả",
        "Nhận: Người nhận kết quả Trần Văn Sông",
        "Trước hạn",
    ):
        assert part in text
    assert text.count("Giao:") == 4


def test_an_apology_is_signed_by_the_head_or_leaves_the_place_free() -> None:
    desk = make_desk()
    text = read(printing.render_print(rescheduled(desk), "apology"))
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ (Ký, ghi rõ họ tên, đóng dấu) Vũ Quang Ký" in text
    assert "Chờ ý kiến Sở Xây dựng." in text

    by_officer = states.processing(desk)
    assert by_officer.due_at is not None
    day = by_officer.due_at + timedelta(days=7)
    acting.reschedule(
        by_officer.pk, day, "Chờ ý kiến.", actor=desk.case_officer.actor, version=by_officer.version
    )
    text = read(printing.render_print(Dossier.objects.get(pk=by_officer.pk), "apology"))
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" in text
    assert "Đỗ Thị Lý" not in text


def test_a_notice_of_stopping_names_the_citizen_s_wish_or_the_silence() -> None:
    desk = make_desk()
    wish = read(printing.render_print(withdrawn_late(desk), "stop-notice"))
    assert "Ông (bà) đã đề nghị dừng giải quyết hồ sơ ngày" in wish
    assert "Lý do: Tôi không xây nữa." in wish
    late = expired(states.STATES["awaiting_supplement", "processing"])(desk)
    assert "mà chưa được đáp ứng" in read(printing.render_print(late, "stop-notice"))
    stopped = read(printing.render_print(states.stopped(desk), "stop-notice"))
    assert "Lý do: Đất đang có tranh chấp." in stopped


def test_papers_on_the_desk_are_given_back_on_the_notice() -> None:
    desk = make_desk()
    wanted = Request(channel="desk", papers=(c.PaperLine("to_khai", originals=1, copies=2),))
    dossier = file_dossier(desk, wanted)
    acting.perform(
        dossier.pk, c.Withdraw("Đổi ý.", on_paper=True), actor=desk.reception.actor, version=dossier.version
    )
    text = read(printing.render_print(Dossier.objects.get(pk=dossier.pk), "withdrawal-notice"))
    assert "1 bản chính, 2 bản chụp" in text
    assert "Lê Thu Trang" in text


@pytest.mark.parametrize(
    ("title", "signs_for", "expected"),
    [
        ("Chủ tịch", "", "Chủ tịch"),
        ("Phó Chủ tịch", "KT.", "KT. Chủ tịch\nPhó Chủ tịch"),
        ("Trưởng phòng Kinh tế", "TL.", "TL. Chủ tịch\nTrưởng phòng Kinh tế"),
        ("Giám đốc Trung tâm", "TUQ.", "TUQ. Chủ tịch\nGiám đốc Trung tâm"),
        ("", "", ""),
    ],
)
def test_who_signs_for_another_says_so(title: str, signs_for: str, expected: str) -> None:
    membership = make_officer(Role.APPROVER, title=title).membership
    membership.signs_for = signs_for

    assert show_title(membership) == expected


def test_a_receipt_says_how_and_where_the_result_comes() -> None:
    desk = make_desk()
    dossier = states.accepted(desk)
    place, way = show_return(Source(dossier))
    assert place.startswith("Ủy ban nhân dân xã Sông Mây") or "Hồ sơ của tôi" in way

    at_desk = file_dossier(desk, Request(channel="desk", papers=(c.PaperLine("to_khai", originals=1),)))
    assert show_return(Source(at_desk)) == (
        "Ủy ban nhân dân xã Sông Mây",
        "Nhận trực tiếp, mang theo giấy này và giấy tờ tùy thân",
    )
    at_desk.channel = Channel.POST
    assert show_return(Source(at_desk))[1] == "Gửi qua bưu điện"


def test_the_result_is_fetched_where_it_is_returned() -> None:
    desk = make_desk()
    dossier = file_dossier(desk, Request(channel="desk", papers=(c.PaperLine("to_khai", originals=1),)))
    other = make_officer().agency
    rows = DossierAgency.objects.filter(dossier=dossier, relation=Relation.RETURNING)
    rows.update(agency=other)
    other.name = "Bưu cục Bến Mây"
    other.save(update_fields=["name"])

    assert show_return(Source(Dossier.objects.get(pk=dossier.pk)))[0] == "Bưu cục Bến Mây"


def test_owners_officers_and_strangers_get_what_is_theirs(client: Client) -> None:
    desk = make_desk()
    dossier = rescheduled(desk)
    own, desk_side = f"/dossiers/{dossier.pk}/print", f"/onestop/dossiers/{dossier.pk}"
    calls = (
        (desk.citizen, f"{own}/apology/", 200),
        (desk.citizen, f"{own}/control-slip/", 404),
        (desk.citizen, f"{own}/decline/", 404),
        (desk.citizen, f"{desk_side}/apology.pdf", 403),
        (make_verified_user(), f"{own}/apology/", 404),
        (desk.reception.user, f"{desk_side}/control-slip.pdf", 200),
        (desk.case_officer.user, f"{desk_side}/apology.pdf", 200),
        (make_officer().user, f"{desk_side}/apology.pdf", 404),
        (make_officer(Role.SITE_ADMIN, agency=desk.agency).user, f"{desk_side}/apology.pdf", 403),
    )
    for user, address, status in calls:
        client.force_login(user)
        assert client.get(address).status_code == status, (user.full_name, address)


def test_a_form_that_is_not_there_yet_says_what_has_to_happen(client: Client) -> None:
    desk = make_desk()
    dossier = states.submitted(desk)
    client.force_login(desk.reception.user)

    answer = client.get(f"/onestop/dossiers/{dossier.pk}/receipt.pdf")

    assert answer.status_code == 404
    assert "Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận" in answer.content.decode()
