"""allauth's pages under our policies and limits."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as allauth_views
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.forms import list_errors
from portal.accounts.policy import public, signed_in
from portal.accounts.signin import limits
from portal.core import throttle


def _with_summary(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the page what the error summary needs; allauth's views know only the form, and answer any method."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        response = view(request)
        if isinstance(response, TemplateResponse) and response.context_data:
            form = response.context_data.get("form")
            if isinstance(form, BaseForm) and form.errors:
                response.context_data |= {"has_errors": True, "errors": list_errors(form)}
        return response

    return shown


sign_in = public(_with_summary(allauth_views.login))
sign_out = public(require_http_methods(["GET", "HEAD", "POST"])(allauth_views.logout))
confirm_email = public(_with_summary(allauth_views.email_verification_sent))
reset_password = public(_with_summary(allauth_views.password_reset))
confirm_reset_code = public(_with_summary(allauth_views.confirm_password_reset_code))
complete_reset = public(_with_summary(allauth_views.complete_password_reset))
reset_done = public(require_safe(allauth_views.password_reset_from_key_done))
change_password = signed_in(_with_summary(allauth_views.password_change))


@public
@_with_summary
@sensitive_post_parameters()
def sign_up(request: HttpRequest) -> HttpResponse:
    """At most 30 tries an hour from one address, whatever comes of them."""
    if request.method == "POST":
        throttle.hit(limits.SIGN_UP, limits.find_address(request))
    response: HttpResponse = allauth_views.signup(request)
    return response
