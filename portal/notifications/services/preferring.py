"""A person says how to be told."""

from collections.abc import Iterable
from uuid import UUID

from portal.core import clock
from portal.core.locking import durable
from portal.notifications.choices import DeliveryStatus, Hold
from portal.notifications.models import Delivery, NoticePreference
from portal.notifications.preferences import SWITCHABLE, Wants
from portal.notifications.services.waking import wake_after_commit


def set_preferences(user_id: UUID, *, off: Iterable[str], digest: bool) -> Wants:
    """Store how this account wants to be told; channels that cannot be switched off are ignored.

    Who asks for no digest any more gets at once what waited for it. Whoever saves last wins; a repeat is harmless.
    """
    wanted = Wants(frozenset(off).intersection(SWITCHABLE), digest and "email" not in frozenset(off))
    row = NoticePreference(
        user_id=user_id, off=sorted(wanted.off), digest=wanted.digest, changed_at=clock.now()
    )
    fields = ["off", "digest", "changed_at"]
    with durable():
        NoticePreference.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["user_id"], update_fields=fields
        )
        if not wanted.digest:
            _release(user_id)
    return wanted


def _release(user_id: UUID) -> None:
    held = Delivery.objects.filter(status=DeliveryStatus.PENDING, hold=Hold.DIGEST, message__user_id=user_id)
    if held.update(hold="", not_before=clock.now()):
        wake_after_commit()
