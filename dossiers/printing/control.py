"""The lines of the control slip: every time a dossier went from one hand to another, and what came of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.models import DossierEvent
from dossiers.printing.source import Source
from dossiers.printing.words import list_paper_lines, name_owner, name_procedure, show_due_text
from dossiers.prints.control import ControlSlipData, HandOver, Side
from dossiers.prints.sets import choose_set
from portal.accounts.choices import AgencyKind
from portal.core import clock
from portal.core.clock import to_local
from procedures.choices import StepKind

if TYPE_CHECKING:
    from dossiers.models import Step

TAKEN = "start"
"""Whoever starts takes the dossier; in every other hand-over whoever acts gives it."""


def build_control_slip(source: Source) -> ControlSlipData:
    """The slip as it stands now; it grows with every hand-over."""
    dossier, submitter = source.dossier, source.submitter
    received = cast("datetime", dossier.received_at)
    return ControlSlipData(
        code=dossier.code or "",
        place=source.place,
        issued_at=source.events[-1].at,
        agency_name=source.agency.name,
        parent_agency_name=source.parent_name,
        procedure_name=name_procedure(source),
        submitter_name=submitter.name if submitter else "",
        owner_name=name_owner(source.owner, submitter),
        received_at=received,
        due_at=dossier.due_at,
        due_text=show_due_text(dossier),
        papers=list_paper_lines(source),
        hand_overs=tuple(list_hand_overs(source)),
    )


def list_hand_overs(source: Source) -> Iterator[HandOver]:
    """From the desk through every step back to the desk and to the owner, oldest first."""
    names = {plan.key: str(plan.name) for plan in source.content.steps}
    causes = {event.at: event for event in source.events}
    last = desk = _name_desk(source)
    for at, entry in _list_course(source):
        cause = causes.get(at)
        giver = Side(last.unit, last.person if cause is None or cause.kind == TAKEN else cause.actor_name)
        if isinstance(entry, DossierEvent):
            yield (back := _hand_back(source, entry, giver, desk))
            last = back.taker
            continue
        last = Side(entry.agency.name, _name_holders(entry))
        step = names.get(entry.key, str(StepKind(entry.kind).label))
        yield HandOver(giver, last, at, step, judge(entry.due_at, entry.ended_at), _note(cause))


def _list_course(source: Source) -> "list[tuple[datetime, Step | DossierEvent]]":
    """Steps by their beginning, and when the result came back and was handed out."""
    steps = [(step.started_at, step) for step in selectors.list_steps(source.dossier)]
    back = [(event.at, event) for event in source.events if event.kind in ("resolve", "return_result")]
    return sorted([*steps, *back], key=lambda entry: entry[0])


def _hand_back(source: Source, event: DossierEvent, giver: Side, desk: Side) -> HandOver:
    dossier, payload = source.dossier, event.payload or {}
    if event.kind == "resolve":
        return HandOver(
            giver, Side(desk.unit), event.at, _("Chuyển kết quả về"), judge(dossier.due_at, event.at)
        )
    owner = str(payload.get("proxy") or "") or (source.submitter.name if source.submitter else "")
    return HandOver(giver, Side(_("Người nhận kết quả"), owner), event.at, _("Trả kết quả"))


def _name_desk(source: Source) -> Side:
    """The desk under the name of the forms in force when the dossier was received."""
    accepted, agency = source.event("accept"), source.agency
    received = to_local(cast("datetime", source.dossier.received_at)).date()
    unit = agency.name if agency.kind == AgencyKind.CENTRE else f"{choose_set(received).desk}, {agency.name}"
    return Side(unit, accepted.actor_name if accepted else "")


def _name_holders(step: "Step") -> str:
    return ", ".join(assignment.membership.user.full_name for assignment in step.assignments.all())


def _note(cause: DossierEvent | None) -> str:
    payload: Mapping[str, object] = (cause.payload or {}) if cause else {}
    return str(payload.get("note") or "")


def judge(due_at: datetime | None, ended_at: datetime | None) -> str:
    """Trước hạn: on an earlier day; Quá hạn: after the moment; still open: whether it is late already."""
    if due_at is None:
        return ""
    if ended_at is None:
        return _("Quá hạn") if clock.now() > due_at else _("Đang giải quyết")
    if ended_at > due_at:
        return _("Quá hạn")
    return _("Trước hạn") if to_local(ended_at).date() < to_local(due_at).date() else _("Đúng hạn")
