"""SMS and Zalo over real HTTP: taken once, by one provider, with another channel where none takes it."""

import pytest
import time_machine
from pytest_django import Settings

from portal.core import clock
from portal.demo.simulators.phones.server import Phones
from portal.notifications.channels import resting
from portal.notifications.models import AddressFlag, Delivery
from portal.notifications.services import deliver_due, delivering, redrive_failed, settling
from tests.notifications.conftest import DAY, RecordPhone
from tests.notifications.gateway import Gateway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("phones")]
PHONE = "84912345678"


@pytest.fixture(autouse=True)
def _by_day():
    with time_machine.travel(DAY):
        yield


def _deliver(minutes: int = 0) -> delivering.Round:
    """Now, or so many minutes later; the lease of the attempt before is over by then."""
    with time_machine.travel(clock.now().timestamp() + minutes * 60):
        return deliver_due()


def _state(delivery: Delivery) -> tuple[str, str, str]:
    delivery.refresh_from_db()
    return delivery.status, delivery.provider, delivery.last_error


def test_an_sms_leaves_folded_under_the_brand_name_with_its_reference(
    send_to_phone: RecordPhone, phones: Phones
) -> None:
    delivery = send_to_phone()
    assert _deliver().delivered == 1

    (entry,) = phones.book.list_entries()
    delivery.refresh_from_db()
    assert (entry.to, entry.reference, entry.parts) == (PHONE, delivery.reference, delivery.parts)
    assert entry.text.isascii()
    assert "H56-261122-0001" in entry.text
    assert "Hờ A Páo" not in entry.text
    assert "Ho A Pao" not in entry.text
    assert (delivery.provider, delivery.provider_number) == ("alpha", entry.number)


def test_a_zalo_message_is_a_template_with_parameters(send_to_phone: RecordPhone, phones: Phones) -> None:
    delivery = send_to_phone("zalo")
    assert _deliver().delivered == 1

    (entry,) = phones.book.list_entries("zalo")
    assert (entry.to, entry.template, entry.reference) == (PHONE, "demo.dossier.accepted", delivery.reference)
    assert _state(delivery)[:2] == ("delivered", "zalo")


@pytest.mark.parametrize("fault", ["busy", "429"])
def test_a_definite_refusal_goes_to_the_next_provider_at_once(
    send_to_phone: RecordPhone, phones: Phones, fault: str
) -> None:
    phones.sms["alpha"].faults.change({"answer": fault})
    delivery = send_to_phone()
    _deliver()

    assert _state(delivery) == ("delivered", "beta", "")
    assert [entry.provider for entry in phones.book.list_entries()] == ["beta"]


def test_an_unreachable_provider_is_passed_over(
    send_to_phone: RecordPhone, phones: Phones, settings: Settings
) -> None:
    settings.SMS_PROVIDERS = {"alpha": "http://127.0.0.1:1/messages", "beta": f"{phones.url}/beta/messages"}
    delivery = send_to_phone()
    _deliver()

    assert _state(delivery)[:2] == ("delivered", "beta")


@pytest.mark.parametrize("fault", ["drop", "garbage", "5xx"])
def test_while_it_may_have_been_taken_nobody_else_is_asked(
    send_to_phone: RecordPhone, phones: Phones, fault: str
) -> None:
    """Not even when the provider then cannot be asked, refuses for now, or the worker's memory is gone."""
    alpha = phones.sms["alpha"].faults
    alpha.change({"answer": fault, "times": 1})
    delivery = send_to_phone()
    _deliver()
    assert _state(delivery)[:2] == ("pending", "alpha")
    alpha.change({"answer": "busy", "times": 1})
    resting.forget_all()
    _deliver(2)
    assert _state(delivery)[:2] == ("pending", "alpha")
    _deliver(10)

    assert _state(delivery) == ("delivered", "alpha", "")
    (entry,) = phones.book.list_entries()
    assert entry.asked == (1 if fault == "5xx" else 2)


