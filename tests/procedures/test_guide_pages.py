"""The pages of the guided check: GET only, answers in the address, hostile addresses, few queries."""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from portal.accounts.calendar_files import load_work_calendar
from portal.accounts.choices import AgencyKind
from procedures import services
from procedures.guide.hours import list_hours
from tests.factories.catalogue import import_catalogue, make_catalogue_admin, make_document, publish
from tests.factories.people import make_agency, make_places, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.procedures.urls")]
BIRTH = "/procedures/1.001193/check/"
ANSWERS: dict[str, Any] = {
    "case": "co_giay_chung_sinh", "da_khai_sinh": "false", "noi_sinh": "vn", "hon_nhan": "da", "lam_gop": "false",
    "nguoi_di": "me", "copies": "2", "channel": "online",
}  # fmt: skip
MOST_QUERIES = 9


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    import_catalogue("1.001193", "2.000635")


def _read(client: Client, path: str = BIRTH, status: int = 200, **answers: str) -> str:
    response = client.get(f"{path}?{urlencode(answers)}" if answers else path)
    assert response.status_code == status, path
    return response.content.decode()


def test_the_procedure_page_leads_there(client: Client) -> None:
    assert f'href="{BIRTH}"' in _read(client, "/procedures/1.001193/")


def test_one_question_a_page_with_the_answers_along(client: Client) -> None:
    make_places()
    first = _read(client)
    assert "Bạn có giấy tờ nào về việc sinh?" in first
    assert re.search(r"Câu 1, còn nhiều nhất \d+ câu", first)
    second = _read(client, case="co_giay_chung_sinh", asked="case")
    assert "Trẻ đã được khai sinh lần nào chưa?" in second
    assert '<input type="hidden" name="case" value="co_giay_chung_sinh">' in second
    assert f'href="{BIRTH}?case=co_giay_chung_sinh&amp;change=case"' in second
    last = _read(client, **ANSWERS)
    assert "Bạn sẽ nộp ở đâu?" in last
    assert "câu cuối" in last


def test_the_result_says_everything(client: Client) -> None:
    places = make_places()
    with time_machine.travel(datetime(2026, 8, 12, 2, tzinfo=UTC), tick=False):
        page = _read(client, **ANSWERS, agency=places.commune.code)
    for words in (
        "Bạn làm được thủ tục này", "Có giấy chứng sinh", "Giấy tờ phải nộp", "Điền trên mạng", "Chỉ cho xem",
        "cơ quan tự tra cứu trong Cơ sở dữ liệu hộ tịch điện tử", "16.000 đ", "Trong ngày", "xã Bến Mây",
        "Hôm nay", "thứ Tư, 12/08/2026", "Giấy khai sinh", "Việc thường làm tiếp", "Bạn đã trả lời",
    ):  # fmt: skip
        assert words in page, words
    start = "/dossiers/new/1.001193/?" + urlencode(
        {"case": "co_giay_chung_sinh", "agency": places.commune.code, "nguoi_di": "me", "copies": "2"}
    )
    assert start.replace("&", "&amp;") in page
    assert 'class="qr"' in page
    assert "change=hon_nhan" in page


def test_a_stop_shows_the_reason_and_the_other_procedure_only(client: Client) -> None:
    page = _read(client, case="co_giay_chung_sinh", da_khai_sinh="true")
    assert "Mỗi người chỉ khai sinh một lần" in page
    assert 'href="/procedures/2.000635/"' in page
    assert "Giấy tờ phải nộp" not in page
    elsewhere = _read(client, case="co_giay_chung_sinh", da_khai_sinh="false", noi_sinh="nuoc_ngoai")
    assert "2.000528" in elsewhere
    assert "/procedures/2.000528/" not in elsewhere


def test_an_answer_is_changed_and_the_others_stay(client: Client) -> None:
    page = _read(client, **ANSWERS, change="hon_nhan")
    assert 'value="da" checked' in page
    assert '<input type="hidden" name="nguoi_di" value="me">' in page
    assert 'type="hidden" name="hon_nhan"' not in page


def test_going_on_without_an_answer_is_refused_with_words(client: Client) -> None:
    page = _read(client, status=422, asked="case")
    assert "data-error-summary" in page
    assert "<title>Lỗi:" in re.sub(r"\s+", " ", page)
    typed = {name: value for name, value in ANSWERS.items() if name != "copies"}
    page = _read(client, status=422, **typed, copies="hai")
    assert "Ghi bằng chữ số" in page
    assert 'value="hai"' in page


HOSTILE = (
        "case=%3Cscript%3Ealert(1)%3C/script%3E", "case=%00", "case=" + "x" * 5000, "case[]=1&case=2",
        "change=case", "change=nothing", "asked=%F0%9F%92%A9", "agency=../../etc", "channel=pigeon",
        "copies=99999999999999999999", "copies=-1", "find=%25%27%22", "case=%ED%A0%80", "&&&===", "next=//evil.example",
)  # fmt: skip


