"""Relations are read once in a write, and work lists and revisions follow what was written."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import commands as c
from dossiers.models import DeskEntry, Dossier, DossierAgency
from dossiers.selectors import get_desk_revision
from dossiers.services import acting, drafts, filing
from portal.accounts import selectors, services
from portal.accounts.choices import AgencyKind
from portal.core import clock
from portal.core.errors import RuleViolation
from tests.factories import dossiers as make
from tests.factories.answers import ANSWERS
from tests.factories.dossiers import make_desk
from tests.factories.people import SYSTEM, make_agency

pytestmark = pytest.mark.django_db
MOVED = {"receiving", "competent", "returning"}


def _close(agency_id: int) -> None:
    services.close_agency(
        selectors.access_agency(agency_id), last_day=clock.today() - timedelta(days=1), actor=SYSTEM
    )


def test_relations_are_written_in_one_place() -> None:
    """A write keeps the relations it has read, so whoever wrote beside them would go unseen."""
    writes = re.compile(r"DossierAgency\((?!models)|DossierAgency\.objects\.(bulk_)?(create|update)")
    found = {
        str(file.relative_to(settings.BASE_DIR))
        for app in ("dossiers", "payments", "onestop", "portal")
        for file in (settings.BASE_DIR / app).rglob("*.py")
        if "migrations" not in file.parts and writes.search(file.read_text(encoding="utf-8"))
    }
    assert found == {"dossiers/relations.py"}


def test_a_dossier_filed_in_one_call_is_written_once() -> None:
    desk = make_desk()
    make.file_dossier(desk)
    with CaptureQueriesContext(connection) as captured:
        make.file_dossier(desk)
    rows = [q["sql"].split(" ")[0] for q in captured if '"dossiers_dossier" ' in q["sql"]]
    assert rows == ["INSERT"]
    assert not [q["sql"] for q in captured if 'FROM "dossiers_dossieragency"' in q["sql"]]


def test_a_redirect_moves_the_line_and_tells_both_lists() -> None:
    desk, other = make_desk(), make_agency()
    dossier = make.file_birth(desk)
    before = {agency: get_desk_revision(agency) for agency in (desk.agency.pk, other.pk)}
    acting.perform(
        dossier.pk,
        c.Redirect(other.pk, "Thuộc xã bên."),
        actor=desk.reception.actor,
        version=dossier.version,
    )
    rows = DossierAgency.objects.filter(dossier=dossier)
    assert {(row.agency_id, row.relation) for row in rows.filter(until=None)} == {
        (other.pk, relation) for relation in MOVED
    }
    assert set(rows.exclude(until=None).values_list("agency_id", flat=True)) == {desk.agency.pk}
    assert [line.agency_id for line in DeskEntry.objects.filter(dossier=dossier)] == [other.pk]
    assert {agency: get_desk_revision(agency) - number for agency, number in before.items()} == {
        desk.agency.pk: 1,
        other.pk: 1,
    }
    assert Dossier.objects.get(pk=dossier.pk).agency_id == other.pk


def test_a_draft_is_not_filed_with_an_agency_closed_meanwhile() -> None:
    desk = make_desk()
    actor = desk.citizen_actor
    draft = drafts.start_draft(
        make.MARITAL, actor=actor, case_key="muc_dich_khac", agency_code=desk.agency.code
    )
    dossier = draft.dossier
    answers = dict(ANSWERS[make.MARITAL])
    saved = drafts.save_page(dossier.pk, actor=actor, page="all", answers=answers, done=True)
    _close(desk.agency.pk)
    with pytest.raises(RuleViolation) as refused:
        filing.submit_draft(dossier.pk, actor=actor, row_version=saved.row_version)
    assert set(refused.value.errors) == {"agency"}
    assert Dossier.objects.get(pk=dossier.pk).status == "draft"


@pytest.mark.parametrize("what", ["closed", "of another kind", "unknown"])
def test_nothing_is_redirected_to_who_does_not_do_the_work(what: str) -> None:
    desk, other = make_desk(), make_agency()
    target = other.pk
    dossier = make.file_birth(desk)
    if what == "closed":
        _close(other.pk)
    elif what == "of another kind":
        target = make_agency(kind=AgencyKind.POLICE).pk
    else:
        target = 0
    with pytest.raises(RuleViolation) as refused:
        acting.perform(
            dossier.pk,
            c.Redirect(target, "Thuộc nơi khác."),
            actor=desk.reception.actor,
            version=dossier.version,
        )
    assert set(refused.value.errors) == {"agency"}
