"""Merging agencies: what is refused, who moves, which codes lead where."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from portal.accounts import mergers, selectors, services
from portal.accounts.choices import AgencyKind, Role
from portal.accounts.mergers import Merger, plan_merger
from portal.accounts.models import Agency, Membership
from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import Forbidden, RuleViolation
from tests.factories.people import SYSTEM, Places, make_agency, make_officer, make_places, make_user

pytestmark = pytest.mark.django_db
Refused = tuple[list[str], str, date]


@pytest.fixture
def places() -> Places:
    return make_places()


def _merge(source: Agency, target: Agency, on: date | None = None) -> Merger:
    merger = plan_merger([source.code], into=target.code, on=on or clock.today())
    return services.close_into_successor(merger, actor=SYSTEM)


def _into_itself(places: Places) -> Refused:
    return [places.commune.code, places.other_commune.code], places.commune.code, clock.today()


def _into_closed(places: Places) -> Refused:
    services.close_agency(places.other_commune, last_day=clock.today(), actor=SYSTEM)
    return [places.commune.code], places.other_commune.code, clock.today()


def _into_younger(places: Places) -> Refused:
    young = make_agency(valid_from=clock.today() + timedelta(days=9), parent=places.province)
    return [places.commune.code], young.code, clock.today()


def _circle(places: Places) -> Refused:
    """Closed into the other one, then opened again: merging the other one into it would lead nowhere."""
    _merge(places.commune, places.other_commune)
    Agency.objects.filter(pk=places.commune.pk).update(valid_until=None)
    return [places.other_commune.code], places.commune.code, clock.today()


def _into_unit_below(places: Places) -> Refused:
    below = make_agency(parent=places.commune)
    return [places.commune.code], below.code, clock.today()


def _merged_elsewhere(places: Places) -> Refused:
    _merge(places.commune, make_agency(parent=places.province))
    return [places.commune.code], places.other_commune.code, clock.today()


def _other_kind(places: Places) -> Refused:
    return [places.commune.code], places.department.code, clock.today()


def _unknown_source(places: Places) -> Refused:
    return ["H00.1"], places.commune.code, clock.today()


def _unknown_target(places: Places) -> Refused:
    return [places.commune.code], "H00.1", clock.today()


def _nobody(places: Places) -> Refused:
    return [], places.commune.code, clock.today()


def _before_it_began(places: Places) -> Refused:
    return [places.commune.code], places.other_commune.code, places.commune.valid_from


@pytest.mark.parametrize(
    ("arrange", "code", "field", "says"),
    [
        (_into_itself, "merger_into_itself", "into", "không thể sáp nhập vào chính mình"),
        (_into_closed, "merger_into_closed", "into", "chỉ hoạt động đến hết ngày"),
        (_into_younger, "merger_too_early", "on", "Hãy chọn ngày sáp nhập từ ngày đó"),
        (_circle, "merger_in_a_circle", "into", "thành vòng tròn"),
        (_into_unit_below, "merger_in_a_circle", "into", "thành vòng tròn"),
        (_merged_elsewhere, "merged_already", "sources", "đã có cơ quan kế thừa"),
        (_other_kind, "merger_of_other_kind", "into", "Chỉ sáp nhập các cơ quan cùng loại"),
        (_unknown_source, "agency_not_found", "sources", "Không có cơ quan nào mang mã “H00.1”"),
        (_unknown_target, "agency_not_found", "into", "Hãy kiểm tra lại mã"),
        (_nobody, "merger_of_none", "sources", "Hãy chọn ít nhất một cơ quan"),
        (_before_it_began, "merger_too_early", "on", "Hãy chọn ngày sáp nhập muộn hơn"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    places: Places, arrange: Callable[[Places], Refused], code: str, field: str, says: str
) -> None:
    codes, into, on = arrange(places)
    with pytest.raises(RuleViolation) as refused:
        plan_merger(codes, into=into, on=on)
    assert refused.value.code == code
    (sentence,) = refused.value.errors[field]
    assert says in sentence


def test_only_a_site_admin_merges(places: Places) -> None:
    merger = plan_merger([places.commune.code], into=places.other_commune.code, on=clock.today())
    for role in set(Role) - {Role.SITE_ADMIN}:
        with pytest.raises(Forbidden):
            services.close_into_successor(merger, actor=make_officer(role).actor)
    admin = make_officer(Role.SITE_ADMIN, agency=places.province)
    services.close_into_successor(merger, actor=admin.actor)
    entry = AuditEntry.objects.get(action="agency.merged")
    assert (entry.user_id, entry.detail["into"]) == (admin.user.pk, places.other_commune.code)


def test_the_old_code_leads_to_the_successor_and_on_to_its_successor(places: Places) -> None:
    third = make_agency(parent=places.province)
    _merge(places.commune, places.other_commune)
    _merge(places.other_commune, third)
    assert selectors.get_agency_now(places.commune.code) == third
    assert selectors.list_agencies(codes=[places.commune.code]) == [third]
    assert mergers.list_due_mergers() == {places.commune.pk: third.pk, places.other_commune.pk: third.pk}


def test_a_merger_to_come_changes_nothing_until_its_day(places: Places) -> None:
    _merge(places.commune, places.other_commune, on=clock.today() + timedelta(days=30))
    assert selectors.get_agency_now(places.commune.code) == places.commune
    assert mergers.list_due_mergers() == {}
    _merge(places.commune, places.other_commune)
    assert mergers.list_due_mergers() == {places.commune.pk: places.other_commune.pk}


def test_a_repeat_keeps_the_last_day(places: Places) -> None:
    _merge(places.commune, places.other_commune, on=clock.today() - timedelta(days=5))
    before = Agency.objects.get(pk=places.commune.pk).valid_until
    _merge(places.commune, places.other_commune)
    assert Agency.objects.get(pk=places.commune.pk).valid_until == before
    assert list(places.other_commune.predecessors.all()) == [places.commune]


def test_a_split_agency_is_not_handed_over(places: Places) -> None:
    services.close_agency(places.commune, last_day=clock.today() - timedelta(days=1), actor=SYSTEM)
    for _ in range(2):
        make_agency(predecessors=(places.commune,))
    assert mergers.list_due_mergers() == {}


def test_people_go_on_at_the_successor(places: Places) -> None:
    officer = make_officer(Role.APPROVER, agency=places.commune, title="Chủ tịch")
    both = make_officer(Role.RECEPTION, agency=places.commune)
    make_officer(Role.CASE_OFFICER, agency=places.other_commune, user=both.user)
    _merge(places.commune, places.other_commune)

    assert services.hand_over_agency(places.commune, places.other_commune, actor=SYSTEM) == 2
    assert services.hand_over_agency(places.commune, places.other_commune, actor=SYSTEM) == 0

    (moved,) = selectors.list_current_memberships(officer.user.pk)
    assert (moved.agency, moved.roles, moved.title) == (places.other_commune, ["approver"], "Chủ tịch")
    (joined,) = selectors.list_current_memberships(both.user.pk)
    assert set(joined.roles) == {"reception", "case_officer"}
    assert not Membership.objects.filter(agency=places.commune, until=None).exists()
    assert AuditEntry.objects.get(action="agency.people_moved").detail["people"] == 2


@pytest.mark.parametrize(("leaving", "staying"), [(30, None), (None, 30), (30, 10), (10, 30)])
def test_who_works_at_both_stays_as_long_as_the_longer(
    places: Places, leaving: int | None, staying: int | None
) -> None:
    user, moment = make_user(), clock.now()
    ends = [None if days is None else moment + timedelta(days=days) for days in (leaving, staying)]
    for agency, until in zip((places.commune, places.other_commune), ends, strict=True):
        services.grant_membership(user, agency, roles=[Role.RECEPTION], until=until, actor=SYSTEM)
    services.hand_over_agency(places.commune, places.other_commune, actor=SYSTEM)
    (row,) = selectors.list_current_memberships(user.pk)
    assert row.until == (None if None in ends else max(end for end in ends if end))


def test_units_below_hang_below_the_successor(places: Places) -> None:
    police = make_agency(kind=AgencyKind.POLICE, parent=places.commune)
    post = make_agency(kind=AgencyKind.POST_POINT, parent=police)
    closed = make_agency(parent=places.commune, valid_until=clock.today() - timedelta(days=1))
    _merge(places.commune, places.other_commune)
    assert mergers.list_with_people_or_units([places.commune.pk]) == {places.commune.pk}
    services.hand_over_agency(places.commune, places.other_commune, actor=SYSTEM)
    assert mergers.list_with_people_or_units([places.commune.pk]) == set()
    for unit in (police, post):
        unit.refresh_from_db()
        assert unit.path.startswith(places.other_commune.path)
    closed.refresh_from_db()
    assert closed.parent == places.commune
