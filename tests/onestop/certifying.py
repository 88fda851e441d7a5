"""What an officer's browser sends from the quick screen, and certifications made by the service."""

from itertools import count
from typing import Any
from uuid import UUID

from dossiers.choices import PartyKind, PartyRole
from onestop import services
from onestop.certification.page import NOBODY
from onestop.certification.steps import Certification
from portal.accounts.actor import Actor
from procedures.formschema.parties import PartyDraft
from tests.factories.catalogue import import_catalogue
from tests.factories.dossiers import BIRTH, COPIES, Desk, make_empty_desk

_tokens = count(1)
SCREEN = "/onestop/certification/"
Paper = tuple[str, int, int]
DIPLOMA: Paper = ("Bằng tốt nghiệp", 3, 10)
"""Ten copies of three pages: 10 × (2 × 2.000 + 1.000) đồng."""
DIPLOMA_FEE = 50_000


def make_small_desk() -> Desk:
    """A commune that certifies copies, with two procedures instead of the whole catalogue."""
    import_catalogue(COPIES, BIRTH)
    return make_empty_desk()


def typed(desk: Desk, *papers: Paper, **changes: Any) -> dict[str, Any]:
    """Every field of the screen, for these papers; nothing about the person."""
    data: dict[str, Any] = {
        "kind": "copies",
        "token": f"token{next(_tokens)}",
        "agreed": str(DIPLOMA_FEE),
        "name": "",
        "phone": "",
        "identity": "",
        "signer": str(desk.approver.membership.pk),
        "do": "certify",
    }
    for index, (name, pages, copies) in enumerate(papers or (DIPLOMA,)):
        row = {"paper": name, "pages": str(pages), "copies": str(copies)}
        data |= {f"row-{index}-{column}": value for column, value in row.items()}
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def build_request(desk: Desk, *papers: Paper, agreed: int = DIPLOMA_FEE, **changes: Any) -> Certification:
    """What the service is asked for these papers."""
    rows: Any = [
        {"paper_name": name, "pages": pages, "copies": copies} for name, pages, copies in papers or (DIPLOMA,)
    ]
    values: dict[str, Any] = {
        "procedure_code": COPIES,
        "answers": {"requester_name": NOBODY, "papers": rows},
        "submitter": PartyDraft(role=PartyRole.SUBMITTER, kind=PartyKind.PERSON, name=NOBODY),
        "signer_id": desk.approver.membership.pk,
        "agreed": agreed,
    }
    return Certification(**{**values, **changes})


def certify(desk: Desk, *papers: Paper, actor: Actor | None = None, **changes: Any) -> UUID:
    key = f"key{next(_tokens)}"
    asked = build_request(desk, *papers, **changes)
    return services.certify(asked, actor=actor or desk.reception.actor, key=key, body=key)
