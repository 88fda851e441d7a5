"""What a volume stands on: more communes with an officer each, more citizens, the procedures' facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from portal.accounts import selectors, services
from portal.accounts.actor import Actor
from portal.accounts.models import Agency, Membership, User
from portal.core import clock
from portal.core.jsontypes import Json
from portal.demo.seeds.agencies import FURTHER_COMMUNES, Place
from portal.demo.seeds.answers import answer_birth, answer_business, answer_marital, answer_permit
from portal.demo.seeds.codes import COMMUNE, OTHER_COMMUNE
from portal.demo.seeds.officers import DESK_ROLES
from portal.demo.seeds.people import Cast
from portal.demo.seeds.places import create_place
from portal.demo.seeds.volume.names import name_of
from procedures import selectors as catalogue

_PEOPLE = {"reception": "tiepnhan", "desk_head": "truongtt", "case_officer": "thuly", "approver": "pheduyet"}
_DOSSIERS_PER_CITIZEN, _FEWEST_CITIZENS, _MOST_CITIZENS = 50, 20, 20_000


@dataclass(frozen=True)
class Officer:
    user_id: UUID
    membership_id: int
    name: str


@dataclass(frozen=True)
class Office:
    """A commune and who does what there."""

    agency_id: int
    code: str
    name: str
    address: str
    phone: str
    officers: Mapping[str, Officer]


@dataclass(frozen=True)
class Filer:
    """A citizen's account."""

    user_id: UUID
    name: str
    email: str


@dataclass(frozen=True)
class Kind:
    """One procedure and one of its cases: `answers` without the name, which goes to `name_field`."""

    procedure_id: int
    version_id: int
    name: str
    case: str
    paper: str
    limit_days: int
    result: str
    step: tuple[str, str]
    approval: str
    name_field: str
    number_field: tuple[str, ...]
    answers: Mapping[str, Json]


@dataclass(frozen=True)
class Scenery:
    offices: tuple[Office, ...]
    filers: tuple[Filer, ...]
    kinds: tuple[Kind, ...]


def build_scenery(places: Mapping[str, Agency], cast: Cast, dossiers: int) -> Scenery:
    """Make what is missing for that many dossiers; a repeat makes nothing new."""
    demo = {role: _as_officer(cast.employees[username]) for role, username in _PEOPLE.items()}
    other = _as_officer(cast.employees["tiepnhan2"])
    offices = [
        _as_office(places[COMMUNE], demo),
        _as_office(places[OTHER_COMMUNE], dict.fromkeys(demo, other)),
    ]
    offices += [_seed_office(number, place, places) for number, place in enumerate(FURTHER_COMMUNES, 1)]
    known = [Filer(user.pk, user.full_name, user.email) for user in cast.citizens.values()]
    return Scenery(tuple(offices), (*known, *_seed_filers(dossiers)), _build_kinds())


def _seed_office(number: int, place: Place, places: Mapping[str, Agency]) -> Office:
    found = selectors.list_agencies(codes=[place.code])
    agency = found[0] if found else create_place(place, places)
    members = selectors.list_officers(agency.pk) or [_create_officer(number, agency)]
    return _as_office(agency, dict.fromkeys(_PEOPLE, _as_officer(members[0])))


def _create_officer(number: int, agency: Agency) -> Membership:
    """Small communes have one person for everything; nobody signs in as this one."""
    username, system = f"canbo-{number:02d}", Actor.system()
    user = selectors.find_user_by_login(username) or services.create_user(
        username=username,
        full_name=name_of(number),
        actor=system,
    )
    return services.grant_membership(user, agency, roles=DESK_ROLES, title="Công chức", actor=system)


def _as_officer(membership: Membership) -> Officer:
    return Officer(membership.user_id, membership.pk, membership.user.full_name)


def _as_office(agency: Agency, officers: Mapping[str, Officer]) -> Office:
    return Office(agency.pk, agency.code, agency.name, agency.address, agency.phone, officers)


def _seed_filers(dossiers: int) -> list[Filer]:
    """Accounts that only exist to have filed: no password, no address."""
    wanted = min(max(dossiers // _DOSSIERS_PER_CITIZEN, _FEWEST_CITIZENS), _MOST_CITIZENS)
    users = list(User.objects.filter(username__startswith="dan-").order_by("username")[:wanted])
    missing = [
        User(username=f"dan-{n:06d}", full_name=name_of(n), password=make_password(None))
        for n in range(len(users) + 1, wanted + 1)
    ]
    users += User.objects.bulk_create(missing, batch_size=1000)
    return [Filer(user.pk, user.full_name, user.email) for user in users]


_Answer = Callable[[], dict[str, Any]]


def _build_kinds() -> tuple[Kind, ...]:
    today = clock.today()
    identity = ("requester_identity", "number")
    rows: tuple[tuple[str, str, str, int, str, tuple[str, ...], _Answer], ...] = (
        ("1.001193", "co_giay_chung_sinh", "giay_chung_sinh", 1, "child_name", (),
         lambda: answer_birth("congdan1", "", today)),
        ("1.004873", "muc_dich_khac", "giay_to_ly_hon", 3, "requester_name", identity,
         lambda: answer_marital("congdan2")),
        ("1.001612", "ca_nhan", "can_cuoc_chu_ho", 3, "owner_name", ("owner_national_id",),
         lambda: answer_business("doanhnghiep1", "Hộ kinh doanh Minh Họa", today)),
        ("1.013225", "nha_o", "giay_to_dat", 7, "owner_name", ("owner_national_id",),
         lambda: answer_permit("doanhnghiep1", "Thửa 1, tờ bản đồ 2")),
    )  # fmt: skip
    return tuple(_build_kind(*row) for row in rows)


def _build_kind(
    code: str, case: str, paper: str, days: int, name: str, number: tuple[str, ...], answers: _Answer
) -> Kind:
    version = catalogue.current_version(code)
    content = catalogue.get_content(version.pk)
    step = next(step for step in content.steps if step.kind == "process")
    return Kind(
        procedure_id=version.procedure_id,
        version_id=version.pk,
        name=str(content.name),
        case=case,
        paper=paper,
        limit_days=days,
        result=content.results[0].key,
        step=(step.key, step.kind),
        approval=next(step.key for step in content.steps if step.kind == "approve"),
        name_field=name,
        number_field=number,
        answers=answers(),
    )
