"""Which contract holds for an agency, and who may change one."""

from typing import Any

import pytest

from payments.gateways.contracts import judge_contract
from payments.gateways.registry import gateways
from payments.gateways.vnpay.gateway import VNPAY
from payments.models import GatewayAccount
from payments.services import accounts
from portal.accounts.choices import Role
from portal.accounts.models import Agency
from portal.audit.models import AuditEntry
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from portal.core.registry import Registry
from tests.factories.people import SYSTEM, make_agency, make_officer

pytestmark = pytest.mark.django_db
SECRET = "S" * 32
BANK = {"bank": "970436", "account": "0011004000001", "holder": "UBND PHUONG"}


def _add(agency: Agency, code: str = "MOTCUA01", **changes: Any) -> GatewayAccount:
    wanted: dict[str, Any] = {
        "gateway_key": "vnpay",
        "details": {"tmn_code": code},
        "secrets": {"hash_secret": SECRET},
        "actor": SYSTEM,
        **changes,
    }
    return accounts.add_account(agency_id=agency.pk, **wanted)


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    """A province, a commune, and a police post below it."""
    province = make_agency()
    commune = make_agency(parent=province)
    return province, commune, make_agency(parent=commune)


def test_the_nearest_contract_above_holds(tree: tuple[Agency, ...]) -> None:
    province, commune, post = tree
    assert accounts.find_contract(post, "vnpay") is None
    assert accounts.list_ways(post) == ()
    high = _add(province)
    assert {accounts.find_contract(agency, "vnpay").account_id for agency in tree} == {high.pk}  # type: ignore[union-attr]
    low = _add(commune, "MOTCUA02")
    found = [accounts.find_contract(agency, "vnpay").account_id for agency in tree]  # type: ignore[union-attr]
    assert found == [high.pk, low.pk, low.pk]
    accounts.switch_account(low.pk, is_active=False, row_version=1, actor=SYSTEM)
    assert accounts.find_contract(post, "vnpay").account_id == high.pk  # type: ignore[union-attr]


def test_an_agency_beside_has_nothing(tree: tuple[Agency, ...]) -> None:
    _add(tree[1])
    beside = make_agency(parent=tree[0])
    assert accounts.find_contract(beside, "vnpay") is None
    assert accounts.find_contract(tree[0], "vnpay") is None


def test_the_ways_are_those_that_somebody_above_has(tree: tuple[Agency, ...]) -> None:
    province, commune, post = tree
    _add(province, gateway_key="vietqr", details=BANK, secrets={})
    _add(commune)
    GatewayAccount.objects.create(
        agency=province,
        gateway="gone",
        merchant="x",
        created_at="2026-01-01T00:00Z",
        changed_at="2026-01-01T00:00Z",
    )
    assert accounts.list_ways(province) == ("vietqr",)
    assert accounts.list_ways(post) == ("vietqr", "vnpay")


def test_a_contract_is_opened_with_its_secret_and_stored_sealed(tree: tuple[Agency, ...]) -> None:
    account = _add(tree[0])
    contract = accounts.find_contract(tree[0], "vnpay")
    assert contract is not None
    assert (contract.merchant, contract.secrets) == ("MOTCUA01", {"hash_secret": SECRET})
    assert SECRET not in repr(GatewayAccount.objects.values().get(pk=account.pk))
    assert SECRET not in repr(list(AuditEntry.objects.values()))


def test_a_message_finds_its_contract_also_when_it_is_switched_off(tree: tuple[Agency, ...]) -> None:
    account = _add(tree[0])
    accounts.switch_account(account.pk, is_active=False, row_version=1, actor=SYSTEM)
    late = accounts.find_by_merchant("vnpay", "MOTCUA01")
    assert late is not None
    assert late.account_id == account.pk
    newer = _add(tree[1])
    assert accounts.find_by_merchant("vnpay", "MOTCUA01").account_id == newer.pk  # type: ignore[union-attr]
    assert accounts.find_by_merchant("vnpay", "MOTCUA09") is None
    assert accounts.find_by_merchant("vietqr", "MOTCUA01") is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SITE_ADMIN])
def test_only_site_admins_touch_contracts(tree: tuple[Agency, ...], role: Role) -> None:
    account = _add(tree[0])
    actor = make_officer(role, agency=tree[0]).actor
    with pytest.raises(Forbidden):
        _add(tree[1], "MOTCUA02", actor=actor)
    with pytest.raises(Forbidden):
        accounts.change_account(account.pk, details={}, secrets={}, row_version=1, actor=actor)
    with pytest.raises(Forbidden):
        accounts.switch_account(account.pk, is_active=False, row_version=1, actor=actor)
    with pytest.raises(Forbidden):
        accounts.access_account(actor, account.pk)
    assert GatewayAccount.objects.get().row_version == 1


