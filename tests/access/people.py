"""The callers of the access matrix as people who signed in, and one dossier with everything that hangs on it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.files.base import ContentFile
from django.test import Client

from dossiers.models import Attachment, Dossier
from dossiers.services import drafts
from payments.online.links import build_token
from payments.services.accounts import add_account
from payments.services.desk import pay_in_cash
from payments.services.post import note_post
from portal.accounts.choices import AgencyKind, Role
from portal.accounts.models import Agency
from portal.notifications.models import Message
from procedures.editing_choices import ConceptKind
from procedures.knowledge.rules import Wording
from procedures.services import save_concept
from procedures.services.loads import stage_file
from tests.access.callers import (
    CATALOGUE_ADMIN,
    DESK_ROLES,
    LEADER,
    LEADER_BELOW,
    OTHER_CITIZEN,
    OTHER_OFFICER,
    OWN_DESK,
    OWNER,
    SITE_ADMIN,
    VISITOR,
)
from tests.access.money import make_difference, make_refund, make_statement
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Desk
from tests.factories.life import make_event
from tests.factories.people import Officer, make_agency, make_officer, make_verified_user


@dataclass(frozen=True)
class World:
    """The signed-in browsers, and the values that stand in addresses: of a filed dossier and of a draft."""

    desk: Desk
    clients: dict[str, Client]
    filed: dict[str, object]
    draft: dict[str, object]


def make_world() -> World:
    province = make_agency(name="Ủy ban nhân dân tỉnh Sông Mây", kind=AgencyKind.PROVINCE)
    desk = make_desk(province)
    dossier = states.at_approval(desk)
    return World(desk, make_clients(desk, province), find_values(desk, dossier), make_draft(desk))


def make_desk(province: Agency) -> Desk:
    make.load_catalogue()
    agency = make_agency(parent=province)
    reception, head, case_officer, approver = (make_officer(role, agency=agency) for role in DESK_ROLES)
    return Desk(agency, reception, head, case_officer, approver, make_verified_user())


def make_clients(desk: Desk, province: Agency) -> dict[str, Client]:
    own = (desk.reception, desk.head, desk.case_officer, desk.approver)
    leader = make_officer(Role.LEADER, agency=province)
    officers: dict[str, Officer] = {
        **dict(zip(OWN_DESK, own, strict=True)),
        OTHER_OFFICER: make_officer(*DESK_ROLES, agency=make_agency(parent=province)),
        LEADER: leader,
        LEADER_BELOW: leader,
        CATALOGUE_ADMIN: make_officer(Role.CATALOGUE_ADMIN, agency=desk.agency),
        SITE_ADMIN: make_officer(Role.SITE_ADMIN, agency=desk.agency),
    }
    users = {OWNER: desk.citizen, OTHER_CITIZEN: make_verified_user()}
    users |= {name: officer.user for name, officer in officers.items()}
    clients = {VISITOR: Client(raise_request_exception=False)}
    for name, user in users.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(user)
    for name in users:  # the session's first page writes to it; every further one within a minute does not
        clients[name].get("/accounts/profile/")
    choice = {"membership": leader.membership.pk, "scope": desk.agency.pk}
    assert clients[LEADER_BELOW].post("/accounts/acting/", choice).status_code == 302
    return clients


def find_values(desk: Desk, dossier: Dossier) -> dict[str, object]:
    """What the addresses of one filed dossier hold; its fee is paid, so there is a receipt."""
    fee = dossier.fees.get(status="open")
    reception, version = desk.reception.actor, dossier.version
    collection = note_post(dossier.pk, fee.pk, "EB 1", actor=reception, version=version)
    receipt = pay_in_cash(dossier.pk, fee.pk, actor=reception, version=version)
    message = Message.objects.filter(user_id=desk.citizen.pk).first()
    assert message is not None
    return {
        "dossier_id": dossier.pk,
        "file_id": Attachment.objects.filter(dossier=dossier).values_list("file", flat=True)[0],
        "fee_id": fee.pk,
        "token": build_token(fee.pk),
        "receipt_id": receipt.pk,
        "session_id": receipt.session_id,
        "collection_id": collection.pk,
        "refund_id": make_refund(receipt),
        "difference_id": make_difference(desk.agency.pk),
        **make_statement(desk.reception),
        "account_id": make_gateway_account(desk.agency),
        "message_id": message.pk,
        "load_id": make_load(),
        "event_key": make_event("xay-nha", "Xây nhà", codes=(make.PERMIT,)).key,
        "concept_key": make_concept(),
        **SHARED,
    }


def make_gateway_account(agency: Agency) -> UUID:
    """A contract with VNPAY."""
    admin = make_officer(Role.SITE_ADMIN)
    details, hidden = {"tmn_code": "MATRIX01"}, {"hash_secret": "M" * 32}
    return add_account(
        agency_id=agency.pk, gateway_key="vnpay", details=details, secrets=hidden, actor=admin.actor
    ).pk


def make_concept() -> str:
    """Words somebody added to the search."""
    wording = Wording(ConceptKind.EVERYDAY, ("giấy đóng mộc",), ("chứng thực",))
    return save_concept(make_officer(Role.CATALOGUE_ADMIN).actor, "", wording, row_version=0).key


def make_load() -> UUID:
    """A file of one record that waits to be applied."""
    file = ContentFile(b'{"code": "1.799990", "name": "Th\\u1eed"}', name="thu.jsonl")
    admin = make_officer(Role.CATALOGUE_ADMIN)
    return stage_file(admin.actor, filename="thu.jsonl", file=file).pk


def make_draft(desk: Desk) -> dict[str, object]:
    draft = drafts.start_draft(
        make.PERMIT, actor=desk.citizen_actor, case_key="nha_o", agency_code=desk.agency.code
    )
    return {"dossier_id": draft.dossier_id, **SHARED}


def swap_ids(values: dict[str, object], ids: tuple[str, ...]) -> dict[str, object]:
    """The same address of something that was never there."""
    return {**values, **dict.fromkeys(ids, NEVER_THERE)}


NEVER_THERE = UUID("01900000-0000-7000-8000-000000000000")
SHARED: dict[str, object] = {
    "code": make.PERMIT,
    "page": "owner",
    "key": "filing-notice",
    "section": "names",
    "field_key": "hoat-dong-xay-dung",
    "part": "procedures",
    "position": 1,
    "number": 1,
    "name": "transfer",
    "gateway": "vnpay",
    "provider": "alpha",
    "object_id": "1",
    "content_type_id": "1",
    "app_label": "accounts",
}
