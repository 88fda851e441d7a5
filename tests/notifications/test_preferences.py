"""How a person wants to be told, and the one e-mail a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal.core import clock
from portal.core.clock import VN_TZ
from portal.notifications.choices import DeliveryStatus, Hold
from portal.notifications.digests import build_event_key, find_last_round
from portal.notifications.models import Delivery, Message, NoticePreference
from portal.notifications.preferences import EVERYTHING, Wants, wants
from portal.notifications.services import record_notices, send_digests_due, set_preferences
from tests.core.races import race
from tests.notifications.samples import build_notice

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=VN_TZ)
EVENING = MORNING.replace(hour=18, minute=5)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("23 17:59", "22 18:00"),
        ("23 18:00", "23 18:00"),
        ("23 23:59", "23 18:00"),
        ("24 00:00", "23 18:00"),
        ("24 09:00", "23 18:00"),
    ],
)
def test_the_last_round(now: str, wanted: str) -> None:
    assert find_last_round(_at(now)) == _at(wanted)


def _at(text: str) -> datetime:
    day, hour, minute = (int(part) for part in text.replace(":", " ").split())
    return datetime(2026, 11, day, hour, minute, tzinfo=VN_TZ)


def test_the_key_is_of_the_local_day() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=VN_TZ)
    assert (
        build_event_key("x", late)
        == build_event_key("x", MORNING)
        != build_event_key("x", late + timedelta(hours=1))
    )


@pytest.mark.django_db
def test_who_never_said_gets_everything() -> None:
    assert wants(uuid4()) == wants(None) == EVERYTHING


@pytest.mark.django_db
def test_the_inbox_cannot_be_switched_off_nor_an_unknown_channel() -> None:
    user = uuid4()
    set_preferences(user, off=["inapp", "email", "fax"], digest=True)

    assert wants(user) == Wants(frozenset({"email"}), digest=False)
    set_preferences(user, off=[], digest=True)
    assert wants(user) == Wants(frozenset(), digest=True)
    assert NoticePreference.objects.count() == 1


def held(user_id: UUID, count: int = 2) -> Sequence[Delivery]:
    """Notices of somebody who asked for one e-mail a day, as the recorder keeps them back."""
    notices = [build_notice(user_id=user_id, recipient_key=f"user:{user_id}") for _ in range(count)]
    record_notices(notices)
    return _held(user_id)


def _held(user_id: UUID) -> list[Delivery]:
    waiting = Delivery.objects.filter(hold=Hold.DIGEST, status=DeliveryStatus.PENDING)
    return list(waiting.filter(message__user_id=user_id))


def digests(user_id: UUID) -> list[Message]:
    return list(Message.objects.filter(event="account.digest", user_id=user_id).order_by("created_at"))


@pytest.mark.django_db
def test_one_email_gathers_the_day_and_a_second_look_sends_nothing() -> None:
    user = uuid4()
    set_preferences(user, off=[], digest=True)
    with time_machine.travel(MORNING, tick=False):
        assert len(held(user)) == 2
        assert send_digests_due() == 0
    with time_machine.travel(EVENING, tick=False):
        assert send_digests_due() == 1
        assert send_digests_due() == 0

    [message] = digests(user)
    assert str(message.context["items"]).count("đã được tiếp nhận") >= 2
    assert message.deliveries.values_list("channel", "status", "hold").get() == ("email", "pending", "")
    assert not _held(user)


@pytest.mark.django_db
def test_after_hours_without_beat_and_over_midnight_it_comes_once() -> None:
    user = uuid4()
    set_preferences(user, off=[], digest=True)
    with time_machine.travel(MORNING, tick=False):
        held(user)
    with time_machine.travel(EVENING + timedelta(hours=9), tick=False):
        assert send_digests_due() == 1
        held(user, 1)
    with time_machine.travel(EVENING + timedelta(days=1), tick=False):
        assert send_digests_due() == 0, "the day has had its e-mail"
    with time_machine.travel(EVENING + timedelta(days=1, hours=7), tick=False):
        assert send_digests_due() == 1
    assert len(digests(user)) == 2


@pytest.mark.django_db
def test_the_clock_set_back_two_hours_sends_no_second_one() -> None:
    user = uuid4()
    set_preferences(user, off=[], digest=True)
    with time_machine.travel(MORNING, tick=False):
        held(user)
    with time_machine.travel(EVENING, tick=False):
        send_digests_due()
    with time_machine.travel(EVENING - timedelta(hours=2), tick=False):
        held(user, 1)
        assert send_digests_due() == 0
    with time_machine.travel(EVENING, tick=False):
        assert send_digests_due() == 0
    assert len(digests(user)) == 1
    assert len(_held(user)) == 1, "it waits for the next day, it is not lost"


@pytest.mark.django_db
def test_who_wants_no_digest_any_more_gets_at_once_what_waited() -> None:
    user = uuid4()
    set_preferences(user, off=[], digest=True)
    held(user)
    set_preferences(user, off=[], digest=False)

    assert not _held(user)
    assert Delivery.objects.filter(channel="email", hold="", not_before__lte=clock.now()).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_key", [True, False], ids=["with the key", "control: a key of its own"])
def test_two_beats_at_once(monkeypatch: pytest.MonkeyPatch, has_key: bool) -> None:
    """The control has neither the locked rows nor the key of the day: then a person gets two."""
    user = uuid4()
    set_preferences(user, off=[], digest=True)
    with time_machine.travel(clock.now() - timedelta(days=2), tick=False), transaction.atomic():
        held(user)
    if not has_key:
        monkeypatch.setattr("portal.notifications.services.digesting.lock_rows", _read_together)
        monkeypatch.setattr(
            "portal.notifications.services.digesting.build_event_key",
            lambda user_id, now: f"digest:{uuid4()}",
        )
        _meeting.reset()
    results = race([send_digests_due] * 2)

    assert not [found for found in results if isinstance(found, Exception)], results
    assert len(digests(user)) == (1 if has_key else 2)


class _Meeting:
    def reset(self) -> None:
        self.barrier = Barrier(2)


_meeting = _Meeting()


def _read_together(rows: object) -> list[Delivery]:
    found: list[Delivery] = list(rows)  # type: ignore[call-overload]
    _meeting.barrier.wait(timeout=10)
    return found


@pytest.mark.django_db
def test_the_page_is_for_its_owner_and_keeps_what_was_chosen() -> None:
    address = reverse("notifications:settings")
    owner = get_user_model().objects.create_user(username="owner", password="a-long-pass-word")
    client = Client()
    assert client.get(address).status_code == 302
    client.force_login(owner)
    answer = client.post(address, {"on": ["email", "fax"], "digest": "on"})

    assert answer.status_code == 302
    assert wants(owner.pk) == Wants(frozenset({"sms", "zalo"}), digest=True)
    page = client.get(address).content.decode()
    assert 'value="email" checked' in page
    assert 'value="sms" checked' not in page
    assert "inapp" not in page
    english = client.get(address, headers={"Accept-Language": "en"})
    assert english.status_code == 200
