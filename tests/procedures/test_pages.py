"""The public pages: what each level offers, cases by GET, few queries, 304 for those who have the page."""

import re

import pytest
from django.test import Client

from procedures import services
from procedures.choices import ServiceLevel
from tests.factories.catalogue import CORE, import_catalogue, make_catalogue_admin, make_document, publish
from tests.factories.life import make_event
from tests.factories.people import make_places, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.procedures.urls")]

MOST_QUERIES = 11  # the first time after a change of the catalogue; then one


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    import_catalogue(*CORE)
    make_places()


def _read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def _buttons(page: str) -> list[str]:
    found = re.findall(
        r'<a class="button button--big" href="([^"]*)"[^>]*>(?:<svg.*?</svg>)?<span>([^<]*)', page
    )
    return [f"{label} -> {href}" for href, label in found]


@pytest.mark.parametrize(
    ("code", "button"),
    [
        ("1.001193", "Bắt đầu nộp -> /dossiers/new/1.001193/"),
        ("1.004873", "Bắt đầu nộp -> /dossiers/new/1.004873/"),
        ("1.001612", "Bắt đầu nộp -> /dossiers/new/1.001612/"),
        ("1.013225", "Bắt đầu nộp -> /dossiers/new/1.013225/"),
        ("2.000815", "Tải mẫu -> /procedures/2.000815/print/"),
        ("1.001456", "Nơi nộp -> #places"),
    ],
)
def test_the_level_decides_the_one_button(client: Client, code: str, button: str) -> None:
    assert _buttons(_read(client, f"/procedures/{code}/")) == [button]


@pytest.mark.parametrize("code", ["1.001456", "2.000815"])
def test_low_levels_never_link_to_filing(client: Client, code: str) -> None:
    assert "/dossiers/new/" not in _read(client, f"/procedures/{code}/")


@pytest.mark.parametrize("code", ["1.001193", "1.001456", "1.001612", "1.004873", "1.013225", "2.000815"])
def test_every_page_shows_the_eleven_items(client: Client, code: str) -> None:
    page = _read(client, f"/procedures/{code}/")
    for heading in (
        "Ai được làm", "Giấy tờ", "Bao lâu", "Nơi giải quyết", "Bạn nhận được", "Trình tự thực hiện",
        "Cách nộp và cách nhận kết quả", "Số lượng hồ sơ", "Phí, lệ phí", "Cơ quan giải quyết",
        "Căn cứ pháp lý", "Nơi nộp trực tiếp",
    ):  # fmt: skip
        assert heading in page, heading
    assert page.count("<h1") == 1


def test_papers_follow_the_chosen_case(client: Client) -> None:
    found = _read(client, "/procedures/1.001193/?case=tre_bi_bo_roi")
    assert "Biên bản về việc trẻ bị bỏ rơi" in found
    assert "Văn bản của người làm chứng" not in found
    assert "/dossiers/new/1.001193/?case=tre_bi_bo_roi" in found
    common = _read(client, "/procedures/1.001193/")
    assert "Biên bản về việc trẻ bị bỏ rơi" not in common


def test_an_unknown_case_is_no_case(client: Client) -> None:
    page = _read(client, "/procedures/1.001193/?case=%3Cscript%3E")
    assert "<script>" not in page.split("</head>")[1]


def test_the_time_follows_the_case(client: Client) -> None:
    assert "7 đến 10 ngày làm việc" in _read(client, "/procedures/1.013225/")
    assert "7 đến 10" not in _read(client, "/procedures/1.013225/?case=nha_o")


def test_a_closed_procedure_names_its_successor_and_takes_nothing(client: Client) -> None:
    publish(make_document(code="1.900001"))
    services.close_procedure(make_catalogue_admin().actor, "1.900001", successor="1.001193")
    page = _read(client, "/procedures/1.900001/")
    assert "Thủ tục này đã bãi bỏ" in page
    assert 'href="/procedures/1.001193/"' in page
    assert _buttons(page) == []
    assert "/dossiers/new/1.900001/" not in page
    assert "Cách nộp hồ sơ" not in page
    assert "Không nộp qua mạng?" not in page
    assert "/procedures/1.900001/check/" not in page


@pytest.mark.parametrize(
    "code", ["9.999999", "abc", "1.00119%33/..", "1.001193%00", "%F0%9F%98%80", "１.001193"]
)
def test_an_unknown_code_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/procedures/{code}/").status_code in (404, 422)


@pytest.mark.parametrize(
    ("code", "status"), [("1.001456", 403), ("2.000815", 200), ("1.013225", 200), ("1.001193", 200)]
)
def test_blank_forms_begin_at_level_2(client: Client, code: str, status: int) -> None:
    assert client.get(f"/procedures/{code}/print/").status_code == status


