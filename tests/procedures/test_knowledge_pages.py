"""The pages for those who keep the words: list, edit, try, events of life, searches in vain."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from procedures import services
from procedures.editing_choices import ConceptKind
from procedures.knowledge.rules import Wording
from procedures.models import LifeEvent, SearchConcept
from procedures.services.life_events import load_shipped_events
from procedures.services.searches import record_empty_search
from tests.factories import catalogue as make
from tests.factories.people import Officer

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
COPY, BIRTH = "2.000815", "1.001193"
WORDS = {
    "kind": "everyday",
    "says": "giấy đóng mộc",
    "means": "chứng thực bản sao",
    "codes": "",
    "unless": "",
}
EVENT = {"label_vi": "Đi chùa", "label_en": "", "text_vi": "Cúng giỗ", "text_en": "", "icon": "lotus"}


@pytest.fixture
def admin() -> Officer:
    return make.make_catalogue_admin()


@pytest.fixture
def lawyer(admin: Officer) -> Client:
    client = Client()
    client.force_login(admin.user)
    client.get("/accounts/profile/")
    return client


@pytest.fixture
def concept(admin: Officer) -> SearchConcept:
    make.import_catalogue(COPY, BIRTH)
    wording = Wording(ConceptKind.EVERYDAY, ("giấy đóng mộc",), ("chứng thực bản sao từ bản chính",))
    return services.save_concept(admin.actor, "", wording, row_version=0)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_every_page_opens_and_stays_cheap(lawyer: Client, concept: SearchConcept) -> None:
    load_shipped_events()
    record_empty_search("xe lửa bay")
    for address in (
        "/catalogue/words/",
        "/catalogue/words/?q=mộc&kind=everyday&origin=edited",
        "/catalogue/words/?kind=what&origin=ever&after=zzz",
        "/catalogue/words/new/",
        f"/catalogue/words/{concept.key}/",
        "/catalogue/life-events/",
        "/catalogue/life-events/sinh-con/",
        "/catalogue/life-events/new/",
        "/catalogue/empty-searches/?q=lửa",
    ):
        lawyer.get(address)
        with CaptureQueriesContext(connection) as queries:
            read(lawyer, address)
        assert len(queries) <= MOST_QUERIES, address


def test_what_is_not_there_is_not_found(lawyer: Client) -> None:
    for address in ("/catalogue/words/nothing/", "/catalogue/life-events/nothing/"):
        assert lawyer.get(address).status_code == 404
        assert lawyer.post(address, WORDS | EVENT).status_code == 404


def test_words_are_added_edited_and_taken_out(lawyer: Client) -> None:
    make.import_catalogue(COPY)
    answer = lawyer.post("/catalogue/words/new/", WORDS | {"codes": COPY, "row_version": "0"})
    concept = SearchConcept.objects.get()
    assert answer["Location"] == f"/catalogue/words/{concept.key}/"
    assert "Chứng thực bản sao" in read(lawyer, answer["Location"])
    lawyer.post(answer["Location"], WORDS | {"says": "giấy đóng mộc\nđóng mộc đỏ", "row_version": "1"})
    assert SearchConcept.objects.get().says == ["giấy đóng mộc", "đóng mộc đỏ"]
    answer = lawyer.post(f"{answer['Location']}remove/", {"row_version": "2"})
    assert (answer["Location"], SearchConcept.objects.count()) == ("/catalogue/words/", 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"says": ""}, "Ghi ít nhất một cách nói"),
        ({"says": "giấy"}, "quá nhiều câu hỏi"),
        ({"says": "s" * 130}, "dài quá 120"),
        ({"means": ""}, "Ghi từ trong tên thủ tục"),
        ({"codes": "9.123456"}, "không có thủ tục mã 9.123456"),
        ({"kind": "nonsense", "says": "?!"}, "không có chữ nào"),
    ],
)
def test_a_refusal_is_said_at_its_box_and_nothing_typed_is_lost(
    lawyer: Client, typed: dict[str, str], words: str
) -> None:
    answer = lawyer.post("/catalogue/words/new/", WORDS | {"unless": "mèo mun"} | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "mèo mun" in page
    assert not SearchConcept.objects.exists()


def test_a_phrase_of_another_meaning_is_shown_with_its_place(lawyer: Client, concept: SearchConcept) -> None:
    other = WORDS | {"means": "khai sinh"}
    answer = lawyer.post("/catalogue/words/new/", other)
    assert answer.status_code == 422
    assert f"/catalogue/words/{concept.key}/" in answer.content.decode()
    assert lawyer.post("/catalogue/words/new/", other | {"accept": "1"}).status_code == 302


def test_words_are_tried_before_they_are_kept(lawyer: Client) -> None:
    make.import_catalogue(COPY, BIRTH)
    typed = WORDS | {"says": "wifi youtube", "codes": COPY, "query": "wifi youtube", "try": "1"}
    answer = lawyer.post("/catalogue/words/new/", typed)
    page = answer.content.decode()
    with_words, without = page.split("Không có nhóm từ này")
    assert COPY in with_words.split("Có nhóm từ này")[-1]
    assert COPY not in without
    assert not SearchConcept.objects.exists()
    assert (
        "không có tác dụng"
        in lawyer.post("/catalogue/words/new/", typed | {"query": "khai sinh"}).content.decode()
    )


def test_two_at_once_see_both_texts(lawyer: Client, admin: Officer, concept: SearchConcept) -> None:
    theirs = Wording(ConceptKind.EVERYDAY, ("chữ người kia",), ("chứng thực",))
    services.save_concept(admin.actor, concept.key, theirs, row_version=1)
    answer = lawyer.post(
        f"/catalogue/words/{concept.key}/", WORDS | {"says": "chữ của tôi", "row_version": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "chữ người kia" in page
    assert "chữ của tôi" in page
    again = lawyer.post(
        f"/catalogue/words/{concept.key}/", WORDS | {"says": "cả hai chữ", "row_version": "2"}
    )
    assert again.status_code == 302


def test_shipped_words_are_switched_off_and_on_again(lawyer: Client) -> None:
    make.load_knowledge()
    concept = SearchConcept.objects.filter(kind="short").first()
    assert concept is not None
    address = f"/catalogue/words/{concept.key}/"
    assert lawyer.post(f"{address}remove/", {"row_version": "1"})["Location"] == address
    assert "Đã tắt" in read(lawyer, address)
    lawyer.post(f"{address}restore/", {"row_version": "1"})  # an old page changes nothing
    assert not SearchConcept.objects.get(pk=concept.pk).is_active
    lawyer.post(f"{address}restore/", {"row_version": "2"})
    assert SearchConcept.objects.get(pk=concept.pk).is_active


def test_events_are_ordered_edited_and_previewed(lawyer: Client) -> None:
    make.import_catalogue(COPY)
    load_shipped_events()
    first, second = LifeEvent.objects.order_by("position")[:2]
    lawyer.post(f"/catalogue/life-events/{first.key}/move/", {"way": "up"})  # already there
    lawyer.post(f"/catalogue/life-events/{first.key}/move/", {"way": "down"})
    assert [row.key for row in LifeEvent.objects.order_by("position")[:2]] == [second.key, first.key]
    assert load_shipped_events() == 0, "their order is the admin's"
    preview = lawyer.post(
        "/catalogue/life-events/new/", EVENT | {"codes": COPY, "phrases": "", "preview": "1"}
    )
    assert COPY in preview.content.decode().split("Thủ tục sẽ liệt kê")[1]
    assert (
        lawyer.post("/catalogue/life-events/new/", EVENT | {"codes": COPY, "phrases": ""}).status_code == 302
    )
    event = LifeEvent.objects.order_by("position").last()
    assert event is not None
    assert (event.label, event.icon, event.codes) == ({"vi": "Đi chùa"}, "lotus", [COPY])
    address = f"/catalogue/life-events/{event.key}/"
    assert lawyer.post(address, EVENT | {"codes": "", "phrases": "", "row_version": "9"}).status_code == 409
    assert lawyer.post(f"{address}delete/", {"row_version": "1"})["Location"] == "/catalogue/life-events/"
    lawyer.post(f"/catalogue/life-events/{first.key}/delete/", {"row_version": "1"})
    assert LifeEvent.objects.filter(key=first.key).exists(), "those of the product stay"


def test_an_edited_event_outlives_a_release(lawyer: Client) -> None:
    load_shipped_events()
    LifeEvent.objects.filter(key="chung-thuc").update(icon="phone")  # as an older release had it
    lawyer.post("/catalogue/life-events/sinh-con/", EVENT | {"codes": "", "phrases": "", "row_version": "1"})
    assert load_shipped_events() == 1
    assert LifeEvent.objects.get(key="sinh-con").label == {"vi": "Đi chùa"}
    assert LifeEvent.objects.get(key="chung-thuc").icon == "stamp"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"label_vi": " "}, "Ghi tên việc"),
        ({"text_vi": ""}, "Ghi một dòng ngắn"),
        ({"label_en": "e" * 61}, "dài quá 60"),
        ({"phrases": "x" * 121}, "tối đa 120"),
        ({"codes": "1.999999"}, "không có thủ tục mã 1.999999"),
        ({"codes": "\n".join(f"1.{number:06d}" for number in range(31))}, "tối đa 30"),
    ],
)
def test_a_faulty_event_is_refused_at_its_box(lawyer: Client, typed: dict[str, str], words: str) -> None:
    answer = lawyer.post("/catalogue/life-events/new/", EVENT | {"codes": "", "phrases": ""} | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not LifeEvent.objects.exists()


@pytest.fixture
def searched() -> Callable[[str, int], None]:
    def search(words: str, times: int) -> None:
        for _time in range(times):
            record_empty_search(words)

    return search


def test_searches_in_vain_lead_to_new_words(lawyer: Client, searched: Callable[[str, int], None]) -> None:
    searched("xe lửa bay", 1)
    searched("đóng mộc <b>", 3)
    page = read(lawyer, "/catalogue/empty-searches/")
    assert page.index("đóng mộc") < page.index("xe lửa bay")
    assert "xe lửa bay" not in read(lawyer, "/catalogue/empty-searches/?q=mộc")
    assert ">đóng mộc</textarea>" in read(lawyer, "/catalogue/words/new/?said=đóng mộc")
