"""A person's own pages: profile, workplace, language, what was kept, a longer session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from portal.accounts import acting, parked, selectors, services
from portal.accounts.forms import ContactForm, list_errors
from portal.accounts.language import is_offered
from portal.accounts.models import ParkedForm, User
from portal.accounts.policy import signed_in
from portal.accounts.requests import PortalRequest
from portal.accounts.sessions import renew
from portal.core.context import get_href
from portal.core.errors import Forbidden, RuleViolation
from portal.core.policy import PUBLIC, state_policy


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: PortalRequest) -> HttpResponse:
    user = _user(request)
    form = ContactForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and _save_contact(form, user):
        messages.success(request, _("Đã lưu thông tin của bạn."))
        return redirect("accounts:profile")
    context = {"form": form, "user": user, "has_errors": bool(form.errors), "errors": list_errors(form)}
    return render(request, "accounts/profile.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def switch(request: PortalRequest) -> HttpResponse:
    """Choose where to work, or to act for oneself; a leader also chooses a unit below to look at."""
    if request.method == "GET":
        units = [(membership, selectors.list_units_below(membership)) for membership in request.memberships]
        context = {"units": units, "next": request.GET.get("next", ""), "acting_as": request.actor}
        return render(request, "accounts/switch.html", context)
    choice = _parse_choice(request)
    acting.store_choice(request.session, choice)
    request.session.cycle_key()  # other rights, another session id
    return redirect(_safe_next(request) or ("/" if choice.membership == acting.CITIZEN else _desk_or_home()))


# Stated, not enforced: `@public` would take this POST for the one that follows a sign-in, and forget what was
# typed before it. Visitors share pages from memory, so theirs carry no token.
@state_policy(PUBLIC)
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The switch in the header. A visitor's choice is a cookie, a person's is also written to the account."""
    return _keep_language(request) if isinstance(request.user, User) else set_language(request)


@signed_in
@require_POST
def extend(request: PortalRequest) -> HttpResponse:
    """Make the session last its full time again, without leaving the page."""
    renew(request.session)
    return HttpResponse(status=204)


@signed_in
@require_GET
def kept(request: PortalRequest) -> HttpResponse:
    """After sign-in: what was typed before comes back, in its own form or ready to be sent again."""
    row = parked.find(request)
    if row is None:
        return redirect("/")
    if _restores_itself(row):
        messages.info(request, _("Chúng tôi đã giữ lại những gì bạn vừa nhập."))
        return redirect(row.path)
    fields = parked.build_querydict(row).lists() if row.user_id == request.actor.user_id else None
    context = {"parked": row, "fields": None if fields is None else list(fields)}
    return render(request, "accounts/kept.html", context)


@signed_in
@require_GET
def email(request: PortalRequest) -> HttpResponse:
    """Where allauth expects its page of e-mail addresses; ours is the profile."""
    return redirect("accounts:profile")


@csrf_protect
def _keep_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if is_offered(language):
        services.set_language(_user(request), language)
    return set_language(request)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Forbidden
    return request.user


def _save_contact(form: ContactForm, user: User) -> bool:
    answers = form.cleaned_data
    try:
        services.update_contact(
            user,
            full_name=answers.get("full_name", ""),
            phone=answers["phone"],
            address={"line": answers["address"]} if answers["address"] else None,
            language=answers["language"],
        )
    except RuleViolation as error:
        for field, lines in error.errors.items():
            form.add_error(field if field in form.fields else None, lines)
        return False
    return True


def _parse_choice(request: PortalRequest) -> acting.Choice:
    wanted = request.POST.get("membership", "")
    if wanted == acting.CITIZEN:
        return acting.Choice(acting.CITIZEN)
    membership = next((row for row in request.memberships if str(row.pk) == wanted), None)
    if membership is None:
        raise Forbidden("acting_not_yours", _("Bạn không làm việc ở nơi này."))
    scope = request.POST.get("scope", "")
    unit = selectors.find_agency(int(scope)) if scope.isascii() and scope.isdigit() else None
    if unit is None or unit.pk == membership.agency_id:
        return acting.Choice(wanted)
    if not acting.can_look_at(membership, unit):
        raise Forbidden("unit_not_below", _("Đơn vị này không thuộc nơi bạn làm việc."))
    return acting.Choice(wanted, unit.pk)


def _restores_itself(row: ParkedForm) -> bool:
    try:
        view = resolve(row.path.partition("?")[0]).func
    except Resolver404:
        return False
    return bool(getattr(view, "restores_parked", False))


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()) else ""


def _desk_or_home() -> str:
    return get_href("onestop:desk") or "/"
