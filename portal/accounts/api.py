"""GET /api/v1/me: who calls, and under which memberships they may act."""

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.acting import CITIZEN
from portal.accounts.policy import SIGNED_IN, api_policy

_AGENCY = inline_serializer("MeAgency", {"code": serializers.CharField(), "name": serializers.CharField()})
_MEMBERSHIP = inline_serializer(
    "MeMembership",
    {
        "id": serializers.IntegerField(),
        "agency": _AGENCY,
        "roles": serializers.ListField(child=serializers.CharField()),
    },
    many=True,
)
_ME = inline_serializer(
    "Me",
    {
        "username": serializers.CharField(),
        "identity_level": serializers.IntegerField(),
        "acting": serializers.CharField(help_text="Membership id or `citizen`"),
        "memberships": _MEMBERSHIP,
    },
)


@extend_schema(responses=_ME, operation_id="me")
@api_policy(SIGNED_IN)
@api_view(["GET"])
def me(request: Request) -> Response:
    """The caller's account; `acting` is what X-Acting, the session or the only membership chose."""
    actor = request._request.actor  # type: ignore[attr-defined]
    memberships = request._request.memberships  # type: ignore[attr-defined]
    return Response(
        {
            "username": request.user.get_username(),
            "identity_level": actor.identity_level,
            "acting": str(actor.membership_id) if actor.membership_id else CITIZEN,
            "memberships": [
                {
                    "id": membership.pk,
                    "agency": {"code": membership.agency.code, "name": membership.agency.name},
                    "roles": membership.roles,
                }
                for membership in memberships
            ],
        }
    )
