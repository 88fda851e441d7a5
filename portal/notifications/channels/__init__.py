"""The channels a notice can take. A new one is a folder here and a line below."""

from portal.notifications.channels.base import Channel, Outgoing, Send, Taken, channels
from portal.notifications.channels.email import email
from portal.notifications.channels.inapp import inapp
from portal.notifications.channels.sms import sms
from portal.notifications.channels.zalo import zalo

__all__ = ["Channel", "Outgoing", "Send", "Taken", "channels"]

channels.register("email", email)
channels.register("inapp", inapp)
channels.register("sms", sms)
channels.register("zalo", zalo)
