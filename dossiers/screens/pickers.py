"""One picker per paper: its name, why it is asked for, the files that are there, and what was refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dossiers.models import Attachment, SupplementRequest
from dossiers.notices import item_name
from dossiers.screens.review import has_new_file
from procedures.content import Content
from procedures.parts import Requirement


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file under a picker; `removable` is the id its "Bỏ" button posts."""

    name: str
    size: int
    state: str
    removable: str


@dataclass(frozen=True, slots=True)
class Picker:
    """A paper with its control, or a question with the way to its page (`field`)."""

    key: str
    name: str
    reason: str = ""
    hint: str = ""
    field: str = ""
    files: tuple[FileRow, ...] = ()
    errors: tuple[str, ...] = ()
    is_optional: bool = False
    is_answered: bool = False


def build_paper_pickers(
    papers: Iterable[Requirement],
    files: Mapping[str, Sequence[Attachment]],
    refused: Mapping[str, Sequence[str]],
) -> list[Picker]:
    """Pickers of a first filing."""
    return [
        Picker(
            key=item.key,
            name=str(item.name),
            hint=str(item.hint),
            files=tuple(_row(row, _("Đã nhận")) for row in files.get(item.key, ())),
            errors=tuple(refused.get(item.key, ())),
            is_optional=not item.required,
        )
        for item in papers
    ]


def build_item_pickers(
    request: SupplementRequest,
    content: Content,
    files: Mapping[str, Sequence[Attachment]],
    changed: Iterable[str],
    refused: Mapping[str, Sequence[str]],
) -> list[Picker]:
    """Pickers of a supplement request; `changed`: keys of questions whose answer is no longer the filed one."""
    answered = set(changed)
    pickers = []
    for item in request.items:
        requirement, field = item.get("requirement", ""), item.get("field", "")
        rows = files.get(requirement, ()) if requirement else ()
        pickers.append(
            Picker(
                key=requirement or field,
                name=item_name(item, content),
                reason=item.get("reason", ""),
                field=field,
                files=tuple(_row(row, _state(row, request)) for row in rows),
                errors=tuple(refused.get(requirement, ())),
                is_answered=has_new_file(rows, request) if requirement else field in answered,
            )
        )
    return pickers


def _row(attachment: Attachment, state: str) -> FileRow:
    return FileRow(attachment.file.name, attachment.file.size, state, str(attachment.pk))


def _state(attachment: Attachment, request: SupplementRequest) -> str:
    return _("Mới thêm, chưa gửi") if attachment.added_at > request.asked_at else _("Đã nộp lần trước")