def test_a_worker_that_dies_after_the_provider_took_it_asks_the_same_one_again(
    send_to_phone: RecordPhone, phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = send_to_phone()
    with monkeypatch.context() as patch:
        patch.setattr(settling, "store_delivered", _die)
        with pytest.raises(KeyboardInterrupt):
            deliver_due()
    phones.sms["alpha"].faults.change({"answer": "busy", "times": 1})
    _deliver(2)
    assert _state(delivery)[:2] == ("pending", "alpha")
    _deliver(5)

    assert _state(delivery)[:2] == ("delivered", "alpha")
    assert [(entry.provider, entry.asked) for entry in phones.book.list_entries()] == [("alpha", 2)]


def _die(outcomes: object) -> frozenset[int]:
    raise KeyboardInterrupt


def test_a_provider_that_hangs_is_given_up_and_then_left_alone(
    send_to_phone: RecordPhone, phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.notifications.channels.calling.READ_S", 0.1)
    phones.sms["alpha"].faults.change({"answer": "hang", "hang_s": 0.6})
    deliveries = [send_to_phone(phone=f"091234567{digit}") for digit in range(6)]
    _deliver()

    states = [_state(delivery)[:2] for delivery in deliveries]
    assert states == [("pending", "alpha")] * 6 or states[3:] == [("delivered", "beta")] * 3


def test_fresh_messages_go_to_another_provider_while_one_rests(
    send_to_phone: RecordPhone, phones: Phones
) -> None:
    phones.sms["alpha"].faults.change({"answer": "5xx"})
    caught = [send_to_phone(phone=f"091234567{digit}") for digit in range(3)]
    _deliver()
    fresh = send_to_phone(phone="0987654321")
    _deliver()

    assert {_state(delivery)[:2] for delivery in caught} == {("pending", "alpha")}
    assert _state(fresh)[:2] == ("delivered", "beta")


def test_no_zalo_on_that_number_means_an_sms_in_its_place(send_to_phone: RecordPhone, phones: Phones) -> None:
    phones.zalo.faults.change({"refused": [PHONE]})
    zalo = send_to_phone("zalo")
    _deliver()

    assert _state(zalo) == ("failed", "", "not_on_zalo")
    instead = Delivery.objects.get(message=zalo.message, channel="sms")
    assert (instead.replaces, instead.status) == ("zalo", "delivered")
    assert not AddressFlag.objects.exists()


def test_a_dead_number_means_an_email_where_one_is_known_and_a_flag(
    send_to_phone: RecordPhone, phones: Phones, gateway: Gateway
) -> None:
    phones.sms["alpha"].faults.change({"refused": [PHONE]})
    sms = send_to_phone(email="lan@example.vn")
    _deliver()

    assert _state(sms) == ("failed", "", "no_such_number")
    instead = Delivery.objects.get(message=sms.message, channel="email")
    assert (instead.replaces, instead.status) == ("sms", "delivered")
    assert [mail["To"] for mail in gateway.mails] == ["lan@example.vn"]
    assert AddressFlag.objects.get().reason == "no_number"


def test_a_text_that_must_not_leave_is_parked_with_its_code_and_stops_nobody(
    send_to_phone: RecordPhone, phones: Phones
) -> None:
    poison = send_to_phone(context={"code": "xem http://lua.vn"})
    other = send_to_phone(phone="0987654321")
    _deliver()

    assert _state(poison) == ("failed", "", "link")
    assert _state(other)[0] == "delivered"
    poison.message.context = {"code": "H13"}
    poison.message.save()
    assert redrive_failed([poison.reference]) == 1
    _deliver()
    assert _state(poison)[0] == "delivered"


def test_an_unknown_set_up_is_tried_again_not_parked(
    send_to_phone: RecordPhone, phones: Phones, settings: Settings
) -> None:
    settings.SMS_KEYS = {"alpha": "old"}
    delivery = send_to_phone()
    _deliver()

    assert _state(delivery) == (
        "pending",
        "",
        "sms_unreachable",
    )  # alpha says 401; beta has no key to call with


@pytest.mark.parametrize(("fault", "code"), [("busy", "zalo-100"), ("429", "zalo-144")])
def test_what_zalo_refuses_for_now_is_tried_again(
    send_to_phone: RecordPhone, phones: Phones, fault: str, code: str
) -> None:
    phones.zalo.faults.change({"answer": fault, "times": 1})
    delivery = send_to_phone("zalo")
    _deliver()
    assert _state(delivery) == ("pending", "", code)
    _deliver(2)

    assert _state(delivery)[0] == "delivered"


def test_a_batch_costs_a_handful_of_statements(
    send_to_phone: RecordPhone, phones: Phones, django_assert_max_num_queries
) -> None:
    for number in range(20):
        send_to_phone("zalo", phone=f"0912345{number:03}")
    with django_assert_max_num_queries(24):
        assert deliver_due().delivered == 20
