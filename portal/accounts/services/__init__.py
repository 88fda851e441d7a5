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
from portal.accounts.services.merging import close_into_successor, hand_over_agency
from portal.accounts.services.people import (
    confirm_contact,
    create_user,
    set_active,
    set_language,
    update_account,
    update_contact,
)

__all__ = [
    "change_agency",
    "change_agency_code",
    "change_membership",
    "close_agency",
    "close_into_successor",
    "confirm_contact",
    "create_agency",
    "create_user",
    "forget_day",
    "grant_membership",
    "hand_over_agency",
    "load_calendars",
    "revoke_membership",
    "set_active",
    "set_day",
    "set_language",
    "set_predecessors",
    "update_account",
    "update_contact",
    "verify_identity",
    "withdraw_identity",
]
