"""Uploads, filing, reading and tracking over the API."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import selectors
from dossiers.api import bodies, present, shapes
from dossiers.roles import is_owner_side
from dossiers.services import filing, tracking
from dossiers.services.files import store_upload
from dossiers.services.reading import open_dossier
from portal.accounts.policy import SIGNED_IN, api_policy
from portal.accounts.requests import get_actor
from portal.accounts.signin.limits import find_address
from portal.core.errors import Forbidden, RuleViolation
from portal.core.policy import PUBLIC

CREATED = 201
_KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)
_CURSOR = OpenApiParameter("cursor", str)
_VIEW = OpenApiParameter("view", str, enum=[*selectors.VIEWS, "late", "mine"])


@extend_schema(
    operation_id="upload",
    request={
        "multipart/form-data": {
            "type": "object",
            "properties": {"file": {"type": "string", "format": "binary"}},
        }
    },
    responses={CREATED: shapes.UploadShape},
)
@api_policy(SIGNED_IN)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def upload(request: Request) -> Response:
    """Keep one file until a filing uses it."""
    found = request.FILES.getlist("file")
    if len(found) != 1:
        raise RuleViolation("file_missing", errors={"file": ["Hãy gửi đúng một tệp ở ô “file”."]})
    stored = store_upload(found[0], actor=get_actor(request._request))
    return Response(present.present_upload(stored), status=CREATED)


@extend_schema(
    methods=["POST"], operation_id="dossier_file", parameters=[_KEY], request=bodies.FilingBody,
    responses={CREATED: shapes.FiledShape}, extensions={"x-refusals": [404, 409]},
)  # fmt: skip
@extend_schema(
    methods=["GET"], operation_id="dossiers", parameters=[_CURSOR, _VIEW, OpenApiParameter("q", str)],
    responses=shapes.DossierPageShape,
)  # fmt: skip
@api_policy(SIGNED_IN)
@api_view(["GET", "POST"])
def dossiers(request: Request) -> Response:
    """List what the caller may see, or file a dossier."""
    return _file(request) if request.method == "POST" else _list(request)


def _list(request: Request) -> Response:
    actor, cursor = get_actor(request._request), request.query_params.get("cursor", "")
    if actor.is_officer:
        view, query = request.query_params.get("view", "all"), request.query_params.get("q", "")
        page = selectors.list_desk(actor, selectors.DeskFilter(view, query, "", cursor))
    else:
        page = selectors.list_mine(actor, cursor=cursor)
    rows = [present.present_row(dossier) for dossier in page.rows]
    return Response({"next": page.next, "previous": page.previous, "results": rows})


def _file(request: Request) -> Response:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise RuleViolation("idempotency_key_missing", "Hãy gửi kèm tiêu đề Idempotency-Key.")
    body = bodies.FilingBody(data=request.data)
    body.is_valid(raise_exception=True)
    actor = get_actor(request._request)
    wanted = bodies.to_filing_request(body.validated_data)
    if (wanted.channel != "online") != actor.is_officer:
        raise Forbidden("wrong_door", "Người dân nộp qua mạng; cán bộ nhận tại quầy hoặc qua bưu điện.")
    dossier = filing.file_dossier(wanted, actor=actor, key=key, body=dict(request.data))
    return Response(present.present_filed(dossier, actor), status=CREATED)


@extend_schema(operation_id="dossier", responses=shapes.DossierShape)
@api_policy(SIGNED_IN)
@api_view(["GET"])
def dossier(request: Request, dossier_id: UUID) -> Response:
    """One dossier with what the caller may do now."""
    actor = get_actor(request._request)
    found = open_dossier(dossier_id, actor=actor, what="api:dossier")
    return Response(present.present_dossier(found, actor))


@extend_schema(operation_id="dossier_events", responses=shapes.EventShape(many=True))
@api_policy(SIGNED_IN)
@api_view(["GET"])
def events(request: Request, dossier_id: UUID) -> Response:
    """The history; the owner reads it without what is internal."""
    actor = get_actor(request._request)
    found = open_dossier(dossier_id, actor=actor, what="api:events")
    audience = "staff" if actor.is_officer and not is_owner_side(found, actor) else "owner"
    return Response(present.present_events(found, audience))


@extend_schema(
    operation_id="track", request=bodies.TrackBody, responses=shapes.TrackShape,
    extensions={"x-refusals": [404, 429]},
)  # fmt: skip
@api_policy(PUBLIC)
@api_view(["POST"])
def track(request: Request) -> Response:
    """Follow a dossier by its code and secret; wrong and unknown answer alike, failures are counted."""
    body = bodies.TrackBody(data=request.data)
    body.is_valid(raise_exception=True)
    address = find_address(request._request)
    found = tracking.track(body.validated_data["code"], body.validated_data["secret"], address=address)
    return Response(present.present_tracked(found))
