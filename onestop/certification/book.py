"""Reads of the books of certifications: a page of a book, a day of an agency, one certification."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from onestop.models import CertificationEntry
from portal.accounts.actor import Actor
from portal.core import clock

PAGE_SIZE = 50
RECENT = 8


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a book. `fee` in đồng, `at` aware; `pages` is None where only documents count.

    `cancelled_at` and `cancel_reason`: a struck line, which keeps its number.
    """

    number: int
    book_sign: str
    at: datetime
    person: str
    paper: str
    pages: int | None
    copies: int
    fee: int
    signer: str
    receipt_number: str
    dossier_id: UUID
    dossier_code: str
    cancelled_at: datetime | None = None
    cancel_reason: str = ""


@dataclass(frozen=True, slots=True)
class BookPage:
    """Newest first. `older`, `newer`: the number to turn the page by, None at the ends."""

    lines: list[BookLine]
    older: int | None = None
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class Certified:
    """One certification as the list of a day shows it: its numbers in one book, and what was paid."""

    dossier_id: UUID
    at: datetime
    person: str
    numbers: str
    total: int
    is_cancelled: bool


def list_book(agency_id: int, kind: str, year: int) -> list[BookLine]:
    """A whole book in the order of its numbers, for printing. One query.

    The caller has checked that its reader may see the agency.
    """
    return [_line(entry) for entry in _book(agency_id, kind, year).order_by("agency_code", "number")]


def read_book_page(
    actor: Actor, kind: str, year: int, *, before: int | None = None, after: int | None = None
) -> BookPage:
    """Fifty lines of a book of the agency in scope, below or above a number. One query."""
    entries = _book(actor.scope_agency_id or 0, kind, year)
    if after is not None:
        rows = list(entries.filter(number__gt=after).order_by("number")[: PAGE_SIZE + 1])
        has_newer, kept = len(rows) > PAGE_SIZE, list(reversed(rows[:PAGE_SIZE]))
        return _page(kept, has_older=bool(kept), has_newer=has_newer)
    if before is not None:
        entries = entries.filter(number__lt=before)
    rows = list(entries.order_by("-number")[: PAGE_SIZE + 1])
    return _page(rows[:PAGE_SIZE], has_older=len(rows) > PAGE_SIZE, has_newer=before is not None)


def list_certified(dossier_id: UUID) -> list[BookLine]:
    """The lines of one certification, by number; empty for a dossier that is none. One query.

    The caller has checked that its reader may see the dossier.
    """
    rows = _rows().filter(dossier=dossier_id).order_by("number")
    return [_line(entry) for entry in rows]


def find_receipt_id(dossier_id: UUID) -> UUID | None:
    """The receipt of one certification. One query."""
    rows = CertificationEntry.objects.filter(dossier=dossier_id)
    return rows.values_list("receipt", flat=True).first()


def list_today(actor: Actor) -> list[Certified]:
    """The latest certifications of the agency in scope today, newest first. One query."""
    now = clock.to_local(clock.now())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = CertificationEntry.objects.filter(
        agency=actor.scope_agency_id or 0,
        certified_at__gte=midnight,
        certified_at__lt=midnight + timedelta(days=1),
    )
    rows = day.values("dossier", "dossier__owner_name", "certified_at", "receipt__amount", "kind").annotate(
        first=Min("number"), last=Max("number"), struck=Max("cancelled_at")
    )
    return [
        Certified(
            dossier_id=row["dossier"],
            at=row["certified_at"],
            person=row["dossier__owner_name"],
            numbers=describe_numbers(row["first"], row["last"]),
            total=row["receipt__amount"] or 0,
            is_cancelled=row["struck"] is not None,
        )
        for row in rows.order_by("-certified_at", "-last")[:RECENT]
    ]


def list_years(actor: Actor, kind: str) -> list[int]:
    """Years with a book of this kind at the agency in scope, newest first. One query."""
    rows = CertificationEntry.objects.filter(agency=actor.scope_agency_id or 0, kind=kind)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def describe_numbers(first: int, last: int) -> str:
    """ "15" or "15–17"."""
    return str(first) if first == last else f"{first}–{last}"


def _book(agency_id: int, kind: str, year: int) -> "QuerySet[CertificationEntry]":
    return _rows().filter(agency=agency_id, kind=kind, year=year)


def _rows() -> "QuerySet[CertificationEntry]":
    return CertificationEntry.objects.select_related("dossier", "receipt").only(
        *(field.name for field in CertificationEntry._meta.concrete_fields),
        "dossier__code",
        "dossier__owner_name",
        "receipt__number",
    )


def _line(entry: CertificationEntry) -> BookLine:
    signer = f"{entry.signs_for} {entry.signer_name}".strip()
    return BookLine(
        number=entry.number,
        book_sign=entry.book_sign,
        at=entry.certified_at,
        person=entry.dossier.owner_name,
        paper=entry.paper,
        pages=entry.pages,
        copies=entry.copies,
        fee=entry.fee,
        signer=f"{signer}, {entry.signer_title}" if entry.signer_title else signer,
        receipt_number=entry.receipt.number_text if entry.receipt else "",
        dossier_id=entry.dossier_id,
        dossier_code=entry.dossier.code or "",
        cancelled_at=entry.cancelled_at,
        cancel_reason=entry.cancel_reason,
    )


def _page(rows: Iterable[CertificationEntry], *, has_older: bool, has_newer: bool) -> BookPage:
    lines = [_line(entry) for entry in rows]
    if not lines:
        return BookPage([])
    return BookPage(lines, lines[-1].number if has_older else None, lines[0].number if has_newer else None)
