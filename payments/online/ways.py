"""How a fee can be paid from afar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payments.gateways.registry import gateways
from payments.services.accounts import find_contract, list_ways
from payments.statements.qr import build_transfer
from procedures import selectors as catalogue

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from payments.statements.qr import TransferQr

TRANSFER = "vietqr"


@dataclass(frozen=True, slots=True)
class OnlineWay:
    """A gateway whose page takes the money."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What the agency has contracts for; all of it empty below level 4."""

    online: tuple[OnlineWay, ...] = ()
    transfer: TransferQr | None = None


def find_ways(dossier: Dossier, fee: Fee) -> Ways:
    """How this fee can be paid from afar: level 4, and the agency has a contract. Two queries at most.

    `dossier` comes with its agency. A bank transfer carries no signed word of the bank: it is matched by its memo.
    """
    agency = dossier.agency
    if agency is None or not allows_online(dossier):
        return Ways()
    keys = list_ways(agency)
    pages = (gateways.get(key) for key in keys)
    online = tuple(OnlineWay(page.key, str(page.label)) for page in pages if page.has_page)
    bank = find_contract(agency, TRANSFER) if TRANSFER in keys else None
    return Ways(online, build_transfer(fee, bank) if bank else None)


def allows_online(dossier: Dossier) -> bool:
    """Does the service level let a citizen pay online? Source: Decree 43/2011/NĐ-CP Art. 3."""
    return catalogue.get_content(dossier.procedure_version_id).level.can_pay_online
