"""Papers that the e-form does not ask for have a page of their own."""

import pytest
from django.test import Client

from dossiers.choices import Status
from dossiers.models import Attachment, Dossier
from tests.dossiers.views.steps import begin, fill, picture, read, send
from tests.factories.catalogue import make_document, publish
from tests.factories.dossiers import Desk

pytestmark = pytest.mark.django_db
WANTED = [
    {"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"},
    {"key": "so_do", "name": {"vi": "Sơ đồ vị trí"}, "mode": "submit"},
    {"key": "anh", "name": {"vi": "Ảnh chụp"}, "mode": "submit", "required": False},
]


@pytest.fixture
def code() -> str:
    return publish(make_document(requirements=WANTED)).procedure.code


def test_they_are_a_task_and_stand_in_the_overview(desk: Desk, citizen: Client, code: str) -> None:
    dossier_id = begin(citizen, code, desk)
    path = f"/dossiers/{dossier_id}/papers/"
    assert path in read(citizen, f"/dossiers/{dossier_id}/filing/")
    fill(citizen, dossier_id, {"full_name": "Hờ A Páo"}, {"don": picture("don.png")})
    assert f'href="{path}#paper-so_do"' in read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    assert citizen.post(path, {"file-so_do": picture("so-do.png"), "on": "1"}).status_code == 302
    assert "so-do.png" in read(citizen, path)
    send(citizen, dossier_id)
    assert Dossier.objects.get(pk=dossier_id).status == Status.SUBMITTED


def test_files_are_refused_and_taken_off_one_by_one(desk: Desk, citizen: Client, code: str) -> None:
    dossier_id = begin(citizen, code, desk)
    path = f"/dossiers/{dossier_id}/papers/"
    answer = citizen.post(path, {"file-so_do": [picture("tot.png"), picture("a.txt")], "on": "1"})
    assert answer.status_code == 422
    assert "a.txt" in answer.content.decode()
    assert "tot.png" in answer.content.decode()
    kept = Attachment.objects.get()
    assert citizen.post(path, {f"file-remove-{kept.pk}": "1"})["Location"] == path
    assert "tot.png" not in read(citizen, path)


def test_a_form_that_asks_for_every_paper_has_no_such_page(desk: Desk, citizen: Client) -> None:
    dossier_id = begin(citizen, publish(make_document()).procedure.code, desk)
    assert citizen.get(f"/dossiers/{dossier_id}/papers/")["Location"] == f"/dossiers/{dossier_id}/filing/"
