"""Files posted with a page: each is kept or refused by itself, with the reason beside its picker."""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest

from dossiers.services import drafts
from portal.accounts.requests import get_actor
from portal.core.errors import RuleViolation

PREFIX = "file-"
REMOVE = "file-remove-"
Refusals = dict[str, list[str]]


def keep_uploads(request: HttpRequest, dossier_id: UUID, requirements: Collection[str]) -> Refusals:
    """Keep every posted file of these papers. Returns why files were refused, by requirement."""
    refused: Refusals = {}
    for requirement in requirements:
        for upload in request.FILES.getlist(f"{PREFIX}{requirement}"):
            try:
                drafts.add_file(dossier_id, actor=get_actor(request), requirement=requirement, upload=upload)
            except RuleViolation as error:
                refused.setdefault(requirement, []).append(error.message)
    return refused


def find_removed(request: HttpRequest) -> UUID | None:
    """The attachment whose "Bỏ" was pressed; None also for what is no id."""
    for name in request.POST:
        if name.startswith(REMOVE):
            try:
                return UUID(name.removeprefix(REMOVE))
            except ValueError:
                return None
    return None
