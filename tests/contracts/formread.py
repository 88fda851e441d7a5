"""Forms of a page as a browser sees them: their controls, what these hold, and where they are sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_BUTTONS = frozenset({"submit", "button", "reset", "image"})


@dataclass
class ReadForm:
    """`fields`: name -> what a browser would send; `kinds`: name -> the control's type."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """Names of the controls that take words."""
        words = {"text", "search", "tel", "email", "textarea", "number", "date", "password", "url"}
        return [name for name, kind in self.kinds.items() if kind in words]


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[ReadForm] = []
        self.form: ReadForm | None = None
        self.select = self.area = ""
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, has.get("action") or self.address)
            self.form = ReadForm(action, has.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None:
            self._read_control(tag, has)

    def _read_control(self, tag: str, has: dict[str, str]) -> None:
        assert self.form is not None
        name, kind = has.get("name", ""), has.get("type", "text") if tag == "input" else tag
        if tag == "option" and self.select:
            if "selected" in has or not self.form.fields[self.select]:
                self.form.fields[self.select] = [has.get("value", "")]
        elif tag in ("input", "select", "textarea") and name and kind not in _BUTTONS:
            self.form.kinds[name] = kind
            held = self.form.fields.setdefault(name, [])
            if tag == "select":
                self.select = name
            elif tag == "textarea":
                self.area, self.words = name, ""
            elif kind not in ("checkbox", "radio", "file") or "checked" in has:
                held.append(has.get("value", "on" if kind in ("checkbox", "radio") else ""))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.area and self.form is not None:
            self.form.fields[self.area] = [self.words.removeprefix("\n")]
            self.area = ""


def read_forms(html: str, address: str) -> list[ReadForm]:
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms
