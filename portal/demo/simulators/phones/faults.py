"""What a simulated provider does wrong, switched by POST /<provider>/faults."""

from dataclasses import dataclass, field, fields
from threading import Lock
from typing import Any, Final

ANSWERS: Final = ("", "5xx", "busy", "429", "hang", "drop", "garbage")


@dataclass
class Faults:
    """Without a fault a message is taken, answered and reported as delivered.

    answer: `5xx` a bare 500, nothing taken; `busy` a 503 that says so, nothing taken; `429` with Retry-After 1;
    `hang` waits `hang_s` and then takes it; `drop` takes it and closes without an answer; `garbage` takes it and
    answers no JSON. times: for how many requests, 0 for all. refused: numbers that do not exist here (for Zalo: that
    have no Zalo). lost: numbers whose message is reported as failed. receipts: `sent`, `none`, or `twice`;
    late_s: how long a report waits.
    """

    answer: str = ""
    times: int = 0
    hang_s: float = 15.0
    refused: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    receipts: str = "sent"
    late_s: float = 0.2
    _lock: Lock = field(default_factory=Lock, repr=False)

    def change(self, wanted: dict[str, Any]) -> None:
        """Set these switches. Raises ValueError that names what is wrong."""
        known = {each.name for each in fields(self) if not each.name.startswith("_")}
        if unknown := set(wanted) - known:
            raise ValueError(
                f"unknown switch {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}"
            )
        if wanted.get("answer", "") not in ANSWERS:
            raise ValueError(f"answer is one of {', '.join(ANSWERS)}")
        for name, value in wanted.items():
            setattr(self, name, set(value) if name in {"refused", "lost"} else value)

    def forget(self) -> None:
        """Behave again."""
        self.change({"answer": "", "times": 0, "refused": (), "lost": (), "receipts": "sent", "late_s": 0.2})

    def next_answer(self) -> str:
        """What to do with this request."""
        with self._lock:
            answer = self.answer
            if answer and self.times:
                self.times -= 1
                if not self.times:
                    self.answer = ""
            return answer
