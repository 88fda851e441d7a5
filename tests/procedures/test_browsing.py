"""Ways to a procedure without searching: at most three clicks, few queries, 304, no scripts needed."""

import re
from html import unescape

import pytest
from django.test import Client

from portal.accounts.choices import AgencyKind
from procedures import services
from procedures.browsing.audiences import Audience, read_audience
from procedures.browsing.fields import FieldLine, group_by_letter
from procedures.browsing.pages import cut
from procedures.browsing.related import list_related
from procedures.browsing.shelf import get_shelf
from tests.factories.catalogue import CORE, import_catalogue, make_catalogue_admin, make_document, publish
from tests.factories.life import make_event
from tests.factories.people import make_agency, make_places

C, H, D, A, B = (kind.value for kind in Audience)
URLS = pytest.mark.urls("tests.procedures.urls")
MOST_QUERIES = 7


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Công dân Việt Nam", {C}),
        ("Cha, mẹ, người thân, người nuôi trẻ", {C}),
        ("Người từ đủ 18 tuổi, hộ gia đình", {C}),
        ("Chủ hộ kinh doanh đang hoạt động", {H}),
        ("Chủ quán ăn, nhà hàng, cơ sở sản xuất thực phẩm", {H, D, B}),
        ("Doanh nghiệp, hợp tác xã, tổ chức thuê người nước ngoài", {D, B}),
        ("Công dân Việt Nam; người nước ngoài đã hoặc đang cư trú tại Việt Nam", {C, A}),
        ("Người Việt Nam định cư ở nước ngoài", {C, A}),
        ("Doanh nghiệp có vốn đầu tư nước ngoài", {D}),
        ("Tổ chức (không bao gồm doanh nghiệp, HTX)", {B}),
        ("Tổ chức nước ngoài", {A, B}),
        ("Cán bộ, công chức, viên chức", {B}),
        ("NGUOI NUOC NGOAI", {A}),
        ("Chưa có thông tin", set()),
        ("", set()),
    ],
)
def test_whom_a_procedure_is_for_is_read_from_its_sentence(sentence: str, kinds: set[str]) -> None:
    assert read_audience(sentence) == kinds


def test_fields_stand_under_their_letter_and_d_with_a_stroke_under_its_own() -> None:
    names = ("An toàn", "Ăn uống", "Dân tộc", "Đất đai", "Ô nhiễm")
    groups = group_by_letter(tuple(FieldLine(name, name, 1) for name in names))
    assert [(group.letter, len(group.fields)) for group in groups] == [("A", 2), ("D", 1), ("Đ", 1), ("O", 1)]
    assert len({group.id for group in groups}) == len(groups)


@pytest.fixture
def _catalogue(db: None) -> None:
    import_catalogue(*CORE)
    make_places()


def _read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def _links(page: str) -> list[str]:
    main = page.split('<main id="main"')[1].split("</main>", maxsplit=1)[0]
    return [unescape(href) for href in re.findall(r'<a[^>]*href="(/[^"]*)"', main)]


def _codes(page: str) -> list[str]:
    return re.findall(r'href="/procedures/([\d.]+)/"', page)


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_every_procedure_is_three_clicks_from_home(client: Client) -> None:
    for number in range(30):
        publish(make_document(code=f"1.70{number:04d}", field={"vi": f"Lĩnh vực {number % 3}"}))
    fields = [href for href in _links(_read(client, "/procedures/browse/")) if "/browse/fields/" in href]
    assert "/procedures/browse/" in _links(_read(client, "/"))
    found = {code for href in fields for code in _codes(_read(client, href))}
    assert found >= set(get_shelf().by_code)


@URLS
@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("audience=household", "2.000815", "1.900001"),
        ("level=1", "1.001456", "1.001193"),
        ("audience=citizen&level=4", "1.001193", "1.001456"),
    ],
)
def test_a_choice_narrows_what_is_shown(client: Client, query: str, shown: str, hidden: str) -> None:
    publish(make_document(code="1.900001", audience={"vi": "Doanh nghiệp"}, level=2, form=None))
    publish(make_document(code="2.000815", audience={"vi": "Hộ kinh doanh"}, level=2, form=None))
    page = _read(client, f"/procedures/browse/?{query}")
    assert shown in _codes(page)
    assert hidden not in _codes(page)
    assert "Bỏ lựa chọn này" in page


@URLS
@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("path", ["browse/?audience=king", "browse/?level=9", "browse/?agency=H99.no"])
def test_a_bad_choice_is_refused_with_words(client: Client, path: str) -> None:
    assert client.get(f"/procedures/{path}").status_code == 422


