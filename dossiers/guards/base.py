"""What all guards share: how they refuse, and who may be given a step."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dossiers.choices import FeeStatus, Relation
from dossiers.models import Fee
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.accounts.choices import Role
from portal.core.errors import RuleViolation


def refuse(field: str, message: str, code: str = "invalid") -> RuleViolation:
    """A 422 on one field."""
    return RuleViolation(code, message, errors={field: [message]})


def check_assignee(work: Work, membership_id: int | None, *roles: Role) -> None:
    """The one who gets a step works at the handling agency, in one of these roles."""
    if membership_id is None:
        return
    agencies = {agency for agency, relation in work.relations if relation == Relation.HANDLING}
    fits = any(
        member.pk == membership_id and set(member.roles) & set(roles)
        for agency_id in agencies
        for member in accounts.list_officers(agency_id)
    )
    if not fits:
        raise refuse("assignee", _("Người này không thụ lý hồ sơ tại cơ quan của bạn. Hãy chọn người khác."))


def open_fees(work: Work) -> "QuerySet[Fee]":
    """Fees of the dossier that are still owed."""
    return Fee.objects.filter(dossier=work.dossier, status=FeeStatus.OPEN)
