"""POST /notices/receipts/<provider>/: a provider reports, or the mail server hands over what came back.

Headers `X-Timestamp` and `X-Signature` (portal.notifications.receipts.signing). The body is JSON, or a whole mail
(message/rfc822) for the provider `email`. Whoever is not known, and whoever signs wrongly, get the same 401; what the
report speaks of is never answered.
"""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.core.policy import PUBLIC, state_policy
from portal.notifications.channels.email.bounces import LARGEST_MAIL
from portal.notifications.receipts.reading import read_report
from portal.notifications.receipts.signing import is_signed
from portal.notifications.services.receiving import receive_mail, store_receipt

MAIL_SERVER = "email"


@state_policy(PUBLIC)
@csrf_exempt
@require_POST
def receive(request: HttpRequest, provider: str) -> JsonResponse:
    """200 for what was taken, a repeat included; 400 for what cannot be read; 401 for everybody else."""
    body = request.body
    timestamp, signature = request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")
    if not is_signed(settings.RECEIPT_KEYS, provider, timestamp, signature, body):
        return JsonResponse({"status": "refused"}, status=401)
    try:
        _take(provider, body)
    except ValueError:
        return JsonResponse({"status": "unreadable"}, status=400)
    return JsonResponse({"status": "ok"})


def _take(provider: str, body: bytes) -> None:
    if provider == MAIL_SERVER:
        if len(body) > LARGEST_MAIL:
            raise ValueError("too large")
        receive_mail(body)
        return
    for receipt in read_report(body):
        store_receipt(provider, receipt)
