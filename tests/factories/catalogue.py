"""Procedures for tests: the product's own catalogue files, or a small document that may be bent."""

import copy
import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

from django.conf import settings

from portal.accounts.choices import Role
from portal.core import clock
from portal.core.locking import durable
from procedures import services
from procedures.choices import Source
from procedures.columns import build_columns
from procedures.content import parse_content
from procedures.documents import document_sha256
from procedures.models import Procedure, ProcedureVersion
from procedures.selectors import access_procedure
from procedures.services.closing import mark_closed
from procedures.services.publishing import touch_catalogue
from tests.factories.people import Officer, make_officer

CATALOGUE_DIR = settings.BASE_DIR / "procedures" / "catalogue"
CODES = tuple(sorted(path.stem for path in CATALOGUE_DIR.glob("*.json")))
CORE = ("1.001193", "1.001456", "1.001612", "1.004873", "1.013225", "2.000815")
"""Six of all levels, for tests that look at pages and need no whole catalogue."""
_numbers = count(900001)
_shelf_ids = count(10**9)  # far above what the sequences of a test database reach

Document = dict[str, Any]

_SMALL: Document = {
    "schema": 1,
    "code": "1.900000",
    "name": {"vi": "Cấp giấy thử nghiệm"},
    "everyday_name": {"vi": "Xin giấy thử"},
    "field": {"vi": "Thử nghiệm"},
    "tiers": ["commune"],
    "audience": {"vi": "Mọi người"},
    "level": 4,
    "summary": {"vi": "Giấy để thử."},
    "effective_from": "2025-07-01",
    "requirements": [{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"}],
    "channels": ["online", "desk", "post"],
    "limits": [{"value": 3, "unit": "working_day"}],
    "fees": [],
    "performed_by": ["commune"],
    "agencies": {"competent": {"vi": "UBND cấp xã"}, "performing": {"vi": "UBND cấp xã"}},
    "steps": [
        {"key": "nhan", "name": {"vi": "Nhận"}, "kind": "receive", "hours": 2, "role": "reception"},
        {"key": "ky", "name": {"vi": "Ký"}, "kind": "approve", "hours": 4, "role": "approver"},
        {"key": "tra", "name": {"vi": "Trả"}, "kind": "return", "hours": 2, "role": "reception"},
    ],
    "results": [{"key": "giay", "name": {"vi": "Giấy thử"}, "medium": "paper"}],
    "legal_basis": [{"number": "01/2025/NĐ-CP", "title": {"vi": "Nghị định thử"}}],
    "how_steps": [{"vi": "Nộp rồi nhận."}],
    "submit_ways": [{"channel": "desk", "text": {"vi": "Nộp tại quầy."}}],
    "form": {
        "pages": [
            {
                "key": "person",
                "title": {"vi": "Người nộp"},
                "fields": [
                    {
                        "key": "full_name",
                        "type": "person_name",
                        "label": {"vi": "Họ và tên"},
                        "required": True,
                    },
                    {"key": "copies", "type": "integer", "label": {"vi": "Số bản sao"}, "min": 1},
                    {"key": "paper", "type": "file", "label": {"vi": "Đơn"}, "requirement": "don"},
                ],
            }
        ],
        "parties": [{"role": "owner", "kind": "person", "page": "person", "map": {"name": "full_name"}}],
    },
}


def make_document(**changes: Any) -> Document:
    """A valid level-4 document with a code of its own; top-level names may be replaced, None removes one."""
    document = {**copy.deepcopy(_SMALL), "code": f"1.{next(_numbers):06d}", **changes}
    return {name: value for name, value in document.items() if value is not None}


def read_catalogue(code: str) -> Document:
    """The document of one of the product's catalogue files."""
    return _read_file(code)[0]


def _read_file(code: str) -> tuple[Document, Document | None]:
    """The document, and what the file says of its closing."""
    document: Document = json.loads((CATALOGUE_DIR / f"{code}.json").read_text(encoding="utf-8"))
    return document, document.pop("closed", None)


def publish(document: Document | None = None, *, source: str = Source.SYSTEM) -> ProcedureVersion:
    """Publishes a document as the system; a small one by default."""
    with durable():
        return services.publish_document(document or make_document(), source=source)


def publish_shipped(codes: Iterable[str]) -> None:
    """Shipped documents that are not in the catalogue yet, as `publish` would leave them, a quarter as slow."""
    wanted = dict.fromkeys(codes)
    there = set(Procedure.objects.filter(code__in=wanted).values_list("code", flat=True))
    rows = [row for code in wanted if code not in there and (row := _take_from_shelf(code))]
    if not rows:
        return
    with durable():
        touch_catalogue()
        Procedure.objects.bulk_create(procedure for procedure, _version in rows)
        ProcedureVersion.objects.bulk_create(version for _procedure, version in rows)


def _take_from_shelf(code: str) -> tuple[Procedure, ProcedureVersion] | None:
    """New rows of their own ids. A version that begins later than today takes the long way."""
    document, columns, version = _shelved(code)
    if version["effective_from"] > clock.today():
        publish(document)
        return None
    procedure_id, version_id, now = next(_shelf_ids), next(_shelf_ids), clock.now()
    return (
        Procedure(
            **columns,
            pk=procedure_id,
            code=code,
            source=Source.SYSTEM,
            current_id=version_id,
            revised_at=now,
        ),
        ProcedureVersion(
            **version, pk=version_id, procedure_id=procedure_id, content=document, published_at=now
        ),
    )


@lru_cache
def _shelved(code: str) -> tuple[Document, dict[str, Any], dict[str, Any]]:
    """A shipped document with the columns of its procedure and of its version."""
    document = read_catalogue(code)
    content = parse_content(document)
    version = {
        "number": 1,
        "schema": content.schema,
        "sha256": document_sha256(document),
        "level": content.level,
        "effective_from": content.effective_from,
        "source": Source.SYSTEM,
    }
    return document, build_columns(content), version


def import_catalogue(*codes: str) -> dict[str, Procedure]:
    """The product's own procedures by code; all of them by default."""
    wanted = codes or CODES
    publish_shipped(wanted)
    for code in wanted:
        if closed := _read_file(code)[1]:
            with durable():
                mark_closed(code, successor=closed["successor"], on=date.fromisoformat(closed["on"]))
    return {code: access_procedure(code) for code in wanted}


def load_knowledge() -> None:
    """The words and events of life that the product brings along."""
    services.load_shipped_knowledge()


def make_catalogue_admin(full_name: str = "Phạm Thị Luật") -> Officer:
    return make_officer(Role.CATALOGUE_ADMIN, full_name=full_name)
