"""The inbox on the portal: what we told this person.

The outbox sits under accounts, so these views state their policy and enforce it with Django's own
decorator instead of portal.accounts.policy.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.errors import NotFound
from portal.core.policy import Policy, state_policy
from portal.notifications import selectors, services
from portal.notifications.channels import channels
from portal.notifications.fates import CHANNEL_WORDS
from portal.notifications.preferences import SWITCHABLE
from portal.notifications.preferences import wants as read_preferences

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    return state_policy(Policy("signed_in"))(login_required(view))


@signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    user_id = _get_user_id(request)
    page = selectors.list_inbox(user_id, before=_parse_before(request))
    older_href = f"{reverse('notifications:inbox')}?before={page.next_before}" if page.next_before else ""
    context = {"items": page.items, "older_href": older_href, "unread": selectors.count_unread(user_id)}
    return render(request, "notifications/inbox.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Mark one as read. GET changes nothing: it is where the sign-in page comes back to."""
    if request.method == "POST":
        services.mark_read(_get_user_id(request), message_id)
    return redirect("notifications:inbox")


@signed_in
@require_http_methods(["GET", "POST"])
def read_all(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        services.mark_all_read(_get_user_id(request))
        messages.success(request, _("Đã đánh dấu mọi thông báo là đã đọc."))
    return redirect("notifications:inbox")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Which channels, and one e-mail a day or many. An unknown channel in the form is ignored."""
    user_id = _get_user_id(request)
    if request.method == "POST":
        wanted = request.POST.getlist("on")
        off = [channel for channel in SWITCHABLE if channel not in wanted]
        services.set_preferences(user_id, off=off, digest=request.POST.get("digest") == "on")
        messages.success(request, _("Đã lưu cách bạn muốn nhận thông báo."))
        return redirect("notifications:settings")
    wants = read_preferences(user_id)
    shown = [(key, CHANNEL_WORDS[key], key not in wants.off) for key in SWITCHABLE if key in channels]
    return render(request, "notifications/settings.html", {"channels": shown, "is_digest": wants.digest})


def _get_user_id(request: HttpRequest) -> UUID:
    return UUID(str(request.user.pk))


def _parse_before(request: HttpRequest) -> UUID | None:
    text = request.GET.get("before", "")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
