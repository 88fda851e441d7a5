"""A draft over the dossiers of the past: what would newly be refused, cost another sum, be due another day."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dossiers.models import Dossier, DossierEvent, Filing
from dossiers.replay.replaying import replay_draft
from dossiers.replay.report import Compared, Report
from dossiers.replay.verdicts import Verdict
from portal.accounts.choices import AgencyKind
from portal.audit.models import AuditEntry
from portal.core.errors import Forbidden, NotFound, RuleViolation
from procedures import services
from tests.factories.catalogue import Document, make_catalogue_admin, make_document, publish, read_catalogue
from tests.factories.dossiers import MARITAL, Desk, file_dossier, make_desk, make_empty_desk
from tests.factories.people import Officer

pytestmark = pytest.mark.django_db
CODE = MARITAL


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def admin() -> Officer:
    return make_catalogue_admin()


def _draft(admin: Officer, change: Callable[[Document], Any]) -> None:
    document = copy.deepcopy(read_catalogue(CODE))
    change(document)
    services.save_draft(admin.actor, CODE, content=document)


def _file(desk: Desk) -> None:
    file_dossier(desk)


def _ask_more(document: Document) -> None:
    question = {"key": "new_one", "type": "text", "label": {"vi": "Câu mới"}, "required": True}
    document["form"]["pages"][0]["fields"].append(question)


def _ask_a_paper(document: Document) -> None:
    document["requirements"].append({"key": "moi", "name": {"vi": "Giấy mới"}, "mode": "submit"})


def _cost_more(document: Document) -> None:
    for fee in document["fees"]:
        fee["amount"] = 123000


def _take_longer(document: Document) -> None:
    document["limits"] = [{"value": 10, "unit": "working_day"}]


def _perform_elsewhere(document: Document) -> None:
    document["performed_by"] = [AgencyKind.PROVINCE.value]


def _say_otherwise(document: Document) -> None:
    document["summary"] = {"vi": "Câu khác."}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_say_otherwise, {}),
        (_ask_more, {"refused": 1, "reasons": [("Câu “Câu mới”", 1)]}),
        (_ask_a_paper, {"refused": 1, "reasons": [("Giấy tờ chưa có: Giấy mới", 1)]}),
        (_cost_more, {"other_fee": 1}),
        (_take_longer, {"other_due": 1, "later": 1}),
        (_perform_elsewhere, {"unrouted": 1}),
    ],
)
def test_each_change_is_felt_where_it_bites(
    desk: Desk, admin: Officer, change: Callable[[Document], Any], expected: dict[str, Any]
) -> None:
    _file(desk)
    _draft(admin, change)
    report = replay_draft(admin.actor, CODE)
    found = {
        "refused": len(report.refused),
        "reasons": report.reasons,
        "other_fee": report.other_fee,
        "other_due": report.other_due,
        "later": report.later,
        "unrouted": report.unrouted,
    }
    silent = {"refused": 0, "reasons": [], "other_fee": 0, "other_due": 0, "later": 0, "unrouted": 0}
    assert report.count == 1
    assert found == {**silent, **expected}


def test_nothing_is_written_but_who_looked(desk: Desk, admin: Officer) -> None:
    _file(desk)
    _draft(admin, _ask_more)
    before = _state()
    replay_draft(admin.actor, CODE, last=50)
    assert _state() == before
    entry = AuditEntry.objects.get(action="procedure.replayed")
    assert (entry.user_id, entry.subject, entry.detail) == (admin.user.pk, CODE, {"last": 50})


def _state() -> tuple[Any, ...]:
    return (
        list(Dossier.objects.values_list("pk", "version", "due_at", "status")),
        Filing.objects.count(),
        DossierEvent.objects.count(),
    )


def test_only_the_latest_are_taken(desk: Desk, admin: Officer) -> None:
    for _turn in range(3):
        _file(desk)
    _draft(admin, _say_otherwise)
    assert replay_draft(admin.actor, CODE, last=2).count == 2


def test_reasons_never_repeat_what_people_answered(desk: Desk, admin: Officer) -> None:
    def forbid(document: Document) -> None:
        _ask_more(document)
        fields = document["form"]["pages"][0]["fields"]
        for field in fields:
            if field["type"] == "text":
                field["max_length"] = 1

    _file(desk)
    _draft(admin, forbid)
    report = replay_draft(admin.actor, CODE)
    answers = Filing.objects.get().answers
    typed = {value for value in answers.values() if isinstance(value, str) and len(value) > 3}
    said = " ".join(reason for reason, _count in report.reasons)
    assert typed
    assert not [value for value in typed if value in said]


def test_a_draft_that_cannot_be_read_is_not_replayed(desk: Desk, admin: Officer) -> None:
    services.save_draft(admin.actor, CODE, content={"schema": 1, "code": CODE})
    with pytest.raises(RuleViolation) as refused:
        replay_draft(admin.actor, CODE)
    assert refused.value.code == "invalid_content"


def test_a_new_procedure_has_no_past(admin: Officer) -> None:
    document = make_document()
    services.save_draft(admin.actor, document["code"], content=document)
    with pytest.raises(RuleViolation) as refused:
        replay_draft(admin.actor, document["code"])
    assert refused.value.code == "nothing_in_force"


def test_without_a_draft_there_is_nothing_to_replay(admin: Officer) -> None:
    version = publish()
    with pytest.raises(NotFound):
        replay_draft(admin.actor, version.procedure.code)


def test_only_catalogue_admins_replay(admin: Officer) -> None:
    desk = make_empty_desk()
    version = publish()
    services.save_draft(admin.actor, version.procedure.code, content=version.content)
    with pytest.raises(Forbidden):
        replay_draft(desk.approver.actor, version.procedure.code)


FINE = Verdict((), 10_000, (), datetime(2026, 3, 2, 10, tzinfo=UTC), is_routed=True)


@pytest.mark.parametrize(
    ("after", "flags"),
    [
        (FINE, set()),
        (replace(FINE, refusals=("x",)), {"is_newly_refused", "is_touched"}),
        (replace(FINE, fee=20_000), {"has_other_fee", "is_touched"}),
        (replace(FINE, fee=None), {"has_other_fee", "is_touched"}),
        (replace(FINE, due_at=None), {"has_other_due", "is_touched"}),
        (replace(FINE, is_routed=False), {"is_newly_unrouted", "is_touched"}),
        (replace(FINE, refusals=("x",), fee=None), {"is_newly_refused", "is_touched"}),
    ],
)
def test_one_dossier_is_compared(after: Verdict, flags: set[str]) -> None:
    row = Compared("H13", FINE, after)
    names = ("is_newly_refused", "is_newly_taken", "is_newly_unrouted", "has_other_fee", "has_other_due")
    assert {name for name in (*names, "is_touched") if getattr(row, name)} == flags
    assert Compared("H13", after, FINE).is_newly_taken == bool(after.refusals)


def test_sums_leave_out_unknown_fees_and_refused_dossiers() -> None:
    rows = (
        Compared("a", FINE, replace(FINE, fee=25_000)),
        Compared("b", FINE, replace(FINE, fee=None)),
        Compared("c", FINE, replace(FINE, refusals=("x",))),
        Compared("d", replace(FINE, fee=30_000), FINE),
    )
    fees = Report(rows).fees
    assert (fees.before, fees.after, fees.unknown, fees.change_text) == (40_000, 35_000, 1, "−5.000 đ")
