"""The words of the catalogue's search: kept by admins, brought up to date by releases."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.locking import durable, lock_rows
from procedures.building.naming import make_key
from procedures.editing_choices import ConceptKind
from procedures.knowledge import read_shipped_words
from procedures.knowledge.rules import Wording, judge_wording
from procedures.models import SearchConcept
from procedures.services.drafts import require_catalogue_admin
from procedures.services.life_events import load_shipped_events
from procedures.services.publishing import touch_catalogue
from procedures.word_selectors import access_concept, list_clashes, list_unknown_codes

_FIELDS = ("kind", "says", "means", "codes", "unless")


@dataclass(frozen=True)
class Loaded:
    """How many rows a load wrote, and how many of an admin's it left alone."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0

    @property
    def is_change(self) -> bool:
        return bool(self.created or self.updated or self.removed)


def load_shipped_knowledge() -> Loaded:
    """The shipped words and events of life, each in a transaction of its own. Repeat harmless; see both."""
    load_shipped_events()
    return load_shipped_words()


def load_shipped_words() -> Loaded:
    """Puts the shipped words into the table; what an admin edited or switched off stays. Repeat harmless.

    A concept that is no longer shipped goes, unless an admin edited it. Raises ValueError for faulty files.
    Locks the catalogue's revision.
    """
    shipped = {concept.key: concept.wording for concept in read_shipped_words()}
    with durable():
        known = {row.key: row for row in SearchConcept.objects.all()}
        if not any(_differs(known.get(key), wording) for key, wording in shipped.items()) and not _list_stale(
            known, shipped
        ):
            return Loaded(kept=_count_own(known, shipped))
        touch_catalogue()
        now = clock.now()
        new = [
            SearchConcept(key=key, is_shipped=True, changed_at=now, **_columns(wording))
            for key, wording in shipped.items()
            if key not in known
        ]
        changed = [
            known[key] for key, wording in shipped.items() if key in known and _differs(known[key], wording)
        ]
        for row in changed:
            for name, value in _columns(shipped[row.key]).items():
                setattr(row, name, value)
            row.row_version, row.changed_at = row.row_version + 1, now
        stale = _list_stale(known, shipped)
        SearchConcept.objects.bulk_create(new, batch_size=200)
        SearchConcept.objects.bulk_update(changed, [*_FIELDS, "row_version", "changed_at"], batch_size=200)
        SearchConcept.objects.filter(key__in=stale).delete()
        return Loaded(len(new), len(changed), len(stale), _count_own(known, shipped))


def _columns(wording: Wording) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(wording).items()
    }


def _differs(row: SearchConcept | None, wording: Wording) -> bool:
    if row is None:
        return True
    return row.is_shipped and any(getattr(row, name) != value for name, value in _columns(wording).items())


def _list_stale(known: dict[str, SearchConcept], shipped: dict[str, Wording]) -> list[str]:
    return [key for key, row in known.items() if row.is_shipped and key not in shipped]


def _count_own(known: dict[str, SearchConcept], shipped: dict[str, Wording]) -> int:
    return sum(not row.is_shipped and key in shipped for key, row in known.items())


def save_concept(
    actor: Actor, key: str, wording: Wording, *, row_version: int, accept_clashes: bool = False
) -> SearchConcept:
    """Keeps a concept; `key` "" and `row_version` 0 make a new one, named after its first phrase.

    Raises RuleViolation for faulty words (by field), for codes nobody bears, and `said_elsewhere` with `clashes`
    when others say a phrase with another meaning, unless that is accepted; Conflict with `yours` and `theirs`
    when somebody saved in between; NotFound. Locks the catalogue's revision, then the concept.
    """
    require_catalogue_admin(actor)
    before = access_concept(key) if key else None
    _refuse_faults(wording, before)
    if not accept_clashes:
        _refuse_clashes(wording, key)
    with durable():
        touch_catalogue()
        if before is None:
            concept = _create(actor, wording)
        else:
            concept = _lock(key, row_version, yours=_columns(wording))
            _write(actor, concept, **_columns(wording), is_active=True)
        _note(actor, "concept.saved", concept)
        return concept


