"""The people of the demo: citizens and officers, with accounts that everybody may try."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.contrib.auth.hashers import make_password

from dossiers.models import Dossier
from portal.accounts import acting, selectors, services
from portal.accounts.actor import Actor
from portal.accounts.choices import Door, Role
from portal.accounts.models import Agency, Membership, User
from portal.core.clock import VN_TZ
from portal.demo.seeds.agencies import FOUNDED_ON
from portal.demo.seeds.citizens import CITIZENS, HOME, Citizen
from portal.demo.seeds.officers import EMPLOYEES, Employee
from portal.demo.servers.banner import PASSWORD

AT_WORK_SINCE = datetime.combine(FOUNDED_ON, time(7), VN_TZ)


@dataclass(frozen=True)
class Cast:
    """Who acts in the demo, by user name."""

    citizens: Mapping[str, User]
    employees: Mapping[str, Membership]

    def citizen(self, username: str) -> Actor:
        return acting.build_citizen(self.citizens[username], Door.WEB)

    def officer(self, username: str) -> Actor:
        membership = self.employees[username]
        return acting.build_officer(membership.user, membership, Door.DESK, None)

    def owner(self, dossier: Dossier) -> Actor:
        """The citizen who filed it."""
        (user,) = (user for user in self.citizens.values() if user.pk == dossier.filed_by_id)
        return acting.build_citizen(user, Door.WEB)

    def member(self, dossier: Dossier, role: Role) -> Membership:
        """Who holds this role where the dossier is; the first of the list, where several do."""
        members = self.employees.values()
        return next(m for m in members if m.agency_id == dossier.agency_id and role in m.roles)

    def at_work(self, dossier: Dossier, role: Role) -> Actor:
        membership = self.member(dossier, role)
        return acting.build_officer(membership.user, membership, Door.DESK, None)


def seed_people(places: Mapping[str, Agency]) -> Cast:
    """Everybody of the demo; accounts and memberships that are there stay as they are."""
    cast = Cast(
        {citizen.username: _seed_citizen(citizen) for citizen in CITIZENS},
        {employee.username: _seed_employee(employee, places) for employee in EMPLOYEES},
    )
    _give_password([*cast.citizens.values(), *(member.user for member in cast.employees.values())])
    return cast


def _give_password(users: Iterable[User]) -> None:
    """Hashed once for all: hashing is slow by design, and everybody knows this password anyway."""
    without = [user.pk for user in users if not user.has_usable_password()]
    if without:
        User.objects.filter(pk__in=without).update(password=make_password(PASSWORD))


def _seed_citizen(citizen: Citizen) -> User:
    """An interrupted run leaves an account without identity or contact; the next run completes it."""
    user = _find(citizen.username) or _create(citizen.username, citizen.full_name, "dan.example")
    if not user.is_verified:
        user = services.verify_identity(
            user, national_id=citizen.national_id, birth_date=citizen.birth_date, actor=Actor.system()
        )
    if user.phone is None:
        user = services.update_contact(
            user, phone=citizen.phone, address={**HOME, "line": citizen.line}, language=user.language
        )
    return user


def _seed_employee(employee: Employee, places: Mapping[str, Agency]) -> Membership:
    """Who was moved or dismissed since stays so."""
    user = _find(employee.username) or _create(employee.username, employee.full_name, "cantho.example")
    agency = places[employee.agency]
    known = user.memberships.select_related("user", "agency").filter(agency=agency).order_by("-since").first()
    return known or services.grant_membership(
        user,
        agency,
        roles=employee.roles,
        title=employee.title,
        signs_for=employee.signs_for,
        since=AT_WORK_SINCE,
        actor=Actor.system(),
    )


def _find(username: str) -> User | None:
    return selectors.find_user_by_login(username)


def _create(username: str, full_name: str, domain: str) -> User:
    return services.create_user(
        username=username,
        full_name=full_name,
        email=f"{username}@{domain}",
        actor=Actor.system(),
    )
