"""The guards named in the state table: each raises when its act may not happen now.

A guard sees the locked dossier, the actor and the command; it reads and never writes. RuleViolation (422)
names the field to mend; Forbidden (403) a right that is lacking whatever is typed.
"""

from collections.abc import Callable

from dossiers.commands import Command
from dossiers.guards import decision, fees, filing, supplement
from dossiers.work import Work

Guard = Callable[[Work, Command], None]

GUARDS: dict[str, Guard] = {
    "level_allows_filing": filing.level_allows_filing,
    "complete": filing.complete,
    "agency_performs": filing.agency_performs,
    "target_agency_performs": filing.target_agency_performs,
    "papers_listed": filing.papers_listed,
    "before_fees_settled": filing.before_fees_settled,
    "owners_consented": filing.owners_consented,
    "decline_approved": filing.decline_approved,
    "reason_given": filing.reason_given,
    "assignee_fits": filing.assignee_fits,
    "items_given": supplement.items_given,
    "round_left": supplement.round_left,
    "items_allowed": supplement.items_allowed,
    "same_day_procedure": decision.same_day_procedure,
    "desk_is_authorised": decision.desk_is_authorised,
    "at_approval_step": decision.at_approval_step,
    "not_own_dossier": decision.not_own_dossier,
    "no_open_confirmation": decision.no_open_confirmation,
    "decision_complete": decision.decision_complete,
    "answer_time_passed": decision.answer_time_passed,
    "withdrawal_requested": decision.withdrawal_requested,
    "no_decision": decision.no_decision,
    "recall_approved": decision.recall_approved,
    "identity_checked": decision.identity_checked,
    "nothing_on_paper": decision.nothing_on_paper,
    "fee_is_payable": fees.fee_is_payable,
    "requested_fees_settled": fees.requested_fees_settled,
    "no_open_fee": fees.no_open_fee,
}
