"""Dossiers for tests, brought where they are by the services the product uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Any
from uuid import UUID

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import commands as c
from dossiers.choices import Outcome
from dossiers.models import Dossier, StoredFile
from dossiers.services import acting, filing
from dossiers.services.files import store_upload
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.accounts.models import Agency, User
from portal.core.clock import VN_TZ
from procedures.formschema.parties import PartyDraft
from tests.factories.catalogue import CORE, publish_shipped
from tests.factories.codes import (  # noqa: F401  # many tests name them from here
    BIRTH,
    COPIES,
    HOUSEHOLD_BUSINESS,
    MARITAL,
    PASSPORT,
    PERMIT,
    PNG,
)
from tests.factories.people import Officer, make_actor, make_agency, make_officer, make_verified_user

_keys = count(1)


def load_catalogue(*codes: str) -> None:
    """Shipped procedures, published: those that tests of dossiers use, and these beside them."""
    publish_shipped(sorted({*CORE, *codes}))


@dataclass(frozen=True)
class Desk:
    """One commune with an officer of every role, and a citizen."""

    agency: Agency
    reception: Officer
    head: Officer
    case_officer: Officer
    approver: Officer
    citizen: User

    @property
    def citizen_actor(self) -> Actor:
        return make_actor(self.citizen)


def make_desk(*codes: str) -> Desk:
    """A commune that performs the shipped procedures. Each call makes another one; `codes` as in load_catalogue."""
    load_catalogue(*codes)
    return make_empty_desk()


def make_empty_desk() -> Desk:
    """The people of a commune, before any procedure is published."""
    agency = make_agency()
    return Desk(
        agency,
        make_officer(Role.RECEPTION, agency=agency, full_name="Lê Thu Trang"),
        make_officer(Role.DESK_HEAD, agency=agency, full_name="Phạm Văn Trưởng"),
        make_officer(Role.CASE_OFFICER, agency=agency, full_name="Đỗ Thị Lý"),
        make_officer(Role.APPROVER, agency=agency, full_name="Vũ Quang Ký"),
        make_verified_user(),
    )


@lru_cache
def answers_of(code: str, case: str = "") -> Mapping[str, Any]:
    """Full, valid answers for the e-form of a shipped procedure."""
    from tests.factories.answers import ANSWERS

    return ANSWERS[code]


def make_upload(actor: Actor, name: str = "giay-chung-sinh.png") -> StoredFile:
    return store_upload(SimpleUploadedFile(name, PNG, "image/png"), actor=actor)


@dataclass(frozen=True)
class Request:
    """What to file; the defaults are a citizen's marital-status confirmation."""

    code: str = MARITAL
    case: str = "muc_dich_khac"
    answers: Mapping[str, Any] | None = None
    uploads: tuple[tuple[str, UUID], ...] = ()
    channel: str = "online"
    parties: tuple[PartyDraft, ...] = ()
    papers: tuple[c.PaperLine, ...] = ()
    key: str = field(default_factory=lambda: f"key-{next(_keys)}")


def file_dossier(desk: Desk, wanted: Request | None = None, *, actor: Actor | None = None) -> Dossier:
    """File online as the desk's citizen, or over the counter as its reception officer."""
    wanted = wanted or Request()
    online = wanted.channel == "online"
    who = actor or (desk.citizen_actor if online else desk.reception.actor)
    request = c.FilingRequest(
        procedure_code=wanted.code,
        case_key=wanted.case,
        agency_code=desk.agency.code,
        answers=answers_of(wanted.code) if wanted.answers is None else wanted.answers,
        uploads=wanted.uploads,
        parties=wanted.parties or (() if online else (walk_in(),)),
        papers=wanted.papers,
        channel=wanted.channel,
    )
    return filing.file_dossier(request, actor=who, key=wanted.key, body={"key": wanted.key})


def file_birth(desk: Desk) -> Dossier:
    """A birth registration with its two files: accepted without any fee."""
    actor = desk.citizen_actor
    upload = make_upload(actor)
    return file_dossier(desk, Request(BIRTH, "co_giay_chung_sinh", uploads=(("giay_chung_sinh", upload.pk),)))


def walk_in(name: str = "Hờ A Páo") -> PartyDraft:
    """A person without account, phone or e-mail."""
    return PartyDraft(role="submitter", kind="person", name=name)


def accept(desk: Desk, dossier: Dossier) -> Dossier:
    return acting.perform(dossier.pk, c.Accept(), actor=desk.reception.actor, version=dossier.version)


def start(desk: Desk, dossier: Dossier) -> Dossier:
    command = c.Start(desk.case_officer.membership.pk)
    return acting.perform(dossier.pk, command, actor=desk.case_officer.actor, version=dossier.version)


def to_approval(desk: Desk, dossier: Dossier) -> Dossier:
    return acting.transfer(
        dossier.pk, actor=desk.case_officer.actor, version=dossier.version, step="ky_duyet", assignee_id=None
    )


def resolve_command(result: str) -> c.Resolve:
    signed = c.Signature("Vũ Quang Ký", date(2026, 1, 5), "12/2026")
    return c.Resolve(Outcome.GRANTED, signed, "", (c.ResultDraft(result),))


def make_old_desk() -> Desk:
    """A desk whose officers have worked since August 2025, for tests that go back in time."""
    with time_machine.travel(datetime(2025, 8, 1, 9, 0, tzinfo=VN_TZ), tick=False):
        return make_desk()
