"""What the simulated telephones got, for a page that shows it as a telephone does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.demo.simulators.phones.book import BOOK, read_lines
from portal.notifications.rendering import render_notice

MOST_LISTED = 50
TEMPLATES = "demo."


@dataclass(frozen=True)
class Text:
    """One message on a telephone. sender: the brand name, or Zalo; to: as people write it, from 0."""

    number: str
    sender: str
    is_zalo: bool
    to: str
    text: str
    parts: int
    at: datetime


def list_texts(*, to: str = "", limit: int = MOST_LISTED) -> list[Text]:
    """The newest messages; to: a whole number or the end of one."""
    wanted = "".join(sign for sign in to if sign.isdigit())
    wanted = f"84{wanted[1:]}" if wanted.startswith("0") else wanted
    entries = read_lines(Path(settings.DATA_DIR) / "phones" / BOOK)
    found = [entry for entry in reversed(entries) if entry["to"].endswith(wanted)]
    return [_build(entry) for entry in found[:limit]]


def _build(entry: Mapping[str, Any]) -> Text:
    is_zalo = entry["provider"] == "zalo"
    return Text(
        number=entry["number"],
        sender="Zalo" if is_zalo else settings.SMS_BRANDNAME,
        is_zalo=is_zalo,
        to=f"0{entry['to'][2:]}",
        text=_show_template(entry) if is_zalo else entry["text"],
        parts=entry["parts"],
        at=datetime.fromtimestamp(entry["at"], UTC),
    )


def _show_template(entry: Mapping[str, Any]) -> str:
    """The text Zalo would show: the approved template, filled with the parameters it got."""
    _head, *lines = entry["text"].splitlines()
    values = dict(line.split(": ", 1) for line in lines if ": " in line)
    event = str(entry["template"]).removeprefix(TEMPLATES)
    try:
        return render_notice(event, "zalo", values).body
    except Exception:  # noqa: BLE001 - a demo shows what came, whatever it was
        return str(entry["text"])
