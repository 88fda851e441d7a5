"""The catalogue in the API: the same answers as the pages, anonymous."""

import pytest
from django.test import Client

from procedures import services
from tests.factories.catalogue import CORE, import_catalogue, make_catalogue_admin, make_document, publish
from tests.factories.people import make_places

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.procedures.urls")]


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    import_catalogue(*CORE)


def test_the_list_has_what_the_contract_promises(client: Client) -> None:
    answer = client.get("/api/v1/procedures", {"search": "giay doc than"}).json()
    assert answer["next"] is None
    assert answer["results"][0] == {
        "code": "1.004873",
        "name": "Cấp Giấy xác nhận tình trạng hôn nhân",
        "everyday_name": "Xin giấy xác nhận độc thân",
        "level": 4,
        "level_label": "Toàn trình",
        "field": "Hộ tịch",
        "agency_scope": ["commune"],
        "status": "open",
        "province": "",
        "variants": [],
    }


@pytest.mark.parametrize(
    ("params", "codes"),
    [
        ({"level": "1"}, {"1.001456"}),
        ({"level": "2"}, {"2.000815"}),
        ({"field": "Hộ tịch"}, {"1.001193", "1.004873"}),
        ({"search": "hộ chiếu", "level": "4"}, set()),
    ],
)
def test_the_list_is_filtered(client: Client, params: dict[str, str], codes: set[str]) -> None:
    results = client.get("/api/v1/procedures", params).json()["results"]
    assert {row["code"] for row in results} == codes


def test_the_list_is_filtered_by_agency(client: Client) -> None:
    places = make_places()
    results = client.get("/api/v1/procedures", {"agency": places.commune.code}).json()["results"]
    assert {row["code"] for row in results} == {"1.001193", "1.001612", "1.004873", "1.013225", "2.000815"}


@pytest.mark.parametrize("params", [{"level": "9"}, {"agency": "nowhere"}, {"cursor": "forged"}])
def test_a_bad_filter_is_a_problem(client: Client, params: dict[str, str]) -> None:
    assert client.get("/api/v1/procedures", params).status_code == 422


def test_pages_follow_their_cursors(client: Client) -> None:
    for number in range(30):
        publish(make_document(code=f"1.80{number:04d}"))
    codes: list[str] = []
    address = "/api/v1/procedures"
    while address:
        answer = client.get(address).json()
        codes += [row["code"] for row in answer["results"]]
        address = answer["next"]
    assert len(codes) == len(set(codes)) == 36


def test_one_procedure_is_told_whole(client: Client) -> None:
    places = make_places()
    answer = client.get("/api/v1/procedures/1.001612").json()
    assert (answer["code"], answer["level"], answer["status"], answer["version"]) == (
        "1.001612",
        4,
        "open",
        1,
    )
    assert [case["key"] for case in answer["cases"]] == ["ca_nhan", "ho_gia_dinh"]
    assert {"key", "mode", "required"} <= set(answer["requirements"][0])
    assert answer["limits"] == [{"case": None, "channel": None, "value": 3, "unit": "working_day"}]
    assert [(fee["channel"], fee["amount"]) for fee in answer["fees"]] == [(None, 100000)]
    online = next(relief for relief in answer["reliefs"] if relief["channel"] == "online")
    assert (online["percent"], online["claimed"]) == (100, False)
    assert {"code": places.commune.code, "name": places.commune.name} in answer["agencies"]
    assert answer["has_form"] is True


def test_a_closed_procedure_names_its_successor(client: Client) -> None:
    publish(make_document(code="1.900001"))
    services.close_procedure(make_catalogue_admin().actor, "1.900001", successor="1.001193")
    answer = client.get("/api/v1/procedures/1.900001").json()
    assert (answer["status"], answer["successor"]) == (
        "closed",
        {"code": "1.001193", "name": "Đăng ký khai sinh"},
    )


def test_the_form_comes_as_schema_and_document(client: Client) -> None:
    answer = client.get("/api/v1/procedures/1.004873/form").json()
    assert answer["schema"]["type"] == "object"
    assert "requester_name" in answer["schema"]["properties"]
    assert answer["form"]["pages"][0]["key"] == "requester"


@pytest.mark.parametrize("path", ["/api/v1/procedures/9.999999", "/api/v1/procedures/1.001456/form"])
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["procedures", "procedures/1.004873", "procedures/1.004873/form"])
def test_it_needs_few_queries(client: Client, path: str, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert client.get(f"/api/v1/{path}").status_code == 200
