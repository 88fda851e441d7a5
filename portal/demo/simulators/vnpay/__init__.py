"""VNPAY 2.1.0, simulated: a real HTTP server with its own books and a switch for every fault."""

from portal.demo.simulators.vnpay.gateway import Vnpay

__all__ = ["Vnpay"]
