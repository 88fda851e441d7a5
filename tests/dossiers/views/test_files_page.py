"""Files of a dossier: for whom, as what, and who read them."""

import pytest
from django.test import Client

from dossiers import commands as c
from dossiers.choices import Medium, Outcome
from dossiers.models import Attachment, Dossier, Fee, StoredFile
from dossiers.services import acting
from dossiers.storage import file_storage
from portal.audit.models import ReadLog
from portal.core import clock
from tests.dossiers.views.steps import begin_birth, fill_birth, read, sign_in
from tests.factories.dossiers import PNG, Desk, accept, file_birth, make_desk, make_upload, start, to_approval
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def path_of(dossier: Dossier, stored: StoredFile | None = None) -> str:
    found = stored or Attachment.objects.filter(dossier=dossier)[0].file
    return f"/dossiers/{dossier.pk}/files/{found.pk}/"


def test_the_owner_downloads_what_was_sent(desk: Desk, citizen: Client) -> None:
    dossier = file_birth(desk)
    path = path_of(dossier)
    assert path in read(citizen, f"/dossiers/{dossier.pk}/")
    answer = citizen.get(path)
    assert answer.getvalue() == PNG
    assert answer["Content-Disposition"] == 'attachment; filename="giay-chung-sinh.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]
    assert not ReadLog.objects.exists()


def test_a_file_of_a_draft_is_its_owners(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    path = path_of(Dossier.objects.get(pk=dossier_id))
    assert citizen.get(path).status_code == 200
    assert sign_in(desk.reception.user).get(path).status_code == 404


def test_an_officer_who_may_see_the_dossier_reads_and_it_is_noted(desk: Desk) -> None:
    dossier = file_birth(desk)
    assert sign_in(desk.reception.user).get(path_of(dossier)).status_code == 200
    note = ReadLog.objects.get()
    assert note.user_id == desk.reception.user.pk
    assert note.what.startswith("file:")


def test_nobody_else_finds_it(desk: Desk) -> None:
    path, other = path_of(file_birth(desk)), make_desk()
    for user in (make_user(), other.citizen, other.reception.user):
        assert sign_in(user).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_files_of_other_dossiers_and_unused_ones_are_not_found(desk: Desk, citizen: Client) -> None:
    first, second = file_birth(desk), file_birth(desk)
    foreign = Attachment.objects.filter(dossier=second)[0].file
    assert citizen.get(path_of(first, foreign)).status_code == 404
    assert citizen.get(path_of(first, make_upload(desk.citizen_actor))).status_code == 404


def test_a_lost_file_is_a_page_and_no_crash(desk: Desk, citizen: Client) -> None:
    dossier = file_birth(desk)
    file_storage().delete(Attachment.objects.get().file.key)
    assert citizen.get(path_of(dossier)).status_code == 404


def electronic_result(desk: Desk) -> tuple[Dossier, StoredFile]:
    dossier = to_approval(desk, start(desk, accept(desk, file_birth(desk))))
    stored = make_upload(desk.approver.actor, "ket-qua.png")
    results = (c.ResultDraft("giay_khai_sinh", 1, Medium.ELECTRONIC, stored.pk),)
    command = c.Resolve(Outcome.GRANTED, c.Signature("Vũ Quang Ký", clock.today()), "", results)
    dossier = acting.perform(dossier.pk, command, actor=desk.approver.actor, version=dossier.version)
    return dossier, stored


def test_a_result_is_downloaded_once_nothing_is_owed(desk: Desk, citizen: Client) -> None:
    dossier, stored = electronic_result(desk)
    assert path_of(dossier, stored) in read(citizen, f"/dossiers/{dossier.pk}/")
    assert citizen.get(path_of(dossier, stored)).status_code == 200
    Fee.objects.create(dossier=dossier, mode="after", amount=8000, assessed_at=clock.now())
    page = read(citizen, f"/dossiers/{dossier.pk}/")
    assert path_of(dossier, stored) not in page
    assert "Nộp 8.000 đ" in page
    assert citizen.get(path_of(dossier, stored)).status_code == 403
    assert citizen.get(path_of(dossier)).status_code == 200
