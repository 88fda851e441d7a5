"""The register of an agency (Sổ theo dõi hồ sơ): the dossiers it received, day by day. A view, never filled in.

Columns: Circular 01/2018/TT-VPCP, Mẫu 06; Circular 03/2025/TT-VPCP, Mẫu 07.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dossiers.choices import Channel, Medium, PartyRole, Status
from dossiers.models import Decision, Dossier, DossierParty, Party, Step
from dossiers.printing.words import get_detail, show_address, show_phone
from dossiers.prints.register import RegisterLine
from dossiers.rights import visible_to
from portal.accounts.actor import Actor
from portal.core.clock import VN_TZ
from portal.core.keyset import KeysetPage, read_page
from procedures.selectors import get_content

if TYPE_CHECKING:
    from portal.accounts.models import Agency

PAGE_SIZE = 50
CHUNK = 500
_CHANNELS = {Channel.ONLINE: "Qua mạng", Channel.DESK: "Tại quầy", Channel.POST: "Bưu điện"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Dossiers filed from one day to another, both within; `procedure` is a code or empty."""

    since: date
    until: date
    procedure: str = ""

    def as_text(self) -> dict[str, str]:
        """What cursors are bound to."""
        return {"since": f"{self.since}", "until": f"{self.until}", "procedure": self.procedure}


@dataclass(frozen=True, slots=True)
class Entry:
    """One dossier of a page with its line."""

    dossier: Dossier
    line: RegisterLine


def list_page(actor: Actor, wanted: Wanted, cursor: str) -> tuple[list[Entry], KeysetPage[Dossier]]:
    """Fifty dossiers in the order they were filed. Four queries whatever the number of rows.

    Without the people's addresses: those are on paper only. Raises RuleViolation `bad_cursor`.
    """
    bound = {**wanted.as_text(), "register": str(actor.scope_agency_id)}
    page = read_page(_find(actor, wanted), size=PAGE_SIZE, cursor=cursor, bound_to=bound, by="submitted_at")
    return [Entry(*pair) for pair in zip(page.rows, _build(page.rows, 1, {}), strict=True)], page


def count_up_to(actor: Actor, wanted: Wanted, most: int) -> int:
    """How many dossiers there are, looking no further than `most` + 1. One query."""
    return _find(actor, wanted).order_by()[: most + 1].count()


def list_lines(actor: Actor, wanted: Wanted) -> Iterator[RegisterLine]:
    """Every line, numbered from 1, five hundred at a time; the caller has asked how many there are."""
    found, number = _find(actor, wanted).order_by("submitted_at", "pk"), 1
    edge: Dossier | None = None
    while rows := list(_after(found, edge)[:CHUNK]):
        yield from _build(rows, number, _list_owners([row.pk for row in rows]))
        edge, number = rows[-1], number + len(rows)


def _find(actor: Actor, wanted: Wanted) -> "QuerySet[Dossier]":
    """What the agency in scope received; drafts were never filed."""
    begin = datetime.combine(wanted.since, time.min, VN_TZ)
    end = datetime.combine(wanted.until + timedelta(days=1), time.min, VN_TZ)
    found = visible_to(actor).filter(
        agency=actor.scope_agency_id, submitted_at__gte=begin, submitted_at__lt=end
    )
    if wanted.procedure:
        found = found.filter(procedure__code=wanted.procedure)
    return found.select_related("procedure")


def _after(found: "QuerySet[Dossier]", edge: Dossier | None) -> "QuerySet[Dossier]":
    if edge is None:
        return found
    later = found.filter(submitted_at=edge.submitted_at, pk__gt=edge.pk)
    return later | found.filter(submitted_at__gt=edge.submitted_at)


def _build(dossiers: Sequence[Dossier], first: int, owners: Mapping[UUID, Party]) -> list[RegisterLine]:
    ids = [dossier.pk for dossier in dossiers]
    steps, media = _list_first_steps(ids), _list_media(ids)
    return [
        _line(number, dossier, owners.get(dossier.pk), steps.get(dossier.pk), media.get(dossier.pk, set()))
        for number, dossier in enumerate(dossiers, start=first)
    ]


def _line(
    number: int, dossier: Dossier, owner: Party | None, step: Step | None, media: set[str]
) -> RegisterLine:
    unit: Agency | None = step.agency if step else None
    return RegisterLine(
        number=number,
        code=dossier.code or "",
        procedure=f"{dossier.procedure.name} ({dossier.procedure.code})",
        sets=get_content(dossier.procedure_version_id).sets,
        owner=dossier.owner_name,
        address=show_address(owner),
        phone=show_phone(owner) or get_detail(owner, "email"),
        handling_agency=unit.name if unit else "",
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        handed_on_at=step.started_at if step else None,
        result_at=dossier.resolved_at,
        returned_at=dossier.ended_at if dossier.status == Status.RETURNED else None,
        filed_through=_CHANNELS[Channel(dossier.channel)],
        returned_through=_name_way(dossier, media),
        note=_note(dossier),
    )


def _name_way(dossier: Dossier, media: set[str]) -> str:
    if dossier.status != Status.RETURNED:
        return ""
    if media == {Medium.ELECTRONIC}:
        return _("Bản điện tử")
    return _("Bưu điện") if dossier.channel == Channel.POST else _("Tại quầy")


def _note(dossier: Dossier) -> str:
    """What the dates do not say: the state it waits or ended in, a new date, a late result."""
    parts = []
    if dossier.status not in (Status.RETURNED, Status.RESOLVED, Status.PROCESSING, Status.ACCEPTED):
        parts.append(str(Status(dossier.status).label))
    if dossier.rescheduled_from is not None:
        parts.append(
            _("Hẹn lại, hẹn cũ %(day)s") % {"day": f"{dossier.rescheduled_from.astimezone(VN_TZ):%d/%m/%Y}"}
        )
    if dossier.resolved_at and dossier.due_at and dossier.resolved_at > dossier.due_at:
        parts.append(_("Quá hạn"))
    return "; ".join(parts)


def _list_owners(ids: Sequence[UUID]) -> dict[UUID, Party]:
    """The owner as last written, else who filed. One query."""
    rows = DossierParty.objects.filter(dossier__in=ids, role__in=[PartyRole.OWNER, PartyRole.SUBMITTER])
    ordered = rows.select_related("party").order_by("revision", "-role", "-position")
    found: dict[UUID, tuple[int, DossierParty]] = {}
    for row in ordered:
        kept = found.get(row.dossier_id)
        is_later = kept is None or row.revision > kept[0]
        if is_later or row.role == PartyRole.OWNER:
            found[row.dossier_id] = (row.revision, row)
    return {pk: row.party for pk, (_revision, row) in found.items()}


def _list_first_steps(ids: Sequence[UUID]) -> dict[UUID, Step]:
    """Where each dossier first went. One query."""
    steps = Step.objects.filter(dossier__in=ids).select_related("agency")
    return {step.dossier_id: step for step in steps.order_by("dossier", "started_at").distinct("dossier")}


def _list_media(ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """How the results of each dossier are given. One query."""
    found: dict[UUID, set[str]] = {}
    rows = Decision.objects.filter(dossier__in=ids, recalled_at=None, items__medium__isnull=False)
    for dossier_id, medium in rows.values_list("dossier", "items__medium"):
        found.setdefault(dossier_id, set()).add(medium)
    return found
