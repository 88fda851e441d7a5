"""What people call things, as the product brings it: words and events of life, one topic a file."""

from procedures.knowledge.reader import (
    ShippedConcept,
    ShippedEvent,
    is_shipped_event,
    is_shipped_word,
    read_shipped_events,
    read_shipped_words,
)

__all__ = [
    "ShippedConcept",
    "ShippedEvent",
    "is_shipped_event",
    "is_shipped_word",
    "read_shipped_events",
    "read_shipped_words",
]
