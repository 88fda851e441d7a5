"""Civil status and judicial records are filed online as their catalogue documents say."""

from dataclasses import replace

import pytest

from dossiers import commands as c
from dossiers.models import Dossier
from dossiers.services import acting
from portal.accounts.choices import AgencyKind
from portal.core.errors import RuleViolation
from tests.factories.answers_civil import ANSWERS, CASES
from tests.factories.dossiers import Desk, Request, file_dossier, make_desk, make_upload
from tests.factories.people import make_agency

pytestmark = pytest.mark.django_db

PAPERS = {
    "1.000894": (),
    "1.000656": ("giay_bao_tu",),
    "1.000689": ("giay_chung_sinh", "ket_qua_giam_dinh"),
    "1.004859": ("giay_to_can_cu",),
    "2.000635": (),
    "2.000986": ("giay_chung_sinh",),
    "3.000333": (),
}
PEOPLE = {
    "1.000894": ["owner", "owner"],
    "1.000656": ["deceased", "owner"],
    "1.000689": ["owner", "representative", "representative"],
    "1.004859": ["owner", "representative"],
    "2.000635": ["owner", "representative"],
    "2.000986": ["household_member", "owner", "representative"],
    "3.000333": ["owner"],
}

PAID_FIRST = {"1.000689", "1.004859", "2.000635", "3.000333"}


def _file(desk: Desk, code: str) -> Dossier:
    actor = desk.citizen_actor
    uploads = tuple((paper, make_upload(actor, f"{paper}.png").pk) for paper in PAPERS[code])
    return file_dossier(desk, Request(code, CASES[code], answers=ANSWERS[code], uploads=uploads))


def test_each_is_filed_with_its_people() -> None:
    desk = make_desk(*PAPERS)
    police = replace(desk, agency=make_agency(kind=AgencyKind.POLICE, name="Công an tỉnh Minh Họa"))
    for code in PAPERS:
        dossier = _file(police if code == "3.000333" else desk, code)
        roles = dossier.parties.exclude(role="submitter").values_list("role", flat=True)
        waits = "awaiting_payment" if code in PAID_FIRST else "submitted"
        assert (dossier.status, sorted(roles)) == (waits, PEOPLE[code])


def test_a_marriage_waits_for_the_other_person() -> None:
    desk = make_desk(*PAPERS)
    dossier = _file(desk, "1.000894")
    with pytest.raises(RuleViolation, match="consent_missing"):
        acting.perform(dossier.pk, c.Accept(), actor=desk.reception.actor, version=dossier.version)
