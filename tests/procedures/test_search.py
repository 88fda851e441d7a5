"""Search: with, without and with wrong diacritics, in everyday words, with a slip, by code."""

from collections.abc import Callable

import pytest

from procedures import services
from procedures.choices import ServiceLevel
from procedures.finding import list_named
from procedures.finding.words import list_syllables
from procedures.selectors import search_procedures
from procedures.templatetags.catalogue import mark_words
from tests.factories.catalogue import (
    CODES,
    Document,
    import_catalogue,
    make_catalogue_admin,
    make_document,
    publish,
    read_catalogue,
)
from tests.factories.people import make_places

pytestmark = pytest.mark.django_db
CLOSED = "1.009994"

BIRTH, PASSPORT, SHOP = "1.001193", "1.001456", "1.001612"
SINGLE, BUILD, COPY = "1.004873", "1.013225", "2.000815"

QUERIES = [
    ("Đăng ký khai sinh", BIRTH),
    ("dang ky khai sinh", BIRTH),
    ("khai sinhh", BIRTH),
    ("dawng kys khai sinh", BIRTH),
    ("làm giấy khai sinh cho con", BIRTH),
    ("con mới đẻ cần giấy gì", BIRTH),
    ("vợ tôi mới sinh em bé", BIRTH),
    ("khai sanh cho cháu", BIRTH),
    ("birth certificate", BIRTH),
    ("gks", BIRTH),
    ("1.001193", BIRTH),
    ("xác nhận tình trạng hôn nhân", SINGLE),
    ("xac nhan doc than", SINGLE),
    ("xác nhận tinh trang hon nhân", SINGLE),
    ("giấy độc thân", SINGLE),
    ("giấy đôc thân để cưới", SINGLE),
    ("xin giấy chưa vợ", SINGLE),
    ("tthn", SINGLE),
    ("chưa kết hôn", SINGLE),
    ("single status certificate", SINGLE),
    ("Đăng ký thành lập hộ kinh doanh", SHOP),
    ("mo cua hang", SHOP),
    ("mở quán cà phê", SHOP),
    ("mở tiệm tạp hoá", SHOP),
    ("hkd", SHOP),
    ("dang ki ho kinh doanh", SHOP),
    ("bán hàng tại nhà có cần đăng ký không", SHOP),
    ("open a shop", SHOP),
    ("giấy phép xây dựng", BUILD),
    ("xin phep xay nha", BUILD),
    ("gpxd", BUILD),
    ("giay fep xay dung", BUILD),
    ("xây nhà mới cần giấy gì", BUILD),
    ("phép xây nhà", BUILD),
    ("chứng thực bản sao", COPY),
    ("sao y bản chính", COPY),
    ("cong chung giay to", COPY),
    ("chứng thựcc bản sao", COPY),
    ("notarized copy", COPY),
    ("hộ chiếu", PASSPORT),
    ("lam passport", PASSPORT),
    ("mất hộ chiếu", PASSPORT),
    ("ho chieu het han", PASSPORT),
    ("xin trợ cấp xã hội hằng tháng", "1.001776"),
    ("tro cap nguoi khuyet tat", "1.001776"),
    ("tiền nuôi trẻ mồ côi", "1.001776"),
    ("mai tang phi", "1.001731"),
    ("hỗ trợ đám tang", "1.001731"),
    ("xin giấy khuyết tật", "1.001699"),
    ("tiền già 75 tuổi", "1.014027"),
    ("social pension", "1.014027"),
    ("so ho ngheo", "1.011607"),
    ("xin vào hộ nghèo", "1.011607"),
    ("thờ cúng liệt sỹ", "1.010803"),
    ("tiền sách vở cho học sinh nghèo", "1.014336"),
    ("chuyen truong cho con", "2.002854"),
    ("vsattp", "1.013855"),
    ("giấy an toàn thực phẩm quán ăn", "1.013855"),
    ("work permit", "1.014199"),
    ("giay phep lao dong nguoi nuoc ngoai", "1.014199"),
    ("nhap khau cho con", "1.004222"),
    ("chuyển hộ khẩu về nhà chồng", "1.004222"),
    ("KT3", "1.004194"),
    ("đăng ký ở trọ", "1.004194"),
    ("tách khẩu", "1.010038"),
    ("báo tạm vắng", "1.003677"),
    ("dời tiệm", "2.000720"),
    ("đổi tên hộ kinh doanh", "2.000720"),
    ("cong ty tnhh mtv", "2.001583"),
    ("start a company", "2.001583"),
    ("coi noi nha", "1.013229"),
    ("sang tên sổ đỏ", "1.013831"),
    ("cha mẹ cho đất cho con", "1.013831"),
    ("hiến đất làm đường", "1.013831"),
    ("làm sổ đỏ lần đầu", "1.012753"),
    ("hàng xóm lấn đất", "1.012812"),
    ("đăng ký nvqs", "1.013133"),
    ("đăng ký làm đám cưới ở xã", "1.000894"),
    ("hôn thú", "1.000894"),
    ("marriage certificate", "1.000894"),
    ("khai tử cho tía", "1.000656"),
    ("người nhà qua đời", "1.000656"),
    ("nhận con khi chưa kết hôn", "1.000689"),
    ("sai ngay sinh", "1.004859"),
    ("đổi họ cho con", "1.004859"),
    ("làm lại giấy khai sinh bị mất", "1.004884"),
    ("trích lục khai sinh", "2.000635"),
    ("3 trong 1 cho trẻ", "2.000986"),
    ("chứng thựcc chữ kí", "2.000884"),
    ("hợp đồng mua bán nhà", "2.001035"),
    ("lltp", "3.000333"),
    ("police clearance", "3.000333"),
    ("cccd cho con 14 tuổi", "1.014061"),
]


