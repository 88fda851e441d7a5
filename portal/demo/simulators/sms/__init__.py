"""An SMS provider with the protocol of portal.notifications.channels.sms."""
