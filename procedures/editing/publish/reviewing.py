"""The second person's page: who proposes what, every difference, and the two decisions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.templatetags.formats import vn_day
from procedures import services
from procedures.editing.publish.conflicting import show_conflict
from procedures.editing.publish.differing import find_difference, group_findings
from procedures.editing.publish.typed import list_errors, read_number, read_text
from procedures.editing.shell import build_shell, find_href
from procedures.history import find_current_document, list_revisions, list_scheduled
from procedures.judging import judge_document

UNPROCESSABLE = 422


@require_safe
@catalogue_admin
def review(request: PortalRequest, code: str) -> HttpResponse:
    """What waits for the second person."""
    return _show(request, code)


@require_POST
@catalogue_admin
def publish(request: PortalRequest, code: str) -> HttpResponse:
    """Publishes what this page showed, and nothing newer."""
    row_version = read_number(request.POST, "row_version") or 0
    try:
        version = services.publish_draft(request.actor, code, row_version=row_version)
    except Conflict as conflict:
        return show_conflict(request, code, conflict)
    except RuleViolation as error:
        return _show(request, code, error=error)
    words = _("Đã công bố bản %(number)d, áp dụng từ %(day)s.")
    messages.success(request, words % {"number": version.number, "day": vn_day(version.effective_from)})
    return redirect("catalogue:versions", code)


@require_POST
@catalogue_admin
def send_back(request: PortalRequest, code: str) -> HttpResponse:
    """Returns the draft to its author, with a reason."""
    row_version, reason = read_number(request.POST, "row_version") or 0, read_text(request.POST, "reason")
    try:
        services.return_draft(request.actor, code, row_version=row_version, reason=reason)
    except Conflict as conflict:
        return show_conflict(request, code, conflict, typed=[(_("Lý do trả lại"), reason)])
    except RuleViolation as error:
        return _show(request, code, error=error, reason=reason)
    messages.success(request, _("Đã trả lại cho người soạn, kèm lý do."))
    return redirect("catalogue:procedure", code)


def _show(
    request: PortalRequest, code: str, *, error: RuleViolation | None = None, reason: str = ""
) -> HttpResponse:
    shell = build_shell(code, tab="check")
    draft = shell.desk.draft
    if draft is None or draft.effective_from is None:
        return render(request, "catalogue/publish/no_review.html", {"shell": shell, "draft": draft})
    findings = judge_document(draft.content, published=find_current_document(code))
    later = [
        each for each in list_scheduled(code, clock.today()) if each.effective_from > draft.effective_from
    ]
    context = {
        "shell": shell,
        "draft": draft,
        "is_own": request.actor.user_id in (draft.proposed_by_id, draft.author_id),
        "difference": find_difference(code, draft.content, draft.effective_from),
        "groups": group_findings(findings, code=code, document=draft.content),
        "stop_count": sum(finding.is_stop for finding in findings),
        "hint_count": sum(not finding.is_stop for finding in findings),
        "scheduled": later[:1],
        "revisions": list_revisions(code, draft_id=draft.pk),
        "replay_href": find_href("rehearsal:replay", code),
        "trial_href": find_href("rehearsal:trial", code),
        "reason": reason,
        "reason_error": error.errors.get("reason", [""])[0] if error else "",
        "errors": list_errors(error) if error else [],
        "has_errors": error is not None,
    }
    return render(request, "catalogue/publish/review.html", context, status=UNPROCESSABLE if error else 200)