def test_a_hostile_address_harms_nothing(client: Client) -> None:
    for given in (*HOSTILE, *(f"{urlencode(ANSWERS)}&{query}" for query in HOSTILE)):
        response = client.get(f"{BIRTH}?{given}")
        assert response.status_code in (200, 422), given
        page = response.content.decode()
        assert "alert(1)</script>" not in page
        assert "evil.example" not in page


def test_an_unknown_code_is_not_found(client: Client) -> None:
    for code in ("9.999999", "abc"):
        assert client.get(f"/procedures/{code}/check/").status_code == 404


def test_a_closed_procedure_has_no_check(client: Client) -> None:
    publish(make_document(code="1.900001"))
    services.close_procedure(make_catalogue_admin().actor, "1.900001", successor="1.001193")
    response = client.get("/procedures/1.900001/check/")
    assert (response.status_code, response["Location"]) == (302, "/procedures/1.900001/")


def test_it_is_only_read(client: Client) -> None:
    for answer in (client.post(BIRTH), client.put(BIRTH), client.delete(BIRTH)):
        assert answer.status_code == 405


@pytest.mark.parametrize(
    ("code", "answers", "button"),
    [
        ("2.000815", {"ban_chinh": "co", "hong": "false", "mat": "false", "noi_cap": "vn", "pages": "1", "copies": "1"},
         "Tải mẫu"),
        ("1.001456", {"case": "lan_dau", "dieu_kien": "du", "channel": "desk"}, "Xem nơi nộp"),
        ("1.001193", {**ANSWERS, "channel": "desk"}, "Tải mẫu"),
        ("1.001193", ANSWERS, "Bắt đầu nộp"),
    ],
)  # fmt: skip
def test_the_level_and_the_channel_decide_the_button(
    client: Client, code: str, answers: dict[str, Any], button: str
) -> None:
    import_catalogue(code)
    page = _read(client, f"/procedures/{code}/check/", **answers)
    big = re.findall(r'<a class="button button--big"[^>]*>(?:<svg.*?</svg>)?<span>([^<]*)', page)
    assert big == [button]


def test_illustrative_amounts_say_so(client: Client) -> None:
    import_catalogue("1.013229")
    page = _read(
        client, "/procedures/1.013229/check/", case="nha_o", lam_gi="ket_cau", giay_nha="true", sat_ben="false",
        ai_dung_ten="chu_ho", channel="desk",
    )  # fmt: skip
    assert "mức thu minh họa" in page


def test_an_unknown_amount_is_never_free(client: Client) -> None:
    fee = {"key": "le_phi", "kind": "le_phi", "mode": "before", "label": {"vi": "Lệ phí"}}
    publish(make_document(code="1.900002", fees=[fee], channels=["desk", "online"]))
    page = _read(client, "/procedures/1.900002/check/", channel="desk")
    assert "Chưa xác định, do HĐND tỉnh quy định" in page
    assert "Không phải nộp tiền" not in page


def test_many_places_are_found_by_a_few_letters(client: Client) -> None:
    for name in range(20):
        make_agency(name=f"Ủy ban nhân dân xã Suối {name}")
    make_agency(name="Ủy ban nhân dân phường Đồng Lúa")
    everything = _read(client, **ANSWERS)
    assert everything.count("<option") == 23
    some = _read(client, **ANSWERS, find="dong lua", asked="agency", change="agency")
    assert some.count('type="radio"') == 2
    none = _read(client, **ANSWERS, find="zzz")
    assert "Không thấy nơi nào" in none


def test_pages_need_few_queries_and_are_kept(client: Client, django_assert_max_num_queries: object) -> None:
    places = make_places()
    query = urlencode({**ANSWERS, "agency": places.commune.code})
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        first = client.get(f"{BIRTH}?{query}")
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        again = client.get(f"{BIRTH}?{query}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not first.cookies
    client.force_login(make_user())
    with django_assert_max_num_queries(MOST_QUERIES + 3):  # type: ignore[operator]
        assert "ETag" not in client.get(f"{BIRTH}?{query}")


def test_a_long_address_is_answered_and_not_kept(client: Client) -> None:
    assert "ETag" not in client.get(f"{BIRTH}?x={'y' * 400}")


def test_the_hours_are_those_of_the_calendar() -> None:
    days = list_hours(load_work_calendar("sat_am_reception"), date(2026, 8, 12))
    assert [day.is_today for day in days] == [True] + [False] * 6
    assert days[0].words == "7:00–11:30, 13:30–17:00"
    assert days[3].words == "7:00–11:30"
    assert days[4].words == ""
    far = list_hours(load_work_calendar("std"), date(2099, 8, 12))
    assert not far[0].is_known


def test_reading_the_check_in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    make_agency(kind=AgencyKind.COMMUNE)
    assert "Who are you to the child?" in _read(
        client, **{k: v for k, v in ANSWERS.items() if k != "nguoi_di"}
    )
