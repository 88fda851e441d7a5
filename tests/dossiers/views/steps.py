"""What a citizen does on the pages, with the plain client: the same as a browser without scripts."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dossiers import selectors
from dossiers.models import Dossier
from dossiers.screens.sheet import Sheet, read_sheet
from portal.accounts.models import User
from procedures.formschema.definition import Field, Page
from procedures.formschema.types import field_types
from tests.factories.answers import ANSWERS
from tests.factories.dossiers import BIRTH, PNG, Desk

BIRTH_CASE = "co_giay_chung_sinh"
Fields = dict[str, Any]


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def picture(name: str = "anh.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def read(client: Client, path: str, status: int = 200) -> str:
    """The page at a path, with the status it must have."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code, response.content.decode()[:2000])
    return response.content.decode()


def begin(client: Client, code: str, desk: Desk, case: str = "") -> UUID:
    """From the start page to the task list; the id of the draft."""
    response = client.post(f"/dossiers/new/{code}/", {"case": case, "agency": desk.agency.code})
    assert response.status_code == 302, response.content.decode()[:2000]
    return UUID(urlsplit(response["Location"]).path.split("/")[2])


def begin_birth(client: Client, desk: Desk) -> UUID:
    return begin(client, BIRTH, desk, BIRTH_CASE)


def typed(question: Field, value: Any, name: str = "") -> Fields:
    """What the controls of a question post for a canonical value."""
    name = name or question.key
    if question.type == "group":
        return _typed_rows(question, value or ())
    kind = field_types.get(question.type)
    shown = kind.show(value, question)
    held = {
        f"{name}-{item.part}" if item.part else name: shown.get(item.part, "")
        for item in kind.inputs(question, shown)
    }
    return {
        key: ("true" if text is True else text) for key, text in held.items() if text not in (None, "", False)
    }


def _typed_rows(group: Field, rows: Any) -> Fields:
    posted: Fields = {f"{group.key}-rows": str(len(rows))}
    for n, row in enumerate(rows):
        for column in group.fields:
            posted |= typed(column, row.get(column.key), f"{group.key}-{n}-{column.key}")
    return posted


def _shown(page: Page, answers: Mapping[str, Any]) -> Iterator[str]:
    """Names of conditional questions that are answered, those of rows too."""
    for question in page.fields:
        if question.visible_if is not None and question.key in answers:
            yield question.key
        for n, row in enumerate(answers.get(question.key) or () if question.type == "group" else ()):
            conditional = (column.key for column in question.fields if column.visible_if is not None)
            yield from (f"{question.key}-{n}-{key}" for key in conditional if key in row)


def page_data(page: Page, answers: Mapping[str, Any]) -> Fields:
    """Everything that a page of the e-form posts when it is filled with these answers."""
    data: Fields = {"shown": list(_shown(page, answers))}
    for question in page.fields:
        if field_types.get(question.type).is_answer:
            data |= typed(question, answers.get(question.key))
    return data


def fill(
    client: Client, dossier_id: UUID, answers: Mapping[str, Any], files: Mapping[str, Any] | None = None
) -> None:
    """Fill every page that the answers lead to, in order."""
    sent = files or {}
    for page in sheet_of(dossier_id).form.pages:
        if page not in sheet_of(dossier_id).pages:
            continue
        data = page_data(page, answers)
        data |= {f"file-{q.requirement}": sent[q.requirement] for q in page.fields if q.requirement in sent}
        path = f"/dossiers/{dossier_id}/filing/{page.key}/"
        response = client.post(path, data)
        if response.status_code == 200:  # the answers opened questions that may be left blank
            opened = re.findall(r'name="shown" value="([\w-]+)">', response.content.decode())
            response = client.post(path, {**_without_files(data), "shown": opened})
        assert response.status_code == 302, (page.key, response.content.decode())


def _without_files(data: Fields) -> Fields:
    return {name: value for name, value in data.items() if not name.startswith("file-")}


def fill_birth(client: Client, dossier_id: UUID) -> None:
    fill(client, dossier_id, ANSWERS[BIRTH], {"giay_chung_sinh": picture("giay-chung-sinh.png")})


def sheet_of(dossier_id: UUID) -> Sheet:
    """The draft as its pages see it now."""
    dossier = Dossier.objects.get(pk=dossier_id)
    draft = selectors.get_draft(dossier)
    assert draft is not None
    return read_sheet(dossier, draft)


def send(client: Client, dossier_id: UUID) -> Any:
    """Press the red button of the overview."""
    version = sheet_of(dossier_id).draft.row_version
    return client.post(f"/dossiers/{dossier_id}/filing/check/", {"row_version": version})
