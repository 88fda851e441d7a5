"""Use cases of a filed dossier: one action of the table, or one act beside it, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from dossiers import acts, assessing, giving_back, precheck, proposals, transitions, two_people, waiving
from dossiers import commands as c
from dossiers.choices import ConfirmationAnswer, ConsentManner
from dossiers.claims import claim_files
from dossiers.models import Dossier
from dossiers.rights import require_sight
from dossiers.work import Work, write_dossier
from portal.accounts.actor import Actor

Act = Callable[[Work], None]


def perform(dossier_id: UUID, command: c.Command, *, actor: Actor, version: int | None) -> Dossier:
    """Apply one action of the state table. `version` is what the actor saw.

    Judged in this order: NotFound (may not see it), Forbidden (role lacking), Conflict (`conflict` for an old
    version, then `illegal_transition`), RuleViolation.
    """

    def act(work: Work) -> None:
        transitions.apply(work, command)

    return _write(dossier_id, act, actor=actor, version=version, name=command.action)


def decline(dossier_id: UUID, reason: str, *, actor: Actor, version: int | None) -> Dossier:
    """The head of the desk agrees to a proposed decline: it ends the dossier with Mẫu 03."""

    def act(work: Work) -> None:
        proposals.approve_open(work, proposals.DECLINE)
        transitions.apply(work, c.Decline(reason))

    return _write(dossier_id, act, actor=actor, version=version, name="decline")


def propose_decline(dossier_id: UUID, reason: str, *, actor: Actor, version: int | None) -> Dossier:
    """Reception proposes to decline; the status stays until the head of the desk decides."""

    def act(work: Work) -> None:
        two_people.propose_decline(work, reason)

    return _write(dossier_id, act, actor=actor, version=version, name="propose_decline")


def recall(dossier_id: UUID, reason: str, *, actor: Actor, version: int | None) -> Dossier:
    """Take back a result not yet handed over. The first approver proposes, a second one carries it out."""

    def act(work: Work) -> None:
        if proposals.open_proposal_of(work.dossier, proposals.RECALL) is None:
            two_people.propose_recall(work, reason)
            return
        proposals.approve_open(work, proposals.RECALL)
        transitions.apply(work, c.Recall(reason))

    return _write(dossier_id, act, actor=actor, version=version, name="recall")


def propose_supplement(
    dossier_id: UUID, asked: c.RequestSupplement, *, actor: Actor, version: int | None
) -> Dossier:
    """Propose to ask for more in a later round; the head of the desk decides."""

    def act(work: Work) -> None:
        two_people.propose_supplement(work, asked)

    return _write(dossier_id, act, actor=actor, version=version, name="propose_supplement")


def approve_supplement(dossier_id: UUID, *, actor: Actor, version: int | None) -> Dossier:
    """The head of the desk agrees to the later round that was proposed."""
    return _write(
        dossier_id, two_people.approve_supplement, actor=actor, version=version, name="approve_supplement"
    )


def reject_proposal(dossier_id: UUID, reason: str, *, actor: Actor, version: int | None) -> Dossier:
    """The second person says no to what was proposed; the dossier stays as it was."""

    def act(work: Work) -> None:
        two_people.reject_proposal(work, reason)

    return _write(dossier_id, act, actor=actor, version=version, name="reject_proposal")


def transfer(
    dossier_id: UUID, *, actor: Actor, version: int | None, step: str, assignee_id: int | None, note: str = ""
) -> Dossier:
    """Hand the dossier to another step or person."""

    def act(work: Work) -> None:
        acts.transfer(work, step, assignee_id, note)

    return _write(dossier_id, act, actor=actor, version=version, name="transfer")


def request_withdrawal(dossier_id: UUID, reason: str, *, actor: Actor, version: int | None) -> Dossier:
    """The citizen asks to stop a dossier that was already accepted."""

    def act(work: Work) -> None:
        acts.request_withdrawal(work, reason)

    return _write(dossier_id, act, actor=actor, version=version, name="request_withdrawal")


def give_consent(
    dossier_id: UUID, party_id: UUID, how: ConsentManner, *, actor: Actor, version: int | None
) -> Dossier:
    """An owner agrees to the filing, by account or present at the desk."""

    def act(work: Work) -> None:
        acts.consent(work, party_id, how)

    return _write(dossier_id, act, actor=actor, version=version, name="consent")


def ask_confirmation(dossier_id: UUID, file_id: UUID, *, actor: Actor, version: int | None) -> Dossier:
    """Show the citizen the draft of the result."""

    def act(work: Work) -> None:
        claim_files([file_id], actor=actor)
        acts.ask_confirmation(work, file_id)

    return _write(dossier_id, act, actor=actor, version=version, name="ask_confirmation")


def answer_confirmation(
    dossier_id: UUID, answer: ConfirmationAnswer, text: str, *, actor: Actor, version: int | None
) -> Dossier:
    """The citizen agrees to the draft or asks for a correction."""

    def act(work: Work) -> None:
        acts.answer_confirmation(work, answer, text)

    return _write(dossier_id, act, actor=actor, version=version, name="answer_confirmation")


def reschedule(
    dossier_id: UUID, due_at: datetime, reason: str, *, actor: Actor, version: int | None
) -> Dossier:
    """Mẫu 04: an apology and one new date."""

    def act(work: Work) -> None:
        acts.reschedule(work, due_at, reason)

    return _write(dossier_id, act, actor=actor, version=version, name="reschedule")


def assess_fee(
    dossier_id: UUID, fee_id: UUID, amounts: Sequence[int], basis: str, *, actor: Actor, version: int | None
) -> Dossier:
    """Write what an unknown fee comes to; `amounts` in đồng, one for each unknown line."""

    def act(work: Work) -> None:
        assessing.assess_fee(work, fee_id, amounts, basis)

    return _write(dossier_id, act, actor=actor, version=version, name="assess_fee")


def propose_waiver(
    dossier_id: UUID,
    fee_id: UUID,
    reason: str,
    basis: str,
    *,
    paper: str = "",
    actor: Actor,
    version: int | None,
) -> Dossier:
    """Propose to waive one open fee; the head of the desk or a leader decides."""

    def act(work: Work) -> None:
        waiving.propose_waiver(work, fee_id, reason, basis, paper)

    return _write(dossier_id, act, actor=actor, version=version, name=waiving.PROPOSE)


def waive_fee(dossier_id: UUID, fee_id: UUID, *, actor: Actor, version: int | None) -> Dossier:
    """The second person agrees to waive the fee that was proposed."""

    def act(work: Work) -> None:
        waiving.waive_fee(work, fee_id)

    return _write(dossier_id, act, actor=actor, version=version, name=waiving.WAIVE)


def reject_waiver(
    dossier_id: UUID, fee_id: UUID, reason: str, *, actor: Actor, version: int | None
) -> Dossier:
    """The second person says no: the fee stays owed."""

    def act(work: Work) -> None:
        waiving.reject_waiver(work, fee_id, reason)

    return _write(dossier_id, act, actor=actor, version=version, name=waiving.REJECT)


def return_papers(dossier_id: UUID, back: c.HandBack, *, actor: Actor, version: int | None) -> Dossier:
    """Give back what lies at the counter, also long after the end."""

    def act(work: Work) -> None:
        giving_back.return_papers(work, back)

    return _write(dossier_id, act, actor=actor, version=version, name="return_papers")


def correct_result(dossier_id: UUID, made: c.Correction, *, actor: Actor, version: int | None) -> Dossier:
    """A new document in the place of a faulty one already handed over; the owner is told."""

    def act(work: Work) -> None:
        giving_back.correct_result(work, made)

    return _write(dossier_id, act, actor=actor, version=version, name="correct_result")


def reissue_secret(dossier_id: UUID, *, actor: Actor, version: int | None) -> Dossier:
    """A lost receipt: the reprint carries a new secret, the old one no longer works (logged)."""

    def act(work: Work) -> None:
        work.dossier.secret_version += 1
        work.record("reissue_secret", notify="dossier.receipt_reissued")

    return _write(dossier_id, act, actor=actor, version=version, name="reissue_secret")


def _write(dossier_id: UUID, act: Act, *, actor: Actor, version: int | None, name: str) -> Dossier:
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        precheck.check_act(work.dossier, name, actor, work.relations, version)
        act(work)
    return work.dossier
