"""What accepting, declining, redirecting and asking for supplements write."""

from typing import cast

from dossiers import commands as c
from dossiers.choices import FeeMode, FeeStatus, Relation, Status
from dossiers.deadlines import PauseKind
from dossiers.effects import clock
from dossiers.models import SupplementRequest
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.core.jsontypes import Json


def accept(work: Work, command: c.Command) -> None:
    """Receipt: the due moment is frozen, the competent agency becomes the handling one."""
    clock.freeze_due(work)
    dossier = work.dossier
    relations = {relation: agency for agency, relation in work.relations}
    work.agencies.begin(relations[Relation.COMPETENT], [Relation.HANDLING], since=work.now)
    work.record(
        "accept", {"due_at": _moment(work), "basis": list(dossier.due_basis)}, notify="dossier.accepted"
    )


def decline(work: Work, command: c.Command) -> None:
    reason = cast("c.Decline", command).reason
    work.record("decline", {"reason": reason}, notify="dossier.declined")


def redirect(work: Work, command: c.Command) -> None:
    """Another agency is competent: it receives from now on; code and check_by stay."""
    asked = cast("c.Redirect", command)
    moved = (Relation.RECEIVING, Relation.COMPETENT, Relation.RETURNING)
    left = work.dossier.agency
    work.agencies.end(moved, until=work.now)
    work.agencies.begin(asked.agency_id, moved, since=work.now)
    work.dossier.agency = agency = accounts.access_agency(asked.agency_id)
    work.reindex()
    payload: dict[str, Json] = {"reason": asked.reason, "agency": agency.name}
    if left is not None:
        payload["from_agency"] = left.name
    work.record("redirect", payload, notify="dossier.redirected")


def request_supplement(work: Work, command: c.Command) -> None:
    """One request, item by item. Before acceptance it is no round and stops no clock (domain 3.8)."""
    asked = cast("c.RequestSupplement", command)
    accepted = work.dossier.status != Status.SUBMITTED
    done = SupplementRequest.objects.filter(dossier=work.dossier, round__gt=0).count()
    items: list[Json] = [
        {"requirement": item.requirement, "field": item.field, "reason": item.reason} for item in asked.items
    ]
    SupplementRequest.objects.create(
        dossier=work.dossier,
        round=done + 1 if accepted else 0,
        items=items,
        legal_basis=asked.legal_basis,
        asked_at=work.now,
        asked_by_name=work.actor.name,
    )
    if accepted:
        clock.open_pause(work, PauseKind.SUPPLEMENT)
    work.record("request_supplement", {"items": items}, notify="dossier.supplement_requested")


def request_payment(work: Work, command: c.Command) -> None:
    """The citizen is asked to pay one fee; the clock goes on."""
    fee = work.dossier.fees.get(pk=cast("c.RequestPayment", command).fee_id)
    fee.requested_at = work.now
    fee.save(update_fields=["requested_at"])
    work.record(
        "request_payment", {"fee": str(fee.pk), "amount": fee.amount}, notify="dossier.payment_requested"
    )


def settle(work: Work, command: c.Command) -> None:
    work.record("settle")


def void_open_fees(work: Work) -> None:
    """At an end: what is open is no longer owed; of what was paid, what the rules give back is due back."""
    work.dossier.fees.filter(status=FeeStatus.OPEN).update(status=FeeStatus.VOID)
    for fee in work.dossier.fees.filter(status=FeeStatus.SETTLED):
        refund = sum(line["amount"] or 0 for line in fee.lines if line.get("refundable"))
        if refund > fee.refund_due:
            fee.refund_due = refund
            fee.save(update_fields=["refund_due"])


def void_result_fees(work: Work) -> None:
    """Nothing is granted: what would be paid to receive the result is no longer owed. What was paid stays paid."""
    work.dossier.fees.filter(mode=FeeMode.AFTER, status=FeeStatus.OPEN).update(status=FeeStatus.VOID)


def _moment(work: Work) -> str | None:
    return None if work.dossier.due_at is None else work.dossier.due_at.isoformat()