def _codes(fits: Callable[[Document], bool]) -> set[str]:
    return {code for code in CODES if fits(read_catalogue(code))}


def test_the_whole_catalogue_answers() -> None:
    """One test for all that needs the whole catalogue: publishing it takes seconds."""
    import_catalogue()
    _finds_the_procedure_first()
    _lists_all_by_field()
    _puts_the_closed_last()
    _narrows()
    _knows_what_an_agency_performs()


def _finds_the_procedure_first() -> None:
    found = {
        query: next((entry.code for entry in search_procedures(query).entries), "")
        for query, _code in QUERIES
    }
    assert found == dict(QUERIES)


def _lists_all_by_field() -> None:
    for query in ("", "   "):
        entries = search_procedures(query).entries
        assert {entry.code for entry in entries} == set(CODES) - {CLOSED}
        assert [entry.field_key for entry in entries] == sorted(entry.field_key for entry in entries)


def _puts_the_closed_last() -> None:
    assert [entry.code for entry in search_procedures(CLOSED).entries] == [CLOSED]
    permits = [entry.code for entry in search_procedures("giấy phép xây dựng").entries]
    assert permits[0] == BUILD
    assert permits[-1] == CLOSED


def _narrows() -> None:
    full = search_procedures(level=ServiceLevel.FULL).entries
    assert {entry.code for entry in full} == _codes(lambda document: document["level"] == ServiceLevel.FULL)
    by_name = search_procedures(field="Hộ tịch").entries
    by_key = search_procedures(field="ho-tich").entries
    civil_status = _codes(lambda document: document["field"]["vi"] == "Hộ tịch")
    assert {entry.code for entry in by_name} == {entry.code for entry in by_key} == civil_status
    assert {BIRTH, SINGLE} <= civil_status
    province = {entry.code for entry in search_procedures(tier="province").entries}
    assert province == _codes(lambda document: "province" in document["tiers"])
    forms_only = search_procedures("khai sinh", level=ServiceLevel.FORMS).entries
    assert {entry.level for entry in forms_only} <= {ServiceLevel.FORMS}


def _knows_what_an_agency_performs() -> None:
    places = make_places()
    commune = {entry.code for entry in search_procedures(agency=places.commune).entries}
    assert PASSPORT not in commune
    assert {BIRTH, SINGLE, SHOP, BUILD, COPY} <= commune
    assert search_procedures(agency=places.department).entries == ()


@pytest.mark.parametrize("query", ["zzzzqq", "!!!", "?", "'; drop table", "%"])
def test_words_of_nothing_find_nothing_and_break_nothing(query: str) -> None:
    import_catalogue(BIRTH)
    assert search_procedures(query).entries == ()


def test_one_agency_may_be_named_by_its_code() -> None:
    places = make_places()
    publish(make_document(code="1.900001", performed_by=[places.department.code]))
    assert [entry.code for entry in search_procedures(agency=places.department).entries] == ["1.900001"]


def test_a_closed_procedure_is_found_last_and_never_listed() -> None:
    import_catalogue(BIRTH)
    publish(make_document(code="1.900002", name={"vi": "Đăng ký khai sinh cấp huyện"}))
    services.close_procedure(make_catalogue_admin().actor, "1.900002", successor=BIRTH)
    assert search_procedures("Đăng ký khai sinh cấp huyện").entries[-1].code == "1.900002"
    assert "1.900002" not in {entry.code for entry in search_procedures().entries}


def test_a_new_publication_is_found_at_once() -> None:
    assert list_named(["thả diều"]) == set()
    publish(make_document(code="1.900003", name={"vi": "Cấp phép thả diều"}))
    assert search_procedures("tha dieu").entries[0].code == "1.900003"
    assert list_named(["thả diều", "thả cá"]) == {"thả diều"}


def test_it_costs_one_query(django_assert_num_queries: object) -> None:
    publish()
    search_procedures("khai sinh")
    with django_assert_num_queries(1):  # type: ignore[operator]
        search_procedures("khai sinh", field="ho-tich")


def test_short_forms_are_spelt_out() -> None:
    assert list_syllables("ĐK khai sinh") == ["dang", "ki", "khai", "sinh"]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Giấy độc thân.", "doc than", "Giấy <mark>độc thân</mark>."),
        ("Giấy độc thân", "", "Giấy độc thân"),
        ("<b>Con</b> & cái", "con", "&lt;b&gt;<mark>Con</mark>&lt;/b&gt; &amp; cái"),
        ("Để làm gì", "để làm", "Để làm gì"),
    ],
)
def test_found_words_are_marked_and_the_rest_is_escaped(text: str, query: str, marked: str) -> None:
    assert str(mark_words(text, query)) == marked