@URLS
@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("path", ["browse/fields/khong-co/", "life/khong-co/", "browse/fields/%00/"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/procedures/{path}").status_code in (404, 422)


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_a_field_keeps_other_provinces_apart(client: Client) -> None:
    for code, province in (("1.900010.H36", "Lào Cai"), ("1.900011.H37", "Gia Lai")):
        publish(make_document(code=code, province=province, level=2, form=None))
    publish(make_document(code="1.900012"))
    page = _read(client, "/procedures/browse/fields/thu-nghiem/")
    here, elsewhere = page.split("<details", 1)
    assert _codes(here) == ["1.900012"]
    assert "Lào Cai" in elsewhere
    assert "<strong>1 thủ tục</strong>" in here


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_closed_procedures_are_not_offered(client: Client) -> None:
    publish(make_document(code="1.900020"))
    services.close_procedure(make_catalogue_admin().actor, "1.900020", successor="1.001193")
    make_event("thu", "Thử", codes=("1.900020", "1.001193"))
    assert client.get("/procedures/browse/fields/thu-nghiem/").status_code == 404
    assert "1.900020" not in _codes(_read(client, "/procedures/life/thu/"))


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_an_event_shows_what_to_do_in_the_order_of_life(client: Client) -> None:
    make_event(
        "sinh-con", "Sinh con", codes=("1.001193", "1.009999", "1.004873"), phrases=("giấy phép xây dựng",)
    )
    page = _read(client, "/procedures/life/sinh-con/")
    assert _codes(page)[:2] == ["1.001193", "1.004873"]
    assert "1.013225" in _codes(page)[2:]
    assert "rows--steps" in page
    assert "/procedures/life/sinh-con/" in _links(_read(client, "/"))


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_a_phrase_of_an_event_is_whole_syllables_with_their_marks(client: Client) -> None:
    publish(
        make_document(code="1.900030", name={"vi": "Khai báo từ xa"}, everyday_name={"vi": "Khai báo từ xa"})
    )
    publish(make_document(code="1.900031", name={"vi": "Đăng kí khai tử"}, everyday_name={"vi": "Báo tử"}))
    make_event("mat", "Mất", phrases=("đăng ký khai tử", "khai bá"))
    assert _codes(_read(client, "/procedures/life/mat/")) == ["1.900031"]


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_an_event_that_leads_nowhere_is_not_shown(client: Client) -> None:
    make_event("hong", "Bay lên trăng", codes=("9.999999",), phrases=("bay lên trăng",))
    assert "Bay lên trăng" not in _read(client, "/")
    assert client.get("/procedures/life/hong/").status_code == 404


@URLS
@pytest.mark.usefixtures("_catalogue")
def test_agencies_are_found_without_marks_and_lead_to_what_they_do(client: Client) -> None:
    agency = make_agency(kind=AgencyKind.COMMUNE, name="Ủy ban nhân dân phường Cồn Sẻ")
    page = _read(client, "/procedures/browse/agencies/?name=con+se")
    hrefs = [href for href in _links(page) if "agency=" in href]
    assert hrefs == [f"/procedures/browse/?agency={agency.code}"]
    assert "1.001193" in _codes(_read(client, hrefs[0]))
    assert "Không có cơ quan nào mang tên này" in _read(client, "/procedures/browse/agencies/?name=zzz")


@pytest.mark.django_db
def test_related_procedures_share_an_event_or_words() -> None:
    import_catalogue(*CORE)
    for number, name in enumerate(("Cấp lại giấy thử nghiệm", "Đổi giấy thử nghiệm", "Tặng hoa")):
        publish(make_document(code=f"1.90004{number}", name={"vi": name}, everyday_name={"vi": name}))
    make_event("sinh-con", "Sinh con", codes=("1.001193", "1.013225"))
    shelf = get_shelf()
    assert [entry.code for entry in list_related(shelf, "1.900040")] == ["1.900041"]
    assert "1.013225" in [entry.code for entry in list_related(shelf, "1.001193")]
    assert list_related(shelf, "1.900040", without=["1.900041"]) == ()


@pytest.mark.django_db
def test_pages_of_a_list_begin_at_a_procedure() -> None:
    for number in range(5):
        publish(make_document(code=f"1.90005{number}"))
    entries = get_shelf().by_field["thu-nghiem"]
    first = cut(entries, "", query="?level=4", size=2)
    second = cut(entries, entries[2].code, size=2)
    last = cut(entries, entries[4].code, size=2)
    assert first.previous_href == ""
    assert first.next_href == f"?level=4&from={entries[2].code}"
    assert second.entries == entries[2:4]
    assert second.previous_href == "?"
    assert last.next_href == ""
    assert cut(entries, "forged", size=2) == cut(entries, "", size=2)


PAGES = (
    "/procedures/browse/", "/procedures/browse/?audience=citizen", "/procedures/browse/agencies/",
    "/procedures/browse/fields/ho-tich/", "/procedures/life/sinh-con/",
)  # fmt: skip


@URLS
@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("path", PAGES)
def test_browse_pages_need_few_queries_and_answer_304(
    client: Client, path: str, django_assert_max_num_queries: object
) -> None:
    make_event("sinh-con", "Sinh con", codes=("1.001193",))
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        first = client.get(path)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        assert client.get(path).status_code == 200
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    page = first.content.decode()
    assert page.count("<h1") == 1
    assert '<link rel="canonical" href="http://testserver/' in page
