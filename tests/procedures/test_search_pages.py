"""The pages of the search: suggestions, what was understood, provinces' copies, searches in vain."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from portal.core import clock
from portal.core.locking import durable
from procedures.models import EmptySearch, Procedure, SearchConcept
from procedures.services.publishing import touch_catalogue
from procedures.services.searches import MOST_A_DAY, mask_words, record_empty_search
from tests.factories.catalogue import import_catalogue, make_document, publish

pytestmark = pytest.mark.django_db
MARRIAGE, BIRTH = "1.000894", "1.001193"
SEARCH, SUGGEST = "/procedures/", "/procedures/suggest/"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def _catalogue() -> None:
    import_catalogue(MARRIAGE, BIRTH)


def teach(key: str, *says: str, means: tuple[str, ...] = (), codes: tuple[str, ...] = ()) -> None:
    with durable():
        touch_catalogue()
        SearchConcept.objects.create(
            key=key,
            kind="everyday",
            says=list(says),
            means=list(means),
            codes=list(codes),
            changed_at=clock.now(),
        )


@pytest.mark.usefixtures("_catalogue")
def test_words_learnt_are_understood_at_once_and_the_page_says_how(client: Client) -> None:
    assert f"/procedures/{MARRIAGE}/" not in client.get(SEARCH, {"q": "zumba hiphop"}).content.decode()
    teach("cuoi", "zumba hiphop", means=("đăng ký kết hôn",))
    page = client.get(SEARCH, {"q": "mai zumba hiphop"}).content.decode()
    assert f"/procedures/{MARRIAGE}/" in page
    assert "Bạn gõ “zumba hiphop”, chúng tôi tìm “đăng ký kết hôn”." in page
    assert "?q=mai+zumba+hiphop&amp;words=typed" in page
    typed = client.get(SEARCH, {"q": "zumba hiphop", "words": "typed"}).content.decode()
    assert "Đang tìm đúng chữ đã gõ." in typed
    assert f"/procedures/{MARRIAGE}/" not in typed


@pytest.mark.usefixtures("_catalogue")
def test_what_names_a_procedure_outright_is_told_by_its_name(client: Client) -> None:
    teach("cuoi", "rước dâu", codes=(MARRIAGE,))
    assert "chúng tôi tìm “Đăng ký kết hôn”." in client.get(SEARCH, {"q": "rước dâu"}).content.decode()


@pytest.mark.usefixtures("_catalogue")
def test_suggestions_are_a_piece_of_a_page(client: Client) -> None:
    answer = client.get(SUGGEST, {"q": "dang ky k"})
    page = answer.content.decode()
    assert page.count('role="option"') == 3
    assert f'data-href="/procedures/{BIRTH}/"' in page
    assert "<html" not in page
    assert answer["ETag"]
    assert (
        client.get(SUGGEST, {"q": "dang ky k"}, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    )


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("words", ["", "k", "zzzz", "<script>", "%", "\u200b\u200b"])
def test_no_suggestion_is_an_empty_piece(client: Client, words: str) -> None:
    answer = client.get(SUGGEST, {"q": words})
    assert answer.status_code == 200
    assert answer.content.strip() == b""


def test_suggestions_are_read_only(client: Client) -> None:
    assert client.post(SUGGEST, {"q": "khai"}).status_code == 405


def test_provinces_copies_are_one_line_and_each_can_be_opened(client: Client) -> None:
    name = {"vi": "Cấp lại giấy phép thả diều"}
    nation = publish(make_document(name=name)).procedure.code
    copies = [
        publish(make_document(name=name, province=place)).procedure.code for place in ("Huế", "Cần Thơ")
    ]
    page = client.get(SEARCH, {"q": "cap lai giay phep tha dieu"}).content.decode()
    assert "1 thủ tục" in page
    assert "Áp dụng khác nhau ở 2 tỉnh, thành phố" in page
    assert page.index(copies[1]) < page.index(copies[0])
    [row] = client.get("/api/v1/procedures", {"search": "thả diều"}).json()["results"]
    assert (row["code"], row["variants"], row["province"]) == (nation, [copies[1], copies[0]], "")
    [row] = client.get("/api/v1/procedures", {"search": copies[0]}).json()["results"]
    assert (row["code"], row["variants"], row["province"]) == (copies[0], [], "Huế")
    for code in copies:
        assert client.get(f"/procedures/{code}/").status_code == 200


@pytest.mark.usefixtures("_catalogue")
def test_fields_of_the_filter_are_those_of_the_results(client: Client) -> None:
    publish(make_document(name={"vi": "Cấp phép thả diều"}))
    page = client.get(SEARCH, {"q": "thả diều"}).content.decode()
    assert "Thử nghiệm (1)" in page
    assert "Hộ tịch (" not in page
    assert "Hộ tịch (2)" in client.get(SEARCH).content.decode()
    both = client.get(SEARCH, {"q": "thả diều", "field": "ho-tich"}).content.decode()
    assert '<option value="ho-tich" selected>Hộ tịch (0)</option>' in both


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(("address", "name"), [(SEARCH, "q"), ("/api/v1/procedures", "search")])
def test_a_search_in_vain_is_counted_by_day(client: Client, address: str, name: str) -> None:
    for words in ("qwrtz Vũ trụ", "QWRTZ vũ trụ"):
        client.get(address, {name: words})
    [row] = EmptySearch.objects.all()
    assert (row.words, row.day, row.count) == ("qwrtz vũ trụ", clock.today(), 2)


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("address", "params"),
    [
        (SEARCH, {"q": "khai sinh"}),
        (SEARCH, {"q": "khai sinh", "level": "1"}),
        (SEARCH, {"q": "qwrtz", "field": "ho-tich"}),
        (SEARCH, {"q": ""}),
        (SUGGEST, {"q": "qwrtz"}),
    ],
)
def test_what_is_no_search_in_vain_is_not_counted(
    client: Client, address: str, params: dict[str, str]
) -> None:
    client.get(address, params)
    assert not EmptySearch.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hồ sơ 001090123456 của tôi", "hồ sơ … của tôi"),
        ("gọi 0912 345 678", "gọi …"),
        ("0912.345.678 / 001-090-123456", "… / …"),
        ("thư an.nguyen@example.vn ạ", "thư … ạ"),
        ("http://la.vn/a?b=1 x", "… x"),
        ("mẫu 3b, 15 ngày", "mẫu 3b 15 ngày"),
        ("<b>x</b>", "b x /b"),
        ("a" * 200, "a" * 80),
        ("tìm\n\ttrong  đêm", "tìm trong đêm"),
        ("hu" + "\u0301" + "t", "hút"),
    ],
)
def test_nothing_of_a_person_is_kept(typed: str, kept: str) -> None:
    assert mask_words(typed) == kept


def test_a_day_has_room_for_so_many_words_only() -> None:
    today = clock.today()
    rows = [EmptySearch(words=f"từ {number:x}", day=today) for number in range(MOST_A_DAY)]
    EmptySearch.objects.bulk_create([*rows, EmptySearch(words="hôm qua", day=today - timedelta(days=1))])
    record_empty_search("từ mới")
    record_empty_search("từ 1f")
    assert not EmptySearch.objects.filter(words="từ mới").exists()
    assert EmptySearch.objects.get(words="từ 1f", day=today).count == 2


def test_counting_takes_one_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]  # savepoint, upsert, release
        record_empty_search("qwrtz")


@pytest.mark.usefixtures("_catalogue")
def test_pages_of_the_search_need_few_queries(client: Client, django_assert_max_num_queries: object) -> None:
    client.get(SEARCH, {"q": "kết"})
    for address, params, most in (
        (SEARCH, {"q": "ket hon"}, 3),
        (SUGGEST, {"q": "ket"}, 3),
        (SEARCH, {"q": "qwrtz"}, 10),
    ):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            client.get(address, params)


@pytest.mark.usefixtures("_catalogue")
def test_a_row_changed_in_any_way_is_found_anew(client: Client) -> None:
    client.get(SEARCH, {"q": "khai sinh"})
    with durable():
        touch_catalogue()
        Procedure.objects.filter(code=BIRTH).update(search_text="thả diều")
    assert f"/procedures/{BIRTH}/" in client.get(SEARCH, {"q": "thả diều"}).content.decode()
