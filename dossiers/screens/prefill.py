"""What may be offered before anything is typed, from the account and from what was filed before.

Every value says where it comes from and may be changed: people also file for others.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.models import Filing
from dossiers.persons import CITIZEN_ID
from dossiers.suggestions import list_suggested
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import IdentityLevel
from portal.core.jsontypes import Json
from procedures import selectors as catalogue
from procedures.formschema.prefill import Prefill, PrefillValue


def build_prefill(actor: Actor, latest: Filing | None, answers: Mapping[str, Any] | None = None) -> Prefill:
    """Offers by prefill key: the account's values first, then answers of the latest filing. One query.

    `answers`: of the draft; what was answered before filing began is offered by question.
    """
    offers = dict(_from_filing(latest)) if latest else {}
    offers.update(_from_account(actor))
    offers.update(list_suggested(answers or {}))
    return offers


def _from_account(actor: Actor) -> Iterator[tuple[str, PrefillValue]]:
    user = accounts.get_user(cast("UUID", actor.user_id))
    stated = _("Lấy từ tài khoản của bạn")
    verified = _("Lấy từ tài khoản, danh tính đã xác minh")
    source = verified if user.identity_level == IdentityLevel.VERIFIED else stated
    if user.full_name:
        yield "person.full_name", PrefillValue(user.full_name, source)
    if user.national_id:
        yield "person.national_id", PrefillValue(user.national_id, source)
        identity: dict[str, Json] = {"type": CITIZEN_ID, "number": user.national_id}
        yield "person.identity", PrefillValue(identity, source)
    if user.birth_date:
        yield "person.birth_date", PrefillValue(user.birth_date, source)
    if user.phone:
        yield "person.phone", PrefillValue(user.phone, stated)
    if user.email:
        yield "person.email", PrefillValue(user.email, stated)
    if user.address and user.address.get("province"):
        yield "person.address", PrefillValue(user.address, stated)


def _from_filing(filing: Filing) -> Iterator[tuple[str, PrefillValue]]:
    """Answers about the person who filed; the first question with a prefill key speaks for it."""
    form = catalogue.get_content(filing.dossier.procedure_version_id).form
    source = _("Lấy từ hồ sơ %(code)s bạn đã nộp") % {"code": filing.dossier.code}
    seen: set[str] = set()
    for question in form.fields() if form else ():
        value = filing.answers.get(question.key)
        if question.prefill and question.prefill not in seen and value not in (None, "", {}):
            seen.add(question.prefill)
            yield question.prefill, PrefillValue(value, source)
