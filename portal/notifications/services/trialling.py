"""The canary: every hour a message of our own through every channel, seen to arrive or missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from portal.core import clock
from portal.core.errors import ExternalServiceError
from portal.notifications.channels import Outgoing, channels
from portal.notifications.channels.email.bounces import read_reference
from portal.notifications.models import Canary
from portal.notifications.notice import Notice

EVENT = "account.canary"
SUBJECT = "Thử đường gửi thông báo"
BODY = "Tin thử mỗi giờ của cổng dịch vụ công. Không cần trả lời."
LOOK_BACK = timedelta(hours=3)
MOST_FILES = 2000
CLOCKS_DIFFER_S = 10
HEAD_BYTES = 16384


def canary_due() -> int:
    """Send this hour's trial through every channel that is set up, and look for trials that arrived.

    One row a channel and hour, whoever asks and how often; a trial that did not leave is tried again with the same
    reference until the hour is over. Returns how many left now.
    """
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    notice = _build_notice()
    keys = [key for key, channel in channels.items() if channel.connect and channel.reaches(notice)]
    rows = [Canary(channel=key, hour=hour, reference=f"canary.{hour:%Y%m%d%H}.{key}") for key in keys]
    Canary.objects.bulk_create(rows, ignore_conflicts=True)
    waiting = Canary.objects.filter(hour=hour, sent_at=None, channel__in=keys)
    sent = sum(_send(canary) for canary in waiting.order_by("channel"))
    look_for_mail()
    return sent


def _build_notice() -> Notice:
    return Notice(
        event=EVENT,
        event_key=EVENT,
        recipient_key=EVENT,
        context={},
        email=settings.CANARY_EMAIL or None,
        phone=settings.CANARY_PHONE or None,
    )


def _send(canary: Canary) -> bool:
    channel = channels.get(canary.channel)
    outgoing = Outgoing(
        reference=canary.reference,
        address={"email": settings.CANARY_EMAIL, "phone": settings.CANARY_PHONE},
        subject=SUBJECT,
        body=BODY,
        event=EVENT,
        context={"status_label": "Tin thử"},
        provider=channel.choose_provider(),
    )
    row = Canary.objects.filter(pk=canary.pk, sent_at=None)
    if channel.connect is None:
        return False
    try:
        with channel.connect() as send:
            send(outgoing)
    except ExternalServiceError as error:
        row.update(error=error.code[:60])
        return False
    return row.update(sent_at=clock.now(), error="") == 1


def look_for_mail() -> int:
    """Look for trial mails in the mailbox they go to, where this installation can read it; return how many came."""
    folder = settings.CANARY_MAILBOX
    since = clock.now() - LOOK_BACK
    missing = Canary.objects.filter(channel="email", sent_at__gte=since, arrived_at=None).order_by("sent_at")
    awaited = {canary.reference: canary for canary in missing}
    if not awaited or folder is None:
        return 0
    first = next(iter(awaited.values())).sent_at or since
    found = {reference for reference in _list_references(Path(folder), first) if reference in awaited}
    return Canary.objects.filter(reference__in=found, arrived_at=None).update(arrived_at=clock.now())


def _list_references(folder: Path, since: datetime) -> Iterator[str]:
    """References of the mails that came since then, oldest first: a trial comes soon after it left."""
    oldest = since.timestamp() - CLOCKS_DIFFER_S
    files = sorted((file.stat().st_mtime, file) for file in folder.glob("*.eml"))
    for _at, file in [pair for pair in files if pair[0] >= oldest][:MOST_FILES]:
        with file.open("rb") as mail:
            yield read_reference(mail.read(HEAD_BYTES))
