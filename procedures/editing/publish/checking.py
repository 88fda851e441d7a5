"""The page that checks a draft and hands it to the second person."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.templatetags.formats import vn_day
from procedures import services
from procedures.editing.publish.conflicting import show_conflict
from procedures.editing.publish.differing import Difference, find_difference, group_findings, suggest_note
from procedures.editing.publish.typed import Proposal, list_errors, read_proposal
from procedures.editing.shell import Shell, build_shell, find_href
from procedures.history import find_current_document, list_scheduled, was_published
from procedures.judging import judge_document

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def check(request: PortalRequest, code: str) -> HttpResponse:
    """Findings by section and what would change; on POST the draft is proposed."""
    if request.method != "POST":
        return _show(request, build_shell(code, tab="check"))
    typed = read_proposal(request.POST)
    try:
        day, note = _read_all(typed)
        services.propose_draft(
            request.actor, code, row_version=typed.row_version, effective_from=day, note=note
        )
    except Conflict as conflict:
        labels = ((_("Ngày áp dụng"), typed.day), (_("Nội dung thay đổi"), typed.note))
        return show_conflict(request, code, conflict, typed=labels)
    except RuleViolation as error:
        return _show(request, build_shell(code, tab="check"), typed, error)
    messages.success(request, _("Đã trình. Người quản trị thứ hai sẽ xem và công bố."))
    return redirect("catalogue:review", code)


def _read_all(typed: Proposal) -> tuple[date, str]:
    """Both fields, so that both are told when both are wrong."""
    errors: dict[str, list[str]] = {}
    day, note = clock.today(), ""
    try:
        day = typed.read_day(clock.today())
    except RuleViolation as error:
        errors |= error.errors
    try:
        note = typed.read_note()
    except RuleViolation as error:
        errors |= error.errors
    if errors:
        raise RuleViolation(errors=errors)
    return day, note


def _begin(shell: Shell, day: date, difference: Difference) -> Proposal:
    """What stood in the form the last time it was sent; else the next day it may be, and a note to mend."""
    draft = shell.desk.draft
    note = draft.note if draft and draft.note else suggest_note(difference)
    return Proposal(vn_day(day), note, shell.desk.row_version)


def _show(
    request: PortalRequest, shell: Shell, typed: Proposal | None = None, error: RuleViolation | None = None
) -> HttpResponse:
    document = shell.desk.read_document()
    findings = judge_document(document, published=find_current_document(shell.code))
    stops = [finding for finding in findings if finding.is_stop]
    hints = [finding for finding in findings if not finding.is_stop]
    scheduled = list_scheduled(shell.code, clock.today())
    day = scheduled[-1].effective_from if scheduled else clock.today()
    difference = find_difference(shell.code, document, day)
    draft = shell.desk.draft
    context = {
        "shell": shell,
        "stops": group_findings(stops, code=shell.code, document=document),
        "hints": group_findings(hints, code=shell.code, document=document),
        "stop_count": len(stops),
        "hint_count": len(hints),
        "replay_href": find_href("rehearsal:replay", shell.code),
        "trial_href": find_href("rehearsal:trial", shell.code),
        "can_propose": draft is not None and (not stops or was_published(shell.code, document)),
        "difference": difference,
        "scheduled": scheduled,
        "typed": typed or _begin(shell, day, difference),
        "sentences": {name: lines[0] for name, lines in error.errors.items()} if error else {},
        "errors": list_errors(error) if error else [],
        "has_errors": error is not None,
    }
    return render(request, "catalogue/publish/check.html", context, status=UNPROCESSABLE if error else 200)
