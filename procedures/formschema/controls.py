"""Django form fields for the controls that field types ask for. They only draw; `clean_answers` cleans."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from procedures.formschema.types.base import Choice, Input

NOTHING = SafeString("")
SHORT_CHOICES, SHORT_LABEL = 3, 12


@dataclass(frozen=True)
class Look:
    """What the template of a control needs beside Django's own: see templates/motcua/field.html.

    `attributes`: of the element around it. `marker`: name of a conditional question, posted when it is shown.
    `button`: name of the submit that fills the next list when there is no JavaScript.
    """

    attributes: SafeString = NOTHING
    marker: str = ""
    is_hidden: bool = False
    is_optional: bool = False
    source: str = ""
    warnings: tuple[str, ...] = ()
    button: str = ""
    in_row: bool = False


class OptionLabel(str):
    """A label of an option that knows its hint."""

    __slots__ = ("hint",)
    hint: str


class ControlBoundField(BoundField):
    """Adds where a value came from to the description; radios and checks are described by their fieldset."""

    @property
    def aria_describedby(self) -> str | None:
        described = (super().aria_describedby or "").split()
        look = getattr(self.field, "look", None)
        if look is not None and look.warnings:
            described.append(f"{self.auto_id}_warning")
        if look is not None and look.source:
            described.append(f"{self.auto_id}_source")
        return " ".join(described) or None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.use_fieldset:
            built.pop("aria-invalid", None)
        return built


class Control(forms.Field):
    """One control of a question."""

    bound_field_class = ControlBoundField
    look: Look

    def __init__(self, *, look: Look, **settings: Any) -> None:
        super().__init__(**settings)
        self.look = look


@dataclass(frozen=True)
class Place:
    """Where a control stands: the name and words of its question, and whether it may be changed."""

    name: str
    label: str
    hint: str = ""
    is_locked: bool = False
    look: Look = field(default_factory=Look)


def build_control(item: Input, place: Place) -> Control:
    """The Django field of one control."""
    widget = _widget(item)
    widget.attrs.update(_attributes(item, place))
    return Control(widget=widget, label=place.label, help_text=place.hint, required=False, look=place.look)


def build_attributes(**attributes: Any) -> SafeString:
    """Attributes of an element, escaped; False and None are left out."""
    named = {key.replace("_", "-"): value for key, value in attributes.items()}
    return flatatt({key: value for key, value in named.items() if value not in (None, False, "")})


def _widget(item: Input) -> forms.Widget:
    choices = [(choice.value, _label(choice)) for choice in item.choices]
    if item.widget == "area":
        return forms.Textarea(attrs={"class": "area", "rows": item.rows})
    if item.widget == "select":
        return forms.Select(choices=choices, attrs={"class": f"select {item.width}".strip()})
    if item.widget == "radios":
        return forms.RadioSelect(choices=choices)
    if item.widget == "checks":
        return forms.CheckboxSelectMultiple(choices=choices)
    if item.widget == "tick":
        return forms.CheckboxInput(attrs={"value": "true"})
    widget = forms.TextInput(attrs={"class": f"input {item.width}".strip()})
    widget.input_type = item.kind
    return widget


def _attributes(item: Input, place: Place) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if item.widget in ("text", "area", "select"):
        attributes["autocomplete"] = item.autocomplete
    if item.inputmode:
        attributes["inputmode"] = item.inputmode
    if item.part == "commune":
        attributes["data-communes-of"] = f"id_{place.name.removesuffix('commune')}province"
        attributes["data-communes-from"] = static("js/communes.json")
        attributes["data-communes-blank"] = _("Chọn xã, phường")
    if place.is_locked:
        attributes["data-locked"] = True
        attributes["readonly" if item.widget in ("text", "area") else "disabled"] = True
    elif place.look.is_hidden:
        attributes["disabled"] = True
    return attributes


def _label(choice: Choice) -> OptionLabel:
    label = OptionLabel(choice.label)
    label.hint = choice.hint
    return label


def is_short(choices: tuple[Choice, ...]) -> bool:
    """Whether the choices fit beside each other."""
    plain = all(len(choice.label) <= SHORT_LABEL and not choice.hint for choice in choices)
    return len(choices) <= SHORT_CHOICES and plain
