"""Reads that a check needs beside the document: offices, their hours, names of other procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from portal.accounts.selectors import get_work_calendar
from procedures.content import Content
from procedures.guide.hours import DayHours, list_hours
from procedures.guide.places import sort_by_place
from procedures.models import Procedure
from procedures.selectors import list_performing_agencies

if TYPE_CHECKING:
    from portal.accounts.models import Agency


def list_places(content: Content) -> Sequence[Agency]:
    """Offices that perform the procedure now, as people look for them. One query, some more with codes."""
    return sort_by_place(list_performing_agencies(content))


def list_open_hours(agency: Agency, on: date) -> tuple[DayHours, ...]:
    """When the office takes papers in, today and the six days after. One query when nothing changed."""
    return list_hours(get_work_calendar(agency.pk), on)


def list_named(codes: Iterable[str]) -> dict[str, Procedure]:
    """Procedures of these codes that people may read here. One query; none without codes."""
    wanted = [code for code in codes if code]
    if not wanted:
        return {}
    return {item.code: item for item in Procedure.objects.with_version().filter(code__in=wanted)}
