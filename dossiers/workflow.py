"""The state table of a dossier: which action leads where, by whom, needing what.

Data only. The guards named in a row live in `dossiers.guards`, the effects of an action in
`dossiers.effects`; the diagram in docs/ and the test of every (status, action, role) are made from TABLE.
Sources: Decree 61/2018 Art. 11, 16-20 (receipt, one supplement, refusal, return), Decree 118/2025 Art. 17-22
(withdrawal before a decision), national status codes of the portal's synchronisation.
"""

from dataclasses import dataclass
from enum import StrEnum

from dossiers.choices import END_STATUSES, ActingRole, Status


class Action(StrEnum):
    """Every act that the table knows; the API uses these names."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    ACCEPT = "accept"
    DECLINE = "decline"
    REDIRECT = "redirect"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    START = "start"
    RESOLVE = "resolve"
    REQUEST_PAYMENT = "request_payment"
    SETTLE = "settle"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    STOP = "stop"
    RECALL = "recall"
    RETURN_RESULT = "return_result"


RESUME = "resume_to"
"""Target of a row that goes back to where the wait began."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `resume_to`: only where a wait began in one of these; empty means any."""

    action: Action
    source: tuple[Status, ...]
    target: Status | str
    by: frozenset[ActingRole]
    guards: tuple[str, ...] = ()
    resume_to: frozenset[Status] = frozenset()

    def starts_from(self, status: str, resume_to: str | None) -> bool:
        """Does this row leave the given state?"""
        if status not in self.source:
            return False
        if not self.resume_to or not status.startswith("awaiting_"):
            return True
        return resume_to in self.resume_to

    def target_from(self, resume_to: str | None) -> Status:
        """The status after the act; a wait always knows where it resumes."""
        return Status(str(resume_to)) if self.target == RESUME else Status(self.target)


def _by(*roles: ActingRole) -> frozenset[ActingRole]:
    return frozenset(roles)


_S = Status
_WAITS = (_S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT)
_BEFORE_RECEIPT = frozenset({_S.SUBMITTED})
_AFTER_RECEIPT = frozenset({_S.ACCEPTED, _S.PROCESSING})
_OWNER, _DESK, _HEAD = ActingRole.OWNER_SIDE, ActingRole.RECEPTION, ActingRole.DESK_HEAD
_CASE, _SIGN, _SYSTEM = ActingRole.CASE_OFFICER, ActingRole.APPROVER, ActingRole.SYSTEM

