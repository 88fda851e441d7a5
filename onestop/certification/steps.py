"""Steps of a quick certification inside one unit of work: from receipt to return, with the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers import selectors as dossiers
from dossiers import transitions
from dossiers.choices import ActingRole, Channel, FeeStatus, Outcome
from dossiers.parties import index_identity
from dossiers.precheck import role_lacking
from dossiers.roles import acting_roles
from dossiers.services.filing import begin, file_first
from dossiers.work import UseCase, Work
from onestop.certification.kinds import KINDS, Offer, is_quick
from onestop.certification.pricing import split
from onestop.certification.shape import find_shape
from onestop.certification.signers import Signer, find_signer
from onestop.models import CertificationEntry
from payments.services.tills import receive_at_desk
from portal.accounts import selectors as accounts
from portal.core.clock import to_local
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.money import format_vnd
from portal.core.text import clean_line
from procedures.content import Content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payments.models import Receipt
    from portal.core.jsontypes import Json
    from procedures.formschema.parties import PartyDraft


LONGEST_REASON = 400


@dataclass(frozen=True)
class Certification:
    """What lies on the desk. `answers`: of the procedure's e-form. `agreed`: the đồng that the screen showed."""

    procedure_code: str
    answers: "Mapping[str, Json]"
    submitter: "PartyDraft"
    signer_id: int | None
    agreed: int


def certify(case: UseCase, asked: Certification) -> Work:
    """Step: receive, take cash, accept, decide, return and enter in the book.

    Raises RuleViolation (`not_quick`, `signer_not_authorised`, `incomplete`, …), Conflict `fee_changed`,
    Forbidden, NotFound as the steps do.
    """
    signer = find_signer(case.actor, asked.signer_id)
    agency = accounts.access_agency(case.actor.agency_id or 0)
    request = c.FilingRequest(
        procedure_code=asked.procedure_code,
        case_key="",
        agency_code=agency.code,
        answers=asked.answers,
        parties=(asked.submitter,),
        channel=Channel.DESK.value,
    )
    work = begin(case, request)
    offer = _require_quick(work.content)
    _refuse_own_paper(signer, asked.submitter)
    work.tell_nobody()
    file_first(work, request)
    receipts = _collect(work, asked)
    answers = _read_answers(work, offer)
    transitions.apply(work, c.Accept())
    transitions.apply(work, _decide(work, offer, answers, signer))
    # The one who asked stands at the desk with the originals: to hand over is part of the same act.
    transitions.apply(work, c.ReturnResult(identity_checked=True))
    _enter(work, offer, answers, signer, receipts)
    return work


def _require_quick(content: Content) -> Offer:
    shape = find_shape(content)
    kind = next((kind for kind in KINDS if kind.code == content.code), None)
    if kind is None or shape is None or not is_quick(content):
        raise RuleViolation(
            "not_quick", _("Thủ tục này không chứng thực nhanh được. Hãy tiếp nhận như hồ sơ thường.")
        )
    return Offer(kind, content, shape)


def _refuse_own_paper(signer: Signer, submitter: "PartyDraft") -> None:
    """Who signs never certifies for themselves: the rule of `not_own_dossier`, for the signer."""
    number = submitter.identity.get("number", "")
    if (
        signer.identity_index is not None
        and number
        and index_identity(number) == bytes(signer.identity_index)
    ):
        raise Forbidden(
            "own_dossier", _("Người ký không được chứng thực cho chính mình. Hãy chọn người ký khác.")
        )


def _collect(work: Work, asked: Certification) -> "list[Receipt]":
    """Everything owed, in cash, if it is what the screen showed."""
    owed = [fee for fee in dossiers.list_fees(work.dossier) if fee.status == FeeStatus.OPEN]
    if any(fee.amount is None for fee in owed):
        raise RuleViolation("fee_unknown", _("Chưa xác định mức thu nên chưa chứng thực nhanh được."))
    total = sum(fee.amount or 0 for fee in owed)
    if total != asked.agreed:
        text = _("Phí bây giờ là %(now)s, không phải %(shown)s. Hãy báo lại người dân rồi bấm thu lần nữa.")
        raise Conflict("fee_changed", text % {"now": format_vnd(total), "shown": format_vnd(asked.agreed)})
    return [receive_at_desk(work, fee.pk, payer_name=asked.submitter.name) for fee in owed if fee.amount]


def _read_answers(work: Work, offer: Offer) -> "Mapping[str, Json]":
    """As they were filed: cleaned by the e-form's own rules."""
    filing = work.filing
    answers = filing.answers if filing else {}
    if not answers.get(offer.shape.group.key):
        raise RuleViolation("incomplete", _("Hãy ghi ít nhất một giấy tờ."))
    return cast("Mapping[str, Json]", answers)


