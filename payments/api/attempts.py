"""Attempts to pay a dossier's fees online: read them, and begin one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api.present import iso
from dossiers.precheck import role_lacking
from dossiers.services.reading import open_dossier
from payments import selectors
from payments.choices import LONGEST_NAME, PaymentStatus
from payments.models import Payment
from payments.online import reads as attempt_reads
from payments.services.paying import Payer, build_departure, start_payment
from portal.accounts.policy import SIGNED_IN, api_policy
from portal.accounts.requests import get_actor
from portal.accounts.signin.limits import find_address

CREATED = 201


class PaymentBody(serializers.Serializer[object]):
    """`replaces`: the living attempt that the payer saw and leaves behind; without it that one is continued."""

    fee = serializers.UUIDField()
    gateway = serializers.CharField(max_length=20)
    payer_name = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    replaces = serializers.UUIDField(required=False, allow_null=True, default=None)


class PaymentShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    fee = serializers.UUIDField()
    gateway = serializers.CharField()
    reference = serializers.CharField(help_text="How the gateway knows it")
    amount = serializers.IntegerField(help_text="VND")
    status = serializers.ChoiceField(choices=PaymentStatus.values)
    outcome = serializers.CharField(allow_null=True, help_text="settled or surplus; null: no money came")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)


class StartedShape(PaymentShape):
    redirect_url = serializers.URLField(help_text="The gateway's page, where the payer goes now")


@extend_schema(
    methods=["GET"], operation_id="dossier_payments", responses=PaymentShape(many=True),
    extensions={"x-refusals": [404]},
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="dossier_start_payment", request=PaymentBody, responses={CREATED: StartedShape},
    extensions={"x-refusals": [404, 409, 429]},
)  # fmt: skip
@api_policy(SIGNED_IN)
@api_view(["GET", "POST"])
def payments(request: Request, dossier_id: UUID) -> Response:
    """Newest first; or begin an attempt, or continue the living one, and learn where to send the payer."""
    actor = get_actor(request._request)
    found = open_dossier(dossier_id, actor=actor, what="api:payments")
    if request.method == "GET":
        return Response([present(payment) for payment in attempt_reads.list_of_dossier(found)])
    if actor.is_officer:
        raise role_lacking()
    body = PaymentBody(data=request.data)
    body.is_valid(raise_exception=True)
    sent = body.validated_data
    selectors.get_fee(found, sent["fee"])
    payer = Payer(actor, sent["payer_name"], find_address(request._request), get_language() or "vi")
    payment = start_payment(sent["fee"], payer=payer, gateway=sent["gateway"], replaces=sent["replaces"])
    return Response({**present(payment), "redirect_url": build_departure(payment)}, status=CREATED)


def present(payment: Payment) -> dict[str, Any]:
    """One attempt as plain values."""
    return {
        "id": str(payment.pk),
        "fee": str(payment.fee_id),
        "gateway": payment.gateway,
        "reference": payment.reference,
        "amount": payment.amount,
        "status": payment.status,
        "outcome": payment.outcome or None,
        "created_at": iso(payment.created_at),
        "expires_at": iso(payment.expires_at),
        "paid_at": iso(payment.paid_at),
    }
