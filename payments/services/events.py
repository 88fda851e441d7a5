"""Everything a gateway tells us is kept, sealed and without its signature."""

from collections.abc import Mapping
from uuid import UUID

from payments.models import GatewayEvent
from payments.online.attempts import Source
from portal.core import clock

LONGEST_REFERENCE = 100


def keep(
    gateway: str,
    source: Source,
    *,
    verdict: str,
    content: Mapping[str, str],
    payment_id: UUID | None = None,
    reference: str = "",
) -> None:
    """One insert. `verdict`: what we answered, or made of it. Not idempotent: each message is a line of its own."""
    GatewayEvent.objects.create(
        gateway=gateway,
        kind=source,
        at=clock.now(),
        payment_id=payment_id,
        reference=reference[:LONGEST_REFERENCE],
        verdict=verdict,
        content=dict(content),
    )
