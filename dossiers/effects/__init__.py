"""What each action of the state table writes, beside the status itself."""

from collections.abc import Callable

from dossiers.commands import Command
from dossiers.effects import desk, filing, processing
from dossiers.work import Work
from dossiers.workflow import Action

Effect = Callable[[Work, Command], None]

EFFECTS: dict[Action, Effect] = {
    Action.SUBMIT: filing.submit,
    Action.RECEIVE: filing.receive,
    Action.ACCEPT: desk.accept,
    Action.DECLINE: desk.decline,
    Action.REDIRECT: desk.redirect,
    Action.REQUEST_SUPPLEMENT: desk.request_supplement,
    Action.SUPPLEMENT: filing.supplement,
    Action.START: processing.start,
    Action.RESOLVE: processing.resolve,
    Action.REQUEST_PAYMENT: desk.request_payment,
    Action.SETTLE: desk.settle,
    Action.EXPIRE: processing.expire,
    Action.WITHDRAW: processing.withdraw,
    Action.STOP: processing.stop,
    Action.RECALL: processing.recall,
    Action.RETURN_RESULT: processing.return_result,
}
