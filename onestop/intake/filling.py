"""What need not be typed twice: the card's QR, a person seen before, the submitter's own declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dossiers import deskreads
from dossiers.printing.words import describe_address
from dossiers.services.reading import open_dossier
from onestop.intake import person as p
from portal.accounts.actor import Actor
from procedures.content import Content
from procedures.formschema.definition import Field
from procedures.formschema.types import field_types
from procedures.formschema.types.days import show_day

_FROM_PERSON = {
    "person.full_name": p.NAME,
    "person.birth_date": p.BIRTH,
    "person.phone": p.PHONE,
    "person.email": p.EMAIL,
}


@dataclass(frozen=True)
class Filled:
    """The posted fields with what could be filled in. `notice`: where it came from."""

    data: QueryDict
    notice: str = ""


def fill_person(data: QueryDict, actor: Actor) -> Filled:
    """Reads a scanned card; else looks a known number up, where nothing but the number was typed."""
    filled = data.copy()
    typed = data.get(p.IDENTITY, "")
    card = p.read_card(typed)
    if card is not None:
        filled[p.IDENTITY], filled[p.NAME] = card.number, card.name
        _offer(filled, {p.BIRTH: card.birth, p.ADDRESS: card.address})
        return Filled(_fill_known(filled, actor).data, _("Đã đọc mã QR trên thẻ căn cước."))
    if typed.strip() and not data.get(p.NAME, "").strip():
        return _fill_known(filled, actor)
    return Filled(filled)


def _fill_known(data: QueryDict, actor: Actor) -> Filled:
    known = deskreads.find_known_person(actor, str(data[p.IDENTITY]))
    if known is None:
        return Filled(data)
    dossier, party = known
    open_dossier(dossier.pk, actor=actor, what="desk:person")
    birth = show_day(party.birth_date) if party.birth_date else ""
    values = {p.NAME: party.name, p.BIRTH: birth, p.PHONE: party.phone, p.EMAIL: party.email}
    _offer(data, {**values, p.ADDRESS: describe_address(party.address)})
    return Filled(data, _("Người này đã có hồ sơ %(code)s. Thông tin lấy từ đó.") % {"code": dossier.code})


def fill_declaration(data: QueryDict, content: Content, submitter: Mapping[str, Any]) -> None:
    """Copy the submitter into empty questions about the declarant, unless the declarant is named otherwise.

    `submitter`: cleaned answers of the person block.
    """
    questions = list(content.form.fields()) if content.form else []
    named = [data.get(q.key, "").strip() for q in questions if q.prefill == "person.full_name"]
    if any(name and name != submitter.get(p.NAME) for name in named):
        return
    values = _prefill_values(submitter)
    for question in questions:
        if values.get(question.prefill):
            _offer(data, _shown(question, values[question.prefill]))


def _prefill_values(submitter: Mapping[str, Any]) -> Mapping[str, Any]:
    identity = p.build_identity(str(submitter.get(p.IDENTITY, "")))
    values: dict[str, Any] = {key: submitter.get(name) for key, name in _FROM_PERSON.items()}
    values["person.identity"] = identity
    if identity.get("type") == "citizen_id":
        values["person.national_id"] = identity["number"]
    return values


def _shown(question: Field, value: Any) -> Mapping[str, str]:
    """Names of the controls and what they hold for a value."""
    shown = field_types.get(question.type).show(value, question)
    return {f"{question.key}-{part}" if part else question.key: str(text) for part, text in shown.items()}


def _offer(data: QueryDict, values: Mapping[str, str]) -> None:
    """Fill these controls where none of them holds anything yet, or each by itself when they are apart."""
    together = len({name.partition("-")[0] for name in values}) == 1
    if together and any(data.get(name, "").strip() for name in values):
        return
    for name, value in values.items():
        if value and not data.get(name, "").strip():
            data[name] = value
