"""Which ways a notice takes: the cheapest that reach the person, and what takes the place of one that failed. Pure.

An inbox on the portal and an e-mail cost nothing. Zalo costs less than an SMS. So a telephone is asked only where no
e-mail goes out, Zalo first, and an SMS only for what asks its reader to act or names a date.
"""

from collections.abc import Collection
from typing import Final

PHONE: Final = ("zalo", "sms")
INSTEAD: Final = {"zalo": ("sms", "email"), "sms": ("email",), "email": ("zalo", "sms")}
"""What may take the place of a channel that refused for good, in order."""


def choose_channels(
    reaching: Collection[str], *, off: Collection[str] = (), asks: bool = False
) -> tuple[str, ...]:
    """The channels of a new notice.

    reaching: channels that have an address and are set up; off: those the person switched off, which never is the
    inbox; asks: the event needs an act or names a date.
    """
    wanted = {channel for channel in reaching if channel == "inapp" or channel not in off}
    chosen: list[str] = [channel for channel in ("email", "inapp") if channel in wanted]
    if "email" not in wanted:
        phone = next((channel for channel in PHONE if channel in wanted), "")
        chosen += [phone] if phone == "zalo" or (phone and asks) else []
    return tuple(chosen)


def choose_instead(
    failed: str, *, reaching: Collection[str], taken: Collection[str], off: Collection[str] = ()
) -> str:
    """The channel that takes the place of one that failed for good; empty when none is left.

    taken: channels this message has had, each of which it gets once.
    """
    open_ones = (each for each in INSTEAD.get(failed, ()) if each in reaching and each not in {*taken, *off})
    return next(open_ones, "")
