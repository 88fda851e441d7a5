"""Payments over HTTP for other software."""
