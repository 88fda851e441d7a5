"""Addresses of the certification pages: everything chosen stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from onestop.certification.kinds import Offer
from onestop.choices import CertificationKind
from onestop.models import CertificationEntry
from portal.core import clock

Chip = dict[str, object]
MOST_DIGITS = 9
FIRST_YEAR, LAST_YEAR = 2000, 9999


@dataclass(frozen=True)
class BookAddress:
    """Which book, and from which number on."""

    kind: str
    year: int
    before: int | None = None
    after: int | None = None

    def build_href(self, **changes: int | None) -> str:
        """The same book at another place, or another book."""
        wanted = {"kind": self.kind, "year": self.year, **changes}
        return f"{reverse('onestop:certification_book')}?{urlencode(wanted)}"

    def list_chips(self, years: list[int]) -> list[Chip]:
        """The kinds, then the years of this kind; a single year needs no choice."""
        kinds: list[Chip] = [
            {
                "label": kind.label,
                "href": f"{reverse('onestop:certification_book')}?{urlencode({'kind': kind.value})}",
                "is_current": kind.value == self.kind,
            }
            for kind in CertificationKind
        ]
        wanted = sorted({*years, self.year}, reverse=True)
        return kinds + [
            {"label": str(year), "href": self.build_href(year=year), "is_current": year == self.year}
            for year in wanted
            if len(wanted) > 1
        ]


def read_book_address(data: Mapping[str, str]) -> BookAddress:
    """What stands in the address; what makes no sense there is this year's book of copies."""
    kind = data.get("kind", "")
    year = _number(data.get("year", ""))
    return BookAddress(
        kind if kind in CertificationKind.values else CertificationKind.COPIES.value,
        year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else clock.today().year,
        _number(data.get("before", "")),
        _number(data.get("after", "")),
    )


def list_chips(offers: list[Offer], current: str) -> list[Chip]:
    """The kinds this desk certifies; nothing to choose from one."""
    if len(offers) < 2:  # noqa: PLR2004 - one is no choice
        return []
    return [
        {
            "label": CertificationKind(offer.key).label,
            "href": f"{reverse('onestop:certification')}?kind={offer.key}",
            "is_current": offer.key == current,
        }
        for offer in offers
    ]


def build_screen_href(dossier_id: UUID) -> str:
    """The empty screen for the next person: the same kind, the same signer. One query."""
    last = CertificationEntry.objects.filter(dossier=dossier_id).values("kind", "signer").first()
    query = f"?{urlencode(last)}" if last else ""
    return f"{reverse('onestop:certification')}{query}"


def _number(typed: str) -> int | None:
    fits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if fits else None
