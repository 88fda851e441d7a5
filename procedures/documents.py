"""The document of a procedure as bytes: one canonical form for its hash, one readable form for files."""

import hashlib
import json
from typing import Any

Document = dict[str, Any]

# Names in the order a person reads them; others follow by alphabet.
_ORDER = (
    "schema", "code", "key", "role", "kind", "level", "name", "everyday_name", "type", "vi", "en", "label",
    "number", "title", "field", "group", "page", "map", "summary", "aliases", "province", "partial", "tiers",
    "audience",
    "effective_from", "value", "unit", "mode", "case", "channel", "required", "text", "hint", "url",
    "policy", "rounds", "window_days", "percent", "amount", "price", "bands", "per", "up_to", "times", "cap",
    "of", "paper", "basis", "from",
    "until", "refund_on_withdraw", "illustrative", "medium", "competent", "performing", "authorised",
    "coordinating", "cases", "replaces", "filled_online", "database", "picture", "originals",
    "copies", "hours", "requirement",
    "prefill", "case_question", "requirements", "sets", "channels", "limits", "limit_note", "fees",
    "reliefs", "performed_by", "agencies", "steps", "supplement", "check_hours", "same_day", "authorised_desk",
    "quick", "all_owners_consent", "draft_confirmation", "results", "conditions", "how_steps",
    "submit_ways", "receive_ways", "forms_files", "samples", "other_portal", "source_url", "next_codes",
    "legal_basis", "all", "any",
    "is", "is_not", "in", "not_in", "less", "at_most", "at_least", "more", "filled", "empty",
    "age_at_least", "age_below", "visible_if", "if", "message", "options", "fields", "pages", "parties",
    "checks", "fills", "instead", "questions", "stops", "papers", "guide", "form", "closed", "successor", "on",
)  # fmt: skip
_LINE_LENGTH = 110
_RANK = {name: place for place, name in enumerate(_ORDER)}


def canonical_bytes(document: Document) -> bytes:
    """Equal documents give equal bytes, whatever the order of their names."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def document_sha256(document: Document) -> str:
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def readable_text(document: Document) -> str:
    """The catalogue file: stable order, two spaces, small objects on one line, so that a diff is readable."""
    return _render(_ordered(document), 0) + "\n"


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: (_RANK.get(name, len(_RANK)), name))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    return value


def _render(value: Any, depth: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(flat) + 2 * depth <= _LINE_LENGTH:
        return flat
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, list):
        lines = [inner + _render(item, depth + 1) for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{outer}]"
    lines = [
        f"{inner}{json.dumps(name, ensure_ascii=False)}: {_render(item, depth + 1)}"
        for name, item in value.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
