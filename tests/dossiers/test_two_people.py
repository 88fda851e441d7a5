"""Declining and recalling need two people."""

import pytest

from dossiers.services import acting
from portal.accounts.choices import Role
from portal.core.errors import Conflict, Forbidden, RuleViolation
from tests.factories import states
from tests.factories.dossiers import make_desk
from tests.factories.people import make_officer

pytestmark = pytest.mark.django_db
REASON = "Không thuộc thẩm quyền."


def test_a_decline_nobody_proposed_is_refused() -> None:
    desk = make_desk()
    dossier = states.submitted(desk)
    with pytest.raises(RuleViolation, match="proposal_missing"):
        acting.decline(dossier.pk, REASON, actor=desk.head.actor, version=dossier.version)


def test_who_proposed_cannot_decide() -> None:
    desk = make_desk()
    dossier = states.submitted(desk)
    both = make_officer(Role.RECEPTION, Role.DESK_HEAD, agency=desk.agency)
    dossier = acting.propose_decline(dossier.pk, REASON, actor=both.actor, version=dossier.version)
    with pytest.raises(Forbidden, match="proposal_own"):
        acting.decline(dossier.pk, REASON, actor=both.actor, version=dossier.version)


def test_a_second_proposal_waits_for_the_first() -> None:
    desk = make_desk()
    dossier = states.submitted(desk)
    dossier = acting.propose_decline(dossier.pk, REASON, actor=desk.reception.actor, version=dossier.version)
    with pytest.raises(Conflict, match="proposal_open"):
        acting.propose_decline(dossier.pk, REASON, actor=desk.reception.actor, version=dossier.version)


def test_a_reason_is_asked_for() -> None:
    desk = make_desk()
    dossier = states.submitted(desk)
    with pytest.raises(RuleViolation) as refused:
        acting.propose_decline(dossier.pk, "  ", actor=desk.reception.actor, version=dossier.version)
    assert list(refused.value.errors) == ["reason"]


def test_a_result_is_recalled_by_a_second_approver() -> None:
    desk = make_desk()
    dossier = states.resolved(desk)
    proposed = acting.recall(dossier.pk, REASON, actor=desk.approver.actor, version=dossier.version)
    assert proposed.status == "resolved"
    with pytest.raises(Forbidden, match="proposal_own"):
        acting.recall(dossier.pk, REASON, actor=desk.approver.actor, version=proposed.version)
    second = make_officer(Role.APPROVER, agency=desk.agency)
    recalled = acting.recall(dossier.pk, REASON, actor=second.actor, version=proposed.version)
    assert (recalled.status, recalled.resolved_at) == ("processing", None)
    assert recalled.steps.get(ended_at=None).kind == "approve"
    assert recalled.decisions.get().recalled_at is not None


def test_an_approver_never_decides_on_an_own_dossier() -> None:
    desk = make_desk()
    own = make_officer(Role.APPROVER, agency=desk.agency, user=desk.citizen)
    dossier = states.at_approval(desk)
    with pytest.raises(Forbidden, match="own_dossier"):
        acting.perform(
            dossier.pk, states.make.resolve_command("giay_phep"), actor=own.actor, version=dossier.version
        )
