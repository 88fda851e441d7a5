"""The kinds of people that call every address, and the roles of the officers among them."""

from portal.accounts.choices import Role

DESK_ROLES = (Role.RECEPTION, Role.DESK_HEAD, Role.CASE_OFFICER, Role.APPROVER)
OWNER, OTHER_CITIZEN, VISITOR = "owner", "other citizen", "visitor"
OTHER_OFFICER, LEADER, LEADER_BELOW = "other agency", "leader", "leader below"
CATALOGUE_ADMIN, SITE_ADMIN = "catalogue admin", "site admin"
RECEPTION, DESK_HEAD, CASE_OFFICER, APPROVER = OWN_DESK = tuple(str(role) for role in DESK_ROLES)
CALLERS = (
    VISITOR, OWNER, OTHER_CITIZEN, *OWN_DESK, OTHER_OFFICER, LEADER, LEADER_BELOW, CATALOGUE_ADMIN, SITE_ADMIN,
)  # fmt: skip
ROLES: dict[str, frozenset[str]] = {
    **{role: frozenset({role}) for role in OWN_DESK},
    OTHER_OFFICER: frozenset(OWN_DESK),
    LEADER: frozenset({str(Role.LEADER)}),
    LEADER_BELOW: frozenset({str(Role.LEADER)}),
    CATALOGUE_ADMIN: frozenset({str(Role.CATALOGUE_ADMIN)}),
    SITE_ADMIN: frozenset({str(Role.SITE_ADMIN)}),
}
"""The officers among the callers, with their roles."""
