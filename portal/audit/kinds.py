"""The kinds of acts that need two people; each app registers its own while it loads."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from portal.core.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class ProposalKind:
    """`label` is what people read; `valid_for` is how long a proposal waits before it lapses."""

    key: str
    label: "StrOrPromise"
    valid_for: timedelta = timedelta(days=7)


proposal_kinds: Registry[ProposalKind] = Registry("proposal kinds")


def register_proposal_kind(kind: ProposalKind) -> ProposalKind:
    """Make a kind known. Raises ValueError when its key is taken."""
    return proposal_kinds.register(kind.key, kind)
