"""What leaves, what is stuck and why; try again, or stop."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.policy import site_admin
from portal.accounts.requests import get_actor
from portal.notifications import oversight, services


@site_admin
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Two queries for the channels, one for the reasons, whatever waits."""
    context = {"channels": oversight.list_channels(), "reasons": oversight.list_reasons()}
    return render(request, "notices/overview.html", context)


@site_admin
@require_safe
def troubles(request: HttpRequest) -> HttpResponse:
    """What failed or waits too long; a filter that names nothing shows nothing."""
    asked = {name: request.GET.get(name, "") for name in ("channel", "code")}
    rows, older = oversight.list_troubles(**asked, before=_parse_number(request.GET.get("before", "")))
    href = f"{reverse('notices:troubles')}?{urlencode({**asked, 'before': older})}" if older else ""
    return render(request, "notices/troubles.html", {"rows": rows, "older_href": href, **asked})


@site_admin
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    if services.redrive_one(request.POST.get("reference", ""), user_id=_user_id(request)):
        messages.success(request, _("Đã đưa thông báo này về hàng gửi."))
    else:
        messages.info(request, _("Thông báo này không còn chờ: đã gửi, đã dừng hoặc đang gửi."))
    return redirect("notices:troubles")


@site_admin
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    channel, code = request.POST.get("channel", ""), request.POST.get("code", "")
    count = services.redrive_reason(channel, code, user_id=_user_id(request))
    words = ngettext(
        "Đã đưa %(count)d thông báo về hàng gửi.", "Đã đưa %(count)d thông báo về hàng gửi.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("notices:overview")


@site_admin
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    if services.stop_delivery(request.POST.get("reference", ""), user_id=_user_id(request)):
        messages.success(request, _("Đã dừng. Thông báo này không được gửi nữa."))
    else:
        messages.info(request, _("Không dừng được nữa: thông báo này đã gửi, đã dừng hoặc đang gửi."))
    return redirect("notices:troubles")


def _user_id(request: HttpRequest) -> UUID:
    return UUID(str(get_actor(request).user_id))


def _parse_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004 - a bigint
