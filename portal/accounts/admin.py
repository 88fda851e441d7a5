"""Registers the pages of the administration site: User, Agency, Membership, CalendarDay and nothing else."""

from portal.accounts.admin_site import admin_site
from portal.accounts.adminpages import people, places

__all__ = ["admin_site", "people", "places"]
