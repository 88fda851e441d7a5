"""Who signs a printed form, and how: for oneself, for the head (KT.), by order (TL., TUQ.)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dossiers.models import DossierEvent
from portal.accounts import selectors as accounts
from portal.accounts.choices import AgencyKind, Role, SignsFor

if TYPE_CHECKING:
    from portal.accounts.models import Membership

_HEADS = {
    AgencyKind.PROVINCE: "Chủ tịch",
    AgencyKind.DISTRICT: "Chủ tịch",
    AgencyKind.COMMUNE: "Chủ tịch",
    AgencyKind.DEPARTMENT: "Giám đốc",
    AgencyKind.CENTRE: "Giám đốc",
}
_DEPUTY = "phó "
_SIGNERS = frozenset({Role.APPROVER, Role.DESK_HEAD, Role.LEADER})


def find_signer(event: DossierEvent | None) -> tuple[str, str]:
    """Title and name under a letter that the head of an agency signs.

    Whoever acted, where they sign for the agency; else the head in general and an empty place for the name.
    """
    if event is not None and event.actor_membership_id is not None:
        membership = accounts.get_membership(event.actor_membership_id)
        if _SIGNERS & set(membership.roles):
            return show_title(membership) or _name_role(membership), event.actor_name
    return _("Thủ trưởng cơ quan, đơn vị"), ""


def _name_role(membership: "Membership") -> str:
    """Where nobody wrote the title down."""
    heads_desk = Role.DESK_HEAD in membership.roles and Role.APPROVER not in membership.roles
    return str(Role.DESK_HEAD.label) if heads_desk else _("Thủ trưởng cơ quan, đơn vị")


def show_title(membership: "Membership") -> str:
    """As it stands over the name: "Chủ tịch", or "KT. Chủ tịch" above "Phó Chủ tịch" (Decree 30/2020 Art. 13)."""
    title = membership.title
    if membership.signs_for == SignsFor.OWN:
        return title
    deputy_of = title[len(_DEPUTY) :] if title.lower().startswith(_DEPUTY) else ""
    head = deputy_of or _HEADS.get(AgencyKind(membership.agency.kind), "Thủ trưởng")
    return f"{membership.signs_for} {head}\n{title}".rstrip()
