"""How often somebody may try, and that everybody is counted alike."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.core import clock
from portal.notifications.models import Message
from portal.notifications.selectors import list_inbox
from tests.accounts.conftest import sign_in
from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db

WRONG = "sai mật khẩu"


@pytest.fixture
def person() -> User:
    return make_user("mai", email="mai@dan.example", national_id="037090001234")


@pytest.mark.parametrize("login", ["mai", "mai@dan.example", "037090001234", "khong-co-ai", "khong@co.ai"])
def test_the_eleventh_try_is_refused(client: Client, person: User, login: str) -> None:
    assert [sign_in(client, login, WRONG) for _ in range(11)] == [200] * 10 + [429]


def test_three_names_of_one_account_are_counted_together(client: Client, person: User) -> None:
    names = ["mai", "mai@dan.example", "037090001234"] * 4
    assert [sign_in(client, name, WRONG) for name in names[:11]] == [200] * 10 + [429]


def test_a_locked_account_refuses_the_right_password_until_five_minutes_passed(
    client: Client, person: User
) -> None:
    start = clock.now()
    with time_machine.travel(start, tick=False) as clock_hand:
        for _ in range(10):
            sign_in(client, person, WRONG)
        answer = client.post("/accounts/login/", {"login": "mai", "password": PASSWORD})
        assert answer.status_code == 429
        assert answer["Retry-After"] == "300"
        clock_hand.move_to(start + timedelta(seconds=301))
        assert sign_in(client, person) == 302


def test_success_forgets_the_failures_before_it(client: Client, person: User) -> None:
    for _ in range(9):
        sign_in(client, person, WRONG)
    assert sign_in(client, person) == 302
    client.post("/accounts/logout/")
    assert [sign_in(client, person, WRONG) for _ in range(10)] == [200] * 10


def test_other_accounts_are_not_locked(client: Client, person: User) -> None:
    for _ in range(11):
        sign_in(client, person, WRONG)
    assert sign_in(client, make_user()) == 302


def test_an_address_has_200_failures_over_all_accounts(client: Client, person: User) -> None:
    answers = [sign_in(client, f"ai-do-{number}", WRONG) for number in range(201)]
    assert answers == [200] * 200 + [429]
    assert sign_in(client, person) == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert sign_in(elsewhere, person) == 302


def test_addresses_of_one_ipv6_network_are_one(person: User) -> None:
    for number in range(200):
        sign_in(Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}"), f"ai-do-{number}", WRONG)
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:2::ffff"), person) == 429
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:3::1"), person) == 302


def test_successes_do_not_use_up_the_address(client: Client) -> None:
    person = make_user()
    for _ in range(12):
        assert sign_in(client, person) == 302
        client.post("/accounts/logout/")


@pytest.mark.parametrize("email", ["mai@dan.example", "khong@co.ai"])
def test_codes_are_sent_to_an_address_only_so_often(client: Client, person: User, email: str) -> None:
    answers = [client.post("/accounts/password/reset/", {"email": email}).status_code for _ in range(7)]
    assert answers == [302] * 6 + [429]
    assert len(mail.outbox) == 6


def test_the_holder_is_told_once_per_lock(client: Client, person: User) -> None:
    for login in ["mai"] * 6 + ["mai@dan.example"] * 6:
        sign_in(client, login, WRONG)
    (message,) = list_inbox(person.pk).items
    assert "sai mật khẩu" in message.text


def test_a_lock_is_not_told_for_a_name_without_an_account(client: Client) -> None:
    for _ in range(12):
        sign_in(client, "khong-co-ai", WRONG)
    assert not Message.objects.exists()
