"""The administration site: it asks no column it does not show, and survives keys that are none."""

from collections.abc import Iterator

import pytest
from django.test import Client

from portal.accounts.choices import Role
from tests.contracts import naughty
from tests.contracts.attack import count_rows, find_fault_of_page
from tests.contracts.formread import read_forms
from tests.factories.people import make_officer

pytestmark = pytest.mark.django_db
MODELS = ("user", "membership", "agency", "calendarday")


@pytest.fixture
def admin() -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(make_officer(Role.SITE_ADMIN).user)
    return browser


@pytest.mark.parametrize(
    "query",
    [
        "user/?password__startswith=scrypt", "user/?national_id_index__isnull=0", "user/?email__regex=^a",
        "membership/?user__password__startswith=m", "membership/?user__phone_index=x", "agency/?parent__name=x",
        "agency/?members__user__password__contains=a", "calendarday/?calendar__agencies__memberships__user__password=1",
    ],
)  # fmt: skip
def test_no_column_is_asked_letter_by_letter(admin: Client, query: str) -> None:
    assert admin.get(f"/admin/accounts/{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "?o=9.9.9", "?o=x", "?p=99999", "?p=-1", "?q=" + "x" * 5_000, "?q='%5C%25_", "?kind__exact=%27",
        "?day__year=99999", "?day__month=13&day__year=2026", "?agency__id__exact=x", "?e=1",
        "?_popup=1&_to_field=password",
    ],
)  # fmt: skip
def test_no_query_breaks_a_list(admin: Client, query: str) -> None:
    for model in MODELS:
        answer = admin.get(f"/admin/accounts/{model}/{query}")
        assert find_fault_of_page(answer) == "", model  # type: ignore[arg-type]


def list_values() -> Iterator[str]:
    yield from (
        "",
        "x",
        "-1",
        "9" * 30,
        "²",
        "31/02/2023",
        "0001-01-01",
        "a\x00b",
        naughty.MIXTURE,
        naughty.LONG,
    )


@pytest.mark.parametrize("model", MODELS)
def test_a_form_answers_in_words_and_writes_nothing(admin: Client, model: str) -> None:
    address = f"/admin/accounts/{model}/add/"
    form = read_forms(admin.get(address).content.decode(), address)[-1]
    before = count_rows()

    for value in list_values():
        answer = admin.post(address, dict.fromkeys(form.fields, value))
        assert find_fault_of_page(answer) == "", value[:20]  # type: ignore[arg-type]
    assert count_rows() == before


def test_a_thing_that_is_not_there_is_said_so(admin: Client) -> None:
    for model in MODELS:
        for key in ("x", "0", "9" * 30, "01900000-0000-7000-8000-000000000000", "_5F", "%00"):
            for page in ("change", "history", "delete"):
                answer = admin.get(f"/admin/accounts/{model}/{key}/{page}/")
                assert answer.status_code in {302, 403, 404, 422}, f"{model} {key} {page}"
