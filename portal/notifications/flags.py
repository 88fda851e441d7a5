"""Which of some addresses are believed not to work, for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.notifications.addresses import index_address
from portal.notifications.choices import FlagReason
from portal.notifications.models import AddressFlag


@dataclass(frozen=True, slots=True)
class Flag:
    """`channel`: email or sms; `address`: as it was asked for; `reason`: in words; `code`: e.g. smtp_550."""

    channel: str
    address: str
    reason: str
    code: str
    at: datetime


def list_flags(addresses: Iterable[tuple[str, str]]) -> tuple[Flag, ...]:
    """The open flags of these (channel, address) pairs, channel being email, sms or zalo. One query, or none.

    It is asked with the addresses of today, so a corrected one has no flag.
    """
    asked = {index_address(channel, address): address for channel, address in addresses if address}
    if not asked:
        return ()
    rows = AddressFlag.objects.filter(address_index__in=list(asked), cleared_at=None).order_by("at")
    return tuple(
        Flag(row.channel, asked[row.address_index], str(FlagReason(row.reason).label), row.code, row.at)
        for row in rows
    )
