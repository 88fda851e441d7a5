"""Nothing typed is lost when the session ends before it is sent."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts import parked
from portal.accounts.models import ParkedForm, User
from portal.core import clock
from tests.accounts.conftest import sign_in
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]

TYPED = {"name": "Nguyễn Thị Mây", "lines": ["dòng một\nhai", "<b>&"]}
SENT = [(name, values if isinstance(values, list) else [values]) for name, values in TYPED.items()]
KEPT = "/accounts/kept/"


@pytest.fixture
def person() -> User:
    return make_user("mai")


def end_session(client: Client) -> None:
    del client.cookies["sessionid"]


def in_ended_session(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    end_session(client)
    return client


def test_a_form_comes_back_filled_after_sign_in(person: User) -> None:
    client = in_ended_session(person)
    answer = client.post("/t/form/?page=2", TYPED)
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2Fkept%2F"
    sign_in_page = client.get(answer["Location"]).content.decode()
    assert f'name="next" value="{KEPT}"' in sign_in_page
    assert "đã được giữ lại" in sign_in_page
    assert sign_in(client, person, next=KEPT) == 302
    page = client.get(KEPT, follow=True)
    assert page.redirect_chain == [("/t/form/?page=2", 302)]
    assert page.content.decode() == f"form {sorted(SENT)}"
    assert client.get("/t/form/").content == b"form empty"


def test_an_action_is_sent_again_with_one_press(person: User) -> None:
    client = in_ended_session(person)
    client.post("/t/signed_in/", TYPED)
    sign_in(client, person, next=KEPT)
    body = client.get(KEPT).content.decode()
    assert "Chúng tôi đã giữ lại những gì bạn vừa nhập" in body
    assert 'action="/t/signed_in/"' in body
    assert "\ndòng một\nhai</textarea>" in unescape(body)
    assert client.post("/t/signed_in/", TYPED).status_code == 200
    assert not ParkedForm.objects.exists()


def test_passwords_files_and_tokens_are_not_kept(person: User) -> None:
    client = in_ended_session(person)
    client.post(
        "/t/signed_in/",
        {
            "name": "Mây",
            "password": "x",
            "oldpassword": "x",
            "csrfmiddlewaretoken": "x",
            "paper": SimpleUploadedFile("giay.pdf", b"%PDF-1.7"),
        },
    )
    assert ParkedForm.objects.get().fields == {"name": ["Mây"]}


def test_it_is_sealed_in_the_database(person: User) -> None:
    in_ended_session(person).post("/t/signed_in/", TYPED)
    stored = bytes(ParkedForm.objects.values_list("fields", flat=True).get().blob)
    assert "Nguyễn".encode() not in stored


def test_somebody_else_on_the_same_machine_gets_nothing(person: User) -> None:
    client = in_ended_session(person)
    client.post("/t/form/", TYPED)
    sign_in(client, make_user("lan"), next=KEPT)
    assert client.get(KEPT)["Location"] == "/"
    assert client.get("/t/form/").content == b"form empty"


def test_another_browser_gets_nothing(person: User) -> None:
    in_ended_session(person).post("/t/form/", TYPED)
    elsewhere = Client()
    sign_in(elsewhere, person)
    assert elsewhere.get("/t/form/").content == b"form empty"


def test_a_visitor_who_never_signed_in_before_gets_the_own_form_back(person: User) -> None:
    client = Client()
    client.post("/t/form/", {"name": "Mây"})
    sign_in(client, person, next=KEPT)
    assert client.get(KEPT, follow=True).content.decode() == "form [('name', ['Mây'])]"


def test_without_a_known_sender_nothing_is_shown_before_the_views_own_check(person: User) -> None:
    client = Client()
    client.post("/t/signed_in/", {"name": "Mây"})
    sign_in(client, person, next=KEPT)
    body = client.get(KEPT).content.decode()
    assert "Mây" not in body.split("<main")[1].split("</main>")[0].replace("Sông Mây", "")


def test_it_is_kept_for_a_day(person: User) -> None:
    client = in_ended_session(person)
    client.post("/t/form/", TYPED)
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1)):
        assert parked.forget_old() == 1
    assert not ParkedForm.objects.exists()


def test_a_page_that_was_only_opened_is_opened_again(client: Client) -> None:
    answer = client.get("/t/form/?page=2")
    assert answer["Location"] == "/accounts/login/?next=%2Ft%2Fform%2F%3Fpage%3D2"


def test_a_post_without_fields_leads_back_to_its_page(client: Client) -> None:
    answer = client.post("/t/signed_in/", headers={"Referer": "http://testserver/t/form/"})
    assert answer["Location"] == "/accounts/login/?next=%2Ft%2Fform%2F"


@pytest.mark.parametrize("referrer", ["https://evil.example/x", "//evil.example", "javascript:alert(1)"])
def test_a_foreign_page_is_no_way_back(client: Client, referrer: str) -> None:
    answer = client.post("/t/signed_in/", headers={"Referer": referrer})
    assert answer["Location"] == "/accounts/login/?next=%2Ft%2Fsigned_in%2F"


def test_visitors_fill_the_table_only_so_fast(client: Client) -> None:
    for _ in range(61):
        assert client.post("/t/signed_in/", TYPED).status_code == 302
    assert ParkedForm.objects.count() == 60


def test_a_longer_session_is_one_press_away(client: Client, person: User) -> None:
    sign_in(client, person)
    assert client.post("/accounts/session/").status_code == 204
    end_session(client)
    assert client.post("/accounts/session/").status_code == 302
