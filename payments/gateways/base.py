"""What a gateway is to the portal: plain values and five questions. No database here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import parse_qsl
from uuid import UUID

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_PARAMETERS = 60
LONGEST_QUERY = 8192
"""Characters of a query string of a server message; a longer one is refused unread."""


class BadSignature(Exception):  # noqa: N818 - the name says what happened
    """A message that its gateway did not sign, or that cannot be read as one. `str()` is safe to log."""


class PayState(StrEnum):
    """What a gateway said about one payment.

    `pending`: nothing was paid so far (also where it does not know the reference yet); `unknown`: it could not be
    asked, or its answer says neither paid nor unpaid. Only `paid` and `failed` are final for the gateway.
    """

    PAID = "paid"
    FAILED = "failed"
    PENDING = "pending"
    UNKNOWN = "unknown"


class RefundState(StrEnum):
    """What a gateway said about one order to give money back.

    `accepted`: it has the order and works on it; `absent`: asked, and it has no such order; `unknown`: ask again,
    never order again under another number.
    """

    DONE = "done"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Reply(StrEnum):
    """What the portal makes of a server message; each gateway has its own words for it (`build_reply`)."""

    CONFIRMED = "confirmed"
    UNKNOWN_REFERENCE = "unknown_reference"
    ALREADY_CONFIRMED = "already_confirmed"
    WRONG_AMOUNT = "wrong_amount"
    BAD_SIGNATURE = "bad_signature"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Contract:
    """An agency's contract with a gateway, opened. `details` may be shown, `secrets` sign and are never printed."""

    account_id: UUID
    agency_id: int
    gateway: str
    merchant: str
    details: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """One attempt to pay, as the gateway is told of it. `amount` in đồng; `language` vi or en."""

    reference: str
    amount: int
    purpose: str
    return_url: str
    client_ip: str
    created_at: datetime
    expires_at: datetime
    language: str = "vi"
    bank_code: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A gateway's word on one payment. `amount` in đồng, None where it named none in whole đồng."""

    state: PayState
    amount: int | None = None
    gateway_number: str = ""
    bank_code: str = ""
    code: str = ""
    paid_at: datetime | None = None

    @property
    def is_paid(self) -> bool:
        """Did the gateway say that the money came?"""
        return self.state == PayState.PAID


@dataclass(frozen=True, slots=True)
class ServerMessage:
    """A message of a gateway with a true signature. `content`: what it said, without the signature."""

    contract: Contract
    reference: str
    verdict: Verdict
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """Money back for one payment. `request_number` stays the same at every repeat of this order.

    `amount` is given back, `paid_amount` was paid, both in đồng; `paid_created_at` is when the gateway was told of
    the payment, `ordered_by` the login name of who decided, `earlier_numbers` the gateway's numbers of refunds that
    this payment has already.
    """

    request_number: str
    reference: str
    gateway_number: str
    amount: int
    paid_amount: int
    paid_created_at: datetime
    ordered_at: datetime
    ordered_by: str
    purpose: str
    ip: str = "127.0.0.1"
    earlier_numbers: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Is all that was paid given back at once?"""
        return self.amount == self.paid_amount


@dataclass(frozen=True, slots=True)
class RefundVerdict:
    """A gateway's word on an order to give money back."""

    state: RefundState
    code: str = ""
    gateway_number: str = ""


@dataclass(frozen=True, slots=True)
class ContractField:
    """One thing a contract consists of. `pattern`: a regular expression the whole value must match."""

    name: str
    label: StrOrPromise
    hint: StrOrPromise
    pattern: str
    refusal: StrOrPromise
    is_secret: bool = False
    names_merchant: bool = False
    """The values of such fields, joined by a hyphen, are how messages name the contract; they never change."""


def cannot(*_arguments: object) -> NoReturn:
    """Stands where a gateway has no such question."""
    raise RuntimeError("this gateway cannot be asked that: look at can_query and has_page first")


@dataclass(frozen=True, slots=True)
class Gateway:
    """One way to pay from afar. `has_page`: people leave for its page; `can_query`: it answers about a payment."""

    key: str
    label: StrOrPromise
    fields: tuple[ContractField, ...]
    has_page: bool = False
    can_query: bool = False
    can_refund: bool = False
    build_payment_url: Callable[[Contract, PaymentRequest], str] = cannot
    read_server_message: Callable[[Mapping[str, str], Callable[[str], Contract | None]], ServerMessage] = (
        cannot
    )
    """Raises BadSignature for a forged message and for one of a merchant that nobody knows."""
    build_reply: Callable[[Reply], dict[str, str]] = cannot
    ask: Callable[[Contract, str, datetime, str], Verdict] = cannot
    """Contract, reference, when the gateway was told of it, our address. Never raises for the network."""
    refund: Callable[[Contract, RefundOrder], RefundVerdict] = cannot
    ask_refund: Callable[[Contract, RefundOrder], RefundVerdict] = cannot
    explain: Callable[[str], str] = cannot
    """A gateway's code as a sentence for people, in the language of whoever reads it now."""


def parse_query(query: str) -> dict[str, str]:
    """The parameters of a raw query string, each exactly once. Raises BadSignature for anything else.

    Frameworks keep the last of two values and signatures are over all of them, so a repeated name is refused.
    """
    if len(query) > LONGEST_QUERY:
        raise BadSignature("the query is too long")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise BadSignature("the query cannot be read") from error
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadSignature("a parameter stands twice")
    return found
