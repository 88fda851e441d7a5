"""GET /api/v1/schema/ is OpenAPI 3.1, names every call that the contract names, and tells the truth about answers."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator, FormatChecker

from dossiers.numbering import tracking_secret
from tests.factories import states
from tests.factories.answers import MARITAL
from tests.factories.dossiers import MARITAL as MARITAL_CODE
from tests.factories.dossiers import PERMIT, PNG, Desk, make_desk

pytestmark = pytest.mark.django_db
API = "/api/v1"
ACTIONS = (
    "accept", "decline", "propose_decline", "stop", "withdraw", "request_withdrawal", "redirect",
    "request_supplement", "supplement", "start", "transfer", "ask_confirmation", "answer_confirmation",
    "consent", "request_payment", "pay_fee", "reschedule", "resolve", "return_result", "recall",
)  # fmt: skip
CALLS = {
    ("get", "/procedures"),
    ("get", "/me"),
    ("get", "/procedures/{code}"),
    ("get", "/procedures/{code}/form"),
    ("post", "/uploads"),
    ("post", "/dossiers"),
    ("get", "/dossiers"),
    ("get", "/dossiers/{dossier_id}"),
    ("get", "/dossiers/{dossier_id}/events"),
    ("post", "/track"),
    *(("post", f"/dossiers/{{dossier_id}}/actions/{name}") for name in ACTIONS),
}
"""Written out from the contract, so that a call lost in the product is noticed."""
FILED = "id code status secret submitted_at check_by due_at due_estimate"
SEEN = (
    "id code status national_status version agency check_by received_at due_at fees step supplement "
    "confirmation results actions"
)


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    answer = client.get(f"{API}/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    assert answer.status_code == 200
    loaded: dict[str, Any] = json.loads(answer.content)
    return loaded


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate_schema(document)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_call_of_the_contract_is_in_it_and_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    calls = {
        (method, path.removeprefix(API)): call
        for path, methods in document["paths"].items()
        for method, call in methods.items()
    }
    names = [call["operationId"] for call in calls.values()]

    assert set(calls) >= CALLS
    assert sorted(set(names)) == sorted(names)
    assert all({"200", "201"} & set(call["responses"]) for call in calls.values())


def list_references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(list_references, part.values()))
    return set().union(*map(list_references, part)) if isinstance(part, list) else set()


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in list_references(document):
        found: Any = document
        for name in reference.removeprefix("#/").split("/"):
            found = found[name]
        assert isinstance(found, dict), reference


def test_answers_are_what_the_document_says_and_hold_what_the_contract_names(
    document: dict[str, Any], desk: Desk
) -> None:
    dossier = states.accepted(desk)
    citizen = Client()
    citizen.force_login(desk.citizen)
    mine = f"/dossiers/{dossier.pk}"
    secret = {"code": dossier.code, "secret": tracking_secret(dossier.pk, dossier.secret_version)}
    body = {
        "procedure": MARITAL_CODE,
        "case": "muc_dich_khac",
        "agency": desk.agency.code,
        "answers": MARITAL,
    }

    answers = {
        ("get", "/procedures"): citizen.get(f"{API}/procedures?search=khai"),
        ("get", "/procedures/{code}"): citizen.get(f"{API}/procedures/{PERMIT}"),
        ("get", "/procedures/{code}/form"): citizen.get(f"{API}/procedures/{PERMIT}/form"),
        ("get", "/me"): citizen.get(f"{API}/me"),
        ("get", "/dossiers"): citizen.get(f"{API}/dossiers"),
        ("get", "/dossiers/{dossier_id}"): citizen.get(f"{API}{mine}"),
        ("get", "/dossiers/{dossier_id}/events"): citizen.get(f"{API}{mine}/events"),
        ("post", "/track"): post(citizen, "/track", secret),
        ("post", "/dossiers"): post(citizen, "/dossiers", body, key="k"),
        ("post", "/uploads"): citizen.post(f"{API}/uploads", {"file": make_file()}),
        ("post", "/dossiers/{dossier_id}/actions/request_withdrawal"): post(
            citizen, f"{mine}/actions/request_withdrawal", {"version": dossier.version, "reason": "Đổi ý."}
        ),
    }

    for (method, path), answer in answers.items():
        faults = list_faults(document, method, path, answer)
        assert faults == [], f"{method} {path}: {answer.content[:500]!r}"
    assert set(answers["post", "/dossiers"].json()) >= set(FILED.split())
    assert set(answers["get", "/dossiers/{dossier_id}"].json()) >= set(SEEN.split())
    assert answers["post", "/dossiers"].json()["due_at"] is None


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/me", 401), ("post", "/dossiers", 401), ("get", "/procedures/{code}", 404)],
)
def test_refusals_are_what_the_document_says(
    document: dict[str, Any], client: Client, method: str, path: str, status: int
) -> None:
    answer = client.generic(method.upper(), f"{API}{path}".replace("{code}", "9.999999"))

    assert answer.status_code == status
    assert list_faults(document, method, path, answer) == []


def post(client: Client, path: str, body: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{API}{path}", body, content_type="application/json", headers=headers)


def make_file() -> Any:
    return SimpleUploadedFile("giay.png", PNG, "image/png")


def list_faults(document: dict[str, Any], method: str, path: str, answer: Any) -> list[str]:
    """How an answer differs from what is documented for its status and media type."""
    documented = resolve(
        document, document["paths"][f"{API}{path}"][method]["responses"][str(answer.status_code)]
    )
    kind = answer.headers["Content-Type"].partition(";")[0]
    schema = documented["content"][kind]["schema"]
    whole = {**schema, "components": document["components"]}
    checker = Draft202012Validator(whole, format_checker=FormatChecker())
    return [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(answer.json())]


def resolve(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    return document["components"]["responses"][name] if name else part
