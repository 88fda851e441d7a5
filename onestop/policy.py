"""Who may open the pages of the counter; what each act needs is checked again by its service."""

from portal.accounts.choices import Role
from portal.accounts.policy import officer

DESK_ROLES = (Role.RECEPTION, Role.DESK_HEAD, Role.CASE_OFFICER, Role.APPROVER, Role.LEADER)
"""Roles that see dossiers. Administrators of people or of the catalogue see none."""

desk_officer = officer(*DESK_ROLES)
receptionist = officer(Role.RECEPTION)
desk_head = officer(Role.DESK_HEAD)
