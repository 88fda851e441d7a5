"""`python -m bench.noticing.recording paced|pile phone|email NUMBER`: record notices, print {reference: committed at}.

paced: each in a transaction of its own, which wakes the worker as any other does. pile: all due at one moment a few
seconds ahead, when the workers are woken. Each goes to another address; the event is urgent, so that the figure is
the same by night.
"""

import json
import os
import sys
import time
from datetime import timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.db import transaction  # noqa: E402

from portal.accounts.notices import LOCKED  # noqa: E402
from portal.core import clock  # noqa: E402
from portal.notifications.events import notice_events  # noqa: E402
from portal.notifications.models import Delivery, build_message_id, build_reference  # noqa: E402
from portal.notifications.services import Notice, record_notices, wake  # noqa: E402

GAP_S = 0.05
CHUNK = 500
AHEAD_S = 8.0
CHANNEL = {"phone": "zalo", "email": "email"}


def main(kind: str, to: str, number: int) -> None:
    notices = [build_notice(to, place) for place in range(number)]
    times = record_paced(notices) if kind == "paced" else record_pile(notices)
    references = [
        build_reference(build_message_id(each.event_key, each.recipient_key), CHANNEL[to]) for each in notices
    ]
    print(json.dumps(dict(zip(references, times, strict=True))))


def build_notice(to: str, place: int) -> Notice:
    address = uuid4()
    number = f"09{address.int % 10**8:08}"
    return Notice(
        event=LOCKED,
        event_key=f"bench:{address}",
        recipient_key=f"party:{place}",
        context=notice_events.get(LOCKED).sample,
        email=f"{address.hex}@example.vn" if to == "email" else None,
        phone=number if to == "phone" else None,
    )


def record_paced(notices: list[Notice]) -> list[float]:
    times = []
    for notice in notices:
        with transaction.atomic():
            record_notices([notice])
        times.append(time.time())
        time.sleep(GAP_S)
    return times


def record_pile(notices: list[Notice]) -> list[float]:
    due = clock.now() + timedelta(seconds=AHEAD_S)
    for start in range(0, len(notices), CHUNK):
        chunk = notices[start : start + CHUNK]
        with transaction.atomic():
            record_notices(chunk)
            ids = [build_message_id(each.event_key, each.recipient_key) for each in chunk]
            Delivery.objects.filter(message__in=ids).update(not_before=due)
    while clock.now() < due:
        time.sleep(0.01)
    for _process in range(2):
        wake()
    return [due.timestamp()] * len(notices)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
