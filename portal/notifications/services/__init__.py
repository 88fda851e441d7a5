"""What other apps may ask of the outbox."""

from portal.notifications.notice import Notice
from portal.notifications.services.delivering import deliver_due
from portal.notifications.services.digesting import send_digests_due
from portal.notifications.services.editing import restore_text, switch_off_text, write_text
from portal.notifications.services.flagging import clear_flags, flag_address
from portal.notifications.services.preferring import set_preferences
from portal.notifications.services.reading import mark_all_read, mark_read
from portal.notifications.services.receiving import read_bounces_due, receive_mail, store_receipt
from portal.notifications.services.recording import record_notices
from portal.notifications.services.redriving import redrive_failed, redrive_one, redrive_reason, stop_delivery
from portal.notifications.services.trialling import canary_due
from portal.notifications.services.trying import send_trial
from portal.notifications.services.waking import count_wake_failures, wake

__all__ = [
    "Notice",
    "canary_due",
    "clear_flags",
    "count_wake_failures",
    "deliver_due",
    "flag_address",
    "mark_all_read",
    "mark_read",
    "read_bounces_due",
    "receive_mail",
    "record_notices",
    "redrive_failed",
    "redrive_one",
    "redrive_reason",
    "restore_text",
    "send_digests_due",
    "send_trial",
    "set_preferences",
    "stop_delivery",
    "store_receipt",
    "switch_off_text",
    "wake",
    "write_text",
]
