"""The alarm clock's side of payments: do what is due, without arguments."""

from celery import shared_task

from payments.services import matching, reconciling, refunding, settling, statements


@shared_task(name="payments.tasks.reconcile_due", ignore_result=True, soft_time_limit=110, time_limit=130)
def reconcile_due() -> int:
    """Ask the gateways about every payment that is not final and whose time has come."""
    return reconciling.reconcile_due()


@shared_task(name="payments.tasks.match_due", ignore_result=True, soft_time_limit=110, time_limit=130)
def match_due() -> int:
    """Find whose money the new lines of bank statements are; give up money held for a fee that waits no more."""
    return matching.match_due() + matching.release_due()


@shared_task(
    name="payments.tasks.forget_statements_due", ignore_result=True, soft_time_limit=110, time_limit=130
)
def forget_statements_due() -> int:
    """Forget the rows of files that nobody imported."""
    return statements.forget_due()


@shared_task(name="payments.tasks.send_refunds_due", ignore_result=True, soft_time_limit=110, time_limit=130)
def send_refunds_due() -> int:
    """Suggest what withdrawals made owed back, and send, or ask about, every refund whose time has come."""
    return refunding.suggest_due() + refunding.send_due()


@shared_task(name="payments.tasks.compare_books_due", ignore_result=True, soft_time_limit=280, time_limit=300)
def compare_books_due() -> int:
    """Compare the ledger with payments and refunds without any file, and end differences that were mended."""
    return settling.compare_books()
