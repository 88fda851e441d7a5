"""Blocks of questions that many procedures ask alike: shipped with the product, or kept by an admin."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.core.locking import durable
from procedures.building.inserting import read_shipped
from procedures.building.naming import make_key
from procedures.formschema.schema import parse_form
from procedures.models import FormBlock
from procedures.services.drafts import require_catalogue_admin

_LENGTH = 200


def add_block(actor: Actor, *, name: str, hint: str, fields: list[dict[str, Any]]) -> FormBlock:
    """Keeps questions as a block. Raises Forbidden, RuleViolation for a missing or known name or bad questions."""
    require_catalogue_admin(actor)
    texts = _read_texts(name, hint)
    parse_form({"pages": [{"key": "block", "title": texts["name"], "fields": fields}]})
    with durable():
        known = {block.key: block for block in FormBlock.objects.all()}
        _refuse_known_name(texts["name"]["vi"], list(known.values()))
        return FormBlock.objects.create(
            key=make_key(texts["name"]["vi"], known),
            fields=fields,
            changed_at=clock.now(),
            changed_by_id=actor.user_id,
            **texts,
        )


def rename_block(actor: Actor, key: str, *, name: str, hint: str, row_version: int) -> None:
    """Raises Conflict on an old row_version, NotFound, RuleViolation for a missing or known name."""
    require_catalogue_admin(actor)
    texts = _read_texts(name, hint)
    with durable():
        others = list(FormBlock.objects.exclude(key=key))
        _refuse_known_name(texts["name"]["vi"], others)
        changed = FormBlock.objects.filter(key=key, row_version=row_version).update(
            row_version=row_version + 1, changed_at=clock.now(), changed_by_id=actor.user_id, **texts
        )
        if not changed:
            raise _gone(key)


def delete_block(actor: Actor, key: str, *, row_version: int) -> None:
    """Forms that took copies of it keep them. Raises Conflict on an old row_version, NotFound."""
    require_catalogue_admin(actor)
    with durable():
        deleted, _kinds = FormBlock.objects.filter(key=key, row_version=row_version).delete()
        if not deleted:
            raise _gone(key)


def load_shipped_blocks() -> int:
    """Puts the shipped blocks in, and newer texts over older ones; what an admin edited stays. Repeat harmless.

    Returns how many were written.
    """
    with durable():
        known = {block.key: block for block in FormBlock.objects.all()}
        written = 0
        for shipped in read_shipped():
            values = {name: shipped[name] for name in ("name", "hint", "fields")}
            block = known.get(shipped["key"])
            if block is None:
                FormBlock.objects.create(
                    key=shipped["key"], is_shipped=True, changed_at=clock.now(), **values
                )
            elif block.changed_by_id is not None or all(
                getattr(block, name) == values[name] for name in values
            ):
                continue
            else:
                FormBlock.objects.filter(pk=block.pk).update(
                    row_version=block.row_version + 1, changed_at=clock.now(), **values
                )
            written += 1
        return written


def _read_texts(name: str, hint: str) -> dict[str, Any]:
    name, hint = " ".join(name.split()), " ".join(hint.split())
    if not name:
        raise RuleViolation(errors={"name": [_("Ghi tên khối, ví dụ “Người nộp hồ sơ”.")]})
    for control, text in (("name", name), ("hint", hint)):
        if len(text) > _LENGTH:
            raise RuleViolation(
                errors={control: [_("Phần này dài quá %(most)d chữ cái.") % {"most": _LENGTH}]}
            )
    return {"name": {"vi": name}, "hint": {"vi": hint} if hint else None}


def _refuse_known_name(name: str, others: list[FormBlock]) -> None:
    if any(str(block.name.get("vi", "")).lower() == name.lower() for block in others):
        raise RuleViolation(errors={"name": [_("Đã có khối mang tên này. Hãy đặt tên khác.")]})


def _gone(key: str) -> Exception:
    block = FormBlock.objects.filter(key=key).first()
    if block is None:
        return NotFound(message=_("Khối này không còn."))
    return Conflict(
        message=_("Người khác vừa sửa khối này. Hãy xem bản mới rồi sửa lại."),
        theirs={"name": block.name, "hint": block.hint},
        row_version=block.row_version,
    )
