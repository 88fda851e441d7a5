"""What the simulator does wrong, switched at /control."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

CHOICES: dict[str, tuple[str, ...]] = {
    "ipn_when": ("before", "after", "queued", "never"),
    "ipn_signature": ("right", "upper", "lower", "wrong", "missing"),
    "ipn_amount": ("right", "wrong"),
    "ipn_reference": ("right", "unknown"),
    "returns": ("yes", "no"),
    "page": ("answers", "error", "hangs"),
    "api": ("answers", "error", "hangs", "duplicate", "forged", "unsigned", "garbage", "drips"),
    "refund": ("done", "accepted", "refused", "lost"),
}


@dataclass(frozen=True, slots=True)
class Faults:
    """Without a fault the server message goes once, before the return, with a true signature.

    ipn_times: how often a message goes (0 to 10). ipn_when: `after` the return, `queued` until /control/release.
    ipn_retries, ipn_retry_s: repeats after an answer other than 00 and 02 (VNPAY: 10, each after 5 minutes).
    returns: `no` shows a page instead of leading back. page, api: what the pay page and querydr/refund do.
    refund: `accepted` works on it, `lost` gives the money back and hangs before it answers. hang_s: seconds.
    """

    ipn_times: int = 1
    ipn_when: str = "before"
    ipn_signature: str = "right"
    ipn_amount: str = "right"
    ipn_reference: str = "right"
    ipn_after_s: float = 0.5
    ipn_retries: int = 10
    ipn_retry_s: float = 300.0
    returns: str = "yes"
    page: str = "answers"
    api: str = "answers"
    refund: str = "done"
    hang_s: float = 30.0

    def change(self, wanted: Mapping[str, Any]) -> "Faults":
        """With these switches set. Raises ValueError that names what is wrong."""
        known = {field.name for field in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"unknown switch {name}; known: {', '.join(sorted(known))}")
            if name in CHOICES and value not in CHOICES[name]:
                raise ValueError(f"{name} is one of {', '.join(CHOICES[name])}")
            if name not in CHOICES and (not isinstance(value, int | float) or isinstance(value, bool)):
                raise ValueError(f"{name} is a number")
        changed = replace(self, **wanted)
        if not 0 <= changed.ipn_times <= 10 or not 0 <= changed.ipn_retries <= 10:  # noqa: PLR2004
            raise ValueError("ipn_times and ipn_retries go from 0 to 10")
        return changed

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
