"""Events of life that people browse by: kept by admins, brought up to date by releases."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.locking import durable, lock_rows
from procedures.building.naming import make_key
from procedures.knowledge import ShippedEvent, is_shipped_event, read_shipped_events
from procedures.knowledge.rules import LONGEST_SAID, MOST_CODES
from procedures.models import LifeEvent
from procedures.services.drafts import require_catalogue_admin
from procedures.services.publishing import touch_catalogue
from procedures.word_selectors import access_life_event, list_life_events, list_unknown_codes

LONGEST_LABEL, LONGEST_TEXT = 60, 120
_FIELDS = ("label", "text", "icon", "codes", "phrases")


@dataclass(frozen=True)
class EventWording:
    """One event as people write it; `icon`: a name of the sprite."""

    label_vi: str
    label_en: str
    text_vi: str
    text_en: str
    icon: str
    codes: tuple[str, ...]
    phrases: tuple[str, ...]


def load_shipped_events() -> int:
    """Puts the shipped events in, and newer texts over older ones; what an admin edited or ordered stays.

    Returns how many were written. Repeat harmless. Locks the catalogue's revision.
    """
    with durable():
        known = {row.key: row for row in list_life_events()}
        wanted = {
            event.key: (place, _shipped_columns(event))
            for place, event in enumerate(read_shipped_events(), start=1)
        }
        changed = {
            key: each for key, each in wanted.items() if key not in known or _is_older(known[key], each[1])
        }
        stale = [key for key, row in known.items() if row.is_shipped and key not in wanted]
        if not changed and not stale:
            return 0
        touch_catalogue()
        for key, (place, columns) in changed.items():
            if key in known:
                version = known[key].row_version + 1
                LifeEvent.objects.filter(key=key).update(
                    row_version=version, changed_at=clock.now(), **columns
                )
            else:
                LifeEvent.objects.create(
                    key=key, position=place, is_shipped=True, changed_at=clock.now(), **columns
                )
        LifeEvent.objects.filter(key__in=stale).delete()
        return len(changed) + len(stale)


def _shipped_columns(event: ShippedEvent) -> dict[str, Any]:
    return {
        "label": dict(event.label),
        "text": dict(event.text),
        "icon": event.icon,
        "codes": list(event.codes),
        "phrases": list(event.phrases),
    }


def _is_older(row: LifeEvent, columns: dict[str, Any]) -> bool:
    return row.is_shipped and any(getattr(row, name) != value for name, value in columns.items())


def save_life_event(actor: Actor, key: str, wording: EventWording, *, row_version: int) -> LifeEvent:
    """Keeps an event; `key` "" and `row_version` 0 make a new one, the last in order.

    Raises RuleViolation by field, Conflict with `yours` and `theirs` when somebody saved in between, NotFound.
    Locks the catalogue's revision, then the event.
    """
    require_catalogue_admin(actor)
    before = access_life_event(key) if key else None
    _refuse_faults(wording, before)
    columns = _columns(wording)
    with durable():
        touch_catalogue()
        if before is None:
            event = _create(actor, wording.label_vi, columns)
        else:
            event = _lock(key, row_version, yours=columns)
            for name, value in columns.items():
                setattr(event, name, value)
            event.is_shipped, event.row_version = False, row_version + 1
            event.changed_at, event.changed_by_id = clock.now(), actor.user_id
            event.save()
        record(
            user_id=actor.user_id,
            action="life_event.saved",
            subject=f"life_event:{event.key}",
            detail=columns,
        )
        return event


def move_life_event(actor: Actor, key: str, *, up: bool) -> None:
    """Changes places with the one before or after it; at the end nothing happens. Raises NotFound.

    Locks the catalogue's revision, which everybody who orders events waits for.
    """
    require_catalogue_admin(actor)
    with durable():
        touch_catalogue()
        access_life_event(key)
        keys = [event.key for event in list_life_events()]
        place = keys.index(key)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(keys):
            return
        keys[place], keys[other] = keys[other], keys[place]
        for position, each in enumerate(keys, start=1):
            LifeEvent.objects.filter(key=each).exclude(position=position).update(position=position)
        record(
            user_id=actor.user_id, action="life_event.moved", subject=f"life_event:{key}", detail={"up": up}
        )


def delete_life_event(actor: Actor, key: str, *, row_version: int) -> None:
    """Deletes one that a province added. Raises RuleViolation for one of the product, Conflict, NotFound."""
    require_catalogue_admin(actor)
    if is_shipped_event(key):
        raise RuleViolation(message=_("Việc này có sẵn trong phần mềm. Hãy bỏ trống mã và cụm từ để ẩn nó."))
    with durable():
        touch_catalogue()
        _lock(key, row_version).delete()
        record(user_id=actor.user_id, action="life_event.deleted", subject=f"life_event:{key}")


def _columns(wording: EventWording) -> dict[str, Any]:
    def text(vi: str, en: str) -> dict[str, str]:
        return {"vi": vi, "en": en} if en else {"vi": vi}

    return {
        "label": text(wording.label_vi, wording.label_en),
        "text": text(wording.text_vi, wording.text_en),
        "icon": wording.icon,
        "codes": list(wording.codes),
        "phrases": list(wording.phrases),
    }


def _refuse_faults(wording: EventWording, before: LifeEvent | None) -> None:
    faults: dict[str, list[str]] = {}
    if not wording.label_vi:
        faults["label_vi"] = [_("Ghi tên việc, ví dụ “Sinh con”.")]
    if not wording.text_vi:
        faults["text_vi"] = [_("Ghi một dòng ngắn: việc này gồm những gì.")]
    limits = {
        "label_vi": LONGEST_LABEL,
        "label_en": LONGEST_LABEL,
        "text_vi": LONGEST_TEXT,
        "text_en": LONGEST_TEXT,
    }
    for field, most in limits.items():
        if len(getattr(wording, field)) > most:
            faults[field] = [_("Phần này dài quá %(most)d chữ cái. Hãy viết ngắn lại.") % {"most": most}]
    if any(len(phrase) > LONGEST_SAID for phrase in wording.phrases):
        faults["phrases"] = [_("Mỗi cụm từ dài tối đa %(most)d chữ cái.") % {"most": LONGEST_SAID}]
    if len(wording.codes) > MOST_CODES:
        faults["codes"] = [_("Chỉ nhận tối đa %(most)d mã.") % {"most": MOST_CODES}]
    elif unknown := list_unknown_codes(
        code for code in wording.codes if before is None or code not in before.codes
    ):
        words = _("Danh mục ở đây không có thủ tục mã %(codes)s. Hãy xem lại mã.")
        faults["codes"] = [words % {"codes": ", ".join(unknown)[:200]}]
    if faults:
        raise RuleViolation(errors=faults)


def _create(actor: Actor, label: str, columns: dict[str, Any]) -> LifeEvent:
    taken = list(LifeEvent.objects.values_list("key", flat=True))
    last = LifeEvent.objects.aggregate(last=Max("position"))["last"] or 0
    return LifeEvent.objects.create(
        key=make_key(label, taken),
        position=last + 1,
        changed_at=clock.now(),
        changed_by_id=actor.user_id,
        **columns,
    )


def _lock(key: str, row_version: int, *, yours: dict[str, Any] | None = None) -> LifeEvent:
    access_life_event(key)
    found = lock_rows(LifeEvent.objects.filter(key=key))
    if found and found[0].row_version == row_version:
        return found[0]
    theirs = found[0] if found else None
    raise Conflict(
        message=_("Người khác vừa sửa việc này. Những gì bạn gõ vẫn còn."),
        yours=yours or {},
        theirs={name: getattr(theirs, name) for name in _FIELDS} if theirs else {},
        row_version=theirs.row_version if theirs else 0,
    )
