"""The hash chain of a dossier's history: pure functions over plain values.

`payload_sha256` = SHA-256(salt + canonical JSON of the payload); `hash` = SHA-256 over the canonical JSON of
everything else and the previous hash. Erasing payload and salt therefore leaves every hash as it was.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from portal.core.jsontypes import Json


def canonical(value: Json) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8: the same bytes for the same value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def payload_digest(salt: bytes, payload: Mapping[str, Json]) -> bytes:
    return hashlib.sha256(salt + canonical(dict(payload))).digest()


@dataclass(frozen=True, slots=True)
class Link:
    """The hashed part of one event. Digests are hexadecimal, `at` is UTC ISO 8601 with microseconds."""

    dossier: str
    seq: int
    kind: str
    at: str
    actor_kind: str
    actor_user: str | None
    actor_membership: int | None
    actor_agency: int | None
    actor_name: str
    door: str
    filing_sha256: str | None
    payload_sha256: str
    previous: str | None

    def digest(self) -> bytes:
        values: dict[str, Json] = {name: getattr(self, name) for name in self.__slots__}
        return hashlib.sha256(canonical(values)).digest()


def moment(at: datetime) -> str:
    """The form in which a time is hashed, whatever zone it was read in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def text_or_none(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def hex_or_none(value: bytes | memoryview | None) -> str | None:
    return None if value is None else bytes(value).hex()
