"""The API against its own OpenAPI document: generated calls get documented answers of the documented shape.

`FUZZ_EXAMPLES` calls of each operation are made by each caller, half of them wrong on purpose; a long run is
`FUZZ_EXAMPLES=200 pytest tests/contracts/test_hostile_schema.py`.
"""

import io
import json
import os
from collections.abc import Iterator
from contextlib import redirect_stderr
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dossiers.models import Dossier
from tests.contracts.attack import Target, undone
from tests.contracts.test_hostile_http import one_connection
from tests.factories.dossiers import make_upload

pytestmark = pytest.mark.django_db

DOCUMENT = "/api/v1/schema/?format=json"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))
RULES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CALLERS = ("visitor", "citizen", "reception")
TOKEN = "a" * 32


@pytest.fixture
def api() -> Iterator[Any]:
    """The document, and the product behind it. One connection holds the whole test's transaction."""
    with one_connection():
        yield schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())


def aim(case: Any, dossier: Dossier, upload: str) -> None:
    """Most generated ids name nothing: put in a dossier that is there, its version, and a file of the caller."""
    if "dossier_id" in (case.path_parameters or {}):
        case.path_parameters["dossier_id"] = str(dossier.pk)
    if isinstance(case.body, dict) and "version" in case.body:
        case.body["version"] = dossier.version
    if isinstance(case.body, dict) and "upload" in case.body:
        case.body["upload"] = upload
    if case.headers:
        case.headers.pop("X-Acting", None)


def call(case: Any, session: str) -> None:
    """Make the call, undo what it did, and raise what the rules have against its answer."""
    signed_in = {"cookies": {"sessionid": session, "csrftoken": TOKEN}, "headers": {"X-CSRFToken": TOKEN}}
    with undone():
        answer = case.call(**(signed_in if session else {}))
    case.validate_response(answer, checks=RULES)


@pytest.mark.parametrize("who", CALLERS)
def test_every_answer_is_a_documented_one(target: Target, api: Any, who: str) -> None:
    client: Client = target.clients[who]
    session = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    actors = {"reception": target.desk.reception.actor, "approver": target.desk.approver.actor}
    upload = str(make_upload(actors.get(who, target.desk.citizen_actor)).pk)
    dossiers = cycle(target.dossiers.values())

    def try_right(case: Any) -> None:
        aim(case, next(dossiers), upload)
        call(case, session)

    def try_wrong(case: Any) -> None:
        call(case, session)

    for found in api.get_all_operations():
        operation = found.ok()
        right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        SETTINGS(given(case=right)(try_right))()
        if operation.method == "post":  # what a GET takes is text, and no text is against its schema
            wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
            SETTINGS(given(case=wrong)(try_wrong))()


def test_the_document_is_made_without_a_warning() -> None:
    said = io.StringIO()
    with redirect_stderr(said):
        call_command("spectacular", "--validate", "--fail-on-warn", stdout=io.StringIO())

    assert said.getvalue() == ""


def test_every_refusal_is_documented_as_a_problem(client: Client) -> None:
    document = json.loads(client.get(DOCUMENT).content)
    answers = document["components"]["responses"].values()

    for call_of, operation in (
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ):
        statuses = set(operation["responses"])
        assert {"400", "403", "406", "422", "503"} <= statuses, call_of
        assert ({} in operation["security"]) != ("401" in statuses), call_of
        assert "{" not in call_of or "404" in statuses
        assert "/actions/" not in call_of or {"404", "409", "413", "415"} <= statuses
        writes = not call_of.startswith("get ")
        assert all(("csrf" in way) == writes for way in operation["security"] if way), call_of
    assert all(set(answer["content"]) == {"application/problem+json"} for answer in answers)
    assert {"401", "409"} <= set(document["paths"]["/api/v1/dossiers"]["post"]["responses"])
    assert {"404", "429"} <= set(document["paths"]["/api/v1/track"]["post"]["responses"])
