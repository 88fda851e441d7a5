"""The page of one procedure: what is known, what is not, whose it is, what changed, what comes next."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from portal.core import clock
from portal.core.locking import durable
from procedures import services
from procedures.choices import Source
from procedures.models import ProcedureVersion
from tests.factories.catalogue import make_catalogue_admin, make_document, publish

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.procedures.urls")]


def _read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def _facts(page: str) -> dict[str, str]:
    found = re.findall(r"<dt>(?:<svg.*?</svg>)?([^<]*)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return {term.strip(): re.sub(r"<[^>]*>", "", value).strip() for term, value in found[:6]}


def _partial(**changes: object) -> str:
    """A procedure of which little is known, as the national database gives many."""
    unknown: dict[str, object] = {
        name: []
        for name in ("requirements", "limits", "fees", "results", "legal_basis", "how_steps", "steps")
    }
    document = make_document(
        **{**unknown, "level": 1, "form": None, "partial": True, "submit_ways": [], "channels": [], **changes}
    )
    return publish(document).procedure.code


def test_what_nobody_knows_is_said_and_where_to_ask(client: Client) -> None:
    url = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc.html?ma=1"
    page = _read(client, f"/procedures/{_partial(source_url=url)}/")
    assert "Thông tin trên trang này chưa đủ" in page
    assert "Chưa có: giấy tờ, thời hạn, phí, lệ phí, cách làm, cách nộp, kết quả, căn cứ pháp lý." in page
    assert f'href="{url}"' in page
    facts = _facts(page)
    for term in ("Giấy tờ", "Bao lâu", "Phí, lệ phí", "Bạn nhận được"):
        assert facts[term] == "Chưa có thông tin", term
    assert "Không thu" not in page
    assert "Pháp luật không quy định" not in page


def test_a_whole_document_says_nothing_of_gaps(client: Client) -> None:
    assert "chưa đủ" not in _read(client, f"/procedures/{publish().procedure.code}/")


@pytest.mark.parametrize(("province", "is_elsewhere"), [("Lào Cai", True), ("Cần Thơ", False), ("", False)])
def test_a_provinces_own_procedure_says_whose_it_is(
    client: Client, province: str, is_elsewhere: bool, settings: Settings
) -> None:
    settings.PROVINCE_NAME = "thành phố Cần Thơ"
    page = _read(client, f"/procedures/{_partial(province=province)}/")
    assert ("Thủ tục này chỉ áp dụng tại Lào Cai" in page) is is_elsewhere
    assert (f"Quy định riêng của {province}" in page) is bool(province)


def test_long_facts_begin_above_and_go_on_below(client: Client) -> None:
    audience = "Công dân Việt Nam, " * 10 + "người nước ngoài"
    page = _read(client, f"/procedures/{publish(make_document(audience={'vi': audience})).procedure.code}/")
    assert _facts(page)["Ai được làm"].startswith("Công dân Việt Nam, Công dân Việt Nam")
    assert "… Xem đủ" in _facts(page)["Ai được làm"]
    assert len(_facts(page)["Ai được làm"]) < 90
    assert f"<dd>{audience}</dd>" in page
    assert 'id="whole"' in page


def _many_cases(count: int, papers: int) -> str:
    cases = [{"key": f"c{n}", "label": {"vi": f"Trường hợp số {n}"}} for n in range(count)]
    requirements = [
        {
            "key": f"r{n}",
            "name": {"vi": f"Giấy số {n}"},
            "mode": "submit",
            "cases": [f"c{n % count}"] if count else [],
        }
        for n in range(papers)
    ]
    document = make_document(
        cases=cases, case_question={"vi": "Bạn cần gì?"}, requirements=requirements, level=2, form=None
    )
    return publish(document).procedure.code


def test_many_cases_lie_folded_with_their_own_papers(client: Client) -> None:
    code = _many_cases(24, 96)
    page = _read(client, f"/procedures/{code}/")
    assert 'type="radio"' not in page
    assert page.count('<details class="fold"') >= 24
    assert "?case=c7#papers" in page
    assert "Giấy số 95" in page
    chosen = _read(client, f"/procedures/{code}/?case=c7")
    assert "Giấy số 7" in chosen
    assert "Giấy số 8<" not in chosen
    assert "Chọn trường hợp khác" in chosen


def test_papers_only_sometimes_needed_wait_behind_a_line_when_there_are_many(client: Client) -> None:
    requirements = [
        {"key": f"r{n}", "name": {"vi": f"Giấy số {n}"}, "mode": "submit", "required": n < 4}
        for n in range(20)
    ]
    page = _read(
        client,
        f"/procedures/{publish(make_document(requirements=requirements, form=None, level=2)).procedure.code}/",
    )
    assert "Giấy tờ chỉ nộp khi cần (16)" in page


def test_long_texts_keep_their_paragraphs_and_no_html(client: Client) -> None:
    steps = [{"vi": "Bước 1\n\n- nộp **đơn**\n- nhận <script>alert(1)</script>"}]
    page = _read(client, f"/procedures/{publish(make_document(how_steps=steps)).procedure.code}/")
    assert "<li>nộp <strong>đơn</strong></li>" in page
    assert "<script>alert" not in page


def _next_version(
    version: ProcedureVersion, *, on: date | None = None, note: str = "", **changes: object
) -> None:
    document = {**version.content, **changes}
    with durable():
        services.publish_document(document, source=Source.SYSTEM, effective_from=on, note=note)


def test_what_changed_and_what_will_is_told(client: Client) -> None:
    version = publish()
    code = version.procedure.code
    assert "Có gì mới" not in _read(client, f"/procedures/{code}/")
    _next_version(version, note="Thêm một giấy tờ.", limits=[{"value": 5, "unit": "working_day"}])
    coming = clock.today() + timedelta(days=40)
    _next_version(version, on=coming, note="Giảm thời hạn.", limits=[{"value": 2, "unit": "working_day"}])
    page = _read(client, f"/procedures/{code}/")
    assert "Thêm một giấy tờ." in page
    assert f"<b>Từ {coming:%d/%m/%Y}:</b> Giảm thời hạn." in page
    assert "5 ngày làm việc" in page
    changes = _read(client, f"/procedures/{code}/changes/")
    assert changes.index("Giảm thời hạn.") < changes.index("Thêm một giấy tờ.")
    assert "Sắp áp dụng" in changes
    assert "Đang áp dụng" in changes
    assert "3 ngày làm việc" in changes


def test_the_public_reads_no_inner_steps_among_the_changes(client: Client) -> None:
    version = publish()
    _next_version(version, steps=[{**version.content["steps"][0], "hours": 7}, *version.content["steps"][1:]])
    page = _read(client, f"/procedures/{version.procedure.code}/changes/")
    assert "Không đổi gì về giấy tờ, thời hạn, lệ phí hay kết quả." in page


def test_old_changes_are_no_news(client: Client) -> None:
    version = publish()
    _next_version(version, note="Đã đổi.")
    later = clock.now() + timedelta(days=400)
    with time_machine.travel(later):
        page = _read(client, f"/procedures/{version.procedure.code}/")
    assert "Có gì mới" not in page
    assert "Các lần thay đổi" in page


def test_next_and_related_procedures_are_shown_while_they_are_open(client: Client) -> None:
    for code in ("1.900002", "1.900003"):
        publish(make_document(code=code, field={"vi": "Lĩnh vực khác"}))
    code = publish(make_document(next_codes=["1.900003", "1.900002"])).procedure.code
    services.close_procedure(make_catalogue_admin().actor, "1.900002", successor="1.900003")
    following = _read(client, f"/procedures/{code}/").split('id="next"')[1]
    assert "/procedures/1.900003/" in following
    assert "/procedures/1.900002/" not in following
