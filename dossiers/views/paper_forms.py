"""Downloads for those who fill by hand: the blank form and its sample; the same for everybody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dossiers.paper_forms import access_form
from dossiers.printing.paper_forms import render_blank, render_sample
from portal.accounts.policy import public

_KEPT_S = 300


@public
@require_safe
def blank_form(request: HttpRequest, code: str) -> HttpResponse:
    """The e-form as lines to write on, A4, of the case in the address."""
    return _download(request, code, render_blank, "mau")


@public
@require_safe
def sample_form(request: HttpRequest, code: str) -> HttpResponse:
    """The same form filled by an invented person, marked MẪU."""
    return _download(request, code, render_sample, "mau-dien-san")


def _download(
    request: HttpRequest, code: str, render: Callable[[int, str], bytes], name: str
) -> HttpResponse:
    version_id, content = access_form(code)
    case = content.case_or_none(request.GET.get("case", ""))
    pdf = render(version_id, case.key if case else "")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{content.code}.pdf"'
    response["Cache-Control"] = f"public, max-age={_KEPT_S}"
    return response
