"""What the matrix expects: each view's own policy, and whose the thing behind an address is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch

from portal.core.policy import PUBLIC
from tests.access import callers as p
from tests.access.routes import Route

READING = frozenset({"GET", "HEAD"})


class Gate(StrEnum):
    """How far a caller comes; the value is what docs/access-matrix.md prints."""

    OPEN = "✓"
    READS = "reads"
    SIGN_IN = "sign in"
    FORBIDDEN = "403"
    HIDDEN = "404"


@dataclass(frozen=True)
class Whose:
    """Routes by the pattern of their name; the callers that may see what they show. Others get `otherwise`.

    `in_reading` False: to read it shows nothing of anybody and leads elsewhere.
    """

    pattern: str
    sees: frozenset[str]
    otherwise: Gate = Gate.HIDDEN
    in_reading: bool = True


def _who(*names: str) -> frozenset[str]:
    return frozenset(names)


CITIZENS = _who(p.OWNER, p.OTHER_CITIZEN)
DESK = _who(*p.OWN_DESK, p.LEADER_BELOW)
ROWS = (
    Whose("dossiers:file", DESK | {p.OWNER}),
    Whose("dossiers:detail", DESK | {p.OWNER}),
    Whose("dossiers:mine", CITIZENS, Gate.FORBIDDEN),
    Whose("onestop:*", DESK),
    Whose("payments:account*", _who(p.SITE_ADMIN)),
    Whose("payments:statement*", _who(p.RECEPTION, p.DESK_HEAD)),
    Whose("payments:till*", _who(p.RECEPTION, p.DESK_HEAD)),
    Whose("payments:post*", _who(p.RECEPTION, p.DESK_HEAD)),
    Whose("payments:*", DESK | {p.OWNER}),
    Whose("notifications:read", _who(p.OWNER), in_reading=False),
    Whose("catalogue:import*", _who(p.CATALOGUE_ADMIN)),
    Whose("dossiers:*", _who(p.OWNER)),
    Whose("api:*", DESK | {p.OWNER}),
)
"""The first row that fits counts, for routes with an id in their address and for those named in full."""
BEGINS_A_DRAFT = "dossiers:start"
"""Public to read; to post is for citizens, signed in."""


def find_row(route: Route) -> Whose | None:
    """The ownership row of a route; None: it shows nobody's own things."""
    name = f"api:{route.name}" if route.is_api else route.name
    rows = (row for row in ROWS if fnmatch(name, row.pattern))
    return next((row for row in rows if route.ids or row.pattern == name), None)


def expect(route: Route, caller: str, method: str = "GET") -> Gate:
    """How far this caller comes with this method."""
    if route.name == BEGINS_A_DRAFT and method not in READING:
        return _ask_policy_of_citizens(caller)
    gate = _ask_policy(route, caller, method)
    row = find_row(route)
    if gate is not Gate.OPEN or row is None or (method in READING and not row.in_reading):
        return gate
    if caller not in row.sees:
        return row.otherwise
    return Gate.FORBIDDEN if caller == p.LEADER_BELOW and method not in READING else Gate.OPEN


def _ask_policy(route: Route, caller: str, method: str) -> Gate:
    policy = route.policy
    assert policy is not None, f"{route.name} states no policy"
    if policy == PUBLIC:
        return Gate.OPEN
    if caller == p.VISITOR:
        return Gate.SIGN_IN
    if policy.name == "signed_in":
        return Gate.OPEN
    roles = p.ROLES.get(caller, frozenset())
    if not roles or (policy.roles and not policy.roles & roles):
        return Gate.FORBIDDEN
    looks_only = caller == p.LEADER_BELOW and method not in READING
    return Gate.FORBIDDEN if looks_only else Gate.OPEN


def _ask_policy_of_citizens(caller: str) -> Gate:
    if caller == p.VISITOR:
        return Gate.SIGN_IN
    return Gate.OPEN if caller in CITIZENS else Gate.FORBIDDEN


def summarise(route: Route, caller: str) -> Gate:
    """One cell of the printed matrix: reading and writing together."""
    reads, writes = (expect(route, caller, method) for method in ("GET", "POST"))
    return Gate.READS if reads is Gate.OPEN and writes is not Gate.OPEN else reads


def list_unowned(routes: Iterable[Route]) -> list[str]:
    """Routes with an id in their address of which nobody said whose it is."""
    return [route.name for route in routes if route.ids and find_row(route) is None]
