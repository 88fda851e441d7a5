"""Who hands the papers in: nothing but a name is required; the QR of a citizen card fills the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dossiers.choices import PartyKind, PartyRole
from procedures.content import Content
from procedures.formschema.definition import Field, Option
from procedures.formschema.parties import PartyDraft
from procedures.texts import EMPTY, Text

IDENTITY, NAME, BIRTH, PHONE = "submitter_identity", "submitter_name", "submitter_birth", "submitter_phone"
EMAIL, ADDRESS = "submitter_email", "submitter_address"
SUBMITTER = (IDENTITY, NAME, BIRTH, PHONE, EMAIL, ADDRESS)
OWNER_KIND, OWNER_NAME, OWNER_IDENTITY = "other_owner_kind", "other_owner_name", "other_owner_identity"
CITIZEN_ID_DIGITS, OLD_ID_DIGITS = 12, 9
_CARD_PARTS = 6
_CARD_DAY = 8


@dataclass(frozen=True)
class Card:
    """What the QR of a citizen card says: number|old number|name|DDMMYYYY|sex|address|issued."""

    number: str
    name: str
    birth: str
    address: str


def read_card(text: str) -> Card | None:
    """The card's QR as a scanner types it; None for anything else."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) < _CARD_PARTS or not (parts[0].isdigit() and len(parts[0]) == CITIZEN_ID_DIGITS):
        return None
    day = parts[3] if len(parts[3]) == _CARD_DAY and parts[3].isdigit() else ""
    birth = f"{day[:2]}/{day[2:4]}/{day[4:]}" if day else ""
    return Card(parts[0], parts[2], birth, parts[5])


def build_person_fields(content: Content) -> tuple[Field, ...]:
    """Questions about the submitter, and about the owner where the e-form does not ask."""
    fields = [
        Field(
            IDENTITY,
            "text",
            Text(_("Số căn cước, hộ chiếu")),
            hint=Text(_("Quét mã QR trên thẻ, hoặc gõ số")),
        ),
        Field(NAME, "person_name", Text(_("Họ, chữ đệm và tên")), required=True),
        Field(BIRTH, "partial_date", Text(_("Ngày sinh")), max="today"),
        Field(PHONE, "phone", Text(_("Số điện thoại"))),
        Field(EMAIL, "email", Text(_("Thư điện tử"))),
        Field(ADDRESS, "text", Text(_("Nơi cư trú"))),
    ]
    if not names_owner(content):
        fields += _owner_fields()
    return tuple(fields)


def names_owner(content: Content) -> bool:
    """Does the e-form itself say whose dossier it is?"""
    return content.form is not None and any(p.role == PartyRole.OWNER for p in content.form.parties)


def _owner_fields() -> Sequence[Field]:
    kinds = tuple(Option(kind.value, Text(str(kind.label))) for kind in PartyKind)
    hint = Text(_("Chỉ ghi khi nộp thay người khác hoặc tổ chức"))
    return (
        Field(OWNER_NAME, "text", Text(_("Chủ hồ sơ")), hint=hint),
        Field(OWNER_KIND, "choice", Text(_("Chủ hồ sơ là")), hint=EMPTY, options=kinds),
        Field(OWNER_IDENTITY, "text", Text(_("Số căn cước hoặc mã số của chủ hồ sơ"))),
    )


def build_parties(answers: Mapping[str, Any]) -> tuple[PartyDraft, ...]:
    """The submitter, and the owner when somebody else is named. `answers`: as the form cleaned them."""
    name = str(answers.get(NAME, ""))
    address = str(answers.get(ADDRESS, ""))
    submitter = PartyDraft(
        role=PartyRole.SUBMITTER,
        kind=PartyKind.PERSON,
        name=name,
        birth_date=str(answers.get(BIRTH, "")),
        identity=build_identity(str(answers.get(IDENTITY, ""))),
        phone=str(answers.get(PHONE, "")),
        email=str(answers.get(EMAIL, "")),
        address={"line": address} if address else {},
    )
    return (submitter, *_owner(answers)) if name else ()


def _owner(answers: Mapping[str, Any]) -> tuple[PartyDraft, ...]:
    name = str(answers.get(OWNER_NAME, ""))
    if not name:
        return ()
    kind = str(answers.get(OWNER_KIND) or PartyKind.PERSON)
    number = str(answers.get(OWNER_IDENTITY, ""))
    is_person = kind in (PartyKind.PERSON, PartyKind.FOREIGNER, PartyKind.HOUSEHOLD)
    return (
        PartyDraft(
            role=PartyRole.OWNER,
            kind=kind,
            name=name,
            identity=build_identity(number) if is_person else {},
            tax_code="" if is_person else number,
        ),
    )


def build_identity(number: str) -> Mapping[str, str]:
    """The kind of paper follows from the shape of its number."""
    plain = "".join(number.split())
    if not plain:
        return {}
    if plain.isdigit() and len(plain) == CITIZEN_ID_DIGITS:
        return {"type": "citizen_id", "number": plain}
    if plain.isdigit() and len(plain) == OLD_ID_DIGITS:
        return {"type": "old_id", "number": plain}
    if plain[:1].isalpha() and plain.isascii() and plain.isalnum():
        return {"type": "passport", "number": plain.upper()}
    return {"type": "number_only", "number": plain}
