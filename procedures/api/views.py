"""GET procedures, one procedure, its form; anonymous, like the pages."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from portal.accounts.policy import api_policy
from portal.core.errors import NotFound
from portal.core.policy import PUBLIC
from procedures.api.serializers import (
    CodeAndNameSerializer,
    ContentSerializer,
    FormAnswerSerializer,
    ProcedureListSerializer,
    ProcedureRowSerializer,
    ProcedureSerializer,
)
from procedures.choices import ProcedureStatus, ServiceLevel
from procedures.content import Content
from procedures.finding import Entry
from procedures.formschema.json_schema import json_schema
from procedures.listing import AS_TYPED, Listing, build_listing
from procedures.models import Procedure
from procedures.selectors import access_procedure, get_content, get_document, list_performing_agencies
from procedures.services import record_empty_search

_PARAMETERS = [
    OpenApiParameter("search", OpenApiTypes.STR, description="Words, with or without diacritics"),
    OpenApiParameter("level", OpenApiTypes.INT, enum=list(ServiceLevel.values)),
    OpenApiParameter("field", OpenApiTypes.STR, description="Name or key of a field"),
    OpenApiParameter("agency", OpenApiTypes.STR, description="Code of an agency, or a tier"),
    OpenApiParameter(
        "words", OpenApiTypes.STR, enum=[AS_TYPED], description="The words as typed, not their meaning"
    ),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` or `previous`"),
]


@extend_schema(operation_id="procedures_list", parameters=_PARAMETERS, responses=ProcedureListSerializer)
@api_policy(PUBLIC)
@api_view(["GET"])
def list_procedures(request: Request) -> Response:
    """Procedures that answer to the words and fit the filters, best first."""
    listing = build_listing(request.query_params, query_name="search")
    if listing.is_in_vain:
        record_empty_search(listing.filters.query)
    return Response(
        {
            "next": _page_address(request, listing, listing.next_cursor),
            "previous": _page_address(request, listing, listing.previous_cursor),
            "results": ProcedureRowSerializer([_row(entry) for entry in listing.entries], many=True).data,
        }
    )


@extend_schema(operation_id="procedures_retrieve", responses=ProcedureSerializer)
@api_policy(PUBLIC)
@api_view(["GET"])
def get_procedure(request: Request, code: str) -> Response:
    """Everything the page of a procedure says; closed ones name their successor."""
    procedure = access_procedure(code)
    content = get_content(procedure.current_id or 0)
    return Response({**ContentSerializer(content).data, **_state(procedure, content)})


@extend_schema(operation_id="procedures_form_retrieve", responses=FormAnswerSerializer)
@api_policy(PUBLIC)
@api_view(["GET"])
def get_form(request: Request, code: str) -> Response:
    """JSON Schema of the answers, and the form schema; 404 `no_form` where a procedure has none."""
    procedure = access_procedure(code)
    content = get_content(procedure.current_id or 0)
    if content.form is None or procedure.current is None:
        raise NotFound("no_form", _("Thủ tục này không có mẫu điện tử."))
    return Response(
        {
            "code": procedure.code,
            "version": procedure.current.number,
            "schema": json_schema(content.form),
            "form": get_document(procedure.current.pk)["form"],
        }
    )


def _row(entry: Entry) -> dict[str, Any]:
    status = ProcedureStatus.CLOSED if entry.is_closed else ProcedureStatus.OPEN
    return {
        "code": entry.code,
        "name": entry.name,
        "everyday_name": entry.everyday_name,
        "level": entry.level,
        "field": entry.field,
        "tiers": entry.tiers,
        "status": status.value,
        "province": entry.province,
        "variants": [variant.code for variant in entry.variants],
    }


def _state(procedure: Procedure, content: Content) -> dict[str, Any]:
    successor = CodeAndNameSerializer(procedure.successor).data if procedure.successor else None
    return {
        "version": procedure.current.number if procedure.current else 0,
        "effective_from": procedure.current.effective_from.isoformat() if procedure.current else None,
        "status": procedure.status,
        "successor": successor,
        "agencies": CodeAndNameSerializer(list_performing_agencies(content), many=True).data,
    }


def _page_address(request: Request, listing: Listing, cursor: str) -> str | None:
    if not cursor:
        return None
    params = replace(listing.filters, query="").as_params
    if listing.filters.query:
        params["search"] = listing.filters.query
    address = reverse("procedures-api:list", request=request)
    return f"{address}?{urlencode({**params, 'cursor': cursor})}"
