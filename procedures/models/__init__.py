"""The catalogue: what is published, what is being written, what people call it, what is being loaded."""

from procedures.models.blocks import FormBlock
from procedures.models.drafts import DraftRevision, ProcedureDraft
from procedures.models.imports import CatalogueImport, ImportedRecord
from procedures.models.knowledge import EmptySearch, LifeEvent, SearchConcept
from procedures.models.procedures import CatalogueRevision, Procedure, ProcedureVersion

__all__ = [
    "CatalogueImport",
    "CatalogueRevision",
    "DraftRevision",
    "EmptySearch",
    "FormBlock",
    "ImportedRecord",
    "LifeEvent",
    "Procedure",
    "ProcedureDraft",
    "ProcedureVersion",
    "SearchConcept",
]
