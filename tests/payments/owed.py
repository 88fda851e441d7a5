"""A dossier that owes money, filed over the counter, and the people around it."""

from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.test import Client

from dossiers import commands as c
from dossiers.models import Dossier, Fee
from dossiers.services import acting, filing
from payments.models import Receipt
from payments.services import desk as payments
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.accounts.models import Agency, User
from procedures.formschema.parties import PartyDraft
from tests.factories.catalogue import make_document, publish
from tests.factories.people import Officer, make_actor, make_agency, make_officer, make_verified_user

_keys = count(1)
PHI = {"key": "phi", "kind": "phi", "label": {"vi": "Phí thẩm định"}, "mode": "after", "amount": 12_000}
LE_PHI = {"key": "lp", "kind": "le_phi", "label": {"vi": "Lệ phí cấp giấy"}, "mode": "after", "amount": 3_000}
BEFORE = {**LE_PHI, "key": "truoc", "mode": "before", "amount": 20_000}
UNKNOWN = {**PHI, "amount": None}
OWNER_ID = "037090099999"


@dataclass(frozen=True)
class Desk:
    """A commune with a cashier, the catalogue entry they serve, and the citizen who owns the dossiers."""

    agency: Agency
    cashier: Officer
    owner: User
    procedure_code: str

    @property
    def owner_actor(self) -> Actor:
        return make_actor(self.owner)


@dataclass(frozen=True)
class Owed:
    """A dossier and its one open fee of 15.000 đ: 12.000 phí and 3.000 lệ phí."""

    desk: Desk
    dossier: Dossier

    @property
    def fee(self) -> Fee:
        return self.dossier.fees.order_by("assessed_at", "pk").latest("pk")

    @property
    def version(self) -> int:
        return Dossier.objects.values_list("version", flat=True).get(pk=self.dossier.pk)

    def pay(self, officer: Officer | None = None, **changes: Any) -> Receipt:
        """Take the money as the desk's cashier, seeing the newest version."""
        wanted: dict[str, Any] = {"version": self.version, "payer_name": "", **changes}
        fee: UUID = wanted.pop("fee", self.fee.pk)
        actor = (officer or self.desk.cashier).actor
        return payments.pay_in_cash(self.dossier.pk, fee, actor=actor, **wanted)


def make_desk(*fees: dict[str, Any], agency: Agency | None = None) -> Desk:
    """A desk of its own, and a paper procedure with these fees (phí and lệ phí after, by default)."""
    version = publish(
        make_document(
            level=2,
            form=None,
            channels=["desk", "post"],
            requirements=[{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"}],
            fees=list(fees or (PHI, LE_PHI)),
        )
    )
    place = agency or make_agency()
    cashier = make_officer(Role.RECEPTION, agency=place, full_name="Lê Thu Trang")
    return Desk(place, cashier, make_verified_user(full_name="Nguyễn Văn Bình"), version.procedure.code)


def make_owed(desk: Desk | None = None, *, payer: str = "Bùi Văn Chiến") -> Owed:
    """A paper dossier received at the desk; nothing is paid yet."""
    place = desk or make_desk()
    key = f"owed-{next(_keys)}"
    request = c.FilingRequest(
        procedure_code=place.procedure_code,
        case_key="",
        agency_code=place.agency.code,
        answers={},
        uploads=(),
        parties=(PartyDraft(role="submitter", kind="person", name=payer), owner_party(place.owner)),
        papers=(c.PaperLine("don", 1),),
        channel="desk",
    )
    dossier = filing.file_dossier(request, actor=place.cashier.actor, key=key, body={"key": key})
    return Owed(place, dossier)


def owner_party(owner: User) -> PartyDraft:
    """The verified owner: an account sees what its identity owns."""
    number = owner.national_id or ""
    return PartyDraft(
        role="owner", kind="person", name=owner.full_name, identity={"type": "citizen_id", "number": number}
    )


def accept(owed: Owed) -> Dossier:
    return acting.perform(owed.dossier.pk, c.Accept(), actor=owed.desk.cashier.actor, version=owed.version)


def browser_of(who: Officer | User) -> Client:
    """A browser in which somebody is signed in; officers work at their agency."""
    client = Client()
    user = who.user if isinstance(who, Officer) else who
    client.force_login(user)
    session = client.session
    session["acting"] = who.membership.pk if isinstance(who, Officer) else "citizen"
    session.save()
    return client
