"""The shape of the national database: one of its records in, our document and what was lost out. Pure."""

from procedures.national.record import Mapped, Refused, read_record

__all__ = ["Mapped", "Refused", "read_record"]
