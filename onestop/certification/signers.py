"""Who signs certifications at a desk: the approvers, and who signs for another (KT., TL., TUQ.)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.errors import RuleViolation


@dataclass(frozen=True)
class Signer:
    """As stamped. `identity_index`: the signer's own verified identity, who never signs for themselves."""

    membership_id: int
    name: str
    title: str
    signs_for: str
    identity_index: bytes | None = None

    @property
    def label(self) -> str:
        """ "KT. Vũ Quang Ký, Phó Chủ tịch"."""
        name = f"{self.signs_for} {self.name}".strip()
        return f"{name}, {self.title}" if self.title else name


def list_signers(actor: Actor) -> list[Signer]:
    """Who may sign at the officer's agency today, by name. One query."""
    return [
        Signer(row.pk, row.user.full_name, row.title, row.signs_for, row.user.national_id_index or None)
        for row in accounts.list_officers(actor.agency_id or 0)
        if Role.APPROVER in row.roles or row.signs_for
    ]


def find_signer(actor: Actor, membership_id: int | None) -> Signer:
    """Raises RuleViolation `signer_not_authorised` for anybody else, also one whose membership has ended."""
    for signer in list_signers(actor):
        if signer.membership_id == membership_id:
            return signer
    message = _("Người này không được ký chứng thực ở cơ quan của bạn. Hãy chọn người ký trong danh sách.")
    raise RuleViolation("signer_not_authorised", message, errors={"signer": [message]})
