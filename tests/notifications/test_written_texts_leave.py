"""What an admin wrote, and the e-mail of the day, as a real SMTP server takes them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model

from portal.core.clock import VN_TZ
from portal.notifications import overrides
from portal.notifications.services import (
    deliver_due,
    record_notices,
    send_digests_due,
    set_preferences,
    write_text,
)
from portal.notifications.textrules import Draft
from tests.notifications.gateway import Gateway
from tests.notifications.samples import DOSSIER_SAMPLE, build_notice

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=VN_TZ)


@pytest.fixture(autouse=True)
def _fresh_texts() -> Iterator[None]:
    overrides.forget()
    yield
    overrides.forget()


def read_mails(gateway: Gateway) -> list[str]:
    payloads = [mail.get_payload(decode=True) for mail in gateway.mails]
    return [payload.decode().replace("\r\n", "\n") for payload in payloads if isinstance(payload, bytes)]


def test_the_text_of_the_dossiers_agency_leaves(gateway: Gateway) -> None:
    author = get_user_model().objects.create_user(username="quan-tri", password="a-long-pass-word")
    draft = Draft("dossier.accepted", "email", "vi", "Tin {code}", "Xã nhận {code}.\nHẹn: {due_at}")
    write_text(draft, agency_id=7, seen=0, author_id=author.pk)
    overrides.forget()
    for agency in (7, 8):
        record_notices([build_notice(context={**DOSSIER_SAMPLE, "agency_id": agency})])
    deliver_due()

    code, due = DOSSIER_SAMPLE["code"], DOSSIER_SAMPLE["due_at"]
    own, other = sorted(read_mails(gateway), key=len)
    assert own.strip() == f"Xã nhận {code}.\nHẹn: {due}"
    assert "Bạn chưa cần làm gì thêm." in other


def test_who_asked_for_one_email_a_day_gets_one(gateway: Gateway) -> None:
    user = uuid4()
    set_preferences(user, off=[], digest=True)
    with time_machine.travel(MORNING, tick=False) as clock:
        record_notices([build_notice(user_id=user, recipient_key=f"user:{user}") for _ in range(3)])
        for hours in (0, 1, 8.9, 9.1, 12, 23):
            clock.move_to(MORNING + timedelta(hours=hours))
            send_digests_due()
            deliver_due()

    [mail] = read_mails(gateway)
    assert mail.count("đã được tiếp nhận") >= 3
    assert "/accounts/notices/settings/" in mail
