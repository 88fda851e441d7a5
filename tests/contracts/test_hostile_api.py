"""Every call of the API against bodies that are wrong in every way: a plain refusal, and nothing left behind."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import Dossier
from tests.contracts import naughty
from tests.contracts.attack import API, Target, find_fault, probe, probe_all, send, undone
from tests.factories.dossiers import (
    BIRTH,
    MARITAL,
    PERMIT,
    PNG,
    Desk,
    answers_of,
    make_upload,
    walk_in,
)

pytestmark = pytest.mark.django_db
REFUSED = frozenset({400, 403, 404, 409, 422})
_keys = count(1)


@dataclass(frozen=True)
class Act:
    """An action that works: who may take it, on which dossier, with which body (the version is added)."""

    name: str
    who: str
    state: str
    body: dict[str, Any] = field(default_factory=dict)


REASON = {"reason": "Ngoài thẩm quyền."}
SIGNED = {"name": "Vũ Quang Ký", "on": "2026-01-05", "number": "12/2026"}
ITEM = {"requirement": "ban_ve_thiet_ke", "reason": "Bản vẽ mờ."}
ACTS = (
    Act("accept", "reception", "submitted"),
    Act("propose_decline", "reception", "submitted", REASON),
    Act("redirect", "reception", "submitted", {**REASON, "agency": "OTHER"}),
    Act("request_supplement", "reception", "submitted", {"items": [ITEM], "legal_basis": "x"}),
    Act("supplement", "citizen", "awaiting_supplement", {"answers": None, "attachments": [], "papers": []}),
    Act("start", "case_officer", "accepted", {"assignee": "MEMBER"}),
    Act("transfer", "case_officer", "processing", {"step": "ky_duyet", "assignee": None, "note": "x"}),
    Act("ask_confirmation", "case_officer", "processing", {"upload": "UPLOAD"}),
    Act("answer_confirmation", "citizen", "confirming", {"answer": "confirmed", "text": "x"}),
    Act("consent", "reception", "submitted", {"party": "OWNER", "how": "present"}),
    Act("request_payment", "reception", "accepted", {"fee": "FEE"}),
    Act("pay_fee", "reception", "resolved", {"fee": "FEE", "method": "cash", "payer_name": "x"}),
    Act("reschedule", "case_officer", "processing", {**REASON, "due_at": "2027-03-01T10:00:00+07:00"}),
    Act(
        "resolve",
        "approver",
        "processing",
        {"outcome": "granted", "reason": "x", "results": [{"kind": "giay_phep"}], "signed": SIGNED},
    ),
    Act("withdraw", "citizen", "submitted", {**REASON, "on_paper": False}),
    Act("request_withdrawal", "citizen", "accepted", REASON),
    Act("stop", "approver", "accepted", REASON),
    Act("recall", "approver", "resolved", REASON),
    Act("return_result", "reception", "resolved", {"identity_checked": True, "proxy": "x"}),
)
"""`decline` needs a proposal first; its body is that of `propose_decline`."""
STAND_INS = ("OTHER", "MEMBER", "UPLOAD", "OWNER", "FEE")


def address_of(act: Act, dossier: Dossier) -> str:
    return f"dossiers/{dossier.pk}/actions/{act.name}"


def build_body(target: Target, act: Act) -> dict[str, Any]:
    """The body with its stand-ins replaced by what there is."""
    dossier = target.dossiers[act.state]
    found: dict[str, Any] = {
        "OTHER": target.other_agency,
        "MEMBER": target.desk.case_officer.membership.pk,
        "UPLOAD": str(make_upload(target.desk.case_officer.actor).pk) if "upload" in act.body else "",
        "OWNER": str(dossier.parties.filter(role="owner").values_list("party", flat=True)[0]),
        "FEE": str(dossier.fees.filter(status="open").values_list("pk", flat=True)[0]),
    }
    body = {name: found[value] if value in STAND_INS else value for name, value in act.body.items()}
    return {**body, "version": dossier.version}


def spoil(body: dict[str, Any], *, deep: bool = True) -> Iterator[tuple[str, dict[str, Any]]]:
    """The body without each of its fields, and with every naughty value in each, also one level down."""
    for name, value in body.items():
        yield f"without {name}", {key: kept for key, kept in body.items() if key != name}
        for bad in naughty.VALUES if deep else naughty.INNER:
            yield f"{name}={bad!r:.40}", {**body, name: bad}
        inner = value[0] if isinstance(value, list) and value else value
        if deep and isinstance(inner, dict) and name != "answers":
            for label, spoilt in spoil(inner, deep=False):
                yield f"{name}.{label}", {**body, name: [spoilt] if isinstance(value, list) else spoilt}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_an_action_takes_a_right_body_and_refuses_every_wrong_one(target: Target, act: Act) -> None:
    with undone():
        body, client = build_body(target, act), target.clients[act.who]
        address = address_of(act, target.dossiers[act.state])

        if act.name != "return_result":  # its fee is open: nothing but 422 to be had
            assert probe(client, address, body, {200}) == ""
        assert probe_all(client, address, spoil(body), {200, *REFUSED}) == {}


def filing_of(desk: Desk) -> dict[str, Any]:
    return {
        "procedure": MARITAL,
        "case": "muc_dich_khac",
        "agency": desk.agency.code,
        "answers": dict(answers_of(MARITAL)),
        "attachments": [],
    }


def new_key() -> dict[str, str]:
    return {"Idempotency-Key": f"hostile-{next(_keys)}"}


def test_a_filing_refuses_every_wrong_field(target: Target) -> None:
    body = {**filing_of(target.desk), "channel": "online", "owner": {"name": "Hờ A Páo"}, "papers": []}

    assert probe(target.citizen, "dossiers", body, {201}, **new_key()) == ""
    assert probe_all(target.citizen, "dossiers", spoil(body), {201, *REFUSED}, **new_key()) == {}


def test_a_paper_filing_refuses_every_wrong_field(target: Target) -> None:
    party = {
        "role": "submitter",
        "kind": "person",
        "name": "Hờ A Páo",
        "birth_date": "1990-05",
        "identity": {"type": "citizen_id", "number": "037090000123", "issued_on": "2021-05-01"},
        "phone": "0912345678",
        "email": "pao@dan.example",
        "address": {"province": "92", "line": "Bản Mây"},
        "tax_code": "0101234567",
    }
    paper = {"requirement": "giay_to_dat", "originals": 1, "copies": 0, "shown": True, "borrowed": False}
    body = {
        "procedure": PERMIT,
        "case": "nha_o",
        "agency": target.desk.agency.code,
        "answers": dict(answers_of(PERMIT)),
        "channel": "desk",
        "parties": [party],
        "papers": [paper],
    }

    assert probe(target.reception, "dossiers", body, {201}, **new_key()) == ""
    wrong = (case for case in spoil(body) if case[0].startswith(("parties", "papers", "channel")))
    assert probe_all(target.reception, "dossiers", wrong, {201, *REFUSED}, **new_key()) == {}


@pytest.mark.parametrize("born", ["9999-12-31", "2023-02-31", "2023-13", "0001", "2090"])
def test_nobody_is_born_on_a_day_that_is_none(target: Target, born: str) -> None:
    party = {"role": "submitter", "name": walk_in().name, "birth_date": born}
    body = {**filing_of(target.desk), "channel": "desk", "parties": [party]}

    assert probe(target.reception, "dossiers", body, {422}, **new_key()) == ""


@pytest.mark.parametrize("name", naughty.BODIES)
def test_a_body_that_is_not_json_of_one_meaning_is_refused(target: Target, name: str) -> None:
    text, status = naughty.BODIES[name]
    act = address_of(ACTS[0], target.dossiers["submitted"])

    for client, address in ((target.citizen, "dossiers"), (target.clients["visitor"], "track")):
        assert probe(client, address, text, {status}, **new_key()) == ""
    assert probe(target.reception, act, text, {status}) == ""


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "", "application/", "x" * 5000,
        "application/json; charset=utf-16", "multipart/form-data",
    ],
)  # fmt: skip
def test_another_content_type_is_refused(target: Target, kind: str) -> None:
    for address in ("dossiers", "uploads", "track"):
        answer = target.citizen.generic("POST", API + address, b'{"code":"a"}', kind, headers=new_key())
        assert find_fault(answer, {400, 415}) == "", address  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["", " ", "a b", "ế", "x" * 201, "\x7f"])
def test_a_filing_needs_a_plain_key(target: Target, key: str) -> None:
    headers = {"Idempotency-Key": key}

    assert probe(target.citizen, "dossiers", filing_of(target.desk), {422}, **headers) == ""


def test_a_file_is_used_once_and_only_by_its_sender(target: Target) -> None:
    with undone():
        mine, theirs = (
            str(make_upload(actor).pk)
            for actor in (target.desk.citizen_actor, target.desk.case_officer.actor)
        )
        filing = {**filing_of(target.desk), "procedure": BIRTH, "case": "co_giay_chung_sinh"}
        filing["answers"] = dict(answers_of(BIRTH))

        def file(*pairs: tuple[str, str], allowed: int) -> str:
            rows = [{"requirement": requirement, "upload": upload} for requirement, upload in pairs]
            body = {**filing, "attachments": rows}
            return probe(target.citizen, "dossiers", body, {allowed}, **new_key())

        paper = "giay_chung_sinh"
        assert file((paper, mine), allowed=201) == ""
        assert file((paper, mine), (paper, mine), allowed=422) == ""
        assert file((paper, theirs), allowed=404) == ""
        assert file((paper, str(UUID(int=0))), allowed=404) == ""
        assert file(("khong_co", mine), allowed=422) == ""
        assert file(*[(paper, mine)] * 61, allowed=422) == ""


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("giay.png", PNG, 201),
        ("../../etc/passwd.png", PNG, 201),
        ("\u202egnp.exe", PNG, 422),
        ("giay.png.exe", PNG, 422),
        ("giay.png::$DATA", PNG, 422),
        ("giay.php", PNG, 422),
        ("giay.pdf", PNG, 422),
        ("giay.png", PNG[:40], 422),
        ("giay.png", b"", 422),
        ("giay.png", b"<html><script>alert(1)</script>", 422),
        ("giay.pdf", b"%PDF-1.4 /JavaScript %%EOF", 422),
        ("giay.pdf", b"%PDF-1.4", 422),
        ("a" * 300 + ".png", PNG, 201),
        (".png", PNG, 422),
        ("CON", PNG, 422),
    ],
)
def test_an_upload_is_what_its_name_says_or_refused(
    target: Target, name: str, content: bytes, status: int
) -> None:
    upload = SimpleUploadedFile("giay.png", content, "image/png")
    upload._name = name  # type: ignore[attr-defined]  # as a browser may send it, not as Django would keep it

    with undone():
        answer = target.citizen.post(f"{API}uploads", {"file": upload})

        assert answer.status_code == status, answer.content
        if status == 201:
            assert set(answer.json()["name"]) & set('/\\:\r\n\u202e"<>') == set()
            assert len(answer.json()["name"]) <= 200
        else:
            assert find_fault(answer, {status}) == ""  # type: ignore[arg-type]


def build_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be so many points."""

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 50_000, 2**31 - 1])
def test_a_flood_of_points_is_refused_before_it_is_unpacked(target: Target, side: int) -> None:
    upload = SimpleUploadedFile("anh.png", build_png(side, side), "image/png")

    assert find_fault(target.citizen.post(f"{API}uploads", {"file": upload}), {422}) == ""  # type: ignore[arg-type]


