"""People, agencies, memberships and calendars."""

from portal.accounts.models.agencies import Agency, AgencyCode, Membership
from portal.accounts.models.calendars import Calendar, CalendarDay, OfficeHours
from portal.accounts.models.parked import ParkedForm
from portal.accounts.models.users import User

__all__ = [
    "Agency",
    "AgencyCode",
    "Calendar",
    "CalendarDay",
    "Membership",
    "OfficeHours",
    "ParkedForm",
    "User",
]
