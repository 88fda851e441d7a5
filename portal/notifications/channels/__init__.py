"""The channels a notice can take. A new one is a module here and a line below."""

from portal.notifications.channels.base import Channel, Outgoing, Send, channels
from portal.notifications.channels.email import email
from portal.notifications.channels.inapp import inapp

__all__ = ["Channel", "Outgoing", "Send", "channels"]

channels.register("email", email)
channels.register("inapp", inapp)
