"""The public face of form definitions."""

from procedures.formschema.definition import (
    CASE,
    Check,
    Condition,
    Field,
    FormSchema,
    Option,
    Page,
    PartyMap,
    Term,
)
from procedures.formschema.parsing import parse_form

__all__ = [
    "CASE", "Check", "Condition", "Field", "FormSchema", "Option", "Page", "PartyMap", "Term", "parse_form",
]  # fmt: skip
