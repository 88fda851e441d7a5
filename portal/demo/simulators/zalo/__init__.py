"""Zalo's notification service (ZNS), as far as the portal uses it."""
