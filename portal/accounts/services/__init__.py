"""Every write about people, agencies, memberships and calendars."""

from portal.accounts.services.agencies import (
    change_agency,
    change_agency_code,
    close_agency,
    create_agency,
    set_predecessors,
)
from portal.accounts.services.calendars import forget_day, load_calendars, set_day
from portal.accounts.services.identity import verify_identity, withdraw_identity
from portal.accounts.services.memberships import change_membership, grant_membership, revoke_membership
from portal.accounts.services.people import (
    confirm_contact,
    create_user,
    set_active,
    update_account,
    update_contact,
)

__all__ = [
    "change_agency",
    "change_agency_code",
    "change_membership",
    "close_agency",
    "confirm_contact",
    "create_agency",
    "create_user",
    "forget_day",
    "grant_membership",
    "load_calendars",
    "revoke_membership",
    "set_active",
    "set_day",
    "set_predecessors",
    "update_account",
    "update_contact",
    "verify_identity",
    "withdraw_identity",
]
