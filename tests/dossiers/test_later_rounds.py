"""A later supplement round: proposed by who works on the dossier, decided by the head of the desk."""

import pytest

from dossiers import commands as c
from dossiers.models import Dossier
from dossiers.services import acting
from portal.accounts.choices import Role
from portal.audit.models import Proposal
from portal.core.errors import Conflict, Forbidden, RuleViolation
from tests.dossiers.test_supplements import answer, ask
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import make_officer

pytestmark = pytest.mark.django_db
LAW = "Luật Xây dựng 2014, Điều 102"
NEW = c.SupplementItem("Thiếu trang 2.", "giay_to_dat")


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@pytest.fixture
def asked(desk: Desk) -> Dossier:
    """Asked once for the drawing, answered, and in processing again."""
    return answer(desk, ask(desk, states.processing(desk)))


def propose(desk: Desk, dossier: Dossier, *items: c.SupplementItem, law: str = LAW) -> Dossier:
    wanted = c.RequestSupplement(items or (NEW,), law)
    return acting.propose_supplement(
        dossier.pk, wanted, actor=desk.case_officer.actor, version=dossier.version
    )


def test_a_new_item_is_asked_for_after_the_head_agreed(desk: Desk, asked: Dossier) -> None:
    with pytest.raises(RuleViolation, match="trưởng bộ phận duyệt"):
        ask(desk, asked, "giay_to_dat")
    proposed = propose(desk, asked)
    approved = acting.approve_supplement(proposed.pk, actor=desk.head.actor, version=proposed.version)
    assert approved.status == "processing"
    with pytest.raises(RuleViolation):
        ask(desk, approved, "khong_co")
    second = ask(desk, approved, "giay_to_dat")
    assert second.status == "awaiting_supplement"
    assert second.supplement_requests.get(closed_at=None).round == 2
    kinds = list(second.events.order_by("seq").values_list("kind", flat=True))[-3:]
    assert kinds == ["propose_supplement", "approve_supplement", "request_supplement"]


def test_an_approval_serves_one_request_only(desk: Desk, asked: Dossier) -> None:
    proposed = propose(desk, asked)
    approved = acting.approve_supplement(proposed.pk, actor=desk.head.actor, version=proposed.version)
    waiting = ask(desk, approved, "giay_to_dat")
    again = answer(desk, waiting)
    with pytest.raises(RuleViolation, match="no_round_left"):
        ask(desk, again, "giay_to_dat")


def test_a_rejected_proposal_leaves_the_dossier_as_it_was(desk: Desk, asked: Dossier) -> None:
    proposed = propose(desk, asked)
    left = acting.reject_proposal(
        proposed.pk, "Đã đủ căn cứ.", actor=desk.head.actor, version=proposed.version
    )
    assert left.status == "processing"
    assert Proposal.objects.get().outcome == "rejected"
    with pytest.raises(RuleViolation, match="trưởng bộ phận duyệt"):
        ask(desk, left, "giay_to_dat")
    with pytest.raises(RuleViolation, match="proposal_missing"):
        acting.approve_supplement(left.pk, actor=desk.head.actor, version=left.version)


def test_who_proposed_neither_agrees_nor_rejects(desk: Desk, asked: Dossier) -> None:
    both = make_officer(Role.CASE_OFFICER, Role.DESK_HEAD, agency=desk.agency)
    wanted = c.RequestSupplement((NEW,), LAW)
    proposed = acting.propose_supplement(asked.pk, wanted, actor=both.actor, version=asked.version)
    with pytest.raises(Forbidden, match="proposal_own"):
        acting.approve_supplement(proposed.pk, actor=both.actor, version=proposed.version)
    with pytest.raises(Forbidden, match="proposal_own"):
        acting.reject_proposal(proposed.pk, "Không.", actor=both.actor, version=proposed.version)


@pytest.mark.parametrize(
    ("items", "law", "field"),
    [
        ((), LAW, "items"),
        ((c.SupplementItem("  ", "giay_to_dat"),), LAW, "items"),
        ((c.SupplementItem("Thiếu.", "khong_co"),), LAW, "items"),
        ((c.SupplementItem("Thiếu.", "giay_to_dat", "plot"),), LAW, "items"),
        ((NEW,), "  ", "legal_basis"),
    ],
)
def test_what_is_proposed_is_whole(
    desk: Desk, asked: Dossier, items: tuple[c.SupplementItem, ...], law: str, field: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        acting.propose_supplement(
            asked.pk, c.RequestSupplement(items, law), actor=desk.case_officer.actor, version=asked.version
        )
    assert list(refused.value.errors) == [field]


def test_the_first_round_needs_no_proposal(desk: Desk) -> None:
    dossier = states.processing(desk)
    with pytest.raises(RuleViolation) as refused:
        propose(desk, dossier)
    assert "không cần đề xuất" in refused.value.errors["items"][0]


def test_a_second_proposal_waits_for_the_first(desk: Desk, asked: Dossier) -> None:
    proposed = propose(desk, asked)
    with pytest.raises(Conflict, match="proposal_open"):
        propose(desk, proposed)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_no_has_its_reason(desk: Desk, asked: Dossier, reason: str) -> None:
    proposed = propose(desk, asked)
    with pytest.raises(RuleViolation) as refused:
        acting.reject_proposal(proposed.pk, reason, actor=desk.head.actor, version=proposed.version)
    assert list(refused.value.errors) == ["reason"]


def test_each_kind_is_rejected_by_whom_it_waits_for(desk: Desk) -> None:
    submitted = states.submitted(desk)
    proposed = acting.propose_decline(
        submitted.pk, "Ngoài thẩm quyền.", actor=desk.reception.actor, version=submitted.version
    )
    approver = make_officer(Role.APPROVER, agency=desk.agency)
    with pytest.raises(Forbidden, match="role_lacking"):
        acting.reject_proposal(proposed.pk, "Không.", actor=approver.actor, version=proposed.version)
    left = acting.reject_proposal(
        proposed.pk, "Đúng thẩm quyền.", actor=desk.head.actor, version=proposed.version
    )
    with pytest.raises(RuleViolation, match="proposal_missing"):
        acting.decline(left.pk, "Ngoài thẩm quyền.", actor=desk.head.actor, version=left.version)


def test_a_recall_is_rejected_by_another_approver(desk: Desk) -> None:
    resolved = states.resolved(desk)
    proposed = acting.recall(resolved.pk, "Sai số.", actor=desk.approver.actor, version=resolved.version)
    with pytest.raises(Forbidden, match="role_lacking"):
        acting.reject_proposal(proposed.pk, "Không.", actor=desk.head.actor, version=proposed.version)
    second = make_officer(Role.APPROVER, agency=desk.agency)
    left = acting.reject_proposal(proposed.pk, "Số đúng rồi.", actor=second.actor, version=proposed.version)
    assert (left.status, Proposal.objects.get().outcome) == ("resolved", "rejected")
