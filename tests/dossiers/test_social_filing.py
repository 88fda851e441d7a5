"""Social procedures are filed online page by page, without a script, as their documents say."""

from typing import Any

import pytest

from dossiers.models import Dossier, DossierParty, Fee
from procedures.content import parse_content
from tests.dossiers.views.steps import begin, fill, picture, read, send, sign_in
from tests.factories.answers_social import FOOD, SAMPLES
from tests.factories.catalogue import publish, read_catalogue
from tests.factories.dossiers import Desk, make_empty_desk
from tests.factories.samples import Sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_empty_desk()


def files_of(sample: Sample) -> dict[str, Any]:
    papers = parse_content(read_catalogue(sample.code)).requirements_for(sample.case or None)
    return {
        paper.key: picture(f"{paper.key}.png")
        for paper in papers
        if paper.is_submitted and paper.required and not paper.filled_online
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_it_is_filed_with_its_people_and_papers(desk: Desk, sample: Sample) -> None:
    publish(read_catalogue(sample.code))
    citizen = sign_in(desk.citizen)
    dossier_id = begin(citizen, sample.code, desk, sample.case)
    fill(citizen, dossier_id, sample.answers, files_of(sample))
    answer = send(citizen, dossier_id)
    assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.status == ("awaiting_payment" if sample is FOOD else "submitted")
    assert dossier.filings.get().answers == sample.answers
    named = DossierParty.objects.exclude(role="submitter").select_related("party")
    people = [(row.role, row.party.kind, row.party.name) for row in named]
    assert sorted(people) == sorted(sample.parties)
    read(citizen, f"/dossiers/{dossier_id}/")
    assert citizen.get(f"/dossiers/{dossier_id}/print/answers/").content.startswith(b"%PDF")


def test_the_food_certificate_is_paid_before_it_is_taken_in(desk: Desk) -> None:
    publish(read_catalogue(FOOD.code))
    citizen = sign_in(desk.citizen)
    dossier_id = begin(citizen, FOOD.code, desk, FOOD.case)
    fill(citizen, dossier_id, FOOD.answers, files_of(FOOD))
    send(citizen, dossier_id)
    fee = Fee.objects.get()
    assert (fee.mode, fee.amount, fee.status) == ("before", 700_000, "open")
