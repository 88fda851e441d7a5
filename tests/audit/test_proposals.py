"""Acts that need two people, and records that nobody can rewrite."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from portal.audit import selectors, services
from portal.audit.choices import Outcome
from portal.audit.kinds import ProposalKind, proposal_kinds, register_proposal_kind
from portal.audit.models import AuditEntry, Proposal, ReadLog
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound
from portal.core.ids import uuid7
from portal.core.locking import durable
from tests.core.races import race

KIND = "test-waiver"
SUBJECT = "dossier:1"


@pytest.fixture(autouse=True, scope="module")
def _kind() -> None:
    if KIND not in proposal_kinds:
        register_proposal_kind(ProposalKind(KIND, "Miễn phí", timedelta(days=3)))


def make_user(name: str) -> UUID:
    return UUID(str(get_user_model()._default_manager.create(username=name, full_name=name).pk))


@pytest.fixture
def an(db: None) -> UUID:
    return make_user("an")


@pytest.fixture
def binh(db: None) -> UUID:
    return make_user("binh")


def propose(by: UUID, subject: str = SUBJECT) -> Proposal:
    return services.propose(kind=KIND, subject=subject, payload={"reason": "Hộ nghèo"}, proposed_by=by)


def decide(proposal: Proposal, by: UUID, *, approve: bool = True, subject: str = SUBJECT) -> Proposal:
    return services.decide(
        proposal_id=proposal.pk, kind=KIND, subject=subject, decided_by=by, approve=approve
    )


@pytest.mark.parametrize(("approve", "outcome"), [(True, Outcome.APPROVED), (False, Outcome.REJECTED)])
def test_a_second_person_decides(an: UUID, binh: UUID, approve: bool, outcome: Outcome) -> None:
    proposal = propose(an)
    assert (proposal.is_open, selectors.get_open_proposal(KIND, SUBJECT)) == (True, proposal)

    decided = decide(proposal, binh, approve=approve)

    assert (decided.outcome, decided.decided_by_id, decided.payload) == (
        outcome,
        binh,
        {"reason": "Hộ nghèo"},
    )
    assert selectors.get_open_proposal(KIND, SUBJECT) is None
    assert selectors.was_approved(KIND, SUBJECT, since=proposal.proposed_at) is approve


def test_the_proposer_cannot_decide_and_the_database_agrees(an: UUID) -> None:
    proposal = propose(an)
    with pytest.raises(Forbidden) as refusal:
        decide(proposal, an)
    assert refusal.value.code == "proposal_own"
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Proposal.objects.update(decided_by=an, decided_at=clock.now(), outcome=Outcome.APPROVED)


def test_a_decision_stands(an: UUID, binh: UUID) -> None:
    proposal = decide(propose(an), binh, approve=False)
    with pytest.raises(Conflict) as refusal:
        decide(proposal, binh)
    assert refusal.value.code == "proposal_decided"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Proposal.objects.update(outcome=Outcome.APPROVED)


def test_a_lapsed_proposal_cannot_be_decided_and_makes_room_for_a_new_one(an: UUID, binh: UUID) -> None:
    proposal = propose(an)
    with time_machine.travel(clock.now() + timedelta(days=3, seconds=1)):
        with pytest.raises(Conflict) as refusal:
            decide(proposal, binh)
        assert refusal.value.code == "proposal_lapsed"
        assert selectors.get_open_proposal(KIND, SUBJECT) is None
        assert propose(binh).is_open
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by_id) == (Outcome.LAPSED, None)


def test_one_proposal_waits_at_a_time(an: UUID, binh: UUID) -> None:
    first, other = propose(an), propose(an, "dossier:2")
    with pytest.raises(Conflict) as refusal:
        propose(binh)
    assert refusal.value.code == "proposal_open"
    assert selectors.list_open_proposals(kinds=[KIND], subjects=[SUBJECT, "dossier:2"]) == [first, other]


def test_a_proposal_is_decided_only_for_what_it_is_about(an: UUID, binh: UUID) -> None:
    proposal = propose(an)
    with pytest.raises(NotFound):
        decide(proposal, binh, subject="dossier:2")
    with pytest.raises(NotFound):
        services.decide(proposal_id=uuid7(), kind=KIND, subject=SUBJECT, decided_by=binh, approve=True)


def test_an_unknown_kind_is_refused(an: UUID) -> None:
    with pytest.raises(KeyError, match=KIND):
        services.propose(kind="unknown", subject=SUBJECT, payload={}, proposed_by=an)
    with pytest.raises(ValueError, match="registered already"):
        register_proposal_kind(ProposalKind(KIND, "Another"))


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "approved"},
        {"decided_at": clock.now()},
        {"outcome": "lapsed"},
        {"outcome": "approved", "decided_at": clock.now()},
    ],
)
def test_half_a_decision_is_refused_by_the_database(an: UUID, fields: dict[str, object]) -> None:
    propose(an)
    with pytest.raises(IntegrityError, match="decided_wholly"), transaction.atomic():
        Proposal.objects.update(**fields)


@pytest.mark.django_db(transaction=True)
def test_proposing_and_deciding_belong_to_a_transaction(an: UUID) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        propose(an)
    with pytest.raises(RuntimeError, match="transaction"):
        services.decide(proposal_id=uuid7(), kind=KIND, subject=SUBJECT, decided_by=an, approve=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_deciders_at_once_one_decides(an: UUID, binh: UUID) -> None:
    deciders = [binh, *(make_user(f"u{number}") for number in range(4))]
    with durable():
        proposal = propose(an)

    def work(by: UUID) -> str:
        with durable():
            return str(decide(proposal, by).decided_by_id)

    outcomes = race([partial(work, by) for by in deciders])
    winners = [outcome for outcome in outcomes if isinstance(outcome, str)]
    losers = [outcome.code for outcome in outcomes if isinstance(outcome, Conflict)]

    assert (len(winners), losers) == (1, ["proposal_decided"] * 4)
    assert str(Proposal.objects.get().decided_by_id) == winners[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_proposers_at_once_one_proposes(an: UUID, binh: UUID) -> None:
    def work(by: UUID) -> str:
        with durable():
            return propose(by).outcome

    outcomes = race([partial(work, by) for by in (an, binh)])

    assert sorted(str(getattr(outcome, "code", outcome)) for outcome in outcomes) == ["open", "proposal_open"]


def test_readings_are_listed_newest_first(db: None) -> None:
    dossier = uuid4()
    for what in ("page", "file"):
        services.log_read(
            dossier_id=dossier, user_id=uuid4(), membership_id=1, agency_id=None, door="desk", what=what
        )
    assert [entry.what for entry in selectors.list_reads(dossier)] == ["file", "page"]
    assert selectors.list_reads(uuid4()) == []


def test_administration_is_listed_newest_first(an: UUID) -> None:
    services.record(user_id=an, action="agency.closed", subject="agency:1", detail={"until": "2026-11-23"})
    services.record(user_id=None, action="agency.imported", subject="agency:1")

    entries = selectors.list_entries("agency:1")
    assert [(entry.action, entry.user_id) for entry in entries] == [
        ("agency.imported", None),
        ("agency.closed", an),
    ]


@pytest.mark.parametrize("table", [ReadLog, AuditEntry, Proposal])
def test_nothing_recorded_can_be_changed_or_deleted(
    an: UUID, table: type[ReadLog | AuditEntry | Proposal]
) -> None:
    services.log_read(
        dossier_id=uuid4(), user_id=an, membership_id=None, agency_id=None, door="api", what="x"
    )
    services.record(user_id=an, action="x", subject="y")
    propose(an)
    name = table._meta.db_table
    moment = {"audit_proposal": "proposed_at"}.get(name, "at")

    for statement in (
        f'DELETE FROM "{name}"',
        f'UPDATE "{name}" SET "{moment}" = now() + interval \'1 day\'',
    ):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert table.objects.count() == 1
