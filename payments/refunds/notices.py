"""What the payer is told about money that goes back: when it is decided, and when it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from dossiers import notices as dossiers
from dossiers.notices import Recipient
from payments.refunds.telling import say_way
from portal.accounts import selectors as accounts
from portal.core.errors import NotFound
from portal.core.money import format_vnd
from portal.notifications import services as notifications
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.notice import Notice

if TYPE_CHECKING:
    from dossiers.work import Work
    from payments.models import Refund

DECIDED, PAID = "payment.refund_decided", "payment.refund_paid"
SAMPLE = {**dossiers.SAMPLE, "way": "Mời bạn đến quầy nhận tiền mặt, mang theo giấy tờ tùy thân."}
notice_events.register(DECIDED, NoticeEvent(sample=SAMPLE, group="money", asks=True))
notice_events.register(PAID, NoticeEvent(sample=SAMPLE, group="money"))


def tell_decided(work: Work, refund: Refund) -> None:
    """Step: two people agreed that money goes back."""
    _tell(work, refund, DECIDED, "decided")


def tell_paid(work: Work, refund: Refund) -> None:
    """Step: the money has left."""
    _tell(work, refund, PAID, "paid")


def _tell(work: Work, refund: Refund, event: str, what: str) -> None:
    """`what` with the refund's id is the key: each payer is told once of each."""
    notifications.record_notices([_build(work, refund, event, what, to) for to in _find_payers(work, refund)])


def _find_payers(work: Work, refund: Refund) -> list[Recipient]:
    """The account that paid, else who filed: money that a stranger paid by link is asked back through them."""
    user_id = refund.payment.payer_user_id if refund.payment else None
    if user_id is None:
        return dossiers.list_recipients(work.dossier)
    try:
        user = accounts.get_user(user_id)
    except NotFound:
        return dossiers.list_recipients(work.dossier)
    return [dossiers.build_recipient(user)]


def _build(work: Work, refund: Refund, event: str, what: str, to: Recipient) -> Notice:
    with translation.override(to.language):
        words = {
            **dossiers.build_words(work.dossier, work.content),
            "amount": format_vnd(refund.amount),
            "way": say_way(refund.way),
        }
    return Notice(
        event=event,
        event_key=f"refund:{refund.pk}:{what}",
        recipient_key=to.key,
        context={**words, "recipient_name": to.name},
        email=to.email,
        phone=to.phone,
        user_id=to.user_id,
        language=to.language,
        subject_key=f"dossier:{work.dossier.pk}",
    )