def test_who_never_files_cannot_fill_the_disk(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossiers.services.files.MAX_UNCLAIMED", 2)
    answers = [
        target.clients["stranger"].post(f"{API}uploads", {"file": SimpleUploadedFile("a.png", PNG)})
        for _ in range(5)
    ]

    assert {answer.status_code for answer in answers[:2]} == {201}
    assert find_fault(answers[-1], {422}) == ""  # type: ignore[arg-type]
    assert answers[-1].json()["code"] == "too_many_files"


def test_one_file_is_sent_at_a_time_in_its_own_field(target: Target) -> None:
    def post(fields: dict[str, Any]) -> str:
        with undone():
            return find_fault(target.citizen.post(f"{API}uploads", fields), {422})  # type: ignore[arg-type]

    assert post({}) == post({"file": "no file"}) == ""
    assert post({"other": SimpleUploadedFile("giay.png", PNG)}) == ""
    assert post({"file": [SimpleUploadedFile("giay.png", PNG) for _ in range(2)]}) == ""


@pytest.mark.parametrize("place", ["dossiers/{id}", "dossiers/{id}/events", "dossiers/{id}/actions/accept"])
@pytest.mark.parametrize("who", ["stranger", "approver"])
def test_an_address_without_its_thing_is_not_there(target: Target, place: str, who: str) -> None:
    draft = str(target.dossiers["draft"].pk)
    wrong = (
        "x",
        "0",
        str(UUID(int=0)),
        f"{{{UUID(int=0)}}}",
        f"{draft}x",
        draft,
        "%00",
        "..%2f..",
        "x" * 5000,
    )

    for part in wrong:
        address, client = place.replace("{id}", part), target.clients[who]
        answer = send(client, address, {"version": 1}, "POST" if "actions" in place else "GET")
        assert find_fault(answer, {404}) == "", part
