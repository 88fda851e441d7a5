"""Values offered before anything is typed: from the profile, from earlier dossiers, from papers."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.jsontypes import Json


@dataclass(frozen=True)
class PrefillValue:
    """A canonical value, the sentence that says where it came from, and whether it may be changed here."""

    value: Json
    source: str
    locked: bool = False


Prefill = Mapping[str, PrefillValue]
"""By prefill key, for example "person.full_name"."""
