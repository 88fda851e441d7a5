"""Addresses of deliveries: how they are found without being shown."""

from portal.core.sealed import blind_index
from portal.notifications.channels import channels
from portal.notifications.models import Delivery

_PURPOSE = "notice_address"


def index_address(channel: str, address: str) -> bytes:
    """The blind index of an address, written as its channel writes it; one index for SMS and Zalo."""
    kind = channels.get(channel)
    return blind_index(kind.clean_address(address), f"{_PURPOSE}:{kind.address_key}")


def read_address(delivery: Delivery) -> str:
    """Where this delivery goes, as it was given."""
    return delivery.message.address.get(channels.get(delivery.channel).address_key, "")


def index_of(delivery: Delivery) -> bytes:
    """The blind index of the address this delivery goes to."""
    return index_address(delivery.channel, read_address(delivery))


def has_address(delivery: Delivery) -> bool:
    """Is there an address its channel can write?"""
    return bool(channels.get(delivery.channel).clean_address(read_address(delivery)))


def build_flag_key(channel: str) -> str:
    """Zalo and SMS go to one telephone: its flag is kept once, as `sms`."""
    return "sms" if channel == "zalo" else channel
