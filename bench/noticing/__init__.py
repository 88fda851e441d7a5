"""Notices under measurement: recorded by a process of the product, seen to arrive in the gateways' own books."""
