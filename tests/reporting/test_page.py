"""`/statistics/`: for everybody, few queries, and nothing typed into the address breaks it."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.test import Client

from reporting import services
from tests.factories.dossiers import Desk, file_birth, make_old_desk

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MOST_QUERIES = 6


def file_many(number: int = 6) -> Desk:
    desk = make_old_desk()
    for _ in range(number):
        file_birth(desk)
    return desk


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW) as coordinates:
        yield coordinates


def read(client: Client, query: str = "") -> str:
    response = client.get(f"/statistics/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("by", ["agency", "level", "month"])
def test_everybody_sees_the_figures(client: Client, by: str) -> None:
    desk = file_many()

    page = read(client, f"?by={by}")

    label = {"agency": desk.agency.name, "level": "Mức 4", "month": "Tháng 3"}[by]
    assert label in page
    assert "100,0" in page


def test_an_agency_has_its_months(client: Client) -> None:
    desk = file_many()

    page = read(client, f"?agency={desk.agency.code}&by=month")

    assert "Tháng 3" in page
    assert desk.agency.name in page
    assert "Theo cơ quan" not in page


def test_small_numbers_are_not_told_anywhere(client: Client) -> None:
    file_many(3)

    page = read(client)

    assert "là số không nêu" in page
    assert ">3<" not in page


@pytest.mark.parametrize(
    "query", ["?year=1999", "?year=x", "?month=13", "?by=ward", "?year=9999999999999999999", "?month=-1"]
)
def test_what_cannot_be_understood_shows_this_year(client: Client, query: str) -> None:
    assert 'value="2026" selected' in read(client, query)


def test_an_unknown_agency_is_not_found(client: Client) -> None:
    assert client.get("/statistics/?agency=H99.99.99").status_code == 404


def test_months_of_no_dossier_say_so(client: Client) -> None:
    assert "Chưa có hồ sơ nào" in read(client, "?month=1")


def test_the_file_holds_what_the_page_shows(client: Client) -> None:
    desk = file_many()
    response = client.get("/statistics/?format=csv")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"].startswith("text/csv")
    assert rows[1] == [desk.agency.name, "6", "6", "0", "0", "0"]


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow_with_the_figures(
    client: Client, number: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(number):
        file_many(1)
    services.fold_due()
    client.get("/statistics/")

    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        client.get("/statistics/?by=agency")


def test_figures_come_from_the_kept_days_and_the_last_minute(
    client: Client, clock: time_machine.Traveller
) -> None:
    file_many(6)
    clock.shift(timedelta(minutes=2))
    services.fold_due()
    file_many(5)

    assert ">11<" in read(client)
