"""E-mail: sending over SMTP, and reading what came back as undeliverable."""

from portal.notifications.channels.email.smtp import LONGEST_WAIT_S, build_email, email

__all__ = ["LONGEST_WAIT_S", "build_email", "email"]
