"""How a person wants to be told: channels switched off, and one e-mail a day instead of many."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from portal.notifications.models import NoticePreference

ALWAYS_ON: Final = frozenset({"inapp"})
"""The inbox on the portal: what the State told somebody stays readable there."""
SWITCHABLE: Final = ("email", "sms", "zalo")


@dataclass(frozen=True, slots=True)
class Wants:
    """`off`: channel keys not to be used; `digest`: e-mails of a day go together in one."""

    off: frozenset[str] = frozenset()
    digest: bool = False


EVERYTHING: Final = Wants()


def wants(user_id: UUID | None) -> Wants:
    """How this account wants to be told; everything where it never said. One query, none without an account.

    Takes no lock: a change made while a notice is being recorded counts from the next notice on.
    """
    if user_id is None:
        return EVERYTHING
    row = NoticePreference.objects.filter(pk=user_id).first()
    return EVERYTHING if row is None else read_wants(row)


def read_wants(row: NoticePreference) -> Wants:
    """What a stored row says; unknown channels and those always on are left out."""
    return Wants(frozenset(row.off).intersection(SWITCHABLE), row.digest)
