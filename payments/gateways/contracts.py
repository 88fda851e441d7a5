"""What was typed about a contract, judged by the fields that its gateway names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from payments.gateways.base import ContractField, Gateway

LONGEST_MERCHANT = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """`errors`: name of a field -> sentences. Where there are some, the rest means nothing."""

    merchant: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: Mapping[str, list[str]] = field(default_factory=dict)


def judge_contract(
    gateway: Gateway, details: Mapping[str, str], secrets: Mapping[str, str], *, keeps_secrets: bool = False
) -> Judged:
    """The values of a contract, cleaned. `keeps_secrets`: a secret left empty means the one that is stored."""
    errors: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    hidden: dict[str, str] = {}
    for asked in gateway.fields:
        typed = " ".join((secrets if asked.is_secret else details).get(asked.name, "").split())
        if asked.is_secret and keeps_secrets and not typed:
            continue
        refusal = _refuse(asked, typed)
        if refusal:
            errors[asked.name] = [refusal]
        (hidden if asked.is_secret else shown)[asked.name] = typed
    merchant = name_merchant(gateway, shown)
    if not errors and len(merchant) > LONGEST_MERCHANT:
        raise ValueError(f"{gateway.key}: the fields that name a merchant are too long together")
    return Judged(merchant, shown, hidden, errors)


def name_merchant(gateway: Gateway, details: Mapping[str, str]) -> str:
    """How messages of the gateway name a contract with these details."""
    return "-".join(details.get(asked.name, "") for asked in gateway.fields if asked.names_merchant)


def _refuse(asked: ContractField, typed: str) -> str:
    if not typed:
        return _("Hãy điền mục này.")
    return "" if re.fullmatch(asked.pattern, typed) else str(asked.refusal)
