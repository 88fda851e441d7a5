"""Every form of every page, filled in by somebody who means harm or slips: words, not faults; nothing lost."""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dossiers.services import drafts
from onestop.acts.table import ACTS
from procedures.selectors import get_content
from tests.contracts import naughty
from tests.contracts.attack import Target, count_rows, find_fault_of_page, undone
from tests.contracts.formread import ReadForm, read_forms
from tests.factories.dossiers import BIRTH, MARITAL, PERMIT, PNG

pytestmark = pytest.mark.django_db

TYPED = ("", naughty.LONG, "a\x00b", naughty.ODD[0], naughty.MIXTURE, "-1", "9" * 30, "31/02/2023")
CHOSEN = ("", "²", "9" * 30, naughty.MIXTURE)
CASES = {MARITAL: "muc_dich_khac", BIRTH: "co_giay_chung_sinh", PERMIT: "nha_o"}
ADDED_BY_A_REFUSAL = {"dossiers.StoredFile", "dossiers.Attachment", "dossiers.Draft", "core.IdempotencyKey"}
"""Good files beside a bad one are kept on purpose, and so is the draft of a supplement."""


def list_forms(client: Client, address: str) -> list[ReadForm]:
    """Forms of a page that change something, but for those of the frame around it."""
    page = client.get(address)
    assert page.status_code == 200, f"{address}: {page.status_code}"
    forms = read_forms(page.content.decode(), address)
    return [form for form in forms if form.method == "post" and "/logout/" not in form.action]


def spoil(form: ReadForm) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """What is sent, under a label, and the text that must come back with it when it is refused."""
    typed, files = form.typed, [name for name, kind in form.kinds.items() if kind == "file"]
    chosen = [name for name in form.fields if name not in {*typed, *files, "csrfmiddlewaretoken"}]
    comes_back = any(form.kinds[name] != "password" for name in typed)
    yield "as it is", form.fields, ""
    yield "nothing", {}, ""
    yield "much more", {**form.fields, **{f"more{n}": "x" for n in range(6_000)}}, ""
    for value in TYPED if typed else ():
        yield f"typed {value[:20]!r}", {**form.fields, **dict.fromkeys(typed, value)}, value * comes_back
    for value in CHOSEN if chosen else ():
        yield f"chosen {value[:20]!r}", {**form.fields, **dict.fromkeys(chosen, value)}, ""
    for name, content in (("a.png", PNG), ("\u202egnp.exe", PNG), ("a.png", PNG[:40])):
        if files:
            sent = {field: SimpleUploadedFile(name, content, "image/png") for field in files}
            yield f"file {name!r} of {len(content)}", {**form.fields, **sent}, ""


def attack(client: Client, form: ReadForm) -> dict[str, str]:
    """Faults by label. What was accepted, and what cookies it left, is undone."""
    faults, before, cookies = (
        dict[str, str](),
        count_rows(),
        {name: morsel.value for name, morsel in client.cookies.items()},
    )
    for label, fields, typed in spoil(form):
        with undone():
            answer = client.post(form.action, fields)
            fault = find_fault_of_page(answer) or _find_loss(answer, typed)  # type: ignore[arg-type]
            if not fault and answer.status_code >= 400:
                left = {name for name, n in count_rows().items() if n != before[name]}
                fault = ", ".join(left - ADDED_BY_A_REFUSAL)
        client.cookies = SimpleCookie(cookies)
        if fault:
            faults[f"{form.action} {label}"] = fault
    return faults


def _find_loss(answer: Any, typed: str) -> str:
    """A form that comes back holds what was typed. Passwords and what cannot be text do not come back."""
    wanted = unicodedata.normalize("NFC", typed).strip()
    if answer.status_code not in {200, 422} or not wanted or wanted == naughty.LONG or "\x00" in wanted:
        return ""
    page = html.unescape(answer.content.decode())
    if answer.status_code == 200 and 'class="error-summary"' not in page:
        return ""
    shown = re.sub(r"\s+", " ", page)
    return "" if re.sub(r"\s+", " ", wanted) in shown else "what was typed is lost"


def check(client: Client, *addresses: str) -> None:
    faults: dict[str, str] = {}
    for address in addresses:
        forms = list_forms(client, address)
        assert forms, f"{address} has no form"
        for form in forms:
            if form.action not in {"/accounts/session/"}:
                faults |= attack(client, form)
    assert faults == {}


@pytest.mark.parametrize("code", CASES)
def test_the_pages_of_a_filing(target: Target, code: str) -> None:
    with undone():
        draft = drafts.start_draft(
            code, actor=target.desk.citizen_actor, case_key=CASES[code], agency_code=target.desk.agency.code
        )
        own = f"/dossiers/{draft.dossier_id}/"
        form = get_content(draft.dossier.procedure_version_id).form
        pages = [f"{own}filing/{page.key}/" for page in form.pages] if form else []
        seen = [page for page in pages if target.citizen.get(page).status_code == 200]

        check(target.citizen, f"/dossiers/new/{code}/", seen[0], seen[-1])
        if code == MARITAL:
            check(target.citizen, f"{own}filing/check/", f"{own}case/", f"{own}discard/")


def test_the_pages_of_a_filed_dossier(target: Target) -> None:
    def of(state: str, page: str = "") -> str:
        return f"/dossiers/{target.dossiers[state].pk}/{page}"

    check(target.citizen, of("submitted", "withdraw/"), of("accepted", "withdraw/"))
    check(target.citizen, of("awaiting_supplement"), of("confirming", "confirmation/"))


@pytest.mark.parametrize(
    "address", ["/track/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
)
def test_the_pages_of_visitors(target: Target, address: str) -> None:
    check(target.clients["visitor"], address)


@pytest.mark.parametrize("who", ["citizen", "reception"])
def test_the_pages_of_an_account(target: Target, who: str) -> None:
    check(target.open_browser(who), "/accounts/profile/", "/accounts/acting/", "/accounts/password/change/")


@pytest.mark.parametrize("code", [MARITAL, PERMIT])
def test_taking_in_at_the_desk(target: Target, code: str) -> None:
    check(target.reception, f"/onestop/intake/?procedure={code}&case={CASES[code]}")


def test_the_other_pages_of_the_desk(target: Target) -> None:
    fee = target.dossiers["resolved"].fees.get(status="open")
    waiting = target.dossiers["awaiting_supplement"].pk

    check(target.reception, f"/payments/{fee.pk}/", f"/onestop/dossiers/{waiting}/supplement/")


@pytest.mark.parametrize("name", ACTS)
def test_the_pages_of_acts(target: Target, name: str) -> None:
    """On the first dossier and for the first officer for whom the act is open."""
    places = (
        (target.clients[who], f"/onestop/dossiers/{dossier.pk}/do/{name}/")
        for who in ("reception", "head", "case_officer", "approver")
        for dossier in target.dossiers.values()
    )
    client, address = next(place for place in places if place[0].get(place[1]).status_code == 200)

    check(client, address)
