"""Contracts of the demo: VNPAY for the city and one commune, a bank account for the city and for phường Ninh Kiều."""

from collections.abc import Mapping

from payments.services.accounts import add_account, list_accounts
from portal.accounts.actor import Actor
from portal.accounts.models import Agency
from portal.demo.seeds import codes
from portal.demo.simulators.vnpay.merchants import COMMUNE, PROVINCE, Merchant

BANK = {"bank": "970436", "account": "0011004000001", "holder": "UBND THANH PHO CAN THO"}
COMMUNE_BANK = {"bank": "970405", "account": "1890201000001", "holder": "UBND PHUONG NINH KIEU"}
"""No accounts of anybody: Vietcombank and Agribank, invented numbers. The commune's desk reads its own statements."""


def seed_contracts(places: Mapping[str, Agency]) -> int:
    """How many are new. A contract that is there, active or not, stays as it is."""
    wanted: tuple[tuple[str, str, Mapping[str, str], Mapping[str, str]], ...] = (
        (codes.PROVINCE, "vnpay", *_with_secret(PROVINCE)),
        (codes.OTHER_COMMUNE, "vnpay", *_with_secret(COMMUNE)),
        (codes.PROVINCE, "vietqr", BANK, {}),
        (codes.COMMUNE, "vietqr", COMMUNE_BANK, {}),
    )
    known = {(row.agency.code, row.gateway) for row in list_accounts()}
    missing = [row for row in wanted if row[:2] not in known]
    for code, gateway, details, secrets in missing:
        add_account(
            agency_id=places[code].pk,
            gateway_key=gateway,
            details=details,
            secrets=secrets,
            actor=Actor.system(),
        )
    return len(missing)


def _with_secret(merchant: Merchant) -> tuple[dict[str, str], dict[str, str]]:
    return {"tmn_code": merchant.code}, {"hash_secret": merchant.secret}
