"""Answers of the guided check in the filing: offered with their source, judged again, never filed by themselves."""

from uuid import UUID

import pytest
from django.test import Client

from dossiers.models import Dossier, Draft
from dossiers.services import drafts
from dossiers.suggestions import SUGGESTED
from portal.core.errors import NotFound
from tests.dossiers.views.steps import BIRTH_CASE, fill_birth, read
from tests.factories.dossiers import BIRTH, Desk
from tests.factories.people import PASSWORD, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
START = f"/dossiers/new/{BIRTH}/"
SOURCE = "Bạn đã trả lời ở phần “Cần chuẩn bị gì?”"
CARRIED = {"nguoi_di": "me", "copies": "3"}


def _begin(client: Client, desk: Desk, **carried: str) -> UUID:
    client.post(START, {"case": BIRTH_CASE, "agency": desk.agency.code, **carried})
    return Draft.objects.latest("updated_at").dossier_id


def test_the_start_page_keeps_them_and_chooses_the_place(desk: Desk, client: Client) -> None:
    make_agency(name="Ủy ban nhân dân xã An Bình")
    query = f"case={BIRTH_CASE}&agency={desk.agency.code}&nguoi_di=me&copies=3&x=1&hon_nhan=da"
    page = read(client, f"{START}?{query}")
    assert '<input type="hidden" name="nguoi_di" value="me">' in page
    assert '<input type="hidden" name="copies" value="3">' in page
    assert f'value="{desk.agency.code}" selected' in page
    assert 'name="x"' not in page
    assert 'name="hon_nhan"' not in page
    assert "được mang theo" in page


def test_pages_offer_them_with_their_source(desk: Desk, citizen: Client) -> None:
    dossier_id = _begin(citizen, desk, **CARRIED)
    requester = read(citizen, f"/dossiers/{dossier_id}/filing/requester/")
    assert SOURCE in requester
    copies = read(citizen, f"/dossiers/{dossier_id}/filing/copies_and_oath/")
    assert 'name="copies" value="3"' in copies
    assert copies.count(SOURCE) == 2
    assert SOURCE not in read(citizen, f"/dossiers/{dossier_id}/filing/child/")


def test_what_is_wrong_is_dropped_and_a_changed_answer_counts(desk: Desk, citizen: Client) -> None:
    dossier_id = _begin(citizen, desk, nguoi_di="king", copies="-2", requester_name="Ai")
    assert Draft.objects.get(dossier=dossier_id).answers == {}
    again = _begin(citizen, desk, **CARRIED)
    assert again == dossier_id
    draft = Draft.objects.get(dossier=dossier_id)
    assert draft.answers == {SUGGESTED: {"requester_relation": "me", "wants_copies": True, "copies": 3}}
    assert draft.row_version == 1


def test_they_are_never_filed_by_themselves(desk: Desk, citizen: Client) -> None:
    dossier_id = _begin(citizen, desk, **CARRIED)
    fill_birth(citizen, dossier_id)
    version = Draft.objects.get(dossier=dossier_id).row_version
    citizen.post(f"/dossiers/{dossier_id}/filing/check/", {"row_version": version})
    filing = Dossier.objects.get(pk=dossier_id).filings.get()
    assert SUGGESTED not in filing.answers
    assert "copies" not in filing.answers


def test_a_visitor_keeps_them_over_sign_in(desk: Desk, client: Client) -> None:
    client.post(START, {"case": BIRTH_CASE, "agency": desk.agency.code, **CARRIED})
    client.post("/accounts/login/", {"login": desk.citizen.username, "password": PASSWORD})
    assert '<input type="hidden" name="copies" value="3">' in read(client, START)


def test_nobody_suggests_to_the_draft_of_another(desk: Desk, citizen: Client) -> None:
    dossier_id = _begin(citizen, desk)
    with pytest.raises(NotFound):
        drafts.suggest_answers(dossier_id, actor=make_actor(make_user()), suggested={"copies": 1})
