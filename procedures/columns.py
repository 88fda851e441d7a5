"""The columns of a procedure that lists and search read, copied from its document at publication."""

from typing import Any

from django.utils import translation

from portal.core import clock
from portal.core.text import fold, search_words
from procedures.content import Content
from procedures.facts import describe_limits, describe_prices

MOST_PAPERS = 12


def build_columns(content: Content) -> dict[str, Any]:
    """Field name -> value. Texts are stored in Vietnamese, whoever publishes."""
    with translation.override("vi"):
        return {
            "name": content.name.vi,
            "everyday_name": content.everyday_name.vi,
            "summary": content.summary.vi,
            "search_text": build_search_text(content),
            "field": content.field.vi,
            "field_key": field_key(content.field.vi),
            "province": content.province,
            "is_partial": content.partial,
            "tiers": list(content.tiers),
            "performed_by": list(content.performed_by),
            "level": content.level.value,
            "limit_text": describe_limits(content),
            "fee_text": describe_prices(content, clock.today()),
            "agency_text": content.agencies.performing.vi,
        }


def field_key(name: str) -> str:
    """ "Hộ tịch" -> "ho-tich": the same for the name and for the key itself."""
    return "-".join(search_words(fold(name)))


def build_search_text(content: Content) -> str:
    """Words people may type beside the names: other names, English; cases and results; papers; whom it is for."""
    return join_search_text(
        [*content.aliases, content.name.en, content.everyday_name.en],
        [*(case.label.vi for case in content.cases), *(result.name.vi for result in content.results)],
        [item.name.vi for item in content.requirements[:MOST_PAPERS]],
        [content.audience.vi],
    )


def join_search_text(*blocks: list[str]) -> str:
    """Lines in blocks, with an empty line between the blocks."""
    lines = [[" ".join(line.split()) for line in block] for block in blocks]
    return "\n\n".join("\n".join(line for line in block if line) for block in lines)


def split_search_text(text: str) -> list[list[str]]:
    """The lines of the four blocks."""
    blocks = [block.split("\n") if block else [] for block in text.split("\n\n")]
    return [*blocks, [], [], [], []][:4]
