"""Working calendars: loaded from the shipped files, edited day by day."""

from datetime import date

from django.db.models import F

from portal.accounts.actor import Actor
from portal.accounts.calendar_files import CalendarFile, list_calendar_names, read_calendar
from portal.accounts.choices import DayKind
from portal.accounts.models import Calendar, CalendarDay, OfficeHours
from portal.accounts.services.rights import leave_trail, require_site_admin
from portal.core.locking import durable, lock_rows


def load_calendars() -> dict[str, str]:
    """Put the shipped calendars into the database: name -> created, extended or unchanged.

    The table is the truth: only days after an existing calendar's `known_until` are added,
    nothing edited is overwritten. A repeat is harmless.
    """
    return {name: _load(read_calendar(name)) for name in list_calendar_names()}


def set_day(calendar: Calendar, day: date, *, kind: str, actor: Actor, note: str = "") -> CalendarDay:
    """Make a date a holiday, a closure or a working day of this calendar, from now on.

    Raises Forbidden. Due moments already set do not move by it. A repeat is harmless.
    """
    require_site_admin(actor)
    with durable():
        _raise_revision(calendar)
        row, _created = CalendarDay.objects.update_or_create(
            calendar=calendar, day=day, defaults={"kind": DayKind(kind), "note": note}
        )
        leave_trail(actor, "calendar.day_set", f"calendar:{calendar.name}", day=day.isoformat(), kind=kind)
    return row


def forget_day(calendar: Calendar, day: date, *, actor: Actor) -> None:
    """Make a date an ordinary day of the week again. Raises Forbidden. A repeat is harmless."""
    require_site_admin(actor)
    with durable():
        _raise_revision(calendar)
        CalendarDay.objects.filter(calendar=calendar, day=day).delete()
        leave_trail(actor, "calendar.day_removed", f"calendar:{calendar.name}", day=day.isoformat())


def _load(file: CalendarFile) -> str:
    with durable():
        calendar, created = Calendar.objects.get_or_create(
            name=file.name,
            defaults={
                "title": file.title,
                "known_from": file.known_from,
                "known_until": file.known_until,
            },
        )
        if created:
            _insert_hours(calendar, file)
            _insert_days(calendar, file, after=date.min)
            return "created"
        (locked,) = lock_rows(Calendar.objects.filter(pk=calendar.pk))
        if locked.known_until >= file.known_until:
            return "unchanged"
        _insert_days(locked, file, after=locked.known_until)
        Calendar.objects.filter(pk=locked.pk).update(known_until=file.known_until, revision=F("revision") + 1)
        return "extended"


def _insert_hours(calendar: Calendar, file: CalendarFile) -> None:
    OfficeHours.objects.bulk_create(
        OfficeHours(
            calendar=calendar, weekday=line.weekday, opens=line.opens, closes=line.closes, kind=line.kind
        )
        for line in file.hours
    )


def _insert_days(calendar: Calendar, file: CalendarFile, *, after: date) -> None:
    CalendarDay.objects.bulk_create(
        (
            CalendarDay(calendar=calendar, day=line.day, kind=line.kind, note=line.note)
            for line in file.days
            if line.day > after
        ),
        ignore_conflicts=True,
    )


def _raise_revision(calendar: Calendar) -> None:
    Calendar.objects.filter(pk=calendar.pk).update(revision=F("revision") + 1)