def test_the_blank_form_fits_the_case(client: Client) -> None:
    house = _read(client, "/procedures/1.013225/print/?case=nha_o")
    works = _read(client, "/procedures/1.013225/print/?case=ton_giao")
    assert "Bản cam kết an toàn cho nhà liền kề" in house
    assert "Văn bản chấp thuận về sự cần thiết" in works
    assert "Văn bản chấp thuận về sự cần thiết" not in house


def test_home_leads_to_events_fields_agencies_and_whom_it_is_for(client: Client) -> None:
    make_event("sinh-con", "Sinh con", codes=("1.001193",))
    page = _read(client, "/")
    assert "Bạn cần làm thủ tục gì?" in page
    for href in (
        "/procedures/life/sinh-con/", "/procedures/browse/", "/procedures/browse/agencies/",
        "/procedures/browse/?audience=household", "/procedures/browse/fields/ho-tich/", "/procedures/1.001193/",
    ):  # fmt: skip
        assert f'href="{href}"' in page, href


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("q=giay+doc+than", "1.004873"),
        ("q=khai+sinh&level=4", "1.001193"),
        ("field=ho-tich", "1.004873"),
        ("agency=province", "1.001456"),
        ("level=2", "2.000815"),
    ],
)
def test_search_shows_the_answer_first(client: Client, query: str, first: str) -> None:
    page = _read(client, f"/procedures/?{query}")
    assert re.findall(r'href="/procedures/([\d.]+)/"', page)[0] == first


def test_search_says_when_nothing_is_found(client: Client) -> None:
    assert "Chưa tìm thấy thủ tục nào" in _read(client, "/procedures/?q=zzzzqq")
    assert "Bỏ lọc" in _read(client, "/procedures/?q=khai+sinh&level=1")


@pytest.mark.parametrize("query", ["level=7", "agency=H99.no", "cursor=forged", "level=x"])
def test_search_refuses_a_bad_filter_with_words(client: Client, query: str) -> None:
    assert client.get(f"/procedures/?{query}").status_code == 422


def test_results_come_page_by_page(client: Client) -> None:
    for number in range(45):
        publish(make_document(code=f"1.80{number:04d}"))
    seen: list[str] = []
    path = "/procedures/?level=4"
    while path:
        page = _read(client, path)
        seen += re.findall(r'<h3><a href="/procedures/([\d.]+)/"', page)
        following = re.search(r'rel="next" href="([^"]*)"', page)
        path = "/procedures/" + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 48
    back = re.search(r'rel="prev" href="([^"]*)"', page)
    assert back
    before = _read(client, "/procedures/" + back[1].replace("&amp;", "&"))
    assert re.findall(r'<h3><a href="/procedures/([\d.]+)/"', before) == seen[20:40]


def test_what_people_type_is_escaped(client: Client) -> None:
    page = _read(client, "/procedures/?q=%3Cimg+src%3Dx%3E")
    assert "<img src=x>" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/procedures/1.001193/",
        "/procedures/1.001193/changes/",
        "/procedures/?field=ho-tich",
        "/procedures/2.000815/print/",
    ],
)
def test_a_visitor_who_has_the_page_gets_304(client: Client, path: str) -> None:
    first = client.get(path)
    assert first["Cache-Control"] == "no-cache"
    assert "Cookie" in first["Vary"]
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    by_date = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    assert by_date.status_code == 304


def test_a_publication_ends_the_kept_page(client: Client) -> None:
    version = publish(make_document(code="1.900004"))
    path = "/procedures/1.900004/"
    first = client.get(path)
    publish(make_document(code=version.procedure.code, summary={"vi": "Câu hoàn toàn mới."}))
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Câu hoàn toàn mới." in again.content.decode()


def test_signed_in_people_do_not_share_the_kept_page(client: Client) -> None:
    path = "/procedures/1.001193/"
    visitor = client.get(path)
    client.force_login(make_user(full_name="Hờ A Páo"))
    response = client.get(path, headers={"If-None-Match": visitor["ETag"]})
    assert response.status_code == 200
    assert "ETag" not in response


@pytest.mark.parametrize("path", ["/", "/procedures/", "/procedures/1.001193/", "/procedures/?q=khai+sinh"])
def test_pages_need_few_queries(client: Client, path: str, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        _read(client, path)


def test_a_kept_page_needs_one_query(client: Client, django_assert_num_queries: object) -> None:
    _read(client, "/procedures/1.001193/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        _read(client, "/procedures/1.001193/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_catalogue_is_only_read_here(client: Client, method: str) -> None:
    assert getattr(client, method)("/procedures/1.001193/").status_code == 405


def test_the_page_states_its_level_in_words(client: Client) -> None:
    for level, code in ((ServiceLevel.FULL, "1.001193"), (ServiceLevel.SUBMISSION, "1.013225")):
        page = _read(client, f"/procedures/{code}/")
        assert str(level.label) in page
        assert str(level.promise) in page
