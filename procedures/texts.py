"""A text of the catalogue in Vietnamese, with English beside it where somebody wrote it."""

from dataclasses import dataclass

from portal.core.reading import reads_english


@dataclass(frozen=True)
class Text:
    """`str(text)` is the reader's language; Vietnamese where English is missing."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and reads_english() else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi)


EMPTY = Text("")
