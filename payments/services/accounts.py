"""Contracts of agencies with gateways and banks: which one holds, and who changes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from payments.gateways.base import Contract, Gateway
from payments.gateways.contracts import Judged, judge_contract
from payments.gateways.registry import gateways
from payments.models import GatewayAccount
from portal.accounts.actor import Actor
from portal.accounts.selectors import access_agency
from portal.accounts.services.rights import leave_trail, require_site_admin
from portal.core import clock
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.core.locking import durable, lock_rows

if TYPE_CHECKING:
    from portal.accounts.models import Agency

_ONE_ACTIVE, _MERCHANT_ONCE = "gateway_account_one_active", "gateway_account_merchant_once"


def open_contract(account: GatewayAccount) -> Contract:
    """The contract of a row, its secrets opened; also of one that is switched off, for what it began."""
    return Contract(
        account_id=account.pk,
        agency_id=account.agency_id,
        gateway=account.gateway,
        merchant=account.merchant,
        details=account.details,
        secrets=account.secrets or {},
    )


def find_contract(agency: Agency, gateway_key: str) -> Contract | None:
    """The active contract of the agency or of the nearest agency above it that has one. One query."""
    rows = _list_active_over(agency, gateway=gateway_key)
    nearest = max(rows, key=lambda row: len(row.agency.path), default=None)
    return open_contract(nearest) if nearest else None


def find_by_merchant(gateway_key: str, merchant: str) -> Contract | None:
    """The contract that a gateway's message names. One that is switched off still reads its late messages."""
    rows = GatewayAccount.objects.filter(gateway=gateway_key, merchant=merchant)
    newest = rows.order_by("-is_active", "-changed_at").first()
    return open_contract(newest) if newest else None


def list_ways(agency: Agency) -> tuple[str, ...]:
    """Keys of the gateways through which fees of this agency can be paid, sorted. One query."""
    return tuple(sorted({row.gateway for row in _list_active_over(agency) if row.gateway in gateways}))


def list_accounts() -> list[GatewayAccount]:
    """Every contract with its agency, in order of the tree, active ones first. One query."""
    rows = GatewayAccount.objects.select_related("agency").defer("secrets")
    return list(rows.order_by("agency__path", "gateway", "-is_active", "-created_at"))


def access_account(actor: Actor, account_id: UUID) -> GatewayAccount:
    """One contract with its agency, for a site admin. Raises Forbidden, NotFound."""
    require_site_admin(actor)
    account = GatewayAccount.objects.select_related("agency").filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def add_account(
    *, agency_id: int, gateway_key: str, details: Mapping[str, str], secrets: Mapping[str, str], actor: Actor
) -> GatewayAccount:
    """A contract from now on. The secrets go into the sealed field and nowhere else.

    A gateway's message names the merchant alone, so no two active contracts share one. Raises Forbidden, NotFound
    (the agency), RuleViolation (fields), Conflict `account_exists` or `merchant_taken`: a repeat is refused.
    """
    require_site_admin(actor)
    agency, judged = access_agency(agency_id), _judge(_get_gateway(gateway_key), details, secrets)
    at = clock.now()
    account = GatewayAccount(
        agency=agency,
        gateway=gateway_key,
        merchant=judged.merchant,
        details=dict(judged.details),
        secrets=dict(judged.secrets) or None,
        created_at=at,
        changed_at=at,
    )
    with durable():
        _save(account, force_insert=True)
        _leave_trail(actor, "added", account)
    return account


def change_account(
    account_id: UUID,
    *,
    details: Mapping[str, str],
    secrets: Mapping[str, str],
    row_version: int,
    actor: Actor,
) -> GatewayAccount:
    """Change what a contract says; a secret left empty stays. What names the merchant never changes.

    Payments that are under way are asked about under the same name, hence the last rule. `row_version` is what the
    admin saw. Locks the contract. Raises Forbidden, NotFound, Conflict, RuleViolation (fields; `merchant_fixed`).
    """
    require_site_admin(actor)
    with durable():
        account = _lock(account_id, row_version)
        judged = _judge(_get_gateway(account.gateway), details, secrets, keeps_secrets=True)
        if judged.merchant != account.merchant:
            raise RuleViolation(
                "merchant_fixed",
                _("Mã định danh của hợp đồng không đổi được. Hãy tắt hợp đồng này và thêm hợp đồng mới."),
            )
        account.details = dict(judged.details)
        account.secrets = {**(account.secrets or {}), **judged.secrets} or None
        _save(account)
        _leave_trail(actor, "changed", account, new_secrets=sorted(judged.secrets))
    return account


def switch_account(account_id: UUID, *, is_active: bool, row_version: int, actor: Actor) -> GatewayAccount:
    """Switch a contract on or off. What was begun under it is still confirmed and asked about.

    Locks the contract. Raises Forbidden, NotFound, Conflict (`conflict`, `account_exists`, `merchant_taken`). To the
    state that it has already: harmless.
    """
    require_site_admin(actor)
    with durable():
        account = _lock(account_id, row_version)
        if account.is_active != is_active:
            account.is_active = is_active
            _save(account)
            _leave_trail(actor, "switched_on" if is_active else "switched_off", account)
    return account


def _list_active_over(agency: Agency, **conditions: Any) -> list[GatewayAccount]:
    """Active contracts of the agency and of all above it."""
    over = [int(part) for part in agency.path.split("/") if part]
    rows = GatewayAccount.objects.filter(agency__in=over, is_active=True, **conditions)
    return list(rows.select_related("agency"))


def _get_gateway(key: str) -> Gateway:
    if key not in gateways:
        raise RuleViolation(errors={"gateway": [_("Hãy chọn một cổng thanh toán trong danh sách.")]})
    return gateways.get(key)


def _judge(
    gateway: Gateway, details: Mapping[str, str], secrets: Mapping[str, str], *, keeps_secrets: bool = False
) -> Judged:
    judged = judge_contract(gateway, details, secrets, keeps_secrets=keeps_secrets)
    if judged.errors:
        raise RuleViolation(errors=judged.errors)
    return judged


def _lock(account_id: UUID, row_version: int) -> GatewayAccount:
    rows = lock_rows(GatewayAccount.objects.select_related("agency").filter(pk=account_id))
    if not rows:
        raise NotFound
    [account] = rows
    if account.row_version != row_version:
        raise Conflict
    account.row_version += 1
    account.changed_at = clock.now()
    return account


def _save(account: GatewayAccount, *, force_insert: bool = False) -> None:
    try:
        account.save(force_insert=force_insert)
    except IntegrityError as error:
        if _ONE_ACTIVE in str(error):
            raise Conflict(
                "account_exists",
                _("Cơ quan này đang có hợp đồng với cổng này. Hãy sửa hoặc tắt hợp đồng đó trước."),
            ) from error
        if _MERCHANT_ONCE in str(error):
            raise Conflict(
                "merchant_taken",
                _("Một cơ quan khác đang dùng mã này. Cơ quan cấp dưới dùng chung, không cần thêm hợp đồng."),
            ) from error
        raise


def _leave_trail(actor: Actor, what: str, account: GatewayAccount, **more: Any) -> None:
    leave_trail(
        actor,
        f"gateway_account.{what}",
        f"gateway_account:{account.pk}",
        agency=account.agency_id,
        gateway=account.gateway,
        merchant=account.merchant,
        **more,
    )