@pytest.mark.parametrize(
    ("code", "secret", "field"),
    [
        ("", SECRET, "tmn_code"),
        ("motcua01", SECRET, "tmn_code"),
        ("MOTCUA1", SECRET, "tmn_code"),
        ("MOTCUA012", SECRET, "tmn_code"),
        ("MOTCUA01", "", "hash_secret"),
        ("MOTCUA01", "short", "hash_secret"),
        ("MOTCUA01", "ố" * 32, "hash_secret"),
        ("MOTCUA01", SECRET * 3, "hash_secret"),
    ],
)
def test_what_vnpay_never_hands_out_is_refused(code: str, secret: str, field: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        _add(make_agency(), code, secrets={"hash_secret": secret})
    assert list(refusal.value.errors) == [field]
    assert not GatewayAccount.objects.exists()


def test_a_second_contract_is_refused(tree: tuple[Agency, ...]) -> None:
    first = _add(tree[0])
    with pytest.raises(Conflict, match="account_exists"):
        _add(tree[0], "MOTCUA02")
    with pytest.raises(Conflict, match="merchant_taken"):
        _add(tree[1])
    accounts.switch_account(first.pk, is_active=False, row_version=1, actor=SYSTEM)
    _add(tree[1])
    with pytest.raises(Conflict, match="merchant_taken"):
        accounts.switch_account(first.pk, is_active=True, row_version=2, actor=SYSTEM)
    assert GatewayAccount.objects.filter(is_active=True).count() == 1


def test_a_gateway_or_agency_that_is_not_there_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        _add(make_agency(), gateway_key="momo")
    assert list(refusal.value.errors) == ["gateway"]
    with pytest.raises(NotFound):
        accounts.add_account(agency_id=10**9, gateway_key="vnpay", details={}, secrets={}, actor=SYSTEM)


def test_a_new_secret_replaces_and_an_empty_one_keeps() -> None:
    account = _add(make_agency())
    told: dict[str, Any] = {"details": {"tmn_code": "MOTCUA01"}, "actor": SYSTEM}
    accounts.change_account(account.pk, secrets={"hash_secret": ""}, row_version=1, **told)
    assert accounts.open_contract(GatewayAccount.objects.get()).secrets == {"hash_secret": SECRET}
    accounts.change_account(account.pk, secrets={"hash_secret": "N" * 32}, row_version=2, **told)
    assert accounts.open_contract(GatewayAccount.objects.get()).secrets == {"hash_secret": "N" * 32}
    with pytest.raises(Conflict):
        accounts.change_account(account.pk, secrets={}, row_version=2, **told)
    with pytest.raises(RuleViolation, match="merchant_fixed"):
        accounts.change_account(
            account.pk, secrets={}, row_version=3, actor=SYSTEM, details={"tmn_code": "MOTCUA02"}
        )


def test_every_change_leaves_a_trail(tree: tuple[Agency, ...]) -> None:
    admin = make_officer(Role.SITE_ADMIN, agency=tree[0])
    account = _add(tree[0], actor=admin.actor)
    accounts.change_account(
        account.pk,
        details={"tmn_code": "MOTCUA01"},
        secrets={"hash_secret": "N" * 32},
        row_version=1,
        actor=admin.actor,
    )
    for is_active in (False, False, True):  # the second one changes nothing
        seen = GatewayAccount.objects.get().row_version
        accounts.switch_account(account.pk, is_active=is_active, row_version=seen, actor=admin.actor)
    rows = AuditEntry.objects.filter(subject=f"gateway_account:{account.pk}", user=admin.user).order_by("pk")
    assert [row.action.partition(".")[2] for row in rows] == [
        "added",
        "changed",
        "switched_off",
        "switched_on",
    ]
    assert rows[1].detail["new_secrets"] == ["hash_secret"]


def test_one_folder_is_one_gateway() -> None:
    assert gateways.get("vnpay") is VNPAY
    own: Registry[object] = Registry("gateway")
    own.register("vnpay", VNPAY)
    with pytest.raises(ValueError, match="registered already"):
        own.register("vnpay", object())
    assert judge_contract(VNPAY, {"tmn_code": " MOTCUA01 "}, {"hash_secret": SECRET}).merchant == "MOTCUA01"
