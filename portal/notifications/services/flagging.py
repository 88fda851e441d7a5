"""Addresses that did not take a notice: flagged for the desk, cleared when one works."""

from collections.abc import Iterable

from portal.core import clock
from portal.notifications.addresses import build_flag_key, index_address, index_of, read_address
from portal.notifications.choices import FlagReason
from portal.notifications.models import AddressFlag, Delivery


def flag_address(channel: str, address: str, reason: str, code: str = "") -> None:
    """Flag one address of one channel (email, sms or zalo). A repeat changes nothing while the flag stands."""
    flag = AddressFlag(
        channel=build_flag_key(channel),
        address_index=index_address(channel, address),
        reason=FlagReason(reason),
        code=code[:60],
        at=clock.now(),
    )
    AddressFlag.objects.bulk_create([flag], ignore_conflicts=True)


def flag_delivery(delivery: Delivery, reason: str, code: str = "") -> None:
    """Flag the address that this delivery went to."""
    flag_address(delivery.channel, read_address(delivery), reason, code)


def clear_flags(deliveries: Iterable[Delivery], *, reasons: Iterable[str] = tuple(FlagReason)) -> int:
    """Forget the flags of addresses that took a notice; return how many there were. A repeat is harmless."""
    found = {(build_flag_key(delivery.channel), index_of(delivery)) for delivery in deliveries}
    cleared = 0
    for kind in {kind for kind, _index in found}:
        indexes = [index for each, index in found if each == kind]
        flags = AddressFlag.objects.filter(channel=kind, address_index__in=indexes, cleared_at=None)
        cleared += flags.filter(reason__in=list(reasons)).update(cleared_at=clock.now())
    return cleared
