"""The history of a planned dossier: the same links, digests and payloads as the services write."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dossiers import chain
from dossiers.choices import Channel
from portal.accounts.choices import ActorKind, Door
from portal.core.jsontypes import Json
from portal.demo.seeds.volume.plans import Plan
from portal.demo.seeds.volume.scenery import Officer

_BY: Mapping[str, str] = {
    "propose_decline": "reception", "decline": "desk_head", "start": "case_officer", "transfer": "case_officer",
    "request_supplement": "case_officer", "request_payment": "case_officer", "resolve": "approver",
    "stop": "approver",
}  # fmt: skip
REASONS: Mapping[str, str] = {
    "propose_decline": "Nơi cư trú không thuộc địa bàn xã.",
    "decline": "Nơi cư trú không thuộc địa bàn xã.",
    "withdraw": "Tôi muốn làm vào dịp khác.",
    "stop": "Thửa đất đang có tranh chấp.",
}
ASKED_AGAIN = "Ảnh bị mờ, không đọc được."


@dataclass(frozen=True)
class Line:
    """One event; `payload` still in clear."""

    seq: int
    kind: str
    at: datetime
    actor_kind: str
    actor_user_id: UUID | None
    actor_membership_id: int | None
    actor_agency_id: int | None
    actor_name: str
    door: str
    filing_sha256: bytes | None
    payload: Mapping[str, Json]
    salt: bytes
    payload_sha256: bytes
    previous: bytes | None
    hash: bytes


@dataclass(frozen=True)
class Owed:
    """What payloads name beside the plan: the due moment, the fee asked for."""

    due_at: datetime | None
    fee_id: UUID
    fee_amount: int


def build_history(plan: Plan, filing_sha256: bytes, owed: Owed) -> list[Line]:
    """The chain from its first event on."""
    lines: list[Line] = []
    previous: bytes | None = None
    for number, (kind, at) in enumerate(zip(plan.events, plan.moments, strict=True), 1):
        line = _build_line(plan, number, _name(plan, kind), at, filing_sha256, previous, owed)
        lines.append(line)
        previous = line.hash
    return lines


def _build_line(
    plan: Plan, seq: int, kind: str, at: datetime, filing: bytes, previous: bytes | None, owed: Owed
) -> Line:
    officer = None if kind in {"submit", "withdraw"} and plan.filer else _officer(plan, kind)
    payload = _payload(plan, kind, owed)
    salt = secrets.token_bytes(16)
    digest = chain.payload_digest(salt, payload)
    filing_sha256 = filing if seq == 1 else None
    user_id = officer.user_id if officer else plan.filer.user_id if plan.filer else None
    name = officer.name if officer else plan.filer.name if plan.filer else ""
    link = chain.Link(
        dossier=str(plan.id),
        seq=seq,
        kind=kind,
        at=chain.moment(at),
        actor_kind=str(ActorKind.OFFICER if officer else ActorKind.CITIZEN),
        actor_user=chain.text_or_none(user_id),
        actor_membership=officer.membership_id if officer else None,
        actor_agency=plan.office.agency_id if officer else None,
        actor_name=name,
        door=str(Door.DESK if officer else Door.WEB),
        filing_sha256=chain.hex_or_none(filing_sha256),
        payload_sha256=digest.hex(),
        previous=chain.hex_or_none(previous),
    )
    return Line(
        seq=seq,
        kind=kind,
        at=at,
        actor_kind=link.actor_kind,
        actor_user_id=user_id,
        actor_membership_id=link.actor_membership,
        actor_agency_id=link.actor_agency,
        actor_name=name,
        door=link.door,
        filing_sha256=filing_sha256,
        payload=payload,
        salt=salt,
        payload_sha256=digest,
        previous=previous,
        hash=link.digest(),
    )


def _name(plan: Plan, kind: str) -> str:
    if kind != "file":
        return kind
    return "submit" if plan.channel == Channel.ONLINE else "receive"


def _officer(plan: Plan, kind: str) -> Officer:
    return plan.office.officers[_BY.get(kind, "reception")]


def _payload(plan: Plan, kind: str, owed: Owed) -> Mapping[str, Json]:
    made = _PAYLOADS.get(kind)
    if made is not None:
        return made(plan, owed)
    return {"reason": REASONS[kind]} if kind in REASONS else {}


def _filed(plan: Plan, owed: Owed) -> Mapping[str, Json]:
    return {"channel": str(plan.channel), "case": plan.kind.case, "files": 1}


def _accepted(plan: Plan, owed: Owed) -> Mapping[str, Json]:
    return {"due_at": owed.due_at.isoformat() if owed.due_at else None, "basis": []}


def _asked(plan: Plan, owed: Owed) -> Mapping[str, Json]:
    return {"items": [{"requirement": plan.kind.paper, "field": "", "reason": ASKED_AGAIN}]}


def _resolved(plan: Plan, owed: Owed) -> Mapping[str, Json]:
    signer = plan.office.officers["approver"].name
    return {"outcome": "granted", "reason": "", "signed": signer, "late": False}


_PAYLOADS: Mapping[str, Callable[[Plan, Owed], Mapping[str, Json]]] = {
    "submit": _filed,
    "receive": _filed,
    "accept": _accepted,
    "start": lambda plan, _: {"step": plan.kind.step[0]},
    "transfer": lambda plan, _: {"step": plan.kind.approval, "assignee": None, "note": ""},
    "request_supplement": _asked,
    "request_payment": lambda _, owed: {"fee": str(owed.fee_id), "amount": owed.fee_amount},
    "resolve": _resolved,
    "return_result": lambda *_: {"proxy": ""},
    "withdraw": lambda plan, _: {"reason": REASONS["withdraw"], "on_paper": plan.filer is None},
}
