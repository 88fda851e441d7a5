"""What a view demands of whoever calls it; the decorators that enforce it live in portal.accounts.policy."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Policy:
    """`name`: public, signed_in, officer…; `roles`: any one of these suffices, none: no role is asked."""

    name: str
    roles: frozenset[str] = field(default_factory=frozenset)


PUBLIC = Policy("public")


def state_policy(policy: Policy) -> Callable[[View], View]:
    """Write the policy on a view as `view.policy`, where the access matrix and the build look for it."""

    def decorate(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return decorate
