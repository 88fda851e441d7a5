"""Every write to the catalogue."""

from procedures.services.catalogue_files import FileReport, export_catalogue, import_catalogue
from procedures.services.closing import close_procedure
from procedures.services.drafts import discard_draft, propose_draft, save_draft
from procedures.services.publishing import publish_document, publish_draft, put_into_force

__all__ = [
    "FileReport",
    "close_procedure",
    "discard_draft",
    "export_catalogue",
    "import_catalogue",
    "propose_draft",
    "publish_document",
    "publish_draft",
    "put_into_force",
    "save_draft",
]
