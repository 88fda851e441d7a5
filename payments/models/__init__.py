"""Attempts to pay, receipts, the ledger, refunds, the till, and what banks and gateways report."""

from payments.models.desk import CashSession
from payments.models.differences import Difference, SettlementFile
from payments.models.gateways import GatewayAccount, GatewayEvent, Payment
from payments.models.ledger import LedgerEntry
from payments.models.post import PostCollection
from payments.models.receipts import Receipt
from payments.models.refunds import Refund
from payments.models.statements import BankStatement, StatementLine, StatementMapping

__all__ = [
    "BankStatement",
    "CashSession",
    "Difference",
    "GatewayAccount",
    "GatewayEvent",
    "LedgerEntry",
    "Payment",
    "PostCollection",
    "Receipt",
    "Refund",
    "SettlementFile",
    "StatementLine",
    "StatementMapping",
]
