"""The forms of the search page say what the templates say; what is prepared beforehand is what visitors need."""

import re
import threading

import pytest
from django.core.cache import cache
from django.test import Client

from procedures import searchpage
from procedures.finding import Entry, Understood, Variant, holding
from procedures.finding.codes import list_by_code
from procedures.listing import Filters, Listing
from procedures.revision import catalogue_token
from procedures.slots import cut, fill, slot
from procedures.warming import warm_catalogue
from tests.factories.catalogue import import_catalogue
from tests.factories.entries import make_entry

BIRTH = "1.001193"


def _squeeze(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html).strip()


def make_listing(*entries: Entry, **changes: object) -> Listing:
    values: dict[str, object] = {
        "filters": Filters("khai sinh"),
        "entries": entries,
        "total": len(entries),
        "fields": (("ho-tich", "Hộ tịch <&>", 2), ("dat-dai", "Đất đai", 1)),
        "agency": None,
        "next_cursor": "",
        "previous_cursor": "",
        **changes,
    }
    return Listing(**values)  # type: ignore[arg-type]


def make_copies() -> Entry:
    copies = (Variant("2.000001", "Cần Thơ", "Tên <i>", True), Variant("2.000002", "Huế", "Tên", False))  # noqa: FBT003
    return make_entry("Cấp thẻ & sổ", variants=copies)


LISTINGS = {
    "one": make_listing(make_entry("Đăng ký khai sinh")),
    "many": make_listing(make_entry("Đăng ký <khai sinh>"), make_copies(), total=1234),
    "hostile words": make_listing(make_copies(), filters=Filters("<script>\"' & slot-rows- slot-query-")),
    "understood": make_listing(
        make_copies(), understood=(Understood("<đẻ>", "khai sinh"), Understood("cưới", "slot-rows-"))
    ),
    "literal": make_listing(make_copies(), filters=Filters("a&b", words="typed")),
    "pages": make_listing(make_copies(), next_cursor="x:y&z", previous_cursor="<"),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_form_filled_is_what_the_templates_draw(name: str) -> None:
    listing = LISTINGS[name]
    drawn = searchpage._draw_body(listing, events=())
    assert _squeeze(searchpage._fill_body(listing)) == _squeeze(drawn)


def test_slots_in_what_people_wrote_stay_text() -> None:
    form = cut(f"<b>\n   {slot('one')}</b>{slot('two')}")
    assert fill(form, {"one": slot("two"), "two": "2"}) == f"<b>\n{slot('two')}</b>2"


def test_a_line_tells_the_copies_of_the_provinces() -> None:
    html = searchpage._fill_body(make_listing(make_copies()))
    assert "Áp dụng khác nhau ở 2 tỉnh, thành phố" in html
    assert '<a href="/procedures/2.000001/">Cần Thơ</a> <b>(nơi bạn đang xem)</b>: Tên &lt;i&gt;' in html
    assert '<a href="/procedures/2.000002/">Huế</a>: Tên' in html


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1.001193", ["1.001193"]),
        ("1001193", ["1.001193"]),
        ("1.001193.000.00.00.H10", ["1.001193"]),
        ("mã 001193", ["1.001193", "2.001193"]),
        ("0011", []),
        ("1001", ["1.001193", "1.001194"]),
        ("đất năm 1001", []),
        ("khai sinh", []),
    ],
)
def test_codes_are_found_by_their_digits(typed: str, found: list[str]) -> None:
    codes = ("1.001193", "1.001194", "2.001193", "2.009999")
    by_digits = tuple(sorted((code.replace(".", ""), code) for code in codes))
    assert list_by_code(typed, by_digits) == found


@pytest.mark.django_db
def test_the_catalogue_is_prepared_without_a_thread_and_its_pages_answer(client: Client) -> None:
    cache.clear()
    import_catalogue(BIRTH)
    threads = threading.active_count()
    addresses = list(warm_catalogue())
    assert threading.active_count() == threads
    index = holding.get_index(catalogue_token())
    assert index.meanings.keys() == {concept.key for concept in index.knowledge.concepts}
    assert f"/procedures/{BIRTH}/" in addresses
    assert len(addresses) == 4
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_an_empty_catalogue_is_prepared_too() -> None:
    assert list(warm_catalogue()) == ["/", "/procedures/"]
