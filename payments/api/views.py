"""POST dossiers/<id>/actions/pay_fee: the desk takes money, in the shape of the other actions."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import selectors as dossiers
from dossiers.api.bodies import FeeBody
from dossiers.api.present import present_dossier
from dossiers.api.shapes import DossierShape
from dossiers.services.reading import open_dossier
from payments.choices import DESK_METHODS, LONGEST_NAME, LONGEST_NUMBER, TREASURY
from payments.rights import check_cash
from payments.services import desk as services
from payments.services.tills import LONGEST_SLIP
from portal.accounts.policy import SIGNED_IN, api_policy
from portal.accounts.requests import get_actor


class PayFeeBody(FeeBody):
    """`payer_name`: who lays the money down, when it is not the person who filed.

    `method` card: taken on the terminal, with the number of its `slip`. `method` treasury: it was paid there (land
    tax); `treasury_number` is the number of the treasury's receipt.
    """

    method = serializers.ChoiceField(choices=[*DESK_METHODS, TREASURY])
    slip = serializers.CharField(max_length=LONGEST_SLIP, required=False, allow_blank=True, default="")
    treasury_number = serializers.CharField(
        max_length=LONGEST_NUMBER, required=False, allow_blank=True, default=""
    )
    payer_name = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")


@api_policy(SIGNED_IN)
class PayFeeView(APIView):
    """Take cash or a card for one fee, or note that it was paid at the treasury; answers the dossier."""

    @extend_schema(operation_id="dossier_pay_fee", request=PayFeeBody, responses=DossierShape)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        actor = get_actor(request._request)
        seen = open_dossier(dossier_id, actor=actor, what="api:pay_fee")
        version = request.data.get("version") if isinstance(request.data, dict) else None
        known = version if isinstance(version, int) else None
        check_cash(seen, actor, dossiers.relations_of(seen), known)
        body = PayFeeBody(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        if sent["method"] == TREASURY:
            number = sent["treasury_number"]
            dossier = services.note_treasury(
                dossier_id, sent["fee"], number, actor=actor, version=sent["version"]
            )
            return Response(present_dossier(dossier, actor))
        receipt = services.pay_in_cash(
            dossier_id,
            sent["fee"],
            actor=actor,
            version=sent["version"],
            payer_name=sent["payer_name"],
            method=sent["method"],
            slip=sent["slip"],
        )
        return Response(present_dossier(receipt.dossier, actor))
