"""The editor of notice texts: write over the shipped one, look at it in every channel, go back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.noticepages.editor import (
    Typed,
    build_editor,
    build_href,
    build_index,
    read_place,
    read_typed,
)
from portal.accounts.policy import site_admin
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.notifications import services
from portal.notifications.textrules import Draft, find_faults
from portal.notifications.versions import Place

UNPROCESSABLE, CONFLICT = 422, 409


@site_admin
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/texts.html", build_index())


@site_admin
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest) -> HttpResponse:
    """One text. POST looks at what was typed, sends it to oneself, or saves it; nothing typed is lost."""
    place = read_place(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return render(request, "notices/text.html", build_editor(place))
    typed = read_typed(request.POST)
    match request.POST.get("act"):
        case "save":
            return _save(request, place, typed)
        case "test":
            return _test(request, place, typed)
    return _show(request, place, typed, find_faults(_draft(place, typed)), status=200)


@site_admin
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """An older version counts again, as a new one."""
    place, typed = read_place(request.POST), read_typed(request.POST)
    version = request.POST.get("version", "")
    try:
        services.restore_text(
            int(version) if version.isascii() and version.isdigit() and len(version) < 19 else 0,  # noqa: PLR2004
            seen=typed.seen,
            author_id=_user(request).pk,
        )
    except (Conflict, RuleViolation) as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Đã dùng lại bản cũ. Bản này có hiệu lực ngay."))
    return redirect(build_href(place))


@site_admin
@require_POST
def shipped(request: HttpRequest) -> HttpResponse:
    """Back to the text that came with the product, or of the province."""
    place = read_place(request.POST)
    services.switch_off_text(
        place.event, place.channel, place.language, agency_id=place.agency_id, author_id=_user(request).pk
    )
    messages.success(request, _("Đã trở về văn bản có sẵn. Các bản cũ vẫn còn ở dưới."))
    return redirect(build_href(place))


def _save(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    try:
        services.write_text(
            _draft(place, typed), agency_id=place.agency_id, seen=typed.seen, author_id=_user(request).pk
        )
    except RuleViolation as error:
        return _show(request, place, typed, error.errors or {"body": [error.message]}, status=UNPROCESSABLE)
    except Conflict as error:
        return _show(request, place, typed, {"body": [error.message]}, status=CONFLICT)
    messages.success(request, _("Đã lưu. Thông báo gửi từ bây giờ dùng văn bản này."))
    return redirect(build_href(place))


def _test(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    faults = find_faults(_draft(place, typed))
    if faults:
        return _show(request, place, typed, faults, status=UNPROCESSABLE)
    user = _user(request)
    sent = services.send_trial(
        _draft(place, typed), user_id=user.pk, email=user.email or None, phone=user.phone or None
    )
    if sent:
        messages.success(request, _("Đã gửi thử cho bạn. Văn bản chưa được lưu."))
    else:
        messages.info(request, _("Chưa gửi thử được: tài khoản của bạn chưa có địa chỉ cho kênh này."))
    return _show(request, place, typed, {}, status=200)


def _show(request: HttpRequest, place: Place, typed: Typed, faults: Any, *, status: int) -> HttpResponse:
    return render(request, "notices/text.html", build_editor(place, typed, faults), status=status)


def _draft(place: Place, typed: Typed) -> Draft:
    return Draft(place.event, place.channel, place.language, typed.subject, typed.body)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Forbidden
    return request.user
