"""People, agencies and officers for tests, made by the services the product uses."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from portal.accounts import acting, selectors, services
from portal.accounts.actor import Actor
from portal.accounts.choices import AgencyKind, Door, Role
from portal.accounts.models import Agency, Membership, User

PASSWORD = "motcua-demo"
SYSTEM = Actor.system()
_numbers = count(1)


@dataclass(frozen=True)
class Officer:
    """A person at work: the account, the membership and the actor they make."""

    user: User
    membership: Membership

    @property
    def actor(self) -> Actor:
        return acting.build_officer(self.user, self.membership, Door.DESK, None)

    @property
    def agency(self) -> Agency:
        return self.membership.agency


@dataclass(frozen=True)
class Places:
    """A small province: a department, a centre, and two communes."""

    province: Agency
    department: Agency
    centre: Agency
    commune: Agency
    other_commune: Agency


def make_user(
    username: str | None = None,
    *,
    full_name: str = "Nguyễn Thị Mây",
    email: str | None = None,
    password: str = PASSWORD,
    national_id: str | None = None,
    birth_date: date | None = None,
) -> User:
    """An account with a confirmed e-mail (`email=""`: none); with a national ID it is verified, level 2."""
    name = username or f"nguoi-{next(_numbers)}"
    address = f"{name}@dan.example" if email is None else email
    user = services.create_user(
        username=name, full_name=full_name, email=address, password=password, actor=SYSTEM
    )
    if national_id is None:
        return user
    return services.verify_identity(user, national_id=national_id, birth_date=birth_date, actor=SYSTEM)


def make_verified_user(username: str | None = None, *, full_name: str = "Trần Văn Sông") -> User:
    return make_user(username, full_name=full_name, national_id=f"0370900{next(_numbers):05d}")


def make_actor(user: User, *, door: Door = Door.WEB) -> Actor:
    """The user acting for themselves."""
    return acting.build_citizen(user, door)


def make_agency(
    code: str | None = None,
    *,
    name: str = "Ủy ban nhân dân xã Sông Mây",
    kind: AgencyKind = AgencyKind.COMMUNE,
    parent: Agency | None = None,
    calendar: str = "std",
    valid_from: date = date(2020, 1, 1),
    valid_until: date | None = None,
    predecessors: tuple[Agency, ...] = (),
) -> Agency:
    services.load_calendars()
    return services.create_agency(
        code=code or f"H99.{next(_numbers)}",
        name=name,
        kind=kind,
        parent=parent,
        calendar=selectors.get_calendar(calendar),
        valid_from=valid_from,
        valid_until=valid_until,
        predecessors=predecessors,
        actor=SYSTEM,
    )


def make_places() -> Places:
    """A tree with codes of its own each time."""
    province = make_agency(name="Ủy ban nhân dân tỉnh Sông Mây", kind=AgencyKind.PROVINCE)
    return Places(
        province=province,
        department=make_agency(name="Sở Tư pháp", kind=AgencyKind.DEPARTMENT, parent=province),
        centre=make_agency(name="Trung tâm Phục vụ hành chính công", kind=AgencyKind.CENTRE, parent=province),
        commune=make_agency(name="Ủy ban nhân dân xã Bến Mây", parent=province),
        other_commune=make_agency(name="Ủy ban nhân dân phường Cầu Sông", parent=province),
    )


def make_officer(
    *roles: Role | str,
    agency: Agency | None = None,
    user: User | None = None,
    full_name: str = "Lê Văn Bến",
    title: str = "",
) -> Officer:
    """An officer with these roles (reception by default) at an agency, a new one by default."""
    person = user or make_user(full_name=full_name)
    membership = services.grant_membership(
        person, agency or make_agency(), roles=roles or (Role.RECEPTION,), title=title, actor=SYSTEM
    )
    return Officer(person, membership)
