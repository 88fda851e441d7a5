"""The people of the demo: citizens and officers, with accounts that everybody may try."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts import acting, selectors, services
from portal.accounts.actor import Actor
from portal.accounts.choices import Door, Role
from portal.accounts.models import Agency, Membership, User
from portal.demo.seeds.citizens import CITIZENS, HOME, Citizen
from portal.demo.seeds.codes import COMMUNE, OTHER_COMMUNE, PROVINCE
from portal.demo.servers.banner import PASSWORD


@dataclass(frozen=True)
class Employee:
    """An officer: `agency` is a code."""

    username: str
    full_name: str
    agency: str
    roles: tuple[Role, ...]
    title: str


EMPLOYEES = (
    Employee("tiepnhan", "Lê Thu Trang", COMMUNE, (Role.RECEPTION,), "Công chức Một cửa"),
    Employee("tiepnhan2", "Hoàng Văn Lâm", OTHER_COMMUNE, (Role.RECEPTION,), "Công chức Một cửa"),
    Employee("truongtt", "Phạm Văn Trưởng", COMMUNE, (Role.DESK_HEAD,), "Giám đốc Trung tâm"),
    Employee("thuly", "Đỗ Thị Lý", COMMUNE, (Role.CASE_OFFICER,), "Công chức tư pháp - hộ tịch"),
    Employee("pheduyet", "Vũ Quang Ký", COMMUNE, (Role.APPROVER,), "Chủ tịch"),
    Employee("lanhdao", "Bùi Thanh Sơn", PROVINCE, (Role.LEADER,), "Phó Chủ tịch"),
    Employee("quantri-tthc", "Ngô Thị Luật", PROVINCE, (Role.CATALOGUE_ADMIN,), "Chuyên viên kiểm soát TTHC"),
    Employee(
        "quantri-tthc2", "Đinh Văn Soát", PROVINCE, (Role.CATALOGUE_ADMIN,), "Trưởng phòng kiểm soát TTHC"
    ),
    Employee("quantri", "Mai Văn Máy", PROVINCE, (Role.SITE_ADMIN,), "Quản trị viên"),
)


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


def seed_people(places: Mapping[str, Agency]) -> Cast:
    """Everybody of the demo; accounts and memberships that are there stay as they are."""
    return Cast(
        {citizen.username: _seed_citizen(citizen) for citizen in CITIZENS},
        {employee.username: _seed_employee(employee, places) for employee in EMPLOYEES},
    )


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
    user = _find(employee.username) or _create(employee.username, employee.full_name, "songmay.example")
    agency = places[employee.agency]
    for membership in selectors.list_current_memberships(user.pk):
        if membership.agency_id == agency.pk:
            return membership
    return services.grant_membership(
        user, agency, roles=employee.roles, title=employee.title, actor=Actor.system()
    )


def _find(username: str) -> User | None:
    return selectors.find_user_by_login(username)


def _create(username: str, full_name: str, domain: str) -> User:
    return services.create_user(
        username=username,
        full_name=full_name,
        email=f"{username}@{domain}",
        password=PASSWORD,
        actor=Actor.system(),
    )
