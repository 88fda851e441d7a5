"""Reads of cashiers' sessions: what a drawer should hold, and what a session took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from payments.choices import Account, BookingKind, Method
from payments.models import CashSession, LedgerEntry, Receipt
from portal.accounts.choices import Role
from portal.core.clock import to_local
from portal.core.errors import NotFound
from portal.core.jsontypes import Json

if TYPE_CHECKING:
    from portal.accounts.actor import Actor

PAGE = 50
"""Sessions on one page of the head's list."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one session did so far, in đồng. `drawer`: what the drawer holds by the books."""

    drawer: int
    cash: int
    paid_out: int
    card: int
    cash_receipts: int
    card_receipts: int

    @property
    def receipts(self) -> int:
        return self.cash_receipts + self.card_receipts


def can_use_till(actor: Actor) -> bool:
    """Does this officer take money over a counter?"""
    return actor.has_role(Role.RECEPTION) and not actor.is_read_only


def can_watch_tills(actor: Actor) -> bool:
    """Does this officer see the drawers of all colleagues?"""
    return actor.has_role(Role.DESK_HEAD) and not actor.is_read_only


def sum_drawer(session: CashSession) -> int:
    """What the drawer should hold by the ledger now, in đồng. One query."""
    legs = LedgerEntry.objects.filter(session=session, account=Account.CASH_DRAWER)
    return session.opening + (legs.aggregate(sum=Sum("amount"))["sum"] or 0)


def sum_session(session: CashSession) -> Taken:
    """What the session took and gave. Two queries."""
    legs = LedgerEntry.objects.filter(session=session, account=Account.CASH_DRAWER)
    moved = legs.aggregate(
        all=Sum("amount"),
        cash=Sum("amount", filter=Q(kind=BookingKind.CASH_RECEIPT)),
        out=Sum("amount", filter=Q(kind=BookingKind.REFUND_PAID)),
    )
    receipts = Receipt.objects.filter(session=session).aggregate(
        card=Sum("amount", filter=Q(method=Method.CARD)),
        cash_receipts=Count("pk", filter=Q(method=Method.CASH)),
        card_receipts=Count("pk", filter=Q(method=Method.CARD)),
    )
    return Taken(
        drawer=session.opening + (moved["all"] or 0),
        cash=moved["cash"] or 0,
        paid_out=-(moved["out"] or 0),
        card=receipts["card"] or 0,
        cash_receipts=receipts["cash_receipts"],
        card_receipts=receipts["card_receipts"],
    )


def sum_card(session: CashSession) -> int:
    """What card terminals took in this session, in đồng."""
    receipts = Receipt.objects.filter(session=session, method=Method.CARD)
    return receipts.aggregate(sum=Sum("amount"))["sum"] or 0


def find_open(membership_id: int | None) -> CashSession | None:
    """The session that this cashier works in, of whatever day."""
    return CashSession.objects.filter(membership=membership_id, closed_at__isnull=True).first()


def find_last_closed(membership_id: int | None) -> CashSession | None:
    """Where the money of the next session comes from."""
    closed = CashSession.objects.filter(membership=membership_id, closed_at__isnull=False)
    return closed.order_by("-opened_at", "-pk").first()


def has_later(session: CashSession) -> bool:
    """Did the cashier begin another session since? Then the rest of this one lies in that drawer."""
    later = CashSession.objects.filter(membership=session.membership_id, opened_at__gt=session.opened_at)
    return later.exists()


def rest_of(session: CashSession | None) -> int:
    """What stayed in the drawer after the close, in đồng: the opening of the next session."""
    return 0 if session is None or session.counted is None else session.counted - session.handed_in


def is_of_another_day(session: CashSession, today: date) -> bool:
    """Was it opened before today and never counted?"""
    return session.closed_at is None and to_local(session.opened_at).date() < today


def access_session(actor: Actor, session_id: UUID) -> CashSession:
    """A session of one's own, or for heads of the agency. Raises NotFound."""
    found = list_visible(actor).filter(pk=session_id).first()
    if found is None:
        raise NotFound
    return found


def list_visible(actor: Actor) -> QuerySet[CashSession]:
    """Own sessions; the head sees all of the agency, also those that moved there with their cashier."""
    own = Q(membership_id=actor.membership_id)
    agency = Q(agency_id=actor.agency_id) | Q(membership__agency_id=actor.agency_id)
    seen = own | agency if can_watch_tills(actor) else own
    return CashSession.objects.filter(seen).select_related("agency__parent", "membership", "closed_by__user")


def list_open(actor: Actor) -> list[CashSession]:
    """Sessions that wait for their count, oldest first."""
    return list(list_visible(actor).filter(closed_at__isnull=True).order_by("opened_at", "pk"))


def sum_many(sessions: list[CashSession]) -> list[tuple[CashSession, int]]:
    """Each session with what its drawer should hold, in đồng. One query for all."""
    legs = LedgerEntry.objects.filter(session__in=sessions, account=Account.CASH_DRAWER).order_by()
    moved = dict(legs.values_list("session").annotate(sum=Sum("amount")))
    return [(session, session.opening + moved.get(session.pk, 0)) for session in sessions]


def list_closed(actor: Actor, before: UUID | None = None) -> tuple[list[CashSession], UUID | None]:
    """Counted sessions, the latest first, one page of them; and where the next page begins, if any.

    `before`: the id that the page before ended with. Ids rise with time.
    """
    closed = list_visible(actor).filter(closed_at__isnull=False)
    if before is not None:
        closed = closed.filter(pk__lt=before)
    found = list(closed.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def list_taken(session: CashSession, limit: int) -> list[Receipt]:
    """The latest receipts of a session with their dossiers, at most `limit`. One query."""
    receipts = Receipt.objects.filter(session=session).select_related("dossier")
    return list(receipts.order_by("-issued_at", "-pk")[:limit])


@dataclass(frozen=True, slots=True)
class Numbers:
    """Receipts of one book that a session issued: the first and the last number."""

    sign: str
    first: int
    last: int
    issued: int


def list_numbers(session: CashSession) -> list[Numbers]:
    """Of each book, from which to which number. Colleagues' receipts of the same book lie between."""
    rows = (
        Receipt.objects.filter(session=session).values("agency_code", "year").order_by("year", "agency_code")
    )
    found = rows.annotate(first=Min("number"), last=Max("number"), issued=Count("pk"))
    return [
        Numbers(
            Receipt(agency_code=row["agency_code"], year=row["year"]).sign,
            row["first"],
            row["last"],
            row["issued"],
        )
        for row in found
    ]


def list_lines(session: CashSession) -> list[tuple[str, list[dict[str, Json]]]]:
    """The method and the lines of every receipt of a session, for the sums on the close sheet."""
    return list(Receipt.objects.filter(session=session).values_list("method", "lines"))
