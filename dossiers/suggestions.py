"""What a citizen answered before filing began: kept beside the answers of a draft, offered, never taken as given."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json
from procedures.formschema.prefill import BY_QUESTION, PrefillValue

SUGGESTED = "@suggested"
"""No question has such a key, so cleaning drops it and it is never filed."""


def keep_suggested(suggested: Mapping[str, Json] | None) -> dict[str, Json]:
    """The answers of a draft in which nothing was typed yet."""
    return {SUGGESTED: dict(suggested)} if suggested else {}


def list_suggested(answers: Mapping[str, Any]) -> Iterator[tuple[str, PrefillValue]]:
    """Offers by question, each with where it comes from."""
    source = _("Bạn đã trả lời ở phần “Cần chuẩn bị gì?”")
    for key, value in (answers.get(SUGGESTED) or {}).items():
        yield BY_QUESTION + key, PrefillValue(value, source)
