"""Forms filled at home and printed: kept for the desk, opened by their code, used once, deleted.

No account is needed and nothing is asked of the State yet: the paper carries a code, the answers stay here,
sealed. Whoever holds the code can do nothing with it but hand it in; only a desk opens it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dossiers.models import Dossier, PreparedForm
from dossiers.prepared_code import new_code, read_code
from dossiers.services.filing import require_open
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.audit import services as audit
from portal.core import clock, throttle
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from portal.core.jsontypes import Json
from portal.core.locking import durable, lock_rows
from portal.core.sealed import blind_index
from procedures import selectors as catalogue

KEPT_FOR = timedelta(days=30)
PURPOSE = "prepared_form"
CREATIONS = throttle.Limit("prepare", hits=20, window_s=3600)
"""By account or address; a village post office behind one address prepares some twenty forms in an hour."""
UNKNOWN_CODES = throttle.Limit("prepared-unknown", hits=30, window_s=600, block_s=600)
_BATCH = 500


@dataclass(frozen=True)
class FilledForm:
    """Checked answers of the e-form together with those of the desk's person block."""

    procedure_code: str
    case_key: str
    agency_code: str = ""
    answers: Mapping[str, Json] = field(default_factory=dict)


def prepare_form(filled: FilledForm, *, subject: str) -> str:
    """Keep a form for the desk for 30 days; returns the code to print on it.

    `subject`: whom creations are counted on, an account or an address. Raises RateLimited, NotFound,
    RuleViolation `procedure_closed`, Forbidden `level_too_low`. A repeat makes another form.
    """
    version = catalogue.current_version(filled.procedure_code)
    require_open(version)
    if not catalogue.get_content(version.pk).level.can_download_forms:
        raise Forbidden("level_too_low", _("Thủ tục này chỉ có hướng dẫn, không có mẫu trên trang này."))
    throttle.hit(CREATIONS, subject)
    code, moment = new_code(), clock.now()
    with durable():
        PreparedForm.objects.create(
            code_index=_index(code),
            procedure_version=version,
            case_key=filled.case_key,
            agency_code=filled.agency_code,
            answers=dict(filled.answers),
            created_at=moment,
            expires_at=_end_of_day(moment + KEPT_FOR),
        )
    return code


def get_prepared(code: str) -> PreparedForm | None:
    """The form of this code while it waits, for whoever filled it: the caller knows that. One query."""
    return _find(code).filter(used_at=None, expires_at__gt=clock.now()).first()


def open_prepared(typed: str, *, actor: Actor) -> PreparedForm:
    """The waiting form of a code that an officer scanned or typed; the opening is written down.

    Raises NotFound `prepared_unknown`, Conflict `prepared_used` (`dossier`: its code) or `prepared_expired`,
    RuleViolation `procedure_closed` or `not_performed`, RateLimited after 30 unknown codes in ten minutes.
    """
    subject = f"user:{actor.user_id}"
    throttle.check(UNKNOWN_CODES, subject)
    code = read_code(typed)
    forms = _find(code).select_related("dossier", "procedure_version__procedure__successor") if code else ()
    prepared = next(iter(forms), None)
    if prepared is None:
        throttle.hit(UNKNOWN_CODES, subject)
        raise NotFound("prepared_unknown", _unknown())
    _refuse_unusable(prepared)
    require_open(prepared.procedure_version)
    _require_performing(prepared, actor)
    with durable():
        detail: dict[str, Json] = {"procedure": prepared.procedure_version.procedure.code}
        subject = f"prepared_form:{prepared.pk}"
        audit.record(user_id=actor.user_id, action="prepared_form_opened", subject=subject, detail=detail)
    return prepared


def claim_prepared(code: str, procedure_code: str) -> PreparedForm | None:
    """Step: the form of the code, locked, for the dossier about to be made of it; before any other lock.

    None when it is gone, expired or of another procedure: then the officer typed for themselves. Raises
    Conflict `prepared_used` when a dossier was made of it meanwhile, LockTimeout.
    """
    found = lock_rows(_find(code).filter(procedure_version__procedure__code=procedure_code))
    if not found or (found[0].used_at is None and found[0].expires_at <= clock.now()):
        return None
    _refuse_used(found[0])
    return found[0]


def mark_used(prepared: PreparedForm, dossier: Dossier) -> None:
    """Step: the dossier holds the answers now, so they are erased here; the row says which dossier it is."""
    prepared.used_at, prepared.dossier, prepared.answers = clock.now(), dossier, None
    prepared.save(update_fields=["used_at", "dossier", "answers"])


def delete_expired() -> int:
    """Forms whose 30 days are over, used or not; how many. A repeat is harmless."""
    gone = 0
    while True:
        expired = PreparedForm.objects.filter(expires_at__lte=clock.now()).values("pk")[:_BATCH]
        with durable():
            deleted, _kinds = PreparedForm.objects.filter(
                pk__in=list(expired.values_list("pk", flat=True))
            ).delete()
        gone += deleted
        if deleted < _BATCH:
            return gone


def _end_of_day(moment: datetime) -> datetime:
    """The paper promises the whole last day."""
    return datetime.combine(clock.to_local(moment).date(), time.max, clock.VN_TZ)


def _find(code: str) -> QuerySet[PreparedForm]:
    return PreparedForm.objects.filter(code_index=_index(code))


def _index(code: str) -> bytes:
    return blind_index(code, PURPOSE)


def _refuse_unusable(prepared: PreparedForm) -> None:
    _refuse_used(prepared)
    if prepared.expires_at <= clock.now():
        message = _("Tờ khai này đã quá 30 ngày nên không đọc được nữa. Hãy nhập theo tờ giấy.")
        raise Conflict("prepared_expired", message)


def _refuse_used(prepared: PreparedForm) -> None:
    if prepared.used_at is not None and prepared.dossier is not None:
        code = prepared.dossier.code or ""
        message = _("Tờ khai này đã thành hồ sơ %(code)s. Mỗi mã chỉ dùng một lần.") % {"code": code}
        raise Conflict("prepared_used", message, dossier=code)


def _require_performing(prepared: PreparedForm, actor: Actor) -> None:
    agency = accounts.find_agency(actor.agency_id)
    content = catalogue.get_content(catalogue.current_version(prepared.procedure_version.procedure.code).pk)
    if agency is None or not catalogue.performs(agency, content):
        message = _("Cơ quan của bạn không nhận thủ tục “%(name)s” của tờ khai này.") % {"name": content.name}
        raise RuleViolation("not_performed", message)


def _unknown() -> str:
    return _(
        "Không có tờ khai nào mang mã này. Có thể mã đã quá 30 ngày, hoặc gõ sai. Hãy nhập theo tờ giấy."
    )