def _rows_of(offer: Offer, answers: "Mapping[str, Json]") -> "list[Mapping[str, Json]]":
    return cast("list[Mapping[str, Json]]", answers[offer.shape.group.key])


def _decide(work: Work, offer: Offer, answers: "Mapping[str, Json]", signer: Signer) -> c.Resolve:
    """One document of the result for each original, whatever the number of its copies."""
    kind = offer.content.results[0].key
    signed = c.Signature(signer.label[:200], to_local(work.now).date())
    copies = (_number(row, offer.shape.copies) for row in _rows_of(offer, answers))
    return c.Resolve(Outcome.GRANTED, signed, results=tuple(c.ResultDraft(kind, copies=n) for n in copies))


def _enter(
    work: Work,
    offer: Offer,
    answers: "Mapping[str, Json]",
    signer: Signer,
    receipts: "Sequence[Receipt]",
) -> None:
    """Queue the lines of the book; their numbers come at the end of the write, all or none."""
    decision = dossiers.get_decision(work.dossier)
    items = sorted(decision.items.all(), key=lambda item: item.pk) if decision else []
    head = _head_of(work, offer, signer)
    entries = [
        CertificationEntry(
            **head,
            result=item,
            paper=str(row.get(offer.shape.paper, "")),
            pages=_number(row, offer.shape.pages) if offer.shape.pages else None,
            copies=_number(row, offer.shape.copies),
            fee=fee,
        )
        for row, item, fee in zip(_rows_of(offer, answers), items, split(offer, answers), strict=True)
    ]
    for entry in entries:
        work.number(entry.book.series, partial(setattr, entry, "number"))
    work.insert_last(partial(_insert, entries, receipts[0] if receipts else None))


def _head_of(work: Work, offer: Offer, signer: Signer) -> dict[str, object]:
    """What all lines of one certification share."""
    membership = accounts.get_membership(work.actor.membership_id or 0)
    return {
        "agency": membership.agency,
        "agency_code": membership.agency.code,
        "kind": offer.key,
        "year": to_local(work.now).year,
        "dossier": work.dossier,
        "signer_id": signer.membership_id,
        "signer_name": signer.name[:200],
        "signer_title": signer.title,
        "signs_for": signer.signs_for,
        "certified_at": work.now,
        "certified_by": membership,
    }


def _insert(entries: "Sequence[CertificationEntry]", receipt: "Receipt | None") -> None:
    """The book's lines, with the receipt that was inserted just before."""
    for entry in entries:
        entry.receipt = receipt
        entry.result.number = f"{entry.number}/{entry.book_sign}"
        entry.result.save(update_fields=["number"])
    CertificationEntry.objects.bulk_create(entries)


def cancel(work: Work, reason: str) -> None:
    """Step: strike every line of a certification of today. Raises Forbidden, Conflict, RuleViolation."""
    if ActingRole.DESK_HEAD not in acting_roles(work.dossier, work.actor, work.relations):
        raise role_lacking()
    lines = list(CertificationEntry.objects.filter(dossier=work.dossier))
    _check_cancel(lines, work.now)
    reason = clean_line(reason)
    if not 0 < len(reason) <= LONGEST_REASON:
        text = _("Ghi lý do gạch bỏ, nhiều nhất %(most)d chữ.") % {"most": LONGEST_REASON}
        raise RuleViolation("reason_missing", text, errors={"reason": [text]})
    CertificationEntry.objects.filter(pk__in=[line.pk for line in lines]).update(
        cancelled_at=work.now, cancelled_by_id=work.actor.membership_id, cancel_reason=reason
    )
    for fee in work.dossier.fees.filter(status=FeeStatus.SETTLED):
        fee.refund_due = fee.amount or 0
        fee.save(update_fields=["refund_due"])
    work.record("cancel_certification", {"reason": reason})


def _check_cancel(lines: "Sequence[CertificationEntry]", moment: datetime) -> None:
    if not lines:
        raise Conflict("not_certified", _("Hồ sơ này không có số chứng thực nào để gạch bỏ."))
    if any(line.cancelled_at for line in lines):
        raise Conflict("already_cancelled", _("Số chứng thực này đã gạch bỏ rồi."))
    if to_local(lines[0].certified_at).date() != to_local(moment).date():
        raise Conflict("another_day", _("Chỉ gạch bỏ được trong ngày chứng thực."))


def _number(row: "Mapping[str, Json]", key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0
