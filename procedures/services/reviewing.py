"""The second person's word on a draft, and the way back: returning, restoring, cancelling what is scheduled."""

from datetime import timedelta

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.locking import durable
from procedures.content import upgrade
from procedures.history import access_version, find_version_on, list_scheduled
from procedures.models import ProcedureDraft
from procedures.services.drafts import lock_draft, require_catalogue_admin, write_draft

LEAST_REASON, MOST_REASON = 10, 2000


def return_draft(actor: Actor, code: str, *, row_version: int, reason: str) -> ProcedureDraft:
    """Sends a proposed draft back to its author with a reason. The draft keeps what it says and can be mended.

    Raises Forbidden for the proposer, Conflict on an old row_version, RuleViolation for a draft that was not
    proposed or a reason too short. The row_version rises, so only one of two decisions is taken. Locks the draft.
    """
    require_catalogue_admin(actor)
    reason = reason.strip()
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        message = _("Ghi lý do từ %(least)d đến %(most)d chữ cái, để người soạn biết sửa gì.")
        facts = {"least": LEAST_REASON, "most": MOST_REASON}
        raise RuleViolation(errors={"reason": [message % facts]})
    with durable():
        draft = lock_draft(code, row_version)
        refuse_unproposed(draft)
        if actor.user_id == draft.proposed_by_id:
            raise Forbidden(
                code="same_person",
                message=_("Bạn đã trình bản này. Muốn rút lại, hãy mở bản nháp và sửa tiếp."),
            )
        draft.proposed_by_id = draft.proposed_at = draft.effective_from = None
        draft.returned_by_id, draft.returned_at, draft.return_reason = actor.user_id, clock.now(), reason
        draft.row_version += 1
        draft.save(
            update_fields=[
                "proposed_by", "proposed_at", "effective_from", "returned_by", "returned_at", "return_reason",
                "row_version",
            ]
        )  # fmt: skip
        record(user_id=actor.user_id, action="procedure.returned", subject=code, detail={"reason": reason})
        return draft


def refuse_unproposed(draft: ProcedureDraft) -> None:
    """Raises RuleViolation for a draft that waits for nobody's decision."""
    if draft.proposed_by_id is None or draft.effective_from is None:
        raise RuleViolation(code="not_proposed", message=_("Bản nháp này chưa được trình công bố."))


def restore_version(actor: Actor, code: str, number: int, *, row_version: int = 0) -> ProcedureDraft:
    """Makes the draft equal to a published version; publishing it again takes the usual two persons.

    `row_version`: of the draft that is written over, 0 where there is none; its states stay for undo.
    Raises NotFound for an unknown version, Conflict when a draft is there that the caller did not see.
    """
    require_catalogue_admin(actor)
    version = access_version(code, number)
    with durable():
        draft = write_draft(
            code=code,
            content=upgrade(version.content),
            row_version=row_version,
            source=version.source,
            author_id=actor.user_id,
            summary=_("Khôi phục bản %(number)d") % {"number": number},
        )
        record(user_id=actor.user_id, action="procedure.restored", subject=code, detail={"number": number})
        return draft


def propose_cancelling(actor: Actor, code: str, number: int, *, reason: str) -> ProcedureDraft:
    """Proposes that a scheduled version never comes into force. A second person decides, as for every version.

    Published rows are append-only, so nothing is deleted: what is in force the day before is published once
    more from the day on which the scheduled version would begin, and so takes its place. Until that is
    approved the scheduled version stays.

    Raises NotFound or RuleViolation for a version that is not scheduled, or when nothing is in force before it
    (then close the procedure instead), Conflict when there is a draft already.
    """
    require_catalogue_admin(actor)
    with durable():
        scheduled = next(
            (each for each in list_scheduled(code, clock.today()) if each.number == number), None
        )
        if scheduled is None:
            raise RuleViolation(code="not_scheduled", message=_("Bản này không còn chờ ngày áp dụng."))
        before = find_version_on(code, scheduled.effective_from - timedelta(days=1))
        if before is None:
            raise RuleViolation(
                code="nothing_before",
                message=_("Trước bản này chưa có bản nào áp dụng. Hãy bãi bỏ thủ tục nếu không dùng nữa."),
            )
        if ProcedureDraft.objects.filter(code=code).exists():
            raise Conflict(message=_("Đang có một bản nháp. Hãy công bố hoặc bỏ bản nháp ấy trước."))
        draft = write_draft(
            code=code,
            content=upgrade(access_version(code, before.number).content),
            row_version=0,
            source=before.source,
            author_id=actor.user_id,
            summary=_("Hủy bản %(number)d trước ngày áp dụng") % {"number": number},
        )
        draft.proposed_by_id, draft.proposed_at = actor.user_id, clock.now()
        draft.effective_from = scheduled.effective_from
        draft.note = _("Hủy bản %(number)d, tiếp tục áp dụng bản %(kept)d. %(reason)s") % {
            "number": number, "kept": before.number, "reason": reason.strip(),
        }  # fmt: skip
        draft.save(update_fields=["proposed_by", "proposed_at", "effective_from", "note"])
        record(
            user_id=actor.user_id,
            action="procedure.cancelling_proposed",
            subject=code,
            detail={"number": number, "kept": before.number},
        )
        return draft
