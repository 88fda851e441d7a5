"""Acts beside the state table: they change no status, or only the clock. All need the locked dossier."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.choices import (
    ActingRole,
    ConfirmationAnswer,
    ConsentManner,
    PartyRole,
)
from dossiers.deadlines import PauseKind, apologise_by, is_working_day, silence_is_consent_at
from dossiers.effects import clock, processing
from dossiers.guards.base import check_assignee, refuse
from dossiers.models import ConfirmationRequest, Consent, DossierParty, Step
from dossiers.precheck import check_beside
from dossiers.roles import acting_roles
from dossiers.work import Work
from portal.accounts.choices import Role
from portal.core.clock import to_local
from portal.core.errors import Conflict, Forbidden
from portal.core.text import clean_text


def require(work: Work, act: str) -> None:
    """Raises Forbidden (role lacking) or Conflict `illegal_transition` for an act beside the table."""
    check_beside(work.dossier, act, acting_roles(work.dossier, work.actor, work.relations))


def transfer(work: Work, step_key: str, assignee_id: int | None, note: str) -> Step:
    """Hand a dossier in processing to another step of its plan, or the step to another person (Mẫu 05)."""
    require(work, "transfer")
    plan = next((s for s in work.content.steps if s.key == step_key and s.kind != "receive"), None)
    if plan is None or plan.kind == "return":
        raise refuse("step", _("Thủ tục này không có bước xử lý như vậy."))
    check_assignee(work, assignee_id, Role.APPROVER if plan.kind == "approve" else Role.CASE_OFFICER)
    current = Step.objects.filter(dossier=work.dossier, ended_at=None).first()
    if current is not None and current.key == plan.key and assignee_id is not None:
        processing.assign(work, current, assignee_id)
        step = current
    else:
        step = processing.begin_step(work, plan, assignee_id)
    work.record("transfer", {"step": plan.key, "assignee": assignee_id, "note": clean_text(note)})
    return step


def request_withdrawal(work: Work, reason: str) -> None:
    """The citizen asks to stop before a decision (Decree 118/2025 Art. 21); the desk checks and withdraws."""
    require(work, "request_withdrawal")
    if not reason.strip():
        raise refuse("reason", _("Hãy cho biết vì sao bạn muốn rút hồ sơ."))
    work.dossier.withdrawal_requested_at = work.now
    work.record("request_withdrawal", {"reason": reason}, notify="dossier.withdrawal_requested")


def consent(work: Work, party_id: UUID, how: ConsentManner) -> None:
    """One owner agrees to the latest filing. A repeat is harmless."""
    require(work, "consent")
    filing = work.filing
    link = (
        DossierParty.objects.filter(
            dossier=work.dossier,
            party_id=party_id,
            role__in=[PartyRole.OWNER, PartyRole.CO_OWNER],
            revision=filing.revision if filing else 0,
        )
        .select_related("party")
        .first()
    )
    if filing is None or link is None:
        raise refuse("party", _("Người này không phải chủ hồ sơ."))
    if how == ConsentManner.PRESENT:
        _require_reception(work)
    elif bytes(link.party.identity_index or b"") != bytes(work.actor.identity_index or b"-"):
        raise Forbidden("not_this_owner", _("Chỉ chính chủ hồ sơ mới xác nhận được."))
    _made, created = Consent.objects.get_or_create(
        party_id=party_id, filing=filing, defaults={"dossier": work.dossier, "at": work.now, "how": how}
    )
    if created:
        work.record("consent", {"party": str(party_id), "how": str(how)})


def _require_reception(work: Work) -> None:
    if ActingRole.RECEPTION not in acting_roles(work.dossier, work.actor, work.relations):
        raise Forbidden("role_lacking", _("Chỉ cán bộ tiếp nhận ghi được người có mặt tại quầy."))


def ask_confirmation(work: Work, file_id: UUID) -> None:
    """Show the draft result to the citizen; the clock pauses until the answer or eight working hours (I13)."""
    require(work, "ask_confirmation")
    if work.dossier.confirmations.filter(answer=None).exists():
        raise Conflict("confirmation_open", _("Người dân đang xem một bản nháp. Hãy chờ trả lời."))
    until = silence_is_consent_at(work.now, clock.calendar_of(work))
    ConfirmationRequest.objects.create(dossier=work.dossier, file_id=file_id, asked_at=work.now, until=until)
    clock.open_pause(work, PauseKind.CONFIRMATION)
    work.record("ask_confirmation", {"until": until.isoformat()}, notify="dossier.confirmation_asked")


def answer_confirmation(work: Work, answer: ConfirmationAnswer, text: str) -> None:
    """The citizen's answer, or the system writing silence as consent; the status stays."""
    require(work, "answer_confirmation")
    request = work.dossier.confirmations.filter(answer=None).first()
    if request is None:
        raise Conflict("no_confirmation", _("Không có bản nháp nào đang chờ bạn xem."))
    if answer == ConfirmationAnswer.CORRECTION and not text.strip():
        raise refuse("text", _("Hãy ghi chỗ cần sửa."))
    request.answer, request.answered_at = answer, work.now
    request.save(update_fields=["answer", "answered_at"])
    clock.close_pause(work, PauseKind.CONFIRMATION)
    work.record("answer_confirmation", {"answer": str(answer), "text": text})


def reschedule(work: Work, due_at: datetime, reason: str) -> None:
    """Mẫu 04, once: an apology with the reason and a new date (Decree 61/2018 Art. 19.8-9).

    Due one working day before the old date; after that it is still owed, and marked late.
    """
    require(work, "reschedule")
    dossier = work.dossier
    if dossier.rescheduled_from is not None:
        raise Conflict("rescheduled_already", _("Hồ sơ đã được hẹn lại một lần. Không hẹn lại lần nữa."))
    if not reason.strip():
        raise refuse("reason", _("Hãy ghi lý do chậm. Người dân sẽ đọc câu này."))
    if dossier.due_at is None or due_at <= max(dossier.due_at, work.now):
        raise refuse("due_at", _("Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay."))
    calendar = clock.calendar_of(work)
    if not is_working_day(to_local(due_at).date(), calendar):
        raise refuse("due_at", _("Ngày hẹn mới phải là ngày làm việc."))
    old = dossier.due_at
    dossier.rescheduled_from, dossier.due_at, dossier.promised_at = old, due_at, due_at
    work.record(
        "reschedule",
        {
            "from": old.isoformat(),
            "to": due_at.isoformat(),
            "reason": reason,
            "late": to_local(work.now).date() > apologise_by(old, calendar),
        },
        notify="dossier.rescheduled",
    )
