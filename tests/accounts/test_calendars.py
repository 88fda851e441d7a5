"""The shipped calendars and their copy in the database."""

from datetime import date, time, timedelta

import pytest

from portal.accounts import selectors, services
from portal.accounts.calendar_files import load_work_calendar
from portal.accounts.choices import DayKind
from portal.accounts.models import Calendar, CalendarDay
from portal.accounts.workcalendar import WorkCalendar
from portal.core.errors import Forbidden, NotFound
from tests.factories.people import SYSTEM, make_actor, make_agency, make_user

MORNING, AFTERNOON = (time(7), time(11, 30)), (time(13, 30), time(17))


@pytest.fixture(scope="module", params=["std", "sat_am_reception", "noon_reception"])
def calendar(request: pytest.FixtureRequest) -> WorkCalendar:
    return load_work_calendar(request.param)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-07", True),
        ("2024-02-08", False),
        ("2024-02-14", False),
        ("2024-02-15", True),
        ("2024-04-18", False),
        ("2024-04-29", False),
        ("2024-05-04", True),
        ("2024-09-03", False),
        ("2025-01-24", True),
        ("2025-01-27", False),
        ("2025-01-31", False),
        ("2025-02-03", True),
        ("2025-04-07", False),
        ("2025-04-26", True),
        ("2025-05-02", False),
        ("2025-09-01", False),
        ("2026-01-01", False),
        ("2026-01-02", False),
        ("2026-01-10", True),
        ("2026-02-13", True),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-04-27", False),
        ("2026-04-30", False),
        ("2026-05-01", False),
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-09-02", False),
        ("2026-09-03", True),
        ("2026-11-24", False),
        ("2026-11-28", False),
        ("2027-02-04", False),
        ("2027-02-10", False),
        ("2027-02-11", True),
        ("2027-04-16", False),
        ("2027-05-03", False),
        ("2027-09-03", False),
        ("2027-11-24", False),
        ("2025-11-24", True),
    ],
)
def test_which_days_are_working_days(calendar: WorkCalendar, day: str, works: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is works
    assert bool(calendar.sessions_on(date.fromisoformat(day))) is works


@pytest.mark.parametrize("day", ["2026-03-02", "2026-08-22", "2026-01-10"])
def test_a_working_day_has_two_sessions(calendar: WorkCalendar, day: str) -> None:
    assert calendar.sessions_on(date.fromisoformat(day)) == (MORNING, AFTERNOON)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("std", "2026-03-07", False),
        ("sat_am_reception", "2026-03-07", True),
        ("sat_am_reception", "2026-03-08", False),
        ("sat_am_reception", "2027-05-01", False),
        ("sat_am_reception", "2026-08-22", True),
        ("std", "2026-03-06", True),
    ],
)
def test_which_days_papers_are_taken_in(name: str, day: str, expected: bool) -> None:
    calendar = load_work_calendar(name)
    assert calendar.is_reception_day(date.fromisoformat(day)) is expected


def test_saturday_morning_is_for_reception_only() -> None:
    calendar = load_work_calendar("sat_am_reception")
    saturday = date(2026, 3, 7)
    assert calendar.reception_on(saturday) == (MORNING,)
    assert calendar.sessions_on(saturday) == ()
    assert calendar.reception_on(date(2026, 8, 22)) == ()


def test_at_noon_the_centre_only_takes_papers_in() -> None:
    calendar = load_work_calendar("noon_reception")
    monday, saturday = date(2026, 3, 2), date(2026, 3, 7)
    assert calendar.reception_on(monday) == ((time(11, 30), time(13, 30)),)
    assert calendar.sessions_on(monday) == (MORNING, AFTERNOON)
    assert calendar.reception_on(saturday) == (MORNING,)


def test_every_swapped_day_has_its_counterpart(calendar: WorkCalendar) -> None:
    assert all(day.weekday() == 5 for day in calendar.working_days)
    assert not calendar.working_days & calendar.holidays


def test_what_is_known_ends_with_2027(calendar: WorkCalendar) -> None:
    assert (calendar.known_from, calendar.known_until) == (date(2024, 1, 1), date(2027, 12, 31))
    assert not calendar.is_known(date(2028, 1, 1))
    assert all(calendar.is_known(day) for day in calendar.holidays | calendar.working_days)


def test_an_unknown_name_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="noon_reception, sat_am_reception, std"):
        load_work_calendar("cafe")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["std", "sat_am_reception", "noon_reception"])
def test_the_database_says_what_the_file_says(name: str) -> None:
    agency = make_agency(calendar=name)
    assert selectors.get_work_calendar(agency.pk) == load_work_calendar(name)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_edits() -> None:
    services.load_calendars()
    std = selectors.get_calendar("std")
    services.forget_day(std, date(2026, 1, 2), actor=SYSTEM)
    before = list(CalendarDay.objects.order_by("pk").values_list())
    assert set(services.load_calendars().values()) == {"unchanged"}
    assert list(CalendarDay.objects.order_by("pk").values_list()) == before


@pytest.mark.django_db
def test_a_calendar_that_knows_less_is_extended() -> None:
    services.load_calendars()
    Calendar.objects.filter(name="std").update(known_until=date(2026, 12, 31))
    CalendarDay.objects.filter(calendar__name="std", day__gt=date(2026, 12, 31)).delete()
    assert services.load_calendars()["std"] == "extended"
    agency = make_agency()
    assert selectors.get_work_calendar(agency.pk) == load_work_calendar("std")


@pytest.mark.django_db
def test_an_edit_counts_at_once() -> None:
    agency = make_agency()
    day = date(2026, 3, 2)
    assert selectors.get_work_calendar(agency.pk).is_working_day(day)
    services.set_day(agency.calendar, day, kind=DayKind.CLOSED, note="Bão", actor=SYSTEM)
    assert not selectors.get_work_calendar(agency.pk).is_working_day(day)
    services.forget_day(agency.calendar, day, actor=SYSTEM)
    assert selectors.get_work_calendar(agency.pk).is_working_day(day)


@pytest.mark.django_db
def test_only_a_site_admin_edits_days() -> None:
    agency = make_agency()
    with pytest.raises(Forbidden):
        services.set_day(
            agency.calendar,
            date(2026, 3, 2) + timedelta(days=1),
            kind=DayKind.HOLIDAY,
            actor=make_actor(make_user()),
        )


@pytest.mark.django_db
def test_an_unknown_agency_has_no_calendar() -> None:
    with pytest.raises(NotFound):
        selectors.get_work_calendar(0)
