"""Events of life for tests that browse."""

from typing import Any

from portal.core import clock
from portal.core.locking import durable
from procedures.models import LifeEvent
from procedures.services.publishing import touch_catalogue


def make_event(
    key: str, label: str, *, codes: tuple[str, ...] = (), phrases: tuple[str, ...] = (), **more: Any
) -> LifeEvent:
    """An event with Vietnamese words only; the catalogue's pages see it at once."""
    with durable():
        touch_catalogue()
        return LifeEvent.objects.create(
            key=key,
            label={"vi": label},
            text=more.pop("text", {"vi": f"Các việc khi {label.lower()}"}),
            icon=more.pop("icon", "baby"),
            position=more.pop("position", LifeEvent.objects.count() + 1),
            codes=list(codes),
            phrases=list(phrases),
            changed_at=clock.now(),
            **more,
        )
