"""What providers and mail servers report later: it arrived, it was read, it was lost. Every report may come again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.core import clock
from portal.core.locking import durable, lock_rows
from portal.notifications.addresses import read_address
from portal.notifications.channels.email.bounces import LARGEST_MAIL, Bounce, read_bounces, read_reference
from portal.notifications.channels.email.smtp import clean_email
from portal.notifications.choices import DeliveryStatus, FlagReason, ReceiptState
from portal.notifications.models import Canary, Delivery
from portal.notifications.reasons import is_bad_address
from portal.notifications.services.flagging import clear_flags, flag_delivery
from portal.notifications.services.settling import replace_channel
from portal.notifications.services.waking import wake

MOST_FILES = 200
_FREE = {"lease": None, "leased_until": None, "begun_at": None}
_ORDER = ("", ReceiptState.LOST, ReceiptState.RECEIVED, ReceiptState.READ)


@dataclass(frozen=True)
class Receipt:
    """One report. reference: ours, empty where the provider only knows its own number; code: why it was lost."""

    reference: str
    number: str
    state: ReceiptState
    code: str = ""


def store_receipt(provider: str, receipt: Receipt) -> None:
    """Note what became of one delivery. Unknown ones are ignored alike; a repeat or an older report changes nothing.

    A report proves that the provider took the message, so an attempt whose answer was lost is over with it. What was
    lost gets another channel in its place, in the same transaction. Locks the delivery.
    """
    if _note_canary(receipt):
        return
    with durable():
        found = Delivery.objects.filter(provider=provider)
        found = (
            found.filter(reference=receipt.reference)
            if receipt.reference
            else found.filter(provider_number=receipt.number).exclude(provider_number="")
        )
        rows = lock_rows(found.select_related("message"))
        changed = [row for row in rows if _note(row, receipt)]
    for row in changed:
        _tell_address(row, receipt)


def _note(row: Delivery, receipt: Receipt) -> bool:
    if _ORDER.index(receipt.state) <= _ORDER.index(row.receipt):
        return False
    now = clock.now()
    changes: dict[str, Any] = {"receipt": receipt.state, "receipt_at": now}
    if row.status != DeliveryStatus.DELIVERED:
        changes |= {"status": DeliveryStatus.DELIVERED, "delivered_at": now, "last_error": "", **_FREE}
        changes["provider_number"] = row.provider_number or receipt.number[:80]
    if receipt.state == ReceiptState.LOST:
        changes["last_error"] = receipt.code[:60]
        replace_channel(row, now)
    Delivery.objects.filter(pk=row.pk).update(**changes)
    return True


def _tell_address(row: Delivery, receipt: Receipt) -> None:
    if receipt.state != ReceiptState.LOST:
        clear_flags([row])
        return
    if is_bad_address(receipt.code):
        reason = FlagReason.BOUNCED if row.channel == "email" else FlagReason.NO_SUCH_NUMBER
        flag_delivery(row, reason, receipt.code)
    wake()


def _note_canary(receipt: Receipt) -> bool:
    if not receipt.reference.startswith("canary."):
        return False
    if receipt.state != ReceiptState.LOST:
        Canary.objects.filter(reference=receipt.reference, arrived_at=None).update(arrived_at=clock.now())
    return True


def receive_mail(raw: bytes) -> int:
    """Take one mail that came back, or a trial mail that arrived; return how many deliveries it speaks of."""
    bounces = read_bounces(raw)
    for bounce in bounces:
        _note_bounce(bounce)
    if not bounces:
        _note_canary(Receipt(read_reference(raw), "", ReceiptState.RECEIVED))
    return len(bounces)


def _note_bounce(bounce: Bounce) -> None:
    """Believed only where it names the mail's own recipient: anybody may write to the address bounces go to."""
    row = (
        Delivery.objects.filter(reference=bounce.reference, channel="email").select_related("message").first()
    )
    if row is None or clean_email(read_address(row)) != bounce.recipient:
        return
    store_receipt(row.provider, Receipt(bounce.reference, "", ReceiptState.LOST, bounce.code))


def read_bounces_due() -> int:
    """Read the mails that the mail server left in the folder, oldest first; return how many.

    A file goes only after what it says is stored, so a killed worker reads it again, which is harmless. What cannot
    be read goes too: it stands in the mail server's log.
    """
    folder = Path(settings.BOUNCES_DIR)
    files = sorted((*folder.glob("*.eml"), *folder.glob("new/*")))[:MOST_FILES]
    for file in files:
        try:
            with file.open("rb") as mail:
                raw = mail.read(LARGEST_MAIL)
        except FileNotFoundError:  # another worker was faster
            continue
        receive_mail(raw)
        file.unlink(missing_ok=True)
    return len(files)
