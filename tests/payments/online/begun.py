"""Fees that wait to be paid online, attempts that have begun, and VNPAY's voice with a true signature."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from dossiers import commands as c
from dossiers.models import Dossier, Fee
from dossiers.services import filing
from payments.gateways.base import PayState, Verdict
from payments.gateways.registry import gateways
from payments.gateways.vnpay.signing import HASH, sign_parameters
from payments.models import GatewayAccount, LedgerEntry, Payment
from payments.services.confirming import take_server_message
from payments.services.paying import Payer, start_payment
from portal.accounts.models import Agency
from portal.core import clock
from tests.factories.catalogue import make_document, publish
from tests.payments.owed import LE_PHI, PHI, Desk, Owed, make_agency, make_desk

GATEWAY, SECRET = "vnpay", "S" * 32
PAID, CANCELLED, REFUSED, UNDECIDED = "00", "24", "51", "07"
STATUS_OF = {PAID: "00", UNDECIDED: "07"}
FEES = ({**PHI, "mode": "before"}, {**LE_PHI, "mode": "before"})
UNKNOWN_FEE = {**PHI, "mode": "before", "amount": None}
_keys, _merchants = count(1), count(10_000_000)
_SHOWN = {"key": "giay", "name": {"vi": "Giấy tờ tùy thân"}, "mode": "present"}
_FORM = {
    "pages": [
        {
            "key": "person",
            "title": {"vi": "Người nộp"},
            "fields": [
                {"key": "full_name", "type": "person_name", "label": {"vi": "Họ và tên"}, "required": True}
            ],
        }
    ],
    "parties": [{"role": "owner", "kind": "person", "page": "person", "map": {"name": "full_name"}}],
}


@dataclass(frozen=True)
class OnlineDesk:
    """A commune with a contract, and a level-4 procedure with a fee before acceptance."""

    desk: Desk
    account: GatewayAccount


@dataclass(frozen=True)
class Begun:
    """A dossier that waits for 15.000 đ, and the owner's attempt to pay it online."""

    owed: Owed
    account: GatewayAccount
    payment: Payment

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(pk=self.owed.dossier.pk)

    @property
    def fee(self) -> Fee:
        return Fee.objects.get(pk=self.payment.fee_id)

    def again(self) -> Payment:
        return Payment.objects.get(pk=self.payment.pk)

    def say(self, code: str = PAID, **changes: str) -> str:
        """A server message, as a query string."""
        return say(self.payment, self.account, code, **changes)

    def send(self, code: str = PAID, **changes: str) -> str:
        """Sent to the portal; what it answered."""
        return take_server_message(GATEWAY, self.say(code, **changes))["RspCode"]


def make_contract(agency: Agency, merchant: str = "", secret: str = SECRET) -> GatewayAccount:
    now = clock.now()
    return GatewayAccount.objects.create(
        agency=agency,
        gateway=GATEWAY,
        merchant=merchant or str(next(_merchants)),
        secrets={"hash_secret": secret},
        created_at=now,
        changed_at=now,
    )


def make_online_desk(
    *fees: dict[str, Any], level: int = 4, has_contract: bool = True, **contract: str
) -> OnlineDesk:
    desk = make_desk(agency=make_agency())
    document = make_document(level=level, requirements=[_SHOWN], form=_FORM, fees=list(fees or FEES))
    code = publish(document).procedure.code
    account = make_contract(desk.agency, **contract) if has_contract else GatewayAccount()
    return OnlineDesk(replace(desk, procedure_code=code), account)


def make_waiting(place: OnlineDesk) -> Owed:
    """Filed online by the owner: the dossier waits for its fee."""
    desk, key = place.desk, f"begun-{next(_keys)}"
    request = c.FilingRequest(
        procedure_code=desk.procedure_code,
        case_key="",
        agency_code=desk.agency.code,
        answers={"full_name": desk.owner.full_name},
        uploads=(),
        parties=(),
        papers=(),
        channel="online",
    )
    return Owed(desk, filing.file_dossier(request, actor=desk.owner_actor, key=key, body={"key": key}))


def begin(place: OnlineDesk, owed: Owed | None = None, **wanted: Any) -> Begun:
    owed = owed or make_waiting(place)
    payer = wanted.pop("payer", Payer(actor=owed.desk.owner_actor, client_ip="203.0.113.7"))
    payment = start_payment(owed.fee.pk, payer=payer, gateway=GATEWAY, **wanted)
    return Begun(owed, place.account, payment)


def say(payment: Payment, account: GatewayAccount, code: str = PAID, **changes: str) -> str:
    """What VNPAY says about an attempt; changed parameters are signed too, unless the signature itself is given."""
    said: Mapping[str, str] = {
        "vnp_TmnCode": account.merchant,
        "vnp_TxnRef": payment.reference,
        "vnp_Amount": str(payment.amount * 100),
        "vnp_ResponseCode": code,
        "vnp_TransactionStatus": STATUS_OF.get(code, "02"),
        "vnp_TransactionNo": "14226112",
        "vnp_BankCode": "NCB",
        "vnp_PayDate": "20261123143500",
        **changes,
    }
    signed = {HASH: sign_parameters(said, SECRET), **said}
    return urlencode({name: value for name, value in signed.items() if value})


def answer_with(monkeypatch: pytest.MonkeyPatch, *verdicts: Verdict) -> list[str]:
    """VNPAY answers each question with the next verdict, the last one for ever; returns the references asked about."""
    asked: list[str] = []

    def ask(_contract: object, reference: str, _created_at: object, _ip: str) -> Verdict:
        asked.append(reference)
        return verdicts[min(len(asked), len(verdicts)) - 1]

    monkeypatch.setitem(gateways._items, GATEWAY, replace(gateways.get(GATEWAY), ask=ask))
    return asked


def paid(payment: Payment) -> Verdict:
    return Verdict(PayState.PAID, payment.amount, "14226112", "NCB", "00", clock.now())


def book_of() -> dict[str, int]:
    """Balance of every account that moved."""
    found: dict[str, int] = {}
    for account, amount in LedgerEntry.objects.values_list("account", "amount"):
        found[account] = found.get(account, 0) + amount
    return {account: amount for account, amount in found.items() if amount}
