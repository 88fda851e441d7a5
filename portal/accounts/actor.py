"""Who acts, in which role, through which door: the value every service takes."""

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.choices import ActorKind, Door, Role


@dataclass(frozen=True)
class Actor:
    """One person or the system, as it may act in one request.

    `scope_agency_id` says whose dossiers may be seen. It equals `agency_id`,
    except for a leader who looks at a unit below: then `is_read_only` is true.
    `identity_index` is the blind index of a verified national ID, else None.
    """

    kind: ActorKind
    user_id: UUID | None = None
    name: str = ""
    membership_id: int | None = None
    agency_id: int | None = None
    scope_agency_id: int | None = None
    roles: frozenset[str] = frozenset()
    mandate_id: UUID | None = None
    door: Door = Door.WEB
    identity_level: int = 0
    identity_index: bytes | None = None

    @classmethod
    def system(cls) -> "Actor":
        return cls(kind=ActorKind.SYSTEM, door=Door.TASK)

    @property
    def is_officer(self) -> bool:
        return self.kind == ActorKind.OFFICER

    @property
    def is_system(self) -> bool:
        return self.kind == ActorKind.SYSTEM

    @property
    def is_anonymous(self) -> bool:
        return self.kind == ActorKind.ANONYMOUS

    @property
    def is_read_only(self) -> bool:
        """A leader who looks at a unit below may change nothing there."""
        return self.scope_agency_id != self.agency_id

    def has_role(self, *roles: Role | str) -> bool:
        """Whether the officer holds one of these roles; always false for everybody else."""
        return self.is_officer and not self.roles.isdisjoint(str(role) for role in roles)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
