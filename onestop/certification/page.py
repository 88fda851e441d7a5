"""The quick screen as one value: what was typed, what it costs, what is still wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from dossiers.choices import PartyKind, PartyRole
from onestop.certification.kinds import Offer
from onestop.certification.pricing import Price, dump_rules, price
from onestop.certification.rows import Row, list_filled, mark_errors, read_rows, to_answers
from onestop.certification.signers import Signer
from onestop.intake.page import MAX_TOKEN, Error
from onestop.intake.person import build_identity, read_card
from portal.core import clock
from portal.core.text import clean_line
from procedures.formschema.answers import Cleaned, clean_answers
from procedures.formschema.parties import PartyDraft

CERTIFY, PRICE, MORE = "certify", "price", "more"
COMMANDS = (CERTIFY, PRICE, MORE)
NOBODY = "Người yêu cầu chứng thực"
"""Who stands in the book of copies when no name was given."""
LONGEST_NAME, LONGEST_IDENTITY = 120, 40
MOST_DIGITS = 12


@dataclass
class CertificationPage:
    """`agreed`: the total that the screen showed when it was sent, None when it showed none. `errors`: {text, id}."""

    offer: Offer
    rows: list[Row]
    name: str
    phone: str
    identity: str
    signers: Sequence[Signer]
    signer_id: int | None
    agreed: int | None
    token: str
    command: str
    cleaned: Cleaned
    price: Price
    rules: str
    notice: str = ""
    focus_row: int | None = None
    errors: list[Error] = field(default_factory=list)
    field_errors: dict[str, str] = field(default_factory=dict)

    @property
    def has_pages(self) -> bool:
        return bool(self.offer.shape.pages)

    @property
    def person_name(self) -> str:
        return self.name or NOBODY

    @property
    def submitter(self) -> PartyDraft:
        """Who stands at the desk, as typed; the e-form's own rules have read the telephone number."""
        return PartyDraft(
            role=PartyRole.SUBMITTER,
            kind=PartyKind.PERSON,
            name=self.person_name,
            identity=build_identity(self.identity),
            phone=str(self.cleaned.answers.get(self.offer.shape.phone) or ""),
        )

    def refuse(self, name: str, text: str) -> None:
        """Say what is wrong with one field, in the summary and beside it."""
        self.field_errors[name] = text
        self.errors.append({"text": text, "id": name})


def read_page(
    offer: Offer, signers: Sequence[Signer], data: QueryDict | None, *, signer: str = ""
) -> CertificationPage:
    """The screen for what was posted, or an empty one. `signer`: chosen in the address, kept from the last one."""
    fields: Mapping[str, str] = data if data is not None else QueryDict()
    command = fields.get("do", "") if fields.get("do") in COMMANDS else ""
    rows = read_rows(fields, more=command == MORE)
    name, identity = _read_person(fields)
    cleaned = clean_answers(
        offer.shape.form,
        _build_answers(offer, rows, name, fields.get("phone", ""), identity),
        partial=command != CERTIFY,
        on=clock.today(),
    )
    page = CertificationPage(
        offer=offer,
        rows=rows,
        name=name,
        phone=fields.get("phone", "").strip(),
        identity=identity,
        signers=signers,
        signer_id=_read_signer(signers, fields.get("signer", "") if data is not None else signer),
        agreed=_read_number(fields.get("agreed", "")),
        token=_read_token(fields.get("token", "")),
        command=command,
        cleaned=cleaned,
        price=price(offer, cleaned.answers),
        rules=dump_rules(offer),
        focus_row=_find_focus_row(rows, command),
    )
    _judge(page)
    return page


def _build_answers(offer: Offer, rows: Sequence[Row], name: str, phone: str, identity: str) -> dict[str, Any]:
    shape = offer.shape
    answers: dict[str, Any] = {
        shape.name: name or NOBODY,
        shape.phone: phone,
        shape.group.key: to_answers(rows, shape),
    }
    kind = shape.form.types.get(shape.identity)
    if kind is not None:
        answers[shape.identity] = dict(build_identity(identity)) if kind == "identity_document" else identity
    answers.pop("", None)
    return answers


def _judge(page: CertificationPage) -> None:
    """Errors of numbers show at once; what is missing only when the page is sent to be certified."""
    shape = page.offer.shape
    whole = mark_errors(page.rows, shape, page.cleaned.errors)
    page.errors += [
        {
            "text": _("Giấy tờ %(number)d: %(text)s") % {"number": row.number, "text": text},
            "id": f"row-{row.index}-{column}",
        }
        for row in page.rows
        for column, text in row.errors.items()
    ]
    page.errors += [{"text": text, "id": "row-0-paper"} for text in whole]
    if page.command != CERTIFY:
        return
    if not list_filled(page.rows) and not page.errors:
        page.errors.append({"text": _("Hãy ghi ít nhất một giấy tờ."), "id": "row-0-paper"})
    _judge_person(page)
    if page.price.total is None:
        page.errors.append({"text": _("Chưa xác định mức thu nên chưa chứng thực nhanh được."), "id": ""})


def _judge_person(page: CertificationPage) -> None:
    shape, found = page.offer.shape, page.cleaned.errors
    if page.offer.kind.needs_person and not page.name:
        page.refuse("name", _("Ghi họ tên người yêu cầu chứng thực chữ ký."))
    if page.offer.kind.needs_person and not page.identity:
        page.refuse("identity", _("Ghi số giấy tờ tùy thân của người ký."))
    known = {shape.name: "name", shape.phone: "phone", shape.identity: "identity"}
    for path, lines in found.items():
        part = path.split(".")[0]
        if part != shape.group.key and known.get(part, "") not in page.field_errors:
            page.refuse(known.get(part, ""), lines[0])
    if page.signer_id is None:
        page.refuse("signer", _("Chọn người ký chứng thực."))


def _read_person(fields: Mapping[str, str]) -> tuple[str, str]:
    """Name and number; the QR of a citizen card gives both."""
    name = clean_line(fields.get("name", ""))[:LONGEST_NAME]
    typed = fields.get("identity", "")
    card = read_card(typed)
    if card is not None:
        return name or card.name, card.number
    return name, clean_line(typed)[:LONGEST_IDENTITY]


def _read_signer(signers: Sequence[Signer], typed: str) -> int | None:
    """The one that was chosen; before anything is chosen, the only one or the first."""
    number = _read_number(typed)
    if typed:
        return number if any(signer.membership_id == number for signer in signers) else None
    return signers[0].membership_id if signers else None


def _read_number(typed: str) -> int | None:
    fits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if fits else None


def _read_token(typed: str) -> str:
    fits = typed.isascii() and typed.isalnum() and len(typed) <= MAX_TOKEN
    return typed if typed and fits else uuid4().hex


def _find_focus_row(rows: Sequence[Row], command: str) -> int | None:
    """Where typing goes on: a new screen begins at its first row, a new row at itself."""
    if command == MORE:
        return next(row.index for row in rows if row.is_empty)
    return None if command else 0
