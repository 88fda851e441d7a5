"""Every write to the catalogue."""

from procedures.services.blocks import add_block, delete_block, load_shipped_blocks, rename_block
from procedures.services.catalogue_files import FileReport, export_catalogue, import_catalogue
from procedures.services.closing import close_procedure, reopen_procedure
from procedures.services.drafts import (
    copy_as_new,
    discard_draft,
    propose_draft,
    redo_draft,
    save_draft,
    start_draft,
    start_new,
    undo_draft,
)
from procedures.services.knowledge import (
    load_shipped_knowledge,
    remove_concept,
    restore_concept,
    save_concept,
)
from procedures.services.life_events import delete_life_event, move_life_event, save_life_event
from procedures.services.publishing import publish_document, publish_draft, put_into_force
from procedures.services.reviewing import propose_cancelling, restore_version, return_draft
from procedures.services.searches import record_empty_search

__all__ = [
    "FileReport",
    "add_block",
    "close_procedure",
    "copy_as_new",
    "delete_block",
    "delete_life_event",
    "discard_draft",
    "export_catalogue",
    "import_catalogue",
    "load_shipped_blocks",
    "load_shipped_knowledge",
    "move_life_event",
    "propose_cancelling",
    "propose_draft",
    "publish_document",
    "publish_draft",
    "put_into_force",
    "record_empty_search",
    "redo_draft",
    "remove_concept",
    "rename_block",
    "reopen_procedure",
    "restore_concept",
    "restore_version",
    "return_draft",
    "save_concept",
    "save_draft",
    "save_life_event",
    "start_draft",
    "start_new",
    "undo_draft",
]
