"""Pages that exist only in a demo."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.policy import public
from portal.core.errors import NotFound
from portal.demo.mailbox import list_mails
from portal.demo.phones import list_texts


@public
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail the demo sent, newest first; ``?to=`` an address."""
    if not settings.DEMO:
        raise NotFound
    to = request.GET.get("to", "")
    page = list_mails(to=to, before=request.GET.get("before", ""))
    older_href = _build_older_href(to, page.next_before) if page.next_before else ""
    context = {"mails": page.mails, "to": to, "older_href": older_href, "here": reverse("demo:mailbox")}
    return render(request, "demo/mailbox.html", context)


@public
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Every SMS and Zalo message the demo sent, newest first; ``?to=`` a number."""
    if not settings.DEMO:
        raise NotFound
    to = request.GET.get("to", "")
    context = {"texts": list_texts(to=to), "to": to, "here": reverse("demo:phone")}
    return render(request, "demo/phone.html", context)


def _build_older_href(to: str, before: str) -> str:
    return f"{reverse('demo:mailbox')}?{urlencode({'to': to, 'before': before})}"
