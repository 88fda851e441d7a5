"""Counting queries inside a process of the product, on the data of the measured server."""