def remove_concept(actor: Actor, key: str, *, row_version: int) -> bool:
    """Takes a concept out of the search: one of the product is switched off, one's own is deleted.

    Returns whether it is gone. Raises Conflict, NotFound. Locks the catalogue's revision, then the concept.
    """
    require_catalogue_admin(actor)
    shipped = {concept.key for concept in read_shipped_words()}
    with durable():
        touch_catalogue()
        concept = _lock(key, row_version)
        _note(actor, "concept.removed", concept)
        if key in shipped:
            _write(actor, concept, is_active=False)
            return False
        concept.delete()
        return True


def restore_concept(actor: Actor, key: str, *, row_version: int) -> SearchConcept:
    """Back to the words the product brings. Raises RuleViolation for one's own, Conflict, NotFound."""
    require_catalogue_admin(actor)
    wording = {concept.key: concept.wording for concept in read_shipped_words()}.get(key)
    if wording is None:
        raise RuleViolation(message=_("Nhóm từ này do tỉnh tự thêm, không có bản gốc để trở về."))
    with durable():
        touch_catalogue()
        concept = _lock(key, row_version)
        _write(actor, concept, **_columns(wording), is_active=True, is_shipped=True)
        _note(actor, "concept.restored", concept)
        return concept


def _refuse_faults(wording: Wording, before: SearchConcept | None) -> None:
    faults = judge_wording(wording)
    if not (wording.means or wording.codes) and wording.kind != ConceptKind.REGIONAL:
        faults.setdefault("means", []).append(_("Ghi từ trong tên thủ tục, hoặc mã thủ tục ở ô bên dưới."))
    # Codes that the product named stay, also where the catalogue here has no such procedure.
    new_codes = [code for code in wording.codes if before is None or code not in before.codes]
    if unknown := list_unknown_codes(new_codes):
        words = _("Danh mục ở đây không có thủ tục mã %(codes)s. Hãy xem lại mã.")
        faults.setdefault("codes", []).append(words % {"codes": ", ".join(unknown)})
    if wording.kind == ConceptKind.QUESTION and not wording.codes:
        faults.setdefault("codes", []).append(_("Câu hỏi dẫn tới thủ tục nào? Hãy ghi mã thủ tục."))
    if faults:
        raise RuleViolation(errors=faults)


def _refuse_clashes(wording: Wording, key: str) -> None:
    """Questions may be shared: each only adds to what its procedures answer to."""
    if wording.kind == ConceptKind.QUESTION:
        return
    clashes = list_clashes(wording.says, key=key, meaning=(wording.means, wording.codes))
    if clashes:
        phrases = ", ".join(dict.fromkeys(f"“{clash.phrase}”" for clash in clashes))
        words = _("%(phrases)s đã có ở nhóm từ khác với nghĩa khác.") % {"phrases": phrases}
        raise RuleViolation(code="said_elsewhere", errors={"says": [words]}, clashes=clashes)


def _create(actor: Actor, wording: Wording) -> SearchConcept:
    taken: Sequence[str] = list(SearchConcept.objects.values_list("key", flat=True))
    return SearchConcept.objects.create(
        key=make_key(wording.says[0], taken),
        changed_at=clock.now(),
        changed_by_id=actor.user_id,
        **_columns(wording),
    )


def _lock(key: str, row_version: int, *, yours: dict[str, Any] | None = None) -> SearchConcept:
    access_concept(key)
    found = lock_rows(SearchConcept.objects.filter(key=key))
    if found and found[0].row_version == row_version:
        return found[0]
    theirs = found[0] if found else None
    raise Conflict(
        message=_("Người khác vừa sửa nhóm từ này. Những gì bạn gõ vẫn còn."),
        yours=yours or {},
        theirs={name: getattr(theirs, name) for name in _FIELDS} if theirs else {},
        row_version=theirs.row_version if theirs else 0,
    )


def _write(actor: Actor, concept: SearchConcept, *, is_shipped: bool = False, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(concept, name, value)
    concept.is_shipped = is_shipped
    concept.row_version += 1
    concept.changed_at, concept.changed_by_id = clock.now(), actor.user_id
    concept.save()


def _note(actor: Actor, action: str, concept: SearchConcept) -> None:
    detail = {name: getattr(concept, name) for name in _FIELDS}
    record(user_id=actor.user_id, action=action, subject=f"concept:{concept.key}", detail=detail)
