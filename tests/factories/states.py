"""A dossier in every state of the table, reached by the services, never by writing a status."""

from collections.abc import Callable

from dossiers import commands as c
from dossiers.choices import Status
from dossiers.models import Dossier
from dossiers.services import acting
from dossiers.transitions import pay_fee
from dossiers.work import write_dossier
from portal.accounts.actor import Actor
from tests.factories import dossiers as make
from tests.factories.dossiers import Desk, Request

State = tuple[str, str | None]
"""A status and where its wait resumes."""


def _perform(dossier: Dossier, command: c.Command, actor: Actor) -> Dossier:
    return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


def submitted(desk: Desk) -> Dossier:
    """A permit application: no fee before, steps after, a fee after."""
    actor = desk.citizen_actor
    files = [(key, make.make_upload(actor, f"{key}.png").pk) for key in ("giay_to_dat", "ban_ve_thiet_ke")]
    return make.file_dossier(desk, Request(make.PERMIT, "nha_o", uploads=tuple(files)))


def accepted(desk: Desk) -> Dossier:
    return make.accept(desk, submitted(desk))


def processing(desk: Desk) -> Dossier:
    return make.start(desk, accepted(desk))


def at_approval(desk: Desk) -> Dossier:
    return make.to_approval(desk, processing(desk))


def resolved(desk: Desk) -> Dossier:
    return _perform(at_approval(desk), make.resolve_command("giay_phep"), desk.approver.actor)


def returned(desk: Desk) -> Dossier:
    paid = settle_fees(resolved(desk), desk)
    return _perform(paid, c.ReturnResult(identity_checked=True), desk.reception.actor)


def settle_fees(dossier: Dossier, desk: Desk) -> Dossier:
    """Mark what is owed as paid; the money itself is the business of payments and its tests."""
    for fee in dossier.fees.filter(status="open"):
        with write_dossier(dossier.pk, actor=desk.reception.actor) as work:
            pay_fee(work, fee.pk, payload={"method": "cash"})
    return Dossier.objects.get(pk=dossier.pk)


SUPPLEMENT = c.RequestSupplement((c.SupplementItem("Bản vẽ mờ, không đọc được.", "ban_ve_thiet_ke"),))


def _ask_supplement(begin: Callable[[Desk], Dossier]) -> Callable[[Desk], Dossier]:
    def build(desk: Desk) -> Dossier:
        dossier = begin(desk)
        actor = desk.case_officer.actor if dossier.status == Status.PROCESSING else desk.reception.actor
        return _perform(dossier, SUPPLEMENT, actor)

    return build


def _ask_payment(begin: Callable[[Desk], Dossier]) -> Callable[[Desk], Dossier]:
    def build(desk: Desk) -> Dossier:
        dossier = begin(desk)
        fee = dossier.fees.get(status="open")
        return _perform(dossier, c.RequestPayment(fee.pk), desk.reception.actor)

    return build


def declined(desk: Desk) -> Dossier:
    dossier = submitted(desk)
    reason = "Ngoài thẩm quyền của xã."
    dossier = acting.propose_decline(dossier.pk, reason, actor=desk.reception.actor, version=dossier.version)
    return acting.decline(dossier.pk, reason, actor=desk.head.actor, version=dossier.version)


def withdrawn(desk: Desk) -> Dossier:
    return _perform(submitted(desk), c.Withdraw("Tôi đổi ý."), desk.citizen_actor)


def stopped(desk: Desk) -> Dossier:
    return _perform(accepted(desk), c.Stop("Đất đang có tranh chấp."), desk.approver.actor)


def draft(desk: Desk) -> Dossier:
    from dossiers.services import drafts

    made = drafts.start_draft(
        make.PERMIT, actor=desk.citizen_actor, case_key="nha_o", agency_code=desk.agency.code
    )
    return made.dossier


STATES: dict[State, Callable[[Desk], Dossier]] = {
    ("draft", None): draft,
    ("submitted", None): submitted,
    ("accepted", None): accepted,
    ("processing", None): at_approval,
    ("resolved", None): resolved,
    ("returned", None): returned,
    ("declined", None): declined,
    ("withdrawn", None): withdrawn,
    ("stopped", None): stopped,
    ("awaiting_supplement", "submitted"): _ask_supplement(submitted),
    ("awaiting_supplement", "accepted"): _ask_supplement(accepted),
    ("awaiting_supplement", "processing"): _ask_supplement(processing),
    ("awaiting_payment", "submitted"): _ask_payment(submitted),
    ("awaiting_payment", "accepted"): _ask_payment(accepted),
    ("awaiting_payment", "processing"): _ask_payment(processing),
    ("awaiting_payment", "resolved"): _ask_payment(resolved),
}