TABLE: tuple[Row, ...] = (
    Row(
        Action.SUBMIT,
        (_S.DRAFT,),
        _S.SUBMITTED,
        _by(_OWNER),
        ("level_allows_filing", "agency_performs", "complete"),
    ),
    Row(Action.RECEIVE, (_S.DRAFT,), _S.SUBMITTED, _by(_DESK), ("agency_performs", "papers_listed")),
    Row(Action.ACCEPT, (_S.SUBMITTED,), _S.ACCEPTED, _by(_DESK), ("before_fees_settled", "owners_consented")),
    Row(Action.DECLINE, (_S.SUBMITTED,), _S.DECLINED, _by(_HEAD), ("reason_given", "decline_approved")),
    Row(
        Action.REDIRECT,
        (_S.SUBMITTED,),
        _S.SUBMITTED,
        _by(_DESK),
        ("reason_given", "target_agency_performs"),
    ),
    Row(
        Action.REQUEST_SUPPLEMENT,
        (_S.SUBMITTED,),
        _S.AWAITING_SUPPLEMENT,
        _by(_DESK),
        ("items_given",),
    ),
    Row(
        Action.REQUEST_SUPPLEMENT,
        (_S.ACCEPTED,),
        _S.AWAITING_SUPPLEMENT,
        _by(_CASE, _DESK),
        ("items_given", "round_left", "items_allowed"),
    ),
    Row(
        Action.REQUEST_SUPPLEMENT,
        (_S.PROCESSING,),
        _S.AWAITING_SUPPLEMENT,
        _by(_CASE),
        ("items_given", "round_left", "items_allowed"),
    ),
    Row(Action.SUPPLEMENT, (_S.AWAITING_SUPPLEMENT,), RESUME, _by(_OWNER, _DESK), ("complete",)),
    Row(Action.START, (_S.ACCEPTED,), _S.PROCESSING, _by(_CASE, _DESK, _SYSTEM), ("assignee_fits",)),
    Row(
        Action.RESOLVE,
        (_S.ACCEPTED,),
        _S.RESOLVED,
        _by(_SIGN),
        ("same_day_procedure", "not_own_dossier", "no_open_confirmation", "decision_complete"),
    ),
    Row(
        Action.RESOLVE,
        (_S.ACCEPTED,),
        _S.RESOLVED,
        _by(_DESK),
        (
            "same_day_procedure",
            "desk_is_authorised",
            "not_own_dossier",
            "no_open_confirmation",
            "decision_complete",
        ),
    ),
    Row(
        Action.RESOLVE,
        (_S.PROCESSING,),
        _S.RESOLVED,
        _by(_SIGN),
        ("at_approval_step", "not_own_dossier", "no_open_confirmation", "decision_complete"),
    ),
    Row(
        Action.REQUEST_PAYMENT,
        (_S.SUBMITTED, _S.ACCEPTED, _S.PROCESSING, _S.RESOLVED),
        _S.AWAITING_PAYMENT,
        _by(_CASE, _DESK, _SYSTEM),
        ("fee_is_payable",),
    ),
    Row(Action.SETTLE, (_S.AWAITING_PAYMENT,), RESUME, _by(_SYSTEM), ("requested_fees_settled",)),
    Row(Action.EXPIRE, _WAITS, _S.DECLINED, _by(_SYSTEM), ("answer_time_passed",), _BEFORE_RECEIPT),
    Row(Action.EXPIRE, _WAITS, _S.STOPPED, _by(_SYSTEM), ("answer_time_passed",), _AFTER_RECEIPT),
    Row(
        Action.WITHDRAW,
        (_S.SUBMITTED, *_WAITS),
        _S.WITHDRAWN,
        _by(_OWNER, _DESK),
        ("reason_given",),
        _BEFORE_RECEIPT,
    ),
    Row(
        Action.WITHDRAW,
        (_S.ACCEPTED, _S.PROCESSING, *_WAITS),
        _S.WITHDRAWN,
        _by(_DESK),
        ("reason_given", "withdrawal_requested", "no_decision"),
        _AFTER_RECEIPT,
    ),
    Row(
        Action.STOP,
        (_S.ACCEPTED, _S.PROCESSING, *_WAITS),
        _S.STOPPED,
        _by(_SIGN),
        ("reason_given", "not_own_dossier"),
        _AFTER_RECEIPT,
    ),
    Row(Action.RECALL, (_S.RESOLVED,), _S.PROCESSING, _by(_SIGN), ("recall_approved",)),
    Row(
        Action.RETURN_RESULT,
        (_S.RESOLVED,),
        _S.RETURNED,
        _by(_DESK),
        ("no_open_fee", "identity_checked"),
    ),
    Row(
        Action.RETURN_RESULT,
        (_S.RESOLVED,),
        _S.RETURNED,
        _by(_SYSTEM),
        ("no_open_fee", "nothing_on_paper"),
    ),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """An act beside the table: who may, and in which statuses (`resume_to` as in Row)."""

    source: tuple[Status, ...]
    by: frozenset[ActingRole]
    resume_to: frozenset[Status] = frozenset()

    def starts_from(self, status: str, resume_to: str | None) -> bool:
        if status not in self.source:
            return False
        return not (self.resume_to and status.startswith("awaiting_")) or resume_to in self.resume_to


_ANY_FILED = tuple(s for s in Status if s != Status.DRAFT)
_OPEN = tuple(s for s in _ANY_FILED if s not in END_STATUSES)
_RUNNING = (_S.ACCEPTED, _S.PROCESSING)
BESIDE: dict[str, Beside] = {
    "propose_decline": Beside((_S.SUBMITTED,), _by(_DESK)),
    "propose_supplement": Beside(_RUNNING, _by(_CASE, _DESK)),
    "approve_supplement": Beside(_RUNNING, _by(_HEAD)),
    "reject_proposal": Beside((_S.SUBMITTED, *_RUNNING, _S.RESOLVED), _by(_HEAD, _SIGN)),
    "consent": Beside((_S.SUBMITTED,), _by(_OWNER, _DESK)),
    "transfer": Beside((_S.PROCESSING,), _by(_CASE, _SIGN)),
    "ask_confirmation": Beside((_S.PROCESSING,), _by(_CASE)),
    "answer_confirmation": Beside((_S.PROCESSING,), _by(_OWNER, _SYSTEM)),
    "reschedule": Beside(_RUNNING, _by(_CASE, _SIGN)),
    "request_withdrawal": Beside((_S.ACCEPTED, _S.PROCESSING, *_WAITS), _by(_OWNER), _AFTER_RECEIPT),
    "assess_fee": Beside(_OPEN, _by(_CASE, _DESK)),
    "propose_waiver": Beside(_OPEN, _by(_CASE, _DESK)),
    "waive_fee": Beside(_OPEN, _by(_HEAD, _SIGN, ActingRole.LEADER)),
    "reject_waiver": Beside(_OPEN, _by(_HEAD, _SIGN, ActingRole.LEADER)),
    "pay_fee": Beside(_OPEN, _by(_DESK)),
    "return_papers": Beside(_ANY_FILED, _by(_DESK)),
    "correct_result": Beside((_S.RETURNED,), _by(_SIGN)),
    "reissue_secret": Beside(_ANY_FILED, _by(_DESK)),
}
"""Acts that change no status themselves, or only the clock."""

ROLES_OF_ACTION: dict[Action, frozenset[ActingRole]] = {
    action: frozenset().union(*(row.by for row in TABLE if row.action is action)) for action in Action
}


def rows_for(action: Action, status: str, resume_to: str | None) -> tuple[Row, ...]:
    """The rows of an action that leave the given state."""
    return tuple(row for row in TABLE if row.action is action and row.starts_from(status, resume_to))


def actions_for(status: str, resume_to: str | None, roles: frozenset[ActingRole]) -> tuple[Action, ...]:
    """What somebody of these roles may try now (guards may still refuse)."""
    found = [r.action for r in TABLE if r.by & roles and r.starts_from(status, resume_to)]
    return tuple(dict.fromkeys(found))
